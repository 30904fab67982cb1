using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Properties;

/// <summary>
/// What the property streams of a document say about who made it (MS-OLEPS 3.1: SummaryInformation, DocumentSummaryInformation and the
/// user-defined properties).
/// </summary>
internal static class PropertyTraits
{
    private const string Summary = "SummaryInformation";
    private const string Document = "DocumentSummaryInformation";
    private const int MaxStream = 1 << 20;
    private const int MaxCustom = 24;

    private static readonly Guid SummaryId = new("f29f85e0-4ff9-1068-ab91-08002b27b3d9");
    private static readonly Guid DocumentId = new("d5cdd502-2e9c-101b-9397-08002b2cf9ae");
    private static readonly Guid UserId = new("d5cdd505-2e9c-101b-9397-08002b2cf9ae");

    /// <summary>Reads both streams of the root.</summary>
    public static void Add(ref CompoundFile file, string format, DocumentFacts facts)
    {
        Add(ref file, "\u0005" + Summary, Summary, format, facts);
        Add(ref file, "\u0005" + Document, Document, format, facts);
    }

    /// <summary>Reads one property stream; nothing happens when it is none.</summary>
    public static bool Add(ref CompoundFile file, string stream, string where, string format, DocumentFacts facts)
    {
        if (file.FindStream(stream) is not { } entry || PropertySetReader.Read(file.Read(entry, MaxStream)) is not { } read)
        {
            return false;
        }

        if (read.Damaged)
        {
            facts.Finding(FindingCodes.Compound.PropertiesDamaged, where);
        }

        if (where == Summary)
        {
            facts.Trait(TraitKinds.Compound.WrittenOn, SystemName(read.System), where);
        }

        foreach (var set in read.Sets)
        {
            // Streams of other programs have numbers of their own.
            if (set.FormatId == SummaryId)
            {
                SummarySet(set, where, format, facts);
            }
            else if (set.FormatId == DocumentId)
            {
                DocumentSet(set, where, facts);
            }
            else if (set.FormatId == UserId)
            {
                UserSet(set, where, facts);
            }
        }

        return true;
    }

    private static void SummarySet(PropertySet set, string where, string format, DocumentFacts facts)
    {
        facts.Trait(TraitKinds.Common.Title, set.Text(2), $"{where}/title");
        facts.Trait(TraitKinds.Common.Subject, set.Text(3), $"{where}/subject");
        facts.Trait(TraitKinds.Common.Author, set.Text(4), $"{where}/author");
        facts.Trait(TraitKinds.Common.Keywords, set.Text(5), $"{where}/keywords");
        Comments(set.Text(6), $"{where}/comments", facts);
        Template(set.Text(7), $"{where}/template", facts);
        facts.Trait(TraitKinds.Common.LastAuthor, set.Text(8), $"{where}/lastAuthor");
        // In a Windows Installer package this property is the id of the package.
        var revision = set.Text(9);
        facts.Trait(format == "msi" ? TraitKinds.Common.DocumentId : TraitKinds.Common.Revision, revision, $"{where}/revision");
        if (set.Number(10) is > 0 and < 1L << 56 and var editing && editing >= TimeSpan.TicksPerMinute)
        {
            facts.Trait(TraitKinds.Common.EditingMinutes, editing / TimeSpan.TicksPerMinute, $"{where}/editTime");
        }

        Time(TraitKinds.Common.PrintedAt, set.Number(11), $"{where}/lastPrinted", facts);
        Time(TraitKinds.Common.CreatedAt, set.Number(12), $"{where}/created", facts);
        Time(TraitKinds.Common.SavedAt, set.Number(13), $"{where}/lastSaved", facts);
        if (set.Number(14) is > 0 and var pages)
        {
            facts.Trait(TraitKinds.Common.Pages, pages, $"{where}/pages");
        }

        facts.Trait(TraitKinds.Common.Application, set.Text(18), $"{where}/application");
        if (set.CodePage != 0)
        {
            facts.Trait(TraitKinds.Common.CodePage, set.CodePage, $"{where}/codePage");
        }
    }

    /// <summary>Ichitaro names itself and its version in the comments: <c>一太郎 13 文書</c>.</summary>
    private static void Comments(string? comments, string where, DocumentFacts facts)
    {
        const string Name = "一太郎";
        if (comments is null || !comments.StartsWith(Name, StringComparison.Ordinal))
        {
            facts.Trait(TraitKinds.Common.Comments, comments, where);
            facts.Text(comments ?? "");
            return;
        }

        facts.Trait(TraitKinds.Common.Application, comments, where);
        var version = comments.AsSpan(Name.Length).Trim();
        var end = version.IndexOfAnyExceptInRange('0', '9');
        facts.Trait(TraitKinds.Common.ApplicationVersion, version[..(end < 0 ? version.Length : end)].ToString(), where);
    }

    /// <summary>A template with a place tells the machine; Ichitaro keeps the document's own path here.</summary>
    private static void Template(string? template, string where, DocumentFacts facts)
    {
        var path = template?.Trim('\0', ' ');
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        if (PathText.IsRemote(path))
        {
            facts.Trait(TraitKinds.Common.ExternalTarget, path, where);
            facts.Text(path);
        }
        else if (PathText.IsPath(path))
        {
            facts.Trait(TraitKinds.Common.OriginalPath, path, where);
        }

        facts.Trait(TraitKinds.Common.Template, PathText.NameOf(path), where);
    }

    private static void DocumentSet(PropertySet set, string where, DocumentFacts facts)
    {
        facts.Trait(TraitKinds.Compound.Category, set.Text(2), $"{where}/category");
        facts.Trait(TraitKinds.Common.Manager, set.Text(14), $"{where}/manager");
        facts.Trait(TraitKinds.Common.Company, set.Text(15), $"{where}/company");
        if (set.Number(23) is > 0 and var version)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{(version >> 16) & 0xFFFF}.{version & 0xFFFF:0000}");
            facts.Trait(TraitKinds.Common.ApplicationVersion, text, $"{where}/version");
        }

        facts.Trait(TraitKinds.Common.Language, set.Text(28), $"{where}/language");
    }

    private static void UserSet(PropertySet set, string where, DocumentFacts facts)
    {
        var custom = 0;
        foreach (var (id, name) in set.Names)
        {
            if (!set.Values.TryGetValue(id, out var value))
            {
                continue;
            }

            var at = $"{where}/{name}";
            if (name.Equals("_PID_HLINKS", StringComparison.OrdinalIgnoreCase))
            {
                Links(value, at, facts);
            }
            else if (name.Equals("_PID_LINKBASE", StringComparison.OrdinalIgnoreCase))
            {
                var text = Wide(value);
                facts.Trait(TraitKinds.Compound.HyperlinkBase, text, at);
                facts.Text(text ?? "");
            }
            else if (name.Equals("_PID_GUID", StringComparison.OrdinalIgnoreCase))
            {
                facts.Trait(TraitKinds.Common.DocumentId, Wide(value), at);
            }
            else if (custom++ < MaxCustom && Shown(value) is { Length: > 0 } shown)
            {
                facts.Trait(TraitKinds.OfficeDocument.CustomProperty, $"{name}={shown}", at);
                facts.Text(shown);
            }
        }
    }

    /// <summary>MS-OSHARED 2.3.3.1.18: a vector in the blob, six variants a link, the fifth being the target.</summary>
    private static void Links(PropertyValue value, string where, DocumentFacts facts)
    {
        // The blob holds a count and the variants; the strings in it are all that matters here.
        var bytes = value.Bytes.AsSpan();
        var at = 4;
        for (var items = 0; at + 8 <= bytes.Length && items < 4_096; items++)
        {
            int type = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            if (type != 31)
            {
                at += 8;
                continue;
            }

            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]) * 2;
            if (length > bytes.Length - at - 8)
            {
                return;
            }

            var text = Encoding.Unicode.GetString(bytes.Slice(at + 8, (int)length)).TrimEnd('\0');
            if (PathText.IsRemote(text) || PathText.IsPath(text))
            {
                facts.Trait(TraitKinds.Common.ExternalTarget, text, where);
            }

            facts.Text(text);
            at += 8 + (int)((length + 3) & ~3);
        }
    }

    private static string? Wide(PropertyValue value) =>
        value.Text ?? (value.Bytes is { } bytes ? Encoding.Unicode.GetString(bytes).TrimEnd('\0') : null);

    private static string? Shown(PropertyValue value) =>
        value switch
        {
            { Text: { } text } => text,
            { Type: 64, Number: { } time } => DocumentFacts.Time((ulong)time),
            { Type: 5, Number: { } bits } => BitConverter.Int64BitsToDouble(bits).ToString(CultureInfo.InvariantCulture),
            { Type: 11, Number: { } flag } => flag == 0 ? "false" : "true",
            { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };

    private static void Time(TraitKind kind, long? time, string where, DocumentFacts facts) =>
        facts.Trait(kind, time is { } ticks ? DocumentFacts.Time((ulong)ticks) : null, where);

    /// <summary>MS-OLEPS 2.21: kind of system in the upper half, its version in the lower.</summary>
    private static string? SystemName(uint system)
    {
        var kind = (system >> 16) switch
        {
            0 => "Win16",
            1 => "Macintosh",
            2 => "Windows",
            _ => null,
        };
        return system == 0 || kind is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{kind} {system & 0xFF}.{(system >> 8) & 0xFF}");
    }
}
