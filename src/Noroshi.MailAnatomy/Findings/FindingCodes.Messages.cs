namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Files and mails in uuencode, TNEF and mbox.</summary>
    public static class Messages
    {
        /// <summary>Damaged uuencoded lines.</summary>
        public static readonly FindingCode UuDamaged = new(
            "uu.damaged",
            Severity.Damaged,
            "uuencode形式のファイルに壊れた行があります。",
            "A uuencoded file has damaged lines."
        );

        /// <summary>No end line.</summary>
        public static readonly FindingCode UuNoEnd = new(
            "uu.no-end",
            Severity.Damaged,
            "uuencode形式のファイルに終わりの行がありません。",
            "A uuencoded file has no end line."
        );

        /// <summary>Too many files in one text.</summary>
        public static readonly FindingCode UuTooMany = new(
            "uu.too-many",
            Severity.Limit,
            "本文内のuuencode形式のファイルが多すぎるため、残りは読んでいません。",
            "The text holds too many uuencoded files; the rest was not read."
        );

        /// <summary>TNEF that cannot be followed to its end.</summary>
        public static readonly FindingCode TnefBroken = new(
            "tnef.broken",
            Severity.Damaged,
            "winmail.dat(TNEF)が壊れています。読めた部分だけを使っています。",
            "The winmail.dat (TNEF) is broken; what could be read is used."
        );

        /// <summary>A limit stopped the reading of TNEF.</summary>
        public static readonly FindingCode TnefLimit = new(
            "tnef.limit",
            Severity.Limit,
            "winmail.dat(TNEF)の項目が上限を超えたため、残りは読んでいません。",
            "The winmail.dat (TNEF) exceeds a limit; the rest was not read."
        );
    }
}
