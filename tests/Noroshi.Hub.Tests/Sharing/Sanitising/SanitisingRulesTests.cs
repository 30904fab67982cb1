using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing.Sanitising;

/// <summary>Every rule of the table does something that somebody would miss.</summary>
public sealed class SanitisingRulesTests
{
    private const string Hash = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea";

    /// <summary>What each rule sees to: holds with the whole table, and not without the rule.</summary>
    private static readonly Dictionary<string, Func<Made, bool>> SeesTo = new(StringComparer.Ordinal)
    {
        ["sender.keep"] = made => made.Mail("attack").From?.Address == "tanaka.lab@free.example",
        ["sender.member"] = made => made.Mail("attack").ReplyTo?.Address is null,
        ["name.keep"] = made => made.Mail("attack").From?.Name.StartsWith("田中", StringComparison.Ordinal) == true,
        ["name.identity"] = made => !made.Says("青葉電力"),
        ["subject.keep"] = made => made.Mail("attack").Subject.EndsWith("資料の件", StringComparison.Ordinal),
        ["subject.identity"] = made => !made.Mail("attack").Subject.Contains("佐藤", StringComparison.Ordinal),
        ["time.keep"] = made => made.Mail("alone").At is not null,
        ["time.table"] = made => made.Mail("attack").At is null,
        ["time.minute"] = made => made.Within.Mail("alone").At?.Second == 0 && made.Within.Mail("alone").At?.Minute == 34,
        ["time.hour"] = made => made.Mail("alone").At?.Minute == 0,
        ["recipients.bucket"] = made =>
            made.Mail("alone") is { Recipients: CountBucket.Few } && made.Mail("attack").To == WindowKind.ContactWindow,
        ["client-ip.keep"] = made => made.Mail("attack").ClientIp == "198.51.100.77",
        ["client-ip.member"] = made => made.Mail("alone").ClientIp is null,
        ["mailer.keep"] = made => made.Mail("attack").Mailer == "EvilMail 1.0",
        ["mailer.identity"] = made => made.Mail("alone").Mailer is null,
        ["service.keep"] = made => made.Mail("attack").SendingService == "Free Webmail",
        ["hop.keep"] = made => made.Mail("attack").Hops.Count == 1,
        ["hop.member"] = made => made.Mail("attack").Hops.All(hop => hop.Ip == "198.51.100.77"),
        ["hop-part.keep"] = made => made.Mail("attack").Hops.Any(hop => hop.By == "web.free.example"),
        ["hop-part.member"] = made => made.Mail("alone").Hops.All(hop => hop.From is null),
        ["message-id.keep"] = made => made.Mail("attack").MessageId == "1234@free.example",
        ["message-id.member"] = made => made.Mail("alone").MessageId is null,
        ["references.label"] = made => made.Mail("attack").Answers.Count == 1,
        ["verdict.keep"] = made => made.Mail("attack").Authentication.Any(one => one is { Method: "spf", Result: "pass" }),
        ["signing.keep"] = made => made.Mail("attack").Authentication.Any(one => one.Domain == "free.example"),
        ["signing.member"] = made => made.Mail("alone").Authentication.All(one => one.Domain is null),
        ["body.drop"] = made => made.Diff("attack", "body") is { Outgoing: null, Rules: ["body.drop"] },
        ["file-name.keep"] = made => made.Mail("attack").Files[0].Name.EndsWith("\u202Efdp.exe", StringComparison.Ordinal),
        ["file-name.identity"] = made => !made.Mail("attack").Files[0].Name.Contains("青葉電力", StringComparison.Ordinal),
        ["hash.keep"] = made => made.Mail("attack").Files[0].Sha256 == Hash,
        ["hash.unique"] = made => made.Diff("attack", "files[0].sha256").Class == RuleClass.Review,
        ["trait.keep"] = made => made.Mail("attack").Files[0].Traits.Any(one => one is { Kind: "author", Value: "user-pc" }),
        ["trait.identity"] = made => made.Mail("attack").Files[0].Traits.All(one => one.Kind != "originalPath"),
        ["url.keep"] = made => made.Mail("attack").Urls.Any(url => url.StartsWith("http://bad.example/view", StringComparison.Ordinal)),
        ["url.query"] = made => made.Mail("attack").Urls.Contains("http://bad.example/view?id={token}", StringComparer.Ordinal),
        ["url.path"] = made => made.Mail("attack").Urls.Contains("http://bad.example/{token}/x.html", StringComparer.Ordinal),
        ["url.identity"] = made =>
            made.Mail("attack").Urls.Contains("http://bad.example/{victim-token}/y.html", StringComparer.Ordinal)
            && made.Mail("attack").Urls.All(url => !url.Contains("aoba-power.example", StringComparison.Ordinal)),
        ["destination.keep"] = made => made.Indicators(IndicatorKind.Host).Contains("c2.bad.example", StringComparer.Ordinal),
        ["destination.identity"] = made =>
            made.Indicators(IndicatorKind.Host).Contains("{victim-token}.bad.example", StringComparer.Ordinal),
        ["row.keep"] = made => made.Row(2).Description.Ja.Contains("実行形式", StringComparison.Ordinal),
        ["row.identity"] = made => !made.Row(2).Description.Ja.Contains("青葉電力", StringComparison.Ordinal),
        ["reply.kind"] = made => made.Row(1).Role == MessageRole.Reply,
        ["reply.product"] = made => made.Diff(null, "rows[1].ja") is { NeedsReview: true, Class: RuleClass.Review },
        ["reply.identity"] = made => !made.Row(1).Description.En.Contains("Aoba", StringComparison.Ordinal),
        ["interval.minute"] = made => made.Row(2).GapSeconds == 780,
        ["excerpt.review"] = made => made.Mail("attack").Excerpt.StartsWith("開けませんでしたか", StringComparison.Ordinal),
        ["excerpt.identity"] = made => !made.Mail("attack").Excerpt.Contains("佐藤", StringComparison.Ordinal),
    };

    public static TheoryData<string> Rules => [.. SanitisingRules.All.Select(rule => rule.Id)];

    [Fact]
    public void Every_rule_of_the_table_is_asked_for_here() =>
        SeesTo.Keys.Order(StringComparer.Ordinal).ShouldBe(SanitisingRules.All.Select(rule => rule.Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_is_left_out_is_missed(string rule)
    {
        SeesTo[rule](Made.With(SanitisingRules.All)).ShouldBeTrue($"{rule} does not do what it is there for");
        SeesTo[rule](Made.With([.. SanitisingRules.All.Where(one => one.Id != rule)])).ShouldBeFalse($"nobody misses {rule}");
    }

    [Fact]
    public void Every_field_of_the_mail_is_told_with_the_rules_that_decided()
    {
        var made = Made.With(SanitisingRules.All);
        made.Draft.Diffs.ShouldAllBe(diff => diff.Rules.Count > 0 || diff.Outgoing == null);
        made.Diff("attack", "subject").Spans.Select(span => span.Shown).ShouldBe(["＜組織の情報＞"]);
        var subject = made.Diff("attack", "subject");
        subject.Original.Substring(subject.Spans[0].Start, subject.Spans[0].Length).ShouldBe("佐藤花子");
        made.Diff("attack", "to").Outgoing.ShouldBe("ContactWindow One");
    }

    [Fact]
    public void What_is_made_passes_the_gate()
    {
        var made = Made.With(SanitisingRules.All);
        var report = Guard.Gate.Inspect(ItemForm.Bytes(made.Item));
        report.Hits.ShouldBeEmpty();
        report.Verdict.ShouldBe(GateVerdict.Clear);
    }

    [Fact]
    public void A_URL_that_two_groups_saw_whole_is_told_whole_as_long_as_both_agree()
    {
        var both = Made.With(SanitisingRules.All);
        both.Indicators(IndicatorKind.Url).ShouldContain("http://bad.example/same?c=77", StringComparer.Ordinal);
        var one = ItemAssembly.Assemble(both.Draft.Draft, provision => provision != "p-alone");
        one.Indicators.Select(indicator => indicator.Value).ShouldNotContain("http://bad.example/same?c=77", StringComparer.Ordinal);
        one.Indicators.Select(indicator => indicator.Value).ShouldContain("http://bad.example/same?c={token}", StringComparer.Ordinal);
    }

    private static readonly Members Community = new()
    {
        Organizations =
        [
            new Organization
            {
                Id = "aoba",
                Group = "power",
                NameJa = "青葉電力株式会社",
                NameEn = "Aoba Power Co., Ltd.",
                Domains = ["aoba-power.example"],
                MailHosts = ["mx.aoba-power.example"],
                Networks = ["192.0.2.0/24"],
                Secrets = ["佐藤花子"],
                Windows = [new ContactWindow("inquiry", "info@aoba-power.example")],
            },
            new Organization
            {
                Id = "kita",
                Group = "gas",
                NameJa = "北野瓦斯株式会社",
                Domains = ["kitano-gas.example"],
                MailHosts = ["mx.kitano-gas.example"],
                Networks = ["203.0.113.0/24"],
            },
        ],
    };

    private static readonly IdentityGuard Guard = new(Community.Organizations.SelectMany(IdentityTerms.Of));

    private sealed class Made
    {
        public required MadeDraft Draft { get; init; }

        public required SanitisedItem Item { get; init; }

        public required Func<Made> MakeWithin { get; init; }

        public Made Within => MakeWithin();

        public static Made With(IReadOnlyList<SanitisingRule> rules) => Of(rules, AudienceReach.AllGroups);

        private static Made Of(IReadOnlyList<SanitisingRule> rules, AudienceReach reach)
        {
            var draft = DraftMaker.Make(OrderFor(reach), Material(), Guard, rules);
            return new Made
            {
                Draft = draft,
                Item = ItemAssembly.Assemble(draft.Draft, _ => true),
                MakeWithin = () => Of(rules, AudienceReach.OwnGroup),
            };
        }

        public SanitisedMail Mail(string key)
        {
            var at = Draft.Draft.Mails.Select((part, index) => (part.Value.Key, index)).Single(one => one.Key == key).index;
            return Item.Mails[at];
        }

        public SanitisedMessage Row(int at) =>
            Item.Conversations.SelectMany(one => one.Messages).ElementAtOrDefault(at)
            ?? new SanitisedMessage
            {
                Label = "",
                Role = MessageRole.Other,
                Source = MessageSource.Stated,
                Description = new BothLanguages("青葉電力", "Aoba"),
            };

        public FieldDiff Diff(string? mail, string path) => Draft.Diffs.Single(diff => diff.Mail == mail && diff.Path == path);

        public IEnumerable<string> Indicators(IndicatorKind kind) =>
            Item.Indicators.Where(one => one.Kind == kind).Select(one => one.Value);

        public bool Says(string word) => System.Text.Encoding.UTF8.GetString(ItemForm.Bytes(Item)).Contains(word, StringComparison.Ordinal);
    }

    private static DraftOrder OrderFor(AudienceReach reach) =>
        new()
        {
            Kind = ItemKind.Case,
            Audience = new Audience { Reach = reach, Groups = reach == AudienceReach.OwnGroup ? ["power"] : [] },
            Marking = new Marking
            {
                Tlp = Tlp.AmberStrict,
                Pap = Pap.Amber,
                Redistribution = Redistribution.OwnOrganizationOnly,
                ExpiresAt = new DateTimeOffset(2014, 3, 31, 0, 0, 0, TimeSpan.FromHours(9)),
            },
            Contact = new BothLanguages("情報ハブ", "the hub"),
            Excerpts = new Dictionary<string, string>(StringComparer.Ordinal) { ["attack"] = "開けませんでしたか、佐藤花子様。" },
        };

    private static DraftMaterial Material() =>
        new()
        {
            Members = Community,
            Mails = [new GivenMail(Inquiry(), "p-case"), new GivenMail(Attack(), "p-case"), new GivenMail(Alone(), "p-alone")],
            Destinations =
            [
                new GivenDestination(new Destination("c2.bad.example", "198.51.100.9", "JP"), "p-case", ["attack"]),
                new GivenDestination(new Destination("aoba-power.bad.example"), "p-case", ["attack"]),
            ],
            Conversations =
            [
                new Conversation
                {
                    Id = "c-1",
                    Organization = "aoba",
                    Windows = ["inquiry"],
                    Stage = ConversationStage.Attacked,
                    Assessment = Assessment.High,
                    Messages =
                    [
                        Message("inquiry", MessageRole.Reconnaissance, 0, "最初のメールが届いた。", "The first mail arrived."),
                        Message(
                            null,
                            MessageRole.Reply,
                            30,
                            "解凍には「Lhaplus」を使ったと返信した。",
                            "Aoba Power answered that it uses Lhaplus."
                        ),
                        Message(
                            "attack",
                            MessageRole.Attack,
                            30 + 13,
                            "「青葉電力の資料」の送付を名目に、実行形式ファイルを添付したメールが届いた。",
                            "A mail arrived with a program."
                        ),
                    ],
                },
            ],
        };

    private static ConversationMessage Message(string? mail, MessageRole role, int minute, string ja, string en) =>
        new()
        {
            Mail = mail,
            Source = mail is null ? MessageSource.Quote : MessageSource.Mail,
            Role = role,
            At = At(minute).AddSeconds(mail == "attack" ? 25 : 0),
            SummaryJa = ja,
            SummaryEn = en,
        };

    private static DateTimeOffset At(int minute) => new DateTimeOffset(2013, 10, 17, 9, 21, 0, TimeSpan.FromHours(9)).AddMinutes(minute);

    private static ProvidedMail Inquiry() =>
        Mail("inquiry", "aoba", "inquiry", Facts("tanaka.lab@free.example", "田中", "お問い合わせ") with { MessageId = "1@free.example" });

    private static ProvidedMail Attack() =>
        Mail(
            "attack",
            "aoba",
            "inquiry",
            Facts("tanaka.lab@free.example", "田中(青葉電力様ご担当)", "佐藤花子様 資料の件") with
            {
                MessageId = "1234@free.example",
                InReplyTo = "1@free.example",
                ReplyTo = [new MailAddress("", "shared@kitano-gas.example")],
                Composition = new CompositionFingerprint
                {
                    ClientIp = "198.51.100.77",
                    Mailer = "EvilMail 1.0",
                    SendingService = "Free Webmail",
                },
                Body = BodyText.Empty with { Text = "青葉電力 佐藤花子様\nお世話になっております。" },
                Hops =
                [
                    new Hop
                    {
                        By = "mx.aoba-power.example",
                        From = "out.free.example",
                        Ip = "198.51.100.5",
                        Trusted = true,
                    },
                    new Hop
                    {
                        By = "web.free.example",
                        From = "pc",
                        Ip = "198.51.100.77",
                    },
                ],
                Origin = new Origin("198.51.100.5", "out.free.example", 0, true),
                Authentication =
                [
                    new AuthenticationVerdict("authentication-results", "mx.aoba-power.example", "spf", "pass", "free.example"),
                    new AuthenticationVerdict("authentication-results", "mx.aoba-power.example", "dkim", "pass", "@free.example"),
                ],
                Indicators = Urls(
                    "http://bad.example/view?id=93847",
                    "http://bad.example/a8f3e2910bc47d/x.html",
                    "http://bad.example/aoba-power/y.html",
                    "http://www.aoba-power.example/",
                    "http://bad.example/same?c=77"
                ),
                Attachments =
                [
                    new FileFacts
                    {
                        Name = "青葉電力\u202Efdp.exe",
                        DisplayedName = "青葉電力exe.pdf",
                        Path = "a",
                        Type = FileType.Executable,
                        Format = "pe32",
                        Size = 5,
                        Sha256 = Hash,
                        Disguises = [Disguise.Rlo],
                        Traits =
                        [
                            new Trait("author", "user-pc", "x"),
                            new Trait("originalPath", @"C:\aoba-power\a.exe", "x"),
                            new Trait("company", "Nobody", "x"),
                        ],
                    },
                ],
            }
        );

    private static ProvidedMail Alone() =>
        Mail(
            "alone",
            "kita",
            null,
            Facts("tanaka.lab@free.example", "", "件名") with
            {
                MessageId = "77@mx.kitano-gas.example",
                To = [new MailAddress("", "a@kitano-gas.example"), new MailAddress("", "b@kitano-gas.example")],
                Composition = new CompositionFingerprint { ClientIp = "203.0.113.9", Mailer = "mx.kitano-gas.example Portal" },
                Hops =
                [
                    new Hop
                    {
                        By = "mx.kitano-gas.example",
                        From = "x",
                        Ip = "198.51.100.5",
                        Trusted = true,
                    },
                    new Hop
                    {
                        By = "relay.free.example",
                        From = "pc7.kitano-gas.example",
                        Ip = "198.51.100.6",
                    },
                ],
                Origin = new Origin("198.51.100.5", null, 0, true),
                Authentication =
                [
                    new AuthenticationVerdict("authentication-results", "mx.kitano-gas.example", "dkim", "pass", "@kitano-gas.example"),
                ],
                Indicators = Urls("http://bad.example/same?c=77"),
            }
        ) with
        {
            ReceivedAt = new DateTimeOffset(2013, 10, 18, 10, 34, 56, TimeSpan.FromHours(9)),
        };

    private static IndicatorSet Urls(params IReadOnlyList<string> urls) =>
        new() { Urls = [.. urls.Select(url => new UrlIndicator(url, new Uri(url).Host, null, "body", false, null))] };

    private static MailFacts Facts(string from, string name, string subject) =>
        new()
        {
            Sha256 = new string('0', 64),
            Size = 1,
            From = new MailAddress(name, from),
            To = [new MailAddress("", "info@aoba-power.example")],
            Subject = subject,
        };

    private static ProvidedMail Mail(string key, string organization, string? window, MailFacts facts) =>
        new()
        {
            Key = key,
            File = key,
            Organization = organization,
            Window = window,
            Direction = MailDirection.Inbound,
            Channel = "mail",
            ReceivedAt = At(0),
            Facts = facts,
        };
}
