using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Backups;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Keys;
using Noroshi.Storage.Sqlite;
using Noroshi.StorageBench;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Care;

/// <summary>fsck, backup, restore, erasure on the disk, schema.</summary>
public sealed class CareTests : IDisposable
{
    private const string Canary = "カナリア-canary-7f3a9c";
    private readonly Folders _folders = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_folders.Root, "backup");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_backup_under_load_restores_to_a_whole_store_with_equal_counts()
    {
        BackupManifest manifest;
        await using (var store = _folders.Open())
        {
            await FillAsync(store, 0, 30);
            using var stop = new CancellationTokenSource();
            var load = Task.Run(
                async () =>
                {
                    for (var i = 1_000; !stop.IsCancellationRequested; i++)
                    {
                        await store.Intake.ReceiveAsync(SampleMails.Provision(i, DateTimeOffset.UnixEpoch), CancellationToken.None);
                    }
                },
                Cancel
            );
            manifest = await StoreBackup.CreateAsync(store, Backup, Cancel);
            await stop.CancelAsync();
            await load;
            (await StoreCheck.RunAsync(store, new FsckOptions(), Cancel)).Problems.ShouldBeEmpty();
        }

        manifest.Missing.ShouldBe(0);
        manifest.Counts.Provisions.ShouldBeGreaterThanOrEqualTo(30);
        Directory.Delete(_folders.Data, recursive: true);
        var report = await StoreRestore.RunAsync(Backup, _folders.Options(), "admin", Cancel);
        report.Problems.ShouldBeEmpty();
        report.UnreferencedFiles.ShouldBe(0);
        // The record of the restore is the one that came since.
        report.Counts.ShouldBe(manifest.Counts with { JournalRecords = manifest.Counts.JournalRecords + 1 });

        await using var restored = _folders.Open();
        for (var i = 0; i < 30; i++)
        {
            var receipt = await restored.Intake.ReceiveAsync(SampleMails.Provision(i, DateTimeOffset.UnixEpoch), Cancel);
            receipt.Repeated.ShouldBeTrue();
            var stored = (await restored.Intake.FindAsync(receipt.Id, Cancel)).ShouldNotBeNull();
            (await restored.Evidence.GetAsync(stored.Evidence[0].Id, Cancel)).ShouldBe(SampleMails.Mail(i));
        }

        // A number that was acknowledged after the backup is not given to another.
        var next = await restored.Intake.ReceiveAsync(SampleMails.Provision(5_000_000, DateTimeOffset.UnixEpoch), Cancel);
        next.Number.ShouldBeGreaterThan(50_000);
        Checkpoint.TryParse(manifest.Checkpoint, out var held).ShouldBeTrue();
        (await restored.Journal.VerifyAsync([held.ShouldNotBeNull()], Cancel)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restore_without_the_master_key_says_which_key_is_missing_and_writes_nothing()
    {
        await using (var store = _folders.Open())
        {
            await FillAsync(store, 0, 2);
            await StoreBackup.CreateAsync(store, Backup, Cancel);
        }

        var needed = MasterKeyFile.Load(_folders.Key, _folders.Data).Names[0];
        File.Delete(_folders.Key);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Load(_folders.Key, _folders.Data)).Message.ShouldContain("missing");
        var target = Path.Combine(_folders.Root, "restored");
        var options = _folders.Options() with { DataFolder = target };
        var error = await Should.ThrowAsync<MasterKeyException>(() => StoreRestore.RunAsync(Backup, options, "admin", Cancel));
        error.Message.ShouldContain(needed);
        Directory.Exists(target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_backup_holds_neither_the_key_nor_anything_readable_and_neither_does_the_data_folder()
    {
        await using (var store = _folders.Open())
        {
            var receipt = await store.Intake.ReceiveAsync(
                new IncomingProvision
                {
                    Envelope = Encoding.UTF8.GetBytes(Canary),
                    Items =
                    [
                        new IncomingItem(Encoding.UTF8.GetBytes(Canary + " short")),
                        new IncomingItem(Encoding.UTF8.GetBytes(Canary + new string(' ', 9_000))),
                    ],
                    Header = Encoding.UTF8.GetBytes(Canary),
                    ReceivedAt = DateTimeOffset.UnixEpoch,
                },
                Cancel
            );
            await store.Evidence.PutAsync(receipt.Id, Encoding.UTF8.GetBytes(Canary), RetentionClass.Sample, Cancel);
            await store.Keys.PutAsync("dictionary", "member-1", Encoding.UTF8.GetBytes(Canary), Cancel);
            await StoreBackup.CreateAsync(store, Backup, Cancel);
        }

        var secret = Convert.FromBase64String((await File.ReadAllLinesAsync(_folders.Key, Cancel))[^1].Split(':')[2]);
        var digest = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Canary));
        var files = new[] { _folders.Data, Backup }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .ToList();
        files.Count.ShouldBeGreaterThan(8);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("canary-7f3a9c")).ShouldBe(-1, file);
            bytes.AsSpan().IndexOf(secret).ShouldBe(-1, file);
            bytes.AsSpan().IndexOf(digest).ShouldBe(-1, file);
            file.ShouldNotContain(Convert.ToHexStringLower(digest));
        }
    }

    [Fact]
    public async Task An_erased_object_stays_erased_when_an_older_backup_is_restored()
    {
        ProvisionId erased;
        ProvisionId kept;
        await using (var store = _folders.Open())
        {
            erased = (await store.Intake.ReceiveAsync(SampleMails.Provision(1, DateTimeOffset.UnixEpoch), Cancel)).Id;
            kept = (await store.Intake.ReceiveAsync(SampleMails.Provision(2, DateTimeOffset.UnixEpoch), Cancel)).Id;
            await StoreBackup.CreateAsync(store, Backup, Cancel);
            await store.Erasure.EraseAsync(Order(erased), Cancel);
        }

        Directory.Delete(_folders.Data, recursive: true);
        var report = await StoreRestore.RunAsync(Backup, _folders.Options(), "admin", Cancel);
        report.Problems.ShouldBeEmpty();
        (report.Counts.Evidence, report.Counts.ErasedEvidence).ShouldBe((1, 1));
        await using var restored = _folders.Open();
        var gone = (await restored.Intake.FindAsync(erased, Cancel)).ShouldNotBeNull().Evidence[0];
        await Should.ThrowAsync<EvidenceErasedException>(() => restored.Evidence.GetAsync(gone.Id, Cancel));
        (
            await restored.Evidence.GetAsync((await restored.Intake.FindAsync(kept, Cancel)).ShouldNotBeNull().Evidence[0].Id, Cancel)
        ).ShouldNotBeEmpty();
        (await restored.Journal.ReadAsync(new JournalFilter { Subject = erased.ToString() }, Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_erasure_of_what_came_after_the_backup_touches_nothing_of_the_hub()
    {
        var document = new NewDocument(null, "campaign", RetentionClass.Original, new byte[] { 1, 2 }, "c-1");
        await using (var store = _folders.Open())
        {
            var lease = await store.Steps.LeaseAsync(new Step("link", "facts"), Lane.Live, "one", TimeSpan.FromMinutes(1), Cancel);
            await store.Steps.CommitAsync(lease.ShouldNotBeNull(), new StepOutcome { Through = 0, Documents = [document] }, Cancel);
            await StoreBackup.CreateAsync(store, Backup, Cancel);
            var later = (await store.Intake.ReceiveAsync(SampleMails.Provision(1, DateTimeOffset.UnixEpoch), Cancel)).Id;
            await store.Erasure.EraseAsync(Order(later), Cancel);
        }

        Directory.Delete(_folders.Data, recursive: true);
        (await StoreRestore.RunAsync(Backup, _folders.Options(), "admin", Cancel)).Problems.ShouldBeEmpty();
        await using var restored = _folders.Open();
        (await restored.Steps.LatestAsync("campaign", "c-1", Cancel)).ShouldNotBeNull().Body.ShouldNotBeNull().ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Without_the_register_of_erasures_neither_a_restore_nor_a_start_goes_on()
    {
        await using (var store = _folders.Open())
        {
            await FillAsync(store, 0, 2);
            await StoreBackup.CreateAsync(store, Backup, Cancel);
        }

        File.Delete(_folders.Register);
        Should.Throw<DataFolderException>(() => _folders.Open()).Message.ShouldContain(_folders.Register);
        var target = _folders.Options() with { DataFolder = Path.Combine(_folders.Root, "restored") };
        (await Should.ThrowAsync<DataFolderException>(() => StoreRestore.RunAsync(Backup, target, "admin", Cancel))).Message.ShouldContain(
            _folders.Register
        );
        (await StoreRestore.RunAsync(Backup, target with { RebuildRegister = true }, "admin", Cancel)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_that_was_registered_before_a_crash_is_carried_out_by_the_next_start()
    {
        ProvisionId id;
        await using (var store = _folders.Open())
        {
            id = (await store.Intake.ReceiveAsync(SampleMails.Provision(1, DateTimeOffset.UnixEpoch), Cancel)).Id;
            store.Core.Register.Add(new RegisteredErasure(Guid.NewGuid(), id.Value, 1 << (int)RetentionClass.Original, 0));
        }

        // Half a line, as of a second order whose register was cut off: nobody was told of it.
        await File.AppendAllTextAsync(_folders.Register, "0123456789", Cancel);
        await using (var store = _folders.Open())
        {
            (await store.Intake.FindAsync(id, Cancel)).ShouldNotBeNull().Evidence[0].Erased.ShouldBeTrue();
            (await StoreCheck.RunAsync(store, new FsckOptions(), Cancel)).Problems.ShouldBeEmpty();
            (await store.Journal.ReadAsync(new JournalFilter { Action = "provision.erased" }, Cancel)).ShouldHaveSingleItem();
        }

        await using (var store = _folders.Open())
        {
            (await store.Journal.ReadAsync(new JournalFilter { Action = "provision.erased" }, Cancel)).ShouldHaveSingleItem();
        }

        var text = await File.ReadAllTextAsync(_folders.Register, Cancel);
        await File.WriteAllTextAsync(
            _folders.Register,
            text.Replace(id.ToString(), Guid.NewGuid().ToString("N"), StringComparison.Ordinal),
            Cancel
        );
        Should.Throw<DataFolderException>(() => _folders.Open()).Message.ShouldContain("was changed");
    }

    [Fact]
    public async Task After_an_erasure_the_wrapped_key_is_in_no_file_of_the_data_folder()
    {
        await using var store = _folders.Open();
        var id = (await store.Intake.ReceiveAsync(SampleMails.Provision(1, DateTimeOffset.UnixEpoch), Cancel)).Id;
        await FillAsync(store, 10, 5);
        var wrapped = store.Core.Read(db =>
            db.Query(
                "SELECT wrapped FROM evidence e JOIN provision p ON p.number = e.provision WHERE p.id = $1",
                row => row.Blob(0),
                id.Value.Bytes()
            )
        )[0];
        InData(wrapped).ShouldBeTrue();
        var files = Directory.EnumerateFiles(Path.Combine(_folders.Data, "evidence"), "*", SearchOption.AllDirectories).Count();
        await store.Erasure.EraseAsync(Order(id), Cancel);
        InData(wrapped).ShouldBeFalse();
        Directory.EnumerateFiles(Path.Combine(_folders.Data, "evidence"), "*", SearchOption.AllDirectories).Count().ShouldBe(files - 1);
    }

    [Fact]
    public async Task A_check_names_what_is_missing_changed_or_left_over()
    {
        await using var store = _folders.Open();
        await FillAsync(store, 0, 6);
        (await StoreCheck.RunAsync(store, new FsckOptions(), Cancel)).Counts.Evidence.ShouldBe(6);
        var files = Directory
            .EnumerateFiles(Path.Combine(_folders.Data, "evidence"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToList();
        var bytes = await File.ReadAllBytesAsync(files[0], Cancel);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(files[0], bytes, Cancel);
        File.Delete(files[1]);
        await File.WriteAllBytesAsync(files[2], (await File.ReadAllBytesAsync(files[2], Cancel))[..^20], Cancel);
        var left = Path.Combine(Path.GetDirectoryName(files[3]) ?? "", new string('a', 64) + ".00000000");
        await File.WriteAllTextAsync(left, "left over", Cancel);

        var quick = await StoreCheck.RunAsync(store, new FsckOptions { OpenEverything = false }, Cancel);
        quick.ProblemCount.ShouldBe(2);
        var report = await StoreCheck.RunAsync(store, new FsckOptions { Sweep = true }, Cancel);
        report.Problems.ShouldAllBe(one => one.Code == "evidence");
        report.ProblemCount.ShouldBe(3);
        (report.UnreferencedFiles, report.SweptFiles).ShouldBe((1, 1));
        File.Exists(left).ShouldBeFalse();
        Directory.EnumerateFiles(Path.Combine(_folders.Data, "evidence"), "*", SearchOption.AllDirectories).Count().ShouldBe(5);
    }

    [Theory]
    [InlineData("UPDATE entry SET body = randomblob(length(body)) WHERE position = 2", "document")]
    [InlineData("UPDATE entry SET body = (SELECT body FROM entry WHERE position = 3) WHERE position = 2", "document")]
    [InlineData("UPDATE entry SET body = NULL WHERE position = 2", "document")]
    [InlineData("DELETE FROM entry WHERE position = 2", "reference")]
    [InlineData("DELETE FROM document_key WHERE provision = 2", "document")]
    [InlineData("DELETE FROM evidence WHERE provision = 2", "reference")]
    [InlineData("UPDATE evidence SET wrapped = NULL, master = NULL, name = NULL WHERE provision = 2", "evidence")]
    [InlineData("UPDATE evidence SET wrapped = randomblob(60) WHERE provision = 2", "key")]
    [InlineData("UPDATE evidence SET size = size + 1 WHERE provision = 2", "evidence")]
    [InlineData("DELETE FROM provision WHERE number = 2", "reference")]
    [InlineData("UPDATE journal SET detail = 'x' WHERE idx = 1", "journal")]
    [InlineData("UPDATE secret SET sealed = randomblob(60) WHERE area = 'area'", "key")]
    [InlineData("INSERT INTO cursor VALUES ('s', 0, 'provision', 999, 1)", "step")]
    [InlineData("INSERT INTO erasure VALUES (randomblob(16), randomblob(16), 1, 0)", "register")]
    public async Task A_check_finds_a_row_that_was_changed_behind_the_stores_back(string change, string code)
    {
        await using var store = _folders.Open();
        await FillAsync(store, 0, 3);
        await store.Keys.PutAsync("area", "name", new byte[] { 1 }, Cancel);
        using (var db = new Db(Path.Combine(_folders.Data, "noroshi.db"), writable: true))
        {
            db.Run("PRAGMA foreign_keys = OFF");
            db.Run(change).ShouldBe(1);
        }

        (await StoreCheck.RunAsync(store, new FsckOptions(), Cancel)).Problems.ShouldContain(one => one.Code == code);
    }

    [Fact]
    public async Task A_backup_is_never_made_over_something_and_never_inside_the_data_folder()
    {
        await using var store = _folders.Open();
        Directory.CreateDirectory(Backup);
        await Should.ThrowAsync<DataFolderException>(() => StoreBackup.CreateAsync(store, Backup, Cancel));
        await Should.ThrowAsync<DataFolderException>(() => StoreBackup.CreateAsync(store, Path.Combine(_folders.Data, "backup"), Cancel));
        Directory.Delete(Backup);
        await StoreBackup.CreateAsync(store, Backup, Cancel);
        var options = _folders.Options();
        await Should.ThrowAsync<DataFolderException>(() => StoreRestore.RunAsync(Backup, options, "admin", Cancel));
        await File.AppendAllTextAsync(Path.Combine(Backup, "noroshi.db"), "x", Cancel);
        var target = options with { DataFolder = Path.Combine(_folders.Root, "restored") };
        (await Should.ThrowAsync<DataFolderException>(() => StoreRestore.RunAsync(Backup, target, "admin", Cancel))).Message.ShouldContain(
            "not the one"
        );
        File.Delete(Path.Combine(Backup, "manifest.json"));
        (await Should.ThrowAsync<DataFolderException>(() => StoreRestore.RunAsync(Backup, target, "admin", Cancel))).Message.ShouldContain(
            "not a whole backup"
        );
    }

    [Fact]
    public async Task Migrations_run_once_go_forward_only_and_are_not_edited()
    {
        await _folders.Open().DisposeAsync();
        await _folders.Open().DisposeAsync();
        using var db = new Db(Path.Combine(_folders.Data, "noroshi.db"), writable: true);
        db.Number("SELECT count(*) FROM migration").ShouldBe(Migrations.All.Count);
        Migrations.All.Select(one => one.Number).ShouldBe(Enumerable.Range(1, Migrations.All.Count));

        var next = new Migration(
            Migrations.All.Count + 1,
            "next",
            "CREATE TABLE next (a INTEGER) STRICT; INSERT INTO next VALUES (1);",
            "00"
        );
        Migrations.Apply(db, TimeProvider.System, [.. Migrations.All, next]);
        Migrations.Apply(db, TimeProvider.System, [.. Migrations.All, next]);
        db.Number("SELECT count(*) FROM next").ShouldBe(1);
        Should.Throw<DataFolderException>(() => Migrations.Apply(db, TimeProvider.System, Migrations.All)).Message.ShouldContain("newer");
        Should.Throw<DataFolderException>(() => Migrations.Apply(db, TimeProvider.System, [.. Migrations.All, next with { Hash = "11" }]));

        var broken = new Migration(
            next.Number + 1,
            "broken",
            "CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
            "22"
        );
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() =>
            Migrations.Apply(db, TimeProvider.System, [.. Migrations.All, next, broken])
        );
        db.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_with_evidence_but_without_a_database_is_not_started_over()
    {
        await using (var store = _folders.Open())
        {
            await FillAsync(store, 0, 1);
        }

        foreach (var file in Directory.EnumerateFiles(_folders.Data, "noroshi.db*"))
        {
            File.Delete(file);
        }

        Should.Throw<DataFolderException>(() => _folders.Open()).Message.ShouldContain("no database");
    }

    /// <summary>The log is cut at most once in a few seconds; what was erased since then must not lie in it when the store is closed.</summary>
    [Fact]
    public async Task The_write_ahead_log_is_cut_after_the_last_erasure_also_when_another_was_a_moment_ago()
    {
        var wrapped = new List<byte[]>();
        Db? other = null;
        try
        {
            await using (var store = _folders.Open())
            {
                await FillAsync(store, 0, 2);
                // Somebody looks into the database, so that SQLite does not tidy up by itself at the end.
                other = new Db(Path.Combine(_folders.Data, "noroshi.db"), writable: false);
                wrapped.AddRange(other.Query("SELECT wrapped FROM evidence WHERE wrapped IS NOT NULL", row => row.Blob(0)));
                wrapped.Count.ShouldBe(2);
                foreach (var id in other.Query("SELECT id FROM provision ORDER BY number", row => row.Id(0)))
                {
                    (await store.Erasure.EraseAsync(Order(new ProvisionId(id)), Cancel)).Evidence.ShouldBe(1);
                }
            }

            wrapped.ShouldAllBe(key => !InData(key));
        }
        finally
        {
            other?.Dispose();
        }
    }

    private static ErasureOrder Order(ProvisionId id) =>
        new(id, new HashSet<RetentionClass> { RetentionClass.Original }, "admin", "withdrawal");

    private static Task FillAsync(SqliteHubStore store, int first, int count) =>
        Task.WhenAll(
            Enumerable
                .Range(first, count)
                .Select(i => store.Intake.ReceiveAsync(SampleMails.Provision(i, DateTimeOffset.UnixEpoch), Cancel))
        );

    private bool InData(byte[] wanted) =>
        Directory
            .EnumerateFiles(_folders.Data, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "lock")
            .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(wanted) >= 0);
}
