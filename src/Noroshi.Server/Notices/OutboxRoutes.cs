using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Notices.Sending;

namespace Noroshi.Server.Notices;

/// <summary>How the hub's own mail fares, for those who care for the machine.</summary>
/// <param name="Relay">Whether a relay is set.</param>
/// <param name="Waiting">Mails that wait.</param>
/// <param name="Failed">Mails that were given up.</param>
/// <param name="SentAt">Last mail that left since the start.</param>
/// <param name="Problem">Code of what is wrong; null when nothing is.</param>
internal sealed record OutboxView(bool Relay, long Waiting, long Failed, DateTimeOffset? SentAt, string? Problem);

/// <summary>The relay's password, which is never read back.</summary>
internal sealed record RelayPasswordRequest(string Password);

/// <summary>The outbox.</summary>
internal static class OutboxRoutes
{
    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.Get(
            "/api/v1/outbox",
            Policies.Administer,
            async (IHubStore store, SendState state, HttpContext context) =>
                TypedResults.Ok(await OfAsync(store, state, context.RequestAborted))
        );
        routes.Put(
            "/api/v1/outbox/relay-password",
            Policies.Administer.Fresh(),
            async (RelayPasswordRequest request, RelayPassword password, HttpContext context) =>
            {
                await password.SetAsync(request.Password, context.Actor().Id);
                return TypedResults.NoContent();
            }
        );
        routes.Delete(
            "/api/v1/outbox/relay-password",
            Policies.Administer.Fresh(),
            async (RelayPassword password, HttpContext context) =>
            {
                await password.RemoveAsync(context.Actor().Id);
                return TypedResults.NoContent();
            }
        );
    }

    /// <summary>How it fares now.</summary>
    public static async Task<OutboxView> OfAsync(IHubStore store, SendState state, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(state);
        var progress = await store.Steps.ProgressAsync(SendStep.Step, Lane.Live, cancellation);
        var (sentAt, problem) = state.Now;
        return new OutboxView(state.HasRelay, progress.Remaining + progress.Waiting, progress.Quarantined, sentAt, problem);
    }
}
