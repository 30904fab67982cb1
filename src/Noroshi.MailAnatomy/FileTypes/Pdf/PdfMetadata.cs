using System.Net;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.Pdf;

/// <summary>Information dictionary (14.3.3), XMP packet and identifiers of a PDF.</summary>
internal static class PdfMetadata
{
    private const int MaxXmp = 1 << 20;

    private static readonly (string Key, TraitKind Kind, bool Date)[] Information =
    [
        ("Author", TraitKinds.Common.Author, false),
        ("Title", TraitKinds.Common.Title, false),
        ("Subject", TraitKinds.Common.Subject, false),
        ("Keywords", TraitKinds.Common.Keywords, false),
        ("Company", TraitKinds.Common.Company, false),
        ("Creator", TraitKinds.Common.Application, false),
        ("Producer", TraitKinds.Pdf.Producer, false),
        ("CreationDate", TraitKinds.Common.CreatedAt, true),
        ("ModDate", TraitKinds.Common.SavedAt, true),
    ];

    private static readonly (string Name, TraitKind Kind)[] Packet =
    [
        ("xmpMM:DocumentID", TraitKinds.Common.DocumentId),
        ("xmpMM:InstanceID", TraitKinds.Common.DocumentId),
        ("xmpMM:OriginalDocumentID", TraitKinds.Common.DocumentId),
        ("dc:creator", TraitKinds.Common.Author),
        ("dc:title", TraitKinds.Common.Title),
        ("dc:description", TraitKinds.Common.Subject),
        ("xmp:CreatorTool", TraitKinds.Common.Application),
        ("xap:CreatorTool", TraitKinds.Common.Application),
        ("pdf:Producer", TraitKinds.Pdf.Producer),
        ("xmp:CreateDate", TraitKinds.Common.CreatedAt),
        ("xmp:ModifyDate", TraitKinds.Common.SavedAt),
    ];

    /// <summary>The pair of identifiers in the trailer, which is never encrypted.</summary>
    public static void AddIds(PdfFile file, FileInspection inspection)
    {
        var id = file.Resolve(file.Trailer("ID"));
        for (var i = 0; i < Math.Min(2, id.Items.Count); i++)
        {
            var bytes = file.Resolve(id.Items[i]).Bytes;
            // Some writers fill in nothing but one byte.
            if (bytes.Length is >= 8 and <= 64 && bytes.Any(one => one != bytes[0]))
            {
                Add(inspection, TraitKinds.Common.DocumentId, Convert.ToHexStringLower(bytes), $"trailer /ID[{i}]");
            }
        }
    }

    /// <summary>The information dictionary and the packet of the document.</summary>
    public static void Add(PdfFile file, FileInspection inspection)
    {
        var information = file.Resolve(file.Trailer("Info"));
        foreach (var (key, kind, date) in Information)
        {
            var text = PdfStrings.Decode(file.Get(information, key).Bytes).Trim(' ', '\0', '\r', '\n');
            Add(inspection, kind, date ? PdfStrings.Date(text) ?? text : text, "Info /" + key);
        }

        var root = file.Resolve(file.Trailer("Root"));
        if (file.Stream(root["Metadata"]) is { } packet && file.Decode(packet, MaxXmp) is { } bytes)
        {
            AddPacket(bytes, inspection);
        }
    }

    /// <summary>Values of an XMP packet (ISO 16684-1), as attributes or elements; shared with pictures.</summary>
    internal static void AddPacket(ReadOnlySpan<byte> bytes, FileInspection inspection)
    {
        var text = TextSample.IsUtf16(bytes, out var big)
            ? (big ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes)
            : Encoding.UTF8.GetString(bytes);
        foreach (var (name, kind) in Packet)
        {
            Add(inspection, kind, Value(text, name), "XMP " + name);
        }
    }

    private static string Value(string text, string name)
    {
        var at = text.IndexOf(name + "=", StringComparison.Ordinal);
        if (at >= 0 && at + name.Length + 2 < text.Length && text[at + name.Length + 1] is '"' or '\'')
        {
            var start = at + name.Length + 2;
            var end = text.IndexOf(text[start - 1], start);
            return end < 0 ? "" : WebUtility.HtmlDecode(text[start..Math.Min(end, start + 2_000)]);
        }

        at = text.IndexOf("<" + name, StringComparison.Ordinal);
        if (at < 0)
        {
            return "";
        }

        var close = text.IndexOf("</" + name, at, StringComparison.Ordinal);
        return close < 0 ? "" : Plain(text.AsSpan(at, Math.Min(close - at, 8_000)));
    }

    /// <summary>Text between tags.</summary>
    private static string Plain(ReadOnlySpan<char> markup)
    {
        var text = new StringBuilder();
        while (!markup.IsEmpty)
        {
            var open = markup.IndexOf('<');
            text.Append(open < 0 ? markup : markup[..open]);
            if (open < 0)
            {
                break;
            }

            var end = markup[open..].IndexOf('>');
            markup = end < 0 ? default : markup[(open + end + 1)..];
        }

        return WebUtility.HtmlDecode(text.ToString()).Trim();
    }

    /// <summary>Adds a value once: the packet repeats what the dictionary says.</summary>
    private static void Add(FileInspection inspection, TraitKind kind, string value, string where)
    {
        if (value.Length > 0 && !inspection.Traits.Any(one => one.Name == kind.Name && one.Value == value))
        {
            inspection.Traits.Add(kind.Of(value, where));
        }
    }
}
