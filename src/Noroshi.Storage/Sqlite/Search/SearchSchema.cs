using Noroshi.Hub.Search;

namespace Noroshi.Storage.Sqlite.Search;

/// <summary>Tables of the search index. No migrations: another version makes the file anew.</summary>
internal static class SearchSchema
{
    private const string Version = "1";

    private static readonly string[] Statements =
    [
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
        // A part: documents of one scope, numbered from 0. Unscrubbed: documents that went while their postings stayed.
        "CREATE TABLE part (number INTEGER PRIMARY KEY, scope INTEGER NOT NULL, used INTEGER NOT NULL, unscrubbed INTEGER NOT NULL) STRICT",
        "CREATE TABLE doc (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ms INTEGER NOT NULL, tie INTEGER NOT NULL) STRICT",
        // Four bytes a document: its number in the part, its fields.
        "CREATE TABLE posting (part INTEGER NOT NULL, token INTEGER NOT NULL, docs BLOB NOT NULL, PRIMARY KEY (part, token)) STRICT, WITHOUT ROWID",
    ];

    public static void Make(Db db, SearchTokenKey key)
    {
        db.Run("BEGIN IMMEDIATE");
        foreach (var statement in Statements)
        {
            db.Run(statement);
        }

        db.Run("INSERT INTO meta (key, value) VALUES ('version', $1), ('check', $2), ('position', -1)", Stamp, key.Check);
        db.Run("COMMIT");
    }

    /// <summary>Within the caller's transaction.</summary>
    public static void Clear(Db db)
    {
        db.Run("DELETE FROM posting");
        db.Run("DELETE FROM doc");
        db.Run("DELETE FROM part");
        db.Run("UPDATE meta SET value = -1 WHERE key = 'position'");
    }

    public static bool IsAsMade(Db db, SearchTokenKey key) =>
        db.Number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('meta', 'part', 'doc', 'posting')") == 4
        && db.Text("SELECT value FROM meta WHERE key = 'version'") == Stamp
        && db.Text("SELECT value FROM meta WHERE key = 'check'") == key.Check;

    private static string Stamp => $"{Version}/{SearchTokens.Version}";
}
