using Noroshi.Storage.Keys;

namespace Noroshi.Storage.Sqlite;

/// <summary>
/// Wraps anew, some rows a transaction, each table from its first key to its last. What is added meanwhile has the active key already. A turn that is
/// run a second time goes on where the first one began.
/// </summary>
internal sealed class Rotation(MasterKeyRing keys)
{
    private const int AtOnce = 2_000;
    private (string Area, string Name) _secret = ("", "");
    private byte[] _evidence = [];
    private (long Provision, int Retention) _document = (-1, 0);

    public int Secrets(Db db)
    {
        var rows = db.Query(
            "SELECT area, name, master, sealed FROM secret WHERE (area, name) >= ($1, $2) AND master <> $3 ORDER BY area, name LIMIT $4",
            row => (Secret: (row.GetString(0), row.GetString(1)), Master: row.Blob(2), Sealed: row.Blob(3)),
            _secret.Area,
            _secret.Name,
            keys.Active.Id,
            AtOnce
        );
        foreach (var (secret, master, box) in rows)
        {
            SqliteKeys.Put(db, keys, secret, SqliteKeys.Open(keys, secret, master, box));
        }

        _secret = rows.Count > 0 ? rows[0].Secret : _secret;
        return rows.Count;
    }

    public int Evidence(Db db)
    {
        var rows = db.Query(
            "SELECT id, master, wrapped FROM evidence WHERE id >= $1 AND master <> $2 ORDER BY id LIMIT $3",
            row => (Id: row.Blob(0), Master: row.Blob(1), Wrapped: row.Blob(2)),
            _evidence,
            keys.Active.Id,
            AtOnce
        );
        foreach (var (id, master, wrapped) in rows)
        {
            db.Run(
                "UPDATE evidence SET master = $1, wrapped = $2 WHERE id = $3",
                keys.Active.Id,
                Again(master, wrapped, SqliteKeys.EvidencePurpose(id)),
                id
            );
        }

        _evidence = rows.Count > 0 ? rows[0].Id : _evidence;
        return rows.Count;
    }

    public int Documents(Db db)
    {
        var rows = db.Query(
            "SELECT provision, retention, master, wrapped FROM document_key WHERE (provision, retention) >= ($1, $2) AND master <> $3"
                + " ORDER BY provision, retention LIMIT $4",
            row => (Provision: row.GetInt64(0), Retention: row.GetInt32(1), Master: row.Blob(2), Wrapped: row.Blob(3)),
            _document.Provision,
            _document.Retention,
            keys.Active.Id,
            AtOnce
        );
        foreach (var (provision, retention, master, wrapped) in rows)
        {
            db.Run(
                "UPDATE document_key SET master = $1, wrapped = $2 WHERE provision = $3 AND retention = $4",
                keys.Active.Id,
                Again(master, wrapped, SqliteKeys.DocumentPurpose(provision, retention)),
                provision,
                retention
            );
        }

        _document = rows.Count > 0 ? (rows[0].Provision, rows[0].Retention) : _document;
        return rows.Count;
    }

    private byte[] Again(byte[] master, byte[] wrapped, byte[] purpose) =>
        keys.Active.Seal(keys.Find(master).Open(wrapped, purpose), purpose);
}
