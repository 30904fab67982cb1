using Noroshi.Exchange.Taxii;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Taxii;

/// <summary>A hub that shares nothing: its streams are empty, and every sighting is a provision.</summary>
internal sealed class NothingShared(KeyedMarks marks, Register<Hub.Intake.HubRecord> hub) : IReleaseSource, ISightingSink
{
    /// <inheritdoc/>
    public async ValueTask<HubName> HubAsync(CancellationToken cancellation)
    {
        var mark = Convert.FromHexString(await marks.OfAsync(cancellation, "hub"));
        var record = hub.Find(Community.HubId)?.Value;
        var name = record?.NameJa ?? record?.NameEn ?? "Noroshi";
        return new HubName(TaxiiAccess.CollectionId(new Guid(mark.AsSpan(0, 16)), "hub", ""), name, record?.NameEn ?? "");
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PositionedRelease>> ReadAsync(string channel, long after, int most, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<PositionedRelease>>([]);

    /// <inheritdoc/>
    public ValueTask<bool> TakeAsync(Actor by, GivenSighting sighting, CancellationToken cancellation) => ValueTask.FromResult(false);
}
