using System.Text.Json.Serialization;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>Somebody looks at his sessions and ends one that he does not know.</summary>
internal sealed class OwnSessionRoutes(Sessions sessions, IHubStore store)
{
    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get("/api/v1/me/sessions", Policies.Self, List);
        routes.Delete("/api/v1/me/sessions/{id}", Policies.Self.Fresh(), EndAsync);
    }

    private IResult List(HttpContext context)
    {
        var current = context.Features.Get<SessionOfRequest>()?.Session;
        return TypedResults.Json(
            new SessionList([
                .. sessions
                    .Of(context.Actor().Id)
                    .Select(one => new SessionView(one.Id, one.Begun, one.Used, one.FactorAt is not null, ReferenceEquals(one, current))),
            ]),
            OwnSessionJson.Default.SessionList
        );
    }

    private async Task<IResult> EndAsync(string id, HttpContext context)
    {
        var user = context.Actor().Id;
        if (!sessions.EndOne(user, id))
        {
            return Problem.NotFound;
        }

        await store.Journal.AppendAsync(new JournalRecord(user, JournalActions.UserSignedOut, user, "one session"));
        return TypedResults.NoContent();
    }
}

/// <summary>Somebody's sessions.</summary>
/// <param name="Sessions">The sessions, the one used last first.</param>
internal sealed record SessionList(IReadOnlyList<SessionView> Sessions);

/// <summary>A session as its owner sees it.</summary>
/// <param name="Id">Id to end it by; it opens nothing.</param>
/// <param name="Begun">When it began.</param>
/// <param name="Used">Last request.</param>
/// <param name="SecondFactor">Whether a second factor was shown in it.</param>
/// <param name="Current">Whether it is the one that asks.</param>
internal sealed record SessionView(string Id, DateTimeOffset Begun, DateTimeOffset Used, bool SecondFactor, bool Current);

/// <summary>JSON of these routes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionList))]
internal sealed partial class OwnSessionJson : JsonSerializerContext;
