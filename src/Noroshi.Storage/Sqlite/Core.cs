using System.Security.Cryptography;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;
using Noroshi.Storage.Keys;

namespace Noroshi.Storage.Sqlite;

/// <summary>What the parts of the SQLite store share.</summary>
internal sealed class Core : IAsyncDisposable
{
    public required StoreOptions Options { get; init; }

    public required StoreFolder Folder { get; init; }

    public required StoreHealth Health { get; init; }

    public required Writer Writer { get; init; }

    public required Readers Readers { get; init; }

    public required EvidenceFiles Files { get; init; }

    public required SyncThreads Threads { get; init; }

    public required StoreSecrets Secrets { get; init; }

    public required ErasureRegister Register { get; init; }

    public MasterKeyRing Keys => Options.Keys;

    public long Now => Options.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Reads; a database that cannot be read any more ends the store.</summary>
    public T Read<T>(Func<Db, T> work)
    {
        Health.Check();
        try
        {
            return Readers.Read(work);
        }
        catch (Microsoft.Data.Sqlite.SqliteException error)
        {
            var answer = SqliteErrors.Translate(error);
            if (answer is StorageFailedException failed)
            {
                Health.Fail(failed);
            }

            throw answer;
        }
    }

    public Task<T> Write<T>(Func<Db, T> work, CancellationToken cancellation, long weight = 0) =>
        Writer.RunAsync(work, weight, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Threads.DisposeAsync();
        // Readers first: the last connection to close is the writer's, which copies the log into the database.
        Readers.Dispose();
        await Writer.DisposeAsync();
        Secrets.Dispose();
        Folder.Dispose();
    }
}

/// <summary>Secrets that the store itself lives by, sealed by the master key in its database.</summary>
internal sealed class StoreSecrets : IDisposable
{
    public const string Area = "store";
    private const string NamesName = "names";
    private const string RegisterName = "register";
    private const string JournalName = "journal";

    private StoreSecrets(string storeId, byte[] names, byte[] register, ECDsa journal)
    {
        StoreId = storeId;
        Names = names;
        Register = register;
        Journal = journal;
    }

    /// <summary>Random id of the store, in the origin of its checkpoints.</summary>
    public string StoreId { get; }

    /// <summary>Key of the keyed hashes.</summary>
    public byte[] Names { get; }

    /// <summary>Key of the register's lines.</summary>
    public byte[] Register { get; }

    /// <summary>Key that signs checkpoints.</summary>
    public ECDsa Journal { get; }

    /// <summary>Opens the secrets, or makes them in a new database.</summary>
    /// <exception cref="MasterKeyException">The master key is not the one that they were sealed with.</exception>
    public static StoreSecrets Open(Db db, MasterKeyRing keys, DateTimeOffset now)
    {
        if (db.Text("SELECT value FROM meta WHERE key = 'store'") is null)
        {
            Make(db, keys, now);
        }

        var journal = ECDsa.Create();
        journal.ImportPkcs8PrivateKey(Secret(db, keys, JournalName), out _);
        return new StoreSecrets(
            db.Text("SELECT value FROM meta WHERE key = 'store'")
                ?? throw new DataFolderException("The database does not say which store it is."),
            Secret(db, keys, NamesName),
            Secret(db, keys, RegisterName),
            journal
        );
    }

    /// <inheritdoc/>
    public void Dispose() => Journal.Dispose();

    private static void Make(Db db, MasterKeyRing keys, DateTimeOffset now)
    {
        using var journal = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        db.Run("BEGIN IMMEDIATE");
        SqliteKeys.Put(db, keys, (Area, NamesName), RandomNumberGenerator.GetBytes(32));
        SqliteKeys.Put(db, keys, (Area, RegisterName), RandomNumberGenerator.GetBytes(32));
        SqliteKeys.Put(db, keys, (Area, JournalName), journal.ExportPkcs8PrivateKey());
        var id = Guid.NewGuid().ToString("N");
        db.Run("INSERT INTO meta (key, value) VALUES ('store', $1)", id);
        SqliteJournal.SignHead(db, journal, SqliteJournal.Origin(id), now);
        db.Run("COMMIT");
    }

    private static byte[] Secret(Db db, MasterKeyRing keys, string name) =>
        SqliteKeys.Find(db, keys, (Area, name)) ?? throw new DataFolderException($"The database has lost its secret '{name}'.");
}
