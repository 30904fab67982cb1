namespace Noroshi.Hub.Intake.Given;

/// <summary>A kind of product that takes attachments away.</summary>
/// <param name="Id">What the finding says.</param>
/// <param name="Words">Words of its reasons, folded (NFKC, lower case).</param>
internal sealed record GatewayKind(string Id, IReadOnlyList<string> Words);

/// <summary>
/// Words of the notices by which mail gateways, services and mail programs say that they took an attachment away; ja and en, folded. Ours,
/// put together from the kinds of products, not copied from any.
/// </summary>
internal static class GatewayNoticeTable
{
    /// <summary>A notice whose reason is not said.</summary>
    public const string Unknown = "unknown";

    /// <summary>A text with a telling name stands in the place of the file.</summary>
    public const string StandIn = "stand-in";

    /// <summary>By how much their words say, the most telling first.</summary>
    public static IReadOnlyList<GatewayKind> Kinds { get; } =
    [
        new(
            "sanitizer",
            [
                "無害化",
                "サニタイズ",
                "画像に変換",
                "pdfに変換",
                "マクロを除去",
                "sanitized",
                "sanitised",
                "disarm",
                "content reconstruction",
                "active content",
            ]
        ),
        new(
            "antivirus",
            [
                "ウイルス",
                "ウィルス",
                "マルウェア",
                "マルウエア",
                "不正なプログラム",
                "不正プログラム",
                "脅威",
                "サンドボックス",
                "感染",
                "virus",
                "malware",
                "trojan",
                "threat",
                "infected",
                "sandbox",
                "malicious",
            ]
        ),
        new(
            "file-type",
            [
                "拡張子",
                "ファイル形式",
                "ファイル種別",
                "ファイルタイプ",
                "実行形式",
                "実行ファイル",
                "パスワード付きzip",
                "パスワード付zip",
                "暗号化zip",
                "暗号化ファイル",
                "file type",
                "filetype",
                "file extension",
                "executable",
                "password-protected",
                "password protected",
                "encrypted archive",
            ]
        ),
        new("mail-program", ["安全でない可能性", "potentially unsafe", "unsafe attachment", "次の添付ファイル", "following attachment"]),
        new("size", ["サイズ制限", "サイズの制限", "容量制限", "サイズ上限", "容量の上限", "size limit", "too large", "exceeds the"]),
        new(
            "policy",
            [
                "ポリシー",
                "セキュリティ上の理由",
                "セキュリティ対策",
                "セキュリティシステム",
                "ゲートウェイ",
                "メールサーバ",
                "メールフィルタ",
                "フィルタリング",
                "受信制限",
                "管理者",
                "システムにより",
                "自動的に",
                "policy",
                "security reasons",
                "for security",
                "gateway",
                "mail filter",
                "email filter",
                "content filter",
                "administrator",
                "automatically",
                "quarantine",
            ]
        ),
    ];

    /// <summary>What was taken away.</summary>
    public static IReadOnlyList<string> Objects { get; } =
    [
        "添付ファイル",
        "添付されたファイル",
        "添付された",
        "添付が",
        "添付は",
        "添付を",
        "添付文書",
        "attachment",
        "attached file",
        "file was",
        "file has been",
    ];

    /// <summary>What happened to it, as something that is done.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        "除去されました",
        "除去されています",
        "除去されております",
        "除去しました",
        "除去いたしました",
        "除去致しました",
        "除去済み",
        "削除されました",
        "削除されています",
        "削除されております",
        "削除しました",
        "削除いたしました",
        "削除致しました",
        "削除済み",
        "取り除かれました",
        "取り除かれています",
        "取り除きました",
        "隔離されました",
        "隔離されています",
        "隔離しました",
        "隔離いたしました",
        "ブロックされました",
        "ブロックされています",
        "ブロックしました",
        "無害化されました",
        "無害化されています",
        "無害化しました",
        "無害化処理を行いました",
        "変換されました",
        "変換しました",
        "置き換えられました",
        "置き換えました",
        "差し替えられました",
        "was removed",
        "were removed",
        "been removed",
        "was deleted",
        "were deleted",
        "been deleted",
        "was stripped",
        "were stripped",
        "been stripped",
        "was blocked",
        "were blocked",
        "been blocked",
        "blocked access to",
        "was quarantined",
        "were quarantined",
        "been quarantined",
        "was replaced",
        "were replaced",
        "been replaced",
        "been sanitized",
        "been sanitised",
        "was sanitized",
        "removed the attachment",
        "removed an attachment",
        "removed attachments",
        "deleted the attachment",
        "attachment removed",
        "attachments removed",
        "attachment deleted",
        "attachment blocked",
    ];

    /// <summary>Conditions and questions: nothing has happened.</summary>
    public static IReadOnlyList<string> Doubts { get; } =
    [
        "場合",
        "もし",
        "たら",
        "ならば",
        "でしょうか",
        "ですか",
        "ませんか",
        "?",
        "誤って",
        "間違",
        "誤り",
        "私が",
        "弊社で",
        "当方で",
        "念のため",
        "if ",
        "unless",
        "whether",
        "in case",
        "would",
        "might",
        "should",
        "i removed",
        "i deleted",
        "we removed",
        "we deleted",
        "i have removed",
        "i have deleted",
        "by mistake",
    ];

    /// <summary>How a machine's notice begins.</summary>
    public static IReadOnlyList<string> Frames { get; } =
    [
        "***",
        "###",
        "===",
        "---",
        "+++",
        "[警告",
        "[注意",
        "[通知",
        "[重要",
        "【警告",
        "【注意",
        "【通知",
        "【お知らせ",
        "<<",
        "※",
        "警告",
        "warning",
        "[warning",
        "notice",
        "[notice",
        "alert",
        "[alert",
        "[attachment",
        "(attachment",
        "attachment removed",
        "attachment deleted",
    ];

    /// <summary>Beginnings of the names of texts that stand in the place of a file.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "deleted",
        "removed",
        "attachment removed",
        "attachment_removed",
        "attachment-removed",
        "blocked",
        "quarantine",
        "virus",
        "malware",
        "infected",
        "unsafe",
        "削除",
        "除去",
        "隔離",
        "ウイルス検出",
        "ウィルス検出",
        "添付ファイル削除",
        "添付ファイル除去",
        "添付削除",
        "無害化",
    ];
}
