using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;

namespace Noroshi.Storage.Sqlite;

/// <summary>Erasure: register, then keys, bodies and journal in one transaction, then files.</summary>
internal sealed class SqliteErasure(Core core) : IErasure
{
    /// <inheritdoc/>
    public async Task<ErasureReceipt> EraseAsync(ErasureOrder order, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        Limits.Text(order.Actor, nameof(order));
        Limits.Text(order.Reason, nameof(order));
        var mask = order.Classes.Aggregate(0, (sum, one) => sum | (1 << (int)one));
        if (core.Read(db => !Holds(db, SqliteIntake.NumberOf(db, order.Provision), mask)))
        {
            return new ErasureReceipt(0, 0, null);
        }

        var registered = new RegisteredErasure(Guid.NewGuid(), order.Provision.Value, mask, core.Now);
        await core.Threads.RunAsync(() => core.Health.Guard(() => core.Register.Add(registered)), cancellation);
        // Registered is decided: from here on no cancelling.
        var (receipt, files) = await core.Write(
            db =>
            {
                var number = SqliteIntake.NumberOf(db, order.Provision);
                var (evidence, documents, paths) = Destroy(db, core.Files, number, registered);
                var record = new JournalRecord(
                    order.Actor,
                    "provision.erased",
                    order.Provision.ToString(),
                    $"{order.Reason} {mask} {registered.Id:N}"
                );
                return (new ErasureReceipt(evidence, documents, SqliteJournal.Append(db, core.Now, record)), paths);
            },
            CancellationToken.None
        );
        await core.Threads.RunAsync(() => files.ForEach(EvidenceFiles.Remove), CancellationToken.None);
        // The write-ahead log still holds pages with the keys: copy it back and cut it off.
        core.Writer.RequestTruncation();
        // The cut comes after the first of these, so before the second.
        await core.Write(_ => true, CancellationToken.None);
        await core.Write(_ => true, CancellationToken.None);
        return receipt;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProvisionId>> HeldAsync(
        RetentionClass retention,
        DateTimeOffset receivedBefore,
        int most,
        CancellationToken cancellation = default
    ) =>
        Task.FromResult<IReadOnlyList<ProvisionId>>(
            core.Read(db =>
                db.Query(
                    "SELECT id FROM provision WHERE received_at < $1 AND ("
                        + "EXISTS (SELECT 1 FROM evidence WHERE evidence.provision = number AND retention = $2 AND wrapped IS NOT NULL)"
                        + " OR EXISTS (SELECT 1 FROM document_key WHERE document_key.provision = number AND retention = $2))"
                        + " ORDER BY received_at, number LIMIT $3",
                    row => new ProvisionId(row.Id(0)),
                    receivedBefore.ToUnixTimeMilliseconds(),
                    (int)retention,
                    most
                )
            )
        );

    /// <summary>Carries out what the register names and the database does not know. Runs at the start, before anybody else.</summary>
    public static void CatchUp(
        Db db,
        EvidenceFiles files,
        IReadOnlyList<RegisteredErasure> orders,
        (StoreSecrets Secrets, DateTimeOffset Now) signing
    )
    {
        var late = false;
        foreach (var order in orders)
        {
            if (db.Number("SELECT count(*) FROM erasure WHERE id = $1", order.Id.Bytes()) > 0)
            {
                continue;
            }

            db.Run("BEGIN IMMEDIATE");
            // A backup may be older than the provision: then there is nothing to destroy.
            var number = db.First("SELECT number FROM provision WHERE id = $1", row => (long?)row.GetInt64(0), order.Provision.Bytes());
            var (_, _, paths) = Destroy(db, files, number, order);
            SqliteJournal.Append(
                db,
                signing.Now.ToUnixTimeMilliseconds(),
                new JournalRecord("system", "provision.erased", order.Provision.ToString("N"), $"register {order.Classes} {order.Id:N}")
            );
            SqliteJournal.SignHead(db, signing.Secrets, signing.Now);
            db.Run("COMMIT");
            paths.ForEach(EvidenceFiles.Remove);
            late = true;
        }

        if (late)
        {
            db.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    public static IReadOnlyList<RegisteredErasure> Known(Db db) =>
        db.Query(
            "SELECT id, provision, classes, at FROM erasure ORDER BY at, id",
            row => new RegisteredErasure(row.Id(0), row.Id(1), row.GetInt32(2), row.GetInt64(3))
        );

    private static bool Holds(Db db, long number, int mask) =>
        db.Number("SELECT count(*) FROM evidence WHERE provision = $1 AND wrapped IS NOT NULL AND ($2 >> retention) & 1", number, mask) > 0
        || db.Number("SELECT count(*) FROM document_key WHERE provision = $1 AND ($2 >> retention) & 1", number, mask) > 0;

    private static (int Evidence, int Documents, List<string> Paths) Destroy(
        Db db,
        EvidenceFiles files,
        long? number,
        RegisteredErasure order
    )
    {
        db.Run(
            "INSERT INTO erasure (id, provision, classes, at) VALUES ($1, $2, $3, $4)",
            order.Id.Bytes(),
            order.Provision.Bytes(),
            order.Classes,
            order.At
        );
        var paths = db.Query(
            "SELECT name, id FROM evidence WHERE provision = $1 AND name IS NOT NULL AND ($2 >> retention) & 1",
            row => files.PathOf(row.Blob(0), new EvidenceId(row.Id(1))),
            number,
            order.Classes
        );
        var evidence = db.Run(
            "UPDATE evidence SET name = NULL, master = NULL, wrapped = NULL WHERE provision = $1 AND wrapped IS NOT NULL AND ($2 >> retention) & 1",
            number,
            order.Classes
        );
        db.Run("DELETE FROM document_key WHERE provision = $1 AND ($2 >> retention) & 1", number, order.Classes);
        var documents = db.Run(
            "UPDATE entry SET body = NULL, subject = iif(substr(subject, 1, 1) = '#', '', subject)"
                + " WHERE provision = $1 AND body IS NOT NULL AND ($2 >> retention) & 1",
            number,
            order.Classes
        );
        // A case without items has nothing but its header.
        db.Run("UPDATE provision SET identity = NULL WHERE number = $1 AND ($2 > 0 OR items = 0)", number, evidence);

        return (evidence, documents, paths);
    }
}
