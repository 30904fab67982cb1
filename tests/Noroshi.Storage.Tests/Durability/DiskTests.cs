using System.Diagnostics;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;
using Noroshi.StorageBench;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Durability;

public sealed class DiskTests : IDisposable
{
    private readonly Folders _folders = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData(1)] // the file
    [InlineData(2)] // the folder of its shard's name
    [InlineData(3)] // the folder of its own name
    public async Task A_failed_fsync_of_evidence_is_no_receipt_and_ends_the_store(int failing)
    {
        var disk = new FailingDisk();
        await using (var store = _folders.Open(disk))
        {
            await store.Intake.ReceiveAsync(Mail(1), Cancel);
            disk.FailingSync = failing;
            await Should.ThrowAsync<StorageFailedException>(() => store.Intake.ReceiveAsync(Mail(2), Cancel));
            (await store.Failure.WaitAsync(TimeSpan.FromSeconds(10), Cancel)).Message.ShouldContain("injected");
            var syncs = disk.Syncs;
            await Should.ThrowAsync<StorageFailedException>(() => store.Intake.ReceiveAsync(Mail(3), Cancel));
            await Should.ThrowAsync<StorageFailedException>(() => store.Journal.AppendAsync(new("a", "b", "c"), Cancel));
            await Should.ThrowAsync<StorageFailedException>(() => store.Steps.WaitAsync(99, Cancel));
            // Never tried again.
            disk.Syncs.ShouldBe(syncs);
        }

        await using var after = _folders.Open();
        (await after.Intake.FindAsync(1, Cancel)).ShouldNotBeNull();
        (await after.Intake.FindAsync(2, Cancel)).ShouldBeNull();
        (await after.Intake.ReceiveAsync(Mail(2), Cancel)).Repeated.ShouldBeFalse();
        (await StoreCheck.RunAsync(after, new FsckOptions { Sweep = true }, Cancel)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_disk_stores_nothing_and_works_again_when_there_is_room()
    {
        var disk = new FailingDisk();
        await using var store = _folders.Open(disk);
        disk.Full = true;
        await Should.ThrowAsync<StorageFullException>(() => store.Intake.ReceiveAsync(Mail(1), Cancel));
        Directory.EnumerateFiles(Path.Combine(_folders.Data, "evidence"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        disk.Full = false;
        (await store.Intake.ReceiveAsync(Mail(1), Cancel)).Repeated.ShouldBeFalse();
        store.Failure.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Want_of_descriptors_refuses_and_does_not_end_the_store()
    {
        var disk = new FailingDisk();
        await using var store = _folders.Open(disk);
        disk.NoDescriptors = true;
        await Should.ThrowAsync<StorageException>(() => store.Intake.ReceiveAsync(Mail(1), Cancel));
        Directory.EnumerateFiles(Path.Combine(_folders.Data, "evidence"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        disk.NoDescriptors = false;
        (await store.Intake.ReceiveAsync(Mail(1), Cancel)).Repeated.ShouldBeFalse();
        store.Failure.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_system_that_fills_up_loses_nothing_and_works_again_without_a_restart()
    {
        var mount = Path.Combine(_folders.Root, "small");
        Directory.CreateDirectory(mount);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount), "a file system can be mounted by root only");
        try
        {
            var options = _folders.Options() with { DataFolder = Path.Combine(mount, "data") };
            var acknowledged = new List<(int Mail, Receipt Receipt)>();
            await using (var store = SqliteHubStore.Open(options))
            {
                var ballast = Path.Combine(mount, "ballast");
                await File.WriteAllBytesAsync(ballast, new byte[800_000], Cancel);
                var refused = 0;
                for (var i = 0; refused < 20; i++)
                {
                    try
                    {
                        acknowledged.Add((i, await store.Intake.ReceiveAsync(Mail(i), Cancel)));
                    }
                    catch (StorageFullException)
                    {
                        refused++;
                    }
                }

                acknowledged.Count.ShouldBeGreaterThan(10);
                File.Delete(ballast);
                for (var i = 10_000; i < 10_010; i++)
                {
                    acknowledged.Add((i, await store.Intake.ReceiveAsync(Mail(i), Cancel)));
                }

                store.Failure.IsCompleted.ShouldBeFalse();
            }

            await using var after = SqliteHubStore.Open(options);
            foreach (var (mail, receipt) in acknowledged)
            {
                var stored = (await after.Intake.FindAsync(receipt.Id, Cancel)).ShouldNotBeNull();
                (await after.Evidence.GetAsync(stored.Evidence[0].Id, Cancel)).ShouldBe(SampleMails.Mail(mail));
            }

            (await StoreCheck.RunAsync(after, new FsckOptions(), Cancel)).Problems.ShouldBeEmpty();
        }
        finally
        {
            Run("umount", "-l", mount).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_bad_item_fails_alone_and_those_beside_it_are_committed_together()
    {
        await using var store = _folders.Open();
        using var gate = new ManualResetEventSlim();
        // Holds the writer, so that what follows waits and goes into one transaction.
        var first = store.Core.Write(
            _ =>
            {
                gate.Wait(Cancel);
                return 0;
            },
            Cancel
        );
        var before = store.Core.Writer.Commits;
        var good = Enumerable.Range(0, 40).Select(i => store.Journal.AppendAsync(new("a", "b", $"{i}"), Cancel)).ToList();
        var broken = store.Core.Write(
            db => db.Run("INSERT INTO provision (id, lane, received_at, items) VALUES ($1, 0, 0, 0)", new byte[3]),
            Cancel
        );
        var thrown = store.Core.Write<int>(
            db =>
            {
                db.Run("INSERT INTO meta (key, value) VALUES ('half', 'done')");
                throw new InvalidOperationException("a mistake");
            },
            Cancel
        );
        good.AddRange(Enumerable.Range(40, 40).Select(i => store.Journal.AppendAsync(new("a", "b", $"{i}"), Cancel)));
        gate.Set();
        await first;
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => broken);
        (await Should.ThrowAsync<InvalidOperationException>(() => thrown)).Message.ShouldBe("a mistake");
        (await Task.WhenAll(good)).Distinct().Count().ShouldBe(80);
        store.Core.Read(db => db.Number("SELECT count(*) FROM meta WHERE key = 'half'")).ShouldBe(0);
        (store.Core.Writer.Commits - before).ShouldBeLessThanOrEqualTo(2);
        (await store.Journal.VerifyAsync([], Cancel)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_process_does_not_get_the_folder()
    {
        await using var store = _folders.Open();
        Should.Throw<DataFolderException>(() => _folders.Open()).Message.ShouldContain("in use");
    }

    private static IncomingProvision Mail(int number) => SampleMails.Provision(number, DateTimeOffset.UnixEpoch);

    private static bool Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardError = true });
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }
}
