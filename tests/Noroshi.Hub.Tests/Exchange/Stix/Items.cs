using CsCheck;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;

namespace Noroshi.Hub.Tests.Exchange.Stix;

/// <summary>Items of every shape, and the one of the story.</summary>
internal static class Items
{
    public static readonly DateTimeOffset First = new(2013, 10, 25, 1, 2, 3, 456, TimeSpan.Zero);

    public static readonly HubName Hub = new(new Guid("3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10"), "情報連携ハブ", "Sharing hub");

    /// <summary>What text may hold: quotes, escapes, wide and half characters, controls.</summary>
    private static readonly Gen<string> Naughty = Gen.OneOf(
        "plain",
        "見積依頼の件",
        "it's \\ a 'quote'",
        "]' OR [file:name = 'x",
        "line\r\nbreak\ttab",
        "\u202Efdp.exe",
        "<script>\"&\u0000",
        "half \uD83D surrogate",
        "＝CMD()",
        "a{token}b"
    );

    private static readonly Gen<Guid> Ids = Gen
        .Byte.Array[16]
        .Select(bytes =>
        {
            bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes, bigEndian: true);
        });

    private static readonly Gen<SanitisedSender?> Senders = Gen.Select(
        Gen.OneOf<string?>(null, "sender@freemail.example", "other.sender@mail.example"),
        Naughty,
        (address, name) => (SanitisedSender?)new SanitisedSender(address, name)
    );

    private static readonly Gen<SanitisedFile> Leaf = Gen.Select(
        Naughty,
        Gen.OneOf("archive", "executable", "office", "other"),
        Gen.Bool,
        Gen.Int[0, 100_000],
        (name, type, hashed, size) =>
            new SanitisedFile
            {
                Name = name,
                Type = type,
                Format = "rar5",
                Size = size,
                Encrypted = hashed,
                Sha256 = hashed ? new string('a', 64) : null,
                Sha1 = hashed ? new string('b', 40) : null,
                Md5 = hashed ? new string('c', 32) : null,
                OpensIn = hashed ? [new SanitisedOpening("Lhaplus", true, false)] : [],
                Disguises = hashed ? ["rlo"] : [],
                Traits = hashed ? [new SanitisedTrait("author", "X")] : [],
            }
    );

    private static readonly Gen<SanitisedFile> Files = Gen.Select(
        Leaf,
        Leaf.List[0, 2],
        (file, children) => file with { Children = children }
    );

    private static readonly Gen<string> Urls = Gen.OneOf(
        "http://evil.example/a?b=c",
        "https://evil.example/{token}/x_y%20?id={token}",
        "http://192.0.2.7/x",
        "hxxp://broken",
        "http://evil.example/日本"
    );

    private static readonly Gen<SanitisedMail> Mails = Gen.Select(
        Senders,
        Naughty,
        Gen.Int[0, 3],
        Files.List[0, 2],
        Urls.List[0, 3],
        (from, subject, shape, files, urls) =>
            new SanitisedMail
            {
                Label = "",
                From = shape == 0 ? null : from,
                ReplyTo = shape == 1 ? new SanitisedSender("reply@freemail.example", "") : null,
                Subject = subject,
                At = shape == 2 ? null : First.AddDays(-shape),
                Precision = shape == 3 ? TimePrecision.Hour : TimePrecision.Minute,
                To = WindowKind.ContactWindow,
                Recipients = (CountBucket)shape,
                ClientIp = shape == 3 ? "2001:db8::7" : "198.51.100.7",
                Mailer = shape == 1 ? "Mailer 1.0" : null,
                Hops = shape == 2 ? [] : [new SanitisedHop("h.example", "198.51.100.7", "mx.freemail.example")],
                OriginCountry = "TW",
                MessageId = shape == 0 ? null : "<1'2@freemail.example>",
                Authentication = [new SanitisedVerdict("spf", "pass")],
                Findings = ["charset.undeclared"],
                Files = files,
                Urls = urls,
            }
    );

    private static readonly Gen<SanitisedIndicator> Indicators = Gen.Select(
        Ids,
        Gen.Enum<IndicatorKind>(),
        Naughty,
        Gen.Enum<IndicatorRole>(),
        Gen.Enum<HijackedSite>(),
        (id, kind, text, role, hijacked) =>
            new SanitisedIndicator
            {
                Id = id,
                Kind = kind,
                Value = ValueOf(kind, text),
                Role = role,
                Mails = ["#1-1", "#9-9"],
                Country = role == IndicatorRole.Destination ? "JP" : null,
                CountryAsOf = role == IndicatorRole.Destination ? new DateOnly(2013, 10, 20) : null,
                Hijacked = hijacked,
            }
    );

    private static readonly Gen<SanitisedMessage> Rows = Gen.Select(
        Gen.Enum<MessageRole>(),
        Gen.Enum<MessageSource>(),
        Gen.Int[-1, 100_000],
        Naughty,
        (role, source, gap, text) =>
            new SanitisedMessage
            {
                Label = "",
                Role = role,
                Source = source,
                GapSeconds = gap < 0 ? null : gap,
                Description = new BothLanguages(text, text),
            }
    );

    /// <summary>An item of any kind, version 1.</summary>
    public static Gen<SanitisedItem> Any { get; } =
        Gen.Select(
            Gen.Select(Ids, Gen.Enum<ItemKind>(), Gen.Enum<Tlp>(), Gen.Enum<Pap>()),
            Mails.List[0, 3],
            Rows.List[0, 4],
            Indicators.List[0, 6],
            Gen.Select(Naughty, Gen.Bool, Gen.Bool, Ids),
            (head, mails, rows, indicators, more) => Make(head, mails, rows, indicators, more)
        );

    /// <summary>The release of a version.</summary>
    public static Release Left(SanitisedItem item, int version = 1) =>
        new()
        {
            Item = item with { Version = version },
            FirstAt = First,
            At = First.AddHours(version - 1),
        };

    /// <summary>The story's exchange, as far as the lists of this test need it.</summary>
    public static SanitisedItem Story { get; } =
        new()
        {
            Id = new Guid("c1a7a5a4-52a8-4f0c-9a56-1c1f4ef6a201"),
            Version = 1,
            Kind = ItemKind.Case,
            Origin = ItemOrigin.Provisions,
            Title = new("「やり取り型」攻撃の事例", "A conversational attack"),
            Summary = new(
                "問い合わせを装った偵察のあと、返信に対して不正なファイルが届きました。",
                "An inquiry was followed by a malicious file."
            ),
            Countermeasure = new("返信する前に照会してください。", "Ask before you answer."),
            Contact = new("情報ハブ 連絡窓口", "Hub desk"),
            Marking = new Marking
            {
                Tlp = Tlp.AmberStrict,
                Pap = Pap.Amber,
                Redistribution = Redistribution.OwnOrganizationOnly,
                ExpiresAt = First.AddDays(180),
            },
            Audience = new Audience { Reach = AudienceReach.AllGroups },
            Mails =
            [
                new SanitisedMail
                {
                    Label = "#4-9",
                    From = new("sender@freemail.example", "山田"),
                    Subject = "Re: 製品について",
                    To = WindowKind.ContactWindow,
                    Files =
                    [
                        new SanitisedFile
                        {
                            Name = "資料.rar",
                            Type = "archive",
                            Format = "rar4",
                            Size = 1234,
                            Sha256 = new string('a', 64),
                            Encrypted = true,
                            OpensIn = [new SanitisedOpening("Lhaplus", true, false)],
                            Children =
                            [
                                new SanitisedFile
                                {
                                    Name = "資料.exe",
                                    Type = "executable",
                                    Format = "pe32",
                                },
                            ],
                        },
                    ],
                },
            ],
            Conversations =
            [
                new SanitisedConversation
                {
                    Number = 4,
                    Stage = ConversationStage.Attacked,
                    Messages =
                    [
                        Row("#4-6", MessageRole.Reply, null, "開けないという返信"),
                        Row("#4-7", MessageRole.Reconnaissance, 13 * 60, "解凍ソフトは何かと質問"),
                        Row("#4-8", MessageRole.Reply, 600, "Lhaplusと回答"),
                        Row("#4-9", MessageRole.Attack, 51 * 60, "Lhaplusで解凍できる圧縮ファイル", "#4-9"),
                    ],
                },
            ],
            Campaign = new SanitisedCampaign
            {
                Id = new Guid("9a51f7be-25a8-4f3f-8f8c-7a5d54f5a001"),
                Alias = "X",
                Strong = true,
                FirstMonth = new DateOnly(2013, 9, 1),
                LastMonth = new DateOnly(2013, 12, 1),
                Evidence = ["document-trait"],
            },
        };

    private static SanitisedMessage Row(string label, MessageRole role, long? gap, string text, string? mail = null) =>
        new()
        {
            Label = label,
            Role = role,
            Source = MessageSource.Mail,
            GapSeconds = gap,
            Description = new(text, "row"),
            Mail = mail,
        };

    private static SanitisedItem Make(
        (Guid Id, ItemKind Kind, Tlp Tlp, Pap Pap) head,
        List<SanitisedMail> mails,
        List<SanitisedMessage> rows,
        List<SanitisedIndicator> indicators,
        (string Text, bool Both, bool Series, Guid Campaign) more
    ) =>
        new()
        {
            Id = head.Id,
            Version = 1,
            Kind = head.Kind,
            Origin = more.Both ? ItemOrigin.Provisions : ItemOrigin.Hub,
            Title = new(more.Text, more.Both ? more.Text : ""),
            Summary = new(more.Text, ""),
            Countermeasure = new("開かないでください。", "Do not open it."),
            Contact = new("連絡窓口", "desk"),
            Marking = new Marking
            {
                Tlp = head.Tlp,
                Pap = head.Pap,
                Redistribution = new(more.Both, more.Series),
                ExpiresAt = First.AddDays(30),
            },
            Audience = new Audience { Reach = AudienceReach.OwnGroup, Groups = ["power"] },
            Mails = [.. mails.Select((one, i) => one with { Label = $"#1-{i + 1}" })],
            Conversations =
                rows.Count == 0
                    ? []
                    :
                    [
                        new SanitisedConversation
                        {
                            Number = 1,
                            Stage = ConversationStage.Replied,
                            Messages =
                            [
                                .. rows.Select(
                                    (row, i) => row with { Label = $"#1-{i + 1}", Mail = i < mails.Count ? $"#1-{i + 1}" : null }
                                ),
                            ],
                        },
                    ],
            Indicators = indicators,
            Campaign = more.Series
                ? new SanitisedCampaign
                {
                    Id = more.Campaign,
                    Alias = "X",
                    Strong = more.Both,
                    FirstMonth = new DateOnly(2013, 9, 1),
                    LastMonth = new DateOnly(2013, 10, 1),
                }
                : null,
        };

    private static string ValueOf(IndicatorKind kind, string text) =>
        kind switch
        {
            IndicatorKind.Sender => "o'" + "sender@freemail.example",
            IndicatorKind.Ip => "192.0.2.9",
            IndicatorKind.Host => "{victim-token}.evil.example",
            IndicatorKind.Url => "http://evil.example/{token}/a.b?x={token}&y=it's",
            IndicatorKind.Sha256 => new string('a', 64),
            IndicatorKind.Sha1 => new string('b', 40),
            IndicatorKind.Md5 => new string('c', 32),
            IndicatorKind.FileName or IndicatorKind.Subject or IndicatorKind.MessageId => text,
        };
}
