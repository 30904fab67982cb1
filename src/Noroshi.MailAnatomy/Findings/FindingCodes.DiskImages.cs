namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Disk images.</summary>
    public static class DiskImages
    {
        /// <summary>A structure cannot be followed.</summary>
        public static readonly FindingCode Broken = new(
            "disk-image.broken",
            Severity.Damaged,
            "ディスクイメージの構造が壊れています。",
            "The structure of the disk image is broken."
        );

        /// <summary>Folders that lead back to themselves.</summary>
        public static readonly FindingCode Loop = new(
            "disk-image.loop",
            Severity.Suspicious,
            "ディスクイメージのフォルダーが、すでに読んだ場所を指しています。",
            "A folder of the disk image points to a place that was read before."
        );

        /// <summary>Content outside the image.</summary>
        public static readonly FindingCode Truncated = new(
            "disk-image.truncated",
            Severity.Damaged,
            "ディスクイメージが途中で切れています。",
            "The disk image is cut off."
        );

        /// <summary>A limit stopped the walk.</summary>
        public static readonly FindingCode Limit = new(
            "disk-image.limit",
            Severity.Limit,
            "ディスクイメージのフォルダーが上限を超えたため、残りは読んでいません。",
            "The folders of the disk image exceed a limit; the rest was not read."
        );

        /// <summary>A kind of image that is not read.</summary>
        public static readonly FindingCode Unsupported = new(
            "disk-image.unsupported",
            Severity.Suspicious,
            "この種類のディスクイメージには対応していないため、中のファイルを調べていません。",
            "This kind of disk image is not supported; the files in it were not looked at."
        );

        /// <summary>Two file systems in one image.</summary>
        public static readonly FindingCode TwoFileSystems = new(
            "disk-image.two-file-systems",
            Severity.Note,
            "一つのディスクイメージに二種類のファイルシステムがあります。Windowsと同じくUDFを読んでいます。",
            "The image holds two file systems; UDF is read, as Windows does."
        );
    }
}
