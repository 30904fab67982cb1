namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>What a provision turned out to hold.</summary>
    public static class Intake
    {
        /// <summary>The mail was forwarded as text.</summary>
        public static readonly FindingCode InlineForward = new(
            "intake.inline-forward",
            Severity.Note,
            "本文に貼り付ける形で転送されたため、元のヘッダが失われています。可能であれば、添付ファイルとして転送した原本を依頼してください。",
            "The mail was forwarded inside the text of another, so its headers are lost; ask for the original, forwarded as an attachment."
        );

        /// <summary>A mail gateway took attachments away.</summary>
        public static readonly FindingCode AttachmentRemoved = new(
            "intake.attachment-removed",
            Severity.Note,
            "メールのゲートウェイなどが添付ファイルを取り除いた旨の記載があります。隔離された検体の提供を依頼してください。",
            "The mail says that a gateway took its attachment away; ask for the file from quarantine."
        );

        /// <summary>Mails in an archive that no password opened.</summary>
        public static readonly FindingCode LockedMails = new(
            "intake.locked-mails",
            Severity.Limit,
            "パスワード付きの書庫に入ったメールを開けませんでした。パスワードを確認してください。",
            "Mails in a locked archive could not be opened; ask for the password."
        );

        /// <summary>A letter to the hub that carries nothing.</summary>
        public static readonly FindingCode NothingForwarded = new(
            "intake.nothing-forwarded",
            Severity.Note,
            "転送されたメールが見当たりません。提供元に原本の転送を依頼してください。",
            "No forwarded mail was found in it; ask the provider to forward the original."
        );
    }
}
