using System.CommandLine;
using System.Runtime;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
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
    private static readonly Argument<string> Folder = new("PATH");
    private static readonly Option<string?> ManifestFile = new("--manifest") { HelpName = "F.jsonl" };
    private static readonly Option<string?> MembersFile = new("--members") { HelpName = "F.json" };
    private static readonly Option<bool> Json = new("--json");
    private static readonly Option<int> PasswordBudget = new("--password-budget") { HelpName = "MS", DefaultValueFactory = _ => 4_000 };

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Folder.Description = speech["取り込むフォルダ", "folder to take in"];
        ManifestFile.Description = speech["マニフェスト(JSON Lines)", "manifest (JSON Lines)"];
        MembersFile.Description = speech["参加組織のファイル(JSON)", "members file (JSON)"];
        Json.Description = speech["JSONで出力", "write JSON"];
        PasswordBudget.Description = speech[
            "1通あたりのパスワード探索の予算(CPUミリ秒)",
            "password search budget per mail (CPU milliseconds)"
        ];
        var flags = new HubFlags(speech);
        var command = new Command(
            "import",
            speech["メールをまとめて取り込む(再実行できる)", "take many mails in at once (may be run again)"]
        )
        {
            Folder,
            ManifestFile,
            MembersFile,
            flags.Data,
            flags.MasterKey,
            Json,
            PasswordBudget,
        };
        command.SetAction((parsed, cancellation) => Run(parsed, flags.Settings(parsed), speech, cancellation));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, HubSettings settings, Speech speech, CancellationToken cancellation)
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
            return await Work(parsed, folder, settings, speech, cancellation);
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

    private static async Task<int> Work(
        ParseResult parsed,
        string folder,
        HubSettings settings,
        Speech speech,
        CancellationToken cancellation
    )
    {
        _ = WorkerCommand.Find();
        var membersFile = parsed.GetValue(MembersFile);
        var members = membersFile is null ? null : Members.Read(await File.ReadAllTextAsync(membersFile, cancellation));
        var plan = parsed.GetValue(ManifestFile) is { } manifest
            ? ImportScan.ByManifest(manifest, folder)
            : ImportScan.ByFolder(folder, members);
        // Nobody waits for an answer: collections need not run beside the work.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        ImportRun run;
        Situation situation;
        long givenUp;
        using (var host = HostFor(settings, parsed.GetValue(PasswordBudget)))
        {
            await host.Services.GetRequiredService<HubRecords>().LoadAsync(cancellation);
            if (members is not null)
            {
                await host.Services.GetRequiredService<MembersImport>().ApplyAsync(members);
            }

            run = host.Services.GetRequiredService<ImportRun>();
            SayStrangers(run.Strangers(plan), speech);
            run.Begin();
            await host.StartAsync(cancellation);
            try
            {
                givenUp = await Follow(run, plan, host, speech, cancellation);
            }
            finally
            {
                await host.StopAsync(CancellationToken.None);
            }

            situation = host.Services.GetRequiredService<HubSituation>().Current;
        }

        // Only now the workers have ended and what they used is known.
        var outcome = new ImportOutcome(run.Counts, run.Figures(), situation, givenUp, [.. plan.Problems, .. run.Problems]);
        ImportTalk.Say(outcome.Problems, givenUp, speech);
        if (parsed.GetValue(Json))
        {
            ImportTalk.WriteJson(outcome);
        }
        else
        {
            ImportTalk.Write(outcome, speech);
        }

        return outcome.Problems.Count == 0 && givenUp == 0 ? ExitCode.Ok
            : run.Counts.Provisions == 0 ? ExitCode.Error
            : ExitCode.Partly;
    }

    private static void SayStrangers(IReadOnlyList<string> strangers, Speech speech)
    {
        if (strangers.Count > 0)
        {
            var names = string.Join(", ", strangers.Take(20));
            AnalyzeTalk.Say(
                speech[
                    $"注意: 登録のない組織です({strangers.Count}件)。方向は決められません: {names}",
                    $"Note: organisations that the hub does not know ({strangers.Count}); directions stay unknown: {names}"
                ]
            );
        }
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
            await run.TakeAsync(plan, bar.Show, stopping.Token);
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

    private static IHost HostFor(HubSettings settings, int passwordBudget)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.TryAddSingleton(
            new PipelineSettings
            {
                PasswordBudgetMilliseconds = passwordBudget,
                Manners = new StepManners { Glance = TimeSpan.FromMilliseconds(100) },
            }
        );
        HubHost.AddCore(builder.Services, settings);
        PipelinePart.Add(builder.Services);
        builder.Services.AddSingleton<MembersImport>();
        builder.Services.AddSingleton<ImportRun>();
        return builder.Build();
    }
}
