using System.Globalization;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>One indirect object.</summary>
/// <param name="Number">Object number.</param>
/// <param name="Generation">Generation.</param>
/// <param name="At">Offset of the value in the file, or of the stream that holds the object.</param>
/// <param name="Value">Its value.</param>
internal sealed record PdfObject(int Number, int Generation, int At, PdfValue Value)
{
    /// <summary>Offset of the stream's data; -1 when the object is no stream.</summary>
    public int DataAt { get; init; } = -1;

    /// <summary>Bytes of the stream's data.</summary>
    public int DataLength { get; init; }

    /// <summary>Number of the object stream that holds the object; -1 for none.</summary>
    public int Holder { get; init; } = -1;
}

/// <summary>
/// The objects of a PDF, found by reading the file from front to back rather than by its cross-reference table: hostile and broken files
/// have tables that lie, and what no table mentions is shown here too. The last definition of a number wins, as with incremental updates.
/// </summary>
internal sealed class PdfFile
{
    /// <summary>Objects that are read.</summary>
    public const int MaxObjects = 60_000;

    private const int MaxTrailers = 64;
    private const int MaxHolders = 2_000;
    private const int MaxStream = 32 << 20;
    private const long MaxDecoded = 96L << 20;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<int, PdfObject> _latest = [];
    private readonly PdfAllowance _allowance = new();
    private int _noStreamEndFrom = int.MaxValue;
    private long _work;

    private PdfFile(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        // Values that are never closed run to the end of the file each: all together may read it a few times.
        _work = (4L * bytes.Length) + (1 << 20);
    }

    /// <summary>Every object in file order, those in object streams behind them.</summary>
    public List<PdfObject> Objects { get; } = [];

    /// <summary>Dictionaries of trailers and cross-reference streams in file order.</summary>
    public List<PdfValue> Trailers { get; } = [];

    /// <summary>Bytes all streams together may decode to.</summary>
    public PdfDecodeBudget Decoding { get; } = new(MaxDecoded);

    /// <summary>A limit stopped the reading.</summary>
    public bool Limited => Objects.Count >= MaxObjects || _allowance.Values < 0 || _work < 0 || Decoding.Hit || Decoding.Left <= 0;

    /// <summary>Nesting no reader would take.</summary>
    public bool TooDeep => _allowance.TooDeep;

    /// <summary>Cross-reference streams rather than tables (or both).</summary>
    public bool HasCrossReferenceStream { get; private set; }

    /// <summary>Object streams.</summary>
    public int ObjectStreams { get; private set; }

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a file. Never throws on bytes; time is linear in them.</summary>
    public static PdfFile Read(ReadOnlyMemory<byte> bytes)
    {
        var file = new PdfFile(bytes);
        file.ReadObjects();
        file.ReadTrailers();
        return file;
    }

    /// <summary>The entry of the last trailer that has it, not resolved.</summary>
    public PdfValue Trailer(string key)
    {
        for (var i = Trailers.Count - 1; i >= 0; i--)
        {
            if (Trailers[i].Has(key, out var value) && value.Kind != PdfKind.Null)
            {
                return value;
            }
        }

        return PdfValue.Null;
    }

    /// <summary>The last definition of an object; null when there is none.</summary>
    public PdfObject? Find(int number) => _latest.GetValueOrDefault(number);

    /// <summary>Follows references, as far as they lead somewhere.</summary>
    public PdfValue Resolve(PdfValue value)
    {
        for (var steps = 0; steps < 16 && value.Kind == PdfKind.Reference; steps++)
        {
            if (Find(value.Target) is not { } found)
            {
                return PdfValue.Null;
            }

            value = found.Value;
        }

        return value.Kind == PdfKind.Reference ? PdfValue.Null : value;
    }

    /// <summary>The entry of a dictionary, resolved.</summary>
    public PdfValue Get(PdfValue map, string key) => Resolve(map[key]);

    /// <summary>The stream a reference leads to; null when it leads elsewhere.</summary>
    public PdfObject? Stream(PdfValue reference) => Find(reference.Target) is { DataAt: >= 0 } found ? found : null;

    /// <summary>Stored bytes of a stream.</summary>
    public ReadOnlyMemory<byte> Raw(PdfObject stream) => stream.DataAt < 0 ? default : _bytes.Slice(stream.DataAt, stream.DataLength);

    /// <summary>Filters of a stream with their parameters.</summary>
    public List<(string Name, PdfValue Parameters)> Filters(PdfValue map)
    {
        var filter = Resolve(map.Has("Filter", out var long_) ? long_ : map["F"]);
        var parameters = Resolve(map.Has("DecodeParms", out var longParameters) ? longParameters : map["DP"]);
        var result = new List<(string, PdfValue)>();
        if (filter.Kind == PdfKind.Name)
        {
            result.Add(
                (filter.Name, parameters.Kind == PdfKind.List && parameters.Items.Count > 0 ? Resolve(parameters.Items[0]) : parameters)
            );
        }

        for (var i = 0; filter.Kind == PdfKind.List && i < Math.Min(filter.Items.Count, 16); i++)
        {
            var own = parameters.Kind == PdfKind.List && i < parameters.Items.Count ? Resolve(parameters.Items[i]) : PdfValue.Null;
            result.Add((Resolve(filter.Items[i]).Name, own));
        }

        return result;
    }

    /// <summary>Decoded bytes of a stream, within the budget of the file; null for pictures and unknown filters.</summary>
    /// <param name="stream">A stream.</param>
    /// <param name="most">Bytes that may come out.</param>
    public byte[]? Decode(PdfObject stream, int most = MaxStream) =>
        PdfFilters.Decode(Raw(stream), Filters(stream.Value), Math.Min(most, MaxStream), Decoding);

    /// <summary>Reads the objects in object streams (7.5.7), decrypted first when the file is encrypted.</summary>
    /// <param name="decrypt">Decrypts stored bytes of a stream; null for a file in clear.</param>
    public void OpenObjectStreams(Func<PdfObject, ReadOnlyMemory<byte>>? decrypt = null)
    {
        var holders = Objects.Where(one => one.DataAt >= 0 && one.Value["Type"].Is("ObjStm")).Take(MaxHolders).ToList();
        ObjectStreams = holders.Count;
        foreach (var holder in holders)
        {
            var stored = decrypt is null ? Raw(holder) : decrypt(holder);
            if (PdfFilters.Decode(stored, Filters(holder.Value), MaxStream, Decoding) is { } content)
            {
                ReadHeld(holder, content);
            }
        }
    }

    private void ReadHeld(PdfObject holder, byte[] content)
    {
        var count = Resolve(holder.Value["N"]).Integer;
        var first = Resolve(holder.Value["First"]).Integer;
        if (count <= 0 || first <= 0 || first >= content.Length)
        {
            return;
        }

        var index = new PdfLexer(content.AsSpan(0, (int)first), 0, _allowance);
        for (var i = 0; i < Math.Min(count, MaxObjects) && Objects.Count < MaxObjects && _allowance.Values > 0; i++)
        {
            index.SkipSpace();
            if (index.At >= first)
            {
                break;
            }

            var number = index.Read().Integer;
            var at = index.Read().Integer;
            if (number is < 0 or > int.MaxValue || at < 0 || first + at >= content.Length)
            {
                continue;
            }

            var lexer = new PdfLexer(content, (int)(first + at), _allowance);
            Add(new PdfObject((int)number, 0, holder.At, lexer.Read()) { Holder = holder.Number });
        }
    }

    private void Add(PdfObject found)
    {
        Objects.Add(found);
        if (!_latest.TryGetValue(found.Number, out var other) || other.At <= found.At)
        {
            _latest[found.Number] = found;
        }
    }

    private void ReadObjects()
    {
        var bytes = _bytes.Span;
        for (var at = 0; at < bytes.Length && Objects.Count < MaxObjects && _allowance.Values > 0 && _work >= 0; )
        {
            var word = bytes[at..].IndexOf("obj"u8);
            if (word < 0)
            {
                return;
            }

            word += at;
            at = word + 3;
            if (!HeadBefore(bytes, word, out var number, out var generation))
            {
                continue;
            }

            var lexer = new PdfLexer(bytes, at, _allowance);
            var value = lexer.Read();
            _work -= lexer.At - at;
            var found = new PdfObject(number, generation, word, value);
            // A value that runs to the end of the file was never closed: the objects in it are looked for all the same.
            var end = lexer.At;
            if (value.Kind == PdfKind.Map && lexer.Take("stream"u8))
            {
                found = WithData(found, lexer.At);
                end = Math.Max(lexer.At, found.DataAt + found.DataLength);
            }

            Add(found);
            at = end >= bytes.Length && found.DataAt < 0 ? at : end;
            if (value.Kind == PdfKind.Map && value["Type"].Is("XRef"))
            {
                HasCrossReferenceStream = true;
                AddTrailer(value);
            }
        }
    }

    private void AddTrailer(PdfValue value)
    {
        if (Trailers.Count < MaxTrailers)
        {
            Trailers.Add(value);
        }
    }

    /// <summary>Reads "12 0 " backwards from the word obj.</summary>
    private static bool HeadBefore(ReadOnlySpan<byte> bytes, int word, out int number, out int generation)
    {
        (number, generation) = (0, 0);
        var at = word;
        return NumberBefore(bytes, ref at, out generation, needsSpace: false) && NumberBefore(bytes, ref at, out number, needsSpace: true);
    }

    private static bool NumberBefore(ReadOnlySpan<byte> bytes, ref int at, out int number, bool needsSpace)
    {
        number = 0;
        var end = at;
        while (end > 0 && at - end < 8 && PdfLexer.IsSpace(bytes[end - 1]))
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start < 10 && char.IsAsciiDigit((char)bytes[start - 1]))
        {
            start--;
        }

        if (start == end || (needsSpace && end == at))
        {
            return false;
        }

        at = start;
        return int.TryParse(bytes[start..end], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Where the data of a stream stands: the stated length when it leads to the end mark, else up to the next end mark.</summary>
    private PdfObject WithData(PdfObject found, int at)
    {
        var bytes = _bytes.Span;
        at += at < bytes.Length && bytes[at] == '\r' ? 1 : 0;
        at += at < bytes.Length && bytes[at] == '\n' ? 1 : 0;
        at = Math.Min(at, bytes.Length);
        var stated = Resolve(found.Value["Length"]).Integer;
        if (stated >= 0 && at + stated <= bytes.Length)
        {
            var behind = bytes[(int)(at + stated)..];
            behind = behind[..Math.Min(behind.Length, 16)].TrimStart("\r\n \t"u8);
            if (behind.StartsWith("endstream"u8))
            {
                return found with { DataAt = at, DataLength = (int)stated };
            }
        }

        if (at >= _noStreamEndFrom)
        {
            return found with { DataAt = at, DataLength = 0 };
        }

        var end = bytes[at..].IndexOf("endstream"u8);
        if (end < 0)
        {
            _noStreamEndFrom = at;
            // Cut in the middle of a stream: all that is left is its data.
            return found with { DataAt = at, DataLength = bytes.Length - at };
        }

        var length = end;
        length -= length > 0 && bytes[at + length - 1] == '\n' ? 1 : 0;
        length -= length > 0 && bytes[at + length - 1] == '\r' ? 1 : 0;
        return found with { DataAt = at, DataLength = length };
    }

    private void ReadTrailers()
    {
        var bytes = _bytes.Span;
        for (var at = 0; Trailers.Count < MaxTrailers && _work >= 0; )
        {
            var word = bytes[at..].IndexOf("trailer"u8);
            if (word < 0)
            {
                return;
            }

            at += word + 7;
            var lexer = new PdfLexer(bytes, at, _allowance);
            var value = lexer.Read();
            _work -= lexer.At - at;
            if (value.Kind == PdfKind.Map)
            {
                Trailers.Add(value);
            }
        }
    }
}
