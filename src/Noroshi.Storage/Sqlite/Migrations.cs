using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Sqlite;

/// <summary>
/// Numbered changes of the schema, forward only, each in one transaction. A migration that was applied is never edited: its hash is kept and
/// compared at every start.
/// </summary>
internal static class Migrations
{
    /// <summary>Number, name and text of all migrations, ascending.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="DataFolderException">The database was written by a newer version, or an applied migration is not the one known here.</exception>
    public static void Apply(Db db, TimeProvider time, IReadOnlyList<Migration> migrations)
    {
        db.Run(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"
        );
        var applied = db.Query(
            "SELECT number, name, sha256 FROM migration ORDER BY number",
            row => (row.GetInt32(0), row.GetString(1), row.GetString(2))
        );
        foreach (var (number, name, hash) in applied)
        {
            var known =
                migrations.FirstOrDefault(one => one.Number == number)
                ?? throw new DataFolderException(
                    $"The database has schema {number} ({name}), which this version does not know: use the newer version."
                );
            if (known.Hash != hash)
            {
                throw new DataFolderException($"Schema {number} ({name}) of the database is not the one that this version knows.");
            }
        }

        foreach (var migration in migrations.Where(one => applied.TrueForAll(done => done.Item1 != one.Number)))
        {
            db.Run("BEGIN IMMEDIATE");
            try
            {
                using (var command = db.Connection.CreateCommand())
                {
                    command.CommandText = migration.Sql;
                    command.ExecuteNonQuery();
                }

                db.Run(
                    "INSERT INTO migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
                    migration.Number,
                    migration.Name,
                    migration.Hash,
                    time.GetUtcNow().ToUnixTimeMilliseconds()
                );
                db.Run("COMMIT");
            }
            catch
            {
                if (db.InTransaction)
                {
                    db.Run("ROLLBACK");
                }

                throw;
            }
        }
    }

    private static List<Migration> Load()
    {
        var assembly = typeof(Migrations).Assembly;
        var found = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var stream =
                assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"No resource {resource}.");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            // A checkout may change line ends; the hash does not.
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            var name = resource[..^".sql".Length];
            found.Add(
                new Migration(
                    int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture),
                    name[5..],
                    sql,
                    Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))
                )
            );
        }

        return [.. found.OrderBy(one => one.Number)];
    }
}

/// <summary>One change of the schema.</summary>
internal sealed record Migration(int Number, string Name, string Sql, string Hash);
