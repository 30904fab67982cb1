namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>OneNote sections.</summary>
    public static class OneNote
    {
        /// <summary>A program, script or shortcut as an attachment of a page.</summary>
        public static readonly FindingCode Program = new(
            "onenote.program",
            Severity.Suspicious,
            "ノートのページに、プログラムやスクリプトが添付されています。",
            "A page of the notebook carries a program or a script."
        );

        /// <summary>A file whose stated length does not fit.</summary>
        public static readonly FindingCode Broken = new(
            "onenote.broken",
            Severity.Damaged,
            "ノートに添付されたファイルの長さが正しくありません。",
            "The length of a file attached to the notebook is wrong."
        );

        /// <summary>More files than are taken out.</summary>
        public static readonly FindingCode Limit = new(
            "limit.onenote-files",
            Severity.Limit,
            "ノートに添付されたファイルが多いため、一部だけを取り出しました。",
            "The notebook carries very many files; only some were taken out."
        );
    }
}
