namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>The mail as a whole.</summary>
    public static class Mail
    {
        /// <summary>No reader made sense of it.</summary>
        public static readonly FindingCode Unparseable = new(
            "mail.unparseable",
            Severity.Damaged,
            "MIMEの構造を読み取れませんでした。ヘッダと原文は保存しています。",
            "The MIME structure could not be read; headers and raw bytes are kept."
        );

        /// <summary>No header at all.</summary>
        public static readonly FindingCode NoHeader = new(
            "mail.no-header",
            Severity.Damaged,
            "メールのヘッダがありません。",
            "The input has no mail header."
        );

        /// <summary>Nothing in it.</summary>
        public static readonly FindingCode Empty = new(
            "mail.empty",
            Severity.Damaged,
            "ファイルの中身がありません。",
            "The input is empty."
        );

        /// <summary>Only headers and hashes were read.</summary>
        public static readonly FindingCode HeadersOnly = new(
            "mail.headers-only",
            Severity.Limit,
            "ヘッダとハッシュ値だけを読み取りました。",
            "Only the headers and hashes were read."
        );

        /// <summary>More mailboxes than are kept.</summary>
        public static readonly FindingCode Text = new(
            "mail.text-cut",
            Severity.Limit,
            "本文が長いため、先頭だけを調べました。",
            "The body is long; only its beginning was looked at."
        );

        /// <summary>Base64 with foreign bytes.</summary>
        public static readonly FindingCode Base64 = new(
            "mime.base64-damaged",
            Severity.Damaged,
            "base64の符号に余分な文字があります。読める部分を復号しました。",
            "The base64 text holds foreign characters; what is readable was decoded."
        );

        /// <summary>Quoted-printable with bad escapes.</summary>
        public static readonly FindingCode QuotedPrintable = new(
            "mime.qp-damaged",
            Severity.Damaged,
            "quoted-printableの符号が壊れています。読める部分を復号しました。",
            "The quoted-printable text is damaged; what is readable was decoded."
        );

        /// <summary>A multipart without its closing boundary.</summary>
        public static readonly FindingCode MissingEnd = new(
            "mime.missing-end",
            Severity.Damaged,
            "マルチパートの終わりの区切りがありません。途中で切れている可能性があります。",
            "A multipart lacks its closing boundary; it may be cut off."
        );

        /// <summary>A file stood in the body as uuencoded text.</summary>
        public static readonly FindingCode Uuencode = new(
            "mime.uuencode",
            Severity.Note,
            "本文中にuuencodeのファイルがあります。",
            "The body holds a uuencoded file."
        );

        /// <summary>winmail.dat.</summary>
        public static readonly FindingCode Tnef = new(
            "mime.tnef",
            Severity.Note,
            "Outlook形式(TNEF)の添付から中身を取り出しました。",
            "Content was taken out of an Outlook (TNEF) attachment."
        );
    }
}
