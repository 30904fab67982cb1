using Noroshi.Server.Identity;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Cli;

public sealed class IdentityCommandTests
{
    [Fact]
    public async Task Organisations_users_and_keys_are_made_in_a_folder_and_used_by_the_hub_that_serves_it()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-verbs-").FullName;
        string[] where = ["--data", Path.Combine(root, "data"), "--master-key", Path.Combine(root, "master-key")];
        try
        {
            Cli.Run(["org", "add", "power-a", "--name-ja", "電力A", "--domain", "power-a.example", .. where]).Code.ShouldBe(0);
            Cli.Run(["org", "add", "power-a", .. where]).Code.ShouldBe(1);
            Cli.Run(["org", "add", "Power A", .. where]).Code.ShouldBe(2);
            var made = Cli.Run(["key", "create", "--organization", "power-a", "--scope", "provide", "--scope", "read", "--json", .. where]);
            made.Code.ShouldBe(0, made.Error);
            var key = made.Json.GetProperty("key").GetString().ShouldNotBeNull();
            key.ShouldMatch("^[A-Za-z0-9]{40}$");
            Cli.Run(["key", "create", "--organization", "nobody", "--scope", "read", .. where]).Code.ShouldBe(3);
            Cli.Run(["key", "create", "--organization", "power-a", "--scope", "administer", .. where]).Code.ShouldBe(2);
            Cli.Run(["user", "add", "tanaka", "--organization", "power-a", "--role", "member-csirt", .. where])
                .Out.Trim()
                .ShouldMatch("^[A-Za-z0-9]{43}$");
            Cli.Run(["user", "add", "TANAKA", "--organization", "power-a", "--role", "member-csirt", .. where]).Code.ShouldBe(1);
            Cli.Run(["user", "add", "sato", "--organization", "power-a", "--role", "administrator", .. where]).Code.ShouldBe(2);
            Cli.Run(["user", "list", .. where]).Out.ShouldContain("tanaka\tpower-a\tmember-csirt");
            Cli.Run(["org", "list", "--json", .. where])
                .Json.GetProperty("organizations")[0]
                .GetProperty("nameJa")
                .GetString()
                .ShouldBe("電力A");

            await using var hub = await TestHub.StartAsync(root);
            using var client = hub.Anonymous();
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            (await client.GetStringAsync("/api/v1/organizations", TestContext.Current.CancellationToken)).ShouldContain("power-a");
            hub.Get<Users>().ByName("tanaka").ShouldNotBeNull();
            var refused = Cli.Run(["org", "list", .. where]);
            refused.Code.ShouldBe(1);
            refused.Error.ShouldContain("serve");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
