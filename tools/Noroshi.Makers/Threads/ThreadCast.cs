namespace Noroshi.Makers.Threads;

/// <summary>Invented people, organisations and things that threads are about. Data.</summary>
internal static class ThreadCast
{
    public static readonly AuthoredOrganization[] Organizations =
    [
        new("seiryo", "清稜電機", "Seiryo Electric", "seiryo-denki.example", "192.0.2.0/26", "uketsuke-daiko.example"),
        new("hokuto", "北斗重工業", "Hokuto Heavy Industries", "hokuto-heavy.example", "192.0.2.64/26", "hokuto-callcenter.example"),
        new("minori", "実里化学", "Minori Chemicals", "minori-chem.example", "192.0.2.128/26", "madoguchi-service.example"),
        new("toei-gas", "東栄ガス", "Toei Gas", "toei-gas.example", "192.0.2.192/26", "toei-support.example"),
    ];

    public static readonly string[] WindowNames = ["info", "products", "recruit", "press", "support", "inquiry"];

    public static readonly (string Ja, string En)[] Surnames =
    [
        ("木村", "kimura"),
        ("高橋", "takahashi"),
        ("中島", "nakajima"),
        ("小川", "ogawa"),
        ("石井", "ishii"),
        ("藤田", "fujita"),
        ("岡本", "okamoto"),
        ("三浦", "miura"),
        ("上野", "ueno"),
        ("松田", "matsuda"),
        ("原", "hara"),
        ("杉山", "sugiyama"),
        ("千葉", "chiba"),
        ("大塚", "otsuka"),
        ("野口", "noguchi"),
        ("菊地", "kikuchi"),
        ("青木", "aoki"),
        ("秋山", "akiyama"),
        ("安藤", "ando"),
        ("池田", "ikeda"),
        ("伊東", "ito"),
        ("井上", "inoue"),
        ("内田", "uchida"),
        ("大西", "onishi"),
        ("片山", "katayama"),
        ("川口", "kawaguchi"),
        ("工藤", "kudo"),
        ("後藤", "goto"),
        ("坂本", "sakamoto"),
        ("桜井", "sakurai"),
        ("柴田", "shibata"),
        ("島田", "shimada"),
        ("菅原", "sugawara"),
        ("須藤", "sudo"),
        ("平野", "hirano"),
        ("松本", "matsumoto"),
        ("宮崎", "miyazaki"),
        ("村上", "murakami"),
        ("横山", "yokoyama"),
        ("和田", "wada"),
        ("渡部", "watanabe"),
    ];

    public static readonly (string Ja, string En)[] GivenNames =
    [
        ("健太", "kenta"),
        ("美咲", "misaki"),
        ("浩", "hiroshi"),
        ("由美子", "yumiko"),
        ("誠", "makoto"),
        ("直樹", "naoki"),
        ("恵", "megumi"),
        ("亮", "ryo"),
        ("一樹", "kazuki"),
        ("千尋", "chihiro"),
        ("大輔", "daisuke"),
        ("英明", "hideaki"),
        ("花子", "hanako"),
        ("純", "jun"),
        ("香織", "kaori"),
        ("和夫", "kazuo"),
        ("真理", "mari"),
        ("麻衣", "mai"),
        ("典子", "noriko"),
        ("聡", "satoshi"),
        ("昭", "akira"),
        ("翔", "sho"),
        ("剛", "tsuyoshi"),
        ("洋介", "yosuke"),
        ("祐樹", "yuki"),
        ("絵里", "eri"),
        ("文子", "fumiko"),
        ("隆", "takashi"),
        ("孝之", "takayuki"),
        ("陽子", "yoko"),
    ];

    public static readonly (string Ja, string En, string Domain)[] Businesses =
    [
        ("株式会社田辺商会", "Tanabe Trading", "tanabe-shokai.example"),
        ("大和設計事務所", "Yamato Design Office", "yamato-sekkei.example"),
        ("有限会社みどり製作所", "Midori Works", "midori-works.example"),
        ("東都システム株式会社", "Toto Systems", "toto-systems.example"),
        ("北陽建設株式会社", "Hokuyo Construction", "hokuyo-kensetsu.example"),
        ("株式会社アオバ電材", "Aoba Electric Supply", "aoba-denzai.example"),
        ("西海運輸株式会社", "Saikai Transport", "saikai-unyu.example"),
    ];

    public static readonly (string Ja, string En, string Domain)[] Universities =
    [
        ("清流大学工学部", "Seiryu University", "eng.seiryu-univ.example"),
        ("北山大学大学院", "Kitayama University", "grad.kitayama-univ.example"),
        ("県立海辺大学", "Umibe University", "umibe-univ.example"),
    ];

    public static readonly (string Ja, string En)[] Private =
    [
        ("清流大学", "Seiryu University"),
        ("海辺環境研究会", "the Seaside Study Group"),
        ("個人", "a private household"),
        ("フリーライター", "a free-lance writer"),
        ("北山技術サークル", "the Kitayama Makers"),
    ];

    public static readonly string[] FreeMailDomains = ["webmail.example", "freepost.example", "mail.portal-service.example"];

    public static readonly string[] Unarchivers = ["Lhaplus", "7-Zip", "WinRAR", "Explzh", "CubeICE", "+Lhaca", "Windows標準の機能"];

    public static readonly string[] UnarchiversEn = ["Lhaplus", "7-Zip", "WinRAR", "Explzh", "WinZip", "the built-in Windows Explorer"];

    public static readonly Dictionary<string, (string[] Subjects, string[] Documents)> Topics = new(StringComparer.Ordinal)
    {
        ["product"] = (["製品についてのお問い合わせ", "仕様の確認", "貴社製品の件"], ["質問票", "使用条件の一覧", "仕様に関する質問"]),
        ["support"] = (["装置の不具合について", "エラーが出る件", "動作の相談"], ["障害の記録", "動作の記録", "画面の様子"]),
        ["recruit"] = (["採用に関する質問", "応募の件", "新卒採用について"], ["履歴書", "職務経歴書", "応募書類"]),
        ["research"] = (["研究に関するお尋ね", "論文について", "ご質問(大学)"], ["研究室の資料", "質問事項", "実験の概要"]),
        ["press"] = (["取材のお願い", "特集記事の件", "取材について"], ["取材依頼書", "企画書", "取材の質問"]),
        ["quote"] = (["見積のお願い", "お見積りの件", "設備更新の件"], ["見積依頼書", "図面", "発注書"]),
        ["supplier"] = (["作業報告", "定例会の件", "納品について"], ["作業報告書", "納品書", "打合せ資料"]),
        ["report"] = (["ウェブサイトの件", "不具合のご報告", "情報提供"], ["報告書", "不具合の説明", "確認の手順"]),
    };

    public static readonly Dictionary<string, (string[] Subjects, string[] Documents)> TopicsEn = new(StringComparer.Ordinal)
    {
        ["product"] = (["Question about a product", "Specification"], ["questions", "conditions of use"]),
        ["support"] = (["Error 0x13", "Device does not start"], ["records", "log files"]),
        ["recruit"] = (["Application", "Open position"], ["resume", "application papers"]),
        ["research"] = (["Your paper", "Technical report"], ["questions on the paper", "outline of the experiment"]),
        ["quote"] = (["Price request", "Spare parts"], ["parts list", "drawing"]),
        ["supplier"] = (["Progress of the work", "Delivery"], ["work report", "delivery note"]),
        ["report"] = (["Your web site", "A safety matter"], ["report", "description"]),
    };
}
