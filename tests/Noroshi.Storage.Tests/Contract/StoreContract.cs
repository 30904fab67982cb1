using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Contract;

/// <summary>What every engine must do. An engine derives one class and says how its store is opened, closed and opened again.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private IHubStore? _store;

    internal SetClock Clock { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IHubStore Store => _store ?? throw new InvalidOperationException("The store is open while a test runs.");

    /// <summary>Opens the test's store: new the first time, the same one afterwards.</summary>
    internal abstract Task<IHubStore> OpenAsync(TimeProvider time);

    public virtual async ValueTask InitializeAsync() => _store = await OpenAsync(Clock);

    public virtual async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens it again.</summary>
    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenAsync(Clock);
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes.ShouldNotBeNull().Span);

    protected IncomingProvision Provision(string content, string envelope = "smtp window-1") =>
        new()
        {
            Envelope = Bytes(envelope),
            Items = [new IncomingItem(Bytes(content))],
            Header = Bytes("header of " + content),
            ReceivedAt = Clock.Now,
        };

    protected async Task<Receipt> ReceiveAsync(string content, string envelope = "smtp window-1") =>
        await Store.Intake.ReceiveAsync(Provision(content, envelope), Cancel);

    protected async Task<StoredProvision> StoredAsync(ProvisionId id) => (await Store.Intake.FindAsync(id, Cancel)).ShouldNotBeNull();

    protected static JournalRecord Record(string subject) => new("tester", "test.done", subject);
}
