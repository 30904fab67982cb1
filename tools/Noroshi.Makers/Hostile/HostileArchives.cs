namespace Noroshi.Makers.Hostile;

/// <summary>Hostile archives: the archive classes of the trust document, at least three variants each, over all formats.</summary>
public static partial class HostileArchives
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All => Collected.Inputs;

    /// <summary>A class of its own, because the tables it draws on stand in other files and have to be made first.</summary>
    private static class Collected
    {
        public static readonly IReadOnlyList<HostileInput> Inputs =
        [
            .. Zeros(),
            .. Overlaps(),
            .. Nested(),
            .. Quines(),
            .. Counts(),
            .. LongNames(),
            .. Paths(),
            .. Links(),
            .. TwoNames(),
            .. Checks(),
            .. Polyglots(),
            .. Ends(),
            .. KeyCosts(),
            .. RarLoops(),
            .. SevenZipHeaders(),
            .. LzhHeaders(),
            .. EmptyStreams(),
            .. Sparse(),
            .. Volumes(),
            .. DiskLoops(),
            .. Cuts(),
            .. Mutants(),
        ];
    }
}
