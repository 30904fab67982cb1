namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>ARJ archives.</summary>
    public static class Arj
    {
        /// <summary>The method of an entry is not known.</summary>
        public static readonly FindingCode MethodUnsupported = new(
            "arj.method-unsupported",
            Severity.Note,
            "ARJ書庫の圧縮方式に対応していないため、ファイルを展開できません。",
            "The compression method of this ARJ entry is not supported, so the file cannot be unpacked."
        );

        /// <summary>Encryption newer than "garble".</summary>
        public static readonly FindingCode EncryptionUnsupported = new(
            "arj.encryption-unsupported",
            Severity.Note,
            "ARJ書庫の暗号方式に対応していないため、ファイルを展開できません。",
            "The encryption of this ARJ entry is not supported, so the file cannot be unpacked."
        );

        /// <summary>A header cannot be followed.</summary>
        public static readonly FindingCode Broken = new(
            "arj.broken",
            Severity.Damaged,
            "ARJ書庫のヘッダーが壊れています。",
            "A header of the ARJ archive is broken."
        );

        /// <summary>CRC of a header is wrong.</summary>
        public static readonly FindingCode HeaderCrc = new(
            "arj.header-crc",
            Severity.Damaged,
            "ARJ書庫のヘッダーの検査値が一致しません。",
            "The checksum of an ARJ header does not match."
        );

        /// <summary>Data ends early.</summary>
        public static readonly FindingCode Truncated = new(
            "arj.truncated",
            Severity.Damaged,
            "ARJ書庫が途中で切れています。",
            "The ARJ archive is cut off."
        );

        /// <summary>Part of a file in several volumes.</summary>
        public static readonly FindingCode Volume = new(
            "arj.volume",
            Severity.Note,
            "分割されたARJ書庫の一部です。このファイルの残りは別の巻にあります。",
            "The ARJ archive is one volume of several; the rest of this file is in another one."
        );
    }
}
