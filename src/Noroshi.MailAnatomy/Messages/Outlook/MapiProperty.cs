using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>One MAPI property ([MS-OXCDATA] 2.11), however it was stored; of a multi-valued one the first value.</summary>
/// <param name="Id">Property id; 0x8000 and more for named ones.</param>
/// <param name="Type">Type without the flag of several values.</param>
/// <param name="Value">The value's bytes, little-endian.</param>
internal readonly record struct MapiProperty(int Id, int Type, ReadOnlyMemory<byte> Value)
{
    /// <summary>The value as text; null when it is none.</summary>
    public string? Text(int codePage) =>
        Type switch
        {
            MapiTypes.Unicode => Encoding.Unicode.GetString(Value.Span[..(Value.Length & ~1)]).TrimEnd('\0'),
            MapiTypes.Narrow => MapiText.Narrow(Value.Span, codePage),
            _ => null,
        };

    /// <summary>The value as bytes; UTF-16 text is given as UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes => Type == MapiTypes.Unicode ? Encoding.UTF8.GetBytes(Text(0) ?? "") : Value;

    /// <summary>The value as a number of 16 or 32 bits, or 0 and 1 for a boolean.</summary>
    public int? Number =>
        Type switch
        {
            MapiTypes.Int32 or MapiTypes.Error when Value.Length >= 4 => BinaryPrimitives.ReadInt32LittleEndian(Value.Span),
            MapiTypes.Int16 or MapiTypes.Boolean when Value.Length >= 2 => BinaryPrimitives.ReadInt16LittleEndian(Value.Span),
            _ => null,
        };

    /// <summary>The value as UTC time.</summary>
    public DateTime? Time
    {
        get
        {
            const long LastFileTime = 2_650_467_743_999_999_999;
            if (Type != MapiTypes.Time || Value.Length < 8)
            {
                return null;
            }

            var ticks = BinaryPrimitives.ReadInt64LittleEndian(Value.Span);
            return ticks is > 0 and <= LastFileTime ? DateTime.FromFileTimeUtc(ticks) : null;
        }
    }
}

/// <summary>Types of properties ([MS-OXCDATA] 2.11.1).</summary>
internal static class MapiTypes
{
    public const int Int16 = 0x0002;
    public const int Int32 = 0x0003;
    public const int Error = 0x000A;
    public const int Boolean = 0x000B;
    public const int Object = 0x000D;
    public const int Narrow = 0x001E;
    public const int Unicode = 0x001F;
    public const int Time = 0x0040;
    public const int Binary = 0x0102;

    /// <summary>Flag of types with several values.</summary>
    public const int MultiValued = 0x1000;

    /// <summary>First id of named properties.</summary>
    public const int FirstNamed = 0x8000;

    /// <summary>Bytes of a value of a type of fixed length; -1 for other types.</summary>
    public static int FixedLength(int type) =>
        type switch
        {
            Int16 or Int32 or 0x0004 or Error or Boolean => 4,
            0x0005 or 0x0006 or 0x0007 or 0x0014 or Time => 8,
            0x0048 => 16,
            _ => -1,
        };
}
