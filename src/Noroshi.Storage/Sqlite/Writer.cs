using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Sqlite;

/// <summary>
/// The one writer. What callers hand in while a commit waits for the disk goes into the next transaction together (group commit); each caller's
/// task ends after the commit that holds its work. A bad item is rolled back alone. Work runs on the writer's thread and may run a second
/// time when the first transaction was given up, so it changes nothing but the database.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const int MostItems = 256;
    private const long MostWeight = 16 * 1024 * 1024;
    private const long CheckpointWeight = 8 * 1024 * 1024;
    private const int ItemOverhead = 4096;
    private const int TruncateAgainMilliseconds = 5_000;

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(
        new BoundedChannelOptions(1024) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly Db _db;
    private readonly StoreHealth _health;
    private readonly Thread _thread;
    private long _sinceCheckpoint;
    private volatile bool _truncate;
    private long _truncateAgain;

    public Writer(Db db, StoreHealth health)
    {
        _db = db;
        _health = health;
        _thread = new Thread(Run) { IsBackground = true, Name = "storage writer" };
    }

    /// <summary>Runs before each commit, in its transaction.</summary>
    public Action<Db>? BeforeCommit { get; set; }

    /// <summary>Runs after each commit, before the callers go on.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Transactions committed; benches read it.</summary>
    public long Commits { get; private set; }

    public void Start() => _thread.Start();

    /// <summary>Soon after the next commit the log is copied back whole and cut off; while a reader is in the way, later again.</summary>
    public void RequestTruncation() => _truncate = true;

    /// <summary>Runs work in a transaction; the task ends after the commit. Cancelling only ends the waiting for a place.</summary>
    public async Task<T> RunAsync<T>(Func<Db, T> work, long weight = 0, CancellationToken cancellation = default)
    {
        _health.Check();
        var item = new Item<T>(work, weight);
        try
        {
            await _items.Writer.WriteAsync(item, cancellation);
        }
        catch (ChannelClosedException)
        {
            _health.Check();
            throw new ObjectDisposedException(nameof(Writer), "The store is closed.");
        }

        return await item.Done;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _items.Writer.TryComplete();
        if (_thread.IsAlive)
        {
            await Task.Run(_thread.Join);
        }

        if (_health.Failed)
        {
            _db.LeaveAsItIs();
        }

        _db.Dispose();
    }

    private void Run()
    {
        var batch = new List<Item>(MostItems);
        while (WaitForWork())
        {
            batch.Clear();
            long weight = 0;
            while (batch.Count < MostItems && weight < MostWeight && _items.Reader.TryRead(out var item))
            {
                batch.Add(item);
                weight += item.Weight + ItemOverhead;
            }

            if (_health.Failed)
            {
                Refuse(batch);
                continue;
            }

            Commit(batch);
            CheckpointAfter(weight);
        }

        // A cut that was put off because there was one a moment ago is not lost with the end.
        if (_truncate && !_health.Failed)
        {
            _truncate = !Checkpoint(_db, "TRUNCATE", _health);
        }
    }

    /// <summary>False at the end. A truncation that is due does not wait for the next commit: nobody may write for a long time.</summary>
    private bool WaitForWork()
    {
        var work = _items.Reader.WaitToReadAsync().AsTask();
        while (_truncate && !_health.Failed)
        {
            if (work.Wait((int)Math.Clamp(_truncateAgain - Environment.TickCount64, 1, TruncateAgainMilliseconds)))
            {
                break;
            }

            CheckpointAfter(0);
        }

        return work.GetAwaiter().GetResult();
    }

    private void Commit(List<Item> batch)
    {
        try
        {
            _db.Run("BEGIN IMMEDIATE");
            foreach (var item in batch)
            {
                Execute(item);
            }

            BeforeCommit?.Invoke(_db);
            _db.Run("COMMIT");
            Commits++;
        }
        catch (Exception error)
        {
            GiveUp(batch, error);
            return;
        }

        AfterCommit?.Invoke();
        foreach (var item in batch)
        {
            item.Complete();
        }
    }

    private void Execute(Item item)
    {
        _db.Run("SAVEPOINT item");
        try
        {
            item.Execute(_db);
        }
        catch (Exception error) when (_db.InTransaction && SqliteErrors.IsOfTheItem(error))
        {
            item.Error = error;
            _db.Run("ROLLBACK TO item");
        }

        _db.Run("RELEASE item");
    }

    /// <summary>The transaction is lost. For want of room each item gets a try of its own: a small one may still fit.</summary>
    private void GiveUp(List<Item> batch, Exception error)
    {
        var answer = SqliteErrors.Translate(error);
        if (answer is StorageFailedException failed)
        {
            _health.Fail(failed);
        }
        else
        {
            try
            {
                if (_db.InTransaction)
                {
                    _db.Run("ROLLBACK");
                }
            }
            catch (SqliteException second)
            {
                answer = new StorageFailedException("A transaction could not be rolled back.", second);
                _health.Fail((StorageFailedException)answer);
            }
        }

        if (answer is StorageFullException && batch.Count > 1)
        {
            foreach (var item in batch)
            {
                if (_health.Failed)
                {
                    Refuse([item]);
                }
                else
                {
                    Commit([item]);
                }
            }

            return;
        }

        foreach (var item in batch)
        {
            item.Error = answer;
            item.Complete();
        }
    }

    private static void Refuse(List<Item> batch)
    {
        foreach (var item in batch)
        {
            item.Error = new StorageFailedException("The store has failed; the process has to end.");
            item.Complete();
        }
    }

    /// <summary>
    /// Copies the write-ahead log into the database from time to time. SQLite's own automatic checkpoint keeps quiet about a failed fsync.
    /// </summary>
    private void CheckpointAfter(long weight)
    {
        _sinceCheckpoint += weight;
        var truncate = _truncate && Environment.TickCount64 >= _truncateAgain;
        if ((_sinceCheckpoint < CheckpointWeight && !truncate) || _health.Failed)
        {
            return;
        }

        _sinceCheckpoint = 0;
        var whole = Checkpoint(_db, truncate ? "TRUNCATE" : "PASSIVE", _health);
        if (truncate)
        {
            _truncate = !whole;
            _truncateAgain = Environment.TickCount64 + TruncateAgainMilliseconds;
        }
    }

    /// <summary>Makes a checkpoint; want of room and a busy reader leave it for the next time.</summary>
    /// <returns>True when no reader was in the way.</returns>
    private static bool Checkpoint(Db db, string mode, StoreHealth health)
    {
        try
        {
            return db.First($"PRAGMA wal_checkpoint({mode})", row => row.GetInt32(0) == 0);
        }
        catch (SqliteException error)
        {
            if (SqliteErrors.Translate(error) is StorageFailedException failed)
            {
                health.Fail(failed);
            }

            return false;
        }
    }

    private abstract class Item(long weight)
    {
        public long Weight => weight;

        public Exception? Error { get; set; }

        public abstract void Execute(Db db);

        public abstract void Complete();
    }

    private sealed class Item<T>(Func<Db, T> work, long weight) : Item(weight)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action? _finish;

        public Task<T> Done => _done.Task;

        public override void Execute(Db db)
        {
            Error = null;
            var result = work(db);
            _finish = () => _done.TrySetResult(result);
        }

        public override void Complete()
        {
            if (Error is { } error)
            {
                _done.TrySetException(error);
            }
            else
            {
                _finish?.Invoke();
            }
        }
    }
}
