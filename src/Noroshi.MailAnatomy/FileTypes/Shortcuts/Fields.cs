using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Little-endian fields at stated offsets. What lies behind the end is zero or empty, so that a lie costs nothing.</summary>
internal static class Fields
{
    public static byte U8(this ReadOnlySpan<byte> bytes, long at) => at >= 0 && at < bytes.Length ? bytes[(int)at] : (byte)0;

    public static ushort U16(this ReadOnlySpan<byte> bytes, long at) =>
        at >= 0 && at <= bytes.Length - 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(int)at..]) : (ushort)0;

    public static uint U32(this ReadOnlySpan<byte> bytes, long at) =>
        at >= 0 && at <= bytes.Length - 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(int)at..]) : 0;

    public static ulong U64(this ReadOnlySpan<byte> bytes, long at) =>
        at >= 0 && at <= bytes.Length - 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(int)at..]) : 0;

    public static Guid Guid(this ReadOnlySpan<byte> bytes, long at) =>
        at >= 0 && at <= bytes.Length - 16 ? new Guid(bytes.Slice((int)at, 16)) : System.Guid.Empty;

    /// <summary>At most that many bytes from the offset; fewer or none when they are not there.</summary>
    public static ReadOnlySpan<byte> Part(this ReadOnlySpan<byte> bytes, long at, long length) =>
        at < 0 || at >= bytes.Length || length <= 0 ? [] : bytes.Slice((int)at, (int)Math.Min(length, bytes.Length - at));

    /// <summary>Bytes up to the first nil, which is left out.</summary>
    public static ReadOnlySpan<byte> UntilNil(this ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }

    /// <summary>UTF-16 bytes up to the first nil character, which is left out.</summary>
    public static ReadOnlySpan<byte> UntilWideNil(this ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            if (bytes[i] == 0 && bytes[i + 1] == 0)
            {
                return bytes[..i];
            }
        }

        return bytes[..(bytes.Length & ~1)];
    }

    /// <summary>UTF-16 text up to the first nil.</summary>
    public static string Wide(this ReadOnlySpan<byte> bytes) => Encoding.Unicode.GetString(bytes.UntilWideNil());
}
