using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Notices;
using Noroshi.Server.Pipeline;
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

    [Fact]
    public async Task Passwords_are_taken_from_standard_input_and_addresses_are_registered_in_a_folder()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-verbs-").FullName;
        string[] where = ["--data", Path.Combine(root, "data"), "--master-key", Path.Combine(root, "master-key")];
        try
        {
            Cli.Run(["org", "add", "power-a", .. where]).Code.ShouldBe(0);
            Cli.RunTold("first one\nsecond\n", ["org", "zip-password", "--organization", "power-a", .. where]).Code.ShouldBe(0);
            Cli.RunTold("", ["org", "zip-password", "--organization", "power-a", .. where]).Code.ShouldBe(2);
            Cli.RunTold("one", ["org", "zip-password", "--organization", "nobody", .. where]).Code.ShouldBe(3);
            var told = Cli.RunTold("relay secret", ["relay", "password", .. where]);
            told.Code.ShouldBe(0, told.Error);
            (told.Out + told.Error).ShouldNotContain("relay secret");
            Cli.RunTold("two\nlines", ["relay", "password", .. where]).Code.ShouldBe(2);
            Cli.Run(["relay", "password", "in the arguments", .. where]).Code.ShouldBe(2);

            string[] member = ["--organization", "power-a", "--role", "member-csirt", .. where];
            Cli.Run(["user", "add", "tanaka", "--address", "no address", .. member]).Code.ShouldBe(2);
            Cli.Run(["user", "add", "tanaka", "--address", "tanaka@power-a.example", .. member]).Code.ShouldBe(0);
            Cli.Run(["user", "add", "sato", .. member]).Code.ShouldBe(0);
            Cli.Run(["user", "address", "sato", "sato@power-a.example", .. where]).Code.ShouldBe(0);
            Cli.Run(["user", "address", "tanaka", .. where]).Code.ShouldBe(0);
            Cli.Run(["user", "address", "nobody", "a@power-a.example", .. where]).Code.ShouldBe(3);

            await using var hub = await TestHub.StartAsync(root);
            var store = hub.Get<IHubStore>();
            (await hub.Get<AgreedPasswords>().OfAsync("power-a", TestContext.Current.CancellationToken))
                .Select(one => one.Value)
                .ShouldBe(["first one", "second"]);
            var relay = await store.Keys.FindAsync(
                NoticeOptions.SecretArea,
                NoticeOptions.SecretName,
                TestContext.Current.CancellationToken
            );
            System.Text.Encoding.UTF8.GetString(relay.ShouldNotBeNull()).ShouldBe("relay secret");
            var users = hub.Get<Users>();
            hub.Get<UserAddresses>().Of(users.ByName("sato").ShouldNotBeNull().Id).ShouldBe("sato@power-a.example");
            hub.Get<UserAddresses>().Of(users.ByName("tanaka").ShouldNotBeNull().Id).ShouldBeNull();
            var journal = await store.Journal.ReadAsync(
                new JournalFilter { Action = JournalActions.SecretChanged },
                TestContext.Current.CancellationToken
            );
            journal.Select(one => one.Record.Detail).ShouldBe(["zip-passwords set", "relay password set"]);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
