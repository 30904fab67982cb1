namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Cabinets.</summary>
    public static class Cab
    {
        /// <summary>Quantum, LZX and unknown methods.</summary>
        public static readonly FindingCode MethodUnsupported = new(
            "cab.method-unsupported",
            Severity.Note,
            "CAB書庫の圧縮方式に対応していないため、ファイルを展開できません。",
            "The compression method of this cabinet folder is not supported, so the file cannot be unpacked."
        );

        /// <summary>A list cannot be followed.</summary>
        public static readonly FindingCode Broken = new(
            "cab.broken",
            Severity.Damaged,
            "CAB書庫の構造が壊れています。",
            "The structure of the cabinet is broken."
        );

        /// <summary>Data ends early.</summary>
        public static readonly FindingCode Truncated = new(
            "cab.truncated",
            Severity.Damaged,
            "CAB書庫が途中で切れています。",
            "The cabinet is cut off."
        );

        /// <summary>Part of a file in several cabinets.</summary>
        public static readonly FindingCode Volume = new(
            "cab.volume",
            Severity.Note,
            "分割されたCAB書庫の一部です。このファイルの残りは別のCAB書庫にあります。",
            "The cabinet is one of several; the rest of this file is in another one."
        );
    }
}
