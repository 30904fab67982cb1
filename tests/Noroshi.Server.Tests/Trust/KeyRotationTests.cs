using System.Text;
using Noroshi.Hub.Storage;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Storage.Keys;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>Turning the master key as the guide says: add, restart, remove the older.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("noroshi-keys-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_root, "master-key");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_hub_started_with_a_newer_key_wraps_everything_anew_and_needs_the_older_no_more()
    {
        Tests.Cli.Cli.Run("master-key", "create", KeyFile).Code.ShouldBe(0);
        var first = MasterKeyFile.Load(KeyFile, Data).Names.Single();
        await using (var hub = await TestHub.StartAsync(_root))
        {
            await hub.Get<IHubStore>().Keys.PutAsync("test", "secret", Encoding.ASCII.GetBytes("value"), Cancel);
        }

        Tests.Cli.Cli.Run("master-key", "add", KeyFile, "--data", Data).Code.ShouldBe(0);
        var second = MasterKeyFile.Load(KeyFile, Data).Names[^1];
        string.Equals(second, first, StringComparison.Ordinal).ShouldBeFalse();
        await using (var hub = await TestHub.StartAsync(_root))
        {
            // The hub does it by itself; asking again waits for it and finds nothing left.
            await hub.Get<IHubStore>().Keys.RotateAsync("test", Cancel);
        }

        Tests.Cli.Cli.Run("master-key", "remove-older", KeyFile, "--data", Data).Out.ShouldContain(second);
        MasterKeyFile.Load(KeyFile, Data).Names.ShouldHaveSingleItem().ShouldBe(second);
        await using var again = await TestHub.StartAsync(_root);
        (await again.Get<IHubStore>().Keys.FindAsync("test", "secret", Cancel)).ShouldBe(Encoding.ASCII.GetBytes("value"));
    }

    [Fact]
    public void A_key_is_never_written_over_nor_made_in_the_data_folder()
    {
        Tests.Cli.Cli.Run("master-key", "create", KeyFile).Code.ShouldBe(0);
        var before = File.ReadAllText(KeyFile);
        var again = Tests.Cli.Cli.Run("master-key", "create", KeyFile);
        (again.Code, again.Out).ShouldBe((1, ""));
        again.Error.ShouldContain("never written over");
        File.ReadAllText(KeyFile).ShouldBe(before);
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var inside = Path.Combine(Data, "master-key");
        Tests.Cli.Cli.Run("master-key", "create", inside, "--data", Data).Code.ShouldBe(1);
        File.Exists(inside).ShouldBeFalse();
        Tests.Cli.Cli.Run("master-key", "add", Path.Combine(_root, "none")).Code.ShouldBe(1);
    }

    private string Data => Path.Combine(_root, "data");
}
