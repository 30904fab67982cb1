using System.Buffers.Text;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>A file that stands uuencoded in a text.</summary>
/// <param name="Name">Name of the begin line, decoded.</param>
/// <param name="Content">Decoded bytes.</param>
/// <param name="FirstLine">Zero-based line of the begin line.</param>
/// <param name="LineCount">Lines from the begin line to the end line, both included.</param>
public sealed record UuFile(string Name, byte[] Content, int FirstLine, int LineCount);

/// <summary>
/// Finds files in text as uuencode (POSIX), xxencode and <c>begin-base64</c> write them. Lines that were damaged on their way (blanks cut
/// off, wrapped) are decoded as far as they go and noted; a text that merely has a line starting with "begin" is no file.
/// </summary>
public static class Uuencode
{
    private const int MaxFiles = 1_000;
    private const int BadLinesThatEnd = 3;
    private const string XxAlphabet = "+-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Finds all files, in the order of the text.</summary>
    /// <param name="text">Body bytes, transfer encoding removed.</param>
    /// <param name="findings">Gets what was noticed.</param>
    public static IReadOnlyList<UuFile> Find(ReadOnlySpan<byte> text, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        List<UuFile>? files = null;
        var at = 0;
        var line = 0;
        while (NextBegin(text, at) is >= 0 and var begin)
        {
            line += text[at..begin].Count((byte)'\n');
            at = begin;
            var file = TryFile(text[begin..], line, findings, out var length);
            if (file is null)
            {
                // The begin line was none; the search goes on behind its first letter.
                at = begin + 1;
                continue;
            }

            (files ??= []).Add(file);
            line += text.Slice(begin, length).Count((byte)'\n');
            at = begin + length;
            if (files.Count == MaxFiles)
            {
                findings.Add(FindingCodes.Messages.UuTooMany.At($"more than {MaxFiles} files"));
                break;
            }
        }

        return files ?? (IReadOnlyList<UuFile>)[];
    }

    private static int NextBegin(ReadOnlySpan<byte> text, int from)
    {
        if (from == 0 && text.StartsWith("begin"u8))
        {
            return 0;
        }

        var start = Math.Max(0, from - 1);
        if (start >= text.Length)
        {
            return -1;
        }

        var hit = text[start..].IndexOf("\nbegin"u8);
        return hit < 0 ? -1 : start + hit + 1;
    }

    private static UuFile? TryFile(ReadOnlySpan<byte> text, int firstLine, List<Finding> findings, out int length)
    {
        length = 0;
        var line = TakeLine(text, ref length);
        var base64 = line.StartsWith("begin-base64 "u8);
        if (!base64 && !line.StartsWith("begin "u8))
        {
            return null;
        }

        var rest = line[(line.IndexOf((byte)' ') + 1)..].TrimStart((byte)' ');
        var space = rest.IndexOf((byte)' ');
        if (space is < 3 or > 6 || rest[..space].IndexOfAnyExceptInRange((byte)'0', (byte)'7') >= 0)
        {
            return null;
        }

        var name = Name(rest[(space + 1)..].Trim((byte)' '));
        using var content = new MemoryStream();
        var decoded = base64 ? ReadBase64(text, ref length, content, out var trouble) : ReadLines(text, ref length, content, out trouble);
        if (!decoded)
        {
            return null;
        }

        var lines = text[..length].Count((byte)'\n') + (text[length - 1] == '\n' ? 0 : 1);
        if (trouble.Bad > 0)
        {
            findings.Add(
                FindingCodes.Messages.UuDamaged.At($"{trouble.Bad} lines of {name}, the first at line {firstLine + 1 + trouble.FirstBad}")
            );
        }

        if (!trouble.Ended)
        {
            findings.Add(FindingCodes.Messages.UuNoEnd.At($"{name}, begun at line {firstLine + 1}"));
        }

        return new UuFile(name, content.ToArray(), firstLine, lines);
    }

    private record struct Trouble(int Bad, int FirstBad, bool Ended);

    private static ReadOnlySpan<byte> TakeLine(ReadOnlySpan<byte> text, ref int at)
    {
        var rest = text[at..];
        var end = rest.IndexOf((byte)'\n');
        at += end < 0 ? rest.Length : end + 1;
        var line = end < 0 ? rest : rest[..end];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private static bool ReadLines(ReadOnlySpan<byte> text, ref int at, MemoryStream content, out Trouble trouble)
    {
        trouble = default;
        var badInRow = 0;
        var number = 0;
        var xx = false;
        var kept = at;
        while (at < text.Length)
        {
            var line = TakeLine(text, ref at);
            number++;
            if (line.TrimEnd((byte)' ').SequenceEqual("end"u8))
            {
                trouble.Ended = true;
                return number > 1 || content.Length > 0;
            }

            if (line.IsEmpty || line.SequenceEqual("`"u8) || line.SequenceEqual(" "u8))
            {
                // The line of length 0, whose one blank mailers like to cut off.
                continue;
            }

            xx = xx || (content.Length == 0 && line[0] > '`');
            var whole = DecodeLine(line, content, xx);
            if (whole)
            {
                badInRow = 0;
                kept = at;
                continue;
            }

            if (content.Length == 0 && number <= 2)
            {
                return false;
            }

            trouble = trouble with { Bad = trouble.Bad + 1, FirstBad = trouble.Bad == 0 ? number : trouble.FirstBad };
            if (++badInRow == BadLinesThatEnd)
            {
                // The file stopped some lines ago; what follows is text again.
                trouble.Bad -= badInRow;
                at = kept;
                return content.Length > 0;
            }
        }

        return content.Length > 0;
    }

    // True when the line is whole; a line that is not is decoded as far as it goes when its letters are those of the code.
    private static bool DecodeLine(ReadOnlySpan<byte> line, MemoryStream content, bool xx)
    {
        var count = Value(line[0], xx);
        var letters = line[1..];
        var wanted = (count + 2) / 3 * 4;
        if (count <= 0)
        {
            return false;
        }

        foreach (var letter in letters[..Math.Min(letters.Length, wanted)])
        {
            if (Value(letter, xx) < 0)
            {
                return false;
            }
        }

        // Some writers add a checksum letter, or blanks; more is another line's end wrapped onto this one.
        var missing = wanted - letters.Length;
        Span<byte> bytes = stackalloc byte[64];
        for (var i = 0; i < wanted; i += 4)
        {
            var group =
                (At(letters, i, xx) << 18) | (At(letters, i + 1, xx) << 12) | (At(letters, i + 2, xx) << 6) | At(letters, i + 3, xx);
            bytes[i / 4 * 3] = (byte)(group >> 16);
            bytes[(i / 4 * 3) + 1] = (byte)(group >> 8);
            bytes[(i / 4 * 3) + 2] = (byte)group;
        }

        if (missing > 0 && (xx || missing > wanted / 2))
        {
            // Cut off rather than blanks lost: only what is there counts.
            count = Math.Min(count, letters.Length * 3 / 4);
            content.Write(bytes[..count]);
            return false;
        }

        content.Write(bytes[..count]);
        return letters.Length <= wanted + 2;
    }

    private static int At(ReadOnlySpan<byte> letters, int index, bool xx) =>
        index < letters.Length ? Math.Max(0, Value(letters[index], xx)) : 0;

    private static int Value(byte letter, bool xx)
    {
        if (xx)
        {
            return XxAlphabet.IndexOf((char)letter, StringComparison.Ordinal);
        }

        return letter is >= 0x20 and <= 0x60 ? (letter - 0x20) & 0x3F : -1;
    }

    private static bool ReadBase64(ReadOnlySpan<byte> text, ref int at, MemoryStream content, out Trouble trouble)
    {
        trouble = default;
        var number = 0;
        Span<byte> bytes = stackalloc byte[256];
        while (at < text.Length)
        {
            var line = TakeLine(text, ref at).Trim((byte)' ');
            number++;
            if (line.SequenceEqual("===="u8))
            {
                trouble.Ended = true;
                return true;
            }

            if (line.Length > 256 || Base64.DecodeFromUtf8(line, bytes, out _, out var written) != System.Buffers.OperationStatus.Done)
            {
                if (content.Length == 0)
                {
                    return false;
                }

                trouble = trouble with { Bad = trouble.Bad + 1, FirstBad = trouble.Bad == 0 ? number : trouble.FirstBad };
                if (trouble.Bad == BadLinesThatEnd)
                {
                    return true;
                }

                continue;
            }

            content.Write(bytes[..written]);
        }

        return content.Length > 0;
    }

    private static string Name(ReadOnlySpan<byte> bytes) =>
        bytes.Contains((byte)0x1B)
            ? CharsetDecoder.Decode(bytes, null).Text
            : EntryNames.Separate(EntryNames.Decode(bytes, fallback: EntryNames.Japanese).Text);
}
