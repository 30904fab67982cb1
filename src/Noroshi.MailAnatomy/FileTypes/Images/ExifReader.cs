using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Images;

/// <summary>The few fields of a TIFF or EXIF structure (TIFF 6.0, section 2; CIPA DC-008) that say who made a picture.</summary>
internal readonly ref struct ExifReader
{
    private const int MaxEntries = 200;
    private const int MaxText = 256;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _big;

    /// <summary>Reads the folders that matter: the first one and those for EXIF and GPS. No folder is read twice, so none can loop.</summary>
    public ExifReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        Fields = [];
        if (bytes.Length < 8 || !(bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8)))
        {
            return;
        }

        _big = bytes[0] == 'M';
        var first = U32(4);
        Folder(first, Fields);
        if (Fields.TryGetValue(0x8769, out var exif) && exif.Number > 0 && exif.Number != first)
        {
            Folder(exif.Number, Fields);
        }

        HasPlace =
            Fields.TryGetValue(0x8825, out var place) && place.Number > 0 && place.Number + 2 < bytes.Length && U16(place.Number) > 1;
    }

    /// <summary>Fields by tag.</summary>
    public Dictionary<int, (string Text, long Number)> Fields { get; }

    /// <summary>There is a folder with a place on Earth.</summary>
    public bool HasPlace { get; }

    /// <summary>Text of a field; empty when there is none.</summary>
    public string Text(int tag) => Fields.TryGetValue(tag, out var field) ? field.Text : "";

    /// <summary>Number of a field; 0 when there is none.</summary>
    public long Number(int tag) => Fields.TryGetValue(tag, out var field) ? field.Number : 0;

    private void Folder(long at, Dictionary<int, (string Text, long Number)> fields)
    {
        if (at < 8 || at + 2 > _bytes.Length)
        {
            return;
        }

        var count = Math.Min(U16(at), MaxEntries);
        for (var i = 0; i < count; i++)
        {
            var entry = at + 2 + (12L * i);
            if (entry + 12 > _bytes.Length)
            {
                return;
            }

            var tag = U16(entry);
            var type = U16(entry + 2);
            var length = U32(entry + 4);
            if (type == 2)
            {
                var start = length <= 4 ? entry + 8 : U32(entry + 8);
                length = Math.Min(length, MaxText);
                if (start + length <= _bytes.Length)
                {
                    fields.TryAdd(tag, (Clean(_bytes.Slice((int)start, (int)length)), 0));
                }
            }
            else if (type is 3 or 4)
            {
                fields.TryAdd(tag, ("", type == 3 ? U16(entry + 8) : U32(entry + 8)));
            }
        }
    }

    private static string Clean(ReadOnlySpan<byte> text)
    {
        var nil = text.IndexOf((byte)0);
        text = nil < 0 ? text : text[..nil];
        return (System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetString(text).Trim();
    }

    private int U16(long at) =>
        at + 2 > _bytes.Length ? 0
        : _big ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[(int)at..])
        : BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(int)at..]);

    private long U32(long at) =>
        at + 4 > _bytes.Length ? 0
        : _big ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[(int)at..])
        : BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(int)at..]);
}
