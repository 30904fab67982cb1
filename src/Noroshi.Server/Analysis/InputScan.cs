using Noroshi.Hub.Intake;

namespace Noroshi.Server.Analysis;

/// <summary>A file to read, with what is known of it before.</summary>
/// <param name="FullPath">Where to read it.</param>
/// <param name="Provenance">File name in results, organisation, window.</param>
/// <param name="Named">Somebody named this very file: it may be a pipe.</param>
internal sealed record Input(string FullPath, Provenance Provenance, bool Named = false);

/// <summary>What a scan found.</summary>
/// <param name="Inputs">Inputs in the order of their names (ordinal); equal names in the order in which they were asked for.</param>
/// <param name="Unread">Folders that the file system refused to list, with the reason.</param>
/// <param name="Strangers">Organisations that the members file does not know; empty without a members file.</param>
/// <param name="Stated">Manifest lines without a file: what was told by telephone.</param>
internal sealed record FoundInputs(
    IReadOnlyList<Input> Inputs,
    IReadOnlyList<string> Unread,
    IReadOnlyList<string> Strangers,
    IReadOnlyList<ManifestLine> Stated
);

/// <summary>Finds the inputs of a run: by manifest, by the folder convention <c>ORGANISATION/WINDOW/**</c>, or single files.</summary>
internal sealed class InputScan
{
    private static readonly string[] MailExtensions = [".eml", ".msg", ".mbox", ".zip"];

    private readonly Members? _members;
    private readonly List<Input> _inputs = [];
    private readonly List<string> _unread = [];
    private readonly List<ManifestLine> _stated = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private InputScan(Members? members) => _members = members;

    /// <summary>Finds what paths and manifest name. A manifest's lines come with what they state.</summary>
    /// <exception cref="FileNotFoundException">A path or a manifest's file does not exist; the message names it.</exception>
    /// <exception cref="IntakeFileException">The manifest is not of the contract's form.</exception>
    public static FoundInputs Find(IReadOnlyList<string> paths, string? manifestPath, Members? members)
    {
        var scan = new InputScan(members);
        if (manifestPath is not null)
        {
            scan.AddManifest(manifestPath, paths);
        }

        foreach (var path in paths)
        {
            scan.AddPath(path);
        }

        return new FoundInputs(
            [.. scan._inputs.OrderBy(input => input.Provenance.File, StringComparer.Ordinal)],
            scan._unread,
            members is null
                ? []
                :
                [
                    .. scan
                        ._inputs.Where(input =>
                            input.Provenance is { Member: null, Organization: not null } && input.Provenance.Organization != members.Hub?.Id
                        )
                        .Select(input => input.Provenance.Organization ?? "")
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal),
                ],
            scan._stated
        );
    }

    private void AddPath(string path)
    {
        if (Directory.Exists(path))
        {
            // A folder that a manifest describes is not read by the convention: what the manifest leaves out has no organisation.
            var root = Path.GetFullPath(path);
            var described = _seen.Any(full => full.StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal));
            AddFolder(root, byConvention: !described);
        }
        else if (File.Exists(path))
        {
            Add(Path.GetFullPath(path), new Provenance(Path.GetFileName(path), null, null, null, null), named: true);
        }
        else
        {
            throw new FileNotFoundException(path, path);
        }
    }

    private void AddManifest(string manifestPath, IReadOnlyList<string> paths)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath)) ?? "/";
        var roots = paths.Where(Directory.Exists).Select(Path.GetFullPath).Prepend(folder).ToList();
        var lineOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Manifest.Read(File.ReadLines(manifestPath)))
        {
            if (line.File is null)
            {
                _stated.Add(line);
                continue;
            }

            var full =
                roots.Select(root => Path.GetFullPath(Path.Combine(root, line.File))).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException($"{manifestPath}: line {line.Number}: {line.File}", line.File);

            // A manifest may come with the mails, from somebody else: it names what was handed over, nothing else on this machine.
            if (!roots.Exists(root => full.StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal)))
            {
                throw new IntakeFileException($"line {line.Number}: '{line.File}' leads out of the manifest's folder and of every PATH");
            }

            if (!lineOf.TryAdd(full, line.Number))
            {
                throw new IntakeFileException($"line {line.Number}: '{line.File}' stands on line {lineOf[full]} already");
            }

            Add(full, new Provenance(line.File, _members?.Find(line.Organization), line.Organization, line.Window, line));
        }
    }

    private void AddFolder(string root, bool byConvention)
    {
        var waiting = new Stack<string>([root]);
        while (waiting.TryPop(out var folder))
        {
            foreach (var (full, isFolder) in List(folder))
            {
                if (isFolder)
                {
                    waiting.Push(full);
                }
                else if (MailExtensions.Contains(Path.GetExtension(full), StringComparer.OrdinalIgnoreCase))
                {
                    AddFound(root, full, byConvention);
                }
            }
        }
    }

    private void AddFound(string root, string full, bool byConvention)
    {
        var relative = Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/');
        var parts = byConvention ? relative.Split('/') : [];
        var organization = parts.Length > 1 ? parts[0] : null;
        var window = parts.Length > 2 ? parts[1] : null;
        Add(full, new Provenance(relative, _members?.Find(organization), organization, window, null));
    }

    /// <summary>
    /// Files and folders of a folder. Links to folders are not followed: they may lead out of what was asked for, or around in a circle.
    /// Hidden names are passed over, as <c>**</c> of the convention does.
    /// </summary>
    private List<(string Full, bool IsFolder)> List(string folder)
    {
        var options = new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            IgnoreInaccessible = false,
        };
        try
        {
            var found = new List<(string, bool)>();
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options))
            {
                var isFolder = entry is DirectoryInfo;
                if (!isFolder || !entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    found.Add((entry.FullName, isFolder));
                }
            }

            return found;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _unread.Add(error.Message);
            return [];
        }
    }

    private void Add(string full, Provenance provenance, bool named = false)
    {
        // Names that are no UTF-8 come with a replacement character and may look alike although they are different files.
        if (_seen.Add(full) || full.Contains('\uFFFD', StringComparison.Ordinal))
        {
            _inputs.Add(new Input(full, provenance, named));
        }
    }
}
