using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Objects;

/// <summary>Where a linked object leads.</summary>
/// <param name="Kind"><c>url</c>, <c>file</c>, <c>soap</c> or <c>script</c>.</param>
/// <param name="Target">URL or path.</param>
internal readonly record struct MonikerTarget(string Kind, string Target);

/// <summary>
/// Reads monikers (MS-OSHARED 2.3.7) where they lie: hyperlinks and linked objects compose them in many ways, but each begins with its
/// class id, and that is what is looked for.
/// </summary>
internal static class Monikers
{
    private const int MaxSearched = 64 << 10;
    private const int MaxTargets = 16;

    private static ReadOnlySpan<byte> Url =>
        [0xE0, 0xC9, 0xEA, 0x79, 0xF9, 0xBA, 0xCE, 0x11, 0x8C, 0x82, 0x00, 0xAA, 0x00, 0x4B, 0xA9, 0x0B];

    private static ReadOnlySpan<byte> File => [0x03, 0x03, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    private static ReadOnlySpan<byte> Soap =>
        [0xC7, 0xB0, 0xAB, 0xEC, 0x19, 0x7F, 0xD2, 0x11, 0x97, 0x8E, 0x00, 0x00, 0xF8, 0x75, 0x7E, 0x2A];

    private static ReadOnlySpan<byte> Script =>
        [0xD3, 0x0B, 0x29, 0x06, 0xAA, 0x48, 0xD2, 0x11, 0x84, 0x32, 0x00, 0x60, 0x08, 0xC3, 0xFB, 0xFC];

    /// <summary>All targets in the bytes, in their order by kind.</summary>
    public static List<MonikerTarget> Read(ReadOnlySpan<byte> bytes)
    {
        var targets = new List<MonikerTarget>();
        bytes = bytes[..Math.Min(bytes.Length, MaxSearched)];
        Find(bytes, Url, "url", targets);
        Find(bytes, File, "file", targets);
        Find(bytes, Soap, "soap", targets);
        Find(bytes, Script, "script", targets);
        return targets;
    }

    private static void Find(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> id, string kind, List<MonikerTarget> targets)
    {
        for (var at = bytes.IndexOf(id); at >= 0 && targets.Count < MaxTargets; )
        {
            var body = bytes[(at + id.Length)..];
            var target = kind == "file" ? FileTarget(body) : WideTarget(body);
            // Some monikers are only the mark of a trick and say nothing themselves.
            if (target is not null || kind is "soap" or "script")
            {
                targets.Add(new MonikerTarget(kind, target ?? ""));
            }

            var next = bytes[(at + id.Length)..].IndexOf(id);
            at = next < 0 ? -1 : at + id.Length + next;
        }
    }

    /// <summary>MS-OSHARED 2.3.7.6: length in bytes, then UTF-16 to the first NUL.</summary>
    private static string? WideTarget(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(body);
        var text = Encoding.Unicode.GetString(body.Slice(4, (int)Math.Min(length, body.Length - 4) & ~1));
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        text = end < 0 ? text : text[..end];
        return text.Length > 0 ? text : null;
    }

    /// <summary>MS-OSHARED 2.3.7.8: an 8-bit path, 24 bytes, and the path in UTF-16 where the first cannot hold it.</summary>
    private static string? FileTarget(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(body[2..]);
        if (length > body.Length - 6)
        {
            return null;
        }

        var path = PropertySetReader.Decode(body.Slice(6, (int)length), 0);
        var rest = body[(6 + (int)length)..];
        if (rest.Length >= 34 && BinaryPrimitives.ReadUInt32LittleEndian(rest[24..]) > 6)
        {
            var wide = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[28..]), rest.Length - 34);
            path = wide > 0 ? Encoding.Unicode.GetString(rest.Slice(34, wide & ~1)) : path;
        }

        return path.Length > 0 ? path : null;
    }
}
