using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>
/// A family of formats that live in compound files. One sealed class with a parameterless constructor per family; the directory is read
/// once for all of them.
/// </summary>
internal interface ICompoundFamily
{
    /// <summary>Lower is asked first.</summary>
    int Priority { get; }

    /// <summary>The type by names and content of the streams; null when it is none of this family.</summary>
    FileTypeMatch? Recognise(ref CompoundFile file);

    /// <summary>Adds what <see cref="IFileTypeRecogniser.Inspect"/> would add.</summary>
    void Inspect(ref CompoundFile file, FileTypeMatch match, FileInspection inspection) { }
}

/// <summary>Compound files (MS-CFB): asks the families, most particular first.</summary>
internal sealed class CompoundRecogniser : IFileTypeRecogniser
{
    private static readonly IReadOnlyList<ICompoundFamily> Families = Plugins.Find<ICompoundFamily>(family => family.Priority);

    private static readonly FileTypeMatch Unknown = new(FileType.Other, "ole", []);

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (!CompoundFile.TryOpen(bytes, out var file))
        {
            return bytes.StartsWith(CompoundFile.Signature) ? Unknown : null;
        }

        foreach (var family in Families)
        {
            if (family.Recognise(ref file) is { } match)
            {
                return match;
            }
        }

        return Unknown;
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        if (!CompoundFile.TryOpen(bytes.Span, out var file))
        {
            inspection.Findings.Add(FindingCodes.FileTypes.CompoundDamaged.At("header"));
            return;
        }

        foreach (var family in Families)
        {
            if (family.Recognise(ref file) is not null)
            {
                family.Inspect(ref file, match, inspection);
                break;
            }
        }

        // An Outlook item is a mail and not a document: its streams have readers of their own.
        if (match.Type != FileType.Mail)
        {
            CompoundContents.Add(ref file, bytes.Span, match, inspection);
        }

        if (file.Damaged)
        {
            inspection.Findings.Add(FindingCodes.FileTypes.CompoundDamaged.At($"{file.Entries.Length} entries"));
        }

        foreach (var finding in Polyglots.Of(bytes.Span, match.Type, match.Format))
        {
            // Office 2007 and later keep a ZIP of the theme in the old formats too: only one that programs would open, and that is no
            // stream of the document itself, is a second format.
            if (!finding.Detail.Contains("+zip@", StringComparison.Ordinal) || HasZipBehind(ref file, bytes.Span))
            {
                inspection.Findings.Add(finding);
            }
        }
    }

    /// <summary>The end record with its comment reaches to the end of the file, and no stream holds it.</summary>
    private static bool HasZipBehind(ref CompoundFile file, ReadOnlySpan<byte> bytes)
    {
        var end = ZipNames.EndRecord(bytes);
        return end >= 0 && end + 22 + BinaryPrimitives.ReadUInt16LittleEndian(bytes[(end + 20)..]) >= bytes.Length && !file.InStream(end);
    }
}
