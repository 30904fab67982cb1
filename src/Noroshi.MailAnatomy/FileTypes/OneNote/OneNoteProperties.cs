using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.OneNote;

/// <summary>
/// Strings of the property sets of a notebook (MS-ONESTORE 2.6.7, MS-ONE 2.1.12). The sets are found by their property ids, wherever they
/// stand: revisions and damaged lists keep nothing from being read.
/// </summary>
internal static class OneNoteProperties
{
    /// <summary>Name of an attached file.</summary>
    public const uint EmbeddedFileName = 0x1C001D9C;

    /// <summary>Where it lay on the maker's machine.</summary>
    public const uint SourceFilepath = 0x1C001D9D;

    /// <summary>Name of a picture.</summary>
    public const uint ImageFilename = 0x1C001DD7;

    /// <summary>Author.</summary>
    public const uint Author = 0x1C001D75;

    /// <summary>Title of a page.</summary>
    public const uint CachedTitle = 0x1C001CF3;

    /// <summary>Title of a page, as taken from it.</summary>
    public const uint CachedTitleFromPage = 0x1C001D3C;

    /// <summary>Address of a link.</summary>
    public const uint Hyperlink = 0x1C001E20;

    /// <summary>Text.</summary>
    public const uint RichText = 0x1C001C22;

    private const int MaxSets = 20_000;
    private const int MaxProperties = 128;
    private const int MaxString = 16_384;
    private const int MaxText = 8 << 20;

    /// <summary>The known strings in the order of the file: id, text, offset of the set.</summary>
    public static List<(uint Id, string Text, int At)> Read(ReadOnlySpan<byte> bytes)
    {
        var found = new List<(uint Id, string Text, int At)>();
        var at = 0;
        // Sets do not share their strings: were they to, half a megabyte could hold three hundred of text.
        var left = Math.Min(bytes.Length, MaxText);
        for (var sets = 0; sets < MaxSets && left > 0; )
        {
            var step = bytes[at..].IndexOf((ReadOnlySpan<byte>)[0x00, 0x1C]);
            if (step < 0)
            {
                break;
            }

            var id = at + step - 2;
            at += step + 2;
            if (id >= 2 && Known(BinaryPrimitives.ReadUInt32LittleEndian(bytes[id..])) && SetAround(bytes, id) is { } set)
            {
                sets++;
                ReadSet(bytes, set.At, set.Count, ref left, found);
                at = Math.Max(at, set.At + 2 + (4 * set.Count));
            }
        }

        return found;
    }

    private static bool Known(uint id) =>
        id is EmbeddedFileName or SourceFilepath or ImageFilename or Author or CachedTitle or CachedTitleFromPage or Hyperlink or RichText;

    /// <summary>The set whose ids include the one at that offset: a count in front, and nothing but ids between.</summary>
    private static (int At, int Count)? SetAround(ReadOnlySpan<byte> bytes, int id)
    {
        for (var before = 0; before < MaxProperties; before++)
        {
            var start = id - (4 * before) - 2;
            if (start < 0 || (before > 0 && !LooksLikeId(bytes[(start + 2)..])))
            {
                return null;
            }

            int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[start..]);
            if (count > before && count <= MaxProperties && AllIds(bytes, start + 2, count))
            {
                return (start, count);
            }
        }

        return null;
    }

    private static bool AllIds(ReadOnlySpan<byte> bytes, int at, int count)
    {
        if (at + (4 * count) > bytes.Length)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!LooksLikeId(bytes[(at + (4 * i))..]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool LooksLikeId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
        {
            return false;
        }

        var id = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return ((id >> 26) & 0x1F) is >= 1 and <= 0x11 && (id & 0x03FFFFFF) is >= 0x1400 and < 0x8000;
    }

    private static void ReadSet(ReadOnlySpan<byte> bytes, int start, int count, ref int left, List<(uint Id, string Text, int At)> found)
    {
        var at = start + 2 + (4 * count);
        for (var i = 0; i < count; i++)
        {
            var id = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(start + 2 + (4 * i))..]);
            var type = (id >> 26) & 0x1F;
            var width = type switch
            {
                3 => 1,
                4 => 2,
                5 or 9 or 0xB or 0xD => 4,
                6 => 8,
                _ => 0,
            };
            if (type is 0x10 or 0x11)
            {
                // Sets within sets: what follows them is not worth a walk through all of them.
                return;
            }

            if (type != 7)
            {
                at += width;
                continue;
            }

            if (at < 0 || at + 4 > bytes.Length)
            {
                return;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            if (length > (uint)(bytes.Length - at - 4))
            {
                return;
            }

            if (Known(id))
            {
                var text = Encoding.Unicode.GetString(bytes.Slice(at + 4, (int)Math.Min(length, MaxString) & ~1)).TrimEnd('\0');
                left -= (int)Math.Min(length, MaxString);
                found.Add((id, text, start));
            }

            at += 4 + (int)length;
        }
    }
}
