using System.Collections.Concurrent;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Blobs;

/// <summary>
/// The folder of evidence files: <c>ab/ab…</c> by keyed hash of owner and content, and the start of the object's id, so that no file is ever
/// written over: a second attempt at the same bytes has another name until the database says which one counts.
/// </summary>
internal sealed class EvidenceFiles(string folder, Disk disk)
{
    /// <summary>Where a file is written before it has its name.</summary>
    public string Temporary { get; } = Path.Combine(folder, "new");

    public string Folder => folder;

    /// <summary>Files whose rows are not decided yet: a sweep leaves them alone.</summary>
    public ConcurrentDictionary<string, bool> InFlight { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes the folders that are missing; removes what a dead process left half written.</summary>
    public void Prepare()
    {
        var made = false;
        Directory.CreateDirectory(folder);
        foreach (var shard in Enumerable.Range(0, 256).Select(ShardName).Append("new"))
        {
            var path = Path.Combine(folder, shard);
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path);
                made = true;
            }
        }

        if (made)
        {
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

        disk.SyncFolder(Path.GetDirectoryName(path) ?? folder);
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
