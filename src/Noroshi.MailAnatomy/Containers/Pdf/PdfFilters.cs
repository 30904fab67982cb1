using System.IO.Compression;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Bytes that all streams of one PDF together may decode to.</summary>
/// <param name="bytes">Bytes.</param>
internal sealed class PdfDecodeBudget(long bytes)
{
    /// <summary>Bytes that may still come out.</summary>
    public long Left { get; set; } = bytes;

    /// <summary>Some stream was cut because of a limit.</summary>
    public bool Hit { get; set; }
}

/// <summary>Decodes streams (ISO 32000-1, 7.4) up to a border; damage ends the output, it never throws.</summary>
internal static class PdfFilters
{
    private const int MaxFilters = 8;

    /// <summary>Whether a filter is for pictures: its output is no text, names or files.</summary>
    public static bool IsPicture(string filter) =>
        filter is "DCTDecode" or "DCT" or "JPXDecode" or "JBIG2Decode" or "CCITTFaxDecode" or "CCF";

    /// <summary>Decodes through the named filters in order.</summary>
    /// <param name="data">Stored bytes.</param>
    /// <param name="filters">Names of the filters with their parameters.</param>
    /// <param name="most">Bytes that may come out.</param>
    /// <param name="budget">Budget of the file.</param>
    /// <returns>What came out; null when a filter is for pictures or not known.</returns>
    public static byte[]? Decode(
        ReadOnlyMemory<byte> data,
        IReadOnlyList<(string Name, PdfValue Parameters)> filters,
        int most,
        PdfDecodeBudget budget
    )
    {
        if (filters.Count > MaxFilters)
        {
            budget.Hit = true;
            return null;
        }

        var current = data;
        foreach (var (name, parameters) in filters)
        {
            if (Step(current, name, parameters, (int)Math.Min(most, budget.Left), budget) is not { } next)
            {
                return null;
            }

            budget.Left -= next.Length;
            current = next;
        }

        return current.ToArray();
    }

    private static ReadOnlyMemory<byte>? Step(ReadOnlyMemory<byte> data, string name, PdfValue parameters, int most, PdfDecodeBudget budget)
    {
        switch (name)
        {
            case "FlateDecode" or "Fl":
                return PdfPredictor.Undo(Inflate(data, most, budget), parameters);
            case "LZWDecode" or "LZW":
                return PdfPredictor.Undo(PdfLzw.Decode(data.Span, parameters["EarlyChange"].Integer != 0, most, budget), parameters);
            case "ASCIIHexDecode" or "AHx":
                return AsciiHex(data.Span);
            case "ASCII85Decode" or "A85":
                return Ascii85(data.Span);
            case "RunLengthDecode" or "RL":
                return RunLength(data.Span, most, budget);
            case "Crypt":
                return data;
            default:
                return null;
        }
    }

    /// <summary>Inflates zlib data, also when its header or its check is wrong.</summary>
    internal static byte[] Inflate(ReadOnlyMemory<byte> data, int most, PdfDecodeBudget budget)
    {
        // Some writers put a line end before the data.
        var start = data;
        while (start.Length > 2 && start.Span[0] is (byte)'\r' or (byte)'\n')
        {
            start = start[1..];
        }

        var result = Pump(() => new ZLibStream(new ReadOnlyMemoryStream(start), CompressionMode.Decompress), most, budget);
        return result.Length == 0 && start.Length > 2
            ? Pump(() => new DeflateStream(new ReadOnlyMemoryStream(start[2..]), CompressionMode.Decompress), most, budget)
            : result;
    }

    private static byte[] Pump(Func<Stream> open, int most, PdfDecodeBudget budget)
    {
        using var output = new MemoryStream();
        try
        {
            using var stream = open();
            var buffer = new byte[16 << 10];
            int count;
            while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                var fits = Math.Min(count, most - (int)output.Length);
                output.Write(buffer, 0, Math.Max(fits, 0));
                if (fits < count)
                {
                    budget.Hit = true;
                    break;
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // Damaged data: what came out before is kept, as readers do.
        }

        return output.ToArray();
    }

    private static byte[] AsciiHex(ReadOnlySpan<byte> data)
    {
        var result = new byte[(data.Length / 2) + 1];
        var (length, half) = (0, -1);
        foreach (var one in data)
        {
            if (one == '>')
            {
                break;
            }

            var value = PdfLexer.Hex(one);
            if (value < 0)
            {
                continue;
            }

            if (half < 0)
            {
                half = value;
            }
            else
            {
                result[length++] = (byte)((half << 4) | value);
                half = -1;
            }
        }

        if (half >= 0)
        {
            result[length++] = (byte)(half << 4);
        }

        return result[..length];
    }

    private static byte[] Ascii85(ReadOnlySpan<byte> data)
    {
        using var output = new MemoryStream();
        uint group = 0;
        var count = 0;
        Span<byte> word = stackalloc byte[4];
        foreach (var one in data)
        {
            if (one == '~')
            {
                break;
            }

            if (one == 'z' && count == 0)
            {
                word.Clear();
                output.Write(word);
                continue;
            }

            if (one is < (byte)'!' or > (byte)'u')
            {
                continue;
            }

            group = unchecked((group * 85) + (uint)(one - '!'));
            if (++count == 5)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(word, group);
                output.Write(word);
                (group, count) = (0, 0);
            }
        }

        if (count > 1)
        {
            for (var i = count; i < 5; i++)
            {
                group = unchecked((group * 85) + 84);
            }

            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(word, group);
            output.Write(word[..(count - 1)]);
        }

        return output.ToArray();
    }

    private static byte[] RunLength(ReadOnlySpan<byte> data, int most, PdfDecodeBudget budget)
    {
        using var output = new MemoryStream();
        Span<byte> run = stackalloc byte[128];
        for (var at = 0; at < data.Length && data[at] != 128; )
        {
            int length = data[at++];
            if (output.Length + 128 > most)
            {
                budget.Hit = true;
                break;
            }

            if (length < 128)
            {
                var count = Math.Min(length + 1, data.Length - at);
                output.Write(data.Slice(at, count));
                at += count;
            }
            else if (at < data.Length)
            {
                run.Fill(data[at++]);
                output.Write(run[..Math.Min(257 - length, 128)]);
            }
        }

        return output.ToArray();
    }
}

/// <summary>LZW as in TIFF, most significant bit first (ISO 32000-1, 7.4.4).</summary>
internal static class PdfLzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int MaxCodes = 4096;

    /// <summary>Decodes.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> data, bool earlyChange, int most, PdfDecodeBudget budget)
    {
        using var output = new MemoryStream();
        var prefix = new int[MaxCodes];
        var suffix = new byte[MaxCodes];
        var length = new int[MaxCodes];
        for (var i = 0; i < 256; i++)
        {
            (prefix[i], suffix[i], length[i]) = (-1, (byte)i, 1);
        }

        var (next, width, previous) = (258, 9, -1);
        long bits = 0;
        var count = 0;
        var early = earlyChange ? 1 : 0;
        var word = new byte[MaxCodes + 1];
        foreach (var value in data)
        {
            bits = (bits << 8) | value;
            count += 8;
            while (count >= width)
            {
                var code = (int)((bits >> (count - width)) & ((1 << width) - 1));
                count -= width;
                if (code == End)
                {
                    return output.ToArray();
                }

                if (code == Clear)
                {
                    (next, width, previous) = (258, 9, -1);
                    continue;
                }

                if (code > next || (code == next && previous < 0) || (code > 257 && code >= next && previous < 0))
                {
                    return output.ToArray();
                }

                var known = code < next ? code : previous;
                var size = length[known];
                for (int at = size - 1, walk = known; at >= 0 && walk >= 0; at--, walk = prefix[walk])
                {
                    word[at] = suffix[walk];
                }

                var first = word[0];
                if (code == next)
                {
                    word[size++] = first;
                }

                if (output.Length + size > most)
                {
                    budget.Hit = true;
                    return output.ToArray();
                }

                output.Write(word, 0, size);
                if (previous >= 0 && next < MaxCodes)
                {
                    (prefix[next], suffix[next], length[next]) = (previous, first, length[previous] + 1);
                    next++;
                }

                previous = code;
                width =
                    next + early >= 2048 ? 12
                    : next + early >= 1024 ? 11
                    : next + early >= 512 ? 10
                    : 9;
            }
        }

        return output.ToArray();
    }
}

/// <summary>Undoes the predictors of ISO 32000-1, 7.4.4.4.</summary>
internal static class PdfPredictor
{
    /// <summary>Largest honest number of colours; more overflowed the row size of a well-known reader.</summary>
    public const long MostColours = 1 << 24;

    /// <summary>Undoes it; data whose parameters make no sense is given as it is.</summary>
    public static byte[] Undo(byte[] data, PdfValue parameters)
    {
        var predictor = parameters["Predictor"].Integer;
        var colours = Math.Max(1, parameters["Colors"].Integer);
        var depth = parameters["BitsPerComponent"].Integer is var stated and > 0 ? stated : 8;
        var columns = Math.Max(1, parameters["Columns"].Integer);
        if (predictor < 2 || colours > 32 || depth > 16 || columns > 1 << 20)
        {
            return data;
        }

        var row = (int)(((colours * depth * columns) + 7) / 8);
        var step = (int)Math.Max(1, colours * depth / 8);
        return predictor >= 10 ? Png(data, row, step)
            : depth == 8 ? Tiff(data, row, step)
            : data;
    }

    private static byte[] Tiff(byte[] data, int row, int step)
    {
        for (var start = 0; start < data.Length; start += row)
        {
            var end = Math.Min(start + row, data.Length);
            for (var i = start + step; i < end; i++)
            {
                data[i] += data[i - step];
            }
        }

        return data;
    }

    /// <summary>Rows of PNG, each behind the byte that names its filter (PNG, 9.2).</summary>
    internal static byte[] Png(byte[] data, int row, int step)
    {
        var rows = (data.Length + row) / (row + 1);
        var result = new byte[Math.Max(0, data.Length - rows)];
        var before = new byte[row];
        var current = new byte[row];
        var target = 0;
        for (var at = 0; at < data.Length; )
        {
            var filter = data[at++];
            var count = Math.Min(row, data.Length - at);
            current.AsSpan().Clear();
            data.AsSpan(at, count).CopyTo(current);
            at += count;
            Unfilter(filter, current, before, step);
            current.AsSpan(0, count).CopyTo(result.AsSpan(target));
            target += count;
            (before, current) = (current, before);
        }

        return result;
    }

    internal static void Unfilter(byte filter, byte[] current, byte[] before, int step)
    {
        for (var i = 0; i < current.Length && filter != 0; i++)
        {
            int left = i >= step ? current[i - step] : 0;
            int up = before[i];
            int corner = i >= step ? before[i - step] : 0;
            current[i] += (byte)(
                filter switch
                {
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => 0,
                }
            );
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left
            : b <= c ? up
            : corner;
    }
}
