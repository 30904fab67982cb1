using Microsoft.Data.Sqlite;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;
using Noroshi.Storage.Keys;

namespace Noroshi.Storage.Sqlite;

/// <summary>The embedded engine: one folder with a SQLite database and evidence files, one process, no other service.</summary>
public sealed class SqliteHubStore : IHubStore
{
    private const int SyncingThreads = 8;
    private readonly SqliteSteps _steps;

    private SqliteHubStore(Core core)
    {
        Core = core;
        var evidence = new SqliteEvidence(core);
        _steps = new SqliteSteps(core);
        Evidence = evidence;
        Intake = new SqliteIntake(core, evidence);
        Journal = new SqliteJournal(core);
        Keys = new SqliteKeys(core);
        Erasure = new SqliteErasure(core);
        core.Writer.BeforeCommit = db => SqliteJournal.SignHead(db, core.Secrets, core.Options.Time.GetUtcNow());
        core.Writer.AfterCommit = _steps.Wake;
        core.Writer.Start();
    }

    /// <inheritdoc/>
    public IIntakeStore Intake { get; }

    /// <inheritdoc/>
    public IEvidenceStore Evidence { get; }

    /// <inheritdoc/>
    public IStepLog Steps => _steps;

    /// <inheritdoc/>
    public IJournal Journal { get; }

    /// <inheritdoc/>
    public IKeyStore Keys { get; }

    /// <inheritdoc/>
    public IErasure Erasure { get; }

    /// <inheritdoc/>
    public Task<StorageFailedException> Failure => Core.Health.Failure;

    internal Core Core { get; }

    /// <summary>
    /// Opens the data folder, or makes a new one in an empty folder. Blocks for as long as the write-ahead log of a dead process takes to be
    /// copied back.
    /// </summary>
    /// <exception cref="DataFolderException">In use, not ours, written by a newer version, without its register of erasures, or with a changed journal.</exception>
    /// <exception cref="MasterKeyException">Sealed with another master key.</exception>
    /// <exception cref="StorageFailedException">The disk does not keep what it is told to.</exception>
    public static SqliteHubStore Open(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        MasterKeyFile.RefuseInside(options.ErasureRegister, options.DataFolder);
        var folder = StoreFolder.Enter(options.DataFolder, options.Disk);
        Db? db = null;
        StoreSecrets? secrets = null;
        try
        {
            var files = new EvidenceFiles(folder.Evidence, options.Disk);
            db = OpenDatabase(folder, options);
            secrets = StoreSecrets.Open(db, options.Keys, options.Time.GetUtcNow());
            if (!options.AcceptJournalMismatch && !SqliteJournal.IsAsSigned(db, secrets))
            {
                throw new DataFolderException(
                    $"The journal of {folder.Root} is not what was signed last: somebody changed it behind the hub's back. Run fsck to see what is wrong."
                );
            }

            files.Prepare();
            var register = OpenRegister(db, secrets, options, files);
            SqliteJournal.KeepHead(db);
            var health = new StoreHealth();
            return new SqliteHubStore(
                new Core
                {
                    Options = options,
                    Folder = folder,
                    Health = health,
                    Writer = new Writer(db, health),
                    Readers = new Readers(folder.Database),
                    Files = files,
                    Threads = new SyncThreads(SyncingThreads),
                    Secrets = secrets,
                    Register = register,
                }
            );
        }
        catch (Exception error)
        {
            secrets?.Dispose();
            db?.Dispose();
            folder.Dispose();
            if (error is SqliteException)
            {
                throw SqliteErrors.Translate(error);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Core.DisposeAsync();

    private static Db OpenDatabase(StoreFolder folder, StoreOptions options)
    {
        var db = new Db(folder.Database, writable: true);
        try
        {
            db.Text("PRAGMA journal_mode = WAL");
            db.Run("PRAGMA journal_size_limit = 67108864");
            // What a dead process left in the log is made durable before anything is built on it: a failed fsync may have left it in memory only.
            db.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            Migrations.Apply(db, options.Time, Migrations.All);
            options.Disk.SyncFolder(folder.Root);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private static ErasureRegister OpenRegister(Db db, StoreSecrets secrets, StoreOptions options, EvidenceFiles files)
    {
        var path = options.ErasureRegister;
        // The mark is set after the register was made: a first start that was cut off in between makes it again.
        var missing = !File.Exists(path);
        var began = db.Text("SELECT value FROM meta WHERE key = 'register'") is not null;
        if (missing && (!began || options.RebuildRegister))
        {
            var made = ErasureRegister.Create(path, secrets.Register, secrets.StoreId, options.Disk, SqliteErasure.Known(db));
            db.Run("INSERT OR IGNORE INTO meta (key, value) VALUES ('register', 'made')");
            return made;
        }

        var (register, orders) = ErasureRegister.Open(path, secrets.Register, secrets.StoreId, options.Disk);
        db.Run("INSERT OR IGNORE INTO meta (key, value) VALUES ('register', 'made')");
        SqliteErasure.CatchUp(db, files, orders, (secrets, options.Time.GetUtcNow()));
        return register;
    }
}
