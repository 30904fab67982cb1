using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Noroshi.Hub.Storage;
using Noroshi.Server.Cli;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Steps;

/// <summary>A full disk ends nothing: seen in the soak over the real hub, where a lease that found no room ended the process.</summary>
public sealed class WantOfRoomTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(IStepLog.LeaseAsync))]
    [InlineData(nameof(IStepLog.ReadAsync))]
    [InlineData(nameof(IStepLog.CommitAsync))]
    public async Task A_step_that_the_store_refuses_for_want_of_room_waits_and_goes_on(string call)
    {
        await using var hub = await Hubs.StartAsync();
        await hub.RegisterAsync("org-a");
        var receipt = await hub.GiveAsync(("a.eml", "From: a@b.example\r\n\r\nbody\r\n"u8.ToArray()));
        var (log, full) = FullLog.Over(hub.Get<IHubStore>().Steps, call, 3);
        var done = new TaskCompletionSource<StepEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var manners = new StepManners { FirstDelay = TimeSpan.FromMilliseconds(5), Glance = TimeSpan.FromMilliseconds(5) };
        var step = new Step("waiting-for-room", IStepLog.ProvisionKind);
        var runner = new StepRunner(
            log,
            new StepWork(step, Lane.Live, manners),
            (entry, _) =>
            {
                done.TrySetResult(entry);
                return Task.FromResult(StepResult.Nothing);
            },
            hub.Get<PipelineTools>(),
            NullLogger.Instance
        );
        var run = Task.Run(() => runner.RunAsync(end.Token), Stop);
        (await done.Task.WaitAsync(Patience, Stop)).Entry.Provision.ShouldBe(receipt.Id);
        while ((await hub.Get<IHubStore>().Steps.ProgressAsync(step, Lane.Live, Stop)).Remaining > 0)
        {
            run.IsCompleted.ShouldBeFalse();
            await Task.Delay(5, Stop);
        }

        full.Left.ShouldBeLessThanOrEqualTo(0);
        run.IsCompleted.ShouldBeFalse();
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    [Fact]
    public async Task What_the_store_cannot_do_now_is_done_again_and_a_failed_store_is_passed_on()
    {
        var tries = 0;
        await Outliving.RunAsync(
            "part",
            _ => tries++ == 0 ? throw new StorageFullException("full") : Task.CompletedTask,
            TimeProvider.System,
            NullLogger.Instance,
            Stop
        );
        tries.ShouldBe(2);
        await Should.ThrowAsync<StorageFailedException>(() =>
            Outliving.RunAsync("part", _ => throw new StorageFailedException("failed"), TimeProvider.System, NullLogger.Instance, Stop)
        );
    }

    [Theory]
    [InlineData(false, true, nameof(Ending.Asked))]
    [InlineData(true, false, nameof(Ending.StoreFailed))]
    [InlineData(true, true, nameof(Ending.StoreFailed))]
    [InlineData(false, false, nameof(Ending.PartFailed))]
    public void Only_a_hub_that_was_asked_to_end_ends_in_order(bool failed, bool asked, string ending) =>
        ServeCommand.EndingOf(failed, asked).ToString().ShouldBe(ending);
}

/// <summary>A log that has no room for some calls of one kind. Public and open because the proxy is derived from it.</summary>
public class FullLog : DispatchProxy
{
    private IStepLog? _inner;
    private string _call = "";
    private int _left;

    public int Left => _left;

    public static (IStepLog Log, FullLog Full) Over(IStepLog inner, string call, int times)
    {
        var log = Create<IStepLog, FullLog>();
        var full = (FullLog)(object)log;
        (full._inner, full._call, full._left) = (inner, call, times);
        return (log, full);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        return targetMethod.Name == _call && Interlocked.Decrement(ref _left) >= 0
            ? throw new StorageFullException("no room")
            : targetMethod.Invoke(_inner, args);
    }
}
