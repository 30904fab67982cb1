using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Cli;

/// <summary>Starts the workers of a command and says openly how well they are jailed.</summary>
internal static class Workers
{
    /// <summary>A pool, or null after saying why there is none.</summary>
    public static WorkerPool? Start(bool strict, Speech speech)
    {
        try
        {
            var pool = new WorkerPool(WorkerCommand.Find(), new WorkerLimits(), TimeProvider.System);
            if (strict)
            {
                var report = pool.ReportAsync().GetAwaiter().GetResult();
                if (report.Grade != JailGrade.A)
                {
                    Console.Error.WriteLine(
                        speech[
                            $"隔離の等級が{report.Grade}のため中止しました: {string.Join("; ", report.Missing)}",
                            $"stopped: isolation grade {report.Grade}: {string.Join("; ", report.Missing)}"
                        ]
                    );
                    pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
                    return null;
                }
            }

            return pool;
        }
        catch (Exception error) when (error is JailException or FileNotFoundException)
        {
            Console.Error.WriteLine(
                speech[$"解析プロセスを起動できません: {error.Message}", $"the parser process cannot be started: {error.Message}"]
            );
            return null;
        }
    }

    /// <summary>Warns when the jail is not the strictest; nothing is said at grade A.</summary>
    public static async Task WarnBelowA(WorkerPool pool, Speech speech)
    {
        var report = await pool.ReportAsync();
        if (report.Grade != JailGrade.A)
        {
            await Console.Error.WriteLineAsync(
                speech[
                    $"注意: 解析プロセスの隔離は等級{report.Grade}です({string.Join("; ", report.Missing)})。",
                    $"Note: the parser process is isolated at grade {report.Grade} only ({string.Join("; ", report.Missing)})."
                ]
            );
        }
    }
}
