namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>LZH archives.</summary>
    public static class Lzh
    {
        /// <summary>The method of an entry is not known.</summary>
        public static readonly FindingCode MethodUnknown = new(
            "lzh.method-unknown",
            Severity.Note,
            "LZH書庫の圧縮方式に対応していないため、ファイルを展開できません。",
            "The compression method of this LZH entry is not supported, so the file cannot be unpacked."
        );

        /// <summary>Data ends early.</summary>
        public static readonly FindingCode Truncated = new(
            "lzh.truncated",
            Severity.Damaged,
            "LZH書庫が途中で切れています。",
            "The LZH archive is cut off."
        );

        /// <summary>A header cannot be followed.</summary>
        public static readonly FindingCode HeaderBroken = new(
            "lzh.header-broken",
            Severity.Damaged,
            "LZH書庫のヘッダーが壊れています。",
            "A header of the LZH archive is broken."
        );

        /// <summary>Checksum of a header is wrong.</summary>
        public static readonly FindingCode HeaderChecksum = new(
            "lzh.header-checksum",
            Severity.Damaged,
            "LZH書庫のヘッダーの検査値が一致しません。",
            "The checksum of an LZH header does not match."
        );

        /// <summary>No end mark.</summary>
        public static readonly FindingCode NoEnd = new(
            "lzh.no-end",
            Severity.Note,
            "LZH書庫に終端の印がありません。",
            "The LZH archive has no end mark."
        );

        /// <summary>A name that no charset explains.</summary>
        public static readonly FindingCode NameUndecodable = new(
            "lzh.name-undecodable",
            Severity.Note,
            "LZH書庫内のファイル名に読み取れない文字があります。",
            "A name in the LZH archive has bytes that stand for no character."
        );

        /// <summary>LHARK's own method.</summary>
        public static readonly FindingCode Lhark = new(
            "lzh.lhark",
            Severity.Note,
            "LHARK独自の -lh7- 形式です。一般的なソフトウェアでは正しく展開できません。",
            "This is LHARK's own -lh7- method; common programs cannot unpack it correctly."
        );

        /// <summary>A program stands before the archive.</summary>
        public static readonly FindingCode SelfExtractor = new(
            "lzh.self-extractor",
            Severity.Suspicious,
            "LZHの自己解凍形式です(書庫の前に実行プログラムが付いています)。",
            "This is a self-extracting LZH file: a program stands before the archive."
        );
    }
}
