using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Keys;

namespace Noroshi.Storage.Sqlite;

/// <summary>Secrets and wrapped keys in SQLite.</summary>
internal sealed class SqliteKeys(Core core) : IKeyStore
{
    private const int MostSecret = 64 * 1024;

    /// <inheritdoc/>
    public Task<byte[]?> FindAsync(string area, string name, CancellationToken cancellation = default) =>
        Task.FromResult(core.Read(db => Find(db, core.Keys, (area, name))));

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeyValuePair<string, byte[]>>> ListAsync(string area, CancellationToken cancellation = default)
    {
        RefuseOwn(area);
        return Task.FromResult<IReadOnlyList<KeyValuePair<string, byte[]>>>(
            core.Read(db =>
                db.Query(
                    "SELECT name, master, sealed FROM secret WHERE area = $1 ORDER BY name",
                    row => KeyValuePair.Create(row.GetString(0), Open(core.Keys, (area, row.GetString(0)), row.Blob(1), row.Blob(2))),
                    area
                )
            )
        );
    }

    /// <inheritdoc/>
    public Task PutAsync(string area, string name, ReadOnlyMemory<byte> value, CancellationToken cancellation = default)
    {
        RefuseOwn(area);
        Limits.Text(name, nameof(name));
        if (value.Length > MostSecret)
        {
            throw new ArgumentException($"A secret has at most {MostSecret} bytes.", nameof(value));
        }

        return core.Write(
            db =>
            {
                Put(db, core.Keys, (area, name), value.Span);
                return true;
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string area, string name, CancellationToken cancellation = default)
    {
        RefuseOwn(area);
        return core.Write(db => db.Run("DELETE FROM secret WHERE area = $1 AND name = $2", area, name) > 0, cancellation);
    }

    /// <inheritdoc/>
    public async Task<long> RotateAsync(string actor, CancellationToken cancellation = default)
    {
        var rotation = new Rotation(core.Keys);
        long done = 0;
        foreach (var turn in (Func<Db, int>[])[rotation.Secrets, rotation.Evidence, rotation.Documents])
        {
            int some;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                some = await core.Write(turn, cancellation);
                done += some;
            } while (some > 0);
        }

        if (done > 0)
        {
            await core.Write(
                db => SqliteJournal.Append(db, core.Now, new JournalRecord(actor, "master-key.rotated", core.Keys.Active.Name)),
                cancellation
            );
        }

        return done;
    }

    public static byte[]? Find(Db db, MasterKeyRing keys, (string Area, string Name) secret) =>
        db.First(
            "SELECT master, sealed FROM secret WHERE area = $1 AND name = $2",
            row => Open(keys, secret, row.Blob(0), row.Blob(1)),
            secret.Area,
            secret.Name
        );

    public static void Put(Db db, MasterKeyRing keys, (string Area, string Name) secret, ReadOnlySpan<byte> value) =>
        db.Run(
            "INSERT INTO secret (area, name, master, sealed) VALUES ($1, $2, $3, $4)"
                + " ON CONFLICT (area, name) DO UPDATE SET master = excluded.master, sealed = excluded.sealed",
            secret.Area,
            secret.Name,
            keys.Active.Id,
            keys.Active.Seal(value, SecretPurpose(secret))
        );

    public static byte[] EvidencePurpose(ReadOnlySpan<byte> id) => [.. "noroshi evidence key"u8, .. id];

    public static byte[] DocumentPurpose(long provision, int retention) =>
        Encoding.ASCII.GetBytes(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"noroshi document key {provision} {retention}")
        );

    /// <summary>
    /// The key of a provision's documents in a class, made when there is none; provision 0 is the hub. Null when it was erased: a step that had
    /// the mail open while its provision was erased does not bring it back.
    /// </summary>
    public static byte[]? DocumentKey(Db db, MasterKeyRing keys, long provision, RetentionClass retention)
    {
        var purpose = DocumentPurpose(provision, (int)retention);
        var key = db.First(
            "SELECT master, wrapped FROM document_key WHERE provision = $1 AND retention = $2",
            row => keys.Find(row.Blob(0)).Open(row.Blob(1), purpose),
            provision,
            (int)retention
        );
        if (key is not null)
        {
            return key;
        }

        if (
            provision != 0
            && db.Number(
                "SELECT count(*) FROM erasure WHERE provision = (SELECT id FROM provision WHERE number = $1) AND (classes >> $2) & 1",
                provision,
                (int)retention
            ) > 0
        )
        {
            return null;
        }

        key = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        db.Run(
            "INSERT INTO document_key (provision, retention, master, wrapped) VALUES ($1, $2, $3, $4)",
            provision,
            (int)retention,
            keys.Active.Id,
            keys.Active.Seal(key, purpose)
        );
        return key;
    }

    public static byte[] Open(MasterKeyRing keys, (string Area, string Name) secret, byte[] master, byte[] box) =>
        keys.Find(master).Open(box, SecretPurpose(secret));

    private static byte[] SecretPurpose((string Area, string Name) secret) =>
        Encoding.UTF8.GetBytes($"noroshi secret {secret.Area.Length} {secret.Area} {secret.Name}");

    private static void RefuseOwn(string area)
    {
        Limits.Text(area, nameof(area));
        if (area == StoreSecrets.Area)
        {
            throw new ArgumentException("This area is the store's own.", nameof(area));
        }
    }
}
