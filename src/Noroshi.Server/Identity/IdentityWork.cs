using Microsoft.AspNetCore.Hosting;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>What has to be right before the hub answers anybody: the settings make sense, an empty hub has its token.</summary>
internal sealed class IdentityStart(AccountOptions accounts, AccessOptions access, SetupToken setup) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((accounts.Fault ?? access.Fault) is { } fault)
        {
            throw new InvalidOperationException($"The settings cannot be used: {fault}.");
        }

        if (await setup.PrepareAsync(cancellationToken) is { } token)
        {
            await Console.Error.WriteLineAsync($"setup token: {token}");
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>
/// Every route has a policy, or the hub does not start. Looks when the framework has put its pipeline together and does not listen yet: before
/// that it does not know the routes.
/// </summary>
internal sealed class PolicyCheck : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            next(app);
            var endpoints = app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
            var open = endpoints.Where(one => one.Metadata.GetMetadata<RoutePolicy>() is null).Select(one => one.DisplayName).ToList();
            if (open.Count > 0)
            {
                throw new InvalidOperationException($"These routes have no policy, so the hub does not start: {string.Join(", ", open)}.");
            }
        };
}

/// <summary>Warns, suspends and removes accounts that nobody uses, and asks organisations once a year whether their staff is as registered.</summary>
internal sealed partial class IdentityWork(AccountCare care, TimeProvider time, ILogger<IdentityWork> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, time);
        do
        {
            try
            {
                var (measures, asked) = await care.RunAsync(stoppingToken);
                if (measures + asked > 0)
                {
                    Done(measures, asked);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Tried again in an hour; a store that failed for good ends the process by itself.
                Failed(error.GetType().Name);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(
        EventId = 3101,
        Level = LogLevel.Information,
        Message = "Idle accounts: {Measures} measures; staff confirmations: {Asked} questions"
    )]
    private partial void Done(int measures, int asked);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "Care of accounts failed with {Error}; it is tried again in an hour")]
    private partial void Failed(string error);
}

/// <summary>One round of what <see cref="IdentityWork"/> does.</summary>
internal sealed class AccountCare(Users users, UserAddresses addresses, ConfirmationBook confirmations, AccountWorld world)
{
    /// <summary>Does what is due.</summary>
    public async Task<(int Measures, int Asked)> RunAsync(CancellationToken cancellation)
    {
        var measures = 0;
        foreach (var user in users.All.ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            var due = IdleAccounts.Due(user, users.IsOnlyAdministrator(user), world.Options.Idle, world.Clock.Now);
            if (due != IdleMeasure.None)
            {
                await users.ChangeAsync(
                    user.Id,
                    now => IdleAccounts.Apply(now, due, world.Clock.Now),
                    new JournalRecord(Actor.System.Id, JournalActions.UserChanged, user.Id, $"idle {due}")
                );
                measures++;
            }
        }

        await addresses.SweepAsync(cancellation);
        return (measures, await confirmations.AskAsync(world.Community.Current, cancellation));
    }
}

/// <summary>The yearly confirmations.</summary>
internal sealed class ConfirmationBook(
    HubRecords records,
    Register<StaffConfirmation> register,
    Register<Organization> organizations,
    IHubStore store,
    TimeProvider time
)
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>All, by id.</summary>
    public IEnumerable<StaffConfirmation> All => register.All.Select(one => one.Value);

    /// <summary>Writes down what is due to be asked; the answers' part sends it.</summary>
    public async Task<int> AskAsync(Members members, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var membership = new Membership(members);
        var due = new List<StaffConfirmation>();
        foreach (var one in membership.On(DayOf(now)))
        {
            var found = register.Find(StaffConfirmations.IdOf(one.Id, StaffConfirmations.FiscalYear(now)))?.Value;
            // Looked up only where nobody was asked in this year yet: once a year.
            var joined = found is null ? await JoinedAsync(one, cancellation) : one.JoinedOn;
            if (StaffConfirmations.Due(one.Id, joined, found, now) is { } asked)
            {
                due.Add(asked);
            }
        }

        foreach (var one in due)
        {
            cancellation.ThrowIfCancellationRequested();
            await records.ChangeAsync(
                [
                    new JournalRecord(
                        Actor.System.Id,
                        JournalActions.StaffConfirmed,
                        one.Organization,
                        one.Reminders == 0 ? "asked" : "reminded"
                    ),
                ],
                register.Put(one.Id, one)
            );
        }

        return due.Count;
    }

    /// <summary>When nobody said since when it is a member, the day on which it was registered: it has told its people then.</summary>
    private async Task<DateOnly?> JoinedAsync(Organization organization, CancellationToken cancellation)
    {
        if (organization.JoinedOn is { } joined)
        {
            return joined;
        }

        var versions = await organizations.HistoryAsync(store, organization.Id, cancellation);
        return versions.Count > 0 ? DayOf(versions[0].At) : null;
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Japan).DateTime);

    /// <summary>Writes down an answer.</summary>
    public Task AnswerAsync(string id, string by) =>
        records.ChangeAsync(() =>
            register.Find(id)?.Value is { State: ConfirmationState.Asked } found
                ? (
                    [register.Put(id, found with { State = ConfirmationState.Confirmed, AnsweredAt = time.GetUtcNow(), AnsweredBy = by })],
                    [new JournalRecord(by, JournalActions.StaffConfirmed, found.Organization, "confirmed")]
                )
                : ([], [])
        );
}
