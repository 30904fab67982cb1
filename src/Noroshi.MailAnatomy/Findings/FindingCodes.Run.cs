namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>A run over a folder.</summary>
    public static class Run
    {
        /// <summary>The file system refused.</summary>
        public static readonly FindingCode Unread = new(
            "run.unread",
            Severity.Damaged,
            "ファイルを読めませんでした。権限と場所を確認してください。",
            "The file could not be read; check its permissions and place."
        );

        /// <summary>Not a mail.</summary>
        public static readonly FindingCode NoMail = new(
            "run.no-mail",
            Severity.Damaged,
            "メールとして読めるものが入っていません。",
            "The input holds nothing that can be read as a mail."
        );

        /// <summary>A .eml that is an mbox.</summary>
        public static readonly FindingCode SeveralMails = new(
            "run.several-mails",
            Severity.Note,
            ".emlの中に複数のメールがmbox形式で入っています。1通ずつ分けて読みました。",
            "The .eml holds several mails as an mbox; each was read by itself."
        );

        /// <summary>A mail in an archive that no password opened.</summary>
        public static readonly FindingCode LockedMail = new(
            "run.locked-mail",
            Severity.Limit,
            "暗号化された書庫の中のメールを開けませんでした。--password でパスワードを渡してください。",
            "A mail in a locked archive could not be opened; give the password with --password."
        );
    }
}
