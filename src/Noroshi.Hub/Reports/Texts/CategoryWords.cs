namespace Noroshi.Hub.Reports.Texts;

/// <summary>Names of the categories of figures, for readers outside.</summary>
public static class CategoryWords
{
    private static readonly Words Unknown = new("不明", "unknown");

    private static readonly Dictionary<string, Words> Categories = new(StringComparer.Ordinal)
    {
        ["mailKind.attachment"] = new("添付ファイル", "attachment"),
        ["mailKind.url"] = new("URLリンク", "link"),
        ["mailKind.both"] = new("添付ファイルとURLリンク", "attachment and link"),
        ["mailKind.informationGathering"] = new("情報収集", "information gathering"),
        ["mailKind.unknown"] = Unknown,
        ["attachmentType.executable"] = new("実行ファイル", "programs"),
        ["attachmentType.lnk"] = new("ショートカット(LNK)ファイル", "shortcuts (LNK)"),
        ["attachmentType.script"] = new("スクリプトファイル", "scripts"),
        ["attachmentType.office"] = new("Office文書ファイル", "Office documents"),
        ["attachmentType.justsystems"] = new("ジャストシステム文書ファイル", "JustSystems documents"),
        ["attachmentType.pdf"] = new("PDFファイル", "PDF files"),
        ["attachmentType.encryptedUnopened"] = new("パスワード付きで中身を確かめられないファイル", "locked files that nobody opened"),
        ["attachmentType.other"] = new("その他のファイル", "other files"),
        ["freeMail"] = new("フリーメール", "free-mail"),
        ["freeMail.others"] = new("フリーメール以外", "other senders"),
        ["conversationalCases.reconnaissance"] = new("偵察のみ", "reconnaissance only"),
        ["conversationalCases.replied"] = new("返信まで", "answered"),
        ["conversationalCases.attacked"] = new("攻撃あり", "attacked"),
        ["conversationalCases.member"] = new("参加組織", "members"),
        ["conversationalCases.desk"] = new("相談窓口", "help desk"),
        ["conversationalCases.hub"] = new("ハブ", "hub"),
        ["avoidable.freeMailWithPayload"] = new("フリーメールの添付・URLを止める", "stop attachments and links of free-mail"),
        ["avoidable.programs"] = new("プログラムの添付を止める", "stop attached programs"),
        ["avoidable.lockedContainers"] = new("パスワード付き圧縮ファイルを止める", "stop locked archives"),
    };

    /// <summary>ISO 3166-1 alpha-2 with the names that press texts use; what is not here is written as its code.</summary>
    private static readonly Dictionary<string, Words> Countries = new(StringComparer.Ordinal)
    {
        ["AR"] = new("アルゼンチン", "Argentina"),
        ["AT"] = new("オーストリア", "Austria"),
        ["AU"] = new("オーストラリア", "Australia"),
        ["BD"] = new("バングラデシュ", "Bangladesh"),
        ["BE"] = new("ベルギー", "Belgium"),
        ["BG"] = new("ブルガリア", "Bulgaria"),
        ["BR"] = new("ブラジル", "Brazil"),
        ["CA"] = new("カナダ", "Canada"),
        ["CH"] = new("スイス", "Switzerland"),
        ["CL"] = new("チリ", "Chile"),
        ["CN"] = new("中国", "China"),
        ["CZ"] = new("チェコ", "Czechia"),
        ["DE"] = new("ドイツ", "Germany"),
        ["DK"] = new("デンマーク", "Denmark"),
        ["ES"] = new("スペイン", "Spain"),
        ["FI"] = new("フィンランド", "Finland"),
        ["FR"] = new("フランス", "France"),
        ["GB"] = new("英国", "United Kingdom"),
        ["HK"] = new("香港", "Hong Kong"),
        ["HU"] = new("ハンガリー", "Hungary"),
        ["ID"] = new("インドネシア", "Indonesia"),
        ["IL"] = new("イスラエル", "Israel"),
        ["IN"] = new("インド", "India"),
        ["IR"] = new("イラン", "Iran"),
        ["IT"] = new("イタリア", "Italy"),
        ["JP"] = new("日本", "Japan"),
        ["KP"] = new("北朝鮮", "North Korea"),
        ["KR"] = new("韓国", "South Korea"),
        ["KZ"] = new("カザフスタン", "Kazakhstan"),
        ["LT"] = new("リトアニア", "Lithuania"),
        ["LV"] = new("ラトビア", "Latvia"),
        ["MX"] = new("メキシコ", "Mexico"),
        ["MY"] = new("マレーシア", "Malaysia"),
        ["NL"] = new("オランダ", "Netherlands"),
        ["NO"] = new("ノルウェー", "Norway"),
        ["NZ"] = new("ニュージーランド", "New Zealand"),
        ["PH"] = new("フィリピン", "Philippines"),
        ["PK"] = new("パキスタン", "Pakistan"),
        ["PL"] = new("ポーランド", "Poland"),
        ["PT"] = new("ポルトガル", "Portugal"),
        ["RO"] = new("ルーマニア", "Romania"),
        ["RU"] = new("ロシア", "Russia"),
        ["SA"] = new("サウジアラビア", "Saudi Arabia"),
        ["SE"] = new("スウェーデン", "Sweden"),
        ["SG"] = new("シンガポール", "Singapore"),
        ["TH"] = new("タイ", "Thailand"),
        ["TR"] = new("トルコ", "Türkiye"),
        ["TW"] = new("台湾", "Taiwan"),
        ["UA"] = new("ウクライナ", "Ukraine"),
        ["US"] = new("米国", "United States"),
        ["VN"] = new("ベトナム", "Viet Nam"),
        ["ZA"] = new("南アフリカ", "South Africa"),
        ["multiple"] = new("複数の国・地域", "several countries"),
        ["unknown"] = Unknown,
        ["others"] = new("その他", "others"),
    };

    /// <summary>Name of the category of a figure; null for figures without one.</summary>
    public static Words? Of(string id)
    {
        if (Categories.TryGetValue(id, out var known))
        {
            return known;
        }

        var parts = id.Split('.');
        return parts.Length < 2 ? null
            : parts[0] is "c2Region" or "senderRegion" ? Countries.GetValueOrDefault(parts[1]) ?? new Words(parts[1], parts[1])
            : new Words(parts[1], parts[1]);
    }
}
