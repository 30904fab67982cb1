using Microsoft.Data.Sqlite;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Sqlite;

/// <summary>What an error of SQLite means for the store.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int Interrupted = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int SharedMemorySize = 4874; // SQLITE_IOERR_SHMSIZE: the index of the log found no room to grow

    /// <summary>Whether the error belongs to one item alone: a broken constraint, a mistake in its data.</summary>
    public static bool IsOfTheItem(Exception error) =>
        error switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode
                is not (Busy or Locked or OutOfMemory or Interrupted or InputOutput or Corrupt or Full or CannotOpen or NotADatabase),
            StorageFailedException => false,
            _ => true,
        };

    /// <summary>The port's exception for it.</summary>
    public static Exception Translate(Exception error) =>
        error switch
        {
            StorageException already => already,
            SqliteException { SqliteErrorCode: Full } or SqliteException { SqliteExtendedErrorCode: SharedMemorySize } =>
                new StorageFullException("The disk is full.", error),
            SqliteException { SqliteErrorCode: InputOutput or Corrupt or NotADatabase } sqlite => new StorageFailedException(
                $"The database failed ({sqlite.SqliteExtendedErrorCode}): {sqlite.Message}",
                error
            ),
            _ => new StorageException($"The store could not do it now: {error.Message}", error),
        };
}
