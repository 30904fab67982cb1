using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Intake;

/// <summary>Makes what is shown of a provision that the scope has let through.</summary>
internal sealed class ProvisionViews(IHubStore store)
{
    /// <summary>The provision, with its mails when they are asked for.</summary>
    public async Task<ProvisionView?> FindAsync(IndexedProvision provision, bool withMails, CancellationToken cancellation)
    {
        if (await store.Intake.FindAsync(provision.Id, cancellation) is not { } stored)
        {
            return null;
        }

        var withdrawn = await store.Steps.LatestAsync(DocumentKinds.Withdrawal, provision.Id.ToString(), cancellation) is not null;
        // What was withdrawn shows no more, also in the moment before it is erased.
        var header = withdrawn ? null : await HeaderAsync(provision.Id, cancellation);
        IReadOnlyList<LogEntry> anatomies = withdrawn
            ? []
            : await store.Steps.OfProvisionAsync(provision.Id, DocumentKinds.Anatomy, cancellation);
        return new ProvisionView
        {
            Id = provision.Id.Value,
            Number = ReceiptCode.Of(stored.Id),
            State =
                withdrawn ? "withdrawn"
                : header is null ? "erased"
                : header.Quarantine is not null ? "quarantined"
                : await AnalysedAsync(provision.Id, anatomies, cancellation) ? "analysed"
                : "received",
            ReceivedAt = stored.ReceivedAt,
            Organization = provision.Organization,
            Window = provision.Window,
            Kind = header?.Kind,
            Way = header?.Way,
            Reference = header?.Reference,
            Note = header?.Note,
            AddsTo = header?.AddsTo,
            StatedEvents = header?.Stated.SelectMany(one => one.StatedEvents).ToList(),
            Items =
            [
                .. stored.Evidence.Select(
                    (one, i) =>
                        new ItemView(
                            i + 1,
                            header is not null && i < header.Items.Count ? header.Items[i].Name : null,
                            one.Size,
                            one.Erased
                        )
                ),
            ],
            Mails = withMails ? Mails(anatomies) : null,
        };
    }

    /// <summary>Also when no mail was found in what was given, or there was none to look at.</summary>
    private async Task<bool> AnalysedAsync(ProvisionId id, IReadOnlyList<LogEntry> anatomies, CancellationToken cancellation) =>
        anatomies.Count > 0
        || (await store.Steps.OfProvisionAsync(id, DocumentKinds.Finding, cancellation)).Count > 0
        || (await store.Steps.OfProvisionAsync(id, DocumentKinds.Stated, cancellation)).Count > 0;

    /// <summary>The newest anatomy of each mail.</summary>
    private static List<JsonElement> Mails(IReadOnlyList<LogEntry> anatomies)
    {
        var mails = new List<JsonElement>();
        foreach (var newest in anatomies.GroupBy(one => one.Subject, StringComparer.Ordinal).Select(one => one.Last()))
        {
            if (newest.Body is { IsEmpty: false } body)
            {
                using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 });
                mails.Add(document.RootElement.Clone());
            }
        }

        return mails;
    }

    private async Task<ProvisionHeader?> HeaderAsync(ProvisionId id, CancellationToken cancellation) =>
        (await store.Steps.OfProvisionAsync(id, IStepLog.ProvisionKind, cancellation)) is [{ Body: { IsEmpty: false } body }, ..]
            ? ProvisionHeader.FromJson(body.Span)
            : null;
}
