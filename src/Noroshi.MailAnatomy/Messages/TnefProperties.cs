using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>One MAPI property; of a multi-valued one the first value.</summary>
internal readonly record struct TnefProperty(int Id, int Type, ReadOnlyMemory<byte> Value)
{
    /// <summary>The value as text; null when it is none.</summary>
    public string? Text(int codePage) =>
        Type switch
        {
            TnefProperties.TypeUnicode => Encoding.Unicode.GetString(Value.Span[..(Value.Length & ~1)]).TrimEnd('\0'),
            TnefProperties.TypeNarrow => TnefText.Narrow(Value, codePage),
            _ => null,
        };

    /// <summary>The value as bytes; UTF-16 text is given as UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes => Type == TnefProperties.TypeUnicode ? Encoding.UTF8.GetBytes(Text(0) ?? "") : Value;

    /// <summary>The value as a 32-bit number.</summary>
    public int? Number => Type == TnefProperties.TypeInt32 && Value.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(Value.Span) : null;

    /// <summary>The value as UTC time.</summary>
    public DateTime? Time
    {
        get
        {
            const long LastFileTime = 2_650_467_743_999_999_999;
            if (Type != TnefProperties.TypeTime || Value.Length < 8)
            {
                return null;
            }

            var ticks = BinaryPrimitives.ReadInt64LittleEndian(Value.Span);
            return ticks is > 0 and <= LastFileTime ? DateTime.FromFileTimeUtc(ticks) : null;
        }
    }
}

/// <summary>Walks a list of MAPI properties ([MS-OXTNEF] 2.1.3.4).</summary>
internal static class TnefProperties
{
    public const int TypeInt32 = 0x0003;
    public const int TypeObject = 0x000D;
    public const int TypeNarrow = 0x001E;
    public const int TypeUnicode = 0x001F;
    public const int TypeTime = 0x0040;

    private const int TypeBinary = 0x0102;
    private const int MultiValued = 0x1000;
    private const int FirstNamed = 0x8000;

    /// <summary>Calls back for each property; false when the list cannot be followed to its end.</summary>
    public static bool Walk(ReadOnlyMemory<byte> bytes, Action<TnefProperty> found)
    {
        if (!TakeCount(bytes.Span, 0, out var count))
        {
            return false;
        }

        var at = 4;
        for (var i = 0L; i < count; i++)
        {
            // A property takes at least its head of four bytes, so that a false count ends with the bytes.
            if (at + 4 > bytes.Length)
            {
                return false;
            }

            int type = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]);
            int id = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[(at + 2)..]);
            at += 4;
            if (id >= FirstNamed && !SkipName(bytes.Span, ref at))
            {
                return false;
            }

            if (!ReadValues(bytes, ref at, type, out var value))
            {
                return false;
            }

            found(new TnefProperty(id, type & ~MultiValued, value));
        }

        return true;
    }

    private static bool TakeCount(ReadOnlySpan<byte> bytes, int at, out long value)
    {
        var there = at + 4 <= bytes.Length;
        value = there ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : 0;
        return there;
    }

    // A named property: set of names, then a number or a name.
    private static bool SkipName(ReadOnlySpan<byte> bytes, ref int at)
    {
        at += 16;
        if (at + 8 > bytes.Length)
        {
            return false;
        }

        var kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
        at += 8;
        return kind == 0 || Advance(bytes, ref at, (length + 3) & ~3L);
    }

    private static bool ReadValues(ReadOnlyMemory<byte> bytes, ref int at, int type, out ReadOnlyMemory<byte> first)
    {
        first = default;
        var single = type & ~MultiValued;
        var variable = single is TypeNarrow or TypeUnicode or TypeBinary or TypeObject;
        long count = 1;
        if (variable || (type & MultiValued) != 0)
        {
            if (!TakeCount(bytes.Span, at, out count))
            {
                return false;
            }

            at += 4;
        }

        for (var i = 0L; i < count; i++)
        {
            long length = FixedLength(single);
            if (variable)
            {
                if (!TakeCount(bytes.Span, at, out length))
                {
                    return false;
                }

                at += 4;
            }

            var start = at;
            if (length < 0 || !Advance(bytes.Span, ref at, (length + 3) & ~3L))
            {
                return false;
            }

            if (i == 0)
            {
                first = bytes.Slice(start, (int)length);
            }
        }

        return true;
    }

    private static bool Advance(ReadOnlySpan<byte> bytes, ref int at, long length)
    {
        if (length > bytes.Length - at)
        {
            return false;
        }

        at += (int)length;
        return true;
    }

    // -1 for types that the list cannot hold.
    private static int FixedLength(int type) =>
        type switch
        {
            0x0002 or 0x0003 or 0x0004 or 0x000A or 0x000B => 4,
            0x0005 or 0x0006 or 0x0007 or 0x0014 or TypeTime => 8,
            0x0048 => 16,
            _ => -1,
        };
}

internal static class TnefText
{
    /// <summary>A byte string in the stated code page, or in what its bytes show.</summary>
    public static string Narrow(ReadOnlyMemory<byte> bytes, int codePage) =>
        EntryNames.Decode(bytes.Span.TrimEnd((byte)0), codePage, fallback: EntryNames.Japanese).Text;

    /// <summary>The old date: year, month, day, hour, minute, second and weekday as 16-bit numbers, local time.</summary>
    public static DateTime? OldDate(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12)
        {
            return null;
        }

        Span<int> parts = stackalloc int[6];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]);
        }

        return
            parts[0] is >= 1900 and <= 9999
            && parts[1] is >= 1 and <= 12
            && parts[2] >= 1
            && parts[2] <= DateTime.DaysInMonth(parts[0], parts[1])
            && parts[3] < 24
            && parts[4] < 60
            && parts[5] < 60
            ? new DateTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], DateTimeKind.Unspecified)
            : null;
    }
}

/// <summary>Decompresses RTF ([MS-OXRTFCP]).</summary>
internal static class TnefRtf
{
    private const uint Compressed = 0x75465A4C;
    private const uint Plain = 0x414C454D;
    private const int HeaderLength = 16;
    private const int Ring = 4096;
    private const int MostOut = 32 << 20;

    // The history that [MS-OXRTFCP] 2.1.2.1 prescribes.
    private static ReadOnlySpan<byte> History =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>The RTF; null when the bytes are no compressed RTF. Damage ends it early.</summary>
    public static byte[]? Decompress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return null;
        }

        var kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var size = Math.Min(MostOut, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        var data = bytes[HeaderLength..];
        return kind switch
        {
            Plain => data[..(int)Math.Min(size, data.Length)].ToArray(),
            Compressed => Unpack(data),
            _ => null,
        };
    }

    private static byte[] Unpack(ReadOnlySpan<byte> data)
    {
        using var output = new MemoryStream();
        Span<byte> ring = new byte[Ring];
        History.CopyTo(ring);
        var write = History.Length;
        var at = 0;
        while (at < data.Length && output.Length < MostOut)
        {
            int flags = data[at++];
            for (var bit = 0; bit < 8; bit++)
            {
                if ((flags & (1 << bit)) == 0)
                {
                    if (at >= data.Length)
                    {
                        return output.ToArray();
                    }

                    output.WriteByte(data[at]);
                    ring[write] = data[at++];
                    write = (write + 1) % Ring;
                    continue;
                }

                if (at + 2 > data.Length)
                {
                    return output.ToArray();
                }

                var place = (data[at] << 4) | (data[at + 1] >> 4);
                var length = (data[at + 1] & 15) + 2;
                at += 2;
                if (place == write)
                {
                    // A reference to the place about to be written marks the end.
                    return output.ToArray();
                }

                for (; length > 0; length--)
                {
                    var value = ring[place];
                    place = (place + 1) % Ring;
                    output.WriteByte(value);
                    ring[write] = value;
                    write = (write + 1) % Ring;
                }
            }
        }

        return output.ToArray();
    }
}
