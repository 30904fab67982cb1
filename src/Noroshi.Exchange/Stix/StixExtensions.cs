using System.Text.Json;

namespace Noroshi.Exchange.Stix;

/// <summary>
/// The hub's own extensions (STIX 2.1, 7.3). Their definitions are the same objects in every hub: a receiver who knows one knows all. What they hold is
/// laid down in <c>docs/schemas/</c>; who does not know them loses nothing but detail, since notes tell the same in words.
/// </summary>
internal static class StixExtensions
{
    /// <summary>An exchange as a table, on a <c>note</c>.</summary>
    public const string Conversation = "extension-definition--4d1cbb06-3b0a-4b5e-9f0e-6c27b5a0c9d1";

    /// <summary>Facts of a mail and of a file, on <c>email-message</c> and <c>file</c>.</summary>
    public const string Anatomy = "extension-definition--b7a85f1c-0e0d-4c43-8f5a-2f8f6f1de6a4";

    private const string Author = "identity--2c9d7a5e-7e43-4d0b-8a41-9d3f9f6c1b27";

    /// <summary>When the definitions were written; a change of them has another time.</summary>
    private static readonly DateTimeOffset Written = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The author of the definitions, and the definitions that are used.</summary>
    public static IEnumerable<StixObject> Definitions(bool conversation, bool anatomy)
    {
        if (conversation || anatomy)
        {
            yield return Plain(
                Author,
                json =>
                {
                    json.WriteString("name", "Noroshi");
                    json.WriteString("identity_class", "system");
                }
            );
        }

        if (anatomy)
        {
            yield return Definition(
                Anatomy,
                "mail anatomy",
                "Facts of a mail and of its files that STIX has no property for.",
                "stix-anatomy-1.json"
            );
        }

        if (conversation)
        {
            yield return Definition(
                Conversation,
                "conversation",
                "An exchange as rows with roles and intervals.",
                "stix-conversation-1.json"
            );
        }
    }

    /// <summary>Begins the one extension of an object.</summary>
    public static void Begin(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject(id);
        json.WriteString("extension_type", "property-extension");
    }

    private static StixObject Definition(string id, string name, string description, string schema) =>
        Plain(
            id,
            json =>
            {
                json.WriteString("created_by_ref", Author);
                json.WriteString("name", "Noroshi " + name);
                json.WriteString("description", description);
                json.WriteString("schema", "JSON Schema of the Noroshi project: docs/schemas/" + schema);
                json.WriteString("version", "1.0.0");
                json.Texts("extension_types", "property-extension");
            }
        );

    private static StixObject Plain(string id, Action<Utf8JsonWriter> body)
    {
        var type = id[..id.IndexOf("--", StringComparison.Ordinal)];
        return new StixObject(
            id,
            type,
            Written,
            StixForm.Object(json =>
            {
                json.WriteString("type", type);
                json.WriteString("spec_version", StixObject.SpecVersion);
                json.WriteString("id", id);
                json.Time("created", Written);
                json.Time("modified", Written);
                body(json);
            })
        );
    }
}
