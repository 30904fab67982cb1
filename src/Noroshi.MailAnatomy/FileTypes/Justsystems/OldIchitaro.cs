using System.Buffers.Binary;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.Justsystems;

/// <summary>
/// Ichitaro 4 to 6: the title as 64 bytes of Shift_JIS at 0x40, the length of the text at 0x800 and the text behind it, with control
/// codes between its letters. Public filters know the layout of versions 5 and 6; version 4 is read alike, and only what is text is kept.
/// </summary>
internal static class OldIchitaro
{
    private const int TitleAt = 0x40;
    private const int LengthAt = 0x800;
    private const int TextAt = 0x804;
    private const int MaxText = 512 << 10;

    /// <summary>Adds title and text.</summary>
    public static void Add(ReadOnlySpan<byte> bytes, FileInspection inspection)
    {
        var facts = new DocumentFacts(inspection);
        if (bytes.Length >= TitleAt + 64)
        {
            facts.Trait(TraitKinds.Common.Title, PropertySetReader.Decode(bytes.Slice(TitleAt, 64), 932), "header@0x40");
        }

        if (bytes.Length > TextAt)
        {
            var stated = BinaryPrimitives.ReadUInt32LittleEndian(bytes[LengthAt..]);
            var text = bytes[TextAt..];
            facts.Text(Read(text[..(int)Math.Min(Math.Min(stated, MaxText), text.Length)]));
        }
    }

    private static string Read(ReadOnlySpan<byte> bytes)
    {
        var kept = new List<byte>(bytes.Length);
        for (var at = 0; at < bytes.Length; at++)
        {
            var letter = bytes[at];
            var next = at + 1 < bytes.Length ? bytes[at + 1] : (byte)0;
            switch (letter)
            {
                case 0x1F when next == 0 && at + 3 < bytes.Length:
                    // A control record: its length stands behind the mark, five when it is not stated.
                    int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
                    at += Math.Max(1, length == 0 ? 5 : length) - 1;
                    break;
                case 0x1E:
                    at +=
                        next == 0x05 ? 29
                        : next == 0x80 ? 11
                        : 0;
                    break;
                case 0xFE:
                    kept.Add((byte)'\n');
                    at += next is 0x41 or 0x45 or 0x46 ? 1 : 0;
                    break;
                case 0xFD:
                    at++;
                    break;
                case (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xEA) when next is >= 0x40 and <= 0xFC and not 0x7F:
                    kept.Add(letter);
                    kept.Add(next);
                    at++;
                    break;
                case >= 0x20 and < 0x7F:
                    kept.Add(letter);
                    break;
                default:
                    break;
            }
        }

        return PropertySetReader.Decode([.. kept], 932);
    }
}
