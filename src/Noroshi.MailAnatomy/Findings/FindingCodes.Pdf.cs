namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>PDF.</summary>
    public static class Pdf
    {
        /// <summary>JavaScript.</summary>
        public static readonly FindingCode JavaScript = new(
            "pdf.javascript",
            Severity.Suspicious,
            "PDFの中にJavaScriptがあります。",
            "The PDF holds JavaScript."
        );

        /// <summary>Something active that runs by itself.</summary>
        public static readonly FindingCode OpenAction = new(
            "pdf.open-action",
            Severity.Suspicious,
            "PDFを開いたりページを表示したりするだけで、動作が自動的に始まります。",
            "Opening the PDF or showing a page starts an action by itself."
        );

        /// <summary>A launch action.</summary>
        public static readonly FindingCode Launch = new(
            "pdf.launch",
            Severity.Suspicious,
            "PDFから外部のプログラムやファイルを起動する指定があります。",
            "The PDF starts a program or opens a file."
        );

        /// <summary>Files inside.</summary>
        public static readonly FindingCode EmbeddedFile = new(
            "pdf.embedded-file",
            Severity.Note,
            "PDFの中にファイルが埋め込まれています。",
            "A file is embedded in the PDF."
        );

        /// <summary>Keywords disguised by #xx.</summary>
        public static readonly FindingCode ObfuscatedName = new(
            "pdf.obfuscated-name",
            Severity.Suspicious,
            "動作に関わるキーワードが「#xx」の形で書き換えられ、検査を逃れようとしています。",
            "Names of active features are spelled with #xx escapes, which honest programs never do."
        );

        /// <summary>The header is not at the start.</summary>
        public static readonly FindingCode LeadingData = new(
            "pdf.leading-data",
            Severity.Note,
            "PDFの先頭の前に別のデータがあります。",
            "Other data stands before the header of the PDF."
        );

        /// <summary>Data behind the last end mark.</summary>
        public static readonly FindingCode TrailingData = new(
            "pdf.trailing-data",
            Severity.Note,
            "PDFの終わりの後ろに別のデータがあります。",
            "Other data stands behind the end of the PDF."
        );

        /// <summary>A form that sends its fields.</summary>
        public static readonly FindingCode SubmitForm = new(
            "pdf.submit-form",
            Severity.Note,
            "入力内容を外部へ送信するフォームがあります。",
            "A form of the PDF sends what is entered to another place."
        );

        /// <summary>An XFA form.</summary>
        public static readonly FindingCode Xfa = new(
            "pdf.xfa",
            Severity.Note,
            "XFA形式のフォームが含まれています。",
            "The PDF holds an XFA form."
        );

        /// <summary>Flash or other media.</summary>
        public static readonly FindingCode RichMedia = new(
            "pdf.rich-media",
            Severity.Suspicious,
            "Flashなどの動くコンテンツが埋め込まれています。",
            "Flash or other rich media is embedded in the PDF."
        );

        /// <summary>Leads to another file or share.</summary>
        public static readonly FindingCode RemoteTarget = new(
            "pdf.remote-target",
            Severity.Suspicious,
            "別の場所にあるファイルを読みに行く指定があり、開いた人の認証情報が送られるおそれがあります。",
            "The PDF reads a file from another machine, which may send the reader's credentials there."
        );

        /// <summary>Values no honest file has.</summary>
        public static readonly FindingCode OddStructure = new(
            "pdf.odd-structure",
            Severity.Damaged,
            "PDFの構造に、正常なファイルにはない値や循環があります。",
            "The structure of the PDF holds values or loops that no honest file has."
        );

        /// <summary>Encrypted, but opens without a password.</summary>
        public static readonly FindingCode OpensForAll = new(
            "pdf.encrypted-open",
            Severity.Note,
            "暗号化されていますが、パスワードなしで開けます。",
            "The PDF is encrypted but opens without a password."
        );

        /// <summary>A limit stopped the look.</summary>
        public static readonly FindingCode Limit = new(
            "pdf.limit",
            Severity.Limit,
            "PDFの中の物が多すぎるか大きすぎるため、一部だけを調べました。",
            "The PDF holds too much to look at all of it; a part was looked at."
        );
    }
}
