using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Persons out of entry ids ([MS-OXCDATA] 2.2.5).</summary>
internal static class EntryIds
{
    private const int MaxEntries = 1_000;
    private const int MaxText = 1_000;

    private static ReadOnlySpan<byte> OneOff =>
        [0x81, 0x2B, 0x1F, 0xA4, 0xBE, 0xA3, 0x10, 0x19, 0x9D, 0x6E, 0x00, 0xDD, 0x01, 0x0F, 0x54, 0x02];

    private static ReadOnlySpan<byte> AddressBook =>
        [0xDC, 0xA7, 0x40, 0xC8, 0xC0, 0x42, 0x10, 0x1A, 0xB4, 0xB9, 0x08, 0x00, 0x2B, 0x2F, 0xE1, 0x82];

    /// <summary>The person of one entry id; null when it is of another kind.</summary>
    public static MailAddress? Person(ReadOnlySpan<byte> entry, int codePage)
    {
        if (entry.Length < 24)
        {
            return null;
        }

        if (entry[4..].StartsWith(OneOff))
        {
            var wide = (BinaryPrimitives.ReadUInt16LittleEndian(entry[22..]) & 0x8000) != 0;
            var rest = entry[24..];
            var name = Take(ref rest, wide, codePage);
            _ = Take(ref rest, wide, codePage);
            var address = Take(ref rest, wide, codePage);
            return address.Length == 0 && name.Length == 0 ? null : new MailAddress(name == address ? "" : name, address);
        }

        if (entry[4..].StartsWith(AddressBook) && entry.Length > 28)
        {
            var rest = entry[28..];
            return Take(ref rest, wide: false, codePage) is { Length: > 0 } name ? new MailAddress("", name) : null;
        }

        return null;
    }

    /// <summary>The persons of a FlatEntryList.</summary>
    public static List<MailAddress> Persons(ReadOnlySpan<byte> list, int codePage)
    {
        var persons = new List<MailAddress>();
        if (list.Length < 8)
        {
            return persons;
        }

        var count = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(list), MaxEntries);
        var at = 8L;
        for (var i = 0; i < count && at + 4 <= list.Length; i++)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(list[(int)at..]);
            at += 4;
            var entry = list.Slice((int)at, (int)Math.Min(size, list.Length - at));
            if (Person(entry, codePage) is { } person)
            {
                persons.Add(person);
            }

            at += (size + 3L) & ~3L;
        }

        return persons;
    }

    private static string Take(ref ReadOnlySpan<byte> rest, bool wide, int codePage)
    {
        int length,
            next;
        if (wide)
        {
            for (length = 0; length + 1 < rest.Length && (rest[length] | rest[length + 1]) != 0; length += 2) { }
            next = Math.Min(rest.Length, length + 2);
        }
        else
        {
            length = rest.IndexOf((byte)0);
            length = length < 0 ? rest.Length : length;
            next = Math.Min(rest.Length, length + 1);
        }

        var bytes = rest[..Math.Min(length, MaxText)];
        rest = rest[next..];
        return (wide ? Encoding.Unicode.GetString(bytes) : MapiText.Narrow(bytes, codePage)).Trim();
    }
}
