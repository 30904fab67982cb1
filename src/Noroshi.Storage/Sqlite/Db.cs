using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Noroshi.Storage.Sqlite;

/// <summary>A connection with its prepared statements. Parameters are <c>$1</c>, <c>$2</c> … Not for two threads at once.</summary>
internal sealed class Db : IDisposable
{
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public Db(string path, bool writable)
    {
        Connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = writable ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString()
        );
        Connection.Open();
        // FULL: NORMAL loses acknowledged rows at a power cut. Checkpoints are made by the writer, where their errors are seen.
        Run("PRAGMA synchronous = FULL");
        Run("PRAGMA wal_autocheckpoint = 0");
        Run("PRAGMA foreign_keys = ON");
        Run("PRAGMA secure_delete = ON");
        Run("PRAGMA trusted_schema = OFF");
        // What a savepoint needs to go back is small; in a file it would cost a write for each page.
        Run("PRAGMA temp_store = MEMORY");
        // The writer's pages lie all over the indexes of random ids; a batch must not spill.
        Run(writable ? "PRAGMA cache_size = -65536" : "PRAGMA cache_size = -8192");
        // One process, one writer: only a checkpoint that wants readers out of its way ever waits, and that not for long.
        Run("PRAGMA busy_timeout = 100");
        if (!writable)
        {
            Run("PRAGMA query_only = ON");
        }
    }

    public SqliteConnection Connection { get; }

    /// <summary>False once SQLite has rolled the transaction back by itself.</summary>
    public bool InTransaction => Connection.Handle is { } handle && raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>Runs a statement; returns the rows changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Reads rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Reads rows one after the other; nothing else may run on the connection meanwhile that uses the same statement.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<SqliteDataReader, T> row, params object?[] values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        while (reader.Read())
        {
            yield return row(reader);
        }
    }

    /// <summary>The first row; default when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return reader.Read() ? row(reader) : default;
    }

    /// <summary>A single number; 0 when there is no row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values) => First(sql, row => row.IsDBNull(0) ? 0 : row.GetInt64(0), values);

    /// <summary>A single text; null when there is no row.</summary>
    public string? Text(string sql, params ReadOnlySpan<object?> values) => First(sql, row => row.GetString(0), values);

    /// <summary>After a failed fsync nothing more is written, not even when the connection ends.</summary>
    public void LeaveAsItIs()
    {
        if (Connection.Handle is { } handle)
        {
            _ = raw.sqlite3_db_config(handle, NoCheckpointOnClose, 1, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        Connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = ParameterName(i) });
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private static string ParameterName(int index) => "$" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
