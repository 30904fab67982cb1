using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Analysis;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi analyze PATH…</c>: takes every mail of folders and files apart; no server, no database.</summary>
internal static class AnalyzeCommand
{
    /// <summary>Mails up to which each is shown as a tree unless everything was asked for: nobody reads thousands of them.</summary>
    private const int MostTrees = 40;

    /// <summary>All inputs of a run are its reader's: they may share workers.</summary>
    private const string OneReader = "analyze";

    private static readonly Argument<string[]> Paths = new("PATH") { Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> ManifestFile = new("--manifest") { HelpName = "F.jsonl" };
    private static readonly Option<string?> MembersFile = new("--members") { HelpName = "F.json" };
    private static readonly Option<bool> Json = new("--json");
    private static readonly Option<string[]> FailOnWords = new("--fail-on")
    {
        Arity = ArgumentArity.OneOrMore,
        HelpName = "attack|conversation|finding:CODE",
    };
    private static readonly Option<string[]> Password = new("--password") { Arity = ArgumentArity.OneOrMore, HelpName = "P" };
    private static readonly Option<int> PasswordBudget = new("--password-budget") { HelpName = "MS", DefaultValueFactory = _ => 4_000 };
    private static readonly Option<string?> Report = new("--report") { HelpName = "DIR" };
    private static readonly Option<bool> AllMails = new("--mails");
    private static readonly Option<bool> Strict = new("--strict");

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Paths.Description = speech["メールのファイル、または 組織/窓口/ のフォルダ", "mail files, or a folder ORGANISATION/WINDOW/"];
        Usage.RefuseOptions(Paths, speech);
        ManifestFile.Description = speech["マニフェスト(JSON Lines)", "manifest (JSON Lines)"];
        MembersFile.Description = speech["参加組織のファイル(JSON)", "members file (JSON)"];
        Json.Description = speech["JSONで出力", "write JSON"];
        FailOnWords.Description = speech[
            "攻撃・やり取り型・finding:コード があれば終了コード7",
            "exit 7 on an attack, a conversational attack, or finding:CODE"
        ];
        Report.Description = speech["HTMLの報告をこのフォルダに書く", "write the findings as HTML pages into this folder"];
        AllMails.Description = speech[
            $"{MostTrees}通を超えても各メールの中身を示す",
            $"show each mail even when there are more than {MostTrees}"
        ];
        Password.Description = speech["試すパスワード(複数可)", "password to try (repeatable)"];
        PasswordBudget.Description = speech[
            "1通あたりのパスワード探索の予算(CPUミリ秒)",
            "password search budget per mail (CPU milliseconds)"
        ];
        Strict.Description = speech["隔離の等級がA未満なら中止", "refuse to run below isolation grade A"];
        var command = new Command("analyze", speech["メールを分解して中身を示す", "take mails apart and show what is in them"])
        {
            Paths,
            ManifestFile,
            MembersFile,
            Json,
            Report,
            AllMails,
            FailOnWords,
            Password,
            PasswordBudget,
            Strict,
        };
        command.SetAction((parsed, cancellation) => Run(parsed, speech, cancellation));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Speech speech, CancellationToken cancellation)
    {
        var failOn = parsed.GetValue(FailOnWords) ?? [];
        if (UsageFault(parsed, failOn, speech) is { } fault)
        {
            AnalyzeTalk.Say(fault);
            return ExitCode.Usage;
        }

        if (Missing(parsed) is { } missing)
        {
            AnalyzeTalk.Say(speech[$"見つかりません: {missing}", $"not found: {missing}"]);
            return ExitCode.NotFound;
        }

        Members? members = null;
        FoundInputs found;
        var reading = parsed.GetValue(MembersFile);
        try
        {
            members = reading is null ? null : Members.Read(await File.ReadAllTextAsync(reading, cancellation));
            reading = parsed.GetValue(ManifestFile);
            found = InputScan.Find(parsed.GetValue(Paths) ?? [], reading, members);
        }
        catch (FileNotFoundException error)
        {
            AnalyzeTalk.Say(speech[$"見つかりません: {error.Message}", $"not found: {error.Message}"]);
            return ExitCode.NotFound;
        }
        catch (Exception error) when (error is IntakeFileException or IOException or UnauthorizedAccessException)
        {
            AnalyzeTalk.Say(speech[$"読めません: {reading}: {error.Message}", $"cannot be read: {reading}: {error.Message}"]);
            return ExitCode.Error;
        }

        try
        {
            return await Work(parsed, found, members ?? new Members(), speech, cancellation);
        }
        catch (SpoolException error)
        {
            AnalyzeTalk.Say(
                speech[
                    $"一時フォルダ {error.Folder} に書けません({error.Message})。結果は出力していません。空きのあるフォルダを TMPDIR に指定してください。",
                    $"the temporary folder {error.Folder} takes nothing ({error.Message}); no result was written. Set TMPDIR to a folder with room."
                ]
            );
            return ExitCode.Error;
        }
        catch (ReportFolderException error)
        {
            AnalyzeTalk.Say(
                speech[
                    $"報告を書けません: {error.Folder}({error.Message})。分析の結果は出力しました。",
                    $"the report cannot be written: {error.Folder} ({error.Message}); the result of the analysis was written."
                ]
            );
            return ExitCode.Error;
        }
    }

    private static string? UsageFault(ParseResult parsed, string[] failOn, Speech speech)
    {
        if (parsed.GetValue(Paths) is null or [] && parsed.GetValue(ManifestFile) is null)
        {
            return speech[
                "PATH がありません。メールのファイルかフォルダ、または --manifest を指定してください。",
                "PATH is missing: name mail files or a folder, or a --manifest."
            ];
        }

        if (parsed.GetValue(PasswordBudget) < 0)
        {
            return speech["--password-budget は0以上です。", "--password-budget is 0 or more."];
        }

        return failOn.Select(one => FailOn.Fault(one, speech)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Missing(ParseResult parsed) =>
        new[] { parsed.GetValue(MembersFile), parsed.GetValue(ManifestFile) }.FirstOrDefault(file =>
            file is not null && !File.Exists(file)
        );

    private static async Task<int> Work(
        ParseResult parsed,
        FoundInputs found,
        Members members,
        Speech speech,
        CancellationToken cancellation
    )
    {
        using var spool = new Spool(Path.GetTempPath());
        if (found.Inputs.Count == 0 && found.Stated.Count == 0)
        {
            if (parsed.GetValue(Json))
            {
                Output(parsed, spool, new RunTotals(), Situations.Of([], members, []), speech);
            }

            AnalyzeTalk.SayUnread(found, speech);
            AnalyzeTalk.Say(
                speech[
                    ".eml .msg .mbox .zip が見つかりません。メールのあるフォルダを指定してください。",
                    "No .eml, .msg, .mbox or .zip found; name a folder that holds mails."
                ]
            );
            return found.Unread.Count > 0 ? ExitCode.Error : ExitCode.NotFound;
        }

        await using var pool = Workers.Start(parsed.GetValue(Strict), speech);
        if (pool is null)
        {
            return ExitCode.Error;
        }

        await Workers.WarnBelowA(pool, speech);
        AnalyzeTalk.SayStrangers(found, speech);
        var run = new AnalysisRun(
            (bytes, request, token) => pool.DissectAsync(bytes, request, OneReader, token),
            WriterFor(parsed, speech),
            new AnalysisChoices(Environment.ProcessorCount, parsed.GetValue(PasswordBudget), GivenPasswords.Of(parsed.GetValue(Password)))
        );
        var progress = new Progress(speech);
        await run.Run(found.Inputs, spool, progress.Show, cancellation);
        progress.Clear();
        var situation = Situations.Of([.. run.Known], members, found.Stated);
        Output(parsed, spool, run.Totals, situation, speech);
        if (parsed.GetValue(Report) is { } folder)
        {
            ReportFolder.Write(folder, situation);
        }

        AnalyzeTalk.SayUnread(found, speech);
        var code = AnalyzeTalk.Conclude(run.Totals, found, speech);
        return (parsed.GetValue(FailOnWords) ?? []).Any(word => FailOn.Applies(word, run.Totals, situation)) ? ExitCode.Findings : code;
    }

    private static EntryWriter WriterFor(ParseResult parsed, Speech speech)
    {
        if (parsed.GetValue(Json))
        {
            var options = ContractJson.OptionsFor(Console.IsOutputRedirected);
            return (output, entry) => AnalysisDocument.WriteMail(output, entry, options);
        }

        var view = new TreeView(speech, full: false, Colour.Wanted);
        return (output, entry) => output.Write(Encoding.UTF8.GetBytes(view.Mail(entry)));
    }

    private static void Output(ParseResult parsed, Spool spool, RunTotals totals, Situation situation, Speech speech)
    {
        using var stdout = Console.OpenStandardOutput();
        if (parsed.GetValue(Json))
        {
            AnalysisDocument.Write(stdout, spool, totals, situation, ContractJson.OptionsFor(Console.IsOutputRedirected));
            return;
        }

        if (totals.Mails <= MostTrees || parsed.GetValue(AllMails))
        {
            spool.CopyTo(stdout, "\n"u8);
            stdout.Write("\n"u8);
        }

        stdout.Write(Encoding.UTF8.GetBytes(new SituationView(speech, Colour.Wanted).Of(situation)));
    }
}

/// <summary>Passwords that the caller gives.</summary>
internal static class GivenPasswords
{
    public static IReadOnlyList<PasswordCandidate> Of(string[]? values) =>
        [.. (values ?? []).Select(value => new PasswordCandidate(value, "given", "--password"))];
}

/// <summary>How far a run is, on standard error and only when a person looks at it.</summary>
internal sealed class Progress(Speech speech)
{
    private readonly bool _shown = !Console.IsErrorRedirected;
    private int _last;

    public void Show(int mails)
    {
        if (_shown && mails - _last >= 50)
        {
            _last = mails;
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{speech["分析済み", "taken apart"]}: {mails}"));
        }
    }

    public void Clear()
    {
        if (_shown && _last > 0)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
