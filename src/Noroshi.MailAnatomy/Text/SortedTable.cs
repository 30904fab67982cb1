using System.Text;

namespace Noroshi.MailAnatomy.Text;

/// <summary>
/// A table of names shipped as an embedded text file whose lines are ordered by bytes. The bytes themselves are searched:
/// a worker lives for one mail, so building a dictionary of ten thousand names would cost more than all look-ups.
/// </summary>
internal sealed class SortedTable
{
    private const string VersionPrefix = "# version: ";
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly (int Start, int End)[] _byFirst = new (int, int)[256];

    private SortedTable(byte[] bytes)
    {
        _bytes = bytes;
        while (_start < bytes.Length && bytes[_start] == (byte)'#')
        {
            var line = LineFrom(_start);
            var text = Encoding.UTF8.GetString(line);
            if (text.StartsWith(VersionPrefix, StringComparison.Ordinal))
            {
                Version = text[VersionPrefix.Length..];
            }

            _start += line.Length + 1;
        }

        for (var start = _start; start < bytes.Length; )
        {
            var end = FirstBehind(bytes[start], start);
            _byFirst[bytes[start]] = (start, end);
            start = end;
        }
    }

    /// <summary>Version in the table's head; empty when it has none.</summary>
    public string Version { get; } = "";

    /// <summary>All lines in their order (for tests).</summary>
    public IEnumerable<string> Lines =>
        Encoding.UTF8.GetString(_bytes.AsSpan(Math.Min(_start, _bytes.Length))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines after the head as bytes.</summary>
    public ReadOnlySpan<byte> Body => _bytes.AsSpan(Math.Min(_start, _bytes.Length));

    /// <summary>Reads the embedded table; an absent one is empty.</summary>
    public static SortedTable Load(string name)
    {
        using var stream = typeof(SortedTable).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return new SortedTable([]);
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SortedTable(bytes);
    }

    /// <summary>Looks a name up.</summary>
    /// <param name="key">The name, ASCII lower case.</param>
    /// <param name="mark">The letter after the name, 0 when the line has none.</param>
    public bool TryFind(ReadOnlySpan<byte> key, out byte mark)
    {
        mark = 0;
        if (key.IsEmpty)
        {
            return false;
        }

        var (low, high) = _byFirst[key[0]];
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var lineStart = low + _bytes.AsSpan(low, middle - low).LastIndexOf((byte)'\n') + 1;
            var line = LineFrom(lineStart);
            var space = line.IndexOf((byte)' ');
            var order = key.SequenceCompareTo(space < 0 ? line : line[..space]);
            if (order == 0)
            {
                mark = space < 0 || space + 1 >= line.Length ? (byte)0 : line[space + 1];
                return true;
            }

            if (order < 0)
            {
                high = lineStart;
            }
            else
            {
                low = lineStart + line.Length + 1;
            }
        }

        return false;
    }

    /// <summary>Start of the first line behind <paramref name="low"/> whose first byte is greater.</summary>
    private int FirstBehind(byte first, int low)
    {
        for (var high = _bytes.Length; low < high; )
        {
            var middle = (low + high) >>> 1;
            var lineStart = low + _bytes.AsSpan(low, middle - low).LastIndexOf((byte)'\n') + 1;
            if (_bytes[lineStart] > first)
            {
                high = lineStart;
            }
            else
            {
                low = Math.Min(lineStart + LineFrom(lineStart).Length + 1, _bytes.Length);
            }
        }

        return low;
    }

    private ReadOnlySpan<byte> LineFrom(int start)
    {
        var rest = _bytes.AsSpan(start);
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }
}
