using Noroshi.Hub.Storage;
using Noroshi.Server.Search;
using Noroshi.Server.Tests.Hosting;
using Xunit;

namespace Noroshi.Server.Tests.Search;

/// <summary>What tests of the search do with a hub.</summary>
internal static class Searches
{
    /// <summary>Waits until the index has taken in the newest document of each kind that it reads.</summary>
    public static async Task FoundUpToNowAsync(this TestHub hub)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var index = await hub.Get<SearchFeed>().IndexAsync(cancellation);
        foreach (var kind in SearchFeed.Kinds)
        {
            var entries = await hub.Get<IHubStore>().Steps.ReadKindAsync(kind, 0, 100_000, cancellation);
            while (entries.Count > 0 && index.Position < entries[^1].Position)
            {
                await Task.Delay(20, cancellation);
            }
        }
    }
}
