using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Search;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Storage.Sqlite.Search;

namespace Noroshi.Server.Search;

/// <summary>
/// Keeps the search index up with the log: mails as they are taken apart, verdicts and cases as they change. How far it is stands in the index
/// itself, together with its documents; so an index that is missing, older, or of another version is simply fed from where it is, and nothing is
/// lost between two files.
/// </summary>
internal sealed partial class SearchFeed(
    IHubStore store,
    HubSettings settings,
    MailLibrary library,
    SearchRegisters registers,
    ILogger<SearchFeed> log
) : BackgroundService, IForgets, IAsyncDisposable
{
    /// <summary>Area and name of the index's key among the store's secrets.</summary>
    private const string Area = "search";
    private const string KeyName = "index";
    private const int Batch = 2_048;

    /// <summary>Kinds of documents that change what can be found.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [DocumentKinds.Anatomy, DocumentKinds.Withdrawal, SearchRegisters.VerdictKind, SearchRegisters.CaseKind];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<ISearchIndex> _index = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[] _key = [];

    /// <summary>The index, once it is open.</summary>
    public Task<ISearchIndex> IndexAsync(CancellationToken cancellation) => _index.Task.WaitAsync(cancellation);

    /// <summary>What stands for a query in the journal: its words may be content, and nobody without the store's key can try words.</summary>
    public string QueryId(string actor, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"query\n{actor}\n{text}")).AsSpan(0, 8));

    /// <summary>Takes mails out of the index whose documents do not open any more.</summary>
    public async Task ForgetAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var index = await IndexAsync(cancellation);
        // A batch that was read before the erasure is written before this.
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var some in keys.Chunk(Batch))
            {
                await index.ApplyAsync(new SearchChanges { Remove = some }, cancellation);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        // An index that is not open compares itself with the erasures when it is opened.
        return _index.Task.IsCompletedSuccessfully ? ForgetAsync(erased.Mails, cancellation) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_index.Task.IsCompletedSuccessfully)
        {
            await (await _index.Task).DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await UntilDoneAsync(async cancellation => _key = await KeyAsync(cancellation), stoppingToken);
            var index = SqliteSearchIndex.Open(settings.DataFolder, _key);
            _index.TrySetResult(index);
            await UntilDoneAsync(cancellation => ForgetErasedAsync(index, cancellation), stoppingToken);
            await UntilDoneAsync(cancellation => StartOverIfAheadAsync(index, cancellation), stoppingToken);
            var reached = 0L;
            while (true)
            {
                await UntilDoneAsync(async cancellation => reached = await FollowAsync(index, reached, cancellation), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _index.TrySetCanceled(stoppingToken);
        }
        catch (Exception error) when (error is StorageException or IOException)
        {
            // The hub lives without its search; the store says itself when it has failed.
            NotOpened(log, error.GetType().Name);
            _index.TrySetException(error);
        }
    }

    /// <summary>
    /// An erasure may have ended with the process, or been carried out by the start of the store (restored backup), before the index knew of it.
    /// </summary>
    private async Task ForgetErasedAsync(SqliteSearchIndex index, CancellationToken cancellation)
    {
        var after = -1L;
        IReadOnlyList<JournalEntry> erasures;
        do
        {
            erasures = await store.Journal.ReadAsync(
                new JournalFilter { After = after, Action = JournalActions.ProvisionErased },
                cancellation
            );
            var keys = new List<string>();
            foreach (var record in erasures)
            {
                after = record.Index;
                keys.AddRange(await registers.ErasedAsync(record.Record.Subject, cancellation));
            }

            if (keys.Count > 0)
            {
                await index.ApplyAsync(new SearchChanges { Remove = keys }, cancellation);
            }
        } while (erasures.Count > 0);
    }

    /// <summary>Waits for growth and takes it in.</summary>
    /// <returns>A position up to which everything can be found.</returns>
    private async Task<long> FollowAsync(SqliteSearchIndex index, long reached, CancellationToken cancellation)
    {
        // Nothing is looked at that comes while the kinds are read one after the other: none is passed over.
        var last = await store.Steps.WaitAsync(reached, cancellation);
        while (await FeedAsync(index, last, cancellation)) { }

        return last;
    }

    /// <summary>What the store cannot do now, above all for want of room, is tried again: an erasure above all must not be passed over.</summary>
    private async Task UntilDoneAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await work(cancellation);
                return;
            }
            catch (StorageException error) when (error is not StorageFailedException)
            {
                PutOff(log, error.GetType().Name);
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <summary>One batch; false when there was nothing to do.</summary>
    private async Task<bool> FeedAsync(SqliteSearchIndex index, long last, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await FeedInTurnAsync(index, last, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> FeedInTurnAsync(SqliteSearchIndex index, long last, CancellationToken cancellation)
    {
        var entries = new List<LogEntry>();
        var horizon = last;
        foreach (var kind in Kinds)
        {
            var some = await store.Steps.ReadKindAsync(kind, index.Position, Batch, cancellation);
            entries.AddRange(some);
            // Another kind may go on behind the last that was read of this one.
            horizon = some.Count > 0 ? Math.Min(horizon, some[^1].Position) : horizon;
        }

        entries.RemoveAll(entry => entry.Position > horizon);
        if (entries.Count == 0)
        {
            return false;
        }

        var (put, remove) = await ChangesAsync([.. entries.OrderBy(entry => entry.Position)], cancellation);
        await index.ApplyAsync(
            new SearchChanges
            {
                Put = put,
                Remove = remove,
                Through = horizon,
            },
            cancellation
        );
        return true;
    }

    private async Task<(IReadOnlyList<SearchEntry> Put, IReadOnlyList<string> Remove)> ChangesAsync(
        IReadOnlyList<LogEntry> entries,
        CancellationToken cancellation
    )
    {
        var provisions = library.Provisions();
        var newest = new Dictionary<string, LogEntry?>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Kind == DocumentKinds.Anatomy)
            {
                newest[entry.Subject] = entry;
                continue;
            }

            foreach (var mail in await registers.TouchedAsync(entry, cancellation))
            {
                newest.TryAdd(mail, null);
            }
        }

        var put = new List<SearchEntry>();
        var remove = new List<string>();
        foreach (var (key, entry) in newest)
        {
            if (await EntryAsync(key, entry, provisions, cancellation) is { } made)
            {
                put.Add(made);
            }
            else
            {
                remove.Add(key);
            }
        }

        return (put, remove);
    }

    /// <summary>What the index takes of a mail; null when there is nothing to find. One that cannot be read holds up no other.</summary>
    private async Task<SearchEntry?> EntryAsync(string key, LogEntry? entry, ProvisionCache provisions, CancellationToken cancellation)
    {
        try
        {
            var mail = entry is null
                ? await library.OpenAsync(key, provisions, cancellation)
                : await library.OpenAsync(entry, provisions, cancellation);
            return mail is null ? null : SearchEntry.Of(mail.Document);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StorageException))
        {
            NotRead(log, key, error.GetType().Name);
            return null;
        }
    }

    /// <summary>An index that knows more than the log is that of another store: the data folder was restored around it.</summary>
    private async Task StartOverIfAheadAsync(SqliteSearchIndex index, CancellationToken cancellation)
    {
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Answers at once unless the log ends before.
        var behind = store.Steps.WaitAsync(index.Position - 1, looking.Token);
        if (index.Position > 0 && !behind.IsCompleted)
        {
            StartsOver(log);
            await index.ClearAsync(cancellation);
        }

        await looking.CancelAsync();
        await ((Task)behind).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellation)
    {
        if (await store.Keys.FindAsync(Area, KeyName, cancellation) is { } known)
        {
            return known;
        }

        var made = RandomNumberGenerator.GetBytes(32);
        await store.Keys.PutAsync(Area, KeyName, made, cancellation);
        return made;
    }

    [LoggerMessage(LogLevel.Error, "The search index could not be opened ({Error}); the hub works on without search")]
    private static partial void NotOpened(ILogger log, string error);

    [LoggerMessage(LogLevel.Warning, "The search index could not be written ({Error}); it is tried again")]
    private static partial void PutOff(ILogger log, string error);

    [LoggerMessage(LogLevel.Error, "Mail {MailId} cannot be searched: its document could not be read ({Error})")]
    private static partial void NotRead(ILogger log, string mailId, string error);

    [LoggerMessage(LogLevel.Information, "The search index is newer than the log and is made anew")]
    private static partial void StartsOver(ILogger log);
}

/// <summary>Which mails a change of a verdict or a case concerns.</summary>
internal sealed class SearchRegisters(IHubStore store, Register<GivenVerdict> verdicts, Register<CaseFile> cases)
{
    /// <summary>Kind of the verdicts' documents.</summary>
    public const string VerdictKind = "verdict";

    /// <summary>Kind of the cases' documents.</summary>
    public const string CaseKind = "case";

    private const int MostWaits = 200;

    /// <summary>Keys of the mails whose place in the index changes with the entry.</summary>
    public async Task<IReadOnlyCollection<string>> TouchedAsync(LogEntry entry, CancellationToken cancellation)
    {
        if (entry.Kind == VerdictKind)
        {
            await KnownAsync(() => verdicts.Find(entry.Subject)?.Version >= entry.Position, cancellation);
            return [entry.Subject];
        }

        if (entry is { Kind: DocumentKinds.Withdrawal, Provision: { } withdrawn })
        {
            return [.. (await MailsAsync(withdrawn, cancellation)).Select(mail => mail.Subject)];
        }

        await KnownAsync(() => cases.Find(entry.Subject)?.Version >= entry.Position, cancellation);
        var history = await cases.HistoryAsync(store, entry.Subject, cancellation);
        var before = history.LastOrDefault(one => one.Version < entry.Position).Value;
        var after = history.FirstOrDefault(one => one.Version == entry.Position).Value;
        var (old, now) = (before?.Mails ?? [], after?.Mails ?? []);
        return before?.Title == after?.Title
            ? [.. old.Except(now, StringComparer.Ordinal), .. now.Except(old, StringComparer.Ordinal)]
            : [.. old.Union(now, StringComparer.Ordinal)];
    }

    /// <summary>Keys of the mails of a provision whose documents do not open any more.</summary>
    public async Task<IEnumerable<string>> ErasedAsync(string provision, CancellationToken cancellation) =>
        Guid.TryParseExact(provision, "N", out var id) && await store.Intake.FindAsync(new ProvisionId(id), cancellation) is { } stored
            ? (await MailsAsync(stored.Id, cancellation)).Where(mail => mail.Body is null).Select(mail => mail.Subject)
            : [];

    private async Task<IEnumerable<LogEntry>> MailsAsync(ProvisionId provision, CancellationToken cancellation) =>
        (await store.Steps.OfProvisionAsync(provision, DocumentKinds.Anatomy, cancellation))
            .GroupBy(mail => mail.Subject, StringComparer.Ordinal)
            .Select(versions => versions.Last());

    /// <summary>The log is written before the register in memory knows; a removal never shows there, so the wait ends.</summary>
    private static async Task KnownAsync(Func<bool> known, CancellationToken cancellation)
    {
        for (var i = 0; i < MostWaits && !known(); i++)
        {
            await Task.Delay(5, cancellation);
        }
    }
}
