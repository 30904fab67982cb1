using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;
using Noroshi.Storage.Sqlite;

namespace Noroshi.Storage.Fsck;

/// <summary>
/// <c>noroshi fsck</c>: everything that is referred to exists and opens, everything adds up, the journal is what was signed. Works beside a hub in use
/// and changes nothing, but for a sweep.
/// </summary>
public sealed class StoreCheck
{
    private const int Page = 500;
    private readonly Core _core;
    private readonly SqliteHubStore _store;
    private readonly FsckOptions _options;
    private readonly List<FsckProblem> _problems = [];
    private long _problemCount;

    private StoreCheck(SqliteHubStore store, FsckOptions options)
    {
        _store = store;
        _core = store.Core;
        _options = options;
    }

    /// <summary>Checks an open store.</summary>
    public static async Task<FsckReport> RunAsync(SqliteHubStore store, FsckOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        var check = new StoreCheck(store, options);
        check.Database();
        check.References();
        await check.EvidenceAsync(cancellation);
        if (options.OpenEverything)
        {
            check.Documents(cancellation);
        }

        check.Secrets();
        check.Register();
        check.Journal(await store.Journal.VerifyAsync(options.Held, cancellation));
        var (unreferenced, swept) = check.Files(cancellation);
        return new FsckReport
        {
            Counts = check._core.Read(Count),
            UnreferencedFiles = unreferenced,
            SweptFiles = swept,
            ProblemCount = check._problemCount,
            Problems = check._problems,
        };
    }

    internal static StoreCounts Count(Db db) =>
        new(
            db.Number("SELECT count(*) FROM provision"),
            db.Number("SELECT count(*) FROM evidence WHERE wrapped IS NOT NULL"),
            db.Number("SELECT count(*) FROM evidence WHERE wrapped IS NULL"),
            db.Number("SELECT count(*) FROM entry WHERE body IS NOT NULL"),
            db.Number("SELECT count(*) FROM entry WHERE body IS NULL"),
            SqliteJournal.Size(db),
            db.Number("SELECT count(*) FROM secret")
        );

    private void Database()
    {
        var pragma = _options.OpenEverything ? "PRAGMA integrity_check(100)" : "PRAGMA quick_check(100)";
        foreach (var line in _core.Read(db => db.Query(pragma, row => row.GetString(0))).Where(line => line != "ok"))
        {
            Add("database", line);
        }

        foreach (
            var line in _core.Read(db =>
                db.Query("PRAGMA foreign_key_check", row => $"{row.GetString(0)} refers to a row of {row.GetString(2)} that is not there")
            )
        )
        {
            Add("reference", line);
        }
    }

    /// <summary>What must be there for each row that is there.</summary>
    private void References()
    {
        List(
            "reference",
            "SELECT number FROM provision WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.provision = number AND entry.kind = 'provision')",
            "provision {0} has no entry in the log"
        );
        List(
            "reference",
            "SELECT provision FROM evidence GROUP BY provision HAVING max(position) + 1 <> count(*)",
            "provision {0} lacks one of its objects"
        );
        List(
            "reference",
            "SELECT number FROM provision WHERE items > (SELECT count(*) FROM evidence WHERE evidence.provision = number)",
            "provision {0} lacks an object that came with it"
        );
        List(
            "evidence",
            "SELECT provision FROM evidence WHERE wrapped IS NULL AND NOT EXISTS (SELECT 1 FROM erasure JOIN provision p ON p.id = erasure.provision"
                + " WHERE p.number = evidence.provision AND (erasure.classes >> evidence.retention) & 1)",
            "an object of provision {0} has lost its key without an order"
        );
        List(
            "document",
            "SELECT position FROM entry WHERE body IS NULL AND NOT EXISTS (SELECT 1 FROM erasure JOIN provision p ON p.id = erasure.provision"
                + " WHERE p.number = entry.provision AND (erasure.classes >> entry.retention) & 1)",
            "document {0} has lost its body without an order"
        );
        List(
            "step",
            "SELECT step FROM cursor WHERE position > (SELECT coalesce(max(position), 0) FROM entry)",
            "step {0} is ahead of the log"
        );
        List(
            "step",
            "SELECT step FROM put_off WHERE NOT EXISTS (SELECT 1 FROM cursor WHERE cursor.step = put_off.step AND cursor.lane = put_off.lane AND cursor.position >= put_off.position)",
            "step {0} has put off what it has not reached"
        );
    }

    private async Task EvidenceAsync(CancellationToken cancellation)
    {
        byte[] last = [];
        while (true)
        {
            var rows = _core.Read(db =>
                db.Query(
                    "SELECT id, size, stored, name FROM evidence WHERE id > $1 AND wrapped IS NOT NULL ORDER BY id LIMIT $2",
                    row =>
                        (
                            Key: row.Blob(0),
                            Id: new EvidenceId(row.Id(0)),
                            Size: row.GetInt64(1),
                            Stored: row.GetInt64(2),
                            Name: row.Blob(3)
                        ),
                    last,
                    Page
                )
            );
            foreach (var (_, id, size, stored, name) in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                await ObjectAsync(id, size, (stored, name));
            }

            if (rows.Count == 0)
            {
                return;
            }

            last = rows[^1].Key;
        }
    }

    private async Task ObjectAsync(EvidenceId id, long size, (long Stored, byte[] Name) file)
    {
        try
        {
            if (_options.OpenEverything)
            {
                var content = await _store.Evidence.GetAsync(id);
                if (content.Length != size)
                {
                    Add("evidence", $"object {id} has {content.Length} bytes, not {size}");
                }
            }

            var info = new FileInfo(_core.Files.PathOf(file.Name, id));
            if ((!info.Exists || info.Length != file.Stored) && !Erased(id))
            {
                Add("evidence", $"the file of object {id} is missing or has another length");
            }
        }
        catch (EvidenceErasedException)
        {
            // Erased while the check ran.
        }
        catch (Exception error) when (error is EvidenceDamagedException or MasterKeyException)
        {
            Add(error is MasterKeyException ? "key" : "evidence", error.Message);
        }
    }

    private bool Erased(EvidenceId id) =>
        _core.Read(db => db.Number("SELECT count(*) FROM evidence WHERE id = $1 AND wrapped IS NULL", id.Value.Bytes()) > 0);

    private void Documents(CancellationToken cancellation)
    {
        var steps = (SqliteSteps)_store.Steps;
        long last = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<LogEntry> entries;
            try
            {
                entries = steps.ReadAll(last, Page);
            }
            catch (MasterKeyException error)
            {
                Add("key", error.Message);
                return;
            }

            foreach (var entry in entries.Where(entry => entry.Damaged))
            {
                Add("document", $"document {entry.Position} does not open");
            }

            if (entries.Count == 0)
            {
                return;
            }

            last = entries[^1].Position;
        }
    }

    private void Secrets()
    {
        foreach (var secret in _core.Read(db => db.Query("SELECT area, name FROM secret", row => (row.GetString(0), row.GetString(1)))))
        {
            try
            {
                _core.Read(db => SqliteKeys.Find(db, _core.Keys, secret));
            }
            catch (MasterKeyException error)
            {
                Add("key", $"secret {secret.Item1}/{secret.Item2}: {error.Message}");
            }
        }
    }

    private void Register()
    {
        try
        {
            var known = _core.Read(SqliteErasure.Known);
            var (_, orders) = ErasureRegister.Open(
                _core.Options.ErasureRegister,
                _core.Secrets.Register,
                _core.Secrets.StoreId,
                _core.Options.Disk
            );
            var named = orders.Select(order => order.Id).ToHashSet();
            foreach (var order in known.Where(order => !named.Contains(order.Id)))
            {
                Add("register", $"the erasure {order.Id:N} of provision {order.Provision:N} is not in the register");
            }
        }
        catch (DataFolderException error)
        {
            Add("register", error.Message);
        }
    }

    private void Journal(JournalVerification verification)
    {
        foreach (var problem in verification.Problems)
        {
            Add("journal", problem);
        }
    }

    /// <summary>Files without a row. Not in flight first, row second: a file between the two is never taken for forgotten.</summary>
    private (long Unreferenced, long Swept) Files(CancellationToken cancellation)
    {
        long unreferenced = 0;
        long swept = 0;
        foreach (var file in _core.Files.All())
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(_core.Files.Folder, file);
            if (_core.Files.InFlight.ContainsKey(path) || Referenced(path) || !File.Exists(path))
            {
                continue;
            }

            unreferenced++;
            if (_options.Sweep)
            {
                EvidenceFiles.Remove(path);
                swept++;
            }
        }

        return (unreferenced, swept);
    }

    private bool Referenced(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        if (parts.Length != 2 || parts[0].Length != 64 || !parts[0].All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        var name = Convert.FromHexString(parts[0]);
        return _core.Read(db => db.First("SELECT id FROM evidence WHERE name = $1", row => (Guid?)row.Id(0), name)) is { } id
            && _core.Files.PathOf(name, new EvidenceId(id)) == path;
    }

    private void List(string code, string sql, string text)
    {
        foreach (var what in _core.Read(db => db.Query(sql, row => row.GetString(0))))
        {
            Add(code, text.Replace("{0}", what, StringComparison.Ordinal));
        }
    }

    private void Add(string code, string detail)
    {
        _problemCount++;
        if (_problems.Count < FsckReport.MostListed)
        {
            _problems.Add(new FsckProblem(code, detail));
        }
    }
}
