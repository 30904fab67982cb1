using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>The few records of a binary workbook (MS-XLSB 2.1.4, 2.4) that say who made it and what it hides.</summary>
internal static class BinarySheets
{
    private const int SharedString = 19;
    private const int DefinedName = 39;
    private const int BundledSheet = 156;
    private const int FileSharing = 548;
    private const int AbsolutePath = 2_071;

    /// <summary>Reads xl/workbook.bin or xl/sharedStrings.bin.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, string part, TraitSink sink)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < bytes.Length)
        {
            if (!Number(bytes, ref at, 2, out var kind) || !Number(bytes, ref at, 4, out var length) || length > bytes.Length - at)
            {
                break;
            }

            var body = bytes.Slice(at, length);
            at += length;
            switch (kind)
            {
                case SharedString when text.Length < sink.TextLeft && body.Length > 1:
                    text.Append(Wide(body[1..], out _)).Append('\n');
                    break;
                case BundledSheet when body.Length > 8:
                    Sheet(body, part, sink);
                    break;
                case DefinedName when body.Length > 9:
                    if (Wide(body[9..], out _) is var name && SheetParts.IsAutoName(name))
                    {
                        sink.Add(FindingCodes.OpenXml.AutoName, $"{part}: {name}");
                    }

                    break;
                case AbsolutePath:
                    sink.Add(TraitKinds.Common.OriginalPath, Wide(body, out _), $"{part} BrtAbsPath15");
                    break;
                case FileSharing when body.Length > 4:
                    sink.Add(TraitKinds.OfficeDocument.Contributor, Wide(body[4..], out _), $"{part} BrtFileSharing");
                    break;
            }
        }

        sink.AddText(text.ToString().Trim());
    }

    /// <summary>BrtBundleSh: state, id, relationship id, name.</summary>
    private static void Sheet(ReadOnlySpan<byte> body, string part, TraitSink sink)
    {
        Wide(body[8..], out var used);
        var state = BinaryPrimitives.ReadUInt32LittleEndian(body) switch
        {
            1 => "hidden",
            2 => "veryHidden",
            _ => "visible",
        };
        SheetParts.Hidden(state, Wide(body[(8 + used)..], out _), $"{part} BrtBundleSh", sink);
    }

    /// <summary>XLWideString; empty when it is cut or null.</summary>
    private static string Wide(ReadOnlySpan<byte> body, out int used)
    {
        used = Math.Min(4, body.Length);
        if (body.Length < 4)
        {
            return "";
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(body);
        if (count > (uint)(body.Length - 4) / 2)
        {
            return "";
        }

        used = 4 + ((int)count * 2);
        return Encoding.Unicode.GetString(body[4..used]);
    }

    /// <summary>A number of 7 bits a byte, low bits first, of at most <paramref name="most"/> bytes.</summary>
    private static bool Number(ReadOnlySpan<byte> bytes, ref int at, int most, out int value)
    {
        value = 0;
        for (var i = 0; i < most; i++)
        {
            if (at >= bytes.Length)
            {
                return false;
            }

            var next = bytes[at++];
            value |= (next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                return true;
            }
        }

        return true;
    }
}
