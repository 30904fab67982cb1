using System.Text;
using Noroshi.Server.Pipeline.Jail;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

public sealed class EscapeProbeTests
{
    [Theory]
    [InlineData("jit")]
    [InlineData("r2r")]
    [InlineData("aot")]
    public void At_grade_a_every_escape_is_blocked(string build)
    {
        var command = Builds.Command(build);
        using var spawner = new Spawner(command);
        using var worker = WorkerProcess.Start(spawner, command, "--probe");
        worker.ReadHello().ShouldBeTrue();
        var hello = worker.Hello.ShouldNotBeNull();
        hello.Build.ShouldBe(build);
        var report = JailReport.From(spawner.LandlockAbi, spawner.LandlockHolds, hello);
        if (report.Grade != JailGrade.A)
        {
            Assert.Skip($"This machine gives grade {report.Grade}: {string.Join("; ", report.Missing)}");
        }

        var lines = Encoding.ASCII.GetString(worker.ReadRest()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        worker.End().ShouldBe("exit code 0");
        lines.Length.ShouldBe(ProbeCount);
        lines.Where(line => !line.Contains(" blocked ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_jail_the_same_probes_get_through()
    {
        var command = Builds.Command("jit");
        var start = new System.Diagnostics.ProcessStartInfo(command.Program, [.. command.Arguments, "--probe-unjailed"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        start.Environment.Remove("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");
        using var process = System.Diagnostics.Process.Start(start).ShouldNotBeNull();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        lines.Length.ShouldBe(ProbeCount);
        lines.Count(line => line.Contains(" open ", StringComparison.Ordinal)).ShouldBeGreaterThan(30);
    }

    private const int ProbeCount = 82;
}
