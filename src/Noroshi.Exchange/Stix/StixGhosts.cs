using System.Collections.Frozen;
using System.Text.Json;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>
/// An object as it is told when it is taken back: what names and links it, and neutral words where its type demands some (STIX 2.1, 3.6.3: a
/// revoked object is an object still). Nothing of what it said.
/// </summary>
internal static class StixGhosts
{
    private const string Words = "撤回 / withdrawn";
    private const string Pattern = "[x-noroshi-withdrawn:value = 'withdrawn']";

    private static readonly FrozenSet<string> Observables = new[]
    {
        "artifact",
        "domain-name",
        "email-addr",
        "email-message",
        "file",
        "ipv4-addr",
        "ipv6-addr",
        "url",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Kept = new[]
    {
        "type",
        "spec_version",
        "id",
        "created_by_ref",
        "created",
        "modified",
        "revoked",
        "object_marking_refs",
        "lang",
        "context",
        "report_types",
        "published",
        "pattern_type",
        "pattern_version",
        "valid_from",
        "relationship_type",
        "source_ref",
        "target_ref",
        "object_ref",
        "object_modified",
        "number_observed",
        "definition_type",
        "definition",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is an observable (STIX cyber-observable object).</summary>
    public static bool IsObservable(StixObject one) => Observables.Contains(one.Type);

    /// <summary>The object without what it said.</summary>
    public static StixObject Of(StixObject one, HubName hub)
    {
        if (one.Type is "marking-definition" or "identity" or "extension-definition")
        {
            return one;
        }

        using var document = JsonDocument.Parse(one.Json);
        var root = document.RootElement;
        return new StixObject(
            one.Id,
            one.Type,
            one.Version,
            StixForm.Object(json =>
            {
                foreach (var property in root.EnumerateObject())
                {
                    Write(json, property, (root, StixIds.Own("identity", hub.Id)));
                }
            })
        );
    }

    private static void Write(Utf8JsonWriter json, JsonProperty property, (JsonElement Object, string Hub) whole)
    {
        if (Kept.Contains(property.Name))
        {
            property.WriteTo(json);
            return;
        }

        switch (property.Name)
        {
            case "name" or "content":
                json.WriteString(property.Name, Words);
                break;
            case "pattern":
                json.WriteString(property.Name, Pattern);
                break;
            case "first_observed" or "last_observed":
                // When it was seen is a fact, too.
                json.WriteString(property.Name, whole.Object.GetProperty("created").GetString());
                break;
            case "object_refs":
                // What it was about may stand nowhere any more.
                json.Texts(property.Name, whole.Hub);
                break;
            case "contents":
                Contents(json, property);
                break;
            default:
                break;
        }
    }

    private static void Contents(Utf8JsonWriter json, JsonProperty contents)
    {
        json.WriteStartObject(contents.Name);
        foreach (var language in contents.Value.EnumerateObject())
        {
            json.WriteStartObject(language.Name);
            foreach (var text in language.Value.EnumerateObject())
            {
                json.WriteString(text.Name, Words);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
