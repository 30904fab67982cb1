using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Noroshi.MailAnatomy.Findings;

/// <summary>
/// The one table of finding codes. Each area of the library adds a nested class in a file of its own
/// (<c>FindingCodes.Charset.cs</c>), so that a new finding is one line in one file.
/// </summary>
public static partial class FindingCodes
{
    /// <summary>Every code of every area, ordered by code (ordinal).</summary>
    [RequiresUnreferencedCode("Reads the nested classes; used by the manual and the command line, not by the worker.")]
    public static IReadOnlyList<FindingCode> All() =>
        [
            .. typeof(FindingCodes)
                .GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(area => area.GetFields(BindingFlags.Public | BindingFlags.Static))
                .Select(field => field.GetValue(null))
                .OfType<FindingCode>()
                .OrderBy(code => code.Code, StringComparer.Ordinal),
        ];

    /// <summary>The same table by code.</summary>
    [RequiresUnreferencedCode("See All.")]
    public static FrozenDictionary<string, FindingCode> ByCode() => All().ToFrozenDictionary(code => code.Code, StringComparer.Ordinal);

    /// <summary>Limits that hold for every format.</summary>
    public static class Limits
    {
        /// <summary>The bytes-out budget ran out.</summary>
        public static readonly FindingCode Bytes = new(
            "limit.bytes",
            Severity.Limit,
            "展開後の合計サイズが上限に達したため、残りは展開していません。",
            "The total size after unpacking reached its limit; the rest was not unpacked."
        );

        /// <summary>The entries budget ran out.</summary>
        public static readonly FindingCode Entries = new(
            "limit.entries",
            Severity.Limit,
            "書庫内のファイル数が上限に達したため、残りは読んでいません。",
            "The number of entries reached its limit; the rest was not read."
        );

        /// <summary>Nesting went too deep.</summary>
        public static readonly FindingCode Depth = new(
            "limit.depth",
            Severity.Limit,
            "入れ子が上限より深いため、内側は展開していません。",
            "The nesting is deeper than the limit; the inner part was not unpacked."
        );

        /// <summary>The compression ratio is that of a bomb.</summary>
        public static readonly FindingCode Ratio = new(
            "limit.ratio",
            Severity.Limit,
            "圧縮率が異常に高く、展開を止めました。",
            "The compression ratio is abnormally high; unpacking stopped."
        );

        /// <summary>A file is larger than what is looked into.</summary>
        public static readonly FindingCode FileSize = new(
            "limit.file-size",
            Severity.Limit,
            "ファイルが大きいため、ハッシュ値だけを計算し、中は調べていません。",
            "The file is too large to look into; only its hashes were computed."
        );
    }
}
