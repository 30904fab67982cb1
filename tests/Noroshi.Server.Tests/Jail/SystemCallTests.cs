using System.Diagnostics;
using System.Text.RegularExpressions;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

/// <summary>What a worker asks of the kernel, seen from outside.</summary>
public sealed partial class SystemCallTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noroshi-strace");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Dissecting_writes_no_file_and_calls_no_network()
    {
        if (!File.Exists("/usr/bin/strace"))
        {
            Assert.Skip("strace is not installed");
        }

        var log = Path.Combine(_folder.FullName, "log");
        var command = Builds.Command("jit");
        var start = new ProcessStartInfo("/usr/bin/strace", ["-f", "-y", "-o", log, command.Program, .. command.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start).ShouldNotBeNull();
        var header = WireJson.Write(new DissectionRequest());
        var raw = "Subject: a\r\n\r\nb\r\n"u8.ToArray();
        var prefix = new byte[WireProtocol.RequestPrefix];
        WireProtocol.WriteRequestPrefix(prefix, header.Length, raw.Length);
        await process.StandardInput.BaseStream.WriteAsync((byte[])[.. prefix, .. header, .. raw], TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        _ = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        var hello = Array.FindIndex(lines, line => line.Contains("write(1<", StringComparison.Ordinal));
        hello.ShouldBeGreaterThan(0);
        lines.Skip(hello + 1).Any(line => line.Contains("write(1<", StringComparison.Ordinal)).ShouldBeTrue("facts were sent");

        // The runtime writes the names of its own threads there; Landlock, which strace cannot start under, refuses even that.
        lines.Where(line => OpensForWriting().IsMatch(line) && !NameOfThread().IsMatch(line)).ShouldBeEmpty();

        // Up to the hello the worker tries once whether it can make a socket, and must not be able to.
        lines.Where(line => Network().IsMatch(line) && !line.Contains("EPERM", StringComparison.Ordinal)).ShouldBeEmpty();
        lines.Skip(hello).Where(line => Network().IsMatch(line)).ShouldBeEmpty();
    }

    [GeneratedRegex(@" open(at2?)?\(.*(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND).* = \d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpensForWriting();

    [GeneratedRegex(@" (socket|connect|bind|listen|sendto|sendmsg|recvfrom|recvmsg)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Network();

    [GeneratedRegex(@"""/proc/self/task/\d+/comm"", O_RDWR\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameOfThread();
}
