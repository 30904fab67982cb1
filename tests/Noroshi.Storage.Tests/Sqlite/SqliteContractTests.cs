using Noroshi.Hub.Storage;
using Noroshi.Storage.Tests.Contract;

namespace Noroshi.Storage.Tests.Sqlite;

/// <summary>The contract on the embedded engine.</summary>
public sealed class SqliteContractTests : StoreContract
{
    private readonly Folders _folders = new();

    internal override Task<IHubStore> OpenAsync(TimeProvider time) => Task.FromResult<IHubStore>(_folders.Open(time: time));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folders.Dispose();
    }
}
