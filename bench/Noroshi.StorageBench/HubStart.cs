using System.Diagnostics;
using System.Globalization;

namespace Noroshi.StorageBench;

/// <summary><c>noroshi serve</c> on an empty folder: how long until it listens, and the setup token.</summary>
internal static class HubStart
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>So many new hubs, each killed and started a second time.</summary>
    public static async Task<(string Row, bool Good)> RunAsync(HubBuild build, int starts)
    {
        var (empty, again, processor) = (new List<double>(), new List<double>(), new List<double>());
        var tokens = 0;
        for (var i = 0; i < starts; i++)
        {
            var folder = Path.Combine(build.Places.Root, i.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(Path.Combine(folder, "keys"));
            var one = build with { Places = new Places(folder) };
            var token = Path.Combine(one.Places.Data, "setup-token");
            using (var hub = await HubProcess.StartAsync(one))
            {
                empty.Add(hub.StartUp.TotalSeconds);
                processor.Add(hub.Process.TotalProcessorTime.TotalSeconds);
                var text = (await File.ReadAllTextAsync(token)).Trim();
                hub.KillNow(withChildren: true);
                await hub.Process.WaitForExitAsync();
                tokens +=
                    text.Length >= 40
                    && (await hub.Errors).Contains(text, StringComparison.Ordinal)
                    && File.GetUnixFileMode(token) == OwnerOnly
                        ? 1
                        : 0;
            }

            using (var hub = await HubProcess.StartAsync(one))
            {
                again.Add(hub.StartUp.TotalSeconds);
                await hub.EndAsync();
            }
        }

        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## Start on an empty folder

            {starts} new folders, `{Path.GetFileName(build.Executable)}`: listening after {HubSoak.Times(
                empty
            )} (processor time {HubSoak.Times(processor)}), on the folder that was left by a kill
            after {HubSoak.Times(again)}. Setup token on stderr and in a file of the owner alone: {tokens} of {starts}.

            """
        );
        return (row, tokens == starts);
    }
}
