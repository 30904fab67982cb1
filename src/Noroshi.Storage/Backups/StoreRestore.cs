using System.Security.Cryptography;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Keys;
using Noroshi.Storage.Sqlite;

namespace Noroshi.Storage.Backups;

/// <summary>
/// <c>noroshi restore</c>: a backup into an empty folder, with the master key from where it is kept. What the register of erasures names stays
/// erased. The whole result is checked.
/// </summary>
public static class StoreRestore
{
    /// <summary>
    /// Numbers that are passed over: provisions acknowledged after the backup are lost, but their numbers must not be given to others.
    /// </summary>
    private const int NumbersPassedOver = 100_000;

    /// <summary>Restores and checks.</summary>
    /// <param name="backup">Folder that <see cref="StoreBackup"/> made.</param>
    /// <param name="options">Where to; the data folder is empty or does not exist.</param>
    /// <param name="actor">Id of who restores, for the journal.</param>
    /// <param name="cancellation">Leaves a folder without database, which nothing opens.</param>
    /// <exception cref="MasterKeyException">A master key that the backup needs is not at hand; nothing was written.</exception>
    /// <exception cref="DataFolderException">Not a whole backup, the folder is not empty, or the register of erasures is missing.</exception>
    public static async Task<FsckReport> RunAsync(
        string backup,
        StoreOptions options,
        string actor,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var manifest = BackupManifest.Read(backup);
        foreach (var key in manifest.MasterKeys)
        {
            options.Keys.Find(Convert.FromHexString(key));
        }

        MasterKeyFile.RefuseInside(options.ErasureRegister, options.DataFolder);
        if (!File.Exists(options.ErasureRegister) && !options.RebuildRegister)
        {
            throw new DataFolderException(
                $"The register of erasures is missing: there is no {options.ErasureRegister}. Without it what was erased after the backup would come back. "
                    + "Put it back from where it is kept; if it is lost for good, say so."
            );
        }

        await Task.Run(() => Copy(backup, manifest, options, cancellation), cancellation);
        await using var store = SqliteHubStore.Open(options);
        await store.Core.Write(
            db =>
            {
                db.Run("UPDATE sqlite_sequence SET seq = seq + $1 WHERE name = 'provision'", NumbersPassedOver);
                var when = manifest.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
                return SqliteJournal.Append(db, store.Core.Now, new JournalRecord(actor, "hub.restored", manifest.Store, when));
            },
            CancellationToken.None
        );
        return await StoreCheck.RunAsync(store, new FsckOptions(), cancellation);
    }

    private static void Copy(string backup, BackupManifest manifest, StoreOptions options, CancellationToken cancellation)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataFolder));
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new DataFolderException($"{target} is not empty; a backup is restored into an empty folder.");
        }

        var database = StoreFolder.DatabaseIn(backup);
        using (var file = File.OpenRead(database))
        {
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != manifest.DatabaseSha256)
            {
                throw new DataFolderException($"The database of the backup {backup} is not the one that was backed up.");
            }
        }

        options.Disk.MakeFolder(target);
        var source = new Blobs.EvidenceFiles(StoreFolder.EvidenceIn(backup), options.Disk);
        var files = new Blobs.EvidenceFiles(StoreFolder.EvidenceIn(target), options.Disk);
        files.Prepare();
        foreach (var file in source.All())
        {
            cancellation.ThrowIfCancellationRequested();
            var to = Path.Combine(files.Folder, file);
            files.MakeShard(Path.GetDirectoryName(to) ?? files.Folder);
            StoreBackup.CopyFile(options.Disk, Path.Combine(source.Folder, file), to);
        }

        foreach (var shard in Directory.EnumerateDirectories(files.Folder))
        {
            options.Disk.SyncFolder(shard);
        }

        // The database comes last: a folder without it is not taken for a store.
        var temporary = StoreFolder.DatabaseIn(target) + ".new";
        StoreBackup.CopyFile(options.Disk, database, temporary);
        options.Disk.Rename(temporary, StoreFolder.DatabaseIn(target));
        options.Disk.SyncFolder(target);
    }
}
