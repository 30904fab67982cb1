using System.Globalization;
using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Serialized property stores (MS-PROPSTORE): values by number or by name, typed as in MS-OLEPS 2.15.</summary>
internal static class PropertyStores
{
    /// <summary>Mark of a storage, "1SPS".</summary>
    public const uint Version = 0x53505331;

    private const int MaxStorages = 64;
    private const int MaxValues = 256;
    private const int MaxElements = 64;

    private static readonly Guid NamedFormat = new("D5CDD505-2E9C-101B-9397-08002B2CF9AE");

    /// <summary>Reads storages up to the terminal.</summary>
    public static IReadOnlyList<PropertyStorage> Read(ReadOnlySpan<byte> bytes, LinkText text, List<string> damage)
    {
        var storages = new List<PropertyStorage>();
        var at = 0;
        while (bytes.U32(at) is var size and > 0)
        {
            if (size < 24 || size > (uint)(bytes.Length - at) || bytes.U32(at + 4) != Version || storages.Count >= MaxStorages)
            {
                damage.Add("property store");
                break;
            }

            storages.Add(ReadStorage(bytes.Slice(at, (int)size), text));
            at += (int)size;
        }

        return storages;
    }

    /// <summary>Reads one storage, its size field included.</summary>
    public static PropertyStorage ReadStorage(ReadOnlySpan<byte> bytes, LinkText text)
    {
        var format = bytes.Guid(8);
        var values = new List<PropertyValue>();
        var at = 24;
        while (bytes.U32(at) is var size and >= 9 && size <= (uint)(bytes.Length - at) && values.Count < MaxValues)
        {
            var value = bytes.Slice(at, (int)size);
            if (format == NamedFormat)
            {
                var nameSize = value.U32(4);
                var typed = value.Part(9L + nameSize, value.Length);
                values.Add(
                    new PropertyValue(
                        size,
                        0,
                        text.Wide(value.Part(9, nameSize)),
                        typed.U16(0),
                        ValueOf(typed.U16(0), typed.Part(4, size), text)
                    )
                );
            }
            else
            {
                values.Add(new PropertyValue(size, value.U32(4), null, value.U16(9), ValueOf(value.U16(9), value.Part(13, size), text)));
            }

            at += (int)size;
        }

        return new PropertyStorage(bytes.U32(0), bytes.U32(4), format, values);
    }

    private static string? ValueOf(ushort type, ReadOnlySpan<byte> bytes, LinkText text)
    {
        if ((type & 0x1000) == 0)
        {
            return Scalar(type, bytes, text, out _);
        }

        // A vector: count, then the elements, each padded to four bytes.
        var count = (int)Math.Min(bytes.U32(0), MaxElements);
        var parts = new List<string>();
        var at = 4;
        for (var i = 0; i < count && at < bytes.Length; i++)
        {
            if (Scalar((ushort)(type & 0xFFF), bytes.Part(at, bytes.Length), text, out var used) is { } part)
            {
                parts.Add(part);
            }

            if (used == 0)
            {
                break;
            }

            at += (used + 3) & ~3;
        }

        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static string? Scalar(ushort type, ReadOnlySpan<byte> bytes, LinkText text, out int used)
    {
        used =
            type is 0x02 or 0x12 or 0x0B ? 2
            : type is 0x10 or 0x11 ? 1
            : type is 0x03 or 0x13 or 0x04 or 0x0A or 0x16 or 0x17 ? 4
            : type is 0x05 or 0x06 or 0x07 or 0x14 or 0x15 or 0x40 ? 8
            : type == 0x48 ? 16
            : 0;
        if (used > bytes.Length)
        {
            return null;
        }

        var culture = CultureInfo.InvariantCulture;
        switch (type)
        {
            case 0x02:
                return ((short)bytes.U16(0)).ToString(culture);
            case 0x12:
                return bytes.U16(0).ToString(culture);
            case 0x0B:
                return bytes.U16(0) != 0 ? "true" : "false";
            case 0x10:
                return ((sbyte)bytes.U8(0)).ToString(culture);
            case 0x11:
                return bytes.U8(0).ToString(culture);
            case 0x03 or 0x16:
                return ((int)bytes.U32(0)).ToString(culture);
            case 0x13 or 0x17 or 0x0A:
                return bytes.U32(0).ToString(culture);
            case 0x04:
                return BitConverter.UInt32BitsToSingle(bytes.U32(0)).ToString("R", culture);
            case 0x05:
                return BitConverter.UInt64BitsToDouble(bytes.U64(0)).ToString("R", culture);
            case 0x07:
                return Date(BitConverter.UInt64BitsToDouble(bytes.U64(0)));
            case 0x06 or 0x14:
                return ((long)bytes.U64(0)).ToString(culture);
            case 0x15:
                return bytes.U64(0).ToString(culture);
            case 0x40:
                return ArchiveTimes.FromFileTime(bytes.U64(0));
            case 0x48:
                return bytes.Guid(0).ToString().ToUpperInvariant();
            case 0x08 or 0x1E:
                used = Counted(bytes, 1);
                return text.Narrow(bytes.Part(4, used - 4).UntilNil());
            case 0x1F:
                used = Counted(bytes, 2);
                return text.Wide(bytes.Part(4, used - 4));
            default:
                return null;
        }
    }

    private static int Counted(ReadOnlySpan<byte> bytes, int unit) => (int)Math.Min(4 + ((long)bytes.U32(0) * unit), bytes.Length);

    private static string? Date(double days) =>
        days is > -657_434 and < 2_958_465 ? DateTime.FromOADate(days).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) : null;
}
