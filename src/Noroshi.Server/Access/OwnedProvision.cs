using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Access;

/// <summary>A provision with what says whose it is.</summary>
/// <param name="Stored">The provision in the store.</param>
/// <param name="Header">Its header.</param>
internal sealed record OwnedProvision(StoredProvision Stored, ProvisionHeader Header)
{
    /// <summary>The provision of an id (32 hexadecimal digits); null when there is none, or its header was erased.</summary>
    public static async ValueTask<OwnedProvision?> FindAsync(IHubStore store, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (
            !Guid.TryParseExact(id, "N", out var guid)
            || await store.Intake.FindAsync(new ProvisionId(guid), cancellation) is not { } stored
        )
        {
            return null;
        }

        var entries = await store.Steps.OfProvisionAsync(stored.Id, IStepLog.ProvisionKind, cancellation);
        return entries is [{ Body: { } body }, ..] ? new OwnedProvision(stored, ProvisionHeader.FromJson(body.Span)) : null;
    }
}
