using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Analysis;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Intake.Import;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Jail;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi import PATH</c>: bulk load into a data folder that no hub serves, with the steps run to their end.</summary>
internal static class ImportCommand
{
    /// <summary>Schema of the JSON output.</summary>
    public const string Schema = "noroshi.import/1";

    private const int MostLines = 100;
    private static readonly Argument<string> Folder = new("PATH");
    private static readonly Option<string?> ManifestFile = new("--manifest") { HelpName = "F.jsonl" };
    private static readonly Option<string?> MembersFile = new("--members") { HelpName = "F.json" };
    private static readonly Option<string?> Data = new("--data") { HelpName = "DIR" };
    private static readonly Option<string?> MasterKey = new("--master-key") { HelpName = "F" };
    private static readonly Option<bool> Json = new("--json");
    private static readonly Option<int> PasswordBudget = new("--password-budget") { HelpName = "MS", DefaultValueFactory = _ => 4_000 };

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Folder.Description = speech["取り込むフォルダ", "folder to take in"];
        ManifestFile.Description = speech["マニフェスト(JSON Lines)", "manifest (JSON Lines)"];
        MembersFile.Description = speech["参加組織のファイル(JSON)", "members file (JSON)"];
        Data.Description = speech["データのフォルダ", "data folder"];
        MasterKey.Description = speech["マスター鍵のファイル(データのフォルダの外)", "file of the master keys (outside the data folder)"];
        Json.Description = speech["JSONで出力", "write JSON"];
        PasswordBudget.Description = speech[
            "1通あたりのパスワード探索の予算(CPUミリ秒)",
            "password search budget per mail (CPU milliseconds)"
        ];
        var command = new Command(
            "import",
            speech["メールをまとめて取り込む(再実行できる)", "take many mails in at once (may be run again)"]
        )
        {
            Folder,
            ManifestFile,
            MembersFile,
            Data,
            MasterKey,
            Json,
            PasswordBudget,
        };
        command.SetAction((parsed, cancellation) => Run(parsed, speech, cancellation));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Speech speech, CancellationToken cancellation)
    {
        var named = new[] { parsed.GetValue(ManifestFile), parsed.GetValue(MembersFile) }
            .OfType<string>()
            .FirstOrDefault(file => !File.Exists(file));
        var folder = parsed.GetValue(Folder) ?? "";
        if (named is not null || !Directory.Exists(folder))
        {
            AnalyzeTalk.Say(speech[$"見つかりません: {named ?? folder}", $"not found: {named ?? folder}"]);
            return ExitCode.NotFound;
        }

        try
        {
            return await Work(parsed, folder, speech, cancellation);
        }
        catch (IntakeFileException error)
        {
            AnalyzeTalk.Say(
                speech[$"参加組織のファイルを読めません: {error.Message}", $"the members file cannot be read: {error.Message}"]
            );
            return ExitCode.Error;
        }
        catch (FileNotFoundException error)
        {
            AnalyzeTalk.Say(
                speech[$"解析プロセスを起動できません: {error.Message}", $"the parser process cannot be started: {error.Message}"]
            );
            return ExitCode.Error;
        }
        catch (StorageFullException)
        {
            AnalyzeTalk.Say(
                speech[
                    "ディスクに空きがありません。取り込んだものは残っています。空きを作ってもう一度実行してください。",
                    "no room on the disk. What was taken in is kept; make room and run the import again."
                ]
            );
            return ExitCode.Error;
        }
        catch (StorageException error)
        {
            AnalyzeTalk.Say(
                speech[
                    $"データのフォルダを使えません: {error.Message} (serve の実行中は取り込めません。止めてからもう一度実行してください)",
                    $"the data folder cannot be used: {error.Message} (while serve runs nothing can be imported: stop it and run the import again)"
                ]
            );
            return ExitCode.Error;
        }
        catch (OperationCanceledException)
        {
            AnalyzeTalk.Say(
                speech[
                    "中断しました。取り込んだものは残っています。もう一度実行すると続きから取り込みます。",
                    "Interrupted. What was taken in is kept; run the import again and it goes on from there."
                ]
            );
            return ExitCode.Error;
        }
    }

    private static async Task<int> Work(ParseResult parsed, string folder, Speech speech, CancellationToken cancellation)
    {
        _ = WorkerCommand.Find();
        var membersFile = parsed.GetValue(MembersFile);
        var members = membersFile is null ? null : Members.Read(await File.ReadAllTextAsync(membersFile, cancellation));
        var plan = parsed.GetValue(ManifestFile) is { } manifest
            ? ImportScan.ByManifest(manifest, folder)
            : ImportScan.ByFolder(folder, members);
        using var host = HostFor(parsed);
        await host.Services.GetRequiredService<HubRecords>().LoadAsync(cancellation);
        if (members is not null)
        {
            await host.Services.GetRequiredService<MembersImport>().ApplyAsync(members);
        }

        var run = host.Services.GetRequiredService<ImportRun>();
        if (run.Strangers(plan) is { Count: > 0 } strangers)
        {
            var names = string.Join(", ", strangers.Take(20));
            AnalyzeTalk.Say(
                speech[
                    $"注意: 登録のない組織です({strangers.Count}件)。方向は決められません: {names}",
                    $"Note: organisations that the hub does not know ({strangers.Count}); directions stay unknown: {names}"
                ]
            );
        }

        await host.StartAsync(cancellation);
        long givenUp;
        try
        {
            givenUp = await Follow(run, plan, host, speech, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }

        IReadOnlyList<ImportProblem> problems = [.. plan.Problems, .. run.Problems];
        Say(problems, givenUp, speech);
        Show(run, host.Services.GetRequiredService<HubSituation>(), problems, (parsed.GetValue(Json), givenUp), speech);
        return problems.Count == 0 && givenUp == 0 ? ExitCode.Ok
            : run.Counts.Provisions == 0 ? ExitCode.Error
            : ExitCode.Partly;
    }

    /// <summary>Takes in and waits for the steps; what ends the store or a step ends the import.</summary>
    private static async Task<long> Follow(ImportRun run, ImportPlan plan, IHost host, Speech speech, CancellationToken cancellation)
    {
        var store = host.Services.GetRequiredService<IHubStore>();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation,
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
        );
        var bar = new ImportBar(plan.Provisions.Count, speech);
        try
        {
            var situation = host.Services.GetRequiredService<HubSituation>();
            situation.MoreIsComing = true;
            await run.TakeAsync(plan, bar.Show, stopping.Token);
            situation.MoreIsComing = false;
            var givenUp = await run.FinishAsync(bar.Show, stopping.Token);
            await run.NoteAsync(stopping.Token);
            return givenUp;
        }
        catch (OperationCanceledException) when (store.Failure.IsCompletedSuccessfully)
        {
            throw await store.Failure;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A step ended the host: what ended the step is the message.
            foreach (var step in host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
            {
                await (step.ExecuteTask is { IsFaulted: true } failed ? failed : Task.CompletedTask);
            }

            throw;
        }
        finally
        {
            bar.Clear();
        }
    }

    private static IHost HostFor(ParseResult parsed)
    {
        var data = SettingsReader.DataFolder(parsed.GetValue(Data), Environment.GetEnvironmentVariable);
        var settings = new HubSettings
        {
            DataFolder = data,
            MasterKeyFile = SettingsReader.MasterKey(parsed.GetValue(MasterKey), data, Environment.GetEnvironmentVariable),
        };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.TryAddSingleton(
            new PipelineSettings
            {
                PasswordBudgetMilliseconds = parsed.GetValue(PasswordBudget),
                Manners = new StepManners { Glance = TimeSpan.FromMilliseconds(100) },
            }
        );
        HubHost.AddCore(builder.Services, settings);
        PipelinePart.Add(builder.Services);
        builder.Services.AddSingleton<MembersImport>();
        builder.Services.AddSingleton<ImportRun>();
        return builder.Build();
    }

    private static void Say(IReadOnlyList<ImportProblem> problems, long givenUp, Speech speech)
    {
        foreach (var one in problems.Take(MostLines))
        {
            var place = one.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{line}: ") : "";
            AnalyzeTalk.Say($"{place}{one.File}: {speech[one.Ja, one.En]}");
        }

        if (problems.Count > MostLines)
        {
            var more = problems.Count - MostLines;
            AnalyzeTalk.Say(speech[$"ほか {more} 件も取り込んでいません。", $"{more} more were not taken in."]);
        }

        if (givenUp > 0)
        {
            AnalyzeTalk.Say(
                speech[
                    $"{givenUp} 件は処理できずに保留しました。原本は残っています(serve の /api/v1/steps で見られます)。",
                    $"{givenUp} could not be processed and were set aside; the originals are kept (see /api/v1/steps of serve)."
                ]
            );
        }
    }

    private static void Show(
        ImportRun run,
        HubSituation situation,
        IReadOnlyList<ImportProblem> problems,
        (bool Json, long GivenUp) how,
        Speech speech
    )
    {
        var (provisions, repeated) = run.Counts;
        var current = situation.Current;
        if (!how.Json)
        {
            Console.Out.WriteLine(
                speech[
                    $"情報提供 {provisions} 件(うち取り込み済み {repeated} 件)。ハブ全体: メール {current.Mails.Count} 通、やり取り {current.Conversations.Count} 件、攻撃活動 {current.Campaigns.Count} 件、警告 {current.Warnings.Count} 件。",
                    $"{provisions} provisions ({repeated} of them known already). The hub now holds {current.Mails.Count} mails, {current.Conversations.Count} exchanges, {current.Campaigns.Count} campaigns, {current.Warnings.Count} warnings."
                ]
            );
            return;
        }

        using var stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout, ContractJson.OptionsFor(Console.IsOutputRedirected)))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("provisions", provisions);
            json.WriteNumber("repeated", repeated);
            json.WriteNumber("mails", current.Mails.Count);
            json.WriteNumber("exchanges", current.Conversations.Count);
            json.WriteNumber("campaigns", current.Campaigns.Count);
            json.WriteNumber("warnings", current.Warnings.Count);
            json.WriteNumber("quarantined", how.GivenUp);
            json.WriteStartArray("problems");
            foreach (var one in problems)
            {
                json.WriteStartObject();
                if (one.Line is { } line)
                {
                    json.WriteNumber("line", line);
                }
                else
                {
                    json.WriteNull("line");
                }

                json.WriteString("file", one.File);
                json.WriteString("ja", one.Ja);
                json.WriteString("en", one.En);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}

/// <summary>How far an import is, on standard error and only when a person looks at it.</summary>
internal sealed class ImportBar(int provisions, Speech speech)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private readonly bool _shown = !Console.IsErrorRedirected;
    private readonly Lock _gate = new();
    private long _last = TimeProvider.System.GetTimestamp();

    public void Show(ImportProgress progress)
    {
        if (!_shown)
        {
            return;
        }

        lock (_gate)
        {
            if (TimeProvider.System.GetElapsedTime(_last) < Every)
            {
                return;
            }

            _last = TimeProvider.System.GetTimestamp();
            var left = progress.Remaining < 0 ? "" : speech[$" 処理待ち {progress.Remaining}", $", {progress.Remaining} to be processed"];
            var text = speech[$"受付 {progress.Provisions}/{provisions}", $"taken in {progress.Provisions}/{provisions}"];
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{text}{left}\u001b[K"));
        }
    }

    public void Clear()
    {
        if (_shown)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
