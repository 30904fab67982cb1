namespace Noroshi.MailAnatomy.Findings;

public static partial class FindingCodes
{
    /// <summary>Documents of JustSystems programs.</summary>
    public static class Justsystems
    {
        /// <summary>The document's own list of streams is wrong.</summary>
        public static readonly FindingCode SegmentMismatch = new(
            "ichitaro.segment-mismatch",
            Severity.Damaged,
            "一太郎文書の構成表が実際の内容と一致しません。一太郎以外のプログラムが書き換えた可能性があります。",
            "The Ichitaro document's list of its parts does not match them; another program may have written into it."
        );

        /// <summary>The packed document of a compressed one cannot be reached.</summary>
        public static readonly FindingCode PackedUnreadable = new(
            "ichitaro.packed-unreadable",
            Severity.Damaged,
            "圧縮された一太郎文書の本体を展開できません。",
            "The document packed within the compressed Ichitaro file cannot be unpacked."
        );
    }
}
