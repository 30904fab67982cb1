using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Noroshi.Exchange.Misp;

/// <summary>Lists of events, as a feed and as a server gives them.</summary>
public static class MispFeed
{
    /// <summary><c>manifest.json</c> of a feed: an object by id of the event.</summary>
    public static byte[] Manifest(IEnumerable<MispHead> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return MispWriter.Write(json =>
        {
            json.WriteStartObject();
            foreach (var one in events)
            {
                json.WriteStartObject(one.Id.ToString("D"));
                MispWriter.Organization(json, "Orgc", one);
                json.WriteStartArray("Tag");
                foreach (var tag in one.Tags)
                {
                    json.WriteStartObject();
                    MispWriter.Tag(json, tag);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteString("info", one.Info);
                json.WriteString("date", one.Date);
                json.WriteNumber("analysis", one.Analysis);
                json.WriteNumber("threat_level_id", one.ThreatLevel);
                json.WriteNumber("timestamp", one.Timestamp);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    /// <summary>
    /// <c>hashes.csv</c> of a feed: MD5 of a value and id of its event, one a line, by which MISP finds overlaps without loading events. MD5 is
    /// the format's; nothing rests on it.
    /// </summary>
    public static byte[] Hashes(IEnumerable<MispEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var lines = new StringBuilder();
        foreach (var one in events)
        {
            foreach (var value in one.Values.Distinct(StringComparer.Ordinal))
            {
                lines.Append(Md5(value)).Append(',').Append(one.Head.Id.ToString("D")).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>Answer to <c>/events/index</c>.</summary>
    /// <param name="events">Events that the reader has.</param>
    /// <param name="minimal">Only what a pulling server compares.</param>
    public static byte[] Index(IEnumerable<MispHead> events, bool minimal)
    {
        ArgumentNullException.ThrowIfNull(events);
        return MispWriter.Write(json =>
        {
            json.WriteStartArray();
            foreach (var one in events)
            {
                json.WriteStartObject();
                json.WriteString("uuid", one.Id);
                json.WriteString("timestamp", one.Timestamp.ToString(CultureInfo.InvariantCulture));
                json.WriteString("sighting_timestamp", "0");
                json.WriteBoolean("published", true);
                json.WriteString("orgc_uuid", one.Hub.Id);
                if (!minimal)
                {
                    Rest(json, one);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void Rest(Utf8JsonWriter json, MispHead one)
    {
        json.WriteString("info", one.Info);
        json.WriteString("date", one.Date);
        json.WriteString("threat_level_id", one.ThreatLevel.ToString(CultureInfo.InvariantCulture));
        json.WriteString("analysis", one.Analysis.ToString(CultureInfo.InvariantCulture));
        json.WriteString("publish_timestamp", one.Timestamp.ToString(CultureInfo.InvariantCulture));
        json.WriteString("distribution", one.Distribution.ToString(CultureInfo.InvariantCulture));
        MispWriter.Organization(json, "Org", one);
        MispWriter.Organization(json, "Orgc", one);
        json.WriteStartArray("EventTag");
        foreach (var tag in one.Tags)
        {
            json.WriteStartObject();
            json.WriteBoolean("local", false);
            json.WriteStartObject("Tag");
            MispWriter.Tag(json, tag);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Md5(string value) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(value)));
}
