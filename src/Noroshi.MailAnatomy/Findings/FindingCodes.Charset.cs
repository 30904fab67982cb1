namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>How bytes became text.</summary>
    public static class Charset
    {
        /// <summary>8-bit or escape bytes without any declared charset.</summary>
        public static readonly FindingCode Undeclared = new(
            "charset.undeclared",
            Severity.Note,
            "文字コードの宣言がないため、内容から判定しました。",
            "No charset is declared; it was recognised from the bytes."
        );

        /// <summary>The bytes are of another charset than the declared one.</summary>
        public static readonly FindingCode Contradicted = new(
            "charset.contradicted",
            Severity.Note,
            "宣言された文字コードと実際の内容が異なるため、実際の文字コードで読みました。",
            "The bytes are not in the declared charset; they were read in the one they are in."
        );

        /// <summary>Bytes that fit no charset.</summary>
        public static readonly FindingCode Damaged = new(
            "charset.damaged",
            Severity.Damaged,
            "文字として読めないバイトがあります。残りの部分は読みました。",
            "Some bytes are no text in the charset; the rest was read."
        );

        /// <summary>A charset name that is not known.</summary>
        public static readonly FindingCode Unknown = new(
            "charset.unknown",
            Severity.Note,
            "宣言された文字コードの名前は知られていないものです。",
            "The declared charset name is not a known one."
        );

        /// <summary>UTF-7, which hides markup from filters.</summary>
        public static readonly FindingCode Utf7 = new(
            "charset.utf-7",
            Severity.Suspicious,
            "UTF-7が使われています。検査をすり抜ける目的で使われることがあります。",
            "The text is in UTF-7, which is used to slip past filters."
        );

        /// <summary>Escape sequence of JIS X 0213.</summary>
        public static readonly FindingCode JisX0213 = new(
            "charset.jis-x-0213",
            Severity.Note,
            "JIS X 0213の文字集合が指定されています。JIS X 0208にない文字は〓で示します。",
            "A character set of JIS X 0213 is used; characters outside JIS X 0208 are shown as a geta mark."
        );

        /// <summary>Two charsets in one text.</summary>
        public static readonly FindingCode Mixed = new(
            "charset.mixed",
            Severity.Note,
            "一つの文章に複数の文字コードが混ざっています。",
            "One text mixes several charsets."
        );

        /// <summary>ESC bytes were stripped on the way.</summary>
        public static readonly FindingCode EscapesLost = new(
            "charset.escapes-lost",
            Severity.Damaged,
            "JISコードのエスケープ文字が失われていたため、補って読みました。",
            "The escape characters of the JIS text were lost; they were put back for reading."
        );

        /// <summary>No return to ASCII where RFC 1468 wants one.</summary>
        public static readonly FindingCode Unterminated = new(
            "charset.unterminated",
            Severity.Note,
            "JISコードの文字列が、ASCIIに戻す指示なしで終わっています。",
            "A JIS text ends without its return to ASCII."
        );
    }
}
