namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>The entries of a compound file by the storage they lie in, and which storages are documents of their own.</summary>
internal sealed class CompoundTree
{
    private const int MaxDocuments = 128;

    private static readonly string[] MainStreams =
    [
        "WordDocument",
        "Workbook",
        "Book",
        "PowerPoint Document",
        "VisioDocument",
        "DocumentText",
        "JSCompDocument",
        "EncryptedPackage",
        "__properties_version1.0",
    ];

    private static readonly string[] Extensions = ["doc", "xls", "xls", "ppt", "vsd", "jtd", "jtd", "docx", "msg"];

    private readonly Dictionary<string, List<CompoundEntry>> _children = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(CompoundEntry Storage, string Extension)> _documents = [];

    /// <summary>Sorts the entries.</summary>
    public CompoundTree(ref CompoundFile file)
    {
        foreach (var entry in file.Entries)
        {
            if (entry.Orphan)
            {
                continue;
            }

            var parent = ParentOf(entry);
            if (!_children.TryGetValue(parent, out var list))
            {
                _children[parent] = list = [];
            }

            list.Add(entry);
            if (!entry.IsStream)
            {
                Storages.Add(entry);
            }
        }

        foreach (var storage in Storages)
        {
            if (_documents.Count < MaxDocuments && ExtensionOf(storage) is { } extension && !IsWithinDocument(storage.Path))
            {
                _documents.Add((storage, extension));
            }
        }
    }

    /// <summary>Every storage but the root.</summary>
    public List<CompoundEntry> Storages { get; } = [];

    /// <summary>Storages that hold a document of their own, outermost only, with the extension it would have as a file.</summary>
    public IReadOnlyList<(CompoundEntry Storage, string Extension)> Documents => _documents;

    /// <summary>What lies in a storage; <c>""</c> is the root.</summary>
    public IReadOnlyList<CompoundEntry> In(string storage) => _children.TryGetValue(storage, out var list) ? list : [];

    /// <summary>The stream of that name in a storage, letter case ignored.</summary>
    public CompoundEntry? Stream(string storage, string name)
    {
        foreach (var entry in In(storage))
        {
            if (entry.IsStream && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether a path lies within a document of its own (or is one).</summary>
    public bool IsWithinDocument(string path)
    {
        foreach (var (storage, _) in _documents)
        {
            if (
                path.StartsWith(storage.Path, StringComparison.OrdinalIgnoreCase)
                && (path.Length == storage.Path.Length || path[storage.Path.Length] == '/')
            )
            {
                return true;
            }
        }

        return false;
    }

    // A name may hold a slash of its own, so the parent is what stands before the whole name.
    private static string ParentOf(CompoundEntry entry) =>
        entry.Path.Length > entry.Name.Length ? entry.Path[..(entry.Path.Length - entry.Name.Length - 1)] : "";

    private string? ExtensionOf(CompoundEntry storage)
    {
        for (var i = 0; i < MainStreams.Length; i++)
        {
            if (Stream(storage.Path, MainStreams[i]) is not null)
            {
                return Extensions[i];
            }
        }

        return null;
    }
}
