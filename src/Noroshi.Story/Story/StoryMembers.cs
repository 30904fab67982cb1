using System.Globalization;
using System.Text.Json.Nodes;

namespace Noroshi.Makers.Story;

/// <summary>What the writer of a mail has to know of an organisation.</summary>
/// <param name="Id">Id.</param>
/// <param name="NameJa">Japanese name.</param>
/// <param name="Domain">Mail domain.</param>
/// <param name="Inner">Address of its own network.</param>
/// <param name="Windows">Contact windows.</param>
internal sealed record Home(string Id, string NameJa, string Domain, string Inner, IReadOnlyList<(string Id, string NameJa)> Windows)
{
    /// <summary>Server that receives its mail.</summary>
    public string MailHost => $"mx.{Domain}";

    /// <summary>Address of a window.</summary>
    public string AddressOf(string window) => $"{window}@{Domain}";
}

/// <summary>The community: 39 organisations in fiscal 2012, seven more in fiscal 2013, in five industries.</summary>
internal static class StoryMembers
{
    private static readonly (string Id, string Ja, string En)[] Groups =
    [
        ("power", "電力業界", "Electric power"),
        ("gas", "ガス業界", "Gas"),
        ("chemical", "化学業界", "Chemicals"),
        ("petroleum", "石油業界", "Petroleum"),
        ("equipment", "重要インフラ機器製造業界", "Infrastructure equipment"),
    ];

    /// <summary>Group, letter, Japanese name, English name, day of joining.</summary>
    private static readonly (string Group, string Letter, string Ja, string En, string Joined)[] Rows =
    [
        ("power", "a", "白峰電力株式会社", "Shiramine Electric Power", "2011-10-25"),
        ("power", "b", "東浦電力株式会社", "Higashiura Electric Power", "2011-10-25"),
        ("power", "c", "南嶺電力株式会社", "Nanrei Electric Power", "2011-10-25"),
        ("power", "d", "北潟電力株式会社", "Kitagata Electric Power", "2011-10-25"),
        ("power", "e", "海原電源開発株式会社", "Unabara Power Development", "2011-12-01"),
        ("power", "f", "青葉台電力株式会社", "Aobadai Electric Power", "2011-12-01"),
        ("power", "g", "西津電力株式会社", "Nishitsu Electric Power", "2012-02-01"),
        ("power", "h", "雲井送配電株式会社", "Kumoi Grid", "2012-04-02"),
        ("power", "i", "岬発電株式会社", "Misaki Generation", "2012-07-02"),
        ("power", "j", "高森水力株式会社", "Takamori Hydro", "2013-07-01"),
        ("gas", "a", "千歳坂ガス株式会社", "Chitosezaka Gas", "2011-12-01"),
        ("gas", "b", "中洲ガス株式会社", "Nakasu Gas", "2011-12-01"),
        ("gas", "c", "若浜ガス株式会社", "Wakahama Gas", "2012-04-02"),
        ("gas", "d", "三笠原ガス株式会社", "Mikasabara Gas", "2012-04-02"),
        ("gas", "e", "湖東ガス株式会社", "Koto Gas", "2013-05-01"),
        ("chemical", "a", "朝霧化学工業株式会社", "Asagiri Chemical", "2011-12-01"),
        ("chemical", "b", "瑞穂台化成株式会社", "Mizuhodai Kasei", "2011-12-01"),
        ("chemical", "c", "清流ケミカル株式会社", "Seiryu Chemical", "2011-12-01"),
        ("chemical", "d", "常盤原樹脂株式会社", "Tokiwabara Resin", "2012-02-01"),
        ("chemical", "e", "深川堀薬品工業株式会社", "Fukagawabori Yakuhin", "2012-02-01"),
        ("chemical", "f", "丸野フィルム株式会社", "Maruno Film", "2012-04-02"),
        ("chemical", "g", "有明台ゴム株式会社", "Ariakedai Rubber", "2012-04-02"),
        ("chemical", "h", "星見塗料株式会社", "Hoshimi Paint", "2012-04-02"),
        ("chemical", "i", "大沢繊維株式会社", "Osawa Textile", "2012-07-02"),
        ("chemical", "j", "泉原ファインケミカル株式会社", "Izumibara Fine Chemical", "2012-07-02"),
        ("chemical", "k", "久留見肥料株式会社", "Kurumi Fertilizer", "2012-10-01"),
        ("chemical", "l", "船渡ガラス株式会社", "Funato Glass", "2012-10-01"),
        ("chemical", "m", "菱川触媒株式会社", "Hishikawa Catalyst", "2013-04-01"),
        ("chemical", "n", "緑野バイオ株式会社", "Midorino Bio", "2013-10-01"),
        ("petroleum", "a", "黒潮石油株式会社", "Kuroshio Oil", "2012-02-01"),
        ("petroleum", "b", "港北製油株式会社", "Kohoku Refining", "2012-02-01"),
        ("petroleum", "c", "日和石油開発株式会社", "Hiyori Petroleum", "2012-04-02"),
        ("petroleum", "d", "瀬戸崎石油株式会社", "Setozaki Oil", "2012-04-02"),
        ("petroleum", "e", "洋光エネルギー株式会社", "Yoko Energy", "2012-07-02"),
        ("petroleum", "f", "備前浦タンカー株式会社", "Bizenura Tanker", "2012-10-01"),
        ("petroleum", "g", "暁石油販売株式会社", "Akatsuki Oil Sales", "2013-06-03"),
        ("equipment", "a", "鷹取重工業株式会社", "Takatori Heavy Industries", "2011-10-25"),
        ("equipment", "b", "城南電機株式会社", "Jonan Electric", "2011-10-25"),
        ("equipment", "c", "榛名タービン株式会社", "Haruna Turbine", "2011-10-25"),
        ("equipment", "d", "桐生原精機株式会社", "Kiryubara Precision", "2011-10-25"),
        ("equipment", "e", "立科計装株式会社", "Tateshina Instruments", "2011-12-01"),
        ("equipment", "f", "筑水ポンプ株式会社", "Chikusui Pump", "2012-02-01"),
        ("equipment", "g", "碧南ケーブル株式会社", "Hekinan Cable", "2012-04-02"),
        ("equipment", "h", "東雲制御株式会社", "Shinonome Controls", "2012-07-02"),
        ("equipment", "i", "伊吹変圧器株式会社", "Ibuki Transformer", "2013-04-01"),
        ("equipment", "j", "野辺山光学株式会社", "Nobeyama Optics", "2014-01-06"),
    ];

    private static readonly (string Id, string Ja, string En)[] WindowKinds =
    [
        ("product-inquiry", "製品問い合わせ窓口", "Product inquiries"),
        ("pr", "広報窓口", "Public relations"),
        ("recruit", "採用窓口", "Recruiting"),
        ("customer", "お客様相談窓口", "Customer service"),
    ];

    /// <summary>People who came to the help desk: no members, so they stand in no members file.</summary>
    private static readonly (string Id, string Ja, string Domain)[] DeskRows =
    [
        ("desk-n1", "ことぶき金属加工", "kotobuki-kinzoku.example"),
        ("desk-n2", "あすなろ計測", "asunaro-keisoku.example"),
        ("desk-n3", "公益財団法人みらい技術振興会", "mirai-gijutsu.example"),
        ("desk-n4", "さざなみ印刷", "sazanami-insatsu.example"),
        ("desk-n5", "こまどり物流", "komadori-butsuryu.example"),
    ];

    /// <summary>All homes by id: members, those who came to the help desk, the hub.</summary>
    public static IReadOnlyDictionary<string, Home> Homes { get; } = MakeHomes();

    /// <summary>Ids of members on a day.</summary>
    public static IReadOnlyList<string> On(DateTimeOffset day)
    {
        var date = day.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return [.. Rows.Where(row => string.CompareOrdinal(row.Joined, date) <= 0).Select(row => $"{row.Group}-{row.Letter}")];
    }

    /// <summary>Domain of the call centre that answers for two members.</summary>
    public const string CallCentre = "otodoke-contact.example";

    /// <summary>The members file.</summary>
    public static JsonObject Json() =>
        new()
        {
            ["hub"] = new JsonObject
            {
                ["id"] = "hub",
                ["nameJa"] = "情報ハブ",
                ["nameEn"] = "Information hub",
                ["mailHosts"] = new JsonArray("mx.hub-noroshi.example"),
            },
            ["groups"] = new JsonArray([
                .. Groups.Select(group =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["id"] = group.Id,
                            ["nameJa"] = group.Ja,
                            ["nameEn"] = group.En,
                        }
                ),
            ]),
            ["schemes"] = new JsonArray(),
            ["organizations"] = new JsonArray([.. Rows.Select((row, at) => (JsonNode)Organization(row, at)).Append(Predecessor())]),
        };

    private static JsonObject Organization((string Group, string Letter, string Ja, string En, string Joined) row, int at)
    {
        var id = $"{row.Group}-{row.Letter}";
        var home = Homes[id];
        var dice = new Dice("member/" + id);
        var one = new JsonObject
        {
            ["id"] = id,
            ["group"] = row.Group,
            ["parent"] = null,
            ["nameJa"] = row.Ja,
            ["nameEn"] = row.En,
            ["domains"] = new JsonArray(home.Domain),
            ["mailHosts"] = new JsonArray(home.MailHost),
            ["networks"] = new JsonArray($"192.0.2.{4 * at}/30"),
            ["affiliates"] =
                at % 6 == 0
                    ? new JsonArray(
                        new JsonObject
                        {
                            ["nameJa"] = row.Ja.Replace("株式会社", "サービス株式会社", StringComparison.Ordinal),
                            ["domains"] = new JsonArray($"{row.Group}-{row.Letter}-service.example"),
                        }
                    )
                    : new JsonArray(),
            ["contractors"] = id is "power-g" or "gas-a"
                ? new JsonArray(new JsonObject { ["domains"] = new JsonArray(CallCentre) })
                : new JsonArray(),
            ["succeeds"] = id == "chemical-c" ? new JsonArray("chemical-z") : new JsonArray(),
            ["joinedOn"] = row.Joined,
            ["leftOn"] = null,
            ["standingApproval"] = at % 4 == 1 ? new JsonArray("early-warning") : new JsonArray(),
            ["secrets"] = new JsonArray(row.Ja, $"{Names.Person(dice)}", $"{dice.Of(Projects)}計画", $"050-0000-{2_000 + at}"),
        };
        one["windows"] = new JsonArray([
            .. WindowKinds.Select(window =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = window.Id,
                        ["address"] = home.AddressOf(window.Id),
                        ["nameJa"] = window.Ja,
                        ["nameEn"] = window.En,
                    }
            ),
        ]);
        return one;
    }

    private static readonly string[] Projects = ["かがやき", "ひびき", "みなも", "あけぼの", "つばさ", "はやせ", "こだち", "しおさい"];

    /// <summary>Merged into another before the period: it counts in none.</summary>
    private static JsonObject Predecessor() =>
        new()
        {
            ["id"] = "chemical-z",
            ["group"] = "chemical",
            ["nameJa"] = "渓流化学株式会社",
            ["nameEn"] = "Keiryu Chemical",
            ["domains"] = new JsonArray("keiryu-kagaku.example"),
            ["joinedOn"] = "2011-10-25",
            ["leftOn"] = "2012-03-31",
        };

    private static Dictionary<string, Home> MakeHomes()
    {
        var homes = new Dictionary<string, Home>(StringComparer.Ordinal);
        for (var at = 0; at < Rows.Length; at++)
        {
            var id = $"{Rows[at].Group}-{Rows[at].Letter}";
            var domain = $"{id}.example";
            homes[id] = new Home(id, Rows[at].Ja, domain, $"192.0.2.{(4 * at) + 2}", [.. WindowKinds.Select(kind => (kind.Id, kind.Ja))]);
        }

        for (var at = 0; at < DeskRows.Length; at++)
        {
            var (id, ja, domain) = DeskRows[at];
            homes[id] = new Home(id, ja, domain, $"192.0.2.{200 + at}", [("info", "代表窓口")]);
        }

        homes["hub"] = new Home("hub", "情報ハブ", "hub-noroshi.example", "192.0.2.250", [("analysis", "分析担当")]);
        return homes;
    }
}
