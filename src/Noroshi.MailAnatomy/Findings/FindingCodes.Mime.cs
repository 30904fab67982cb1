namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>How a mail is framed: first lines, header block, parameters, limits of the pre-scan.</summary>
    public static class Mime
    {
        /// <summary>Byte-order mark before the first header.</summary>
        public static readonly FindingCode Bom = new(
            "mime.bom",
            Severity.Note,
            "メールの先頭にBOMがあったため、取り除いて読みました。",
            "A byte-order mark stood before the mail; it was left out."
        );

        /// <summary>The whole mail is UTF-16.</summary>
        public static readonly FindingCode Utf16 = new(
            "mime.utf-16",
            Severity.Note,
            "メール全体がUTF-16で保存されていたため、変換して読みました。",
            "The whole mail was stored as UTF-16; it was converted."
        );

        /// <summary>Blank lines before the first header.</summary>
        public static readonly FindingCode LeadingBlank = new(
            "mime.leading-blank",
            Severity.Note,
            "ヘッダの前に空行があったため、取り除いて読みました。",
            "Blank lines stood before the headers; they were left out."
        );

        /// <summary>The line Outlook and Exchange put before copied headers.</summary>
        public static readonly FindingCode MicrosoftHeaders = new(
            "mime.microsoft-headers",
            Severity.Note,
            "Outlookで書き出したヘッダの先頭行があったため、取り除いて読みました。",
            "The first line is the one Outlook writes before exported headers; it was left out."
        );

        /// <summary>mbox separator line.</summary>
        public static readonly FindingCode MboxFrom = new(
            "mime.mbox-from",
            Severity.Note,
            "先頭にmbox形式の区切り行があったため、取り除いて読みました。",
            "An mbox separator line stood first; it was left out."
        );

        /// <summary>SMTP dialogue around the mail.</summary>
        public static readonly FindingCode SmtpTranscript = new(
            "mime.smtp-transcript",
            Severity.Note,
            "SMTPのやり取りごと保存されていたため、メールの部分だけを読みました。",
            "The mail was stored with its SMTP dialogue; only the mail was read."
        );

        /// <summary>Other lines before the first header.</summary>
        public static readonly FindingCode LeadingLines = new(
            "mime.leading-lines",
            Severity.Note,
            "ヘッダの前にヘッダでない行があったため、取り除いて読みました。",
            "Lines that are no headers stood before the headers; they were left out."
        );

        /// <summary>No header at all.</summary>
        public static readonly FindingCode NoHeaders = new(
            "mime.no-headers",
            Severity.Note,
            "ヘッダがないため、全体を本文として読みました。",
            "There is no header; everything was read as body."
        );

        /// <summary>Body follows the headers without a blank line.</summary>
        public static readonly FindingCode MissingBlank = new(
            "mime.missing-blank",
            Severity.Damaged,
            "ヘッダと本文の間に空行がないため、補って読みました。",
            "No blank line stands between headers and body; one was put in."
        );

        /// <summary>Lines end with CR alone.</summary>
        public static readonly FindingCode BareCr = new(
            "mime.bare-cr",
            Severity.Note,
            "改行がCRだけで書かれていたため、変換して読みました。",
            "Lines end with CR alone; the line ends were converted."
        );

        /// <summary>Lines end with CR CR LF.</summary>
        public static readonly FindingCode DoubleCr = new(
            "mime.double-cr",
            Severity.Damaged,
            "改行のCRが重複していたため、直して読みました。",
            "Line ends have a doubled CR; they were mended."
        );

        /// <summary>CR without LF inside a header.</summary>
        public static readonly FindingCode HeaderCr = new(
            "mime.header-cr",
            Severity.Suspicious,
            "ヘッダの途中に単独のCRがあります。",
            "A bare CR stands inside a header."
        );

        /// <summary>NUL inside the header block.</summary>
        public static readonly FindingCode HeaderNul = new(
            "mime.header-nul",
            Severity.Suspicious,
            "ヘッダの中にNULがあります。",
            "A NUL stands inside a header."
        );

        /// <summary>Header line without colon.</summary>
        public static readonly FindingCode HeaderNoColon = new(
            "mime.header-no-colon",
            Severity.Damaged,
            "ヘッダの中にコロンのない行があります。",
            "A line of the header block has no colon."
        );

        /// <summary>Header name with characters RFC 5322 2.2 forbids.</summary>
        public static readonly FindingCode HeaderName = new(
            "mime.header-name",
            Severity.Suspicious,
            "使えない文字を含むヘッダ名があります。",
            "A header name holds characters that are not allowed."
        );

        /// <summary>A header that may stand once stands twice.</summary>
        public static readonly FindingCode HeaderDuplicate = new(
            "mime.header-duplicate",
            Severity.Suspicious,
            "一度しか書けないヘッダが重複しています。ソフトによって表示が異なるおそれがあります。",
            "A header that may stand once is repeated; programs may show different values."
        );

        /// <summary>Raw bytes outside ASCII in a header.</summary>
        public static readonly FindingCode HeaderRaw = new(
            "mime.header-raw",
            Severity.Note,
            "ヘッダに符号化されていない文字があります。",
            "A header holds text that is not encoded."
        );

        /// <summary>An encoded-word that breaks RFC 2047.</summary>
        public static readonly FindingCode BrokenWord = new(
            "mime.broken-word",
            Severity.Damaged,
            "ヘッダの符号化された語が壊れているため、読める部分を読みました。",
            "An encoded word of a header is broken; what could be read was read."
        );

        /// <summary>A line break hidden in an encoded-word or parameter.</summary>
        public static readonly FindingCode HiddenNewline = new(
            "mime.hidden-newline",
            Severity.Suspicious,
            "符号化された値の中に改行が隠されています。",
            "A line break is hidden inside an encoded value."
        );

        /// <summary>The same parameter twice.</summary>
        public static readonly FindingCode ParameterDuplicate = new(
            "mime.parameter-duplicate",
            Severity.Suspicious,
            "同じパラメータが二度書かれています。最初の値を使いました。",
            "A parameter is given twice; the first value was used."
        );

        /// <summary>filename and filename* disagree.</summary>
        public static readonly FindingCode ParameterConflict = new(
            "mime.parameter-conflict",
            Severity.Suspicious,
            "同じパラメータの二つの書き方が異なる値を示しています。",
            "The two spellings of a parameter give different values."
        );

        /// <summary>RFC 2231 continuation with a missing piece.</summary>
        public static readonly FindingCode ParameterGap = new(
            "mime.parameter-gap",
            Severity.Damaged,
            "分割されたパラメータの一部が欠けています。",
            "A piece of a split parameter is missing."
        );

        /// <summary>Quoted value without its closing quote.</summary>
        public static readonly FindingCode ParameterQuote = new(
            "mime.parameter-quote",
            Severity.Damaged,
            "パラメータの引用符が閉じられていません。",
            "The quote of a parameter is not closed."
        );

        /// <summary>Header block over its size.</summary>
        public static readonly FindingCode LimitHeaderBlock = new(
            "mime.limit-header-block",
            Severity.Limit,
            "ヘッダ全体が上限より大きいため、残りは読んでいません。",
            "A header block is larger than the limit; the rest of it was not read."
        );

        /// <summary>Header block over its lines.</summary>
        public static readonly FindingCode LimitHeaderLines = new(
            "mime.limit-header-lines",
            Severity.Limit,
            "ヘッダの行数が上限を超えているため、残りは読んでいません。",
            "A header block has more lines than the limit; the rest of it was not read."
        );

        /// <summary>One header over its size.</summary>
        public static readonly FindingCode LimitHeaderLength = new(
            "mime.limit-header-length",
            Severity.Limit,
            "一つのヘッダが上限より長いため、途中までを読みました。",
            "One header is longer than the limit; only its beginning was read."
        );

        /// <summary>Too many lines that look like boundaries.</summary>
        public static readonly FindingCode LimitBoundaries = new(
            "mime.limit-boundaries",
            Severity.Limit,
            "パートの区切りに見える行が上限を超えているため、残りは分解していません。",
            "More lines look like part boundaries than the limit; the rest was not taken apart."
        );

        /// <summary>Parts nested too deep.</summary>
        public static readonly FindingCode LimitNesting = new(
            "mime.limit-nesting",
            Severity.Limit,
            "パートの入れ子が上限より深いため、内側は分解していません。",
            "Parts are nested deeper than the limit; the inner ones were not taken apart."
        );

        /// <summary>A very long line.</summary>
        public static readonly FindingCode LongLine = new(
            "mime.long-line",
            Severity.Note,
            "1 MiBを超える長い行があります。",
            "A line is longer than 1 MiB."
        );
    }
}
