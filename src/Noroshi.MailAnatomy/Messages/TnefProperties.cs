using System.Buffers.Binary;
using Noroshi.MailAnatomy.Messages.Outlook;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>Walks a list of MAPI properties ([MS-OXTNEF] 2.1.3.4).</summary>
internal static class TnefProperties
{
    /// <summary>Calls back for each property; false when the list cannot be followed to its end.</summary>
    public static bool Walk(ReadOnlyMemory<byte> bytes, Action<MapiProperty> found)
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
            if (id >= MapiTypes.FirstNamed && !SkipName(bytes.Span, ref at))
            {
                return false;
            }

            if (!ReadValues(bytes, ref at, type, out var value))
            {
                return false;
            }

            found(new MapiProperty(id, type & ~MapiTypes.MultiValued, value));
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
        var single = type & ~MapiTypes.MultiValued;
        var variable = single is MapiTypes.Narrow or MapiTypes.Unicode or MapiTypes.Binary or MapiTypes.Object;
        long count = 1;
        if (variable || (type & MapiTypes.MultiValued) != 0)
        {
            if (!TakeCount(bytes.Span, at, out count))
            {
                return false;
            }

            at += 4;
        }

        for (var i = 0L; i < count; i++)
        {
            long length = MapiTypes.FixedLength(single);
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
}

internal static class TnefDates
{
    /// <summary>The old date: year, month, day, hour, minute, second and weekday as 16-bit numbers, local time.</summary>
    public static DateTime? Read(ReadOnlySpan<byte> bytes)
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
