using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Objects;

/// <summary>
/// Objects in a document: files packed by the packager, documents in storages of their own (made into files), links, and the classes that
/// exploits are known for.
/// </summary>
internal static class EmbeddedObjects
{
    private const int MaxStorages = 512;
    private const int MaxLink = 64 << 10;

    /// <summary>Adds all of them.</summary>
    /// <param name="file">The compound file.</param>
    /// <param name="tree">Its entries by storage.</param>
    /// <param name="bare">The file is no document of its own but an object by itself, as Office Open XML packages hold them.</param>
    /// <param name="facts">Takes what is found.</param>
    public static void Add(ref CompoundFile file, CompoundTree tree, bool bare, DocumentFacts facts)
    {
        foreach (var (storage, extension) in tree.Documents)
        {
            Class(ref file, tree, storage.Path, storage.ClassId, facts);
            var bytes = CompoundWriter.Build(ref file, tree, storage, facts.InnerBytesLeft);
            if (bytes.Length == 0)
            {
                facts.Finding(FindingCodes.Compound.InnerLimit, DocumentFacts.Visible(storage.Path));
            }

            facts.Inner($"{storage.Path}.{extension}", bytes, DocumentFacts.Time(storage.ModifiedAt));
        }

        Storage(ref file, tree, "", file.RootClassId, bare, facts);
        var looked = 0;
        foreach (var storage in tree.Storages)
        {
            if (looked < MaxStorages && !tree.IsWithinDocument(storage.Path))
            {
                looked++;
                Storage(ref file, tree, storage.Path, storage.ClassId, bare: true, facts);
            }
        }
    }

    private static void Storage(ref CompoundFile file, CompoundTree tree, string path, Guid id, bool bare, DocumentFacts facts)
    {
        if (path.Length > 0 || bare)
        {
            Class(ref file, tree, path, id, facts);
        }

        if (tree.Stream(path, "\u0001Ole") is { } ole)
        {
            Link(file.Read(ole, MaxLink), Where(ole), facts);
        }

        if (tree.Stream(path, "\u0001Ole10Native") is { } native)
        {
            Native(file.Read(native, facts.InnerBytesLeft), Where(native), facts);
        }

        if (tree.Stream(path, "Equation Native") is { } equation)
        {
            facts.Finding(FindingCodes.Compound.ExploitedClass, Where(equation));
            facts.Inner(equation.Path, file.Read(equation, facts.InnerBytesLeft));
        }

        foreach (var name in (string[])["Package", "CONTENTS", "EmbeddedOdf"])
        {
            if (bare && tree.Stream(path, name) is { } content)
            {
                facts.Inner(content.Path, file.Read(content, facts.InnerBytesLeft), null);
            }
        }
    }

    private static string Where(CompoundEntry entry) => DocumentFacts.Visible(entry.Path);

    /// <summary>Class by CLSID of the storage and by the names in <c>\x01CompObj</c> (MS-OLEDS 2.3.8).</summary>
    private static void Class(ref CompoundFile file, CompoundTree tree, string path, Guid id, DocumentFacts facts)
    {
        var where = path.Length == 0 ? "Root Entry" : DocumentFacts.Visible(path);
        var exploited = OleClasses.ExploitedBy(id);
        var name = exploited;
        if (tree.Stream(path, "\u0001CompObj") is { } entry)
        {
            var (userType, progId) = CompObj(file.Read(entry, 4_096));
            name = progId.Length > 0 ? progId : userType;
            exploited ??= OleClasses.IsExploited(progId) ? progId : null;
        }

        if (exploited is not null)
        {
            facts.Finding(FindingCodes.Compound.ExploitedClass, $"{exploited}: {where}");
        }

        if (path.Length > 0)
        {
            facts.Trait(
                TraitKinds.OfficeDocument.ObjectClass,
                name is { Length: > 0 } ? name
                    : id == Guid.Empty ? null
                    : id.ToString("B"),
                where
            );
        }
    }

    private static (string UserType, string ProgId) CompObj(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        cursor.GoTo(Math.Min(28, bytes.Length));
        var userType = Counted(ref cursor);
        var format = cursor.U32();
        // 0xFFFFFFFE and 0xFFFFFFFF announce a standard format of four bytes, anything else is the length of a name.
        cursor.Take(format is 0xFFFFFFFE or 0xFFFFFFFF ? 4 : format);
        return (userType, Counted(ref cursor));
    }

    private static string Counted(ref ByteCursor cursor)
    {
        var length = cursor.U32();
        return length > 400 ? "" : PropertySetReader.Decode(cursor.Take(length), 0);
    }

    private static void Link(ReadOnlySpan<byte> stream, string where, DocumentFacts facts)
    {
        foreach (var (kind, target) in Monikers.Read(stream))
        {
            if (kind is "soap" or "script")
            {
                facts.Finding(FindingCodes.Compound.ExploitedClass, $"{kind} moniker: {where}");
            }

            if (kind != "file" || PathText.IsRemote(target))
            {
                facts.Trait(TraitKinds.Common.ExternalTarget, target, where);
                facts.Finding(FindingCodes.Compound.RemoteLink, $"{target}: {where}");
            }
            else
            {
                facts.Trait(TraitKinds.Common.OriginalPath, target, where);
            }

            facts.Text(target);
        }
    }

    private static void Native(ReadOnlySpan<byte> stream, string where, DocumentFacts facts)
    {
        if (OleNative.Read(stream) is not { } native)
        {
            return;
        }

        facts.Trait(TraitKinds.Common.OriginalName, native.Label, $"{where}/label");
        facts.Trait(TraitKinds.Common.OriginalPath, PathText.IsPath(native.SourcePath) ? native.SourcePath : null, $"{where}/source");
        facts.Trait(TraitKinds.Common.OriginalPath, PathText.IsPath(native.TempPath) ? native.TempPath : null, $"{where}/temporary");
        var source = PathText.NameOf(native.SourcePath.Length > 0 ? native.SourcePath : native.TempPath);
        if (native.Label.Length > 0 || source.Length > 0)
        {
            var shown = native.Label.Length > 0 && native.Label != source ? $"{native.Label} ({source})" : source;
            facts.Finding(FindingCodes.Compound.Package, $"{shown}: {where}");
        }

        facts.Inner(
            source.Length > 0 ? source
                : native.Label.Length > 0 ? native.Label
                : where,
            native.Data
        );
    }
}
