namespace Noroshi.Server.Analysis;

/// <summary>
/// Rendered entries on disk, so that the memory of a run does not grow with its size. The file has no name of its own in the results and
/// is removed by the system when it is closed.
/// </summary>
internal sealed class Spool : IDisposable
{
    private readonly FileStream _file = new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), OwnEyesOnly());

    private readonly List<(string File, string Key, long Offset, int Length)> _entries = [];
    private readonly Dictionary<string, int> _replaced = new(StringComparer.Ordinal);

    /// <summary>Number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a rendered entry.</summary>
    public void Add(string file, string key, ReadOnlySpan<byte> rendered)
    {
        _entries.Add((file, key, _file.Length, rendered.Length));
        _file.Position = _file.Length;
        _file.Write(rendered);
    }

    /// <summary>Takes a later rendering for the entry of that key.</summary>
    public void Replace(string file, string key, ReadOnlySpan<byte> rendered)
    {
        _replaced[key] = _entries.Count;
        Add(file, key, rendered);
    }

    /// <summary>Copies the entries to a stream, ordered by file, then key (ordinal), with a separator between them.</summary>
    public void CopyTo(Stream target, ReadOnlySpan<byte> separator)
    {
        var order = Enumerable
            .Range(0, _entries.Count)
            .Where(i => !_replaced.TryGetValue(_entries[i].Key, out var latest) || latest == i)
            .ToArray();
        Array.Sort(order, (a, b) => Compare(_entries[a], _entries[b]) is var byName and not 0 ? byName : a.CompareTo(b));
        var buffer = new byte[1 << 16];
        var first = true;
        foreach (var i in order)
        {
            if (!first)
            {
                target.Write(separator);
            }

            first = false;
            _file.Position = _entries[i].Offset;
            for (var left = _entries[i].Length; left > 0; )
            {
                var count = _file.Read(buffer, 0, Math.Min(left, buffer.Length));
                target.Write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static FileStreamOptions OwnEyesOnly()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static int Compare(
        (string File, string Key, long Offset, int Length) a,
        (string File, string Key, long Offset, int Length) b
    ) => string.CompareOrdinal(a.File, b.File) is var byFile and not 0 ? byFile : string.CompareOrdinal(a.Key, b.Key);

    public void Dispose() => _file.Dispose();
}
