using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Storage;
using Noroshi.Storage.Backups;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Keys;

namespace Noroshi.Server.Cli;

/// <summary>
/// Care of the hub: <c>fsck</c>, <c>backup F</c>, <c>restore F</c>. While the hub runs the first two go through it (its control socket), otherwise they open the
/// folder themselves.
/// </summary>
internal static class CareCommands
{
    /// <summary><c>noroshi fsck</c>.</summary>
    public static Command Fsck(Speech speech)
    {
        var flags = new HubFlags(speech);
        var json = Json(speech);
        var sweep = new Option<bool>("--sweep")
        {
            Description = speech["どこからも参照されないファイルを消す", "remove files that nothing refers to"],
        };
        var command = new Command("fsck", speech["保存されている全てを調べる", "check everything that is stored"])
        {
            flags.Data,
            flags.MasterKey,
            json,
            sweep,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Errors.Guard(
                    speech,
                    async () =>
                    {
                        var settings = flags.Settings(parsed);
                        var swept = parsed.GetValue(sweep);
                        var report = await ThroughAsync(settings, "fsck", swept ? "sweep" : null, cancellation);
                        if (report is null)
                        {
                            RequireStore(settings, speech);
                            await using var store = HubHost.OpenStore(
                                settings,
                                TimeProvider.System,
                                options => options with { AcceptJournalMismatch = true }
                            );
                            report = Read(
                                CareJson.Write(await StoreCheck.RunAsync(store, new FsckOptions { Sweep = swept }, cancellation))
                            );
                        }

                        return Show(report.Value, parsed.GetValue(json), speech);
                    }
                )
        );
        return command;
    }

    /// <summary><c>noroshi backup F</c>.</summary>
    public static Command Backup(Speech speech)
    {
        var flags = new HubFlags(speech);
        var json = Json(speech);
        var target = new Argument<string>("F") { Description = speech["作るフォルダ(まだないこと)", "folder to make; must not exist"] };
        var command = new Command("backup", speech["控えを作る(動作中でもよい)", "make a backup, also while the hub runs"])
        {
            target,
            flags.Data,
            flags.MasterKey,
            json,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Errors.Guard(
                    speech,
                    async () =>
                    {
                        var settings = flags.Settings(parsed);
                        var folder = Path.GetFullPath(parsed.GetRequiredValue(target));
                        var made = await ThroughAsync(settings, "backup", folder, cancellation);
                        if (made is null)
                        {
                            RequireStore(settings, speech);
                            await using var store = HubHost.OpenStore(settings, TimeProvider.System);
                            made = Read(CareJson.Write(await CareWork.BackupAsync(store, folder, cancellation)));
                        }

                        return Show(made.Value, parsed.GetValue(json), speech);
                    }
                )
        );
        return command;
    }

    /// <summary><c>noroshi restore F</c>.</summary>
    public static Command Restore(Speech speech)
    {
        var flags = new HubFlags(speech);
        var json = Json(speech);
        var source = new Argument<string>("F") { Description = speech["控えのフォルダ", "folder of the backup"] };
        var rebuild = new Option<bool>("--register-is-lost")
        {
            Description = speech[
                "消去の台帳が永久に失われたとき: 控えのあとの消去は分からなくなる",
                "the register of erasures is lost for good: what was erased after the backup will not be known"
            ],
        };
        var command = new Command("restore", speech["控えを空のデータフォルダに戻す", "restore a backup into an empty data folder"])
        {
            source,
            flags.Data,
            flags.MasterKey,
            json,
            rebuild,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Errors.Guard(
                    speech,
                    async () =>
                    {
                        var backup = Path.GetFullPath(parsed.GetRequiredValue(source));
                        if (!Directory.Exists(backup))
                        {
                            await Console.Error.WriteLineAsync(
                                speech[$"控えが見つかりません: {backup}", $"there is no backup at {backup}"]
                            );
                            return ExitCode.NotFound;
                        }

                        var settings = flags.Settings(parsed);
                        var options = new StoreOptions
                        {
                            DataFolder = settings.DataFolder,
                            Keys = MasterKeyFile.Load(settings.MasterKeyFile, settings.DataFolder),
                            ErasureRegister = SettingsReader.ErasureRegister(settings),
                            RebuildRegister = parsed.GetValue(rebuild),
                        };
                        var report = await StoreRestore.RunAsync(backup, options, Noroshi.Hub.Identity.Actor.System.Id, cancellation);
                        return Show(Read(CareJson.Write(report)), parsed.GetValue(json), speech);
                    }
                )
        );
        return command;
    }

    private static Option<bool> Json(Speech speech) => new("--json") { Description = speech["JSONで出力", "write JSON"] };

    private static void RequireStore(HubSettings settings, Speech speech)
    {
        if (!File.Exists(Path.Combine(settings.DataFolder, "noroshi.db")))
        {
            throw new DataFolderException(
                speech[$"{settings.DataFolder} にハブのデータがありません。", $"there is no hub's data in {settings.DataFolder}."]
            );
        }
    }

    private static async Task<JsonElement?> ThroughAsync(HubSettings settings, string verb, string? target, CancellationToken cancellation)
    {
        var answer = await ControlSocket.AskAsync(settings.DataFolder, verb, target, cancellation);
        return answer is { } told && told.TryGetProperty("error", out var error)
            ? throw new StorageException(error.GetString() ?? "")
            : answer;
    }

    private static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static int Show(JsonElement result, bool json, Speech speech)
    {
        var clean = !result.TryGetProperty("clean", out var said) || said.GetBoolean();
        if (json)
        {
            Console.Out.WriteLine(result.GetRawText());
            return clean ? ExitCode.Ok : ExitCode.Error;
        }

        foreach (var count in result.GetProperty("counts").EnumerateObject())
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name(count.Name, speech)}: {count.Value.GetInt64()}"));
        }

        if (result.TryGetProperty("problems", out var problems))
        {
            foreach (var problem in problems.EnumerateArray())
            {
                Console.Out.WriteLine(
                    TerminalText.Escape($"{problem.GetProperty("code").GetString()}: {problem.GetProperty("detail").GetString()}")
                );
            }

            var count = result.GetProperty("problemCount").GetInt64();
            Console.Out.WriteLine(clean ? speech["異常なし", "clean"] : speech[$"問題: {count}件", $"problems: {count}"]);
        }

        return clean ? ExitCode.Ok : ExitCode.Error;
    }

    private static string Name(string count, Speech speech) =>
        count switch
        {
            "provisions" => speech["提供", "Provisions"],
            "evidence" => speech["証拠", "Evidence"],
            "erasedEvidence" => speech["消去済みの証拠", "Erased evidence"],
            "documents" => speech["文書", "Documents"],
            "erasedDocuments" => speech["消去済みの文書", "Erased documents"],
            "journalRecords" => speech["監査記録", "Journal records"],
            "secrets" => speech["秘密情報", "Secrets"],
            _ => count,
        };
}
