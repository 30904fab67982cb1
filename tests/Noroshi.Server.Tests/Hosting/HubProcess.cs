using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Noroshi.Server.Tests.Hosting;

/// <summary>The real executable as a hub, in a process of its own.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _talk = new();

    private HubProcess(Process process) => _process = process;

    /// <summary>The one line on standard output.</summary>
    public JsonElement Addresses { get; private set; }

    public Uri Http => new(Addresses.GetProperty("http").GetString() ?? "");

    /// <summary>What it said on standard error.</summary>
    public string Talk
    {
        get
        {
            lock (_talk)
            {
                return _talk.ToString();
            }
        }
    }

    public static async Task<HubProcess> StartAsync(string data, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "exec",
            Path.Combine(AppContext.BaseDirectory, "noroshi.dll"),
            "serve",
            "--data",
            data,
            "--url",
            "http://127.0.0.1:0",
        ];
        foreach (var argument in arguments.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LANG"] = "C";
        var hub = new HubProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start"));
        hub._process.ErrorDataReceived += (_, line) =>
        {
            lock (hub._talk)
            {
                hub._talk.Append(line.Data).Append('\n');
            }
        };
        hub._process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        var line =
            await hub._process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException("the hub ended: " + hub.Talk);
        hub.Addresses = JsonDocument.Parse(line).RootElement;
        return hub;
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async Task<int> EndAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
