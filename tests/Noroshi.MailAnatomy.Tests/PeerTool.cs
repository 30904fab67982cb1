using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests;

/// <summary>Programs of others that results are compared with. Missing: the test is skipped, but fails where CI is set.</summary>
internal static class PeerTool
{
    /// <summary>Runs the program and gives its standard output; a temporary folder is its working folder.</summary>
    public static byte[] Run(string folder, string program, params string[] arguments)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Append("/sbin")
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal))
            {
                Assert.Fail($"{program} is not installed");
            }

            Assert.Skip($"{program} is not installed");
        }

        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start).ShouldNotBeNull();
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit(60_000).ShouldBeTrue();
        process.ExitCode.ShouldBe(0, errors.Result);
        return output.ToArray();
    }

    /// <summary>Runs work in a folder of its own that is removed afterwards.</summary>
    public static void InFolder(Action<string> work)
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-peer-").FullName;
        try
        {
            work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
