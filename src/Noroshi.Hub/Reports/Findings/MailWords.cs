namespace Noroshi.Hub.Reports.Findings;

/// <summary>Words of the view of one mail.</summary>
internal static class MailWords
{
    public static readonly Phrase NoSubject = new("(件名なし)", "(no subject)");
    public static readonly Phrase Received = new("着信", "Received");
    public static readonly Phrase Route = new("配送経路", "Route");
    public static readonly Phrase NoRoute = new("配送経路の記録はありません。", "The mail tells no route.");
    public static readonly Phrase Text = new("本文(文字のみ)", "Text (characters only)");
    public static readonly Phrase NoText = new("本文に文字はありません。", "The mail has no text.");
    public static readonly Phrase TextNote = new(
        "画像、リンク、スクリプトは読み込みません。URLは hxxp の形で示します。長い本文は先頭だけを示します。",
        "No image, link or script is loaded. URLs are written hxxp. Of a long text only the beginning is shown."
    );
    public static readonly Phrase Files = new("添付の中身", "Attachments");
    public static readonly Phrase NoFiles = new("添付ファイルはありません。", "There are no attachments.");
    public static readonly Phrase Sender = new("差出人と認証", "Sender and authentication");
    public static readonly Phrase From = new("差出人", "From");
    public static readonly Phrase ReplyTo = new("返信先", "Reply-To");
    public static readonly Phrase ReplyDiffers = new("差出人と異なる", "differs from From");
    public static readonly Phrase To = new("宛先", "To");
    public static readonly Phrase Authentication = new("送信ドメイン認証", "Authentication");
    public static readonly Phrase NoVerdict = new("記録なし", "none recorded");
    public static readonly Phrase Findings = new("検出したこと", "What was noticed");
    public static readonly Phrase NoFindings = new("特に検出したことはありません。", "Nothing in particular was noticed.");
    public static readonly Phrase Place = new("関連", "Belongs to");
    public static readonly Phrase Exchange = new("やり取り", "Exchange");
}
