using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Properties;

/// <summary>Reads property set streams (MS-OLEPS). Offsets and counts are looked at, never trusted; never throws on bytes.</summary>
internal static class PropertySetReader
{
    /// <summary>Properties of a section that are read.</summary>
    public const int MaxProperties = 1_024;

    private const int MaxSets = 4;
    private const int MaxItems = 4_096;
    private const int MaxStringBytes = 16_384;
    private const int MaxBlob = 1 << 20;
    private const int Variant = 12;
    private const int Vector = 0x1000;

    /// <summary>Reads the stream; null when it is none.</summary>
    public static PropertySetStream? Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        if (bytes.Length < 48 || cursor.U16() != 0xFFFE)
        {
            return null;
        }

        cursor.GoTo(4);
        var system = cursor.U32();
        cursor.GoTo(24);
        var stated = cursor.U32();
        var damaged = stated is 0 or > MaxSets;
        var sets = new List<PropertySet>();
        for (var i = 0; i < Math.Min(stated, MaxSets); i++)
        {
            var id = cursor.Take(16);
            var offset = cursor.U32();
            if (cursor.Failed || offset > bytes.Length - 8)
            {
                damaged = true;
                break;
            }

            sets.Add(ReadSet(bytes[(int)offset..], new Guid(id), ref damaged));
        }

        return new PropertySetStream(system, damaged, sets);
    }

    private static PropertySet ReadSet(ReadOnlySpan<byte> bytes, Guid id, ref bool damaged)
    {
        var cursor = new ByteCursor(bytes);
        var size = cursor.U32();
        var count = cursor.U32();
        // Writers state sizes that are a little off; only what lies outside the stream is a lie.
        damaged |= size > bytes.Length + 64u || count > MaxProperties;
        var places = new List<(uint Id, int At)>();
        for (var i = 0; i < Math.Min(count, MaxProperties); i++)
        {
            var property = cursor.U32();
            var at = cursor.U32();
            if (cursor.Failed || at > bytes.Length - 4)
            {
                damaged = true;
                continue;
            }

            places.Add((property, (int)at));
        }

        var codePage = 0;
        foreach (var (property, at) in places)
        {
            if (property == 1 && at + 6 <= bytes.Length && bytes[at] == 2)
            {
                codePage = bytes[at + 4] | (bytes[at + 5] << 8);
            }
        }

        var set = new PropertySet(id, codePage);
        var items = MaxItems;
        // Values do not share bytes, so what is read of all of them is not longer than the section: were they to, a thousand values of
        // the same megabyte would be a gigabyte.
        var left = (long)bytes.Length;
        foreach (var (property, at) in places)
        {
            if (left < 0)
            {
                damaged = true;
                break;
            }

            if (set.Values.ContainsKey(property) || (property == 0 && set.Names.Count > 0))
            {
                continue;
            }

            var value = new ByteCursor(bytes);
            value.GoTo(at);
            if (property == 0)
            {
                ReadNames(ref value, set, codePage);
            }
            else if (ReadTyped(ref value, codePage, ref items, 0) is { } read)
            {
                set.Values.Add(property, read);
            }

            left -= value.Position - at;
        }

        return set;
    }

    /// <summary>MS-OLEPS 2.17: the dictionary of a section, names by number.</summary>
    private static void ReadNames(ref ByteCursor cursor, PropertySet set, int codePage)
    {
        var count = Math.Min(cursor.U32(), MaxProperties);
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            var id = cursor.U32();
            var length = cursor.U32();
            if (codePage == 1200)
            {
                var name = cursor.Take(Math.Min(length, 0x10000) * 2);
                cursor.Take((4 - (name.Length & 3)) & 3);
                set.Names.TryAdd(id, Trim(Encoding.Unicode.GetString(name)));
            }
            else
            {
                set.Names.TryAdd(id, Decode(cursor.Take(Math.Min(length, 0x10000)), codePage));
            }
        }
    }

    private static PropertyValue? ReadTyped(ref ByteCursor cursor, int codePage, ref int items, int depth)
    {
        int type = cursor.U16();
        cursor.U16();
        if (cursor.Failed || depth > 4)
        {
            return null;
        }

        return (type & Vector) == 0
            ? ReadScalar(ref cursor, type, codePage, padded: true)
            : ReadVector(ref cursor, type & ~Vector, codePage, ref items, depth);
    }

    private static PropertyValue ReadVector(ref ByteCursor cursor, int type, int codePage, ref int items, int depth)
    {
        var count = cursor.U32();
        var list = new List<PropertyValue>();
        for (var i = 0u; i < count && items > 0 && !cursor.Failed && cursor.Left > 0; i++)
        {
            items--;
            var item =
                type == Variant ? ReadTyped(ref cursor, codePage, ref items, depth + 1) : ReadScalar(ref cursor, type, codePage, false);
            if (item is null)
            {
                break;
            }

            list.Add(item);
        }

        return new PropertyValue(type) { Items = list };
    }

    private static PropertyValue? ReadScalar(ref ByteCursor cursor, int type, int codePage, bool padded) =>
        type switch
        {
            2 => new(type) { Number = Padded(ref cursor, (short)cursor.U16(), padded ? 2 : 0) },
            3 or 22 => new(type) { Number = (int)cursor.U32() },
            4 or 19 or 23 => new(type) { Number = cursor.U32() },
            5 or 6 or 7 or 20 or 21 or 64 => new(type) { Number = (long)cursor.U64() },
            11 => new(type) { Number = Padded(ref cursor, cursor.U16() == 0 ? 0 : 1, padded ? 2 : 0) },
            16 or 17 => new(type) { Number = Padded(ref cursor, cursor.U8(), padded ? 3 : 0) },
            18 => new(type) { Number = Padded(ref cursor, cursor.U16(), padded ? 2 : 0) },
            8 or 30 => new(type) { Text = EightBit(ref cursor, codePage, padded) },
            31 => new(type) { Text = Wide(ref cursor) },
            65 or 70 or 71 => new(type) { Bytes = Blob(ref cursor) },
            72 => new(type) { Text = ClassId(ref cursor) },
            _ => null,
        };

    private static long Padded(ref ByteCursor cursor, long value, int padding)
    {
        cursor.Take(Math.Min(padding, cursor.Left));
        return value;
    }

    private static string? EightBit(ref ByteCursor cursor, int codePage, bool padded)
    {
        var length = cursor.U32();
        if (length > cursor.Left)
        {
            return null;
        }

        var bytes = cursor.Take(length);
        cursor.Take(padded ? Math.Min((4 - (length & 3)) & 3, cursor.Left) : 0);
        bytes = bytes[..Math.Min(bytes.Length, MaxStringBytes)];
        return codePage == 1200 ? Trim(Encoding.Unicode.GetString(bytes)) : Decode(bytes, codePage);
    }

    private static string? Wide(ref ByteCursor cursor)
    {
        var length = (long)cursor.U32() * 2;
        if (length > cursor.Left)
        {
            return null;
        }

        var bytes = cursor.Take(length);
        cursor.Take(Math.Min((4 - (length & 3)) & 3, cursor.Left));
        return Trim(Encoding.Unicode.GetString(bytes[..Math.Min(bytes.Length, MaxStringBytes)]));
    }

    private static byte[]? Blob(ref ByteCursor cursor)
    {
        var length = cursor.U32();
        if (length > cursor.Left || length > MaxBlob)
        {
            return null;
        }

        var bytes = cursor.Take(length).ToArray();
        cursor.Take(Math.Min((4 - (length & 3)) & 3, cursor.Left));
        return bytes;
    }

    private static string? ClassId(ref ByteCursor cursor)
    {
        var bytes = cursor.Take(16);
        return bytes.Length == 16 ? new Guid(bytes).ToString("B") : null;
    }

    /// <summary>
    /// Text in a code page. Programs state 1252 and write the code page of their system, so bytes that are no text in the stated one are
    /// judged by what they are.
    /// </summary>
    internal static string Decode(ReadOnlySpan<byte> bytes, int codePage)
    {
        var end = bytes.IndexOf((byte)0);
        bytes = end < 0 ? bytes : bytes[..end];
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        return codePage is not (0 or 1252 or 10000 or 20127) && CharsetAliases.FromCodePage(codePage) is { } encoding
            ? encoding.GetString(bytes)
            : CharsetDecoder.Decode(bytes, null, codePage is 0 ? "shift_jis" : "windows-1252").Text;
    }

    private static string Trim(string text)
    {
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
