using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;

namespace Noroshi.Hub.Tests.Exchange.Misp;

/// <summary>A case with everything in it, and its later versions.</summary>
internal static class SampleItems
{
    public static readonly Guid Id = new("3f2a9c1d-5b7e-4d21-9c44-8a1b2c3d4e5f");
    public static readonly DateTimeOffset At = new(2013, 12, 2, 3, 0, 0, 250, TimeSpan.Zero);
    public static readonly HubName Hub = new(new Guid("7b1d1a52-1f0c-4c0e-8a5e-64c0a4b7d9e1"), "情報共有ハブ", "Sharing hub");

    public static readonly SanitisedIndicator Sender = Indicator(1, IndicatorKind.Sender, "asker@mail.example", IndicatorRole.Delivery) with
    {
        Mails = ["#4-1", "#4-3"],
    };

    public static readonly SanitisedIndicator Destination = Indicator(2, IndicatorKind.Ip, "203.0.113.9", IndicatorRole.Destination) with
    {
        Country = "JP",
        CountryAsOf = new DateOnly(2013, 11, 20),
        CountrySource = "table 2013-11",
    };

    public static readonly SanitisedIndicator HijackedHost = Indicator(
        3,
        IndicatorKind.Host,
        "shop.example",
        IndicatorRole.Destination
    ) with
    {
        Hijacked = HijackedSite.Suspected,
    };

    public static readonly SanitisedIndicator HijackedUrl = Indicator(
        4,
        IndicatorKind.Url,
        "http://shop.example/img/gate.php",
        IndicatorRole.Destination
    ) with
    {
        Hijacked = HijackedSite.Suspected,
    };

    public static readonly SanitisedIndicator Hash = Indicator(5, IndicatorKind.Sha256, new string('a', 64), IndicatorRole.Sample);
    public static readonly SanitisedIndicator Subject = Indicator(6, IndicatorKind.Subject, "製品について", IndicatorRole.Delivery);

    public static SanitisedItem Item { get; } =
        new()
        {
            Id = Id,
            Version = 1,
            Kind = ItemKind.Case,
            Origin = ItemOrigin.Provisions,
            Title = new("問い合わせを装うやり取り型攻撃", "A conversational attack that pretends to be an inquiry"),
            Summary = new(
                "製品への問い合わせを装います。\n外部向け窓口のある組織はご注意ください。",
                "It pretends to be an inquiry.\nIt concerns windows."
            ),
            Countermeasure = new("返信の前に差出人を確認してください。", "Check the sender before you answer."),
            Contact = new("ハブ分析担当", "Analysts of the hub"),
            Marking = new Marking
            {
                Tlp = Tlp.Amber,
                Pap = Pap.Green,
                Redistribution = new Redistribution(GroupCompanies: true, Contractors: false),
                ExpiresAt = new DateTimeOffset(2014, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)),
            },
            Audience = new Audience { Reach = AudienceReach.AllGroups },
            Mails = [Mail("#4-1"), Mail("#4-3") with { Answers = ["#4-1"], Files = [Archive] }],
            Conversations =
            [
                new SanitisedConversation
                {
                    Number = 4,
                    Stage = ConversationStage.Attacked,
                    Messages =
                    [
                        Row("#4-1", MessageRole.Reconnaissance, null, "製品について質問する。") with
                        {
                            Mail = "#4-1",
                        },
                        Row("#4-2", MessageRole.Reply, 3_600, "窓口が回答する。"),
                        Row("#4-3", MessageRole.Attack, 780, "Lhaplusで解凍できる書庫を送る|<b>") with
                        {
                            Mail = "#4-3",
                        },
                    ],
                },
            ],
            Indicators = [Sender, Destination, HijackedHost, HijackedUrl, Hash, Subject],
        };

    public static Release First { get; } =
        new()
        {
            Item = Item,
            FirstAt = At,
            At = At,
        };

    /// <summary>The second version left in the same second and says less.</summary>
    public static Release Second { get; } =
        First with
        {
            At = At.AddMilliseconds(300),
            Item = Item with
            {
                Version = 2,
                Indicators = [Sender, Hash],
                Mails = [Mail("#4-1")],
                Change = new("接続先を取り下げました。", "The destinations were taken out."),
            },
        };

    public static Release Retracted { get; } =
        First with
        {
            At = At.AddDays(1),
            Item = Item with
            {
                Version = 3,
                Retracted = true,
                Indicators = [],
                Mails = [],
                Conversations = [],
                Change = new("誤りがありました。", "It was wrong."),
            },
        };

    public static SanitisedIndicator Indicator(int number, IndicatorKind kind, string value, IndicatorRole role) =>
        new()
        {
            Id = new Guid($"0000000{number}-1111-4111-8111-111111111111"),
            Kind = kind,
            Value = value,
            Role = role,
        };

    private static SanitisedFile Archive =>
        new()
        {
            Name = "質問書\u202Ecod.rar",
            Type = "archive",
            Format = "rar5",
            Size = 10,
            Sha256 = new string('b', 64),
            Encrypted = true,
            OpensIn = [new SanitisedOpening("Lhaplus", Opens: true, Tried: true)],
            Children =
            [
                new SanitisedFile
                {
                    Name = "質問書.scr",
                    Type = "executable",
                    Format = "pe32",
                    Size = 5,
                    Sha256 = new string('a', 64),
                },
            ],
        };

    private static SanitisedMail Mail(string label) =>
        new()
        {
            Label = label,
            From = new SanitisedSender("asker@mail.example", "山田"),
            Subject = "製品について",
            MessageId = $"<{label[1..]}@mail.example>",
            ClientIp = "198.51.100.7",
            Hops = [new SanitisedHop("front.mail.example", "198.51.100.20", "mx.mail.example")],
        };

    private static SanitisedMessage Row(string label, MessageRole role, long? gap, string ja) =>
        new()
        {
            Label = label,
            Role = role,
            Source = MessageSource.Mail,
            GapSeconds = gap,
            Description = new(ja, "what happens"),
        };
}
