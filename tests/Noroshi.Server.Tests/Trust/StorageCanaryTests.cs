using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage;
using Noroshi.Storage.Backups;
using Noroshi.Storage.Keys;
using Noroshi.Storage.Sqlite;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>What the thief of a disk or of a backup can read: nothing that was given, in no encoding.</summary>
public sealed class StorageCanaryTests : IDisposable
{
    private static readonly Canary Subject = Canary.Japanese("subject");
    private static readonly Canary Body = Canary.Of("body");
    private static readonly Canary Attachment = Canary.Of("attachment name");
    private static readonly Canary Envelope = Canary.Of("envelope");
    private static readonly Canary Header = Canary.Of("provision header");
    private static readonly Canary Facts = Canary.Of("facts of a step");
    private static readonly Canary Word = Canary.Of("word of an identity dictionary");
    private static readonly Canary Late = Canary.Of("sample added later");
    private static readonly Canary[] All = [Subject, Body, Attachment, Envelope, Header, Facts, Word, Late];

    private readonly string _root = Directory.CreateTempSubdirectory("noroshi-canary-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_root, "data");

    private string KeyFile => Path.Combine(_root, "keys", "master-key");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Neither_an_open_nor_a_closed_data_folder_nor_a_backup_shows_what_was_given()
    {
        var scan = new CanaryScan([.. All, MasterKeyAsItLies()]);
        var backup = Path.Combine(_root, "backup");
        await using (var store = Open())
        {
            await UseAsync(store);
            Clean(scan, Data, "the open data folder");
            await StoreBackup.CreateAsync(store, backup, Cancel);
        }

        Clean(scan, Data, "the closed data folder");
        Clean(scan, backup, "the backup");
        // The scan sees the key where the key is: it would have seen it elsewhere.
        scan.Folder(Path.GetDirectoryName(KeyFile) ?? _root)
            .Hits.Select(hit => hit.Canary)
            .ShouldContain("master key", StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_register_of_erasures_that_outlives_everything_holds_nothing_readable()
    {
        var scan = new CanaryScan(All);
        await using (var store = Open())
        {
            var given = await UseAsync(store);
            await store.Erasure.EraseAsync(
                new ErasureOrder(given, Enum.GetValues<RetentionClass>().ToHashSet(), "system", "withdrawal"),
                Cancel
            );
        }

        scan.Folder(_root).Hits.ShouldBeEmpty();
    }

    private static void Clean(CanaryScan scan, string folder, string what)
    {
        var (hits, files, bytes) = scan.Folder(folder);
        hits.ShouldBeEmpty(what);
        files.ShouldBeGreaterThan(3, what);
        bytes.ShouldBeGreaterThan(50_000, what);
    }

    private static async Task<ProvisionId> UseAsync(SqliteHubStore store)
    {
        var receipt = await store.Intake.ReceiveAsync(
            new IncomingProvision
            {
                Envelope = Encoding.UTF8.GetBytes(Envelope.Value),
                Items = [new IncomingItem(Mail("")), new IncomingItem(Mail(new string('x', 200_000)))],
                Header = Encoding.UTF8.GetBytes($$"""{"note":"{{Header.Value}}"}"""),
                ReceivedAt = DateTimeOffset.UnixEpoch,
                Journal = [new JournalRecord("user-1", "provision.received", "window-1")],
            },
            Cancel
        );
        await store.Evidence.PutAsync(receipt.Id, Encoding.UTF8.GetBytes(Late.Value), RetentionClass.Sample, Cancel);
        await store.Keys.PutAsync("dictionary", "member-1", Encoding.UTF8.GetBytes(Word.Value), Cancel);
        await store.Keys.PutAsync("dictionary", "member-2", Encoding.UTF8.GetBytes(Word.Value), Cancel);
        await store.Keys.RemoveAsync("dictionary", "member-2", Cancel);
        var lease = (
            await store.Steps.LeaseAsync(new Step("dissect", IStepLog.ProvisionKind), Lane.Live, "test", TimeSpan.FromMinutes(1), Cancel)
        ).ShouldNotBeNull();
        var entry = (await store.Steps.ReadAsync(lease, 10, Cancel)).ShouldHaveSingleItem();
        await store.Steps.CommitAsync(
            lease,
            new StepOutcome
            {
                Through = entry.Entry.Position,
                Documents =
                [
                    new NewDocument(receipt.Id, "anatomy", RetentionClass.PersonalData, Encoding.UTF8.GetBytes(Facts.Value)),
                    new NewDocument(null, "register", RetentionClass.Result, Encoding.Unicode.GetBytes(Facts.Value), "member-1"),
                ],
            },
            Cancel
        );
        return receipt.Id;
    }

    private static byte[] Mail(string filling) =>
        Encoding.UTF8.GetBytes(
            $"Subject: {Subject.Value}\r\nContent-Disposition: attachment; filename=\"{Attachment.Value}.zip\"\r\n\r\n{filling}{Body.Value}\r\n"
        );

    private Canary MasterKeyAsItLies()
    {
        Open().DisposeAsync().AsTask().GetAwaiter().GetResult();
        var text = File.ReadAllLines(KeyFile)[^1].Split(':')[2];
        return new Canary("master key", text) { Raw = Convert.FromBase64String(text) };
    }

    private SqliteHubStore Open() =>
        SqliteHubStore.Open(
            new StoreOptions
            {
                DataFolder = Data,
                Keys = File.Exists(KeyFile) ? MasterKeyFile.Load(KeyFile, Data) : MasterKeyFile.Create(KeyFile, Data),
                ErasureRegister = Path.Combine(_root, "keys", StoreOptions.RegisterName),
                Time = TimeProvider.System,
            }
        );
}
