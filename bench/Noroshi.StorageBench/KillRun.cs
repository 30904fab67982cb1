using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;

namespace Noroshi.StorageBench;

/// <summary>What a run of kills showed.</summary>
/// <param name="Cycles">Processes killed.</param>
/// <param name="Acknowledged">Provisions acknowledged, each counted once.</param>
/// <param name="Repeated">Acknowledgements of provisions that had been acknowledged before.</param>
/// <param name="Lost">Acknowledged, but not there, or not with the same bytes.</param>
/// <param name="Doubled">Taken twice, or given two numbers.</param>
/// <param name="Stuck">Without their one document of facts after the queue was worked off.</param>
/// <param name="Unacknowledged">Stored, but killed before the answer: allowed.</param>
/// <param name="Problems">What fsck found.</param>
internal sealed record KillResult(
    int Cycles,
    int Acknowledged,
    int Repeated,
    int Lost,
    int Doubled,
    int Stuck,
    int Unacknowledged,
    IReadOnlyList<string> Problems
)
{
    public bool Good => Lost == 0 && Doubled == 0 && Stuck == 0 && Problems.Count == 0;
}

/// <summary>Starts the child, kills it, and again; then compares what was acknowledged with what is there.</summary>
internal sealed partial class KillRun(Places places, string program, int callers)
{
    private const int StopSignal = 19;
    private const int SentAgain = 6;
    private readonly Dictionary<int, (long Number, string Id)> _acknowledged = [];
    private readonly HashSet<int> _twice = [];
    private int _repeated;
    private int _cycles;
    private int _next;

    public int Acknowledged => _acknowledged.Count;

    public int Cycles => _cycles;

    /// <summary>Runs one child; <paramref name="end"/> ends it some time after its first new acknowledgement.</summary>
    /// <param name="after">How long it may work.</param>
    /// <param name="end">What ends it; null kills it with SIGKILL.</param>
    public async Task CycleAsync(TimeSpan after, Action<Process>? end = null)
    {
        // The last ones of the cycle before come again, as from senders that never saw the answer.
        _next = Math.Max(0, _next - SentAgain);
        using var child = Start(_next, int.MaxValue / 2);
        var errors = child.StandardError.ReadToEndAsync();
        var lines = Task.Run(() => ReadAsync(child.StandardOutput));
        await Task.WhenAny(_started.Task, lines);
        await Task.Delay(after);
        if (end is null)
        {
            child.Kill();
        }
        else
        {
            end(child);
        }

        await child.WaitForExitAsync();
        await lines;
        if (!_started.Task.IsCompleted)
        {
            throw new InvalidOperationException($"The child did not start: {await errors}");
        }

        _started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cycles++;
    }

    /// <summary>Stops a process where it stands: from here on it says nothing any more.</summary>
    public static void Freeze(Process process) => _ = Signal(process.Id, StopSignal);

    /// <summary>Opens the store, works the queue off, and compares.</summary>
    public async Task<KillResult> CompareAsync()
    {
        await using var store = SqliteHubStore.Open(places.Options());
        await IntakeChild.StepAsync(store, Lane.Live, new CancellationToken(canceled: true));
        await IntakeChild.StepAsync(store, Lane.Bulk, new CancellationToken(canceled: true));
        var stored = await ProvisionsAsync(store);
        var lost = 0;
        foreach (var (number, receipt) in _acknowledged)
        {
            lost += await IsThereAsync(store, number, receipt) ? 0 : 1;
        }

        var doubled = _twice.Union(stored.GroupBy(one => one.Number).Where(group => group.Count() > 1).Select(group => group.Key)).Count();
        var stuck = 0;
        foreach (var (_, id) in stored)
        {
            var facts = await store.Steps.OfProvisionAsync(id, IntakeChild.FactsKind);
            stuck += facts.Count == 1 ? 0 : 1;
        }

        var report = await StoreCheck.RunAsync(store, new FsckOptions { Sweep = true });
        return new KillResult(
            _cycles,
            _acknowledged.Count,
            _repeated,
            lost,
            doubled,
            stuck,
            stored.Count(one => !_acknowledged.ContainsKey(one.Number)),
            [.. report.Problems.Select(one => $"{one.Code}: {one.Detail}")]
        );
    }

    private TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Process Start(int first, int count)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])[program, "child", places.Root, Text(first), Text(callers), Text(count)])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("The child cannot be started.");
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            // Killed in the middle of a line: no acknowledgement.
            var parts = line.Split(' ');
            if (parts is not ["ack", var number, var given, { Length: 32 } id])
            {
                continue;
            }

            var mail = int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
            var receipt = (long.Parse(given, NumberStyles.None, CultureInfo.InvariantCulture), id);
            if (_acknowledged.TryGetValue(mail, out var earlier))
            {
                _repeated++;
                if (earlier != receipt)
                {
                    _twice.Add(mail);
                }
            }

            _acknowledged[mail] = receipt;
            _next = Math.Max(_next, mail + 1);
            if (earlier == default)
            {
                _started.TrySetResult();
            }
        }
    }

    private static async Task<bool> IsThereAsync(IHubStore store, int number, (long Number, string Id) receipt)
    {
        var provision = await store.Intake.FindAsync(receipt.Number);
        if (provision is null || provision.Id.ToString() != receipt.Id || provision.Evidence.Count != 1)
        {
            return false;
        }

        try
        {
            var content = await store.Evidence.GetAsync(provision.Evidence[0].Id);
            return content.AsSpan().SequenceEqual(SampleMails.Mail(number));
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private static async Task<List<(int Number, ProvisionId Id)>> ProvisionsAsync(IHubStore store)
    {
        var found = new List<(int, ProvisionId)>();
        long last = 0;
        while (await store.Steps.ReadKindAsync(IStepLog.ProvisionKind, last, 1_000) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                if (entry is { Provision: { } id, Body: { } body })
                {
                    found.Add((SampleMails.Number(body), id));
                }
            }

            last = entries[^1].Position;
        }

        return found;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
