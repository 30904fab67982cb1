using System.Diagnostics;
using Noroshi.Server.Reports.Outputs;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Reports;

/// <summary>Programs that tests of reports need. Missing: the test is skipped, but fails where CI is set.</summary>
internal static class Tools
{
    /// <summary>The browser.</summary>
    public static Chromium Browser(string? temporary = null) => new(There(ChromiumProgram.Find(), "chromium"), TimeProvider.System, temporary);

    /// <summary>What a program of poppler says of a PDF.</summary>
    public static async Task<string> PopplerAsync(byte[] pdf, string program, params string[] options)
    {
        var path = There(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists),
            program
        );
        var file = Path.Combine(Path.GetTempPath(), $"noroshi-{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            string[] arguments = program == "pdftotext" ? [.. options, file, "-"] : [.. options, file];
            var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start).ShouldNotBeNull();
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            return said;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string There(string? path, string name)
    {
        if (path is null)
        {
            if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal))
            {
                Assert.Fail($"{name} is not installed");
            }

            Assert.Skip($"{name} is not installed");
        }

        return path;
    }
}
