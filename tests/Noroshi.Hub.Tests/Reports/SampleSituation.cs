using System.Globalization;
using System.Text;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Tests.Conversations;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.Makers;
using Noroshi.Makers.Corpus;

namespace Noroshi.Hub.Tests.Reports;

/// <summary>A situation with one of everything that the pages show: five cases of one attacker, one of them nine real mails, a warning.</summary>
internal static class SampleSituation
{
    private static readonly (
        string Id,
        string Group,
        string Ja,
        string En,
        string WindowId,
        string WindowJa,
        string WindowEn
    )[] Organizations =
    [
        ("power-a", "power", "北空電力(架空)", "Kitazora Power", "products", "製品問い合わせ窓口", "Product inquiries"),
        ("chem-b", "chemistry", "みなも化学(架空)", "Minamo Chemicals", "jobs", "採用窓口", "Recruiting"),
        ("heavy-c", "heavy", "つばめ重工(架空)", "Tsubame Heavy Industries", "press", "広報窓口", "Press office"),
        ("heavy-d", "heavy", "はやぶさ重工(架空)", "Hayabusa Heavy Industries", "general", "総合窓口", "General inquiries"),
        ("gas-e", "gas", "ほむら瓦斯(架空)", "Homura Gas", "general", "総合窓口", "General inquiries"),
    ];

    public static Situation Make()
    {
        var mails = Led().ToDictionary(mail => mail.Key, StringComparer.Ordinal);
        List<Conversation> conversations =
        [
            Short(1, "chem-b", "jobs", "10-15 13:00", "10-15 16:40", "10-15 16:55"),
            Short(2, "heavy-c", "press", "10-15 13:02", "10-21 11:10", "10-21 11:22"),
            Short(3, "heavy-d", "general", "10-15 13:04", "10-15 14:00", null),
            LedConversation(),
            Awkward(),
        ];
        foreach (var (conversation, message) in conversations.SelectMany(one => one.Messages.Select(message => (one, message))))
        {
            if (conversation.Organization != "power-a" && message.Mail is { } key)
            {
                mails[key] = Plain(key, message, conversation.Organization);
            }
        }

        var campaign = MakeCampaign(conversations);
        var since = At("10-15 13:04");
        return new Situation
        {
            Mails = mails,
            Members = MakeMembers(),
            Conversations = [.. conversations, Unremarkable()],
            Campaigns = [campaign],
            Suggestions =
            [
                new Link(
                    "s1",
                    "s2",
                    LinkLevel.Suggestion,
                    [new(EvidenceFamily.Prior, "", -10), new(EvidenceFamily.SenderAddress, "address: a@free.example", 9.5m, "2/12043")]
                ),
            ],
            Warnings =
            [
                new LiveWarning(
                    "x-3",
                    LiveReason.Parallel,
                    "#1-1, #2-1, #3-1",
                    since,
                    since.AddDays(14),
                    "返信から15分ほどで、添付ファイルのあるメールが届くおそれがある。",
                    "A mail with an attachment may follow about 15 minutes after a reply."
                ),
            ],
            OnlyTogether =
            [
                new OnlyTogether(
                    campaign.Id,
                    "campaign",
                    campaign.Organizations,
                    "5組織へのやり取りが、同一の攻撃者によるものと思われる。",
                    "The exchanges with five organisations appear to be the work of one attacker."
                ),
                new OnlyTogether(
                    campaign.Id,
                    "parallel",
                    ["chem-b", "heavy-c", "heavy-d"],
                    "4分間に、3組織の3つの窓口へ最初のメールが並行して届いた。",
                    "Within 4 minutes, first mails came to 3 windows of 3 organisations."
                ),
            ],
            RarityVersion = "2026-11-1",
        };
    }

    public static Situation Nothing() =>
        new()
        {
            Mails = new Dictionary<string, ProvidedMail>(StringComparer.Ordinal),
            Members = new Members(),
            Conversations = [],
            Campaigns = [],
            Suggestions = [],
            Warnings = [],
            OnlyTogether = [],
            RarityVersion = "2026-11-1",
        };

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse($"2013-{text}:00+09:00", CultureInfo.InvariantCulture);

    /// <summary>The nine mails with routes.</summary>
    private static IEnumerable<ProvidedMail> Led()
    {
        foreach (var mail in LedExchange.Mails())
        {
            var at = mail.ReceivedAt ?? default;
            Hop[] hops =
            [
                new()
                {
                    By = "mx.power-a.example",
                    From = "relay.isp.example",
                    Ip = "198.51.100.20",
                    At = at,
                    DelaySeconds = 12,
                    With = "ESMTPS",
                    Trusted = true,
                },
                new()
                {
                    By = "relay.isp.example",
                    From = "mx1.webmail.example",
                    Ip = "203.0.113.24",
                    At = at.AddSeconds(-12),
                    DelaySeconds = 7,
                    With = "ESMTP",
                },
                new()
                {
                    By = "a-rather-long-host-name.frontend.mx1.webmail.example",
                    Helo = "[192.0.2.77]",
                    Ip = "192.0.2.77",
                    At = at.AddSeconds(-19),
                    With = "HTTP",
                },
            ];
            yield return SlimMail.Of(mail with { Facts = mail.Facts with { Hops = mail.Direction == MailDirection.Inbound ? hops : [] } });
        }
    }

    private static Conversation LedConversation()
    {
        var entries = LedExchange.Entries();
        var (assessment, attackFirst, evidence) = Assessments.Of(entries, LedExchange.Label);
        return new Conversation
        {
            Id = "x-4",
            Organization = "power-a",
            Windows = ["products"],
            Personas = [LedExchange.Person, "木村"],
            Stage = ConversationStage.Attacked,
            AttackFirst = attackFirst,
            Assessment = assessment,
            Evidence = evidence,
            Messages =
            [
                .. entries.Select(
                    (entry, i) =>
                        new ConversationMessage
                        {
                            Mail = entry.Mail?.Key,
                            Source = entry.Source,
                            Window = entry.Window,
                            Label = LedExchange.Label(i),
                            Role = entry.Role,
                            Intents = entry.Intents,
                            At = entry.At,
                            GapSeconds = i == 0 ? null : (long?)(entry.At - entries[i - 1].At)?.TotalSeconds,
                            SummaryJa = Summaries.Of(entries, i, LedExchange.Label).Ja,
                            SummaryEn = Summaries.Of(entries, i, LedExchange.Label).En,
                        }
                ),
            ],
        };
    }

    private static Conversation Short(int number, string organization, string window, string first, string reply, string? attack)
    {
        var messages = new List<ConversationMessage>
        {
            Message(
                number,
                1,
                MessageRole.Reconnaissance,
                window,
                first,
                ("問い合わせとして、最初のメールが届いた。", "The first mail arrived as an inquiry.")
            ),
            Message(number, 2, MessageRole.Reply, window, reply, ("窓口が回答した。", "The window answered.")),
        };
        if (attack is not null)
        {
            messages.Add(
                Message(
                    number,
                    3,
                    MessageRole.Attack,
                    window,
                    attack,
                    ("資料の送付を名目に、実行形式ファイルを添付したメールが届いた。", "A mail arrived with a program, sent as material.")
                )
            );
        }

        return new Conversation
        {
            Id = $"x-{number}",
            Organization = organization,
            Windows = [window],
            Personas = [$"kimura.lab{number}@webmail.example"],
            Stage = attack is null ? ConversationStage.Replied : ConversationStage.Attacked,
            Assessment = attack is null ? Assessment.Live : Assessment.High,
            Evidence = attack is null ? [] : [new ConversationEvidence("sequence", $"#{number}-2 -> #{number}-3", 4)],
            Messages = messages,
        };
    }

    /// <summary>Quotes, statements, automatic mails, times known to the hour or not at all, a second window.</summary>
    private static Conversation Awkward() =>
        new()
        {
            Id = "x-5",
            Organization = "gas-e",
            Windows = ["general", "sales"],
            Personas = ["kimura.lab5@webmail.example"],
            Stage = ConversationStage.Attacked,
            Assessment = Assessment.Medium,
            Evidence = [new ConversationEvidence("a-code-of-tomorrow", "#5-1", 1), new ConversationEvidence("free-mail", "3/3", 1)],
            Messages =
            [
                Message(5, 1, MessageRole.Reconnaissance, "general", "10-16 09:30", ("最初のメールが届いた。", "The first mail arrived.")),
                Message(5, 2, MessageRole.Other, "general", "10-16 09:31", ("自動応答のメール。", "An automatic mail.")) with
                {
                    Automatic = true,
                },
                Message(5, 3, MessageRole.Reply, "general", "10-16 11:00", ("窓口が回答した。", "The window answered.")) with
                {
                    Mail = null,
                    Source = MessageSource.Quote,
                    Precision = TimePrecision.Hour,
                },
                Message(
                    5,
                    4,
                    MessageRole.Reconnaissance,
                    "sales",
                    "10-16 13:00",
                    ("返答を促すメールが、攻撃者から届いた。", "The attacker sent a reminder.")
                ) with
                {
                    At = null,
                },
                Message(
                    5,
                    5,
                    MessageRole.Reply,
                    "sales",
                    "11-20 10:00",
                    ("電話で回答した(申告)。", "The window answered by telephone (stated).")
                ) with
                {
                    Mail = null,
                    Source = MessageSource.Stated,
                    Precision = TimePrecision.Day,
                },
                Message(5, 6, MessageRole.Attack, "sales", "11-20 10:12", ("攻撃メールが届いた。", "An attack arrived.")),
                Message(5, 7, MessageRole.Attack, "sales", "11-20 10:13", ("パスワードのメールが届いた。", "The password arrived.")) with
                {
                    Mail = null,
                    Source = MessageSource.Quote,
                },
            ],
        };

    private static Conversation Unremarkable() =>
        new()
        {
            Id = "x-9",
            Organization = "gas-e",
            Stage = ConversationStage.Replied,
            Assessment = Assessment.None,
            Messages = [Message(9, 1, MessageRole.Other, "general", "10-02 10:00", ("最初のメールが届いた。", "The first mail arrived."))],
        };

    private static ConversationMessage Message(
        int number,
        int row,
        MessageRole role,
        string window,
        string at,
        (string Ja, string En) summary
    ) =>
        new()
        {
            Mail = $"m{number}-{row}",
            Source = MessageSource.Mail,
            Window = window,
            Label = $"#{number}-{row}",
            Role = role,
            At = At(at),
            SummaryJa = summary.Ja,
            SummaryEn = summary.En,
        };

    private static ProvidedMail Plain(string key, ConversationMessage message, string? organization) =>
        new()
        {
            Key = key,
            File = $"{key}.eml",
            Organization = organization,
            Window = message.Window,
            Direction = message.Role == MessageRole.Reply ? MailDirection.Outbound : MailDirection.Inbound,
            Channel = "mail",
            ReceivedAt = message.At,
            Facts = Dissector.Mail(
                new MailMaker()
                    .Header("From", "kimura.lab@webmail.example")
                    .Header("Subject", MailMaker.Word("お問い合わせ"))
                    .Header("Content-Type", "text/plain; charset=utf-8")
                    .Body("お尋ねします。", Encoding.UTF8)
                    .Done()
            ),
        };

    private static Campaign MakeCampaign(IReadOnlyList<Conversation> conversations)
    {
        var index = new MemoryFeatureIndex();
        var features = conversations.SelectMany(FeaturesOf).ToList();
        var counted = new MemoryFeatureIndex();
        features.ForEach(mail => counted.Add(mail));
        var engine = new CampaignEngine(index, new LinkScorer(RarityEpoch.Freeze(1, counted, BackgroundRarity.Shipped)), []);
        engine.Load(features);
        engine.Settle();
        var cluster = engine.Clusters().MaxBy(one => one.Count) ?? throw new InvalidOperationException("no cluster");
        var campaign = CampaignBuilder.Of(cluster, engine, index);
        var times = conversations.Select(one => new ExchangeTimes
        {
            Exchange = one.Id,
            Organization = one.Organization,
            CountsAs = one.Organization,
            Window = one.Windows[0],
            Addresses = [$"window@{one.Organization}.example"],
            Received =
            [
                .. one.Messages.Where(message => message.Role != MessageRole.Reply).Select(message => message.At).OfType<DateTimeOffset>(),
            ],
            LatencyMinutes = one.Id == "x-4" ? [13, 18, 13, 51] : [],
            Containers = [one.Id == "x-5" ? "rar5" : "zip"],
            Infrastructure = ["192.0.2.0/24"],
        });
        return CampaignRegistry
            .Assign(
                CampaignState.Empty,
                [campaign with { Patterns = [.. new TimePatterns(20).Of([.. times]), new ReturningPattern(["x-5"], "gas-e", 92)] }]
            )
            .Campaigns[0];
    }

    private static IEnumerable<MailFeatures> FeaturesOf(Conversation conversation)
    {
        var number = conversation.Id[^1] - '0';
        foreach (var (message, i) in conversation.Messages.Index().Select(one => (one.Item, one.Index)))
        {
            if (message is not { Mail: { } key, Role: MessageRole.Attack or MessageRole.Reconnaissance })
            {
                continue;
            }

            List<(EvidenceFamily, string, string)> values =
            [
                (EvidenceFamily.Composition, "mailer", number == 3 ? "Mailer 7.1" : "Mailer 6.0"),
                (EvidenceFamily.Composition, "time-zone", "+0900"),
                (EvidenceFamily.Destination, "c2-host", "update.c2.example"),
                (EvidenceFamily.DocumentTrait, "unique", "originalPath: C:\\Users\\lab-user01\\資料.doc"),
                (EvidenceFamily.Origin, "network", "192.0.2.0/24"),
            ];
            if (number % 2 == 0)
            {
                values.Add((EvidenceFamily.DocumentTrait, "password", "kenkyu2013"));
                values.Add((EvidenceFamily.SenderAddress, "address", LedExchange.Person));
            }

            yield return new MailFeatures
            {
                Key = key,
                Exchange = conversation.Id,
                UniqueId = new Feature(EvidenceFamily.Prior, "unique", key).Id,
                Organization = conversation.Organization,
                Window = conversation.Windows[0],
                ReceivedAt = message.At,
                FirstContact = i == 0,
                Features =
                [
                    .. values
                        .Select(value => new Feature(value.Item1, value.Item2, value.Item3))
                        .OrderBy(feature => feature.Family)
                        .ThenBy(feature => feature.Id),
                ],
            };
        }
    }

    private static Members MakeMembers() =>
        new()
        {
            Groups =
            [
                new IndustryGroup("power", "電力業界", "Electric power"),
                new IndustryGroup("chemistry", "化学業界", "Chemicals"),
                new IndustryGroup("heavy", "重工業界", "Heavy industry"),
                new IndustryGroup("gas", "ガス業界", "Gas"),
            ],
            Organizations =
            [
                .. Organizations.Select(one => new Organization
                {
                    Id = one.Id,
                    Group = one.Group,
                    NameJa = one.Ja,
                    NameEn = one.En,
                    Windows =
                    [
                        new ContactWindow(one.WindowId, NameJa: one.WindowJa, NameEn: one.WindowEn),
                        new ContactWindow("sales", NameJa: "営業窓口", NameEn: "Sales"),
                    ],
                }),
            ],
        };
}
