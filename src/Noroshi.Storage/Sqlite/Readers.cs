using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Noroshi.Storage.Sqlite;

/// <summary>Connections for reading; each call takes one for itself. Readers neither wait for the writer nor hold it up.</summary>
internal sealed class Readers(string path) : IDisposable
{
    private const int Kept = 16;
    private readonly ConcurrentBag<Db> _free = [];
    private volatile bool _closed;

    public T Read<T>(Func<Db, T> work)
    {
        var db = _free.TryTake(out var kept) ? kept : new Db(path, writable: false);
        var reusable = true;
        try
        {
            return work(db);
        }
        catch (SqliteException)
        {
            reusable = false;
            throw;
        }
        finally
        {
            if (reusable && !_closed && _free.Count < Kept)
            {
                _free.Add(db);
            }
            else
            {
                db.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var db))
        {
            db.Dispose();
        }
    }
}
