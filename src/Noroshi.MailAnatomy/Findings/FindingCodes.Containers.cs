namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Archives and compressed files.</summary>
    public static class Container
    {
        /// <summary>The bytes do not follow the format.</summary>
        public static readonly FindingCode Damaged = new(
            "container.damaged",
            Severity.Damaged,
            "書庫が壊れています。読めた部分だけを表示しています。",
            "The archive is damaged; what could be read is shown."
        );

        /// <summary>The archive ends before its data do.</summary>
        public static readonly FindingCode Truncated = new(
            "container.truncated",
            Severity.Damaged,
            "書庫が途中で切れています。",
            "The archive ends too early."
        );

        /// <summary>A part of a multi-volume archive without the others.</summary>
        public static readonly FindingCode VolumeMissing = new(
            "container.volume-missing",
            Severity.Damaged,
            "分割書庫の一部だけがあり、ほかの部分がないため展開できません。",
            "This is one volume of several; the others are missing, so it cannot be unpacked."
        );

        /// <summary>An entry needs a password.</summary>
        public static readonly FindingCode PasswordNeeded = new(
            "container.password-needed",
            Severity.Note,
            "パスワードが分からないため、中身を取り出せません。",
            "The content cannot be taken out without the password."
        );

        /// <summary>The password does not fit.</summary>
        public static readonly FindingCode PasswordWrong = new(
            "container.password-wrong",
            Severity.Note,
            "このパスワードでは開けません。",
            "The password does not open it."
        );

        /// <summary>The list of names needs a password.</summary>
        public static readonly FindingCode NamesLocked = new(
            "container.names-locked",
            Severity.Note,
            "ファイル名の一覧もパスワードで保護されています。",
            "The list of names is locked with a password, too."
        );

        /// <summary>A method or cipher that is not supported.</summary>
        public static readonly FindingCode Unsupported = new(
            "container.unsupported",
            Severity.Note,
            "対応していない圧縮方式または暗号方式のため、中身を取り出せません。",
            "The compression or encryption method is not supported; the content was not taken out."
        );

        /// <summary>Key derivation of absurd cost.</summary>
        public static readonly FindingCode KeyCost = new(
            "container.key-cost",
            Severity.Limit,
            "鍵の計算回数が異常に多いため、パスワードを試していません。",
            "The key derivation is abnormally expensive; no password was tried."
        );

        /// <summary>Decoding needs absurd memory.</summary>
        public static readonly FindingCode Memory = new(
            "container.memory",
            Severity.Limit,
            "展開に必要なメモリーが異常に大きいため、展開していません。",
            "Unpacking would need an abnormal amount of memory; it was not unpacked."
        );

        /// <summary>Bytes stand before the archive.</summary>
        public static readonly FindingCode Prefix = new(
            "container.prefix",
            Severity.Suspicious,
            "書庫の前に別のデータが付いています。",
            "Other data stand before the archive."
        );

        /// <summary>Bytes stand behind the archive.</summary>
        public static readonly FindingCode Suffix = new(
            "container.suffix",
            Severity.Suspicious,
            "書庫の後ろに別のデータが付いています。",
            "Other data stand behind the archive."
        );

        /// <summary>A self-extracting program.</summary>
        public static readonly FindingCode SelfExtracting = new(
            "container.self-extracting",
            Severity.Suspicious,
            "自己解凍形式の実行ファイルです。",
            "This is a self-extracting program."
        );

        /// <summary>More than one directory.</summary>
        public static readonly FindingCode TwoDirectories = new(
            "container.two-directories",
            Severity.Suspicious,
            "目次が複数あり、ソフトによって見える中身が変わります。",
            "There is more than one directory; programs will see different content."
        );

        /// <summary>The directory is missing or unreadable.</summary>
        public static readonly FindingCode NoDirectory = new(
            "container.no-directory",
            Severity.Damaged,
            "書庫の目次を読めないため、各ファイルの見出しから一覧を作りました。",
            "The archive's directory cannot be read; the list was made from the entries' own headers."
        );

        /// <summary>The directory and the number of entries disagree.</summary>
        public static readonly FindingCode EntryCount = new(
            "container.entry-count",
            Severity.Suspicious,
            "目次に書かれたファイル数と実際の数が違います。",
            "The stated number of entries is not the real one."
        );

        /// <summary>An entry that the directory does not list.</summary>
        public static readonly FindingCode HiddenEntry = new(
            "container.hidden-entry",
            Severity.Suspicious,
            "目次に載っていないファイルが隠れています。",
            "There is an entry that the directory does not list."
        );

        /// <summary>Entries share bytes.</summary>
        public static readonly FindingCode Overlap = new(
            "container.overlap",
            Severity.Suspicious,
            "複数のファイルが同じデータを共有しています(展開爆弾の特徴です)。",
            "Entries share the same data, as decompression bombs do."
        );

        /// <summary>Two names for one entry.</summary>
        public static readonly FindingCode NameMismatch = new(
            "container.name-mismatch",
            Severity.Suspicious,
            "同じファイルに二つの違う名前が付いています。",
            "One entry has two different names."
        );

        /// <summary>One name for several entries.</summary>
        public static readonly FindingCode NameTwice = new(
            "container.name-twice",
            Severity.Suspicious,
            "同じ名前のファイルが複数あります。",
            "Several entries have the same name."
        );

        /// <summary>Sizes or checksums disagree between two headers.</summary>
        public static readonly FindingCode HeaderMismatch = new(
            "container.header-mismatch",
            Severity.Suspicious,
            "目次とファイルの見出しの内容が食い違っています。",
            "The directory and the entry's own header disagree."
        );

        /// <summary>A name of abnormal length.</summary>
        public static readonly FindingCode LongName = new(
            "container.long-name",
            Severity.Suspicious,
            "ファイル名が異常に長いです。",
            "The name is abnormally long."
        );

        /// <summary>Control characters in a name.</summary>
        public static readonly FindingCode ControlInName = new(
            "container.control-in-name",
            Severity.Suspicious,
            "ファイル名に制御文字が含まれています。",
            "The name has control characters in it."
        );

        /// <summary>A device or pipe.</summary>
        public static readonly FindingCode SpecialFile = new(
            "container.special-file",
            Severity.Suspicious,
            "装置ファイルやパイプなど、普通のファイルではありません。",
            "The entry is a device, a pipe or the like."
        );

        /// <summary>A checksum that cannot be compared.</summary>
        public static readonly FindingCode Unverified = new(
            "container.unverified",
            Severity.Note,
            "検査値がないため、取り出した内容が正しいか確認できません。",
            "There is no checksum to compare with; the content could not be verified."
        );
    }
}
