using System.Collections;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Noroshi.Hub;
using Noroshi.Hub.Storage;
using Noroshi.Server.Demo;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Hosting.Tls;

namespace Noroshi.Server.Cli;

/// <summary>Options that the verbs of the hub share.</summary>
internal sealed class HubFlags
{
    /// <summary>Makes them in a language.</summary>
    public HubFlags(Speech speech)
    {
        Data = new Option<string?>("--data")
        {
            HelpName = "DIR",
            Description = speech[
                "データフォルダ(既定: NOROSHI_DATA または ~/.local/share/noroshi/data)",
                "data folder (default: NOROSHI_DATA or ~/.local/share/noroshi/data)"
            ],
        };
        MasterKey = new Option<string?>("--master-key")
        {
            HelpName = "F",
            Description = speech[
                "マスターキーのファイル(既定: データフォルダの隣の DIR.master-key)",
                "file of the master key (default: DIR.master-key beside the data folder)"
            ],
        };
    }

    /// <summary><c>--data</c>.</summary>
    public Option<string?> Data { get; }

    /// <summary><c>--master-key</c>.</summary>
    public Option<string?> MasterKey { get; }

    /// <summary>Settings of a verb that does not listen.</summary>
    public HubSettings Settings(ParseResult parsed)
    {
        var data = SettingsReader.DataFolder(parsed.GetValue(Data), Environment.GetEnvironmentVariable);
        return new HubSettings
        {
            DataFolder = data,
            MasterKeyFile = SettingsReader.MasterKey(parsed.GetValue(MasterKey), data, Environment.GetEnvironmentVariable),
        };
    }
}

/// <summary>Why a hub ends.</summary>
internal enum Ending
{
    /// <summary>Somebody asked it to.</summary>
    Asked,

    /// <summary>The disk failed.</summary>
    StoreFailed,

    /// <summary>A part of it ended although nobody asked it to.</summary>
    PartFailed,
}

/// <summary><c>noroshi serve</c>: the hub.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var shared = new HubFlags(speech);
        var config = new Option<string?>("--config")
        {
            HelpName = "F",
            Description = speech["設定ファイル(既定: DIR/noroshi.json)", "configuration file (default: DIR/noroshi.json)"],
        };
        var url = new Option<string?>("--url")
        {
            HelpName = "U",
            Description = speech["待ち受けるアドレス(例 https://0.0.0.0:8443)", "address to listen on (https://0.0.0.0:8443)"],
        };
        var smtp = new Option<string?>("--smtp")
        {
            HelpName = "ADDR:PORT",
            Description = speech["SMTPを待ち受けるアドレス", "address to take mail on"],
        };
        var certificate = new Option<string?>("--tls-cert") { HelpName = "F", Description = speech["証明書(PEM)", "certificate (PEM)"] };
        var key = new Option<string?>("--tls-key") { HelpName = "F", Description = speech["秘密鍵(PEM)", "private key (PEM)"] };
        var command = new Command("serve", speech["ハブを動かす", "run the hub"])
        {
            shared.Data,
            shared.MasterKey,
            config,
            url,
            smtp,
            certificate,
            key,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Errors.Guard(
                    speech,
                    () =>
                        Run(
                            new ServeFlags
                            {
                                Data = parsed.GetValue(shared.Data),
                                MasterKey = parsed.GetValue(shared.MasterKey),
                                Config = parsed.GetValue(config),
                                Url = parsed.GetValue(url),
                                Smtp = parsed.GetValue(smtp),
                                Certificate = parsed.GetValue(certificate),
                                Key = parsed.GetValue(key),
                            },
                            speech,
                            cancellation
                        )
                )
        );
        return command;
    }

    private static async Task<int> Run(ServeFlags flags, Speech speech, CancellationToken cancellation)
    {
        // What asks to end is listened to only when this has returned for the first time, and a start may need to wait for nothing.
        await Task.Yield();
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(one => (string)one.Key);
        var settings = SettingsReader.Read(flags, Environment.GetEnvironmentVariable, variables);
        DemoFolder.RefuseAsHub(settings.DataFolder);
        await using var app = await HubHost.BuildAsync(settings);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Noroshi.Hub");
        await TellAsync(app, settings, speech);
        logger.Running();

        var failure = app.Services.GetRequiredService<IHubStore>().Failure;
        var asked = new TaskCompletionSource();
        await using var signal = cancellation.Register(() => asked.TrySetResult());
        await using var stop = app.Lifetime.ApplicationStopping.Register(() => asked.TrySetResult());
        await Task.WhenAny(failure, asked.Task);
        // Parts of the hub that meet the failure stop the host in the same moment: which of the two was noticed first says nothing.
        var ending = EndingOf(failure.IsCompleted, cancellation.IsCancellationRequested);
        if (ending == Ending.StoreFailed)
        {
            logger.StoreFailed();
        }

        if (WordsOf(ending) is { } words)
        {
            await Console.Error.WriteLineAsync(speech[words.Ja, words.En]);
        }

        logger.Stopping();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await app.StopAsync(patience.Token);
        }
        catch (Exception error) when (ending != Ending.Asked)
        {
            // What ended the hub is said already; a part that cannot end in order adds nothing.
            logger.EndedBadly(error.GetType().Name);
        }

        return ending == Ending.Asked ? ExitCode.Ok : ExitCode.Error;
    }

    /// <summary>Why the hub ends: only when somebody asked for it all is well, and the service manager need not start it again.</summary>
    internal static Ending EndingOf(bool storeFailed, bool asked) =>
        storeFailed ? Ending.StoreFailed
        : asked ? Ending.Asked
        : Ending.PartFailed;

    private static Words? WordsOf(Ending ending) =>
        ending == Ending.StoreFailed
            ? new Words(
                "保存装置が書き込みを守らなかったため停止します。受付番号を返した提供は失われません。ディスクを確かめ、noroshi fsck のあと再び起動してください。",
                "The disk did not keep what it was told to: the hub stops. Provisions that were acknowledged are not lost. Check the disk, run noroshi fsck and start again."
            )
        : ending == Ending.PartFailed
            ? new Words(
                "ハブの一部が予期せず終わったため停止します。受付番号を返した提供は失われません。ログを確かめて再び起動してください。処理は続きから始まります。",
                "A part of the hub ended unexpectedly: the hub stops. Provisions that were acknowledged are not lost. See the log and start again; the work goes on where it was."
            )
        : null;

    /// <summary>Data on stdout: one line. Talk on stderr.</summary>
    private static async Task TellAsync(WebApplication app, HubSettings settings, Speech speech)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("http", bound.FirstOrDefault(one => one.StartsWith("http://", StringComparison.Ordinal)));
            json.WriteString("https", bound.FirstOrDefault(one => one.StartsWith("https://", StringComparison.Ordinal)));
            var others = app.Services.GetServices<BoundAddress>().ToList();
            json.WriteString("smtp", others.FirstOrDefault(one => one.Name == "smtp")?.Text());
            json.WriteEndObject();
        }

        var certificates = app.Services.GetRequiredService<ServerCertificates>();
        if (certificates.AuthorityFingerprint is { } fingerprint)
        {
            var file = Path.Combine(settings.DataFolder, ServerCertificates.AuthorityFile);
            await Console.Error.WriteLineAsync(
                speech[
                    $"自前の認証局の証明書: {file} (SHA-256 {fingerprint})",
                    $"Certificate of the hub's own CA: {file} (SHA-256 {fingerprint})"
                ]
            );
        }

        await Console.Error.WriteLineAsync(speech[$"データフォルダ: {settings.DataFolder}", $"Data folder: {settings.DataFolder}"]);
        await Console.Error.WriteLineAsync(
            speech[
                $"マスターキー: {settings.MasterKeyFile} (控えを別の場所に保管してください。なければデータは誰にも読めません)",
                $"Master key: {settings.MasterKeyFile} (keep a copy elsewhere: without it nobody can read the data)"
            ]
        );
        await Console.Out.WriteLineAsync(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
        await Console.Out.FlushAsync();
    }
}

/// <summary>Errors that have words of their own, made into those and an exit code.</summary>
internal static class Errors
{
    /// <summary>Runs a verb.</summary>
    public static async Task<int> Guard(Speech speech, Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (SettingsException error)
        {
            foreach (var problem in error.Problems)
            {
                await Console.Error.WriteLineAsync(TerminalText.Escape(speech[problem.Ja, problem.En]));
            }

            return ExitCode.Usage;
        }
        catch (MasterKeyException error)
        {
            return await Say(speech["マスターキーの問題です: ", "The master key: "] + error.Message);
        }
        catch (DataFolderException error)
        {
            return await Say(speech["データフォルダを使えません: ", "The data folder cannot be used: "] + error.Message);
        }
        catch (StorageFullException error)
        {
            return await Say(
                speech["ディスクに空きがありません。空けてからもう一度実行してください: ", "No room on the disk; make some and try again: "]
                    + error.Message
            );
        }
        catch (StorageException error)
        {
            return await Say(speech["保存装置の問題です: ", "The store: "] + error.Message);
        }
        catch (IOException error)
        {
            return await Say(speech["続けられません: ", "Cannot go on: "] + error.Message);
        }
    }

    private static async Task<int> Say(string text)
    {
        await Console.Error.WriteLineAsync(TerminalText.Escape(text));
        return ExitCode.Error;
    }
}
