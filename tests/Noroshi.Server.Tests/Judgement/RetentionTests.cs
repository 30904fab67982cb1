using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Storage;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Notices;
using Noroshi.Server.Tests.Smtp;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;
using static Noroshi.Server.Tests.Steps.Hubs;

namespace Noroshi.Server.Tests.Judgement;

/// <summary>Terms that an administrator has set, under a clock that stands still unless it is moved.</summary>
public sealed class RetentionTests
{
    private static readonly Actor Administrator = new()
    {
        Kind = ActorKind.User,
        Id = "u-administrator",
        Roles = new HashSet<Role> { Role.Administrator, Role.Auditor },
        SecondFactor = true,
    };

    [Fact]
    public async Task The_daily_round_ends_each_class_at_its_own_term_and_the_journal_keeps_the_proof()
    {
        var clock = new ManualClock();
        await using var hub = await TestHub.StartAsync(
            more: services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.AddSingleton<IMailWorkers, InThisProcess>();
            },
            change: settings =>
                settings with
                {
                    Options = settings.Options with
                    {
                        Retention = new RetentionOptions { OriginalDays = 30, PersonalDataDays = 60 },
                    },
                }
        );
        using var client = hub.As(Administrator);
        var given = await hub.GiveAsync(("a.eml", Mails.Plain("one")));
        await UntilAsync(() => hub.Get<HubSituation>().Current.Mails.Count == 1);
        await MoveAsync(clock, 29);
        (await RunAsync(client)).ShouldBe((0, 0, 0));
        (await OriginalAsync(hub, given.Id)).Erased.ShouldBeFalse();

        await MoveAsync(clock, 2);
        await UntilAsync(async () => (await OriginalAsync(hub, given.Id)).Erased);
        hub.Get<HubSituation>().Current.Mails.Count.ShouldBe(1, "what was found has a term of its own");
        (await ProofsAsync(client, given.Id)).ShouldBe(["retention 1"]);

        await MoveAsync(clock, 30);
        await UntilAsync(() => hub.Get<HubSituation>().Current.Mails.Count == 0);
        await UntilAsync(async () => (await ProofsAsync(client, given.Id)).Count == 2);
        (await ProofsAsync(client, given.Id)).ShouldBe(["retention 1", "retention 2"]);
        (await hub.EntriesAsync(DocumentKinds.Mail)).ShouldAllBe(entry => entry.Body == null);
        (await RunAsync(client)).ShouldBe((0, 0, 0), "everything that was due is gone");
        (await hub.Get<IHubStore>().Intake.FindAsync(given.Id, Token)).ShouldNotBeNull().Number.ShouldBe(given.Number);
    }

    private static async Task MoveAsync(ManualClock clock, int days)
    {
        await UntilAsync(() => clock.Set > 0);
        clock.Advance(TimeSpan.FromDays(days));
    }

    private static async Task<EvidenceInfo> OriginalAsync(TestHub hub, ProvisionId id) =>
        (await hub.Get<IHubStore>().Intake.FindAsync(id, Token)).ShouldNotBeNull().Evidence.ShouldHaveSingleItem();

    private static async Task<(int, int, int)> RunAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("/api/v1/retention/runs", null, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var run = await answer.Content.ReadFromJsonAsync(JudgementJson.Default.RetentionRun, Token);
        run.ShouldNotBeNull().Complete.ShouldBeTrue();
        return (run.Provisions, run.Evidence, run.Documents);
    }

    /// <summary>What the journal says of the erasures of a provision, without the erasure's id.</summary>
    private static async Task<IReadOnlyList<string>> ProofsAsync(HttpClient client, ProvisionId id)
    {
        var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/journal/subjects/{id}?everything=true", Token);
        return
        [
            .. page.GetProperty("lines")
                .EnumerateArray()
                .Where(line => line.GetProperty("action").GetString() == "provision.erased")
                .Select(line => string.Join(' ', (line.GetProperty("detail").GetString() ?? "").Split(' ').Take(2))),
        ];
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 1_000 && !await holds(); tries++)
        {
            await Task.Delay(10, Token);
        }

        (await holds()).ShouldBeTrue();
    }
}
