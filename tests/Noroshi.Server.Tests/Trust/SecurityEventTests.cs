using System.Net;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>Events that an auditor has to find.</summary>
public sealed class SecurityEventTests
{
    [Fact]
    public async Task A_refusal_of_somebody_known_stands_in_the_journal()
    {
        await using var hub = await IdentityHub.StartAsync();
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<Organization>>().Put("power-a", new Organization { Id = "power-a" }));
        var user = await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt);
        using var browser = new Browser(hub.Address);
        await browser.SignIn("tanaka");
        (await browser.Get("/api/v1/steps")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var entries = await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Actor = user.Id }, Browser.Cancellation);
        var refusal = entries.Select(one => one.Record).Where(one => one.Action == JournalActions.AccessRefused).ShouldHaveSingleItem();
        refusal.Subject.ShouldBe("read-hub");
    }
}
