using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Noroshi.StorageBench;

/// <summary>How the hub is started: which build, over which folder, with what before it.</summary>
/// <param name="Executable">A single file, or a library that <c>dotnet</c> runs.</param>
/// <param name="Places">Data folder and master key.</param>
internal sealed record HubBuild(string Executable, Places Places)
{
    /// <summary>Settings by environment, of all starts.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A process with these words; <paramref name="before"/> runs it (strace and its options).</summary>
    public Process Start(IReadOnlyList<string> words, IReadOnlyList<string>? before = null)
    {
        var whole = new List<string>(before ?? []);
        if (Executable.EndsWith(".dll", StringComparison.Ordinal))
        {
            whole.Add("dotnet");
        }

        whole.AddRange([Executable, .. words, "--data", Places.Data]);
        var start = new ProcessStartInfo(whole[0], whole.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NOROSHI_MASTER_KEY_FILE"] = Places.Key;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The hub cannot be started.");
    }

    /// <summary>Runs a verb of the command line to its end.</summary>
    public async Task<(int Code, string Output, string Errors)> RunAsync(params string[] words)
    {
        using var process = Start(words);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Runs a verb that has to succeed.</summary>
    public async Task<string> CallAsync(params string[] words)
    {
        var (code, output, errors) = await RunAsync(words);
        return code == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', words)} ended with {code}: {errors}");
    }
}

/// <summary>A running <c>noroshi serve</c>.</summary>
internal sealed partial class HubProcess : IDisposable
{
    private const int Kill = 9;
    private const int Stop = 19;
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Stopwatch _age = Stopwatch.StartNew();
    private readonly Task<string> _errors;

    private HubProcess(Process process)
    {
        Process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public Process Process { get; }

    public Uri Http { get; private set; } = new("http://127.0.0.1");

    public IPEndPoint Smtp { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>From the start of the process until it said where it listens.</summary>
    public TimeSpan StartUp { get; private set; }

    /// <summary>What it said on stderr, when it has ended.</summary>
    public Task<string> Errors => _errors;

    /// <summary>Starts a hub without waiting for it.</summary>
    public static HubProcess Begin(HubBuild build, IReadOnlyList<string>? before = null) =>
        new(build.Start(["serve", "--url", "http://127.0.0.1:0", "--smtp", "127.0.0.1:0"], before));

    /// <summary>Starts a hub and waits until it listens.</summary>
    public static async Task<HubProcess> StartAsync(HubBuild build)
    {
        var hub = Begin(build);
        return await hub.ListensAsync()
            ? hub
            : throw new InvalidOperationException($"serve ended with {hub.Process.ExitCode}: {await hub.Errors}");
    }

    /// <summary>Waits for the line that says where it listens; false when it ends before.</summary>
    public async Task<bool> ListensAsync()
    {
        var line = await Process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null)
        {
            await Process.WaitForExitAsync();
            return false;
        }

        StartUp = _age.Elapsed;
        using var bound = JsonDocument.Parse(line);
        Http = new Uri(bound.RootElement.GetProperty("http").GetString() ?? "");
        Smtp = IPEndPoint.Parse(bound.RootElement.GetProperty("smtp").GetString() ?? "");
        return true;
    }

    /// <summary>Ends it where it stands; its parsers with it, or left to notice by themselves.</summary>
    public void KillNow(bool withChildren)
    {
        if (withChildren)
        {
            Process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = Signal(Process.Id, Kill);
        }
    }

    /// <summary>When this has ended, the hub does and says nothing any more.</summary>
    public async Task FreezeAsync()
    {
        var hub = Process.ProcessName == "strace" ? ChildOf(Process.Id) : Process.Id;
        _ = Signal(hub, Stop);
        for (var i = 0; i < 400 && !IsStopped(hub); i++)
        {
            await Task.Delay(5);
        }

        await Task.Delay(5);
    }

    /// <summary>Asks it to end and waits; null when it had to be killed.</summary>
    public async Task<int?> EndAsync()
    {
        _ = Signal(Process.Id, Terminate);
        try
        {
            await Process.WaitForExitAsync().WaitAsync(Patience);
            return Process.ExitCode;
        }
        catch (TimeoutException)
        {
            Process.Kill(entireProcessTree: true);
            return null;
        }
    }

    /// <summary>Its checks by name, as <c>/health/ready</c> says them to this machine, and the status.</summary>
    public static async Task<(HttpStatusCode Status, Dictionary<string, string> Checks)> ReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var checks = body
            .RootElement.GetProperty("checks")
            .EnumerateArray()
            .ToDictionary(
                one => one.GetProperty("name").GetString() ?? "",
                one => $"{one.GetProperty("state").GetString()}: {one.GetProperty("value").GetString()}",
                StringComparer.Ordinal
            );
        return (answer.StatusCode, checks);
    }

    /// <summary>Processes of this build that no hub needs any more: parsers whose hub is dead.</summary>
    public static int Orphans(string executable)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(executable)) ?? "";
        return Directory
            .EnumerateDirectories("/proc")
            .Count(process =>
                int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && CommandLine(process).Contains(folder, StringComparison.Ordinal)
                && CommandLine(process).Contains("noroshi-worker", StringComparison.Ordinal)
            );
    }

    /// <inheritdoc/>
    public void Dispose() => Process.Dispose();

    private static int ChildOf(int process) =>
        int.Parse(
            File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ')[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );

    /// <summary>Whether every thread stands.</summary>
    private static bool IsStopped(int process)
    {
        try
        {
            return Directory
                .EnumerateDirectories($"/proc/{process}/task")
                .Select(thread => File.ReadAllText(Path.Combine(thread, "stat")))
                .All(stat => stat[stat.LastIndexOf(')') + 2] is 'T' or 't' or 'Z');
        }
        catch (IOException)
        {
            return !Directory.Exists($"/proc/{process}");
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
