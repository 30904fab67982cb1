using System.Text.Json;

namespace Noroshi.Exchange.Misp;

/// <summary>The types of MISP that the hub's events use, with the category each stands in.</summary>
public static class MispTypes
{
    private static readonly (string Type, string[] Categories, bool ToIds)[] Table =
    [
        ("comment", ["Other"], false),
        ("counter", ["Other"], false),
        ("email-attachment", ["Payload delivery"], true),
        ("email-dst-display-name", ["Payload delivery"], false),
        ("email-message-id", ["Payload delivery"], false),
        ("email-reply-to", ["Payload delivery"], false),
        ("email-src", ["Payload delivery"], true),
        ("email-src-display-name", ["Payload delivery"], false),
        ("email-subject", ["Payload delivery"], false),
        ("email-x-mailer", ["Payload delivery"], false),
        ("filename", ["Payload delivery"], true),
        ("hostname", ["Network activity", "Payload delivery"], true),
        ("ip-dst", ["Network activity"], true),
        ("ip-src", ["Payload delivery"], true),
        ("md5", ["Payload delivery"], true),
        ("sha1", ["Payload delivery"], true),
        ("sha256", ["Payload delivery"], true),
        ("size-in-bytes", ["Other"], false),
        ("text", ["Other"], false),
        ("url", ["Network activity", "Payload delivery"], true),
    ];

    /// <summary>Answer to <c>/attributes/describeTypes.json</c>.</summary>
    public static byte[] Describe() =>
        MispWriter.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("result");
            json.WriteStartObject("sane_defaults");
            foreach (var (type, categories, toIds) in Table)
            {
                json.WriteStartObject(type);
                json.WriteString("default_category", categories[0]);
                json.WriteNumber("to_ids", toIds ? 1 : 0);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            List(json, "types", Table.Select(row => row.Type));
            var names = Table.SelectMany(row => row.Categories).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            List(json, "categories", names);
            json.WriteStartObject("category_type_mappings");
            foreach (var name in names)
            {
                List(json, name, Table.Where(row => row.Categories.Contains(name, StringComparer.Ordinal)).Select(row => row.Type));
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });

    private static void List(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
