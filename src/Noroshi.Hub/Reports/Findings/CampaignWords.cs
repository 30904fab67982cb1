using System.Globalization;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Words of the page of a campaign.</summary>
internal static class CampaignWords
{
    public static readonly Phrase Conclusion = new("結論", "Conclusion");
    public static readonly Phrase Confidence = new("確度", "Confidence");
    public static readonly Phrase Organizations = new("対象の組織", "Organisations");
    public static readonly Phrase Version = new("識別子と版", "Id and version");
    public static readonly Phrase Patterns = new("時間と行動の特徴", "What its times show");
    public static readonly Phrase Picture = new("組織をまたぐ流れ", "Over the organisations");
    public static readonly Phrase Nearer = new("同時並行で届いたメール", "Mails that came in parallel");
    public static readonly Phrase FirstOnly = new(
        "各事例の最初のメール、最初の返信、最初の攻撃だけを示す。",
        "Of each case only the first mail, the first reply and the first attack are drawn."
    );
    public static readonly Phrase Latencies = new("返信から攻撃者の次のメールまで", "From a reply to the attacker's next mail");
    public static readonly Phrase LatencyNote = new(
        "実メールなどで分まで分かるものだけを示す。自動応答は数えない。",
        "Only times known to the minute; automatic replies never count."
    );
    public static readonly Phrase FirstContact = new("最初のメール", "First mail");
    public static readonly Phrase Matrix = new("つながりの根拠", "What the cases have in common");
    public static readonly Phrase MatrixNote = new(
        "●は、その値がその事例のメールにあることを示す。棒は、つながり1件の中での最大の強さ。",
        "A dot says that the case has the value; the bar is its largest weight within one link."
    );
    public static readonly Phrase Values = new("共通する値と出現頻度", "Shared values and their rarity");
    public static readonly Phrase Family = new("種類", "Family");
    public static readonly Phrase Value = new("値", "Value");
    public static readonly Phrase Cases = new("事例", "Cases");
    public static readonly Phrase Links = new("つながりの一覧", "Links");
    public static readonly Phrase Link = new("つながり", "Link");
    public static readonly Phrase LinksNote = new(
        "強さは根拠の合計。開くと一つずつの根拠を示す。",
        "The strength is the sum of the rows of evidence; open a link to see them."
    );
    public static readonly Phrase Counter = new("反対の根拠", "What speaks against it");
    public static readonly Phrase NoCounter = new("反対の根拠は見つからなかった。", "Nothing was found that speaks against it.");
    public static readonly Phrase Without = new("根拠を一つ外した場合", "Without one kind of evidence");
    public static readonly Phrase WithoutStands = new("この根拠がなくても結論は変わりません", "The conclusion stands without it");
    public static readonly Phrase WithoutWeaker = new(
        "この根拠がないと確度は「中」に下がります",
        "Without it the confidence falls to “medium”"
    );
    public static readonly Phrase WithoutSuggestion = new(
        "この根拠がないと、同一とまでは言えません",
        "Without it the cases are only worth a look"
    );
    public static readonly Phrase WithoutFalls = new("この根拠がないと結論は成り立ちません", "Without it the conclusion does not stand");
    public static readonly Phrase Graph = new("事例どうしのつながり", "How the cases hang together");
    public static readonly Phrase GraphNote = new(
        "時間の順に並べ、各事例の強いつながりを2本まで描いた。太線は確度の高いつながり。",
        "In order of time, with at most two of the strongest links of each case; thick lines are strong ones."
    );
    public static readonly Phrase Members = new("含まれる事例", "Its cases");
    public static readonly Phrase Alone = new("単独のメール", "mail that stands alone");
    public static readonly Phrase Chance = new("偶然にこうなる確率", "Chance of a coincidence");
    public static readonly Phrase Hours = new("時間帯ごとの通数(0時から23時)", "Mails by hour, 0 to 23");
    public static readonly Phrase HubOnly = new("ハブ用の数値", "Figures for the hub");
    public static readonly Phrase NoPatterns = new("時間の特徴は見つからなかった。", "Its times show nothing particular.");

    public static Phrase Title(string alias) => new($"一連の攻撃「{alias}」", $"Campaign “{alias}”");

    public static Phrase ConfidenceOf(LinkLevel level) =>
        level switch
        {
            LinkLevel.Strong => new("高", "high"),
            LinkLevel.Probable => new("中", "medium"),
            LinkLevel.Suggestion or LinkLevel.None => new("低", "low"),
        };

    /// <summary>Hedged: who did it is never asserted.</summary>
    public static Phrase Hedge(int organizations, int exchanges, int mails, LinkLevel level) =>
        new(
            $"{organizations}組織に届いた{exchanges}件のやり取り({mails}通)は、同一の攻撃者によるものと思われる(確度:{ConfidenceOf(level).Ja})。",
            $"{Count(exchanges, "exchange")} ({Count(mails, "mail")}) with {Count(organizations, "organisation")} appear to be the work of the "
                + $"same attacker (confidence: {ConfidenceOf(level).En})."
        );

    public static Phrase VersionOf(string id, int version) => new($"{id} 第{version}版", $"{id}, version {version}");

    public static Phrase FrameOf(int windows, double minutes) =>
        new($"{Minutes(minutes).Ja}に{windows}つの窓口へ並行", $"{windows} windows within {Minutes(minutes).En}");

    public static Phrase ChanceOf(double chance)
    {
        var number = chance.ToString(chance < 0.001 ? "0.0E+0" : "0.####", CultureInfo.InvariantCulture);
        return new(
            $"{number}(各窓口に届く一般のメールの頻度から求めたポアソン確率)",
            $"{number} (Poisson, from the windows' ordinary rate)"
        );
    }

    public static Phrase FamilyOf(EvidenceFamily family) =>
        family switch
        {
            EvidenceFamily.Prior => new("出発点", "starting point"),
            EvidenceFamily.FileHash => new("ファイルの一致", "same files"),
            EvidenceFamily.DocumentTrait => new("文書や書庫の作成者の痕跡", "traces of the maker"),
            EvidenceFamily.Destination => new("接続先・リンク先", "destinations"),
            EvidenceFamily.SenderAddress => new("送信元アドレス", "sender address"),
            EvidenceFamily.Persona => new("名乗り", "persona"),
            EvidenceFamily.Origin => new("送信元のネットワーク", "network of origin"),
            EvidenceFamily.Composition => new("メールの作り方", "composition"),
            EvidenceFamily.Text => new("文面", "text"),
            EvidenceFamily.TimeBurst => new("時間の近さ", "nearness in time"),
            EvidenceFamily.Target => new("対象の業界", "target"),
        };

    /// <summary>Kind of a value within its family; null when the kind says nothing beyond the family.</summary>
    public static Phrase? KindOf(string kind) =>
        kind switch
        {
            "payload" => new("攻撃ファイル", "payload"),
            "archive" => new("書庫ファイル", "archive"),
            "image" => new("画像", "image"),
            "file" => new("ファイル", "file"),
            "author" => new("作成者", "author"),
            "lastAuthor" => new("最終更新者", "last author"),
            "company" => new("会社名", "company"),
            "title" => new("文書の題名", "title"),
            "unique" => new("固有の痕跡", "unique trait"),
            "personal" => new("個人の痕跡", "personal trait"),
            "archive-comment" => new("書庫のコメント", "archive comment"),
            "password" => new("書庫のパスワード", "archive password"),
            "c2-host" => new("不正接続先", "malicious destination"),
            "c2-ip" => new("不正接続先のIP", "address of the destination"),
            "url-host" => new("リンク先のホスト", "host of a link"),
            "url-domain" => new("リンク先のドメイン", "domain of a link"),
            "url-path" => new("リンク先のパス", "path of a link"),
            "address" => new("送信元アドレス", "address"),
            "reply-to" => new("返信先", "reply-to"),
            "display-name" => new("表示名", "name shown"),
            "local-part" => new("アドレスの@より前", "part before the @"),
            "client-ip" => new("Webメール利用者のIP", "web-mail client"),
            "ip" => new("送信元IP", "address of origin"),
            "network" => new("送信元のネットワーク", "network of origin"),
            "service-ip" => new("送信サービスのIP", "address of the service"),
            "header-order" => new("ヘッダの並び", "order of headers"),
            "message-id" => new("Message-IDの形", "shape of the Message-ID"),
            "boundary" => new("区切り文字列の形", "shape of the boundary"),
            "mailer" => new("メールソフト", "mailer"),
            "encoding" => new("文字コードと符号化", "charset and encoding"),
            "time-zone" => new("時差の表記", "time zone"),
            "mime-tree" => new("メールの構造", "structure"),
            "date-form" => new("日付の書き方", "form of the date"),
            "assembly" => new("作り方の組み合わせ", "assembly"),
            "line" => new("同じ一文", "same line"),
            "phone" => new("電話番号", "telephone number"),
            "affiliation" => new("所属", "affiliation"),
            "glyph" => new("外国の字形の混入", "foreign glyph"),
            "likeness" => new("文面の近さ", "likeness of the texts"),
            "minutes" => new("最初のメールの間隔(分)", "minutes between first mails"),
            "industry" => new("業界", "industry"),
            _ => null,
        };

    public static Phrase ChangeOf(string what) =>
        what switch
        {
            "container" => new("添付の入れ物", "container"),
            "document" => new("中の文書やプログラム", "document"),
            "infrastructure" => new("接続先・送信元", "infrastructure"),
            _ => new(what, what),
        };

    /// <summary>The pattern in public words: its name, and a sentence with figures and without probabilities.</summary>
    public static (Phrase Name, Phrase Sentence) PatternOf(TimePattern pattern, string organizationJa, string organizationEn) =>
        pattern switch
        {
            ParallelPattern one => (IndexWords.KindOf("parallel"), SentenceOf(one)),
            SequentialPattern one => (IndexWords.KindOf("sequential"), SentenceOf(one)),
            CarefulPattern one => (IndexWords.KindOf("careful"), SentenceOf(one)),
            ReturningPattern one => (
                IndexWords.KindOf("returning"),
                new(
                    $"{Days(one.Days).Ja}の間をおいて、同じ組織({organizationJa})へ再び仕掛けられた。",
                    $"After {Days(one.Days).En} the same organisation ({organizationEn}) was attacked again."
                )
            ),
            AttendedPattern one => (IndexWords.KindOf("attended"), SentenceOf(one)),
            EvolvingPattern => (
                IndexWords.KindOf("evolving"),
                new(
                    "手口が月ごとに少しずつ変わっている。一度にすべてが変わることはない。",
                    "The manner changes from month to month, never all at once."
                )
            ),
            _ => (PageWords.Finding, PageWords.Finding),
        };

    private static Phrase SentenceOf(ParallelPattern one) =>
        new(
            $"{Minutes(one.Minutes).Ja}に、{one.Organizations}組織の{one.Windows}つの窓口へ、最初のメールが並行して届いた。",
            $"Within {Minutes(one.Minutes).En}, first mails came to {Count(one.Windows, "window")} of {Count(one.Organizations, "organisation")}."
        );

    private static Phrase SentenceOf(SequentialPattern one) =>
        new(
            $"{Days(one.Days).Ja}で、{one.Organizations}組織へ次々と仕掛けられた。",
            $"{Count(one.Organizations, "organisation")} were approached one after the other within {Days(one.Days).En}."
        );

    private static Phrase SentenceOf(CarefulPattern one) =>
        one.MostAddresses <= 1
            ? new(
                $"宛先は、{one.Organizations}組織のいずれでも1か所だけに絞られていた。",
                $"In each of {Count(one.Organizations, "organisation")} only one address was written to."
            )
            : new(
                $"宛先は1組織あたり多くて{one.MostAddresses}か所、典型的には1か所に絞られていた({one.Organizations}組織)。",
                $"At most {one.MostAddresses} addresses in an organisation were written to, typically one ({Count(one.Organizations, "organisation")})."
            );

    private static Phrase SentenceOf(AttendedPattern one)
    {
        var median = one.MedianMinutes.ToString("0.#", CultureInfo.InvariantCulture);
        return new(
            $"返信から攻撃者の次のメールまで、中央値は{median}分だった({one.Replies}回)。攻撃の間、すぐに応答できる状態にあったと思われる。",
            $"The median from a reply to the attacker's next mail was {median} minutes ({one.Replies} replies); somebody appears to have been ready "
                + "to answer."
        );
    }

    public static Phrase LinkLine((string A, string B) labels, Phrase level, string bits) =>
        new(
            $"{labels.A}と{labels.B}: 確度{level.Ja}、根拠の強さ{bits}ビット",
            $"{labels.A} and {labels.B}: confidence {level.En}, strength {bits} bits"
        );

    private static Phrase Minutes(double minutes)
    {
        var number = Math.Max(1, Math.Round(minutes, MidpointRounding.AwayFromZero)).ToString("0", CultureInfo.InvariantCulture);
        return new($"{number}分間", number == "1" ? "1 minute" : $"{number} minutes");
    }

    private static Phrase Days(double days)
    {
        var number = days.ToString(days < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
        return days is >= 11 and <= 17 ? new($"約2週間({number}日間)", $"about two weeks ({number} days)")
            : days >= 75 ? new($"約{Months(days)}か月({number}日)", $"about {Months(days)} months ({number} days)")
            : new($"{number}日間", $"{number} days");
    }

    private static string Months(double days) => Math.Round(days / 30.44).ToString("0", CultureInfo.InvariantCulture);

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
