using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Story;

/// <summary>The figures of the press release come out of facts, and change when one item changes.</summary>
public sealed class StoryStatisticsTests
{
    private static readonly Lazy<Situation> Whole = new(() =>
        Situations.Of(StoryMails.Story.Known, StoryMails.Story.Members, StoryMails.Story.Stated)
    );

    [Fact]
    public void Both_fiscal_years_are_counted_as_they_were_published()
    {
        var (before, now) = Years(mails => mails);
        Count(before, "organizations").ShouldBe(39);
        Count(now, "organizations").ShouldBe(46);
        Count(now, "organizationsJoined").ShouldBe(7);
        Count(now, "groups").ShouldBe(5);
        Count(before, "provided").ShouldBe(246);
        Count(now, "provided").ShouldBe(385);
        Count(before, "shared").ShouldBe(160);
        Count(now, "shared").ShouldBe(180);
        (Find(now, "providedRatio").Rounded, Find(now, "sharedRatio").Rounded, Find(now, "sharedRatio").Value).ShouldBe((157, 113, 112.5m));
        (Find(before, "c2Region.JP").Rounded, Find(now, "c2Region.JP").Rounded).ShouldBe((7, 28));
        Math.Round(Find(now, "c2Region.JP").Multiple ?? 0, MidpointRounding.AwayFromZero).ShouldBe(4);
        (Count(now, "hijackedSites") ?? 0).ShouldBeGreaterThan(5);
        (Find(before, "attachmentType.office").Rounded, Find(now, "attachmentType.office").Rounded).ShouldBe((45, 8));
        now.Where(one => one.FirstSeen && one.Id.StartsWith("attachmentType.", StringComparison.Ordinal))
            .Select(one => one.Id)
            .ShouldBe(["attachmentType.lnk", "attachmentType.justsystems"]);
        Find(now, "freeMail").Rounded.ShouldBe(86);
        Find(now, "avoidable.freeMailWithPayload").Numerator.ShouldNotBe(Find(now, "freeMail").Numerator);
        Count(now, "conversationalCases").ShouldBe(15);
        (Count(now, "conversationalCases.member"), Count(now, "conversationalCases.desk")).ShouldBe((12, 3));
    }

    [Fact]
    public void One_item_more_or_less_shows()
    {
        var (_, all) = Years(mails => mails);
        var office = StoryMails.Story.Known.First(one =>
            one.Mail.Stated is { Verdict: "targeted", Intake: "member" }
            && Year(one.Mail) == 2013
            && MailCounting.PayloadOf(one.Mail) == PayloadType.Office
            && StoryMails.Story.Known.Count(other => other.Mail.Stated?.Provision == one.Mail.Stated?.Provision) == 1
        );
        var (_, without) = Years(mails => mails.Where(one => one.Mail.Key != office.Mail.Key));
        Count(without, "provided").ShouldBe(Count(all, "provided") - 1);
        Count(without, "judgedTargeted").ShouldBe(Count(all, "judgedTargeted") - 1);
        Count(without, "attachmentType.office").ShouldBe(Count(all, "attachmentType.office") - 1);
        Find(without, "attachmentType.office").Denominator.ShouldBe(Find(all, "attachmentType.office").Denominator - 1);
    }

    private static (IReadOnlyList<Statistic> Before, IReadOnlyList<Statistic> Now) Years(
        Func<IEnumerable<KnownMail>, IEnumerable<KnownMail>> change
    )
    {
        var story = StoryMails.Story;
        var mails = change(story.Known).ToList();
        var provisions = mails
            .Select(one => one.Mail.Stated)
            .Concat(story.Stated)
            .OfType<ManifestLine>()
            .DistinctBy(line => line.Provision, StringComparer.Ordinal)
            .Select(line => new GivenProvision(line.Provision ?? "", line.ProvidedAt ?? default, line.Intake, line.Organization));
        var roles = Whole.Value.Places().ToDictionary(one => one.Mail, one => one.Role, StringComparer.Ordinal);
        var facts = FactDrawing
            .Draw(
                provisions,
                mails.Select(one => GivenMail.Of(one.Mail, one.Features, one.Mail.Stated?.Provision ?? "")),
                new FactSurroundings
                {
                    Members = story.Members,
                    Given = _ => null,
                    Proposed = _ => null,
                    Role = key => roles.TryGetValue(key, out var role) ? role : null,
                    Destination = _ => null,
                }
            )
            .ToList();
        facts.AddRange(
            CaseDrawing.Draw(
                Whole.Value,
                facts.OfType<MailFact>().ToDictionary(one => one.Id, StringComparer.Ordinal),
                new HashSet<string>(StringComparer.Ordinal)
            )
        );
        facts.AddRange(story.World.Shares.Select(ShareOf));
        var book = new FactBook();
        book.Put(facts);
        var membership = new Membership(story.Members);
        var before = StatisticsOfPeriod.Of(new StatisticsSource(book.RollUp.Of(Period.OfYear(2012)), membership));
        return (
            before,
            StatisticsOfPeriod.Of(new StatisticsSource(book.RollUp.Of(Period.OfYear(2013)), membership) { YearBefore = before })
        );
    }

    private static ShareFact ShareOf(string line)
    {
        using var read = JsonDocument.Parse(line);
        var item = read.RootElement;
        return new ShareFact(item.GetProperty("item").GetString() ?? "", item.GetProperty("sharedAt").GetDateTimeOffset(), null)
        {
            OfHub = item.GetProperty("origin").GetString() == "hub",
        };
    }

    private static int Year(ProvidedMail mail) => Period.OfMonth(mail.Stated?.ProvidedAt ?? default).FiscalYear;

    private static Statistic Find(IReadOnlyList<Statistic> figures, string id) => figures.Single(one => one.Id == id && one.Group is null);

    private static long? Count(IReadOnlyList<Statistic> figures, string id) => Find(figures, id).Numerator;
}
