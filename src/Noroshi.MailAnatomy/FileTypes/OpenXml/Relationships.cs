using System.Xml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>One relationship of a package (ECMA-376 part 2, clause 9).</summary>
/// <param name="Source">Name of the .rels part.</param>
/// <param name="Id">Its id.</param>
/// <param name="Type">Last segment of its type, e.g. <c>attachedTemplate</c>.</param>
/// <param name="Target">Name of the part, or the address when it is outside.</param>
/// <param name="External">Outside the package.</param>
internal sealed record Relationship(string Source, string Id, string Type, string Target, bool External);

/// <summary>Reads and judges the relationships of a package. None is followed, so that none can lead in circles.</summary>
internal static class Relationships
{
    private const int MaxFiles = 1_000;
    private const int MaxRelationships = 20_000;

    /// <summary>All relationships of all parts.</summary>
    public static List<Relationship> Read(PackageReader package, TraitSink sink)
    {
        var all = new List<Relationship>();
        var files = 0;
        foreach (var name in package.Names)
        {
            if (!name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (++files > MaxFiles || all.Count >= MaxRelationships)
            {
                sink.Add(FindingCodes.OpenXml.PartLimit, "relationships");
                break;
            }

            if (package.Read(name, out var cut) is { } bytes)
            {
                PackageXml.Read(bytes, name, cut, new Visitor(name, all), sink);
            }
        }

        return all;
    }

    /// <summary>Traits and findings of what lies outside.</summary>
    public static void Judge(IReadOnlyList<Relationship> all, TraitSink sink)
    {
        foreach (var one in all)
        {
            if (one.External)
            {
                Outside(one, sink);
            }
        }
    }

    private static void Outside(Relationship one, TraitSink sink)
    {
        var place = LinkTarget.Of(one.Target);
        var detail = $"{one.Source}: {one.Type} {one.Target}";
        if (place == TargetPlace.Odd)
        {
            sink.Add(FindingCodes.OpenXml.OddLink, detail);
        }

        if (one.Type == "hyperlink" || place == TargetPlace.Inside)
        {
            sink.AddText(one.Target);
            return;
        }

        var where = $"{one.Source} {one.Type} {one.Id}";
        if (one.Type == "attachedTemplate" && place == TargetPlace.Local)
        {
            sink.Add(TraitKinds.OfficeDocument.TemplatePath, one.Target, where);
            return;
        }

        sink.Add(TraitKinds.Common.ExternalTarget, one.Target, where);
        sink.AddText(one.Target);
        var distant = place is TargetPlace.Web or TargetPlace.Share or TargetPlace.Odd;
        sink.Add(
            one.Type switch
            {
                "attachedTemplate" => FindingCodes.OpenXml.RemoteTemplate,
                "oleObject"
                or "frame"
                or "subDocument"
                or "aFChunk"
                or "package"
                or "control"
                or "attachedToolbars" when place is TargetPlace.Web or TargetPlace.Odd => FindingCodes.OpenXml.RemoteObject,
                "externalLinkPath" or "image" or "video" or "audio" or "media" or "hdphoto" => FindingCodes.OpenXml.RemoteContent,
                _ when distant && !IsData(one.Type) && place != TargetPlace.Share => FindingCodes.OpenXml.RemoteObject,
                _ => FindingCodes.OpenXml.RemoteContent,
            },
            detail
        );
    }

    /// <summary>Types that lead outside by their nature and only when somebody asks.</summary>
    private static bool IsData(string type) =>
        type is "mailMergeSource" or "mailMergeHeaderSource" or "mailMergeRecipientData" or "xlExternalLinkPath" or "customXml"
        || type.Contains("Link", StringComparison.Ordinal)
        || type.Contains("ignature", StringComparison.Ordinal);

    /// <summary>Part a relationship's target names, seen from the part that owns the .rels file.</summary>
    private static string Resolve(string source, string target)
    {
        var hash = target.IndexOf('#', StringComparison.Ordinal);
        var path = (hash < 0 ? target : target[..hash]).Replace('\\', '/');
        if (path.StartsWith('/'))
        {
            return path.TrimStart('/');
        }

        var folder = source.IndexOf("_rels/", StringComparison.OrdinalIgnoreCase) is > 0 and var at ? source[..at].TrimEnd('/') : "";
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in path.Split('/', 64, StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (segment != ".")
            {
                parts.Add(segment);
            }
        }

        return string.Join('/', parts);
    }

    private sealed class Visitor(string source, List<Relationship> all) : PartVisitor
    {
        public override void Start(string name, XmlReader reader)
        {
            if (name != "Relationship" || all.Count >= MaxRelationships)
            {
                return;
            }

            var target = Attribute(reader, "Target") ?? "";
            var type = Attribute(reader, "Type") ?? "";
            var external = string.Equals(Attribute(reader, "TargetMode"), "External", StringComparison.OrdinalIgnoreCase);
            all.Add(
                new Relationship(
                    source,
                    Attribute(reader, "Id") ?? "",
                    type[(type.LastIndexOf('/') + 1)..],
                    external ? target : Resolve(source, target.Length <= 2_000 ? target : target[..2_000]),
                    external
                )
            );
        }
    }
}
