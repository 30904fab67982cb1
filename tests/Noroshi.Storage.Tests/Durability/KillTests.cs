using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;
using Noroshi.StorageBench;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Durability;

/// <summary>Real processes, killed and with failing system calls. The long form is <c>./noroshi soak intake</c>.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Noroshi.StorageBench.dll");
    private readonly Folders _folders = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_doubled_or_stuck_when_the_process_is_killed_again_and_again()
    {
        var run = new KillRun(new Places(_folders.Root), Program, callers: 8);
        var random = new Random(20131017);
        for (var i = 0; i < Kills; i++)
        {
            await run.CycleAsync(TimeSpan.FromMilliseconds(random.Next(0, 120)));
        }

        var result = await run.CompareAsync();
        result.Acknowledged.ShouldBeGreaterThan(Kills);
        result.Problems.ShouldBeEmpty();
        (result.Lost, result.Doubled, result.Stuck).ShouldBe((0, 0, 0));
    }

    /// <summary>
    /// The n-th call of a thread fails, once and no more: what is tried again after a failed fsync would succeed, and must not count. Small
    /// numbers hit the start, others the writer or an evidence thread, whichever comes there first.
    /// </summary>
    [Theory]
    [InlineData("fsync,fdatasync:error=EIO", 2, true)]
    [InlineData("fsync,fdatasync:error=EIO", 12, true)]
    [InlineData("fsync,fdatasync:error=EIO", 1, false)]
    [InlineData("fsync,fdatasync:error=EIO", 8, false)]
    [InlineData("fsync,fdatasync:error=EIO", 11, false)]
    [InlineData("fsync,fdatasync:error=EIO", 14, false)]
    [InlineData("pwrite64:error=EIO", 90, false)]
    [InlineData("pwrite64:error=ENOSPC", 120, false)]
    public async Task No_failed_system_call_is_followed_by_a_wrong_acknowledgement(string fault, int number, bool newStore)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        string[] child = ["dotnet", Program, "child", _folders.Root];
        if (!newStore)
        {
            (await RunAsync([.. child, "0", "4", "10"])).Code.ShouldBe(0);
        }

        var log = Path.Combine(_folders.Root, "strace");
        string[] strace = ["strace", "-f", "-qq", "-o", log, "-e", "trace=fsync,fdatasync,pwrite64", "-e", $"inject={fault}:when={number}"];
        var (code, output, errors) = await RunAsync([.. strace, .. child, "10", "2", "60"]);
        (await File.ReadAllTextAsync(log, Cancel)).ShouldContain("INJECTED");
        // 134: the store refused to open, and the runtime ended the process for it. Want of room is no failure.
        code.ShouldBeOneOf(fault.Contains("ENOSPC", StringComparison.Ordinal) ? [0, IntakeChild.Full] : [IntakeChild.Failed, 134]);

        await using var store = SqliteHubStore.Open(_folders.Options());
        foreach (
            Match line in Regex.Matches(
                output,
                "^ack (?<mail>[0-9]+) (?<number>[0-9]+) ",
                RegexOptions.Multiline | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(5)
            )
        )
        {
            var mail = int.Parse(line.Groups["mail"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            var stored = await store.Intake.FindAsync(
                long.Parse(line.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                Cancel
            );
            (await store.Evidence.GetAsync(stored.ShouldNotBeNull().Evidence[0].Id, Cancel)).ShouldBe(SampleMails.Mail(mail));
        }

        (await StoreCheck.RunAsync(store, new FsckOptions { Sweep = true }, Cancel)).Problems.ShouldBeEmpty(errors);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo(words[0], words[1..])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        );
        process.ShouldNotBeNull();
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, output, await errors);
    }
}
