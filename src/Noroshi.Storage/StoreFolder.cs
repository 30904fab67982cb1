using Noroshi.Hub.Storage;

namespace Noroshi.Storage;

/// <summary>Names in the data folder, and the lock that lets one process in.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly FileStream _lock;

    private StoreFolder(string path, FileStream held)
    {
        Root = path;
        _lock = held;
    }

    public string Root { get; }

    public string Database => DatabaseIn(Root);

    public string Log => Database + "-wal";

    public string Evidence => EvidenceIn(Root);

    public static string DatabaseIn(string folder) => Path.Combine(folder, "noroshi.db");

    public static string EvidenceIn(string folder) => Path.Combine(folder, "evidence");

    /// <summary>Makes the folder when it is missing and takes it for this process.</summary>
    /// <exception cref="DataFolderException">Another process has it, or it holds evidence without a database.</exception>
    public static StoreFolder Enter(string folder, Disk disk)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        FileStream held;
        try
        {
            disk.MakeFolder(path);
            held = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new DataFolderException(
                $"The data folder {path} is in use by another process, or cannot be written: {error.Message}",
                error
            );
        }
        catch (UnauthorizedAccessException error)
        {
            throw new DataFolderException($"The data folder {path} cannot be written: {error.Message}", error);
        }

        if (!File.Exists(DatabaseIn(path)) && Directory.Exists(EvidenceIn(path)))
        {
            held.Dispose();
            throw new DataFolderException($"The data folder {path} holds evidence but no database: restore a backup into an empty folder.");
        }

        return new StoreFolder(path, held);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
