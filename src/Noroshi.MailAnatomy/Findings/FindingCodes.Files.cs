namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Files in mails and containers.</summary>
    public static class Files
    {
        /// <summary>Content broke off.</summary>
        public static readonly FindingCode Damaged = new(
            "file.damaged",
            Severity.Damaged,
            "書庫内のファイルを最後まで取り出せませんでした。",
            "A file in an archive could not be taken out to its end."
        );

        /// <summary>A parser failed in a way nobody foresaw.</summary>
        public static readonly FindingCode Unreadable = new(
            "file.unreadable",
            Severity.Damaged,
            "ファイルの構造を読み取れませんでした。ハッシュ値と原本は記録しています。",
            "The structure of the file could not be read; its hashes and the original are recorded."
        );

        /// <summary>Waits for a password.</summary>
        public static readonly FindingCode Locked = new(
            "file.locked",
            Severity.Note,
            "パスワードが必要です。後から届くメールにパスワードがあれば開きます。",
            "A password is needed; it will be opened when a later mail brings one."
        );

        /// <summary>Too much locked content to keep for the search.</summary>
        public static readonly FindingCode NotSearched = new(
            "password.not-searched",
            Severity.Limit,
            "暗号化された書庫が大きいため、パスワードを探していません。",
            "The locked archive is too large; no password was searched for."
        );

        /// <summary>A later part of a split archive: bytes without a head of their own.</summary>
        public static readonly FindingCode SplitVolume = new(
            "file.split-volume",
            Severity.Note,
            "分割書庫の途中の部分です。全ての部分がそろわないと中を読めません。",
            "A later part of a split archive; its inside cannot be read without the other parts."
        );

        /// <summary>An unsafe stored name.</summary>
        public static readonly FindingCode UnsafeName = new(
            "file.unsafe-name",
            Severity.Suspicious,
            "名前が書庫の外の場所や予約された装置を指しています。",
            "The name points outside the archive or at a reserved device."
        );

        /// <summary>A link entry.</summary>
        public static readonly FindingCode Link = new(
            "file.link",
            Severity.Suspicious,
            "別の場所を指すリンクが書庫に入っています。",
            "The archive holds a link to another place."
        );
    }
}
