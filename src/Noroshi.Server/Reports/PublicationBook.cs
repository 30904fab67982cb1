using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Statistics;

namespace Noroshi.Server.Reports;

/// <summary>
/// Whether a case may stand in a report (公表承認, rule 20): every provision that it rests on was approved for publication by its provider, and by
/// none of its answers anything less; what the help desk took was agreed to be published.
/// </summary>
internal sealed class PublicationBook(StatisticsDesk desk, FactReader reader, Register<Approval> approvals, IHubStore store)
{
    /// <summary>Which of some exchanges may be told of.</summary>
    public async Task<IReadOnlySet<string>> ToldAsync(IReadOnlyList<Conversation> conversations, CancellationToken cancellation)
    {
        var wanted = conversations
            .SelectMany(one => one.Messages)
            .Select(message => message.Mail)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var provisions = await desk.AskAsync(
            (_, _) =>
                reader
                    .Mails.Where(mail => wanted.Contains(mail.Key))
                    .ToDictionary(mail => mail.Key, mail => mail.Provision, StringComparer.Ordinal),
            cancellation
        );
        var answers = approvals
            .All.Select(one => one.Value)
            .Where(one => one.State != ApprovalState.Withdrawn && one.Publication != PublicationApproval.NotAsked)
            .SelectMany(one => one.Provisions.Select(id => (Id: id, one.Publication)))
            .ToLookup(one => one.Id, one => one.Publication, StringComparer.Ordinal);
        var may = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var id in provisions.Values.Distinct(StringComparer.Ordinal))
        {
            may[id] = answers.Contains(id)
                ? answers[id].All(one => one == PublicationApproval.Yes)
                : await AgreedAtIntakeAsync(id, cancellation);
        }

        return conversations
            .Where(one =>
                one.Messages.Any(message => message.Mail is not null)
                && one.Messages.All(message => message.Mail is not { } key || (provisions.TryGetValue(key, out var id) && may[id]))
            )
            .Select(one => one.Id)
            .ToHashSet(StringComparer.Ordinal);
    }

    private async Task<bool> AgreedAtIntakeAsync(string provision, CancellationToken cancellation) =>
        await store.Steps.LatestAsync(DocumentKinds.Provision, provision, cancellation) is { Body: { IsEmpty: false } body }
        && ProvisionHeader.FromJson(body.Span) is { Organization: null, Consent: DeskConsent.Publish };
}
