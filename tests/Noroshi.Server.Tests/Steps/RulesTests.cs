using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Steps;

/// <summary>The numbers that suggest a verdict are settings, and a change judges anew what is there.</summary>
public sealed class RulesTests
{
    [Fact]
    public async Task A_changed_number_judges_the_whole_store_anew_at_the_next_start_and_stands_in_the_journal()
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-rules-").FullName;
        try
        {
            await using (var hub = await StartAsync(folder, new RulesOptions()))
            {
                for (var i = 0; i < 3; i++)
                {
                    var window = $"window-{i}";
                    await hub.GiveAsync(header => header with { Window = window }, ("a.eml", Mails.Plain("the same to all")));
                }

                await hub.SettleAsync();
                await ProposedAsync(hub, Verdict.Unknown, "");
                (await ChangesAsync(hub)).ShouldBeEmpty();
            }

            for (var start = 0; start < 2; start++)
            {
                await using var hub = await StartAsync(folder, new RulesOptions { MassMailedFrom = 3 });
                await hub.SettleAsync();
                await ProposedAsync(hub, Verdict.MassMailed, "3/3");
                var list = await hub.Get<StepBook>().AllAsync(Hubs.Token);
                list.Judged.MassMailedFrom.ShouldBe(3);
                list.Judged.Position.ShouldBe(list.Judged.Last);
                (await ChangesAsync(hub)).ShouldBe(["MassMailedFrom 10 -> 3, AlikePercent 80 -> 80"]);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Rules:MassMailedFrom", "1")]
    [InlineData("Rules:MassMailedFrom", "many")]
    [InlineData("Rules:AlikePercent", "49")]
    [InlineData("Rules:AlikePercent", "101")]
    public void A_number_that_makes_no_sense_is_refused_with_what_is_allowed(string key, string value)
    {
        var problem = Should
            .Throw<SettingsException>(() => OptionTable.Read([(key, value, "noroshi.json")]))
            .Problems.ShouldHaveSingleItem();
        problem.Key.ShouldBe(key);
        problem.En.ShouldContain("Allowed: whole number from");
        problem.Ja.ShouldContain("整数");
    }

    private static Task<TestHub> StartAsync(string folder, RulesOptions rules) =>
        TestHub.StartAsync(folder, change: settings => settings with { Options = settings.Options with { Rules = rules } });

    private static async Task ProposedAsync(TestHub hub, Verdict verdict, string detail)
    {
        using var client = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "analyst",
                Roles = new HashSet<Role> { Role.Analyst },
                SecondFactor = true,
            }
        );
        var page = await client.GetStringAsync("/api/v1/intake-list", Hubs.Token);
        var row = JsonSerializer.Deserialize(page, JudgementJson.Default.PageIntakeRow).ShouldNotBeNull().Items.ShouldHaveSingleItem();
        row.Destinations.ShouldBe(3);
        (row.Proposal.Verdict, row.Proposal.Detail ?? "").ShouldBe((verdict, detail));
    }

    private static async Task<IReadOnlyList<string?>> ChangesAsync(TestHub hub) =>
        [
            .. (
                await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Action = JournalActions.SettingChanged }, Hubs.Token)
            ).Select(one => one.Record.Detail),
        ];
}
