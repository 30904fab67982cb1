using System.Diagnostics;
using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.Server.Pipeline.Jail;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

/// <summary>Figures for people, asked for with <c>-explicit only</c>.</summary>
public sealed class WorkerTimings
{
    [Theory(Explicit = true)]
    [InlineData("jit")]
    [InlineData("r2r")]
    [InlineData("aot")]
    public async Task Start_and_reuse(string build)
    {
        var command = Builds.Command(build);
        var mail = Encoding.ASCII.GetBytes("Subject: a\r\n\r\n" + new string('x', 5_000));
        var header = MailAnatomy.Wire.WireJson.Write(new DissectionRequest());
        var fresh = new List<double>();
        using (var spawner = new Spawner(command))
        {
            for (var i = 0; i < 20; i++)
            {
                var watch = Stopwatch.StartNew();
                using var worker = WorkerProcess.Start(spawner, command);
                worker.ReadHello().ShouldBeTrue();
                worker.Send(header, mail);
                worker.ReadFrame().ShouldNotBeNull();
                fresh.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        await using var pool = new WorkerPool(command, new WorkerLimits { Workers = 1 }, TimeProvider.System);
        _ = await pool.DissectAsync(mail, new DissectionRequest(), "tests", TestContext.Current.CancellationToken);
        const int rounds = 3_000;
        var all = Stopwatch.StartNew();
        for (var i = 0; i < rounds; i++)
        {
            _ = await pool.DissectAsync(mail, new DissectionRequest(), "tests", TestContext.Current.CancellationToken);
        }

        fresh.Sort();
        TestContext.Current.SendDiagnosticMessage(
            $"{build}: fresh {fresh[fresh.Count / 2]:F1} ms (min {fresh[0]:F1}), reused {all.Elapsed.TotalMilliseconds / rounds:F3} ms a mail"
        );
    }
}
