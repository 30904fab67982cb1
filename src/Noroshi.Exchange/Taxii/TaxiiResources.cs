using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Noroshi.Exchange.Stix;

namespace Noroshi.Exchange.Taxii;

/// <summary>A collection as it is described (TAXII 2.1, 5.2.1).</summary>
/// <param name="Id">Id, a UUID.</param>
/// <param name="Title">Title.</param>
/// <param name="Description">For people.</param>
/// <param name="CanRead">Whether the reader may read.</param>
/// <param name="CanWrite">Whether the reader may write.</param>
public sealed record TaxiiCollectionInfo(Guid Id, string Title, string Description, bool CanRead, bool CanWrite);

/// <summary>What became of one object that was handed in.</summary>
/// <param name="Id">Id of the object.</param>
/// <param name="Version">Its version.</param>
/// <param name="Message">For people; null when there is nothing to say.</param>
public sealed record TaxiiOutcome(string Id, string Version, string? Message = null);

/// <summary>What became of a request to add (TAXII 2.1, 4.3.1). The hub answers when all is done: nothing is ever pending.</summary>
/// <param name="Id">Id of the status.</param>
/// <param name="RequestedAt">When the request came.</param>
/// <param name="Successes">What was taken.</param>
/// <param name="Failures">What was not.</param>
public sealed record TaxiiStatus(
    Guid Id,
    DateTimeOffset RequestedAt,
    IReadOnlyList<TaxiiOutcome> Successes,
    IReadOnlyList<TaxiiOutcome> Failures
);

/// <summary>The resources of the protocol as UTF-8 JSON. Empty lists are left out (TAXII 2.1, 3.7).</summary>
public static class TaxiiResources
{
    /// <summary>Server (4.1.1).</summary>
    public static byte[] Discovery(string title, string description, string? first, IReadOnlyList<string> roots) =>
        Write(json =>
        {
            json.WriteString("title", title);
            json.Text("description", description);
            json.Text("default", first);
            json.Texts("api_roots", roots);
        });

    /// <summary>API root (4.2.1).</summary>
    public static byte[] ApiRoot(string title, string description, long mostBytes) =>
        Write(json =>
        {
            json.WriteString("title", title);
            json.Text("description", description);
            json.Texts("versions", TaxiiMedia.Type);
            json.WriteNumber("max_content_length", mostBytes);
        });

    /// <summary>Collections (5.1.1).</summary>
    public static byte[] Collections(IReadOnlyList<TaxiiCollectionInfo> collections)
    {
        ArgumentNullException.ThrowIfNull(collections);
        return Write(json =>
        {
            if (collections.Count == 0)
            {
                return;
            }

            json.WriteStartArray("collections");
            foreach (var one in collections)
            {
                json.WriteStartObject();
                Describe(json, one);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Collection (5.2.1).</summary>
    public static byte[] Collection(TaxiiCollectionInfo collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return Write(json => Describe(json, collection));
    }

    /// <summary>Envelope (3.7).</summary>
    public static byte[] Envelope(TaxiiPage page, string? next)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Write(json =>
        {
            More(json, page.More, next);
            if (page.Entries.Count == 0)
            {
                return;
            }

            json.WriteStartArray("objects");
            foreach (var entry in page.Entries)
            {
                json.WriteRawValue(entry.Object.Json.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Manifest (5.3.1). It has no <c>next</c>: the next page is that behind X-TAXII-Date-Added-Last, and this hub's <c>next</c> goes on, too.</summary>
    public static byte[] Manifest(TaxiiPage page, string? next)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Write(json =>
        {
            More(json, page.More, next);
            if (page.Entries.Count == 0)
            {
                return;
            }

            json.WriteStartArray("objects");
            foreach (var entry in page.Entries)
            {
                json.WriteStartObject();
                json.WriteString("id", entry.Object.Id);
                json.WriteString("date_added", TaxiiTime.Text(entry.AddedAt));
                json.WriteString("version", StixForm.Time(entry.Object.Version));
                json.WriteString("media_type", StixObject.MediaType);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Versions of an object (5.8.1).</summary>
    public static byte[] Versions(TaxiiPage page, string? next)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Write(json =>
        {
            More(json, page.More, next);
            json.Texts("versions", page.Entries.Select(entry => StixForm.Time(entry.Object.Version)));
        });
    }

    /// <summary>Status (4.3.1).</summary>
    public static byte[] Status(TaxiiStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return Write(json =>
        {
            json.WriteString("id", status.Id.ToString("D"));
            json.WriteString("status", "complete");
            json.WriteString("request_timestamp", TaxiiTime.Text(status.RequestedAt));
            json.WriteNumber("total_count", status.Successes.Count + status.Failures.Count);
            json.WriteNumber("success_count", status.Successes.Count);
            Outcomes(json, "successes", status.Successes);
            json.WriteNumber("failure_count", status.Failures.Count);
            Outcomes(json, "failures", status.Failures);
            json.WriteNumber("pending_count", 0);
        });
    }

    /// <summary>Error message (3.6.1).</summary>
    public static byte[] Error(string title, string description, string code, int status) =>
        Write(json =>
        {
            json.WriteString("title", title);
            json.Text("description", description);
            json.WriteString("error_code", code);
            json.WriteString("http_status", status.ToString(CultureInfo.InvariantCulture));
        });

    private static void Describe(Utf8JsonWriter json, TaxiiCollectionInfo one)
    {
        json.WriteString("id", one.Id.ToString("D"));
        json.WriteString("title", one.Title);
        json.Text("description", one.Description);
        json.WriteBoolean("can_read", one.CanRead);
        json.WriteBoolean("can_write", one.CanWrite);
        json.Texts("media_types", StixObject.MediaType);
    }

    private static void More(Utf8JsonWriter json, bool more, string? next)
    {
        if (more)
        {
            json.WriteBoolean("more", true);
            json.Text("next", next);
        }
    }

    private static void Outcomes(Utf8JsonWriter json, string name, IReadOnlyList<TaxiiOutcome> list)
    {
        if (list.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var one in list)
        {
            json.WriteStartObject();
            json.WriteString("id", one.Id);
            json.WriteString("version", one.Version);
            json.Text("message", one.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, StixForm.Readable))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
