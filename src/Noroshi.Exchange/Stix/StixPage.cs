using System.Text.Json;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>
/// Collects the objects of one release in their order. <c>created</c> is the time at which the item's first version left, <c>modified</c> the time of this
/// one; things that several items share (the hub, a campaign) have a fixed <c>created</c>, since no item knows when the others left.
/// </summary>
/// <param name="release">The release.</param>
/// <param name="hub">The hub.</param>
/// <param name="revoked">Whether the objects of the item are withdrawn.</param>
internal sealed class StixPage(Release release, HubName hub, bool revoked)
{
    private readonly List<StixObject> _objects = [];
    private readonly Dictionary<string, string> _observables = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<StixObject> _markings = StixMarkings.Of(release);

    /// <summary><c>created</c> of what is older than any item.</summary>
    public static DateTimeOffset Always { get; } = DateTimeOffset.UnixEpoch;

    /// <summary>The item.</summary>
    public SanitisedItem Item => release.Item;

    /// <summary>When its first version left.</summary>
    public DateTimeOffset Created { get; } = StixForm.Cut(release.FirstAt);

    /// <summary>When this version left.</summary>
    public DateTimeOffset Modified { get; } = StixForm.Cut(release.At);

    /// <summary>Id of the hub's identity.</summary>
    public string HubIdentity { get; } = StixIds.Own("identity", hub.Id);

    /// <summary>Markings, then all that was added.</summary>
    public IReadOnlyList<StixObject> Objects => [.. _markings, .. _objects];

    /// <summary>Ids of what was added and belongs to the item.</summary>
    public IEnumerable<string> OwnIds => _objects.Select(one => one.Id);

    /// <summary>Id of an object at a place of the item.</summary>
    public string Id(string type, string place) => StixIds.Of(type, Item.Id, place);

    /// <summary>Adds an object of the item: created with it, revoked with it.</summary>
    public string Add(string type, string place, Action<Utf8JsonWriter> body) => Add(Id(type, place), Created, revoked, body);

    /// <summary>Adds an object of the item that stays when the item is withdrawn: the reason for it.</summary>
    public string AddLasting(string type, string place, Action<Utf8JsonWriter> body) => Add(Id(type, place), Created, false, body);

    /// <summary>Adds an object of the item that has an id of its own.</summary>
    public string AddOwn(string type, Guid id, Action<Utf8JsonWriter> body) => Add(StixIds.Own(type, id), Created, revoked, body);

    /// <summary>Adds what other items name, too: it is not revoked with this one.</summary>
    public string AddShared(string id, Action<Utf8JsonWriter> body) => Add(id, Always, false, body);

    /// <summary>Adds what is not marked as the item is: who says it.</summary>
    public void AddPlain(StixObject one) => _objects.Add(one);

    /// <summary>Adds an observable, or names the one of the same value that stands already.</summary>
    /// <param name="type">Type.</param>
    /// <param name="value">What makes two of them one: never part of the id.</param>
    /// <param name="place">Where it stands first.</param>
    /// <param name="body">Its properties.</param>
    public string Observable(string type, string value, string place, Action<Utf8JsonWriter> body)
    {
        var key = type + "\n" + value;
        if (_observables.TryGetValue(key, out var known))
        {
            return known;
        }

        var id = Id(type, place);
        _observables[key] = id;
        _objects.Add(
            new StixObject(
                id,
                type,
                Modified,
                StixForm.Object(json =>
                {
                    json.WriteString("type", type);
                    json.WriteString("spec_version", StixObject.SpecVersion);
                    json.WriteString("id", id);
                    Marked(json);
                    body(json);
                })
            )
        );
        return id;
    }

    /// <summary>Adds the English of an object's texts (language-content, STIX 2.1, 7.1); nothing when there is none.</summary>
    public void English(string id, bool lasting, params IReadOnlyList<(string Property, string Text)> texts)
    {
        var told = texts.Where(one => one.Text.Length > 0).ToList();
        if (told.Count == 0)
        {
            return;
        }

        Add(
            Id("language-content", id),
            Created,
            revoked && !lasting,
            json =>
            {
                json.WriteString("object_ref", id);
                json.Time("object_modified", Modified);
                json.WriteStartObject("contents");
                json.WriteStartObject("en");
                told.ForEach(one => json.WriteString(one.Property, one.Text));
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );
    }

    private string Add(string id, DateTimeOffset created, bool withdrawn, Action<Utf8JsonWriter> body)
    {
        var type = id[..id.IndexOf("--", StringComparison.Ordinal)];
        _objects.Add(
            new StixObject(
                id,
                type,
                Modified,
                StixForm.Object(json =>
                {
                    json.WriteString("type", type);
                    json.WriteString("spec_version", StixObject.SpecVersion);
                    json.WriteString("id", id);
                    json.WriteString("created_by_ref", HubIdentity);
                    json.Time("created", created);
                    json.Time("modified", Modified);
                    if (withdrawn)
                    {
                        json.WriteBoolean("revoked", true);
                    }

                    Marked(json);
                    body(json);
                })
            )
        );
        return id;
    }

    private void Marked(Utf8JsonWriter json) => json.Texts("object_marking_refs", _markings.Select(one => one.Id));
}
