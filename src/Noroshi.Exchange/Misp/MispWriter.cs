using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Noroshi.Exchange.Misp;

/// <summary>Writes MISP's JSON (MISP core format). Numbers that MISP keeps as text are text.</summary>
internal static class MispWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes JSON into bytes.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            write(json);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>An event.</summary>
    public static byte[] Event(MispHead head, MispContent content) =>
        Write(json =>
        {
            var time = head.Timestamp.ToString(CultureInfo.InvariantCulture);
            json.WriteStartObject();
            json.WriteStartObject("Event");
            Head(json, head);
            json.WriteStartArray("Attribute");
            foreach (var one in content.Attributes)
            {
                Attribute(json, one, time);
            }

            json.WriteEndArray();
            json.WriteStartArray("Object");
            foreach (var one in content.Objects)
            {
                Object(json, one, time);
            }

            json.WriteEndArray();
            json.WriteStartArray("EventReport");
            foreach (var one in content.Reports)
            {
                Report(json, one, time);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });

    /// <summary>The hub as an organisation.</summary>
    public static void Organization(Utf8JsonWriter json, string property, MispHead head)
    {
        json.WriteStartObject(property);
        json.WriteString("name", head.OrganizationName);
        json.WriteString("uuid", head.Hub.Id);
        json.WriteEndObject();
    }

    /// <summary>A tag's fields.</summary>
    public static void Tag(Utf8JsonWriter json, MispTag tag)
    {
        json.WriteString("name", tag.Name);
        json.WriteString("colour", tag.Colour);
        json.WriteBoolean("exportable", true);
        json.WriteBoolean("local", false);
    }

    private static void Head(Utf8JsonWriter json, MispHead head)
    {
        var time = head.Timestamp.ToString(CultureInfo.InvariantCulture);
        json.WriteString("uuid", head.Id);
        json.WriteString("info", head.Info);
        json.WriteString("date", head.Date);
        json.WriteString("threat_level_id", head.ThreatLevel.ToString(CultureInfo.InvariantCulture));
        json.WriteString("analysis", head.Analysis.ToString(CultureInfo.InvariantCulture));
        json.WriteBoolean("published", true);
        json.WriteString("timestamp", time);
        json.WriteString("publish_timestamp", time);
        json.WriteString("distribution", head.Distribution.ToString(CultureInfo.InvariantCulture));
        json.WriteString("sharing_group_id", "0");
        json.WriteBoolean("disable_correlation", false);
        json.WriteString("extends_uuid", "");
        json.WriteBoolean("protected", false);
        Organization(json, "Orgc", head);
        Organization(json, "Org", head);
        json.WriteStartArray("Tag");
        foreach (var tag in head.Tags)
        {
            json.WriteStartObject();
            Tag(json, tag);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Attribute(Utf8JsonWriter json, MispAttribute attribute, string time)
    {
        json.WriteStartObject();
        json.WriteString("uuid", attribute.Id);
        json.WriteString("type", attribute.Type);
        json.WriteString("category", attribute.Category);
        json.WriteBoolean("to_ids", attribute.ToIds);
        json.WriteString("timestamp", time);
        json.WriteString("distribution", "5");
        json.WriteString("sharing_group_id", "0");
        json.WriteString("comment", attribute.Comment);
        json.WriteBoolean("deleted", attribute.Deleted);
        json.WriteBoolean("disable_correlation", attribute.NoCorrelation);
        if (attribute.Relation is { } relation)
        {
            json.WriteString("object_relation", relation);
        }

        json.WriteString("value", attribute.Value);
        json.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter json, MispObject one, string time)
    {
        json.WriteStartObject();
        json.WriteString("uuid", one.Id);
        json.WriteString("name", one.Template.Name);
        json.WriteString("meta-category", one.Template.Category);
        json.WriteString("description", one.Template.Description);
        json.WriteString("template_uuid", one.Template.Id);
        json.WriteString("template_version", one.Template.Version.ToString(CultureInfo.InvariantCulture));
        json.WriteString("timestamp", time);
        json.WriteString("distribution", "5");
        json.WriteString("sharing_group_id", "0");
        json.WriteString("comment", one.Comment);
        json.WriteBoolean("deleted", one.Deleted);
        if (one.FirstSeen is { } seen)
        {
            json.WriteString(
                "first_seen",
                seen.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture)
            );
        }

        json.WriteStartArray("Attribute");
        foreach (var attribute in one.Attributes)
        {
            Attribute(json, attribute, time);
        }

        json.WriteEndArray();
        json.WriteStartArray("ObjectReference");
        foreach (var reference in one.References)
        {
            json.WriteStartObject();
            json.WriteString("uuid", reference.Id);
            json.WriteString("object_uuid", one.Id);
            json.WriteString("referenced_uuid", reference.To);
            json.WriteString("relationship_type", reference.Relation);
            json.WriteString("comment", "");
            json.WriteString("timestamp", time);
            json.WriteBoolean("deleted", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Report(Utf8JsonWriter json, MispReport report, string time)
    {
        json.WriteStartObject();
        json.WriteString("uuid", report.Id);
        json.WriteString("name", report.Name);
        json.WriteString("content", report.Content);
        json.WriteString("timestamp", time);
        json.WriteString("distribution", "5");
        json.WriteString("sharing_group_id", "0");
        json.WriteBoolean("deleted", report.Deleted);
        json.WriteEndObject();
    }
}
