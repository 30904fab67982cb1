namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>A run over a folder.</summary>
    public static class Run
    {
        /// <summary>The file system refused.</summary>
        public static readonly FindingCode Unread = new(
            "run.unread", Severity.Damaged,
            "ファイルを読めませんでした。権限と場所を確認してください。",
            "The file could not be read; check its permissions and place.");

        /// <summary>Not a mail.</summary>
        public static readonly FindingCode NoMail = new(
            "run.no-mail", Severity.Damaged,
            "メールとして読めるものが入っていません。",
            "The input holds nothing that can be read as a mail.");
    }
}
