using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.Compound.Objects;
using Noroshi.MailAnatomy.FileTypes.Compound.Office;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Justsystems;
using Noroshi.MailAnatomy.FileTypes.Macros;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>Looks into a compound file of any family but mail: properties, macros, objects, and what its own kind of document holds.</summary>
internal static class CompoundContents
{
    // Programs leave a sector or two behind when a file shrinks.
    private const int MinTrailing = 1_025;
    private const int MaxNamed = 8;

    /// <summary>Adds everything to the inspection.</summary>
    public static void Add(ref CompoundFile file, ReadOnlySpan<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        var facts = new DocumentFacts(inspection);
        Describe(ref file, match, facts);
        if (match.Type == FileType.Justsystems && file.FindStream("JSCompDocument") is not null)
        {
            Packed(ref file, match, facts);
        }

        Leftovers(ref file, bytes, facts);
    }

    /// <summary>The compressed document says what the plain one says, and its content is the same file inside.</summary>
    private static void Packed(ref CompoundFile file, FileTypeMatch match, DocumentFacts facts)
    {
        if (IchitaroDocument.Unpack(ref file) is not { } packed)
        {
            facts.Finding(FindingCodes.Justsystems.PackedUnreadable, "JSCompDocument");
            return;
        }

        if (CompoundFile.TryOpen(packed.Start, out var inner))
        {
            facts.Lifting = true;
            Describe(ref inner, match, facts);
            facts.Lifting = false;
        }
        else
        {
            facts.Finding(FindingCodes.Justsystems.PackedUnreadable, packed.Name);
        }

        facts.Inner(packed.Name, packed.Open, packed.Size);
    }

    private static void Describe(ref CompoundFile file, FileTypeMatch match, DocumentFacts facts)
    {
        PropertyTraits.Add(ref file, match.Format, facts);
        if (file.RootClassId != Guid.Empty)
        {
            facts.Trait(TraitKinds.Compound.ClassId, file.RootClassId.ToString("B"), "Root Entry");
        }

        facts.Trait(TraitKinds.Compound.StorageTime, DocumentFacts.Time(file.RootModifiedAt), "Root Entry");
        if (match.Type == FileType.Justsystems)
        {
            IchitaroDocument.Add(ref file, facts);
        }
        else if (!match.Encrypted)
        {
            OfficeDocuments.Add(ref file, match.Format, facts);
        }

        var tree = new CompoundTree(ref file);
        VbaProjects.Add(ref file, tree, facts);
        EmbeddedObjects.Add(ref file, tree, match.Format == "ole", facts);
    }

    /// <summary>What programs do not show: entries without a path, bytes without an entry.</summary>
    private static void Leftovers(ref CompoundFile file, ReadOnlySpan<byte> bytes, DocumentFacts facts)
    {
        if (file.Damaged)
        {
            return;
        }

        var orphans = 0;
        foreach (var entry in file.Entries)
        {
            if (entry.Orphan && orphans++ < MaxNamed)
            {
                facts.Finding(
                    FindingCodes.Compound.Orphan,
                    string.Create(CultureInfo.InvariantCulture, $"{DocumentFacts.Visible(entry.Name)}, {entry.Size} bytes")
                );
            }
        }

        var used = file.UsedLength();
        var rest = bytes[used..];
        if (rest.Length >= MinTrailing && rest.ContainsAnyExcept((byte)0, (byte)0xFF))
        {
            facts.Finding(FindingCodes.Compound.TrailingData, string.Create(CultureInfo.InvariantCulture, $"{rest.Length} bytes@{used}"));
            facts.Inner("trailing-data", rest.Length <= facts.InnerBytesLeft ? rest.ToArray() : []);
        }
    }
}
