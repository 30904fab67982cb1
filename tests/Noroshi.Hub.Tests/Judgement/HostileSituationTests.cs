using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;
using Noroshi.Hub.Tests.Conversations;
using Noroshi.MailAnatomy.Text;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Judgement;

public sealed class HostileSituationTests
{
    private static readonly Letter Question = new()
    {
        Subject = "解凍ソフトについて",
        Text = "お使いの解凍ソフトは何ですか。ご担当者のお名前もお教えください。",
    };

    private static readonly Letter Attack = new()
    {
        Subject = "Re: 製品",
        Text = "資料をお送りします。",
        Files = [("資料.pdf.exe", ProgramMaker.Pe())],
    };

    private static readonly Letter Answer = new()
    {
        From = Letter.Info,
        To = Letter.Person,
        Subject = "Re: 解凍ソフトについて",
        Text = "開けませんでした。Lhaplusを使っています。",
    };

    /// <summary>Anybody can write any Date, and an operator's manifest may hold any time: the calendar's edges stop nothing.</summary>
    [Theory]
    [InlineData("9999-12-31T23:59:59+00:00")]
    [InlineData("9999-12-31T23:59:59+14:00")]
    [InlineData("9999-12-31T14:59:59-09:00")]
    [InlineData("9999-12-31T23:59:59+09:00")]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("0001-01-01T00:00:00-14:00")]
    [InlineData("0001-01-01T14:00:00+14:00")]
    [InlineData("0001-01-01T00:01:00+00:00")]
    public void A_time_at_the_edge_of_the_calendar_stops_nothing(string edge)
    {
        var at = DateTimeOffset.Parse(edge, CultureInfo.InvariantCulture);
        string[] precisions = ["minute", "hour", "day"];
        string[] kinds = ["reply", "phone", "autoReply"];
        var stated = kinds.SelectMany(kind => precisions.Select(precision => new StatedEvent(kind, at, precision, "返信した"))).ToList();
        var quote = new QuotedMail(null, Letter.Info, null, at, edge, null, "お問い合わせの件、仕様書の3ページをご覧ください。", 1);
        var mails = new List<KnownMail>();
        foreach (var (organization, i) in new[] { "power-a", "gas-b", "water-c" }.Select((one, i) => (one, i)))
        {
            foreach (
                var (letter, key) in new[] { (Question, "q"), (Attack, "a"), (Answer, "r"), (Attack with { From = "x@y.example" }, "l") }
            )
            {
                var made = (letter with { Organization = organization, Key = $"{organization} {key}" }).Mail(Town.Members);
                var mail = made with
                {
                    ReceivedAt = i == 2 ? null : at,
                    Facts = made.Facts with
                    {
                        SentAt = at,
                        Sha256 = $"{organization} {key}",
                        Body = key == "q" ? made.Facts.Body with { Quotes = [quote] } : made.Facts.Body,
                    },
                    Stated = key == "l" ? made.Stated : new ManifestLine { Organization = organization, StatedEvents = stated },
                };
                mails.Add(KnownMail.Of(mail, Town.Members.Find(organization)));
            }
        }

        ManifestLine[] told =
        [
            new()
            {
                Organization = "power-a",
                Window = "products",
                StatedEvents = stated,
            },
            new()
            {
                Organization = "gas-b",
                ReceivedAt = at,
                StatedEvents = [new StatedEvent("phone", Letter.Time("10-17 10:00"))],
            },
        ];
        var situation = Situations.Of(mails, Town.Members, told);
        situation.Conversations.ShouldNotBeEmpty();
        FindingReport.Of(situation).Count().ShouldBeGreaterThan(4);
    }

    /// <summary>A warning of the last fortnight of the calendar lapses with it.</summary>
    [Fact]
    public void A_warning_of_the_last_day_lapses_with_the_calendar()
    {
        var made = Question.Mail(Town.Members);
        var mail = made with { ReceivedAt = DateTimeOffset.MaxValue, Facts = made.Facts with { SentAt = DateTimeOffset.MaxValue } };
        var situation = Situations.Of([KnownMail.Of(mail, Town.Members.Find("power-a"))], Town.Members, []);
        situation.Warnings.ShouldHaveSingleItem().Until.ShouldBe(DateTimeOffset.MaxValue);
    }

    /// <summary>Two first mails whose ids were made to agree: found in a minute by whoever chooses the bytes.</summary>
    [Fact]
    public void Two_exchanges_whose_ids_were_made_to_agree_are_told_apart()
    {
        var (one, other) = ("5afcb2454d3d", "407ad07bb27f");
        OrganizationExchanges.IdOf("power-a", one).ShouldBe(OrganizationExchanges.IdOf("power-a", other));
        var mails = new[] { (one, Attack), (other, Attack with { From = "x@y.example", At = "10-18 09:00" }) }.Select(pair =>
        {
            var mail = pair.Item2.Mail(Town.Members);
            return KnownMail.Of(mail with { Facts = mail.Facts with { Sha256 = pair.Item1 } }, Town.Members.Find("power-a"));
        });
        var situation = Situations.Of([.. mails], Town.Members, []);
        var id = OrganizationExchanges.IdOf("power-a", one);
        situation.Conversations.Select(conversation => conversation.Id).ShouldBe([id, $"{id}-2"]);
    }

    /// <summary>Files may be called anything: the campaign is the same one.</summary>
    [Fact]
    public void The_id_of_a_campaign_does_not_hang_on_file_names()
    {
        static string IdOf(string first, string second)
        {
            var mails = new[] { (first, "power-a"), (second, "gas-b") }.Select(pair =>
                KnownMail.Of(
                    (Attack with { Key = pair.Item1, Organization = pair.Item2 }).Mail(Town.Members),
                    Town.Members.Find(pair.Item2)
                )
            );
            return Situations.Of([.. mails], Town.Members, []).Campaigns.ShouldHaveSingleItem().Id;
        }

        IdOf("1.eml", "2.eml").ShouldBe(IdOf("z.eml", "a.eml"));
    }

    /// <summary>A case that was only told by telephone is a case, although it is a single message.</summary>
    [Fact]
    public void A_case_told_by_telephone_is_not_lost()
    {
        ManifestLine told = new()
        {
            Organization = "gas-b",
            StatedEvents = [new StatedEvent("phone", Letter.Time("10-17 10:00"), "hour", "不審な問い合わせの電話")],
        };
        var message = Situations.Of([], Town.Members, [told]).Conversations.ShouldHaveSingleItem().Messages.ShouldHaveSingleItem();
        message.Source.ShouldBe(MessageSource.Stated);
    }

    /// <summary>A campaign tells of its 400 heaviest links; the lightest of its exchanges is warned of all the same.</summary>
    [Fact]
    public void An_inquiry_that_belongs_to_a_large_campaign_is_warned_of_although_its_link_is_not_told()
    {
        var drafts = Town.Exchanges(Attack with { From = "x@y.example" }, new Letter { Text = "窓口についてお尋ねします。" });
        var campaign = new Campaign
        {
            Id = "c-0000000001",
            Version = 1,
            Alias = "X",
            Exchanges = [.. drafts.Select(draft => draft.Id).Order(StringComparer.Ordinal)],
            Mails = [],
            Organizations = ["power-a"],
            Confidence = LinkLevel.Probable,
            Bits = 14,
            Links = [],
            Without = [],
        };
        var found = new FoundCampaigns([campaign], [], new Dictionary<string, ExchangeTimes>(StringComparer.Ordinal));
        var cards = drafts.Select(draft => new ExchangeCard(draft, draft)).ToDictionary(card => card.Id, StringComparer.Ordinal);
        var reasons = new LiveReasons(found, cards.GetValueOrDefault, _ => null, new AsOf(Array.Empty<KnownMail>()));
        var (exchange, warning) = reasons.All(cards.Values).ShouldHaveSingleItem();
        exchange.ShouldBe(drafts.Single(draft => draft.Personas.Contains(Letter.Person, StringComparer.Ordinal)).Id);
        (warning.Reason, warning.Detail).ShouldBe((LiveReason.ResemblesKnown, "X (c-0000000001)"));
    }

    [Fact]
    public void The_wrong_clock_of_one_organisation_moves_nobody_elses()
    {
        var asOf = new AsOf([At("a", 2013), At("b", 2013), At("b", 2012), At("c", 2099)]);
        asOf.For("a").ShouldBe(Year(2013));
        asOf.For("b").ShouldBe(Year(2013));
        asOf.For("c").ShouldBe(Year(2099));
        asOf.For("d").ShouldBe(Year(2013));
        new AsOf([At("a", 2013)]).For("a").ShouldBe(Year(2013));
        new AsOf(Array.Empty<KnownMail>()).For("a").ShouldBeNull();
    }

    private static DateTimeOffset Year(int year) => new(year, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private static KnownMail At(string organization, int year)
    {
        var mail = Question.Mail(Town.Members) with
        {
            Key = $"{organization}-{year}",
            Organization = organization,
            ReceivedAt = Year(year),
            TimeSource = "received",
        };
        return KnownMail.Of(mail, null);
    }
}
