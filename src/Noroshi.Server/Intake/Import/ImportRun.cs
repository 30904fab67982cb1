using System.Collections.Concurrent;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Steps;

namespace Noroshi.Server.Intake.Import;

/// <summary>How far an import is.</summary>
/// <param name="Provisions">Provisions taken in so far.</param>
/// <param name="Repeated">How many of them were there already.</param>
/// <param name="Remaining">Provisions not yet taken apart.</param>
/// <param name="Elapsed">Time since the start.</param>
internal sealed record ImportProgress(int Provisions, int Repeated, long Remaining, TimeSpan Elapsed);

/// <summary>
/// Takes the provisions of a plan in, many at once so that they share the disk's turns, and waits until the steps have worked through
/// everything. What was in the hub already is recognised: a run that was interrupted is run again.
/// </summary>
internal sealed class ImportRun(IHubStore store, ProvisionIntake intake, Community community, HubSituation situation, TimeProvider time)
{
    private const int InFlight = 64;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<ImportProblem> _problems = new();
    private readonly ImportClock _clock = new(time);
    private readonly ConcurrentDictionary<string, ProvisionId> _taken = new(StringComparer.Ordinal);
    private int _provisions;
    private int _repeated;

    /// <summary>What became of each provision that was taken in, by its <see cref="ImportProvision.Attempt"/>.</summary>
    public IReadOnlyDictionary<string, ProvisionId> Taken => _taken;

    /// <summary>Files that could not be read.</summary>
    public IReadOnlyList<ImportProblem> Problems => [.. _problems.OrderBy(one => one.Line).ThenBy(one => one.File, StringComparer.Ordinal)];

    /// <summary>Provisions taken in, and how many of them were there already.</summary>
    public (int Provisions, int Repeated) Counts => (_provisions, _repeated);

    /// <summary>How long it took; to be asked when the workers have ended.</summary>
    public ImportFigures Figures() => _clock.Figures();

    /// <summary>From here on the steps may start: the situation waits for the end of the import.</summary>
    public void Begin() => situation.MoreIsComing = true;

    /// <summary>Takes everything in.</summary>
    public async Task TakeAsync(ImportPlan plan, Action<ImportProgress> progress, CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(
            plan.Provisions,
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation },
            async (provision, token) =>
            {
                await TakeAsync(provision, token);
                progress(new ImportProgress(_provisions, _repeated, -1, _clock.Elapsed));
            }
        );
        _clock.TakenIn();
    }

    /// <summary>Waits until the steps have nothing left to do and the situation shows it.</summary>
    /// <returns>Provisions that a step gave up.</returns>
    public async Task<long> FinishAsync(Action<ImportProgress> progress, CancellationToken cancellation)
    {
        while (true)
        {
            var left = 0L;
            var givenUp = 0L;
            foreach (var step in new[] { DissectStep.Step, SecondMailStep.Step })
            {
                foreach (var lane in new[] { Lane.Live, Lane.Bulk })
                {
                    var at = await store.Steps.ProgressAsync(step, lane, cancellation);
                    left += at.Remaining + at.Waiting;
                    givenUp += at.Quarantined;
                }
            }

            if (left == 0)
            {
                _clock.TakenApart();
                situation.MoreIsComing = false;
                await situation.WaitForAsync(await store.Steps.WaitAsync(-1, cancellation), cancellation);
                _clock.Linked();
                return givenUp;
            }

            progress(new ImportProgress(_provisions, _repeated, left, _clock.Elapsed));
            await Task.Delay(Glance, time, cancellation);
        }
    }

    /// <summary>Writes into the journal that it was done.</summary>
    public Task NoteAsync(CancellationToken cancellation) =>
        store.Journal.AppendAsync(
            new JournalRecord(Actor.System.Id, JournalActions.ImportRun, "import", $"{_provisions} provisions, {_repeated} known"),
            cancellation
        );

    private async Task TakeAsync(ImportProvision provision, CancellationToken cancellation)
    {
        var items = new List<ImportItem>();
        var contents = new List<ReadOnlyMemory<byte>>();
        foreach (var item in provision.Items)
        {
            if (await ReadAsync(item, cancellation) is { } bytes)
            {
                items.Add(item);
                contents.Add(bytes);
            }
        }

        if (items.Count < provision.Items.Count || (items.Count == 0 && provision.Stated.Count == 0))
        {
            // Half a provision would be another one in the next run: it waits until all of it can be read.
            return;
        }

        var first = provision.First;
        var organization = first.Organization.Length > 0 ? first.Organization : null;
        var receipt = await intake.ReceiveAsync(
            new Giving(
                Actor.System,
                new ProvisionHeader
                {
                    Way = GivingWay.Import,
                    Intake = first.Intake ?? "member",
                    Organization = organization,
                    Window = first.Window,
                    GivenBy = "",
                    ReceivedAt = default,
                    Items = [.. items.Select(item => new ProvisionItem(item.Name, item.Stated))],
                    Stated = provision.Stated,
                    Reference = first.Provision,
                },
                contents
            )
            {
                Attempt = provision.Attempt,
                Lane = Lane.Bulk,
                ReceivedAt = first.ProvidedAt,
            },
            cancellation
        );
        _taken[provision.Attempt] = receipt.Id;
        Interlocked.Increment(ref _provisions);
        if (receipt.Repeated)
        {
            Interlocked.Increment(ref _repeated);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(ImportItem item, CancellationToken cancellation)
    {
        if (item.Bytes is { } atHand)
        {
            return atHand;
        }

        try
        {
            if (new FileInfo(item.FullPath).Length > IncomingProvision.MostBytes)
            {
                Refuse(
                    item,
                    "128MiBを超えています。分割してからもう一度実行してください。",
                    "it has more than 128 MiB; divide it and run the import again"
                );
                return null;
            }

            return await File.ReadAllBytesAsync(item.FullPath, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Refuse(
                item,
                $"読めません({error.Message})。直してもう一度実行してください。",
                $"it cannot be read ({error.Message}); set it right and run the import again"
            );
            return null;
        }
    }

    private void Refuse(ImportItem item, string ja, string en) =>
        _problems.Enqueue(new ImportProblem(item.Stated?.Number, item.Name, ja, en));

    /// <summary>Organisations of a plan that the hub does not know.</summary>
    public IReadOnlyList<string> Strangers(ImportPlan plan) =>
        [
            .. plan
                .Provisions.SelectMany(one => one.Items.Select(item => item.Stated?.Organization ?? one.First.Organization))
                .Where(id => id.Length > 0 && community.Find(id) is null && community.Current.Hub?.Id != id)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
