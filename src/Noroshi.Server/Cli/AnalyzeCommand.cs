using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Intake;
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
    /// <summary>Schema of the JSON output.</summary>
    public const string Schema = "noroshi.analysis/1";

    private const string FindingPrefix = "finding:";
    private const int MostLines = 20;

    private static readonly Argument<string[]> Paths = new("PATH") { Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> ManifestFile = new("--manifest") { HelpName = "F.jsonl" };
    private static readonly Option<string?> MembersFile = new("--members") { HelpName = "F.json" };
    private static readonly Option<bool> Json = new("--json");
    private static readonly Option<string[]> FailOn = new("--fail-on") { Arity = ArgumentArity.OneOrMore, HelpName = "finding:CODE" };
    private static readonly Option<string[]> Password = new("--password") { Arity = ArgumentArity.OneOrMore, HelpName = "P" };
    private static readonly Option<int> PasswordBudget = new("--password-budget") { HelpName = "MS", DefaultValueFactory = _ => 4_000 };
    private static readonly Option<bool> Strict = new("--strict");

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Paths.Description = speech["メールのファイル、または 組織/窓口/ のフォルダ", "mail files, or a folder ORGANISATION/WINDOW/"];
        Usage.RefuseOptions(Paths, speech);
        ManifestFile.Description = speech["マニフェスト(JSON Lines)", "manifest (JSON Lines)"];
        MembersFile.Description = speech["参加組織のファイル(JSON)", "members file (JSON)"];
        Json.Description = speech["JSONで出力", "write JSON"];
        FailOn.Description = speech["finding:コード があれば終了コード7", "exit 7 when finding:CODE occurs"];
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
            FailOn,
            Password,
            PasswordBudget,
            Strict,
        };
        command.SetAction((parsed, cancellation) => Run(parsed, speech, cancellation));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Speech speech, CancellationToken cancellation)
    {
        var failOn = parsed.GetValue(FailOn) ?? [];
        if (UsageFault(parsed, failOn, speech) is { } fault)
        {
            Say(fault);
            return ExitCode.Usage;
        }

        if (Missing(parsed) is { } missing)
        {
            Say(speech[$"見つかりません: {missing}", $"not found: {missing}"]);
            return ExitCode.NotFound;
        }

        FoundInputs found;
        var reading = parsed.GetValue(MembersFile);
        try
        {
            var members = reading is null ? null : Members.Read(await File.ReadAllTextAsync(reading, cancellation));
            reading = parsed.GetValue(ManifestFile);
            found = InputScan.Find(parsed.GetValue(Paths) ?? [], reading, members);
        }
        catch (FileNotFoundException error)
        {
            Say(speech[$"見つかりません: {error.Message}", $"not found: {error.Message}"]);
            return ExitCode.NotFound;
        }
        catch (Exception error) when (error is IntakeFileException or IOException or UnauthorizedAccessException)
        {
            Say(speech[$"読めません: {reading}: {error.Message}", $"cannot be read: {reading}: {error.Message}"]);
            return ExitCode.Error;
        }

        try
        {
            return await Work(parsed, found, failOn, speech, cancellation);
        }
        catch (SpoolException error)
        {
            Say(
                speech[
                    $"一時フォルダ {error.Folder} に書けません({error.Message})。結果は出力していません。空きのあるフォルダを TMPDIR に指定してください。",
                    $"the temporary folder {error.Folder} takes nothing ({error.Message}); no result was written. Set TMPDIR to a folder with room."
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

        var codes = FindingCodes.ByCode();
        foreach (var one in failOn)
        {
            if (!one.StartsWith(FindingPrefix, StringComparison.Ordinal))
            {
                return speech[
                    $"--fail-on {one}: この版で使えるのは finding:コード だけです(会話の判定はまだありません)。",
                    $"--fail-on {one}: this version knows finding:CODE only (it does not judge conversations yet)."
                ];
            }

            if (!codes.ContainsKey(one[FindingPrefix.Length..]))
            {
                return speech[
                    $"--fail-on {one}: そのコードはありません。一覧は docs/findings.md にあります。",
                    $"--fail-on {one}: there is no such code; docs/findings.md lists them."
                ];
            }
        }

        return null;
    }

    private static string? Missing(ParseResult parsed) =>
        new[] { parsed.GetValue(MembersFile), parsed.GetValue(ManifestFile) }.FirstOrDefault(file =>
            file is not null && !File.Exists(file)
        );

    private static async Task<int> Work(
        ParseResult parsed,
        FoundInputs found,
        string[] failOn,
        Speech speech,
        CancellationToken cancellation
    )
    {
        var json = parsed.GetValue(Json);
        var options = ContractJson.OptionsFor(Console.IsOutputRedirected);
        using var spool = new Spool(Path.GetTempPath());
        if (found.Inputs.Count == 0)
        {
            if (json)
            {
                WriteDocument(spool, new RunTotals(), options);
            }

            SayUnread(found, speech);
            Say(
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
        SayStrangers(found, speech);
        var view = new TreeView(speech, full: false, Colour.Wanted);
        var run = new AnalysisRun(
            (bytes, request, token) => pool.DissectAsync(bytes, request, recycle: true, token),
            json
                ? (output, entry) => WriteJson(output, entry, options)
                : (output, entry) => output.Write(Encoding.UTF8.GetBytes(view.Mail(entry))),
            new AnalysisChoices(Environment.ProcessorCount, parsed.GetValue(PasswordBudget), GivenPasswords.Of(parsed.GetValue(Password)))
        );
        var progress = new Progress(speech);
        await run.Run(found.Inputs, spool, progress.Show, cancellation);
        progress.Clear();
        if (json)
        {
            WriteDocument(spool, run.Totals, options);
        }
        else
        {
            using var stdout = Console.OpenStandardOutput();
            spool.CopyTo(stdout, "\n"u8);
        }

        SayUnread(found, speech);
        return Conclude(run.Totals, found, failOn, speech);
    }

    private static int Conclude(RunTotals totals, FoundInputs found, string[] failOn, Speech speech)
    {
        foreach (var one in totals.PassedOver.Take(MostLines))
        {
            Say(WhyPassedOver(one, speech));
        }

        if (totals.PassedOver.Count > MostLines)
        {
            Say(
                speech[
                    $"ほか {totals.PassedOver.Count - MostLines} 件も飛ばしました。",
                    $"passed over {totals.PassedOver.Count - MostLines} more."
                ]
            );
        }

        Say(
            speech[$"入力 {found.Inputs.Count} 件からメール {totals.Mails} 通。", $"{totals.Mails} mails from {found.Inputs.Count} inputs."]
        );
        if (failOn.Any(one => totals.Has(one[FindingPrefix.Length..])))
        {
            return ExitCode.Findings;
        }

        if (totals.Mails == 0)
        {
            return ExitCode.Error;
        }

        return
            found.Unread.Count > 0
            || totals.Has(FindingCodes.Run.Unread.Code)
            || totals.Has(FindingCodes.Run.LockedMail.Code)
            || totals.PassedOver.Any(one => one.Code != FindingCodes.Run.NoMail.Code)
            ? ExitCode.Partly
            : ExitCode.Ok;
    }

    private static string WhyPassedOver(Finding one, Speech speech) =>
        one.Code == FindingCodes.Run.LockedMail.Code
            ? speech[
                $"暗号化されていて開けません(--password で渡せます): {one.Detail}",
                $"locked, could not be opened (--password gives one): {one.Detail}"
            ]
        : one.Code == FindingCodes.Run.NoMail.Code
            ? speech[
                $"メールではないので飛ばしました(中身は noroshi dissect で見られます): {one.Detail}",
                $"passed over, not a mail (noroshi dissect takes it apart): {one.Detail}"
            ]
        : speech[
            $"最後まで読めていません: {one.Detail}: {Sentence(one, speech)} [{one.Code}]",
            $"not read to its end: {one.Detail}: {Sentence(one, speech)} [{one.Code}]"
        ];

    private static string Sentence(Finding finding, Speech speech) =>
        FindingCodes.ByCode().TryGetValue(finding.Code, out var code) ? speech[code.Ja, code.En] : finding.Code;

    private static void SayUnread(FoundInputs found, Speech speech)
    {
        foreach (var reason in found.Unread.Take(MostLines))
        {
            Say(speech[$"フォルダを読めません: {reason}", $"a folder cannot be read: {reason}"]);
        }
    }

    private static void SayStrangers(FoundInputs found, Speech speech)
    {
        if (found.Strangers.Count > 0)
        {
            var names = string.Join(", ", found.Strangers.Take(MostLines));
            Say(
                speech[
                    $"注意: 参加組織のファイルにない組織です({found.Strangers.Count}件)。方向は決められません: {names}",
                    $"Note: organisations that the members file does not know ({found.Strangers.Count}); directions stay unknown: {names}"
                ]
            );
        }
    }

    /// <summary>Talk goes to standard error; names come from whoever made the files.</summary>
    private static void Say(string text) => Console.Error.WriteLine(TerminalText.Escape(text));

    private static void WriteJson(IBufferWriter<byte> output, ProvidedMail entry, JsonWriterOptions options)
    {
        using var writer = new Utf8JsonWriter(output, options);
        ContractJson.WriteMail(writer, entry);
    }

    private static void WriteDocument(Spool spool, RunTotals totals, JsonWriterOptions options)
    {
        using var stdout = Console.OpenStandardOutput();
        stdout.Write("{\"schema\":\""u8);
        stdout.Write(Encoding.UTF8.GetBytes(Schema));
        stdout.Write("\",\"tables\":"u8);
        using (var tables = new Utf8JsonWriter(stdout, options))
        {
            Tables.Write(tables);
        }

        stdout.Write(",\"mails\":[\n"u8);
        spool.CopyTo(stdout, ",\n"u8);
        stdout.Write("\n],\"conversations\":[],\"campaigns\":[],\"suggestions\":[],\"passedOver\":"u8);
        using (var others = new Utf8JsonWriter(stdout, options))
        {
            WritePassedOver(others, totals);
        }

        stdout.Write("}\n"u8);
    }

    private static void WritePassedOver(Utf8JsonWriter json, RunTotals totals)
    {
        json.WriteStartArray();
        foreach (var one in totals.PassedOver.OrderBy(one => one.Detail, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("file", one.Detail);
            json.WriteString("code", one.Code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>Passwords that the caller gives.</summary>
internal static class GivenPasswords
{
    public static IReadOnlyList<PasswordCandidate> Of(string[]? values) =>
        [.. (values ?? []).Select(value => new PasswordCandidate(value, "given", "--password"))];
}

/// <summary>Versions of the tables that shaped a result.</summary>
internal static class Tables
{
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("freeMail", FreeMail.Version);
        json.WriteString("publicSuffix", PublicSuffix.Version);
        json.WriteString("unarchivers", Unarchivers.Version);
        json.WriteString("rules", typeof(Tables).Assembly.GetName().Version?.ToString(3));
        json.WriteNull("rarity");
        json.WriteEndObject();
    }
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
