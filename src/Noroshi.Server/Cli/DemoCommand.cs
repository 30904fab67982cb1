using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Noroshi.Server.Demo;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi demo</c>: builds the story world in a fresh folder and serves it, on this machine only.</summary>
internal static class DemoCommand
{
    private const int UsualPort = 8080;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var data = new Option<string?>("--data")
        {
            HelpName = "DIR",
            Description = speech[
                "デモのデータフォルダ(既定: 新しい一時フォルダ。作成済みのデモはそのまま開く)",
                "data folder of the demo (default: a new temporary folder; a demo that is there is served again)"
            ],
        };
        var url = new Option<string?>("--url")
        {
            HelpName = "U",
            Description = speech["待ち受けるアドレス(ループバックのみ)", "address to listen on (loopback only)"],
        };
        var command = new Command(
            "demo",
            speech["架空の2012・2013年度の世界を作って動かす", "build the invented world of fiscal 2012 and 2013 and serve it"]
        )
        {
            data,
            url,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Errors.Guard(speech, () => RunAsync(SettingsOf(parsed.GetValue(data), parsed.GetValue(url)), speech, cancellation))
        );
        return command;
    }

    /// <summary>Settings of a demo. Nothing of the environment or of a configuration file is read: those are a real hub's.</summary>
    /// <exception cref="SettingsException">The folder holds something else, or the address is not of this machine alone.</exception>
    internal static HubSettings SettingsOf(string? data, string? url)
    {
        var folder = Path.GetFullPath(data ?? Path.Combine(Directory.CreateTempSubdirectory("noroshi-demo-").FullName, "data"));
        var settings = new HubSettings
        {
            DataFolder = folder,
            MasterKeyFile = Path.TrimEndingDirectorySeparator(folder) + ".master-key",
            Url = url ?? $"http://127.0.0.1:{(IsFree(UsualPort) ? UsualPort : 0)}",
            Options = new HubOptions { Log = new LogOptions { Level = "error" } },
        };
        if (ListenAddress.Read(settings).Any(one => !IPAddress.IsLoopback(one.Point.Address)))
        {
            throw Refused(
                "--url: デモはこの機械の中(ループバック)だけで動きます。127.0.0.1 か localhost を指定してください。",
                "--url: the demo is served on this machine only; name 127.0.0.1 or localhost."
            );
        }

        return DemoFolder.KindOf(folder) switch
        {
            DemoFolderKind.Fresh or DemoFolderKind.Whole => settings,
            DemoFolderKind.Unfinished => throw Refused(
                $"{folder} のデモは作成の途中で止まっています。フォルダを消してもう一度実行するか、別のフォルダを指定してください。",
                $"The demo in {folder} was interrupted while it was built. Remove the folder and try again, or name another."
            ),
            DemoFolderKind.Foreign => throw Refused(
                $"{folder} は空ではなく、デモのデータでもありません。何も変更していません。空のフォルダを指定してください。",
                $"{folder} is neither empty nor a demo's. Nothing was changed; name an empty folder."
            ),
        };
    }

    private static SettingsException Refused(string ja, string en) => new([new OptionProblem("", ja, en)]);

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<int> RunAsync(HubSettings settings, Speech speech, CancellationToken cancellation)
    {
        await Task.Yield();
        var story = DemoFolder.KindOf(settings.DataFolder) == DemoFolderKind.Fresh ? DemoStory.Whole() : null;
        if (story is not null)
        {
            DemoFolder.Mark(settings.DataFolder, whole: false);
        }

        await using var app = await DemoHost.BuildAsync(settings, story);
        await app.StartAsync(cancellation);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First() ?? "";
        var talk = new DemoTalk(app.Services, address, settings.DataFolder, speech);
        await talk.BeginsAsync();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        var whole = story is null;
        try
        {
            if (story is not null)
            {
                await talk.FollowAsync(app.Services.GetRequiredService<DemoWorld>().BuildAsync(story, both.Token));
                DemoFolder.Mark(settings.DataFolder, whole: true);
                whole = true;
            }

            app.Services.GetRequiredService<DemoState>().Complete = true;
            await talk.ServesAsync(both.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or DemoFailedException)
        {
            // Somebody ended it, or a part of the hub did; the folder's mark says whether it is whole.
            await talk.EndsAsync(whole, asked: cancellation.IsCancellationRequested);
        }

        using var patience = new CancellationTokenSource(Patience);
        await app.StopAsync(patience.Token);
        return cancellation.IsCancellationRequested ? ExitCode.Ok : ExitCode.Error;
    }
}
