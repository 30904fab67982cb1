using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Intake.Import;

/// <summary>A file to be taken in.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="FullPath">Where to read it.</param>
/// <param name="Stated">What the manifest says of it.</param>
internal sealed record ImportItem(string Name, string FullPath, ManifestLine? Stated)
{
    /// <summary>The bytes themselves, where there is no file to read.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }
}

/// <summary>Files and statements that become one provision.</summary>
/// <param name="Attempt">What makes the provision itself: the same in every run.</param>
/// <param name="First">The line that speaks for the whole.</param>
/// <param name="Items">Files.</param>
/// <param name="Stated">Statements without a file.</param>
internal sealed record ImportProvision(
    string Attempt,
    ManifestLine First,
    IReadOnlyList<ImportItem> Items,
    IReadOnlyList<ManifestLine> Stated
);

/// <summary>Something that is not taken in, and what to do about it.</summary>
/// <param name="Line">Line of the manifest; null when there is none.</param>
/// <param name="File">File or provision.</param>
/// <param name="Ja">What happened and what to do, Japanese.</param>
/// <param name="En">The same in English.</param>
internal sealed record ImportProblem(int? Line, string File, string Ja, string En);

/// <summary>What an import found to do.</summary>
/// <param name="Provisions">Provisions by organisation, those of one in the order of their first line.</param>
/// <param name="Problems">What is not taken in.</param>
internal sealed record ImportPlan(IReadOnlyList<ImportProvision> Provisions, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>Files.</summary>
    public int Files => Provisions.Sum(one => one.Items.Count);
}

/// <summary>Reads manifest and folder. What cannot be read is listed; everything else is taken in.</summary>
internal sealed class ImportScan
{
    private readonly Dictionary<string, (ManifestLine First, List<ImportItem> Items, List<ManifestLine> Stated)> _provisions = new(
        StringComparer.Ordinal
    );
    private readonly List<string> _order = [];
    private readonly List<ImportProblem> _problems = [];
    private readonly Dictionary<string, int> _lineOf = new(StringComparer.Ordinal);

    /// <summary>The plan by a manifest; files are looked for beside it and in the folder.</summary>
    public static ImportPlan ByManifest(string manifest, string folder)
    {
        var scan = new ImportScan();
        var roots = new[] { Path.GetDirectoryName(Path.GetFullPath(manifest)) ?? "/", Path.GetFullPath(folder) };
        return scan.Read(
            File.ReadLines(manifest),
            line => scan.Resolve(line, roots) is { } full ? new ImportItem(line.File ?? "", full, line) : null
        );
    }

    /// <summary>The plan by the lines of a manifest whose mails are at hand.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="mails">Mails by the name that the manifest calls them.</param>
    public static ImportPlan ByLines(IEnumerable<string> lines, IReadOnlyDictionary<string, byte[]> mails)
    {
        ArgumentNullException.ThrowIfNull(mails);
        var scan = new ImportScan();
        return scan.Read(
            lines,
            line => mails.TryGetValue(line.File ?? "", out var bytes) ? new ImportItem(line.File ?? "", "", line) { Bytes = bytes } : null
        );
    }

    private ImportPlan Read(IEnumerable<string> lines, Func<ManifestLine, ImportItem?> find)
    {
        var number = 0;
        foreach (var text in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            try
            {
                Add(Manifest.ReadOne(text, number), text, find);
            }
            catch (IntakeFileException error)
            {
                Refuse(
                    number,
                    "",
                    $"読めない行です({error.Message})。行を直してもう一度実行してください。",
                    $"the line cannot be read ({error.Message}); correct it and run the import again"
                );
            }
        }

        return Done();
    }

    /// <summary>The plan by the folder convention <c>ORGANISATION/WINDOW/**</c>.</summary>
    public static ImportPlan ByFolder(string folder, Members? members)
    {
        var scan = new ImportScan();
        var found = InputScan.Find([folder], manifestPath: null, members);
        foreach (var input in found.Inputs)
        {
            var line = new ManifestLine
            {
                File = input.Provenance.File,
                Organization = input.Provenance.Organization ?? "",
                Window = input.Provenance.Window,
            };
            scan.Put($"file\n{line.File}", line, new ImportItem(input.Provenance.File, input.FullPath, null), stated: null);
        }

        foreach (var reason in found.Unread)
        {
            scan.Refuse(
                null,
                reason,
                "フォルダを読めません。権限を確かめてもう一度実行してください。",
                "the folder cannot be read; check its permissions and run the import again"
            );
        }

        return scan.Done();
    }

    private void Add(ManifestLine line, string text, Func<ManifestLine, ImportItem?> find)
    {
        if (line.File is null)
        {
            var own = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())));
            Put(line.Provision is { } told ? $"provision\n{told}" : $"stated\n{own}", line, item: null, line);
            return;
        }

        if (find(line) is { } item)
        {
            var attempt = line.Provision is { } provision ? $"provision\n{provision}" : $"file\n{line.File}";
            Put(attempt, line, item, stated: null);
        }
    }

    private string? Resolve(ManifestLine line, string[] roots)
    {
        var name = line.File ?? "";
        var full = roots.Select(root => Path.GetFullPath(Path.Combine(root, name))).FirstOrDefault(File.Exists);
        if (full is null)
        {
            Refuse(
                line.Number,
                name,
                "ファイルがありません。置き場所かマニフェストを直してもう一度実行してください。",
                "there is no such file; put it there or correct the manifest, and run the import again"
            );
            return null;
        }

        // A manifest may come with the mails, from somebody else: it names what was handed over, nothing else on this machine.
        if (!Array.Exists(roots, root => full.StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal)))
        {
            Refuse(
                line.Number,
                name,
                "マニフェストのフォルダの外を指しています。中のファイルを指定してください。",
                "it leads out of the manifest's folder; name a file within it"
            );
            return null;
        }

        if (!_lineOf.TryAdd(full, line.Number))
        {
            Refuse(
                line.Number,
                name,
                $"{_lineOf[full]}行目と同じファイルです。どちらかの行を消してください。",
                $"the same file stands on line {_lineOf[full]}; remove one of the two"
            );
            return null;
        }

        return full;
    }

    private void Put(string attempt, ManifestLine line, ImportItem? item, ManifestLine? stated)
    {
        // One number may be in use at several organisations.
        var key = $"{line.Organization}\n{attempt}";
        if (!_provisions.TryGetValue(key, out var provision))
        {
            _provisions[key] = provision = (line, [], []);
            _order.Add(key);
        }

        if (item is not null)
        {
            provision.Items.Add(item);
        }

        if (stated is not null)
        {
            provision.Stated.Add(stated);
        }
    }

    private ImportPlan Done()
    {
        var provisions = new List<ImportProvision>();
        foreach (var key in _order)
        {
            var (first, items, stated) = _provisions[key];
            if (items.Count > IncomingProvision.MostItems)
            {
                var most = IncomingProvision.MostItems.ToString(CultureInfo.InvariantCulture);
                Refuse(
                    first.Number == 0 ? null : first.Number,
                    first.Provision ?? "",
                    $"1件の情報提供のファイルは{most}個までです({items.Count}個あります)。番号を分けてください。",
                    $"a provision has at most {most} files ({items.Count} here); divide it into several numbers"
                );
                continue;
            }

            provisions.Add(new ImportProvision(key, first, items, stated));
        }

        // A parser that has seen one organisation's mails never sees another's: a file in the order of time would start one for nearly each mail.
        return new ImportPlan([.. provisions.OrderBy(one => one.First.Organization, StringComparer.Ordinal)], _problems);
    }

    private void Refuse(int? line, string file, string ja, string en) => _problems.Add(new ImportProblem(line, file, ja, en));
}
