using System.Text;

namespace Noroshi.Makers.Story;

/// <summary>Fills <c>[word]</c> in a sentence with one of the words of that list: texts of strangers must not be alike by template.</summary>
internal static class Slots
{
    private static readonly Dictionary<string, string[]> Lists = new(StringComparer.Ordinal)
    {
        ["topic"] =
        [
            "送電線の保守計画",
            "夏場の需給見通し",
            "配管の腐食対策",
            "海外案件の契約条件",
            "省エネ法の届出",
            "環境報告書",
            "安全衛生委員会",
            "防災訓練",
            "原料価格の改定",
            "設備投資の計画",
            "人事異動",
            "株主総会の想定問答",
            "知的財産の研修",
            "輸送費の見直し",
            "老朽設備の更新",
            "情報システムの移行",
            "健康診断の日程",
            "懇親会の段取り",
            "展示会の出展",
            "共同開発の覚書",
            "蒸気タービンの点検",
            "地域説明会",
            "工事の安全基準",
            "品質監査",
            "下請け法の確認",
            "職場の節電",
            "緊急連絡網",
            "退職者の送別",
            "触媒の寿命評価",
            "計装機器の校正",
            "インフルエンザの予防",
            "採用説明会",
            "海水淡水化の実証",
            "貯蔵タンクの検査",
            "溶接技能の講習",
            "変電所の建て替え",
            "電子入札の手引き",
            "危険物の取り扱い",
            "経費精算の締め切り",
            "社内報の原稿",
        ],
        ["dept"] =
        [
            "総務",
            "経理",
            "資材",
            "技術企画",
            "環境安全",
            "海外事業",
            "広報",
            "人事",
            "法務",
            "生産技術",
            "設備管理",
            "営業推進",
            "研究開発",
            "品質保証",
            "情報システム",
            "経営企画",
        ],
        ["body"] =
        [
            "産業基盤協議会",
            "設備保全研究会",
            "東西技術交流会",
            "エネルギー政策懇話会",
            "臨海地区防災連絡会",
            "生産革新フォーラム",
            "安全工学の集い",
            "素材産業懇談会",
            "地域経済調査会",
            "標準化推進会議",
        ],
        ["month"] = ["四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月", "一月", "二月", "三月"],
        ["day"] = ["三日", "五日", "八日", "十日", "十二日", "十五日", "十七日", "二十日", "二十二日", "二十五日", "二十七日", "二十九日"],
        ["count"] = ["二つ", "三点", "四か所", "五件", "六項目", "七名分", "八ページ", "十枚ほど", "十二件", "二十行ほど"],
        ["place"] =
        [
            "本館三階",
            "会議室B",
            "東棟",
            "駅前の会館",
            "臨海事業所",
            "研修センター",
            "第二会議室",
            "市民ホール",
            "大講堂",
            "北門の詰所",
        ],
        ["thing"] =
        [
            "議事録",
            "名簿",
            "見積書",
            "日程表",
            "調査票",
            "図面",
            "報告書",
            "写真",
            "回覧文書",
            "説明資料",
            "申込書",
            "一覧表",
            "契約書の案",
            "配布物",
            "座席表",
            "比較表",
        ],
        ["product"] =
        [
            "ポンプ",
            "ガスケット",
            "潤滑油",
            "塗料",
            "変圧器",
            "流量計",
            "断熱材",
            "耐熱樹脂",
            "電線",
            "保護リレー",
            "給湯器",
            "接着剤",
            "遮断器",
            "圧力計",
            "潤滑剤",
            "ボイラー",
            "防錆剤",
            "熱交換器",
            "軸受",
            "溶剤",
        ],
        ["city"] = ["朝日台", "川上町", "緑が丘", "浜松原", "北見沢", "南浦", "大野原", "小松崎", "霧ヶ谷", "白浜口"],
        ["goods"] =
        [
            "腕時計",
            "革財布",
            "健康食品",
            "育毛剤",
            "中古車",
            "浄水器",
            "電子たばこ",
            "ダイエット茶",
            "投資の講座",
            "英会話",
            "懸賞",
            "格安航空券",
            "印鑑",
            "香水",
            "宝くじの予想",
            "掃除機",
            "布団",
            "化粧水",
        ],
        ["adverb"] =
        [
            "至急",
            "本日中に",
            "お手すきの折に",
            "今週末までに",
            "明朝までに",
            "念のため",
            "早めに",
            "改めて",
            "取り急ぎ",
            "なるべく早く",
        ],
    };

    /// <summary>The sentence with its words.</summary>
    public static string Fill(string sentence, Dice dice)
    {
        var text = new StringBuilder();
        for (var at = 0; at < sentence.Length; )
        {
            var open = sentence.IndexOf('[', at);
            if (open < 0)
            {
                text.Append(sentence, at, sentence.Length - at);
                break;
            }

            var close = sentence.IndexOf(']', open);
            var word = sentence[(open + 1)..close];
            text.Append(sentence, at, open - at).Append(word == "me" ? "[me]" : Draw(word, dice));
            at = close + 1;
        }

        return text.ToString();
    }

    private static string Draw(string word, Dice dice) =>
        word is "topic" or "product" or "goods" && dice.Theme is { } theme
            ? new Dice($"theme/{theme}/{word}").Of(Lists[word])
            : dice.Of(Lists[word]);
}

/// <summary>Sentences of strangers.</summary>
internal static class Sentences
{
    /// <summary>How one begins.</summary>
    public static string[] Greetings { get; } =
    [
        "いつもお世話になっております。[dept]の[me]です。",
        "お疲れさまです。[dept]部の[me]より連絡いたします。",
        "ご無沙汰しております。[body]の[me]です。",
        "突然のご連絡で恐縮です。[body]の[me]と申します。",
        "[dept]の[me]です。関係の方へお送りします。",
        "[dept]ご担当者様([me]より)",
        "[me]です。[month]の[place]では失礼しました。",
        "先日の[place]での打ち合わせでお会いした[me]です。",
        "初めてご連絡差し上げます。[city]の[me]です。",
        "[dept]の皆さまへ、[me]からのお知らせです。",
    ];

    /// <summary>What an attacker pretends.</summary>
    public static string[] Lures { get; } =
    [
        "[topic]について、[month][day]付で内容が改まりましたのでお届けします。",
        "[body]の会合で使う[thing]を、[adverb]ご覧ください。",
        "[topic]に関する[thing]が届いておりますので共有いたします。",
        "[place]で行う[topic]の[thing]をまとめました。",
        "[dept]から依頼のありました[topic]の[thing]です。",
        "[month]の[topic]に向け、[count]の確認をお願いしたく存じます。",
        "[topic]の件、[dept]部長の指示により[thing]を回します。",
        "[city]の事業所で起きた[topic]をめぐる経緯を[thing]に記しました。",
        "[topic]の[thing]に誤りが[count]見つかったため差し替えます。",
        "[body]より[topic]の照会がありました。[adverb]ご対応ください。",
        "[month][day]の[topic]について、出欠を[adverb]お知らせください。",
        "[topic]の進み具合を[thing]の形で整えました。",
        "[dept]の方から、[topic]の[thing]を渡すよう頼まれました。",
        "[topic]をめぐる報道の切り抜きを[count]集めました。",
        "[place]の入館に要る[thing]です。[topic]の当日にお持ちください。",
        "[body]が編んだ[topic]の[thing]を入手しましたのでご参考に。",
        "[topic]の費用を[dept]で見直した結果です。",
        "[city]から戻りました。[topic]の[thing]を置いておきます。",
    ];

    /// <summary>What else it says.</summary>
    public static string[] More { get; } =
    [
        "ご意見は[month][day]の[place]でも[dept]でも承ります。",
        "[month]に配った[topic]の版は破棄してください。[count]だけ差があります。",
        "開く際に警告が出るのは、[topic]の[thing]の書式によるものです。",
        "[thing]は[topic]に関わる[dept]限りの扱いです。",
        "[topic]の[thing]へのご返答は[adverb]いただけますと助かります。",
        "[place]の[dept]にも[topic]の分を渡してあります。",
        "紙の[thing]は[place]に[count]用意しております。",
        "[topic]の不明な箇所は[dept]の内線へ[adverb]お尋ねください。",
        "[topic]に関わる[dept]の方へ[adverb]回していただければ幸いです。",
        "[month][day]に[place]で[topic]の説明の場を設けます。",
        "[thing]の内容は[body]と[dept]の了承を得ております。",
    ];

    /// <summary>What an attacker asks without anything attached.</summary>
    public static string[] Probing { get; } =
    [
        "[topic]を担当されている方のお名前を伺えますか。",
        "[dept]の宛先が変わったと聞きました。新しいものをご存じでしょうか。",
        "[month][day]に[place]へ伺う予定です。どなたが受付をされますか。",
        "[topic]の[thing]を受け取れる方を探しております。",
        "[body]の名簿を直しています。[dept]の連絡先を[adverb]お送りください。",
    ];

    /// <summary>Advertisements.</summary>
    public static string[] Adverts { get; } =
    [
        "[goods]が[month]だけの特別価格です。",
        "[city]で話題の[goods]を、先着で[count]ご用意しました。",
        "毎日[count]の方が[goods]に申し込んでいます。",
        "[goods]で悩む時間はもう終わりです。[adverb]ご覧ください。",
        "当社の[goods]は[day]以降に値上がりします。",
        "[goods]の当選者に[city]の方が選ばれました。",
        "[month][day]限り、[goods]の送料は当方が負担します。",
        "[goods]を初めて使う方へ、[count]の特典があります。",
    ];

    /// <summary>Genuine questions.</summary>
    public static string[] Questions { get; } =
    [
        "[city]で使っている[product]の交換部品は、まだ手に入りますか。",
        "[product]を[count]まとめて買う場合の納期を教えてください。",
        "[month]に届いた[product]の取扱説明書をなくしてしまいました。",
        "[product]の音が[month]頃から大きくなりました。点検をお願いできますか。",
        "[place]に置ける小さな[product]はありますか。",
        "[product]のカタログを[count]送っていただけないでしょうか。",
        "[product]を[place]と[city]の両方で使っても差し支えありませんか。",
        "[topic]を特集した冊子を子どもの自由研究に使わせてください。",
        "[month][day]の工場見学に[count]の空きはありますか。",
        "[product]の保証期間が切れる前に[adverb]見てほしいのですが。",
        "[topic]について[city]の回覧板に載せたいので、概要を教えてください。",
        "[product]の[thing]に記された型番が読み取れません。",
    ];

    /// <summary>How a window answers.</summary>
    public static string[] Answers { get; } =
    [
        "[product]の件、[dept]に確かめたところ[month][day]にはご用意できる見込みです。",
        "お尋ねの[product]は[count]在庫がございます。",
        "[dept]の担当より[day]までにお電話を差し上げます。",
        "[thing]は郵送でお届けいたします。送り先をお知らせください。",
        "[product]の点検は[city]の営業所が承ります。",
        "ご指摘の[product]は現在も製造しております。",
    ];

    /// <summary>How one ends.</summary>
    public static string[] Ends { get; } =
    [
        "よろしくお願いいたします。",
        "よろしくお願い申し上げます。",
        "よろしくお願いします。",
        "宜しくお願いいたします。",
        "お手数ですが、[month]中にお願いします。",
        "取り急ぎ、[topic]の件まで。",
        "宜しくお願い申し上げます。",
    ];

    /// <summary>A text of a few sentences.</summary>
    public static string Text(Dice dice, params string[][] parts) =>
        string.Join('\n', parts.Select(part => Slots.Fill(dice.Of(part), dice)));
}
