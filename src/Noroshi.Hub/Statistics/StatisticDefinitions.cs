namespace Noroshi.Hub.Statistics;

/// <summary>What a figure is: what every printed number leads to.</summary>
/// <param name="Family">Id, or the part of it before the first full stop.</param>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Population">Code of the population.</param>
/// <param name="Title">Name.</param>
/// <param name="Of">The population in words.</param>
/// <param name="Rule">How it is counted.</param>
public sealed record StatisticDefinition(string Family, string Unit, string Population, Words Title, Words Of, Words Rule);

/// <summary>The definitions as a table.</summary>
public static class StatisticDefinitions
{
    private static readonly Words OfMembers = new("参加組織からの情報提供", "provisions by members");
    private static readonly Words OfJudged = new("標的型攻撃メールと判定したもの", "mails judged targeted");
    private static readonly Words OfAttached = new(
        "標的型攻撃メールのうち添付ファイルのあるもの",
        "mails judged targeted that have an attachment"
    );
    private static readonly Words OfKnownSender = new(
        "標的型攻撃メールのうち送信元が分かるもの",
        "mails judged targeted whose sender is known"
    );
    private static readonly Words OfHosts = new(
        "期間中に観測した不正接続先(重複を除く)",
        "distinct malicious destinations observed in the period"
    );
    private static readonly Words OfShares = new("共有した情報(第1版)", "shared items, version 1");
    private static readonly Words OfOrganizations = new("期間末の参加組織", "members at the end of the period");
    private static readonly Words OfReadings = new("測れた情報提供", "provisions whose clock was read");
    private static readonly Words OfExchanges = new("会員と相談窓口のやり取り", "exchanges of members and of the help desk");

    /// <summary>All definitions, in the order of output.</summary>
    public static IReadOnlyList<StatisticDefinition> All { get; } =
    [
        new(
            "organizations",
            "organization",
            "membersAtEnd",
            new("参加組織数", "Member organisations"),
            OfOrganizations,
            new("期間の末日に参加していた組織を数える。", "Organisations that were members on the last day.")
        ),
        new(
            "organizationsJoined",
            "organization",
            "membersAtEnd",
            new("期間中に参加した組織数", "Organisations that joined"),
            OfOrganizations,
            new("合併による名称の変更は数えない。", "A merger into a new name does not count.")
        ),
        new(
            "groups",
            "group",
            "membersAtEnd",
            new("業界数", "Industries"),
            OfOrganizations,
            new("期間の末日に参加組織がある業界を数える。", "Industries with a member on the last day.")
        ),
        new(
            "provided",
            "provision",
            "memberProvisions",
            new("情報提供件数", "Provisions"),
            OfMembers,
            new(
                "ハブが受け付けた時刻で数える。相談窓口とハブ自身の分、同じ組織による同じ情報の再提供と追加提供は除く。別の組織からの同じ情報は数える。",
                "By time of reception at the hub. Not counted: help desk, hub, repeats and additions by the same member. The same from another member counts."
            )
        ),
        new(
            "providedRatio",
            "percent",
            "previousPeriod",
            new("情報提供件数の前年度比", "Provisions against the year before"),
            OfMembers,
            new("前年の同じ期間を100%とする。", "The same period of the year before is 100 %.")
        ),
        new(
            "providedRatioBefore",
            "percent",
            "previousPeriod",
            new("情報提供件数の前期比", "Provisions against the period before"),
            OfMembers,
            new("直前の期間を100%とする。", "The period just before is 100 %.")
        ),
        new(
            "providers",
            "organization",
            "membersAtEnd",
            new("情報提供のあった組織の割合", "Members that provided"),
            OfOrganizations,
            new("企業グループは1と数える。", "A corporate group is one.")
        ),
        new(
            "shared",
            "sharedItem",
            "sharedItems",
            new("情報共有件数", "Shared items"),
            OfShares,
            new(
                "配布した時刻で数える。集約したものは1件とし、訂正版は数えない。ハブが発信したものを含む。",
                "By time of distribution. Merged items are one, corrections do not count, the hub's own do."
            )
        ),
        new(
            "sharedHubOriginated",
            "sharedItem",
            "sharedItems",
            new("うちハブが発信したもの", "Of these originated by the hub"),
            OfShares,
            new("情報共有件数の内数。", "Part of the shared items.")
        ),
        new(
            "sharedRatio",
            "percent",
            "previousPeriod",
            new("情報共有件数の前年度比", "Shared items against the year before"),
            OfShares,
            new("前年の同じ期間を100%とする。", "The same period of the year before is 100 %.")
        ),
        new(
            "sharedRatioBefore",
            "percent",
            "previousPeriod",
            new("情報共有件数の前期比", "Shared items against the period before"),
            OfShares,
            new("直前の期間を100%とする。", "The period just before is 100 %.")
        ),
        new(
            "sharedTo",
            "sharedItem",
            "sharedItems",
            new("業界ごとの配布件数", "Shared items by receiving industry"),
            OfShares,
            new("1件が複数の業界に届くため、合計は情報共有件数と一致しない。", "An item may go to several industries: they do not add up.")
        ),
        new(
            "mails",
            "mail",
            "memberMails",
            new("提供されたメール数", "Mails provided"),
            OfMembers,
            new("メール1通を1と数える。", "Each mail is one.")
        ),
        new(
            "judgedTargeted",
            "judgedMail",
            "judgedTargeted",
            new("標的型攻撃メールの件数", "Mails judged targeted"),
            OfJudged,
            new(
                "1件の情報提供の中で、本文・送信者・添付が同じものは1件とする。",
                "Mails of one provision with the same text, sender and attachments are one."
            )
        ),
        new(
            "uniqueMails",
            "uniqueMail",
            "judgedTargeted",
            new("標的型攻撃メールの種類数", "Different mails judged targeted"),
            OfJudged,
            new(
                "本文・送信者・添付が同じものは期間を通じて1と数える。",
                "The same text, sender and attachments are one in the whole period."
            )
        ),
        new(
            "samples",
            "sample",
            "judgedTargeted",
            new("検体数", "Samples"),
            OfJudged,
            new("内容(SHA-256)が同じファイルは1と数える。", "Files of the same content (SHA-256) are one.")
        ),
        new(
            "destinations",
            "destination",
            "destinations",
            new("不正接続先の数", "Malicious destinations"),
            OfHosts,
            new("ホスト名で数える。四半期の合計は年度と一致しない。", "By host; quarters do not add up to the year.")
        ),
        new(
            "hijackedSites",
            "destination",
            "destinations",
            new("悪用されていたと思われる正規サイト", "Legitimate sites that appear to have been abused"),
            OfHosts,
            new("不正接続先の内数。", "Part of the malicious destinations.")
        ),
        new(
            "c2Region",
            "percent",
            "destinations",
            new("不正接続先の国・地域", "Countries of malicious destinations"),
            OfHosts,
            new(
                "観測した時点の国・地域。期間中の観測が食い違うものは「複数」。割合の合計は100%にならないことがある。",
                "Country as observed; 'multiple' where observations disagree. Shares may not add to 100."
            )
        ),
        new(
            "senderRegion",
            "percent",
            "judgedTargeted",
            new("メール送信元の国・地域", "Countries of senders"),
            OfJudged,
            new(
                "信頼できる最初の外部Received のIPアドレスによる。不明も区分の1つとする。",
                "By the earliest trustworthy external Received address; unknown is a category."
            )
        ),
        new(
            "mailKind",
            "percent",
            "judgedTargeted",
            new("メールの種別", "Kinds of mails"),
            OfJudged,
            new("添付、URL、両方、情報収集、不明。", "Attachment, URL, both, information gathering, unknown.")
        ),
        new(
            "attachmentType",
            "percent",
            "judgedTargetedWithAttachment",
            new("添付ファイルの種別", "Types of attachments"),
            OfAttached,
            new(
                "1件に1つ、入れ物の中の最も危険なもので数える。おとりの文書は数えない。",
                "One each: the most dangerous payload inside the container; decoys do not count."
            )
        ),
        new(
            "container",
            "percent",
            "judgedTargetedWithAttachment",
            new("添付ファイルの入れ物", "Containers of attachments"),
            OfAttached,
            new("最も外側の形式。入れ物がないものは none。", "The outermost format; none where there is no container.")
        ),
        new(
            "freeMail",
            "percent",
            "judgedTargetedWithKnownSender",
            new("送信元がフリーメールの割合", "Free-mail senders"),
            OfKnownSender,
            new(
                "フリーメールの一覧による。送信元が詐称されているものは実際の送信サービスで数える。",
                "By the list of free-mail services; by the true sending service where From is spoofed."
            )
        ),
        new(
            "avoidable",
            "percent",
            "judgedTargeted",
            new("仮の対策で防げた割合", "Avoidable by a rule"),
            OfJudged,
            new(
                "規則をあてはめた場合に止まる件数の割合。フリーメールの割合とは別の数字。",
                "Share that a rule would have stopped; not the share of free-mail."
            )
        ),
        new(
            "conversationalCases",
            "case",
            "judgedExchanges",
            new("「やり取り型」の事例数", "Conversational cases"),
            OfExchanges,
            new(
                "1つの人物と1つの組織の、やり取りまたはその試み1つを1件とする。会員と相談窓口を含む。",
                "One exchange or attempt of one persona with one organisation; members and help desk."
            )
        ),
        new(
            "clock",
            "minute",
            "readings",
            new("所要時間", "Clocks"),
            OfReadings,
            new("中央値と90パーセンタイル(分)。", "Median and 90th percentile, minutes.")
        ),
        new(
            "answered",
            "percent",
            "memberProvisions",
            new("回答した割合", "Provisions answered"),
            OfMembers,
            new("暫定または分析者の回答。", "By a provisional or an analyst's answer.")
        ),
    ];

    private static readonly Dictionary<string, StatisticDefinition> ByFamily = All.ToDictionary(one => one.Family, StringComparer.Ordinal);

    /// <summary>The definition of a figure's id.</summary>
    /// <exception cref="KeyNotFoundException">No figure has that id.</exception>
    public static StatisticDefinition Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var end = id.IndexOf('.', StringComparison.Ordinal);
        return ByFamily[end < 0 ? id : id[..end]];
    }

    /// <summary>Whether a figure has that id.</summary>
    public static bool Knows(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return ByFamily.ContainsKey(id.Split('.', 2)[0]);
    }
}
