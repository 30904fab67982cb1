namespace Noroshi.Server.Analysis;

/// <summary>
/// Rendered entries on disk, so that the memory of a run does not grow with its size. The file holds evidence: only its owner may read
/// it, and it loses its name as soon as it is open, so that nothing stays behind however the run ends.
/// </summary>
/// <param name="folder">The temporary folder.</param>
internal sealed class Spool(string folder) : IDisposable
{
    private readonly FileStream _file = Create(folder);

    private readonly List<(string File, string Key, long Offset, int Length)> _entries = [];
    private readonly Dictionary<string, int> _replaced = new(StringComparer.Ordinal);
    private long _length;

    /// <summary>Adds a rendered entry.</summary>
    public void Add(string file, string key, ReadOnlySpan<byte> rendered)
    {
        _entries.Add((file, key, _length, rendered.Length));
        _length += rendered.Length;
        try
        {
            _file.Write(rendered);
        }
        catch (IOException error)
        {
            throw new SpoolException(error.Message, error) { Folder = folder };
        }
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
        Flush();
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

    private void Flush()
    {
        try
        {
            _file.Flush();
        }
        catch (IOException error)
        {
            throw new SpoolException(error.Message, error) { Folder = folder };
        }
    }

    private static FileStream Create(string folder)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }

            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException(error.Message, error) { Folder = folder };
        }
    }

    private static int Compare(
        (string File, string Key, long Offset, int Length) a,
        (string File, string Key, long Offset, int Length) b
    ) => string.CompareOrdinal(a.File, b.File) is var byFile and not 0 ? byFile : string.CompareOrdinal(a.Key, b.Key);

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What could not be written on a full disk was reported when it was added.
        }
    }
}

/// <summary>The temporary folder does not take the results.</summary>
internal sealed class SpoolException : Exception
{
    public SpoolException() { }

    public SpoolException(string message)
        : base(message) { }

    public SpoolException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>The temporary folder.</summary>
    public string Folder { get; init; } = "";
}
