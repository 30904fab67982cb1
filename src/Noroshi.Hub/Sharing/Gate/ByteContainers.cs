using System.IO.Compression;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>Bytes that hold others: ZIP (also DOCX and XLSX), gzip, zlib streams wherever they stand (PDF), raw deflate.</summary>
internal static class ByteContainers
{
    private const int LongestName = 4_096;
    private const int MostEntries = 4_096;
    private const int MostStreams = 512;
    private const int ShortestDeflate = 12;
    private const int ShortestText = 8;

    /// <summary>What was found inside.</summary>
    internal sealed record Packed(IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content, string Kind)> Entries, bool Incomplete);

    private static readonly byte[] Gzip = [0x1F, 0x8B, 0x08];

    /// <summary>Signatures of archives that the gate does not open: what it cannot see does not leave.</summary>
    private static readonly byte[][] Closed =
    [
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
        [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07],
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
        [0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59],
        [0x28, 0xB5, 0x2F, 0xFD],
        [0x4D, 0x53, 0x43, 0x46, 0x00],
    ];

    /// <summary>Opens what can be opened.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <param name="budget">Most bytes that may come out.</param>
    public static Packed Open(ReadOnlyMemory<byte> bytes, long budget)
    {
        var span = bytes.Span;
        foreach (var signature in Closed)
        {
            if (span.StartsWith(signature))
            {
                return new Packed([], true);
            }
        }

        if (span.StartsWith("PK\x03\x04"u8) || span.StartsWith("PK\x05\x06"u8))
        {
            return Zip(bytes, budget);
        }

        var entries = new List<(string, ReadOnlyMemory<byte>, string)>();
        var left = budget;
        var incomplete = false;
        for (var at = span.IndexOf(Gzip); at >= 0; at = Next(span, at))
        {
            if (
                Inflate(bytes[at..], stream => new GZipStream(stream, CompressionMode.Decompress), ref left, out var cut) is
                { Length: > 0 } content
            )
            {
                entries.Add(("", content, "gzip"));
                incomplete |= cut;
            }
            else
            {
                // At the start it is what it says; in the middle of something the three bytes are an accident.
                incomplete |= at == 0;
            }
        }

        foreach (var at in ZlibStarts(span))
        {
            if (
                Inflate(bytes[at..], stream => new ZLibStream(stream, CompressionMode.Decompress), ref left, out var cut) is
                { Length: > 0 } content
            )
            {
                entries.Add(("", content, "zlib"));
                incomplete |= cut;
            }

            if (entries.Count >= MostStreams)
            {
                incomplete = true;
                break;
            }
        }

        if (entries.Count == 0 && span.Length >= ShortestDeflate && !System.Text.Unicode.Utf8.IsValid(span))
        {
            if (
                Inflate(bytes, stream => new DeflateStream(stream, CompressionMode.Decompress), ref left, out _)
                    is { Length: >= ShortestText } raw
                && System.Text.Unicode.Utf8.IsValid(raw)
            )
            {
                entries.Add(("", raw, "deflate"));
            }
        }

        return new Packed(entries, incomplete);
    }

    private static Packed Zip(ReadOnlyMemory<byte> bytes, long budget)
    {
        var entries = new List<(string, ReadOnlyMemory<byte>, string)>();
        var left = budget;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            var names =
                $"{archive.Comment}\n{string.Join('\n', archive.Entries.Take(MostEntries).Select(entry => $"{entry.FullName}\n{entry.Comment}"))}";
            entries.Add((names.Length <= LongestName * MostEntries ? names : "", ReadOnlyMemory<byte>.Empty, "zip"));
            foreach (var entry in archive.Entries.Take(MostEntries))
            {
                using var content = entry.Open();
                var read = ReadAll(content, ref left, out var cut);
                if (cut || entry.IsEncrypted)
                {
                    return new Packed(entries, true);
                }

                entries.Add(("", read, "zip"));
            }

            return new Packed(entries, archive.Entries.Count > MostEntries);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return new Packed(entries, true);
        }
    }

    private static int Next(ReadOnlySpan<byte> span, int at)
    {
        var next = span[(at + 1)..].IndexOf(Gzip);
        return next < 0 ? -1 : at + 1 + next;
    }

    /// <summary>Places where the two bytes of RFC 1950 stand, with a right check value and deflate as method.</summary>
    private static IReadOnlyList<int> ZlibStarts(ReadOnlySpan<byte> span)
    {
        var starts = new List<int>();
        for (var at = 0; at + 6 < span.Length; at++)
        {
            if (
                (span[at] & 0x0F) == 8
                && span[at] <= 0x78
                && ((span[at] << 8) | span[at + 1]) % 31 == 0
                && (span[at + 1] & 0x20) == 0
                && (at == 0 || !IsText(span[at - 1], span[at], span[at + 1]))
            )
            {
                starts.Add(at);
            }
        }

        return starts;
    }

    /// <summary>Letters of an ordinary text fulfil the check by accident, too ("x" and "^").</summary>
    private static bool IsText(byte before, byte first, byte second) =>
        before is >= 0x20 and < 0x7F && first < 0x7F && second is >= 0x20 and < 0x7F;

    private static byte[]? Inflate(ReadOnlyMemory<byte> bytes, Func<Stream, Stream> open, ref long left, out bool cut)
    {
        try
        {
            using var stream = open(new MemoryStream(bytes.ToArray(), writable: false));
            return ReadAll(stream, ref left, out cut);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            cut = false;
            return null;
        }
    }

    private static byte[] ReadAll(Stream stream, ref long left, out bool cut)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16_384];
        cut = false;
        while (true)
        {
            int read;
            try
            {
                read = stream.Read(buffer);
            }
            catch (InvalidDataException) when (whole.Length > 0)
            {
                // A stream that ends in rubbish was still readable so far.
                return whole.ToArray();
            }

            if (read == 0)
            {
                return whole.ToArray();
            }

            left -= read;
            if (left < 0)
            {
                cut = true;
                return whole.ToArray();
            }

            whole.Write(buffer, 0, read);
        }
    }
}
