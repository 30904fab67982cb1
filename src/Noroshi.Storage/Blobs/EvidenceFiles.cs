using System.Collections.Concurrent;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Blobs;

/// <summary>
/// The folder of evidence files: <c>ab/ab…</c> by keyed hash of owner and content, and the start of the object's id, so that no file is ever
/// written over: a second attempt at the same bytes has another name until the database says which one counts.
/// </summary>
internal sealed class EvidenceFiles(string folder, Disk disk)
{
    private readonly ConcurrentDictionary<string, bool> _shards = new(StringComparer.Ordinal);
    private readonly Lock _making = new();

    /// <summary>Where a file is written before it has its name.</summary>
    public string Temporary { get; } = Path.Combine(folder, "new");

    public string Folder => folder;

    /// <summary>Files whose rows are not decided yet: a sweep leaves them alone.</summary>
    public ConcurrentDictionary<string, bool> InFlight { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes the folder if it is missing; removes what a dead process left half written.</summary>
    public void Prepare()
    {
        if (!Directory.Exists(Temporary))
        {
            Directory.CreateDirectory(Temporary);
            disk.SyncFolder(folder);
            disk.SyncFolder(Path.GetDirectoryName(folder) ?? folder);
        }

        foreach (var half in Directory.EnumerateFiles(Temporary))
        {
            File.Delete(half);
        }
    }

    public string PathOf(ReadOnlySpan<byte> name, EvidenceId id) =>
        Path.Combine(folder, ShardName(name[0]), $"{Convert.ToHexStringLower(name)}.{id.ToString()[..8]}");

    /// <summary>Writes a sealed object so that it survives a power cut: temporary name, fsync, rename, fsync of the folder.</summary>
    /// <exception cref="StorageFullException">No room; nothing is left behind.</exception>
    /// <exception cref="StorageFailedException">The disk did not keep it.</exception>
    public void Write(string path, EvidenceId id, ReadOnlySpan<byte> box)
    {
        var temporary = Path.Combine(Temporary, id.ToString());
        try
        {
            using (var file = Disk.OpenNew(temporary))
            {
                disk.WriteNew(file.SafeFileHandle, box);
                disk.Sync(file.SafeFileHandle);
            }

            MakeShard(Path.GetDirectoryName(path) ?? folder);
            disk.Rename(temporary, path);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            Remove(temporary);
            throw new StorageFullException("The disk is full.", error);
        }
        catch (IOException error)
        {
            throw new StorageFailedException($"An evidence file cannot be written: {error.Message}", error);
        }
        catch
        {
            Remove(temporary);
            throw;
        }

        try
        {
            disk.SyncFolder(Path.GetDirectoryName(path) ?? folder);
        }
        catch (StorageException error) when (error is not StorageFailedException)
        {
            Remove(path);
            throw;
        }
    }

    /// <summary>Makes the folder that a file goes to, durably; it exists for everybody only when its own name is safe.</summary>
    public void MakeShard(string shard)
    {
        if (_shards.ContainsKey(shard))
        {
            return;
        }

        lock (_making)
        {
            if (!Directory.Exists(shard))
            {
                Directory.CreateDirectory(shard);
            }

            // Also for one that was there: its maker may have died before this.
            disk.SyncFolder(folder);
            _shards[shard] = true;
        }
    }

    /// <summary>Removes a file that nothing refers to; when it cannot be removed it stays, unreadable, until fsck sweeps.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file without key is dead weight, no risk; fsck lists it.
        }
    }

    /// <summary>All object files, as paths relative to the folder.</summary>
    public IEnumerable<string> All() =>
        Enumerable
            .Range(0, 256)
            .Select(ShardName)
            .Where(shard => Directory.Exists(Path.Combine(folder, shard)))
            .SelectMany(shard => Directory.EnumerateFiles(Path.Combine(folder, shard)).Select(file => $"{shard}/{Path.GetFileName(file)}"));

    private static string ShardName(int shard) => shard.ToString("x2", System.Globalization.CultureInfo.InvariantCulture);
}
