using Microsoft.Extensions.Logging.Abstractions;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;
using Noroshi.Server.Search;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;
using static Noroshi.Server.Tests.Steps.Hubs;

namespace Noroshi.Server.Tests.Search;

public sealed class SearchFeedTests
{
    /// <summary>The index lies on the disk: it is the one that has to hear at its next start of what was erased without it.</summary>
    [Fact]
    public async Task An_index_that_cannot_ask_what_was_erased_asks_again_until_it_can()
    {
        await using var hub = await StartAsync();
        var given = (await hub.GiveAsync(("a.eml", Mails.Plain("one")))).Id;
        await hub.GiveAsync(("b.eml", Mails.Plain("two")));
        await hub.SettleAsync();
        var folder = Directory.CreateTempSubdirectory("noroshi-feed-").FullName;
        try
        {
            await RunAsync(hub, folder, hub.Get<IHubStore>(), expected: 2);
            var order = new ErasureOrder(given, Enum.GetValues<RetentionClass>().ToHashSet(), "system", "retention");
            await hub.Get<IHubStore>().Erasure.EraseAsync(order, Token);
            var failing = new Failing(hub.Get<IHubStore>(), times: 1);
            await RunAsync(hub, folder, failing, expected: 1);
            failing.Left.ShouldBe(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Lets an index of its own run over the hub's log until it holds so many mails.</summary>
    private static async Task RunAsync(TestHub hub, string folder, IHubStore store, int expected)
    {
        await using var feed = new SearchFeed(
            store,
            hub.Get<HubSettings>() with
            {
                DataFolder = folder,
            },
            hub.Get<MailLibrary>(),
            new SearchRegisters(store, hub.Get<Register<GivenVerdict>>(), hub.Get<Register<CaseFile>>()),
            NullLogger<SearchFeed>.Instance
        );
        await feed.StartAsync(Token);
        var index = await feed.IndexAsync(Token);
        for (var tries = 0; tries < 1_000 && index.Count != expected; tries++)
        {
            await Task.Delay(20, Token);
        }

        index.Count.ShouldBe(expected);
        await feed.StopAsync(Token);
    }

    /// <summary>A store whose journal cannot be read at first.</summary>
    private sealed class Failing(IHubStore store, int times) : IHubStore, IJournal
    {
        public int Left { get; private set; } = times;

        public IIntakeStore Intake => store.Intake;

        public IEvidenceStore Evidence => store.Evidence;

        public IStepLog Steps => store.Steps;

        public IJournal Journal => this;

        public IKeyStore Keys => store.Keys;

        public IErasure Erasure => store.Erasure;

        public Task<StorageFailedException> Failure => store.Failure;

        public ReadOnlyMemory<byte> PublicKey => store.Journal.PublicKey;

        public Task<IReadOnlyList<JournalEntry>> ReadAsync(JournalFilter filter, CancellationToken cancellation = default) =>
            Left-- > 0 ? throw new StorageFullException("no room") : Reset(store.Journal.ReadAsync(filter, cancellation));

        public Task<long> AppendAsync(JournalRecord record, CancellationToken cancellation = default) =>
            store.Journal.AppendAsync(record, cancellation);

        public Task<Checkpoint> CheckpointAsync(CancellationToken cancellation = default) => store.Journal.CheckpointAsync(cancellation);

        public Task<IReadOnlyList<byte[]>> InclusionProofAsync(long index, long size, CancellationToken cancellation = default) =>
            store.Journal.InclusionProofAsync(index, size, cancellation);

        public Task<IReadOnlyList<byte[]>> ConsistencyProofAsync(long first, long second, CancellationToken cancellation = default) =>
            store.Journal.ConsistencyProofAsync(first, second, cancellation);

        public Task<JournalVerification> VerifyAsync(IReadOnlyList<Checkpoint> held, CancellationToken cancellation = default) =>
            store.Journal.VerifyAsync(held, cancellation);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private T Reset<T>(T value)
        {
            Left = 0;
            return value;
        }
    }
}
