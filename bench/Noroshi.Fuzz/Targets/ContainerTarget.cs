using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Files;
using Noroshi.Makers;
using Noroshi.Makers.Hostile;

namespace Noroshi.Fuzz.Targets;

/// <summary>Lists a container, reads its entries, makes its key check and tries keys: for every format the same.</summary>
internal abstract class ContainerTarget(params IContainerFormat[] formats) : IFuzzTarget
{
    private const int MaxHostileSeed = 16 << 10;

    /// <summary>Less than a mail may: fewer bytes a try are more tries.</summary>
    private const long MaxBytes = 2 << 20;

    private const int MaxEntries = 200;

    public abstract string Name { get; }

    /// <summary>Start of the variant's name among the hostile archives.</summary>
    protected virtual string HostileWord => Name;

    public virtual IReadOnlyList<byte[]> Dictionary => [];

    public IEnumerable<byte[]> Seeds() => Honest().Concat(Hostile());

    protected abstract IEnumerable<byte[]> Honest();

    /// <summary>Two small files as content of seeds.</summary>
    protected static IReadOnlyList<MadeFile> Files { get; } =
    [
        MadeFile.Text("性能表.csv", "型番,出力\nA-1,100\nA-2,200\n"),
        MadeFile.Text("folder/a.txt", string.Concat(Enumerable.Repeat("noroshi ", 40))),
    ];

    protected static (string Name, byte[] Content)[] Pairs { get; } = [.. Files.Select(file => (file.Name, file.Content))];

    public virtual void Run(byte[] bytes)
    {
        foreach (var format in formats)
        {
            Run(format, bytes);
        }
    }

    protected static void Run(IContainerFormat format, ReadOnlyMemory<byte> bytes)
    {
        if (!format.Recognises(bytes.Span))
        {
            return;
        }

        var budget = new Budget(MaxBytes, MaxEntries);
        Read(format.Open(bytes, password: null), bytes.Length, budget);
        if (format.CreateProbe(bytes) is not { } probe)
        {
            return;
        }

        // A key check that costs much is tried seldom.
        if (probe.CostMilliseconds < 5)
        {
            probe.Check("");
            probe.Check("パスワード");
            probe.Check("infected");
        }

        Read(format.Open(bytes, "infected"), bytes.Length, budget);
    }

    /// <summary>Reads the entries as the dissection does.</summary>
    public static void Read(OpenedContainer opened, int packed) => Read(opened, packed, new Budget(MaxBytes, MaxEntries));

    private static void Read(OpenedContainer opened, int packed, Budget budget)
    {
        foreach (var entry in opened.Entries)
        {
            if (budget.TakeEntry() is not null || budget.BytesLeft < 0)
            {
                break;
            }

            if (entry.Open is { } open)
            {
                EntryReader.Read(open, entry.Name, packed, budget);
            }
        }
    }

    private IEnumerable<byte[]> Hostile() =>
        HostileArchives
            .All.Where(input => input.Variant.StartsWith(HostileWord, StringComparison.Ordinal) && IsQuick(input.Group))
            .Select(input => input.Make())
            .Where(bytes => bytes.Length <= MaxHostileSeed);

    /// <summary>Bombs take long to make, and as a seed they would cost every try that much.</summary>
    private static bool IsQuick(string group) =>
        group is not ("archive/zeros" or "archive/overlap" or "archive/nested" or "archive/quine" or "archive/key-cost" or "archive/count");
}
