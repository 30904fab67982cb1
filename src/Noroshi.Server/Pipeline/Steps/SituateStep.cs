using System.Diagnostics;
using System.Text.Json;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;

namespace Noroshi.Server.Pipeline.Steps;

/// <summary>
/// The step <c>situate</c>: keeps the hub-wide situation up to the log, and writes each warning once. Its cursors say how far warnings were
/// given; the situation itself is read from the beginning at each start.
/// </summary>
internal sealed class SituateStep(
    IHubStore store,
    HubSituation situation,
    PipelineSettings settings,
    TimeProvider time,
    ILogger<SituateStep> logger
) : BackgroundService
{
    /// <summary>Name of the step.</summary>
    public const string Name = "situate";

    /// <summary>The step.</summary>
    public static Step Step { get; } = new(Name, DocumentKinds.Mail);

    private static readonly string[] Kinds = [DocumentKinds.Mail, DocumentKinds.Stated, DocumentKinds.Release, DocumentKinds.Withdrawal];

    private readonly Dictionary<string, long> _read = Kinds.ToDictionary(kind => kind, _ => 0L, StringComparer.Ordinal);
    private readonly Dictionary<Lane, long> _through = [];
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly string _owner = $"situate/{Guid.NewGuid():N}";
    private bool _urgent;
    private long _workedAt;
    private long? _failedAt;
    private int _failures;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Outliving.RunAsync(Name, BeginAsync, time, logger, stoppingToken);
        var seen = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Outliving.RunAsync(
                Name,
                async cancellation => seen = await GrowthAsync(Math.Max(seen, await RoundAsync(cancellation)), cancellation),
                time,
                logger,
                stoppingToken
            );
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        await LoadWarningsAsync(cancellation);
        situation.Begin(await SituationMemories.LoadAsync(store.Steps, cancellation));
    }

    /// <summary>Reads what is new and works it out when it is time.</summary>
    /// <returns>A position up to which everything was read.</returns>
    private async Task<long> RoundAsync(CancellationToken cancellation)
    {
        var last = await ReadAsync(cancellation);
        if (
            !situation.MoreIsComing
            && situation.HasChanged
            && (_failedAt is not { } failed || time.GetElapsedTime(failed) > PauseAfterFailure)
        )
        {
            var atRest = await BulkRestsAsync(cancellation);
            if (_urgent || situation.IsPressing || atRest || time.GetElapsedTime(_workedAt) > settings.BulkPause)
            {
                await WorkAsync(last, atRest, cancellation);
            }
        }
        else if (!situation.HasChanged && last > situation.Position)
        {
            situation.Advance(last);
        }

        return last;
    }

    /// <summary>Working everything out again and again would take the machine from those who can still be answered.</summary>
    private TimeSpan PauseAfterFailure => settings.BulkPause * (1 << Math.Clamp(_failures - 1, 0, 5));

    private async Task LoadWarningsAsync(CancellationToken cancellation)
    {
        var position = 0L;
        IReadOnlyList<LogEntry> entries;
        do
        {
            entries = await store.Steps.ReadKindAsync(DocumentKinds.Warning, position, 4_096, cancellation);
            foreach (var entry in entries)
            {
                position = entry.Position;
                _warned.Add(entry.Subject);
            }
        } while (entries.Count > 0);

        // At the start everything there is counts at once.
        _urgent = true;
    }

    /// <summary>Reads everything that is new.</summary>
    /// <returns>A position up to which everything was read.</returns>
    private async Task<long> ReadAsync(CancellationToken cancellation)
    {
        var last = await store.Steps.WaitAsync(-1, cancellation);
        foreach (var kind in Kinds)
        {
            IReadOnlyList<LogEntry> entries;
            do
            {
                entries = await store.Steps.ReadKindAsync(kind, _read[kind], 4_096, cancellation);
                foreach (var entry in entries)
                {
                    situation.Apply(entry);
                    _read[kind] = entry.Position;
                    _urgent |= entry.Lane == Lane.Live;
                    if (kind == DocumentKinds.Mail)
                    {
                        _through[entry.Lane] = entry.Position;
                    }
                }
            } while (entries.Count > 0);
        }

        return last;
    }

    /// <summary>Old mails come in thousands: the situation waits until they pause, though not for ever.</summary>
    private async Task<bool> BulkRestsAsync(CancellationToken cancellation) =>
        (await store.Steps.ProgressAsync(DissectStep.Step, Lane.Bulk, cancellation)).Remaining == 0;

    private async Task WorkAsync(long last, bool atRest, CancellationToken cancellation)
    {
        var begin = Stopwatch.GetTimestamp();
        WorkedSituation worked;
        try
        {
            worked = await Task.Run(() => situation.Work(last, atRest), cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Intake and answers go on with the last situation; the step's progress shows that it is behind.
            PipelineLog.SituationFailed(logger, error.GetType().Name);
            situation.Restart();
            (_failedAt, _failures) = (time.GetTimestamp(), _failures + 1);
            return;
        }

        try
        {
            await CommitAsync(worked, cancellation);
        }
        catch
        {
            // What was worked out holds, and is told when the store can keep what follows from it.
            (_failedAt, _failures) = (time.GetTimestamp(), 0);
            throw;
        }

        situation.Publish(worked);
        (_urgent, _workedAt, _failedAt, _failures) = (false, time.GetTimestamp(), null, 0);
        var milliseconds = (long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        PipelineLog.SituationMade(logger, last, worked.Situation.Mails.Count, milliseconds);
    }

    /// <summary>Warnings and cursors are one transaction: no warning is given twice, none is forgotten.</summary>
    private async Task CommitAsync(WorkedSituation worked, CancellationToken cancellation)
    {
        var fresh = worked.Change.Changes.Warnings.Where(one => !_warned.Contains(one.Warning.Conversation)).ToList();
        List<NewDocument> documents =
        [
            .. fresh.Select(one => DocumentOf(one, worked.Situation, situation.ProvisionOf)).OfType<NewDocument>(),
            .. SituationMemories.DocumentsOf(worked),
        ];
        foreach (var lane in new[] { Lane.Live, Lane.Bulk })
        {
            var through = _through.GetValueOrDefault(lane);
            if (through == 0 && (lane == Lane.Bulk || documents.Count == 0))
            {
                continue;
            }

            while (true)
            {
                var lease = await store.Steps.LeaseAsync(Step, lane, _owner, settings.Manners.Lease, cancellation);
                if (lease is null)
                {
                    await Task.Delay(settings.Manners.Glance, time, cancellation);
                    continue;
                }

                if (through > lease.Position || (lane == Lane.Live && documents.Count > 0))
                {
                    var outcome = new StepOutcome
                    {
                        Through = Math.Max(through, lease.Position),
                        Documents = lane == Lane.Live ? documents : [],
                    };
                    await store.Steps.CommitAsync(lease, outcome, cancellation);
                }

                break;
            }

            if (lane == Lane.Live)
            {
                // They are given, also when the other lane's cursor cannot be kept now.
                _warned.UnionWith(fresh.Select(one => one.Warning.Conversation));
            }
        }
    }

    /// <summary>
    /// A warning belongs to the provision of the mail that completed it, or, where a decision or a membership did, of the newest mail of the
    /// exchange: it quotes, and erasing that erases it. One that belongs to none is given and not written.
    /// </summary>
    internal static NewDocument? DocumentOf(NewWarning one, Situation situation, Func<string, ProvisionId?> provisionOf)
    {
        var mail = one.CompletedBy ?? (situation.MailsOf(one.Warning.Conversation) is [.., var newest] ? newest : null);
        return mail is not null && provisionOf(mail) is { } provision
            ? new NewDocument(
                provision,
                DocumentKinds.Warning,
                RetentionClass.PersonalData,
                JsonSerializer.SerializeToUtf8Bytes(one, PipelineJson.Default.NewWarning),
                one.Warning.Conversation
            )
            : null;
    }

    private async Task<long> GrowthAsync(long seen, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var growth = store.Steps.WaitAsync(seen, both.Token);
        // While nothing can be worked out there is nothing that could be pressed.
        var pressed = _failedAt is null && !situation.MoreIsComing ? situation.Pressed : growth;
        await Task.WhenAny(growth, pressed, Task.Delay(settings.Manners.Glance, time, both.Token));
        var grown = growth.IsCompletedSuccessfully ? await growth : seen;
        await both.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return grown;
    }
}
