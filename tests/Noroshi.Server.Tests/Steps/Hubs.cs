using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.Server.Intake;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Jail;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Xunit;

namespace Noroshi.Server.Tests.Steps;

/// <summary>What the tests of the pipeline do with a hub.</summary>
internal static class Hubs
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A hub whose steps wait for nothing longer than they have to.</summary>
    public static Task<TestHub> StartAsync(
        string? folder = null,
        IMailWorkers? workers = null,
        StepManners? manners = null,
        int mailsAtHand = 20_000
    ) =>
        TestHub.StartAsync(
            folder,
            services =>
            {
                services.AddSingleton(
                    new PipelineSettings
                    {
                        PasswordBudgetMilliseconds = 100,
                        MailsAtHand = mailsAtHand,
                        Manners =
                            manners
                            ?? new StepManners { FirstDelay = TimeSpan.FromMilliseconds(10), Glance = TimeSpan.FromMilliseconds(50) },
                    }
                );
                if (workers is not null)
                {
                    services.AddSingleton(workers);
                }
            }
        );

    public static Task RegisterAsync(this TestHub hub, string id) =>
        hub.Get<HubRecords>()
            .ChangeAsync([], hub.Get<Register<Organization>>().Put(id, new Organization { Id = id, Domains = [$"{id}.example"] }));

    public static Task<Receipt> GiveAsync(this TestHub hub, params (string Name, byte[] Content)[] items) =>
        hub.GiveAsync(header => header, items);

    public static Task<Receipt> GiveAsync(
        this TestHub hub,
        Func<ProvisionHeader, ProvisionHeader> change,
        params (string Name, byte[] Content)[] items
    ) => hub.GiveAsync(Lane.Live, change, items);

    public static Task<Receipt> GiveAsync(
        this TestHub hub,
        Lane lane,
        Func<ProvisionHeader, ProvisionHeader> change,
        params (string Name, byte[] Content)[] items
    ) =>
        hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(
                    Actor.System,
                    change(
                        new ProvisionHeader
                        {
                            Way = GivingWay.Api,
                            Intake = "member",
                            Organization = "power-a",
                            Window = "inquiry",
                            GivenBy = "",
                            ReceivedAt = default,
                            Items = [.. items.Select(item => new ProvisionItem(item.Name))],
                        }
                    ),
                    [.. items.Select(item => (ReadOnlyMemory<byte>)item.Content)]
                )
                {
                    Lane = lane,
                },
                Token
            );

    /// <summary>Waits until no step has anything left to do and the situation shows everything.</summary>
    public static async Task SettleAsync(this TestHub hub)
    {
        var log = hub.Get<IHubStore>().Steps;
        while (true)
        {
            var list = await hub.Get<StepBook>().AllAsync(Token);
            if (
                list
                    .Steps.Where(step => step.Name != SituateStep.Name)
                    .All(step => step.Lanes.All(lane => lane.Remaining + lane.Waiting == 0))
            )
            {
                await hub.Get<HubSituation>().WaitForAsync(await log.WaitAsync(-1, Token), Token);
                return;
            }

            await Task.Delay(20, Token);
        }
    }

    public static async Task<IReadOnlyList<LogEntry>> EntriesAsync(this TestHub hub, string kind) =>
        await hub.Get<IHubStore>().Steps.ReadKindAsync(kind, 0, 100_000, Token);

    public static IEnumerable<string> Subjects(this TestHub hub) =>
        hub.Get<HubSituation>().Current.Mails.Values.OrderBy(mail => mail.Key, StringComparer.Ordinal).Select(mail => mail.Facts.Subject);
}

/// <summary>Workers that behave as a test says, and real ones behind them.</summary>
internal sealed class ToldWorkers(Func<ReadOnlyMemory<byte>, bool, Task> before) : IMailWorkers, IAsyncDisposable
{
    private readonly MailWorkers _real = new(TimeProvider.System);

    public int Workers => _real.Workers;

    public async Task<WorkerOutcome> DissectAsync(
        ReadOnlyMemory<byte> bytes,
        DissectionRequest request,
        string? group,
        CancellationToken cancellation
    )
    {
        await before(bytes, group is not null).WaitAsync(cancellation);
        return await _real.DissectAsync(bytes, request, group: "tests", cancellation);
    }

    public ValueTask DisposeAsync() => _real.DisposeAsync();
}
