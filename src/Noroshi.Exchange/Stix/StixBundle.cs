using System.Buffers;
using System.Text.Json;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>A file of STIX objects (STIX 2.1, part 8).</summary>
public static class StixBundle
{
    /// <summary>A release as one file that refers to nothing outside itself.</summary>
    public static byte[] Of(Release release, HubName hub, Release? before = null)
    {
        ArgumentNullException.ThrowIfNull(release);
        var id = StixIds.Of("bundle", release.Item.Id, $"version {release.Item.Version}");
        return Bytes(id, StixObjects.Of(release, hub, before));
    }

    /// <summary>Several releases as one file; of what stands in several of them the newest version.</summary>
    /// <param name="releases">In the order in which they left; one version of an item may follow another.</param>
    /// <param name="hub">The hub.</param>
    public static byte[] Of(IReadOnlyList<Release> releases, HubName hub)
    {
        ArgumentNullException.ThrowIfNull(releases);
        ArgumentNullException.ThrowIfNull(hub);
        var (last, places, objects) = (
            new Dictionary<Guid, Release>(),
            new Dictionary<string, int>(StringComparer.Ordinal),
            new List<StixObject>()
        );
        foreach (var release in releases)
        {
            foreach (var one in StixObjects.Of(release, hub, last.GetValueOrDefault(release.Item.Id)))
            {
                if (!places.TryGetValue(one.Id, out var place))
                {
                    places[one.Id] = objects.Count;
                    objects.Add(one);
                }
                else if (objects[place].Version <= one.Version)
                {
                    objects[place] = one;
                }
            }

            last[release.Item.Id] = release;
        }

        var what = string.Join(' ', releases.Select(one => $"{one.Item.Id:D} {one.Item.Version}"));
        return Bytes(StixIds.Of("bundle", hub.Id, what), objects);
    }

    /// <summary>Objects as one file.</summary>
    public static byte[] Bytes(string id, IReadOnlyList<StixObject> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, StixForm.Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "bundle");
            json.WriteString("id", id);
            if (objects.Count > 0)
            {
                json.WriteStartArray("objects");
                foreach (var one in objects)
                {
                    json.WriteRawValue(one.Json.Span, skipInputValidation: true);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
