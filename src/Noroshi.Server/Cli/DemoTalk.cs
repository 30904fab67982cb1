using System.Globalization;
using Noroshi.Server.Demo;

namespace Noroshi.Server.Cli;

/// <summary>What <c>demo</c> says: address and links on standard output, everything else on standard error.</summary>
internal sealed class DemoTalk(IServiceProvider services, string address, string folder, Speech speech)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InFile = TimeSpan.FromSeconds(10);
    private readonly DemoState _state = services.GetRequiredService<DemoState>();

    /// <summary>The address answers.</summary>
    public async Task BeginsAsync()
    {
        await Console.Out.WriteLineAsync(address + "/");
        await Console.Out.FlushAsync();
        await SayAsync(
            "デモです。組織・人物・メールはすべて架空です。実際の情報を入力しないでください。",
            "This is a demo: every organisation, person and mail is invented. Enter nothing real."
        );
        await SayAsync($"データフォルダ: {folder}", $"Data folder: {folder}");
    }

    /// <summary>Says how far the world is until it is whole.</summary>
    public async Task FollowAsync(Task building)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var last = "";
        do
        {
            await Task.WhenAny(building, Task.Delay(Console.IsErrorRedirected ? InFile : OnTerminal));
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{speech["構築中: 情報提供", "Being built: provisions"]} {_state.ProvisionsDone}/{_state.Provisions}, {speech["情報共有", "shares"]} {_state.SharesDone}/{_state.Shares}"
            );
            if (line != last && !building.IsFaulted)
            {
                await Console.Error.WriteLineAsync(line);
                last = line;
            }
        } while (!building.IsCompleted);

        await building;
        var took = TimeProvider.System.GetElapsedTime(begin).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        await SayAsync($"世界ができました({took}秒)。", $"The world is complete ({took} s).");
    }

    /// <summary>Shows the links; new ones whenever somebody presses Enter.</summary>
    public async Task ServesAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await LinksAsync();
            if (Console.IsInputRedirected)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            if (await Task.Run(Console.In.ReadLine, cancellation).WaitAsync(cancellation) is null)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
        }
    }

    /// <summary>Says how it ended, when there is something to do about it.</summary>
    public async Task EndsAsync(bool whole, bool asked)
    {
        if (!asked)
        {
            await SayAsync(
                "ハブの一部が予期せず終わったため停止します。フォルダの空き容量を確かめ、もう一度実行してください。",
                "A part of the hub ended unexpectedly: the demo stops. Check the room on the disk and try again."
            );
        }

        if (!whole)
        {
            await SayAsync(
                $"世界は作成の途中です。{folder} は使えないので消してください。",
                $"The world was not finished: {folder} is of no use and may be removed."
            );
        }
    }

    private async Task LinksAsync()
    {
        var links = services.GetRequiredService<DemoLinks>();
        foreach (var role in services.GetRequiredService<DemoPeople>().Shown())
        {
            await Console.Out.WriteLineAsync(
                $"{role.Code}\t{address}{DemoPart.SignInPath}{links.Make(role.User)}\t{role.Title.In(speech.Japanese)}"
            );
        }

        await Console.Out.FlushAsync();
        await SayAsync(
            "各リンクは1回だけ、60分以内に使えます。Enterキーで新しいリンクを表示し、Ctrl+Cで終了します。",
            "Each link signs in once, within 60 minutes. Enter shows new ones; Ctrl+C ends the demo."
        );
    }

    private Task SayAsync(string ja, string en) => Console.Error.WriteLineAsync(speech[ja, en]);
}
