using System.Xml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Looks into Office Open XML documents (ECMA-376): who made them, what they load, what they hide, which files are in them.</summary>
internal static class OpenXmlInspector
{
    /// <summary>Parts that are parsed.</summary>
    private const int MaxParsed = 400;

    /// <summary>Relationship types whose targets are files of their own.</summary>
    private static readonly string[] FileTypes =
    [
        "oleObject",
        "package",
        "aFChunk",
        "vbaProject",
        "vbaProjectSignature",
        "vbaProjectSignatureAgile",
        "vbaProjectSignatureV3",
        "attachedToolbars",
        "activeXControlBinary",
        "mailMergeRecipientData",
    ];

    /// <summary>Adds everything to the inspection.</summary>
    public static void Inspect(PackageReader package, FileTypeMatch match, TraitSink sink)
    {
        var relationships = Relationships.Read(package, sink);
        Relationships.Judge(relationships, sink);
        Macros(package, match, relationships, sink);
        Declared(package, relationships, sink);
        var parsed = 0;
        foreach (var name in package.Names)
        {
            if (Visitor(name, sink) is not { } reader)
            {
                continue;
            }

            if (++parsed > MaxParsed)
            {
                sink.Add(FindingCodes.OpenXml.PartLimit, $"more than {MaxParsed} parts");
                break;
            }

            if (package.Read(name, out var cut) is { } bytes)
            {
                reader(bytes, cut);
            }
        }

        InnerParts.Thumbnail(package, sink);
        var named = relationships
            .Where(one => !one.External && Array.IndexOf(FileTypes, one.Type) >= 0)
            .Select(one => one.Target)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        InnerParts.Add(package, named, sink);
    }

    private static void Macros(PackageReader package, FileTypeMatch match, List<Relationship> relationships, TraitSink sink)
    {
        var project =
            relationships.Find(one => one is { Type: "vbaProject", External: false } && package.Has(one.Target))?.Target
            ?? package.Names.Find(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        if (project is not null)
        {
            sink.Add(TraitKinds.Common.Macros, "vba", project);
            if (match.Format is "docx" or "dotx" or "xlsx" or "xltx" or "pptx" or "ppsx" or "potx" or "vsdx")
            {
                sink.Add(FindingCodes.OpenXml.MacroInPlain, $"{match.Format}: {project}");
            }
        }

        var sheet =
            relationships.Find(one => one is { Type: "xlMacrosheet" or "xlIntlMacrosheet", External: false })?.Target
            ?? package.Names.Find(name =>
                name.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase)
                && !name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
            );
        if (sheet is not null)
        {
            sink.Add(TraitKinds.Common.Macros, "xlm", sheet);
            sink.Add(FindingCodes.OpenXml.MacroSheet, sheet);
        }
    }

    /// <summary>What the relationships declare: the main part, chunks, controls.</summary>
    private static void Declared(PackageReader package, List<Relationship> relationships, TraitSink sink)
    {
        foreach (var one in relationships)
        {
            switch (one.Type)
            {
                case "officeDocument" when !one.External && !package.Has(one.Target):
                    sink.Add(FindingCodes.OpenXml.PartMissing, one.Target);
                    break;
                case "aFChunk" when !one.External:
                    sink.Add(FindingCodes.OpenXml.AltChunk, one.Target);
                    break;
                case "control" when !one.External:
                    sink.Add(FindingCodes.OpenXml.ActiveX, one.Target);
                    break;
            }
        }
    }

    /// <summary>What reads the part; null for parts that say nothing about people (themes, fonts, styles).</summary>
    private static Action<byte[], bool>? Visitor(string name, TraitSink sink)
    {
        if (name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            return
                name.Equals("xl/workbook.bin", StringComparison.OrdinalIgnoreCase)
                || name.Equals("xl/sharedStrings.bin", StringComparison.OrdinalIgnoreCase)
                ? (bytes, _) => BinarySheets.Read(bytes, name, sink)
                : null;
        }

        if (!name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var lower = name.ToLowerInvariant();
        var slash = lower.IndexOf('/', StringComparison.Ordinal);
        var (folder, rest) = slash < 0 ? ("", lower) : (lower[..slash], lower[(slash + 1)..]);
        return folder switch
        {
            "docprops" => (bytes, cut) => PackageXml.Read(bytes, name, cut, new DocumentProperties(name, sink), sink),
            "customui" => (bytes, cut) => PackageXml.Read(bytes, name, cut, new RibbonParts(name, sink), sink),
            "word" when Worded(rest) => (bytes, cut) =>
            {
                var visitor = new WordParts(name, sink);
                PackageXml.Read(bytes, name, cut, visitor, sink);
                visitor.Finish();
            },
            "xl" when Listed(rest) => (bytes, cut) =>
            {
                var visitor = new SheetParts(name, sink);
                PackageXml.Read(bytes, name, cut, visitor, sink);
                visitor.Finish();
            },
            "word" or "xl" or "ppt" or "visio" when Drawn(rest) => (bytes, cut) =>
            {
                var visitor = new SlideParts(name, sink);
                PackageXml.Read(bytes, name, cut, visitor, sink);
                visitor.Finish();
            },
            _ => null,
        };
    }

    private static bool Worded(string rest) =>
        !rest.StartsWith("theme/", StringComparison.Ordinal)
        && !Drawn(rest)
        && rest is not ("styles.xml" or "styleswitheffects.xml" or "fonttable.xml" or "websettings.xml" or "numbering.xml");

    private static bool Listed(string rest) =>
        !rest.StartsWith("theme/", StringComparison.Ordinal)
        && !Drawn(rest)
        && rest is not ("styles.xml" or "calcchain.xml" or "metadata.xml");

    private static bool Drawn(string rest) =>
        rest.StartsWith("slides/", StringComparison.Ordinal)
        || rest.StartsWith("notesslides/", StringComparison.Ordinal)
        || rest.StartsWith("comments/", StringComparison.Ordinal) && !rest.StartsWith("comments/comment", StringComparison.Ordinal)
        || rest.StartsWith("slidemasters/", StringComparison.Ordinal)
        || rest.StartsWith("slidelayouts/", StringComparison.Ordinal)
        || rest.StartsWith("drawings/", StringComparison.Ordinal)
        || rest.StartsWith("diagrams/data", StringComparison.Ordinal)
        || rest.StartsWith("pages/", StringComparison.Ordinal)
        || rest is "commentauthors.xml" or "authors.xml" or "presentation.xml";

    /// <summary>customUI parts (MS-CUSTOMUI): callbacks are names of macros.</summary>
    private sealed class RibbonParts(string part, TraitSink sink) : PartVisitor
    {
        public override void Start(string name, XmlReader reader)
        {
            if (name == "customUI" && Attribute(reader, "onLoad") is { Length: > 0 } callback)
            {
                sink.Add(FindingCodes.OpenXml.RibbonCallback, $"{part}: onLoad {callback}");
            }
        }
    }
}
