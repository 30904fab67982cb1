using System.Text.Json;
using Noroshi.Exchange.Misp;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Misp;

/// <summary>
/// What a MISP server that pulls asks of another, and PyMISP at its start: version, itself, types, a test of POST, the index, an event,
/// proposals. Nothing can be pushed.
/// </summary>
internal sealed class MispServerRoutes(ReleaseShelf shelf, ShownItems shown)
{
    /// <summary>The MISP whose protocol this is: features are derived from it by clients.</summary>
    private const string Version = "2.5.0";

    /// <summary>PyMISP reads older and newer ones; it only compares.</summary>
    private const string PyMispVersion = "2.5.0";

    private const string Json = "application/json";

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        foreach (var suffix in (string[])["", ".json"])
        {
            routes
                .Get("/servers/getVersion" + suffix, Policies.ReadItems, (HttpContext _) => Written(WriteVersion))
                .ExcludeFromDescription();
            routes
                .Get(
                    "/users/view/me" + suffix,
                    Policies.ReadItems,
                    (HttpContext context) => Written(json => WriteUser(json, context.Actor()))
                )
                .ExcludeFromDescription();
        }

        routes
            .Get("/attributes/describeTypes.json", Policies.ReadItems, (HttpContext _) => new Tagged(MispTypes.Describe(), Json))
            .ExcludeFromDescription();
        routes.Post("/servers/postTest", Policies.ReadItems, PostTestAsync).ExcludeFromDescription();
        routes.Get("/events/index", Policies.ReadItems, (HttpContext context) => Index(context, default)).ExcludeFromDescription();
        routes.Post("/events/index", Policies.ReadItems, IndexAsync).ExcludeFromDescription();
        routes
            .Get(
                "/events/view/{id}/{**parameters}",
                Policies.ReadItems,
                (string id, string? parameters, HttpContext context) => ShowAsync(context, id, WantsDeleted(parameters))
            )
            .ExcludeFromDescription();
        routes.Post("/events/view/{id}/{**parameters}", Policies.ReadItems, ViewAsync).ExcludeFromDescription();
        // There are no proposals: what a member has to say comes as a sighting or a provision.
        routes
            .Get("/shadow_attributes/index/{**parameters}", Policies.ReadItems, (HttpContext _) => new Tagged("[]"u8.ToArray(), Json))
            .ExcludeFromDescription();
    }

    private async Task<IResult> IndexAsync(HttpContext context)
    {
        try
        {
            return Index(context, await MispFilters.ReadAsync(context.Request));
        }
        catch (JsonException)
        {
            return NotJson;
        }
    }

    private Tagged Index(HttpContext context, JsonElement body)
    {
        var filters = MispFilters.Of(body);
        var heads = shelf.ItemsOf(shelf.ChannelsOf(context.Actor())).Select(versions => MispHead.Of(versions[^1], shelf.Hub));
        return new Tagged(MispFeed.Index(filters.Of(heads), filters.Minimal), Json);
    }

    private async Task<IResult> ViewAsync(string id, string? parameters, HttpContext context)
    {
        try
        {
            var body = await MispFilters.ReadAsync(context.Request);
            return await ShowAsync(context, id, WantsDeleted(parameters) || MispFilters.IsTrue(body, "deleted"));
        }
        catch (JsonException)
        {
            return NotJson;
        }
    }

    private async Task<IResult> ShowAsync(HttpContext context, string id, bool deleted)
    {
        var name = id.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? id[..^".json".Length] : id;
        if (
            !Guid.TryParseExact(name, "D", out var item)
            || shelf.VersionsOf(shelf.ChannelsOf(context.Actor()), item) is not { Count: > 0 } versions
        )
        {
            return Problem.NotFound;
        }

        await shown.NoteAsync(context.Actor(), "misp", [ReleaseShelf.Newest(versions)]);
        var made = MispEvent.Of(versions, shelf.Hub);
        return new Tagged(deleted ? made.Json : made.Living(), Json);
    }

    private static async Task<IResult> PostTestAsync(HttpContext context)
    {
        JsonElement body;
        try
        {
            body = await MispFilters.ReadAsync(context.Request);
        }
        catch (JsonException)
        {
            return NotJson;
        }

        var (type, accept) = (context.Request.ContentType ?? "", context.Request.Headers.Accept.ToString());
        return Written(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("body");
            if (body.ValueKind == JsonValueKind.Undefined)
            {
                json.WriteNullValue();
            }
            else
            {
                body.WriteTo(json);
            }

            json.WriteStartObject("headers");
            json.WriteString("Content-type", type);
            json.WriteString("Accept", accept);
            json.WriteString("Authorization", "OK");
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private void WriteVersion(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("pymisp_recommended_version", PyMispVersion);
        json.WriteBoolean("perm_sync", false);
        json.WriteBoolean("perm_sighting", false);
        json.WriteBoolean("perm_galaxy_editor", false);
        json.WriteBoolean("perm_analyst_data", false);
        json.WriteString("uuid", shelf.Hub.Id);
        json.WriteStartArray("request_encoding");
        json.WriteEndArray();
        json.WriteBoolean("filter_sightings", false);
        json.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter json, Actor actor)
    {
        json.WriteStartObject();
        json.WriteStartObject("User");
        json.WriteString("id", actor.Id);
        json.WriteString("email", actor.Id);
        json.WriteString("org_id", actor.Organization ?? "hub");
        json.WriteBoolean("disabled", false);
        json.WriteEndObject();
        json.WriteStartObject("Role");
        json.WriteString("name", "reader");
        json.WriteBoolean("perm_auth", true);
        json.WriteBoolean("perm_sync", false);
        json.WriteBoolean("perm_sighting", false);
        json.WriteEndObject();
        json.WriteStartObject("UserSetting");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A segment of MISP's path: <c>deleted[]:1</c> or <c>deleted:1</c>.</summary>
    private static bool WantsDeleted(string? parameters) =>
        parameters is { Length: <= 2_000 }
        && parameters
            .Split('/')
            .Any(part => part.StartsWith("deleted", StringComparison.Ordinal) && part.Split(':') is [_, "1" or "true" or "only"]);

    private static Problem NotJson { get; } =
        Problem.Invalid("本文がJSONではないか、64KiBを超えています。", "The body is not JSON, or longer than 64 KiB.");

    private static Tagged Written(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return new Tagged(bytes.ToArray(), Json);
    }
}
