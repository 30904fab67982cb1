using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Notices.Steps;

/// <summary>
/// Writes the acknowledgement of each provision to its giver's address on file. It rests on the header alone: what waits in quarantine gets the
/// same.
/// </summary>
internal sealed class AcknowledgeStep(IHubStore store, AddressBook addresses, Notices notices, NoticeRate rate)
{
    /// <summary>The step.</summary>
    public static Step Step { get; } = new("acknowledge", DocumentKinds.Provision);

    /// <summary>The acknowledgement of a provision.</summary>
    public async Task<Handled> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Entry is not { Body: { IsEmpty: false } body, Provision: { } id })
        {
            return Handled.Nothing;
        }

        var header = ProvisionHeader.FromJson(body.Span);
        if (
            addresses.GiverOf(header) is not { } giver
            || await AutomaticInput.IsAsync(store, id, header, cancellation)
            || !rate.Allows(giver, header.ReceivedAt)
        )
        {
            return Handled.Nothing;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["receipt"] = ReceiptCode.Of(id),
            ["received"] = JapanTime.Text(header.ReceivedAt, notices.Language),
        };
        return new Handled
        {
            Documents = [notices.Queue($"acknowledgement-{id}", NoticeTemplate.Acknowledgement, giver, values, (id, header.ReceivedAt))],
            Journal = [new JournalRecord("system", JournalActions.ProvisionAcknowledged, id.ToString(), giver.Name)],
        };
    }
}
