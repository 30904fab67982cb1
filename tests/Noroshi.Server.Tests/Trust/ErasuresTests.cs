using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Smtp;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;
using static Noroshi.Server.Tests.Steps.Hubs;

namespace Noroshi.Server.Tests.Trust;

/// <summary>Once the keys are gone, forgetting is owed until it is done.</summary>
public sealed class ErasuresTests
{
    [Fact]
    public async Task What_fails_to_forget_is_asked_again_until_it_has()
    {
        await using var hub = await StartAsync();
        var given = await hub.GiveAsync(("a.eml", Mails.Plain("one")));
        await hub.SettleAsync();
        var clock = new ManualClock();
        var failing = new Told(times => times < 3 ? throw new StorageFullException("no room") : Task.CompletedTask);
        var other = new Told(_ => Task.CompletedTask);
        await using var erasures = new Erasures(hub.Get<IHubStore>(), [failing, other], clock, NullLogger<Erasures>.Instance);
        var erasing = erasures.EraseAsync([Order(given.Id)], Token);
        for (var tries = 1; tries < 3; tries++)
        {
            await UntilAsync(() => failing.Times == tries && clock.Set > 1);
            erasing.IsCompleted.ShouldBeFalse();
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        (await erasing).ShouldHaveSingleItem().JournalIndex.ShouldNotBeNull();
        (failing.Times, other.Times).ShouldBe((3, 1));
        failing.Heard.ShouldNotBeNull().Mails.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_waits_for_ever_and_the_work_goes_on_without_him()
    {
        await using var hub = await StartAsync();
        var given = await hub.GiveAsync(("a.eml", Mails.Plain("one")));
        await hub.SettleAsync();
        var clock = new ManualClock();
        var done = new TaskCompletionSource();
        var slow = new Told(_ => done.Task);
        await using var erasures = new Erasures(hub.Get<IHubStore>(), [slow], clock, NullLogger<Erasures>.Instance);
        var erasing = erasures.EraseAsync([Order(given.Id)], Token);
        await UntilAsync(() => slow.Times == 1 && clock.Set > 0);
        clock.Advance(TimeSpan.FromSeconds(21));
        (await erasing).ShouldHaveSingleItem();
        slow.Cancellation.IsCancellationRequested.ShouldBeFalse();
        slow.Ended.ShouldBeFalse();
        done.SetResult();
        await UntilAsync(() => slow.Ended);
    }

    /// <summary>The process ended after the keys were destroyed and before anything derived heard of it.</summary>
    [Fact]
    public async Task Rarities_lose_at_the_next_start_what_was_erased_before_they_heard_of_it()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-owed-").FullName;
        try
        {
            await using (var hub = await StartAsync(root))
            {
                var ids = new List<ProvisionId>();
                foreach (var text in new[] { "one letter", "quite another letter" })
                {
                    ids.Add((await hub.GiveAsync(("a.eml", Mails.Plain("alike", "p@webmail.example", text: text)))).Id);
                    await hub.SettleAsync();
                }

                await hub.GiveAsync(("c.eml", Mails.Plain("other")));
                await hub.SettleAsync();
                (await LeftAsync(hub)).ShouldBeGreaterThan(0);
                foreach (var id in ids)
                {
                    await hub.Get<IHubStore>().Erasure.EraseAsync(Order(id), Token);
                }
            }

            await using var later = await StartAsync(root);
            await later.SettleAsync();
            await UntilAsync(() => later.Get<HubSituation>().Current.Mails.Count == 1);
            (await LeftAsync(later)).ShouldBe(0);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Values among the rarities that the mail which stays does not have.</summary>
    private static async Task<int> LeftAsync(TestHub hub)
    {
        var entry = await hub.Get<IHubStore>().Steps.LatestAsync(DocumentKinds.Rarity, "epoch", Token);
        var stays = MailDocument.Read((await hub.EntriesAsync(DocumentKinds.Mail))[^1]).ShouldNotBeNull().Features;
        return JsonSerializer
            .Deserialize((entry.ShouldNotBeNull().Body ?? default).Span, PipelineJson.Default.RarityDocument)
            .ShouldNotBeNull()
            .Values.Except(stays.Features.Select(one => one.Id))
            .Except(stays.Sketch)
            .Count();
    }

    private static ErasureOrder Order(ProvisionId id) => new(id, Enum.GetValues<RetentionClass>().ToHashSet(), "system", "retention");

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var tries = 0; tries < 1_000 && !holds(); tries++)
        {
            await Task.Delay(10, Token);
        }

        holds().ShouldBeTrue();
    }

    private sealed class Told(Func<int, Task> work) : IForgets
    {
        private int _times;

        public int Times => Volatile.Read(ref _times);

        public Erased? Heard { get; private set; }

        public CancellationToken Cancellation { get; private set; }

        public bool Ended { get; private set; }

        public async Task ForgetAsync(Erased erased, CancellationToken cancellation)
        {
            Cancellation = cancellation;
            Heard = erased;
            await work(Interlocked.Increment(ref _times));
            Ended = true;
        }
    }
}
