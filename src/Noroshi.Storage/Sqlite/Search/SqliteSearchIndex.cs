using Microsoft.Data.Sqlite;
using Noroshi.Hub.Search;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Sqlite.Search;

/// <summary>
/// The search index in a file of its own beside the database: <c>search.db</c>, derived, in no backup. Tokens and scopes stand in it as 64 bits of an
/// HMAC under a key of the store, documents as ids. A part holds up to 1,024 documents of one scope, so a search within a scope touches
/// nothing of another, new documents are written to one place, and what was erased is scrubbed out of one part.
/// <para>The write-ahead log is not forced to the disk at each change: after a power cut the file is whole, at worst a little older, and says by
/// its position what has to be fed again.</para>
/// </summary>
public sealed class SqliteSearchIndex : ISearchIndex
{
    private readonly string _path;
    private readonly SearchTokenKey _key;
    private readonly Db _db;
    private readonly Readers _readers;
    private readonly SemaphoreSlim _writing = new(1);

    // Held while a commit and its catalogue become visible together, and while a reader takes both.
    private readonly Lock _turn = new();
    private SearchCatalog _catalog;
    private bool _closed;

    private SqliteSearchIndex(string path, Db db, SearchTokenKey key)
    {
        _path = path;
        _db = db;
        _key = key;
        _readers = new Readers(path);
        _catalog = SearchCatalog.Load(db);
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _catalog).Position;

    /// <inheritdoc/>
    public long Count => Volatile.Read(ref _catalog).Documents;

    /// <summary>Bytes on the disk.</summary>
    public long Size => new[] { _path, _path + "-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);

    /// <summary>Name of the file in the data folder.</summary>
    public static string FileName => "search.db";

    /// <summary>
    /// Opens the index of a data folder. A file that is missing, damaged, of another version, or made under another key begins anew, empty:
    /// it has to be fed from the log again.
    /// </summary>
    /// <param name="dataFolder">Data folder, held by this process.</param>
    /// <param name="key">Secret of the store, at least 32 bytes.</param>
    public static SqliteSearchIndex Open(string dataFolder, ReadOnlySpan<byte> key)
    {
        var path = Path.Combine(dataFolder, FileName);
        var tokens = new SearchTokenKey(key);
        try
        {
            return TryOpen(path, tokens) ?? Anew(path, tokens);
        }
        catch (SqliteException error) when (SqliteErrors.Translate(error) is StorageFailedException)
        {
            return Anew(path, tokens);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error);
        }
    }

    /// <inheritdoc/>
    public Task ApplyAsync(SearchChanges changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return WriteAsync(() => Apply(changes), cancellation);
    }

    /// <summary>Takes everything out: the index begins anew.</summary>
    public Task ClearAsync(CancellationToken cancellation = default) =>
        WriteAsync(
            () =>
                Commit(() =>
                {
                    SearchSchema.Clear(_db);
                    return SearchCatalog.Load(_db);
                }),
            cancellation
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<SearchCandidate>> FindAsync(SearchProbe probe, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(probe);
        try
        {
            return Task.FromResult(_readers.Read(db => Find(db, probe, cancellation)));
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        try
        {
            if (!_closed)
            {
                _closed = true;
                _readers.Dispose();
                _db.Dispose();
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteAsync(Action work, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            await Task.Run(work, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Apply(SearchChanges changes) =>
        Commit(() =>
        {
            var change = new SearchIndexChange(_db, _key, _catalog);
            foreach (var id in changes.Remove)
            {
                change.Remove(id, scrub: true);
            }

            foreach (var entry in changes.Put)
            {
                change.Put(entry);
            }

            return change.Finish(changes.Through);
        });

    private void Commit(Func<SearchCatalog> change)
    {
        try
        {
            _db.Run("BEGIN IMMEDIATE");
            var catalog = change();
            lock (_turn)
            {
                _db.Run("COMMIT");
                _catalog = catalog;
            }
        }
        catch (Exception error)
        {
            if (_db.InTransaction)
            {
                _db.Run("ROLLBACK");
            }

            if (error is SqliteException)
            {
                throw SqliteErrors.Translate(error);
            }

            throw;
        }
    }

    private IReadOnlyList<SearchCandidate> Find(Db db, SearchProbe probe, CancellationToken cancellation)
    {
        SearchCatalog catalog;
        lock (_turn)
        {
            catalog = _catalog;
            db.Run("BEGIN");
            // The first read fixes what the transaction sees.
            db.Number("SELECT value FROM meta WHERE key = 'position'");
        }

        try
        {
            return new SearchIndexQuery(db, _key, probe).Run(catalog, cancellation);
        }
        finally
        {
            db.Run("COMMIT");
        }
    }

    private static SqliteSearchIndex? TryOpen(string path, SearchTokenKey key)
    {
        var exists = File.Exists(path);
        var db = new Db(path, writable: true);
        try
        {
            Prepare(db);
            if (!exists)
            {
                SearchSchema.Make(db, key);
            }
            else if (!SearchSchema.IsAsMade(db, key))
            {
                db.Dispose();
                return null;
            }

            return new SqliteSearchIndex(path, db, key);
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private static SqliteSearchIndex Anew(string path, SearchTokenKey key)
    {
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
        {
            File.Delete(file);
        }

        return TryOpen(path, key) ?? throw new StorageException("The search index could not be made anew.");
    }

    private static void Prepare(Db db)
    {
        db.Text("PRAGMA journal_mode = WAL");
        db.Run("PRAGMA journal_size_limit = 67108864");
        db.Run("PRAGMA synchronous = NORMAL");
        db.Run("PRAGMA wal_autocheckpoint = 4000");
    }
}
