using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Objects;

/// <summary>A file packed into a document by the object packager (the <c>\x01Ole10Native</c> stream).</summary>
/// <param name="Label">Name the reader is shown.</param>
/// <param name="SourcePath">Path of the file on the maker's machine.</param>
/// <param name="TempPath">Path at which the packager kept it.</param>
/// <param name="Data">The file.</param>
internal sealed record OleNative(string Label, string SourcePath, string TempPath, byte[] Data)
{
    private const int MaxName = 1_024;

    /// <summary>Reads the stream (or the same bytes from an RTF object). Data without names comes back with empty names.</summary>
    public static OleNative? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6)
        {
            return null;
        }

        return Packaged(bytes) ?? Bare(bytes);
    }

    private static OleNative? Packaged(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        cursor.U32();
        if (cursor.U16() != 2)
        {
            return null;
        }

        var label = Name(ref cursor, bytes);
        var source = Name(ref cursor, bytes);
        cursor.U16();
        cursor.U16();
        var tempLength = cursor.U32();
        if (cursor.Failed || tempLength > MaxName)
        {
            return null;
        }

        var temp = PropertySetReader.Decode(cursor.Take(tempLength), 0);
        var size = cursor.U32();
        if (cursor.Failed)
        {
            return null;
        }

        // A stated size that is too long is one of the tricks: what is there is the data.
        var data = cursor.Take(Math.Min(size, (uint)cursor.Left)).ToArray();
        var wideTemp = Wide(ref cursor);
        var wideLabel = Wide(ref cursor);
        var wideSource = Wide(ref cursor);
        return new OleNative(wideLabel ?? label, wideSource ?? source, wideTemp ?? temp, data);
    }

    private static OleNative? Bare(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        var size = cursor.U32();
        return size == 0 || size > bytes.Length
            ? null
            : new OleNative("", "", "", cursor.Take(Math.Min(size, (uint)cursor.Left)).ToArray());
    }

    private static string Name(ref ByteCursor cursor, ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[cursor.Position..];
        var end = rest[..Math.Min(rest.Length, MaxName)].IndexOf((byte)0);
        if (end < 0)
        {
            cursor.GoTo(-1);
            return "";
        }

        cursor.Take(end + 1);
        return PropertySetReader.Decode(rest[..end], 0);
    }

    private static string? Wide(ref ByteCursor cursor)
    {
        var length = cursor.U32();
        if (cursor.Failed || length is 0 or > MaxName)
        {
            return null;
        }

        var text = cursor.Take(length * 2);
        return text.Length == 0 ? null : Encoding.Unicode.GetString(text).TrimEnd('\0');
    }
}
