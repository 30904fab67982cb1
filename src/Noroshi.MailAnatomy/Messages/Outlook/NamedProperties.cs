using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Which ids the named properties of an item have ([MS-OXMSG] 2.2.3).</summary>
internal sealed class NamedProperties
{
    /// <summary>PS_INTERNET_HEADERS: headers that senders added.</summary>
    public static readonly Guid InternetHeaders = new("00020386-0000-0000-c000-000000000046");

    /// <summary>PSETID_Common.</summary>
    public static readonly Guid Common = new("00062008-0000-0000-c000-000000000046");

    /// <summary>PSETID_Appointment.</summary>
    public static readonly Guid Appointment = new("00062002-0000-0000-c000-000000000046");

    private const int MaxNames = 0x7FFF;
    private const int MaxName = 256;

    private readonly Dictionary<(Guid Set, uint Number), int> _numbers = [];
    private readonly List<(Guid Set, string Name, int Id)> _names = [];

    /// <summary>Reads the streams of the storage of names.</summary>
    /// <param name="sets">GUID stream, 00020102.</param>
    /// <param name="entries">Entry stream, 00030102.</param>
    /// <param name="strings">String stream, 00040102.</param>
    public NamedProperties(ReadOnlySpan<byte> sets, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> strings)
    {
        for (var i = 0; i < MaxNames && (i * 8) + 8 <= entries.Length; i++)
        {
            var entry = entries.Slice(i * 8, 8);
            var number = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            int kind = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
            var id = MapiTypes.FirstNamed + BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]);
            var set = SetOf(kind >> 1, sets);
            if ((kind & 1) == 0)
            {
                _numbers.TryAdd((set, number), id);
            }
            else if (NameAt(number, strings) is { } name)
            {
                _names.Add((set, name, id));
            }
        }
    }

    /// <summary>Id of a property with a number; 0 when the item has none such.</summary>
    public int Id(Guid set, uint number) => _numbers.GetValueOrDefault((set, number));

    /// <summary>Properties of a set with their names, in stored order.</summary>
    public IEnumerable<(string Name, int Id)> Names(Guid set) => _names.Where(one => one.Set == set).Select(one => (one.Name, one.Id));

    // 1 and 2 stand for PS_MAPI and PS_PUBLIC_STRINGS, of which nothing is asked.
    private static Guid SetOf(int index, ReadOnlySpan<byte> sets) =>
        index >= 3 && (index - 2) * 16 <= sets.Length ? new Guid(sets.Slice((index - 3) * 16, 16)) : Guid.Empty;

    private static string? NameAt(uint offset, ReadOnlySpan<byte> strings)
    {
        if (offset + 4L > strings.Length)
        {
            return null;
        }

        var rest = strings[(int)(offset + 4)..];
        var length = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(strings[(int)offset..]), (uint)Math.Min(rest.Length, MaxName));
        return length < 2 ? null : Encoding.Unicode.GetString(rest[..(int)(length & ~1u)]);
    }
}
