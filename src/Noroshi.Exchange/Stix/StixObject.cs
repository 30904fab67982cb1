using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Noroshi.Exchange.Stix;

/// <summary>One STIX 2.1 object (OASIS, STIX Version 2.1).</summary>
/// <param name="Id">Identifier, <c>type--uuid</c>.</param>
/// <param name="Type">Type.</param>
/// <param name="Version"><c>modified</c>; of marking definitions <c>created</c>; of observables, which have neither, the release's time.</param>
/// <param name="Json">UTF-8 JSON, the same for the same input.</param>
public sealed record StixObject(string Id, string Type, DateTimeOffset Version, ReadOnlyMemory<byte> Json)
{
    /// <summary>Version of STIX that all objects of the hub have.</summary>
    public const string SpecVersion = "2.1";

    /// <summary>Id of the item that it belongs to; empty outside of collections.</summary>
    public Guid Item { get; init; }

    /// <summary>Version of that item.</summary>
    public int ItemVersion { get; init; }

    /// <summary>Media type of the objects in a manifest.</summary>
    public const string MediaType = "application/stix+json;version=2.1";
}

/// <summary>How values are written.</summary>
internal static class StixForm
{
    /// <summary>Japanese stands as such: objects are never part of a page.</summary>
    public static JsonWriterOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTC with milliseconds (STIX 2.1, 2.16).</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whole milliseconds, as they are written.</summary>
    public static DateTimeOffset Cut(DateTimeOffset at) =>
        new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>One JSON object.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a text, when there is one.</summary>
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Writes a time.</summary>
    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset at) => json.WriteString(name, Time(at));

    /// <summary>Writes a list of texts, when there are any: STIX knows no empty lists.</summary>
    public static void Texts(this Utf8JsonWriter json, string name, params IEnumerable<string> values)
    {
        var begun = false;
        foreach (var value in values)
        {
            if (!begun)
            {
                json.WriteStartArray(name);
                begun = true;
            }

            json.WriteStringValue(value);
        }

        if (begun)
        {
            json.WriteEndArray();
        }
    }
}
