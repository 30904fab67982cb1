using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Noroshi.Fuzz;

/// <summary>Starts a process for each target, starts it anew when an input ended it, and counts.</summary>
internal sealed class Supervisor(FuzzOptions options, FuzzFolders folders)
{
    private const int MaxDeaths = 20;

    /// <summary>As hard as the worker's 256 MiB, and the corpus.</summary>
    private const string HeapLimit = "0x18000000";

    internal sealed record Result(string Target, FuzzStatus Status, int Hangs, int Deaths)
    {
        public bool Clean => Status.Crashes == 0 && Hangs == 0 && Deaths == 0;
    }

    public async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<IFuzzTarget> targets)
    {
        var results = new Result?[targets.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, targets.Count),
            new ParallelOptions { MaxDegreeOfParallelism = options.Jobs },
            async (number, token) =>
            {
                results[number] = await OneAsync(targets[number].Name, token);
                await Console.Error.WriteLineAsync(Row(results[number] ?? new Result("", FuzzStatus.None, 0, 0)).AsMemory(), token);
            }
        );
        return [.. results.OfType<Result>()];
    }

    /// <summary>The table of a session.</summary>
    public static string Table(IReadOnlyList<Result> results)
    {
        var text = new StringBuilder();
        text.Append("| target | executions | exec/s | corpus | edges | slowest ms | largest MiB | crashes | hangs | deaths |\n");
        text.Append("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var result in results)
        {
            text.Append(Row(result)).Append('\n');
        }

        return text.ToString();
    }

    private static string Row(Result result)
    {
        var status = result.Status;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Target} | {status.Executions} | {status.Executions / Math.Max(0.01, status.Seconds):F0} | {status.Corpus} | {status.Edges} | {status.Slowest:F0} | {status.Largest} | {status.Crashes} | {result.Hangs} | {result.Deaths} |"
        );
    }

    private async Task<Result> OneAsync(string target, CancellationToken token)
    {
        File.Delete(folders.Deadly(target));
        if (options.Fresh)
        {
            Directory.Delete(folders.Corpus(target), recursive: true);
        }

        var status = FuzzStatus.None;
        var (hangs, deaths) = (0, 0);
        for (var round = 0; hangs + deaths < MaxDeaths; round++)
        {
            var left = options.Seconds - status.Seconds;
            if (round > 0 && (options.Executions > 0 || left < 1))
            {
                break;
            }

            var (exit, told, errors) = await ProcessAsync(target, left, options.Seed + round, token);
            status = told.After(status);
            if (exit == 0)
            {
                break;
            }

            var hang = exit == Watcher.HangExitCode;
            hangs += hang ? 1 : 0;
            deaths += hang ? 0 : 1;
            var bytes = InFlight.Left(folders.InFlight(target));
            if (bytes is null)
            {
                // Not an input but the harness or the seeds.
                await Console.Error.WriteLineAsync($"{target}: ended with code {exit} between inputs\n{errors}".AsMemory(), token);
                break;
            }

            folders.SaveCrash(target, bytes, hang ? "hang" : $"process ended with code {exit}\n{errors}");
            await File.AppendAllTextAsync(folders.Deadly(target), FuzzFolders.NameOf(bytes) + "\n", token);
        }

        return new Result(target, status, hangs, deaths);
    }

    private async Task<(int Exit, FuzzStatus Status, string Errors)> ProcessAsync(
        string target,
        double seconds,
        int seed,
        CancellationToken token
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] words =
        [
            Path.Combine(folders.Application, "Noroshi.Fuzz.dll"),
            "run",
            target,
            "--seconds",
            seconds.ToString(CultureInfo.InvariantCulture),
            "--seed",
            seed.ToString(CultureInfo.InvariantCulture),
            .. options.Shared(),
        ];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var errors = process.StandardError.ReadToEndAsync(token);
        var status = FuzzStatus.None;
        while (await process.StandardOutput.ReadLineAsync(token) is { } line)
        {
            status = FuzzStatus.Parse(line) ?? status;
        }

        await process.WaitForExitAsync(token);
        var said = await errors;
        return (process.ExitCode, status, said.Length > 4_000 ? said[..4_000] : said);
    }
}
