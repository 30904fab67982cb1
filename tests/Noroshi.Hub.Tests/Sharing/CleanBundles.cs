using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>Items that name nobody of the community, made from a seed: what the gate has to let pass.</summary>
internal static class CleanBundles
{
    private static readonly string[] Subjects =
    [
        "製品についてのお問い合わせ",
        "【至急】見積依頼の件",
        "履歴書の送付について",
        "取材のお願い",
        "Re: ご質問への回答",
        "不具合のご報告",
        "講演会のご案内",
        "請求書送付のお知らせ",
        "採用に関する質問",
        "Inquiry about your products",
        "共同研究のご相談",
        "資料請求",
    ];

    private static readonly string[] Files = ["質問書", "履歴書", "御見積書", "写真", "resume", "question", "資料一覧", "確認事項"];
    private static readonly string[] Extensions = ["rar", "zip", "doc", "jtd", "scr", "exe", "lnk", "pdf", "lzh"];
    private static readonly string[] Hosts = ["news", "update", "www", "mail", "cdn", "img", "blog", "shop"];

    public static SanitisedItem Of(int seed, int indicators)
    {
        var dice = new Dice(seed);
        return new SanitisedItem
        {
            Id = dice.Id(),
            Version = 1,
            Kind = ItemKind.Alert,
            Origin = ItemOrigin.Provisions,
            Title = new BothLanguages(
                $"問い合わせを装う標的型攻撃メール({seed})",
                $"Targeted mail that pretends to be an inquiry ({seed})"
            ),
            Summary = new BothLanguages(
                "製品に関する問い合わせを装い、返信のあとに不審なファイルを送る攻撃を確認しました。\n外部向け窓口のある組織はご注意ください。",
                "An attacker pretends to inquire about a product and sends a malicious file minutes after the reply.\nIt concerns everybody with a published address."
            ),
            Countermeasure = new BothLanguages(
                "次の差出人、件名、ハッシュ値のメールを受信していないか確認し、添付ファイルを開かないでください。",
                "Look for mails of these senders, subjects and hashes; do not open their attachments."
            ),
            Contact = new BothLanguages("情報共有ハブ 分析担当", "Analysts of the sharing hub"),
            Audience = new Audience { Reach = AudienceReach.AllGroups },
            Marking = new Marking
            {
                Tlp = Tlp.Amber,
                Pap = Pap.Amber,
                Redistribution = new Redistribution(true, false),
                ExpiresAt = new DateTimeOffset(2014, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)),
            },
            Mails =
            [
                new SanitisedMail
                {
                    Label = "#1-1",
                    From = new SanitisedSender($"{dice.Letters(8)}@freemail.example", "山田"),
                    Subject = dice.Of(Subjects),
                    At = new DateTimeOffset(2013, 10, 17, dice.Below(24), 0, 0, TimeSpan.FromHours(9)),
                    Precision = TimePrecision.Hour,
                    OriginCountry = "TW",
                    Authentication = [new SanitisedVerdict("spf", "pass"), new SanitisedVerdict("dkim", "pass", "freemail.example")],
                },
            ],
            Indicators = [.. Enumerable.Range(0, indicators).Select(at => Indicator(dice, at))],
        };
    }

    private static SanitisedIndicator Indicator(Dice dice, int at)
    {
        var (kind, role, value) = (at % 8) switch
        {
            0 => (IndicatorKind.Sender, IndicatorRole.Delivery, $"{dice.Letters(6 + dice.Below(6))}{dice.Below(99)}@freemail.example"),
            1 => (IndicatorKind.Ip, IndicatorRole.Destination, Address(dice)),
            2 => (IndicatorKind.Host, IndicatorRole.Destination, $"{dice.Of(Hosts)}.{dice.Letters(9)}.example"),
            3 => (
                IndicatorKind.Url,
                IndicatorRole.Destination,
                $"http://{dice.Of(Hosts)}.{dice.Letters(7)}.example/{dice.Letters(5)}/{dice.Hex(8)}.php?id={{token}}"
            ),
            4 => (IndicatorKind.Sha256, IndicatorRole.Sample, dice.Hex(64)),
            5 => (IndicatorKind.Md5, IndicatorRole.Sample, dice.Hex(32)),
            6 => (
                IndicatorKind.FileName,
                IndicatorRole.Sample,
                $"{dice.Of(Files)}{dice.Below(2_014).ToString(CultureInfo.InvariantCulture)}.{dice.Of(Extensions)}"
            ),
            _ => (IndicatorKind.Subject, IndicatorRole.Delivery, dice.Of(Subjects)),
        };
        return new SanitisedIndicator
        {
            Id = dice.Id(),
            Kind = kind,
            Role = role,
            Value = value,
            Mails = ["#1-1"],
            Country = role == IndicatorRole.Destination ? "JP" : null,
        };
    }

    /// <summary>Addresses of a documentation range that no member of the story has.</summary>
    private static string Address(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"203.0.113.{1 + dice.Below(254)}");

    /// <summary>The same seed gives the same throws.</summary>
    private sealed class Dice(int seed)
    {
        private readonly Random _random = new(seed);

        public int Below(int limit) => _random.Next(limit);

        public T Of<T>(IReadOnlyList<T> all) => all[Below(all.Count)];

        public string Letters(int length) => _random.GetString("abcdefghijklmnopqrstuvwxyz", length);

        public string Hex(int length) => _random.GetHexString(length, lowercase: true);

        public Guid Id()
        {
            var bytes = new byte[16];
            _random.NextBytes(bytes);
            return new Guid(bytes);
        }
    }
}
