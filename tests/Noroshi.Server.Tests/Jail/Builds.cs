using Noroshi.Server.Pipeline.Jail;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

/// <summary>The worker in its builds. The ordinary one stands beside the tests; the script names the published ones.</summary>
internal static class Builds
{
    public static WorkerCommand Command(string build) => WorkerCommand.For(Path(build));

    private static string Path(string build)
    {
        if (build == "jit")
        {
            return System.IO.Path.Combine(AppContext.BaseDirectory, "worker", "noroshi-worker.dll");
        }

        var variable = $"NOROSHI_WORKER_{build.ToUpperInvariant()}";
        var path = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(path))
        {
            Assert.Skip($"{variable} is not set (./noroshi test sets it for what it built)");
        }

        return path;
    }
}
