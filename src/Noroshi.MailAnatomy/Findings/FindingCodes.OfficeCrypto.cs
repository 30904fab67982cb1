namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Documents of Office under a password.</summary>
    public static class OfficeCrypto
    {
        /// <summary>A password that Office tries by itself.</summary>
        public static readonly FindingCode DefaultPassword = new(
            "officecrypto.default-password",
            Severity.Suspicious,
            "Officeが自動的に試す既定のパスワードで暗号化されています。利用者には入力を求めず、検査だけを避けられます。",
            "The document is encrypted under a password that Office tries by itself: nobody is asked, but scanners are kept out."
        );

        /// <summary>The integrity code does not fit.</summary>
        public static readonly FindingCode Integrity = new(
            "officecrypto.integrity",
            Severity.Damaged,
            "パスワードは正しいものの、改ざん検知用の値が一致しません。暗号化の後に内容が変わっています。",
            "The password fits, but the integrity code does not: the content changed after it was encrypted."
        );

        /// <summary>The encryption cannot be undone here.</summary>
        public static readonly FindingCode Unsupported = new(
            "officecrypto.unsupported",
            Severity.Note,
            "文書の暗号方式に対応していないため、パスワードがあっても開けません。",
            "The encryption of the document is not supported; it cannot be opened even with its password."
        );

        /// <summary>The description of the encryption makes no sense.</summary>
        public static readonly FindingCode Broken = new(
            "officecrypto.broken",
            Severity.Damaged,
            "文書の暗号化情報が壊れています。",
            "The description of the document's encryption is broken."
        );

        /// <summary>Trying one password would take too long.</summary>
        public static readonly FindingCode KeyCost = new(
            "limit.office-key-cost",
            Severity.Limit,
            "パスワード1つの確認に異常に時間がかかる設定のため、開いていません。",
            "Checking one password would take abnormally long, so none was tried."
        );

        /// <summary>Fewer bytes than stated.</summary>
        public static readonly FindingCode Truncated = new(
            "officecrypto.truncated",
            Severity.Damaged,
            "暗号化された文書が途中で切れています。",
            "The encrypted document ends too early."
        );
    }
}
