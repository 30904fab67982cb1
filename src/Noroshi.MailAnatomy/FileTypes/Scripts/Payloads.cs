using System.Globalization;
using System.IO.Compression;
using System.Text;
using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.FileTypes.Scripts;

/// <summary>What the literals of a source decode to.</summary>
/// <param name="Texts">Texts, scripts among them.</param>
/// <param name="Files">Files of a known type with the kind of literal they came from.</param>
/// <param name="Limited">There was more than is decoded.</param>
internal sealed record Payload(IReadOnlyList<string> Texts, IReadOnlyList<(byte[] Bytes, string Type, string Where)> Files, bool Limited);

/// <summary>Decodes literals, those within decoded texts too, as far as they become text or a known type of file.</summary>
internal static class Payloads
{
    private const int MaxDepth = 3;
    private const int MaxBytes = 32 << 20;
    private const int MaxTexts = 32;
    private const int MaxFiles = 16;
    private const int ShortestText = 12;
    private const int ShortestFile = 24;

    /// <summary>Decodes what stands in the text.</summary>
    public static Payload Of(string source)
    {
        var texts = new List<string>();
        var files = new List<(byte[] Bytes, string Type, string Where)>();
        var seen = new HashSet<(int, ulong)>();
        var open = new Queue<(string Text, int Depth)>();
        open.Enqueue((source, 0));
        var left = MaxBytes;
        var limited = false;
        while (open.TryDequeue(out var next))
        {
            foreach (var literal in Literals.Find(next.Text))
            {
                left -= literal.Bytes.Length;
                if (left < 0 || texts.Count >= MaxTexts || files.Count >= MaxFiles)
                {
                    limited = true;
                    break;
                }

                if (!seen.Add((literal.Bytes.Length, Mark(literal.Bytes))))
                {
                    continue;
                }

                var where = string.Create(CultureInfo.InvariantCulture, $"{literal.Kind} at character {literal.At}");
                foreach (var bytes in Views(literal.Bytes))
                {
                    if (Text(bytes) is { } text)
                    {
                        texts.Add(text);
                        if (next.Depth + 1 < MaxDepth)
                        {
                            open.Enqueue((text, next.Depth + 1));
                        }

                        break;
                    }

                    if (TypeOf(bytes) is { } type)
                    {
                        files.Add((bytes, type, where));
                        break;
                    }
                }
            }
        }

        return new Payload(texts, files, limited);
    }

    /// <summary>The bytes, and what they inflate to when they are bare compressed data, as PowerShell stagers carry it.</summary>
    private static IEnumerable<byte[]> Views(byte[] bytes)
    {
        yield return bytes;
        if (bytes.Length < ShortestFile || bytes is [0x1F, 0x8B, ..] || Text(bytes) is not null || TypeOf(bytes) is not null)
        {
            yield break;
        }

        if (Inflate(bytes) is { Length: >= ShortestText } plain)
        {
            yield return plain;
        }
    }

    private static byte[]? Inflate(byte[] bytes)
    {
        try
        {
            using var stream = new DeflateStream(new ReadOnlyMemoryStream(bytes), CompressionMode.Decompress);
            var plain = new byte[Math.Min(1 << 20, bytes.Length * 20)];
            var length = stream.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
            return plain[..length];
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>The bytes as text when they are one; null when they are not.</summary>
    internal static string? Text(byte[] bytes)
    {
        if (bytes.Length < ShortestText)
        {
            return null;
        }

        if (TextSample.IsUtf16(bytes, out var big))
        {
            return Readable((big ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes));
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? Readable(Encoding.UTF8.GetString(bytes)) : null;
    }

    private static string? Readable(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, 4_096));
        var odd = 0;
        foreach (var c in start)
        {
            odd += c is < ' ' and not ('\r' or '\n' or '\t' or '\f') or '\x7F' or '\uFFFD' ? 1 : 0;
        }

        // Three letters in a row at least: numbers and noise have no use as a text.
        return odd * 50 <= start.Length && Letters(start) ? text : null;
    }

    private static bool Letters(ReadOnlySpan<char> text)
    {
        var run = 0;
        foreach (var c in text)
        {
            run = char.IsLetter(c) ? run + 1 : 0;
            if (run >= 3)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Format of bytes that are a file of a known type; null for pictures of a page, fonts and the unknown.</summary>
    internal static string? TypeOf(byte[] bytes)
    {
        if (bytes.Length < ShortestFile)
        {
            return null;
        }

        if (FileTypeTable.Recognise(bytes, belowPriority: 500) is { } exact)
        {
            return exact.Match.Type is FileType.Other or FileType.Image ? null : exact.Match.Format;
        }

        return ContainerFormats.Recognise(bytes) is { } container && container.Priority < 200 ? "archive" : null;
    }

    private static ulong Mark(byte[] bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes.AsSpan(0, Math.Min(bytes.Length, 256)))
        {
            hash = unchecked((hash ^ value) * 1099511628211UL);
        }

        return hash;
    }
}
