using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>The systemd unit that administrators install.</summary>
public sealed class UnitFileTests
{
    private const string Unit = "deploy/noroshi.service";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static List<(string Section, string Name, string Value)> Options
    {
        get
        {
            var options = new List<(string, string, string)>();
            var section = "";
            foreach (var line in Repository.Read(Unit).Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
            {
                if (line[0] == '[')
                {
                    section = line.Trim('[', ']');
                    continue;
                }

                var equals = line.IndexOf('=', StringComparison.Ordinal);
                equals.ShouldBeGreaterThan(0, line);
                options.Add((section, line[..equals], line[(equals + 1)..]));
            }

            return options;
        }
    }

    [Theory]
    [InlineData("NoNewPrivileges", "yes")]
    [InlineData("ProtectSystem", "strict")]
    [InlineData("ProtectHome", "yes")]
    [InlineData("PrivateTmp", "yes")]
    [InlineData("PrivateDevices", "yes")]
    [InlineData("ProtectProc", "invisible")]
    [InlineData("ProtectKernelTunables", "yes")]
    [InlineData("ProtectKernelModules", "yes")]
    [InlineData("ProtectKernelLogs", "yes")]
    [InlineData("ProtectControlGroups", "yes")]
    [InlineData("RestrictNamespaces", "yes")]
    [InlineData("RestrictSUIDSGID", "yes")]
    [InlineData("LockPersonality", "yes")]
    [InlineData("UMask", "0077")]
    [InlineData("StateDirectoryMode", "0700")]
    [InlineData("LimitCORE", "0")]
    [InlineData("User", "noroshi")]
    [InlineData("CapabilityBoundingSet", "CAP_NET_BIND_SERVICE")]
    [InlineData("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX")]
    [InlineData("SystemCallArchitectures", "native")]
    [InlineData("Restart", "on-failure")]
    [InlineData("OOMPolicy", "continue")]
    public void The_unit_gives_the_service_no_more_than_it_needs(string name, string value) =>
        Options.Where(option => option.Section == "Service" && option.Name == name).Select(option => option.Value).ShouldBe([value]);

    [Fact]
    public void The_filter_of_system_calls_leaves_the_hub_what_jails_its_workers()
    {
        var filters = Options.Where(option => option.Name == "SystemCallFilter").Select(option => option.Value).ToList();
        filters[0]
            .Split(' ')
            .ShouldBe(["@system-service", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"]);
        // Limits of the workers (prlimit) are in @resources.
        filters.Skip(1).ShouldAllBe(filter => filter.StartsWith('~') && !filter.Contains("@resources", StringComparison.Ordinal));
        // The compiler of the runtime writes code.
        Options.ShouldContain(("Service", "MemoryDenyWriteExecute", "no"));
    }

    [Fact]
    public void Keys_come_as_credentials_under_the_name_that_the_hub_looks_for()
    {
        var credentials = Options.Where(option => option.Name == "LoadCredential").Select(option => option.Value.Split(':')[0]).ToList();
        credentials.ShouldContain(Noroshi.Storage.Keys.MasterKeyFile.CredentialName, StringComparer.Ordinal);
        // The file itself stays closed to the service.
        Options.Single(option => option.Name == "InaccessiblePaths").Value.ShouldContain("/etc/noroshi/master-key");
    }

    [Fact]
    public async Task Systemd_knows_every_option_of_the_unit()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed");
        var copy = Path.Combine(Directory.CreateTempSubdirectory("noroshi-unit-").FullName, "noroshi.service");
        try
        {
            // The program is not installed where the tests run.
            await File.WriteAllTextAsync(
                copy,
                Repository.Read(Unit).Replace("/usr/lib/noroshi/noroshi", "/bin/true", StringComparison.Ordinal),
                Cancel
            );
            (await VerifyAsync(copy)).ShouldBe((0, ""));
            await File.AppendAllTextAsync(copy, "\n[Service]\nProtectSystems=strict\n", Cancel);
            (await VerifyAsync(copy)).Said.ShouldContain("ProtectSystems");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(copy) ?? copy, recursive: true);
        }
    }

    private static async Task<(int Code, string Said)> VerifyAsync(string unit)
    {
        using var process =
            Process.Start(
                new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", "--recursive-errors=no", unit])
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                }
            ) ?? throw new InvalidOperationException("systemd-analyze did not start");
        var said = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, said.Trim());
    }
}
