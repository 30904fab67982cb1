using System.Diagnostics;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Server.Pipeline.Jail;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

public sealed class JailReportTests
{
    private static readonly WorkerHello Full = new()
    {
        Protocol = WorkerHello.CurrentProtocol,
        Build = "jit",
        Landlock = true,
        Seccomp = true,
        Limits = true,
        NoNewPrivileges = true,
        FileProbeBlocked = true,
        SocketProbeBlocked = true,
        Missing = [],
    };

    [Fact]
    public void All_mechanisms_give_grade_a() => JailReport.From(7, true, Full).Grade.ShouldBe(JailGrade.A);

    [Fact]
    public void A_missing_mechanism_lowers_the_grade_and_says_why()
    {
        Grade(JailReport.From(0, false, Full with { Landlock = false })).ShouldBe(JailGrade.B);
        Grade(JailReport.From(7, false, Full)).ShouldBe(JailGrade.B);
        Grade(JailReport.From(7, true, Full with { Seccomp = false, SocketProbeBlocked = false, Missing = ["seccomp"] }))
            .ShouldBe(JailGrade.B);
        Grade(JailReport.From(7, true, Full with { SocketProbeBlocked = false })).ShouldBe(JailGrade.B);
        Grade(JailReport.From(7, true, Full with { Limits = false, Missing = ["rlimit"] })).ShouldBe(JailGrade.B);
        Grade(JailReport.From(0, false, Full with { Landlock = false, Seccomp = false })).ShouldBe(JailGrade.C);

        static JailGrade Grade(JailReport report)
        {
            report.Missing.ShouldNotBeEmpty();
            return report.Grade;
        }
    }

    [Fact]
    public void A_worker_born_without_landlock_says_so_and_still_closes_the_filter()
    {
        var command = Builds.Command("jit");
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");
        using var process = Process.Start(start).ShouldNotBeNull();
        var prefix = new byte[WireProtocol.FramePrefix];
        process.StandardOutput.BaseStream.ReadExactly(prefix);
        WireProtocol.TryReadFramePrefix(prefix, out var kind, out var length).ShouldBeTrue();
        kind.ShouldBe(FrameKind.Hello);
        var payload = new byte[length];
        process.StandardOutput.BaseStream.ReadExactly(payload);
        process.StandardInput.Close();
        process.WaitForExit();
        var hello = WireJson.ReadHello(payload).ShouldNotBeNull();
        hello.Landlock.ShouldBeFalse();
        hello.Missing.ShouldNotBeEmpty();
        if (hello.Seccomp)
        {
            hello.FileProbeBlocked.ShouldBeTrue();
            hello.SocketProbeBlocked.ShouldBeTrue();
            JailReport.From(0, false, hello).Grade.ShouldBe(JailGrade.B);
        }
    }
}
