using System.Buffers;

namespace Noroshi.Hub.Conversations;

/// <summary>What makes a sentence show an intent.</summary>
/// <param name="Intent">Intent.</param>
/// <param name="Groups">Of each group one word has to stand in the sentence.</param>
/// <param name="Against">None of these may.</param>
internal sealed record IntentSentenceRule(Intent Intent, string[][] Groups, string[] Against)
{
    // Ordinal over lower case: the search that folds case for every script is many times as slow.
    private readonly SearchValues<string>[] _groups = [.. Groups.Select(Lower)];

    private readonly SearchValues<string> _against = Lower(Against);

    /// <summary>No text without Japanese characters can have a word of every group.</summary>
    public bool Japanese { get; } = Array.Exists(Groups, group => Array.TrueForAll(group, word => word.Any(IsJapanese)));

    /// <summary>Whether a word of every group stands in a text.</summary>
    /// <param name="lower">Text in lower case (invariant).</param>
    public bool HasEveryGroup(ReadOnlySpan<char> lower)
    {
        foreach (var group in _groups)
        {
            if (!lower.ContainsAny(group))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a sentence shows the intent.</summary>
    /// <param name="lower">Sentence in lower case (invariant).</param>
    public bool Holds(ReadOnlySpan<char> lower) => HasEveryGroup(lower) && !lower.ContainsAny(_against);

    /// <summary>Kana and Han.</summary>
    internal static bool IsJapanese(char character) => character is >= '\u3040' and <= '\u9FFF';

    private static SearchValues<string> Lower(string[] words) =>
        SearchValues.Create([.. words.Select(word => word.ToLowerInvariant())], StringComparison.Ordinal);
}

/// <summary>Words by which sentences show intents. Data.</summary>
internal static class IntentSentenceTable
{
    /// <summary>Words that make a Japanese sentence a question or a request to tell.</summary>
    private static readonly string[] Asks =
    [
        "ますか",
        "ですか",
        "ませんか",
        "でしょうか",
        "ましたか",
        "教え",
        "ご教示",
        "お知らせ",
        "お聞かせ",
        "伺え",
        "お伺い",
        "お尋ね",
    ];

    private static readonly string[] Which =
    [
        "何",
        "なに",
        "どの",
        "どれ",
        "どちら",
        "どういっ",
        "いつの",
        "種類",
        "名前",
        "名称",
        "バージョン",
        "版",
        "それとも",
    ];

    private static readonly string[] YourUse =
    [
        "お使い",
        "ご使用",
        "ご利用",
        "使われ",
        "使用され",
        "利用され",
        "入れて",
        "入って",
        "導入され",
        "開かれ",
        "試され",
        "開けます",
        "ご覧になれ",
        "そちら",
        "貴部署",
        "御社の",
        "動いて",
        "ご用意",
    ];

    private static readonly string[] Archives = ["解凍", "圧縮", "展開", "伸長", "アーカイバ", "アーカイブ", "書庫"];

    private static readonly string[] Send = ["送", "届け", "提出", "お渡し", "お付け", "添付", "付けて"];

    /// <summary>The rules. Each is tried on every sentence.</summary>
    public static readonly IntentSentenceRule[] Rules =
    [
        new(Intent.WhichUnarchiver, [Archives, Which, Asks, [.. YourUse, "ソフト", "ツール", "アーカイバ", "を使って"]], []),
        new(
            Intent.Environment,
            [
                [
                    "office",
                    "オフィス",
                    "word",
                    "ワード",
                    "excel",
                    "エクセル",
                    "powerpoint",
                    "一太郎",
                    "花子",
                    "os",
                    "windows",
                    "ウィンドウズ",
                    "パソコン",
                    "端末",
                    "ブラウザ",
                    "acrobat",
                    "reader",
                    "ウイルス",
                    "ウィルス",
                    "セキュリティソフト",
                    "セキュリティ対策ソフト",
                    "アンチ",
                    "メールソフト",
                    "メーラー",
                ],
                [.. YourUse, "貴社で", "貴所で"],
                Asks,
            ],
            ["当方", "こちらの環境", "弊社の環境", "対応してい", "貴社製品", "御社製品"]
        ),
        new(
            Intent.Environment,
            [
                ["ウイルス", "ウィルス", "セキュリティソフト", "セキュリティ対策", "アンチ"],
                ["ソフト", "製品", "対策", "検査"],
                Which,
                Asks,
            ],
            ["当方", "弊社", "対応してい", "貴社製品", "御社製品", "感染", "検出"]
        ),
        new(
            Intent.Environment,
            [
                ["exe", "実行形式", "実行ファイル", "zip", "rar", "lzh", "圧縮", "書庫", "パスワード付き", "添付"],
                [
                    "受け取れ",
                    "受信でき",
                    "受信可能",
                    "届きます",
                    "届くでしょう",
                    "止められ",
                    "弾かれ",
                    "はじかれ",
                    "ブロック",
                    "通りま",
                    "削除され",
                    "拒否され",
                ],
                Asks,
            ],
            ["届いて", "届きました"]
        ),
        new(
            Intent.Environment,
            [
                ["容量", "サイズ", "大きさ", "メガ", "mb", "大きな"],
                ["まで", "上限", "制限", "大丈夫", "届き", "受け取れ", "受信でき", "問題"],
                Asks,
            ],
            []
        ),
        new(
            Intent.Environment,
            [
                [
                    "which version of",
                    "what version of",
                    "which antivirus",
                    "what antivirus",
                    "operating system",
                    "which edition",
                    "scan mail",
                    "scan your",
                    "virus",
                    "mail filter",
                    "mail system",
                    "your word",
                    "your office",
                    "installed",
                ],
                ["?"],
                ["you", "your"],
            ],
            ["your product", "your software"]
        ),
        new(
            Intent.Environment,
            [
                ["exe", "zip", "rar", "archive", "attachment"],
                ["accept", "get through", "go through", "be blocked", "blocked", "let through", "receive"],
                ["?"],
            ],
            ["did you receive", "have you received"]
        ),
        new(
            Intent.WhichUnarchiver,
            [
                ["unpack", "unzip", "extract", "decompress", "compressed", "archive"],
                ["what", "which", "how do you", "how you", "how are you"],
                ["you"],
                ["?"],
            ],
            ["password"]
        ),
        new(
            Intent.UnarchiverAnswer,
            [
                [
                    "Lhaplus",
                    "Lhaca",
                    "Explzh",
                    "WinRAR",
                    "7-Zip",
                    "7zip",
                    "WinZip",
                    "CubeICE",
                    "Lhaz",
                    "The Unarchiver",
                    "Windows標準",
                    "Windows Explorer",
                ],
            ],
            [.. Asks, "?", "作成した", "作りました", "圧縮には", "で圧縮", "ください", "please", "ありますか"]
        ),
        new(
            Intent.CannotOpen,
            [
                ["添付", "ファイル", "資料", "書庫", "圧縮", "データ", "文書", "中身", "内容", "書類"],
                [
                    "開けませ",
                    "開けない",
                    "開けず",
                    "開かない",
                    "開きませ",
                    "開くことができ",
                    "解凍でき",
                    "展開でき",
                    "展開されませ",
                    "展開されない",
                    "解凍されませ",
                    "見ることができ",
                    "見られませ",
                    "読めませ",
                    "読み取れな",
                    "読み取れませ",
                    "確認できませ",
                    "確認できな",
                    "化けて",
                    "壊れて",
                    "破損",
                    "エラー",
                ],
            ],
            ["今度は開", "開けると思", "エラー番号", "エラーが出たとき", "開けるか", "開けない場合", "開けません場合", "開かない場合"]
        ),
        new(
            Intent.CannotOpen,
            [
                ["file", "attachment", "archive", "document"],
                [
                    "did not open",
                    "does not open",
                    "doesn't open",
                    "didn't open",
                    "won't open",
                    "gives an error",
                    "shows nothing",
                    "an error when",
                ],
            ],
            ["if "]
        ),
        new(
            Intent.SendLater,
            [
                ["後ほど", "後日", "追って", "別途", "改めて", "あらためて", "のちほど", "別のメール", "次第"],
                Send,
            ],
            ["パスワード", "再送", "もう一度", "再度", "文字列", "暗号"]
        ),
        new(
            Intent.SendLater,
            [Send, ["よろしい", "宜しい", "かまいません", "構いません", "差し支え", "いいでしょうか"], Asks],
            ["パスワード", "差し支えなければ"]
        ),
        new(
            Intent.SendLater,
            [
                ["send", "mail you", "follow", "forward"],
                ["document", "file", "material", "detail", "question", "report", "resume"],
                ["later", "separate", "all right", "may i", "could i", "shall i", "will follow"],
            ],
            ["password"]
        ),
        new(
            Intent.RefuseAttachment,
            [
                ["添付", "圧縮", "ファイル"],
                ["受信できません", "受け取れません", "頂戴できません", "開かない決まり", "お断り", "受け付けておりません", "ご遠慮"],
            ],
            []
        ),
        new(
            Intent.RefuseAttachment,
            [
                ["attachment", "file"],
                ["cannot accept", "not accept", "not opened at", "do not open", "not allowed to open"],
            ],
            []
        ),
        new(
            Intent.ReSend,
            [
                [
                    "再送",
                    "送り直",
                    "作り直",
                    "入れ直",
                    "詰め直",
                    "やり直",
                    "改めて",
                    "あらためて",
                    "もう一度",
                    "いま一度",
                    "今一度",
                    "今度は",
                    "別の方法",
                    "形式を変え",
                    "別の形式",
                    "差し替え",
                    "新しくし",
                    "修正した",
                    "修正版",
                    "変換し",
                ],
                [.. Send, "ご覧", "再送", "受け取り", "お使い"],
            ],
            [
                "お願い",
                "いただけます",
                "いただけると",
                "頂け",
                "頂戴",
                "送ってください",
                "お送りください",
                "送付ください",
                "再送ください",
                "追って",
                "自己",
                "規定",
                "口頭",
                "別のメール",
                "できましたら",
                "ませんか",
            ]
        ),
        new(
            Intent.ReSend,
            [
                ["again", "once more", "new copy", "another format", "new version", "instead", "repack", "second copy", "corrected"],
                ["send", "here is", "copy", "try", "attach", "use this", "open", "version"],
            ],
            ["please send", "please resend", "could you send", "can you send", "send it again?", "in another format?"]
        ),
        new(
            Intent.Reminder,
            [
                ["先日", "先だって", "前に", "以前", "前回", "先ほど", "その後", "まだ", "お返事", "ご返信", "お送りした", "お届けした"],
                [
                    "いかが",
                    "ご確認いただけ",
                    "ご覧いただけ",
                    "お目通し",
                    "ご検討の状況",
                    "お待ちして",
                    "いただけていない",
                    "届いておりません",
                    "頂けていない",
                    "どうなり",
                ],
            ],
            ["パスワード", "お電話"]
        ),
        new(
            Intent.Reminder,
            [
                ["not heard", "any thoughts", "how things stand", "any news", "any progress", "wondered", "following up", "reminder"],
                ["you", "sent", "stand", "mail", "this"],
            ],
            []
        ),
        new(
            Intent.WhoElse,
            [
                ["担当", "部署", "部門", "窓口", "アドレス", "連絡先"],
                ["どなた", "お名前", "直接", "直通", "ほかに", "他に", "ほかの", "他の", "ご紹介", "ご担当の方の"],
                [.. Asks, "おあり", "ください"],
            ],
            ["お手数", "ご在席", "お席", "ご出社"]
        ),
        new(
            Intent.WhoElse,
            [
                [
                    "direct address",
                    "of your colleagues",
                    "someone else",
                    "anyone else",
                    "other department",
                    "another colleague",
                    "looks after",
                    "in charge",
                ],
                ["?", "please", "may i"],
            ],
            []
        ),
        new(
            Intent.WindowCheck,
            [
                ["こちら", "この", "宛先", "受付", "窓口", "部署"],
                ["宛先", "受付", "アドレス", "窓口", "お送り", "送って", "質問"],
                ["合って", "よろしい", "差し支えない", "違って", "間違い", "正しい"],
                [.. Asks, "幸いです"],
            ],
            ["添付", "資料", "ファイル", "パスワード"]
        ),
        new(
            Intent.WindowCheck,
            [
                ["right", "correct", "another mailbox", "appropriate"],
                ["address", "department", "mailbox", "contact", "person"],
                ["?", "let me know"],
            ],
            []
        ),
        new(
            Intent.Presence,
            [
                ["ご在席", "お席", "ご出社", "画面の前", "メールは届"],
                ["でしょうか", "ますか", "ましたか", "ですか"],
            ],
            ["他に", "ほかに"]
        ),
        new(
            Intent.Presence,
            [
                ["いらっしゃいま"],
                ["担当", "方は", "本日", "明日", "今は", "今日", "ただいま"],
                ["でしょうか", "ますか"],
            ],
            ["他に", "ほかに", "入れて", "使って", "お使い"]
        ),
        new(
            Intent.Presence,
            [
                ["at your desk", "in the office", "being read", "are you there", "available", "online"],
                ["?"],
                ["you", "mailbox"],
            ],
            []
        ),
        new(
            Intent.Inquiry,
            [
                ["について", "件で", "こと", "でしょうか", "ますか"],
                [
                    "お伺いし",
                    "お聞きし",
                    "お聞かせ",
                    "ご回答いただけ",
                    "どのような",
                    "どのように",
                    "なりますか",
                    "取り付けられますか",
                    "受付をされて",
                    "どちらにご報告",
                    "報告したい",
                    "お知らせしたく",
                    "受け付けていただけ",
                    "ご相談",
                ],
            ],
            ["解凍", "圧縮", "添付", "ファイル"]
        ),
        new(
            Intent.Inquiry,
            [
                [
                    "we are interested",
                    "wonder how",
                    "may we have",
                    "need to know",
                    "is the opening",
                    "rough estimate",
                    "what can we do",
                    "we noticed",
                    "would like to",
                ],
                [""],
            ],
            []
        ),
    ];
}
