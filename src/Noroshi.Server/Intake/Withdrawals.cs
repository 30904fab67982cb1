using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Intake;

/// <summary>
/// Withdrawal by the provider (rule 19): originals, personal data and samples are erased, number, time and what statistics count stay. First a document
/// says so, from which the steps take it out of correlation; then the keys are destroyed. Doing it again completes what was interrupted.
/// </summary>
internal sealed class Withdrawals(IHubStore store, Erasures erasures, TimeProvider time)
{
    private static readonly HashSet<RetentionClass> Classes = [RetentionClass.Original, RetentionClass.PersonalData, RetentionClass.Sample];

    private const int ReadAtOnce = 1_000;

    /// <summary>Withdraws.</summary>
    public async Task<ErasureReceipt> WithdrawAsync(Actor actor, IndexedProvision provision, CancellationToken cancellation)
    {
        var subject = provision.Id.ToString();
        if (await store.Steps.LatestAsync(DocumentKinds.Withdrawal, subject, cancellation) is null)
        {
            var document = new WithdrawalDocument(provision.Organization, provision.Window, actor.Id, time.GetUtcNow());
            var body = JsonSerializer.SerializeToUtf8Bytes(document, IntakeViewJson.Default.WithdrawalDocument);
            try
            {
                await store.Steps.AppendAsync(
                    new HubChange
                    {
                        Documents = [new NewDocument(provision.Id, DocumentKinds.Withdrawal, RetentionClass.Result, body, subject)],
                        Journal = [new JournalRecord(actor.Id, JournalActions.ProvisionWithdrawn, subject)],
                        Expected = [new ExpectedVersion(DocumentKinds.Withdrawal, subject, 0)],
                    },
                    cancellation
                );
            }
            catch (ChangedMeanwhileException)
            {
                // Withdrawn twice at once: the other one has said so.
            }
        }

        return await EraseAsync(provision.Id, actor);
    }

    /// <summary>Carries out what was withdrawn but not erased because the process ended or the disk was full in between.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        var position = 0L;
        IReadOnlyList<LogEntry> entries;
        do
        {
            entries = await store.Steps.ReadKindAsync(DocumentKinds.Withdrawal, position, ReadAtOnce, cancellation);
            foreach (var entry in entries)
            {
                position = entry.Position;
                if (entry.Provision is { } provision)
                {
                    await EraseAsync(provision, Actor.System);
                }
            }
        } while (entries.Count > 0);
    }

    private async Task<ErasureReceipt> EraseAsync(ProvisionId provision, Actor by) =>
        (await erasures.EraseAsync([new ErasureOrder(provision, Classes, by.Id, "withdrawal")], CancellationToken.None))[0];
}
