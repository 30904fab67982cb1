using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;

namespace Noroshi.Storage.Backups;

/// <summary>
/// <c>noroshi backup</c>: a folder with the database as of one moment and the evidence that it refers to, made beside a hub in use. It has its
/// name only when it is whole and durable.
/// </summary>
public static class StoreBackup
{
    private const int Page = 1_000;

    /// <summary>Makes a backup.</summary>
    /// <param name="store">An open store.</param>
    /// <param name="target">Folder to make; must not exist.</param>
    /// <param name="cancellation">Leaves a folder <c>target.partial</c>, which the next attempt removes.</param>
    /// <exception cref="DataFolderException">The target exists or lies in the data folder.</exception>
    /// <exception cref="StorageFullException">No room at the target.</exception>
    public static Task<BackupManifest> CreateAsync(SqliteHubStore store, string target, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(target);
        return Task.Run(() => Create(store.Core, Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)), cancellation), cancellation);
    }

    private static BackupManifest Create(Core core, string target, CancellationToken cancellation)
    {
        if (Path.Exists(target) || (target + "/").StartsWith(core.Folder.Root + "/", StringComparison.Ordinal))
        {
            throw new DataFolderException($"{target} exists already or lies in the data folder; a backup makes a folder of its own.");
        }

        var partial = target + ".partial";
        try
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }

            core.Options.Disk.MakeFolder(partial);
            var manifest = Fill(core, partial, cancellation);
            core.Options.Disk.WriteDurably(
                Path.Combine(partial, BackupManifest.FileName),
                manifest.Write(),
                UnixFileMode.UserRead | UnixFileMode.UserWrite
            );
            Directory.Move(partial, target);
            core.Options.Disk.SyncFolder(Path.GetDirectoryName(target) ?? "/");
            return manifest;
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            throw new StorageFullException($"No room for the backup at {target}.", error);
        }
    }

    private static BackupManifest Fill(Core core, string folder, CancellationToken cancellation)
    {
        var database = StoreFolder.DatabaseIn(folder);
        core.Read(db =>
        {
            // One step over all pages within one read transaction: a moment's state, and the writer goes on meanwhile.
            using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
            copy.Open();
            db.Connection.BackupDatabase(copy);
            return true;
        });
        using (var copy = new Db(database, writable: true))
        {
            // A file that needs no second one beside it.
            copy.Text("PRAGMA journal_mode = DELETE");
            var (erased, missing) = CopyEvidence(core, copy, folder, cancellation);
            return Describe(core, copy, database) with { ErasedMeanwhile = erased, Missing = missing };
        }
    }

    private static BackupManifest Describe(Core core, Db copy, string database)
    {
        using (var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            core.Options.Disk.Sync(file.SafeFileHandle);
            return new BackupManifest
            {
                Format = BackupManifest.CurrentFormat,
                Store = core.Secrets.StoreId,
                At = core.Options.Time.GetUtcNow(),
                Schema = (int)copy.Number("SELECT max(number) FROM migration"),
                MasterKeys = copy.Query(
                    "SELECT DISTINCT lower(hex(master)) FROM (SELECT master FROM secret UNION SELECT master FROM document_key"
                        + " UNION SELECT master FROM evidence WHERE master IS NOT NULL) ORDER BY 1",
                    row => row.GetString(0)
                ),
                DatabaseSha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
                Counts = StoreCheck.Count(copy),
                Checkpoint = SqliteJournal.Head(copy)?.ToText() ?? "",
                ErasedMeanwhile = 0,
                Missing = 0,
            };
        }
    }

    private static (long Erased, long Missing) CopyEvidence(Core core, Db copy, string folder, CancellationToken cancellation)
    {
        var target = new Blobs.EvidenceFiles(StoreFolder.EvidenceIn(folder), core.Options.Disk);
        target.Prepare();
        byte[] last = [];
        long erased = 0;
        long missing = 0;
        while (true)
        {
            var rows = copy.Query(
                "SELECT id, name FROM evidence WHERE id > $1 AND wrapped IS NOT NULL ORDER BY id LIMIT $2",
                row => (Key: row.Blob(0), Name: row.Blob(1)),
                last,
                Page
            );
            foreach (var (key, name) in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                var id = new EvidenceId(new Guid(key, bigEndian: true));
                var to = target.PathOf(name, id);
                target.MakeShard(Path.GetDirectoryName(to) ?? folder);
                if (CopyFile(core.Options.Disk, core.Files.PathOf(name, id), to))
                {
                    continue;
                }

                var gone = core.Read(db => db.Number("SELECT count(*) FROM evidence WHERE id = $1 AND wrapped IS NULL", key)) > 0;
                erased += gone ? 1 : 0;
                missing += gone ? 0 : 1;
            }

            if (rows.Count == 0)
            {
                break;
            }

            last = rows[^1].Key;
        }

        foreach (var shard in Directory.EnumerateDirectories(target.Folder))
        {
            core.Options.Disk.SyncFolder(shard);
        }

        return (erased, missing);
    }

    /// <summary>Copies a file and makes its content durable; false when there is none.</summary>
    internal static bool CopyFile(Disk disk, string from, string to)
    {
        try
        {
            File.Copy(from, to);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        disk.Sync(file.SafeFileHandle);
        return true;
    }
}
