using System.Text.Json;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>Files of the attacker, with what is inside them.</summary>
internal static class StixFiles
{
    /// <summary>Deeper ones are left out: the parser goes no deeper either.</summary>
    private const int Deepest = 16;

    /// <summary>Adds a file and what is inside.</summary>
    /// <returns>Its id, and the ids of all that was added, its own first.</returns>
    public static (string Id, IReadOnlyList<string> All) Add(StixPage page, SanitisedFile file, string place, int depth)
    {
        var children = depth < Deepest ? file.Children.Select((child, i) => Add(page, child, $"{place}.{i + 1}", depth + 1)).ToList() : [];
        var ids = children.Select(one => one.Id).Distinct(StringComparer.Ordinal).ToList();
        // Files at two places are two, even of one hash: each has its own name.
        var id = page.Observable(
            "file",
            place,
            place,
            json =>
            {
                if (file.Sha256 is not null || file.Sha1 is not null || file.Md5 is not null)
                {
                    json.WriteStartObject("hashes");
                    json.Text("MD5", file.Md5);
                    json.Text("SHA-1", file.Sha1);
                    json.Text("SHA-256", file.Sha256);
                    json.WriteEndObject();
                }

                if (file.Size > 0)
                {
                    json.WriteNumber("size", file.Size);
                }

                // A file has a hash or a name (STIX 2.1, 6.7): of one without both the format is all that is known.
                json.WriteString("name", file.Name.Length > 0 ? file.Name : $"({file.Format})");
                if (!IsContainer(file))
                {
                    json.Texts("contains_refs", ids);
                }

                json.WriteStartObject("extensions");
                if (IsContainer(file) && ids.Count > 0)
                {
                    json.WriteStartObject("archive-ext");
                    json.Texts("contains_refs", ids);
                    json.WriteEndObject();
                }

                Anatomy(json, file);
                json.WriteEndObject();
            }
        );
        return (id, [id, .. children.SelectMany(one => one.All)]);
    }

    private static bool IsContainer(SanitisedFile file) => file.Type is "archive" or "disk-image";

    private static void Anatomy(Utf8JsonWriter json, SanitisedFile file)
    {
        StixExtensions.Begin(json, StixExtensions.Anatomy);
        json.WriteString("file_type", file.Type);
        json.WriteString("format", file.Format);
        json.Text("displayed_name", file.DisplayedName);
        json.WriteBoolean("encrypted", file.Encrypted);
        if (file.OpensIn.Count > 0)
        {
            json.WriteStartArray("opens_in");
            foreach (var opening in file.OpensIn)
            {
                json.WriteStartObject();
                json.WriteString("program", opening.Program);
                json.WriteBoolean("opens", opening.Opens);
                json.WriteString("basis", opening.Tried ? "tried" : "format");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.Texts("disguises", file.Disguises);
        if (file.Traits.Count > 0)
        {
            json.WriteStartArray("traits");
            foreach (var trait in file.Traits)
            {
                json.WriteStartObject();
                json.WriteString("kind", trait.Kind);
                json.WriteString("value", trait.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
