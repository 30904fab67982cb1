using Noroshi.Hub.Storage;
using Noroshi.Storage.Keys;
using Noroshi.Storage.Sqlite;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Keys;

public sealed class MasterKeyTests : IDisposable
{
    private readonly Folders _folders = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void A_missing_key_is_said_so_with_its_place()
    {
        var error = Should.Throw<MasterKeyException>(() => MasterKeyFile.Load(_folders.Key, _folders.Data));
        error.Message.ShouldContain(_folders.Key);
        error.Message.ShouldContain("missing");
    }

    [Fact]
    public void A_key_is_readable_for_its_owner_only_and_refused_otherwise()
    {
        MasterKeyFile.Create(_folders.Key, _folders.Data);
        File.GetUnixFileMode(_folders.Key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_folders.Key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Load(_folders.Key, _folders.Data)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void A_key_in_the_data_folder_is_refused_also_through_a_link()
    {
        Directory.CreateDirectory(_folders.Data);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Create(Path.Combine(_folders.Data, "key"), _folders.Data));
        var link = Path.Combine(_folders.Root, "link");
        Directory.CreateSymbolicLink(link, _folders.Data);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Create(Path.Combine(link, "deeper", "key"), _folders.Data));
        Directory.EnumerateFileSystemEntries(_folders.Data).ShouldBeEmpty();
    }

    [Fact]
    public void A_key_is_never_written_over()
    {
        MasterKeyFile.Create(_folders.Key, _folders.Data);
        var before = File.ReadAllText(_folders.Key);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Create(_folders.Key, _folders.Data));
        File.ReadAllText(_folders.Key).ShouldBe(before);
    }

    [Fact]
    public void A_changed_line_and_an_empty_file_are_refused()
    {
        MasterKeyFile.Create(_folders.Key, _folders.Data);
        var lines = File.ReadAllLines(_folders.Key);
        var at = lines[1].LastIndexOf(':') + 1;
        lines[1] = lines[1][..at] + (lines[1][at] == 'A' ? 'B' : 'A') + lines[1][(at + 1)..];
        File.WriteAllLines(_folders.Key, lines);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Load(_folders.Key, _folders.Data)).Message.ShouldContain("line 2");
        File.WriteAllText(_folders.Key, "# nothing\n");
        Should
            .Throw<MasterKeyException>(() => MasterKeyFile.Load(_folders.Key, _folders.Data))
            .Message.ShouldContain("holds no master key");
        File.WriteAllText(_folders.Key, "hello\n");
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Load(_folders.Key, _folders.Data)).Message.ShouldContain("line 1");
    }

    [Fact]
    public void The_credential_of_systemd_is_found_by_its_name()
    {
        MasterKeyFile.Credential(null).ShouldBeNull();
        MasterKeyFile.Credential(_folders.Root).ShouldBeNull();
        var path = Path.Combine(_folders.Root, MasterKeyFile.CredentialName);
        File.WriteAllText(path, "");
        MasterKeyFile.Credential(_folders.Root).ShouldBe(path);
    }

    [Fact]
    public async Task Another_key_does_not_open_the_data_and_both_are_named()
    {
        await _folders.Open().DisposeAsync();
        var right = MasterKeyFile.Load(_folders.Key, _folders.Data).Names[0];
        File.Delete(_folders.Key);
        var wrong = MasterKeyFile.Create(_folders.Key, _folders.Data).Names[0];
        var error = Should.Throw<MasterKeyException>(() => _folders.Open());
        error.Message.ShouldContain(right);
        error.Message.ShouldContain(wrong);
    }

    [Fact]
    public async Task After_a_rotation_the_old_key_opens_nothing_and_is_not_needed()
    {
        ProvisionId id;
        await using (var store = _folders.Open())
        {
            id = await FillAsync(store, 30);
        }

        var old = MasterKeyFile.Load(_folders.Key, _folders.Data);
        MasterKeyFile.Add(_folders.Key, _folders.Data).Names.Count.ShouldBe(2);
        await using (var store = _folders.Open())
        {
            // 30 objects, 30 keys of documents, the store's three secrets and one more.
            (await store.Keys.RotateAsync("admin", Cancel)).ShouldBe(64);
            (await store.Keys.RotateAsync("admin", Cancel)).ShouldBe(0);
            store.Core.Read(db => db.Number("SELECT count(*) FROM journal WHERE action = 'master-key.rotated'")).ShouldBe(1);
        }

        MasterKeyFile.RemoveOlder(_folders.Key, _folders.Data).Names.Count.ShouldBe(1);
        await using (var store = _folders.Open())
        {
            var stored = (await store.Intake.FindAsync(id, Cancel)).ShouldNotBeNull();
            (await store.Evidence.GetAsync(stored.Evidence[0].Id, Cancel)).ShouldNotBeEmpty();
            (await store.Steps.OfProvisionAsync(id, cancellation: Cancel))[0].Body.ShouldNotBeNull();
            (await store.Keys.FindAsync("area", "name", Cancel)).ShouldBe([1, 2, 3]);
        }

        Should.Throw<MasterKeyException>(() => SqliteHubStore.Open(_folders.Options() with { Keys = old }));
    }

    [Fact]
    public async Task A_rotation_that_was_cut_off_is_ended_by_the_next_one_while_mails_come_in()
    {
        await using (var store = _folders.Open())
        {
            await FillAsync(store, 20);
        }

        MasterKeyFile.Add(_folders.Key, _folders.Data);
        await using (var store = _folders.Open())
        {
            // As after a crash between two transactions: some rows have the new key, most the old one.
            await store.Core.Write(new Rotation(store.Core.Keys).Secrets, Cancel);
            var more = Task.Run(() => FillAsync(store, 20, "more"), Cancel);
            await store.Keys.RotateAsync("admin", Cancel);
            await more;
        }

        MasterKeyFile.RemoveOlder(_folders.Key, _folders.Data);
        await using var last = _folders.Open();
        (await Fsck.StoreCheck.RunAsync(last, new Fsck.FsckOptions(), Cancel)).Problems.ShouldBeEmpty();
    }

    private static async Task<ProvisionId> FillAsync(SqliteHubStore store, int count, string name = "mail")
    {
        await store.Keys.PutAsync("area", "name", new byte[] { 1, 2, 3 }, Cancel);
        var receipts = await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(i =>
                    store.Intake.ReceiveAsync(
                        new IncomingProvision
                        {
                            Envelope = BitConverter.GetBytes(i),
                            Items = [new IncomingItem(System.Text.Encoding.ASCII.GetBytes(name + i))],
                            Header = new byte[] { 1 },
                            ReceivedAt = DateTimeOffset.UnixEpoch,
                        },
                        Cancel
                    )
                )
        );
        return receipts[0].Id;
    }
}
