using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.Server.Analysis;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi analyze PATH…</c>: takes every mail of folders and files apart; no server, no database.</summary>
internal static class AnalyzeCommand
{
    /// <summary>Schema of the JSON output.</summary>
    public const string Schema = "noroshi.analysis/1";

    private static readonly Argument<string[]> Paths = new("PATH") { Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> ManifestFile = new("--manifest");
    private static readonly Option<string?> MembersFile = new("--members");
    private static readonly Option<bool> Json = new("--json");
    private static readonly Option<string[]> FailOn = new("--fail-on") { Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<int> PasswordBudget = new("--password-budget") { DefaultValueFactory = _ => 4_000 };
    private static readonly Option<bool> Strict = new("--strict");

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Paths.Description = speech["メールのファイル、または 組織/窓口/ のフォルダ", "mail files, or a folder ORGANISATION/WINDOW/"];
        ManifestFile.Description = speech["マニフェスト(JSON Lines)", "manifest (JSON Lines)"];
        MembersFile.Description = speech["参加組織のファイル(JSON)", "members file (JSON)"];
        Json.Description = speech["JSONで出力", "write JSON"];
        FailOn.Description = speech["finding:コード があれば終了コード7", "exit 7 when finding:CODE occurs"];
        PasswordBudget.Description = speech["1通あたりのパスワード探索の予算(CPUミリ秒)", "password search budget per mail (CPU milliseconds)"];
        Strict.Description = speech["隔離の等級がA未満なら中止", "refuse to run below isolation grade A"];
        var command = new Command("analyze", speech["メールを分解して中身を示す", "take mails apart and show what is in them"])
        {
            Paths,
            ManifestFile,
            MembersFile,
            Json,
            FailOn,
            PasswordBudget,
            Strict,
        };
        command.SetAction((parsed, cancellation) => Run(parsed, speech, cancellation));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Speech speech, CancellationToken cancellation)
    {
        var talk = Console.Error;
        var failOn = parsed.GetValue(FailOn) ?? [];
        if (failOn.FirstOrDefault(one => !one.StartsWith("finding:", StringComparison.Ordinal)) is { } unknown)
        {
            await talk.WriteLineAsync(speech[
                $"--fail-on {unknown}: この版で使えるのは finding:コード だけです(会話の判定はまだありません)。",
                $"--fail-on {unknown}: this version knows finding:CODE only (it does not judge conversations yet)."]);
            return ExitCode.Usage;
        }

        List<Input> inputs;
        try
        {
            var members = parsed.GetValue(MembersFile) is { } file ? Members.Read(await File.ReadAllTextAsync(file, cancellation)) : null;
            inputs = InputScan.Find(parsed.GetValue(Paths) ?? [], parsed.GetValue(ManifestFile), members);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            await talk.WriteLineAsync(speech[$"見つかりません: {error.Message}", $"not found: {error.Message}"]);
            return ExitCode.NotFound;
        }
        catch (Exception error) when (error is IntakeFileException or IOException or UnauthorizedAccessException)
        {
            await talk.WriteLineAsync(speech[$"読めません: {error.Message}", $"cannot be read: {error.Message}"]);
            return ExitCode.Error;
        }

        if (inputs.Count == 0)
        {
            await talk.WriteLineAsync(speech[
                ".eml .msg .mbox .zip が見つかりません。メールのあるフォルダを指定してください。",
                "No .eml, .msg, .mbox or .zip found; name a folder that holds mails."]);
            return ExitCode.NotFound;
        }

        return await Work(parsed, inputs, failOn, speech, cancellation);
    }

    private static async Task<int> Work(ParseResult parsed, List<Input> inputs, string[] failOn, Speech speech, CancellationToken cancellation)
    {
        var json = parsed.GetValue(Json);
        await using var pool = Workers.Start(parsed.GetValue(Strict), speech);
        if (pool is null)
        {
            return ExitCode.Error;
        }

        await Workers.WarnBelowA(pool, speech);
        using var spool = new Spool();
        var view = new TreeView(speech, full: false);
        var run = new AnalysisRun(
            (bytes, request, token) => pool.DissectAsync(bytes, request, recycle: true, token),
            json ? WriteJson : (output, entry) => output.Write(Encoding.UTF8.GetBytes(view.Mail(entry))),
            Environment.ProcessorCount,
            parsed.GetValue(PasswordBudget));
        var progress = new Progress(speech);
        await run.Run(inputs, spool, progress.Show, cancellation);
        progress.Clear();
        await using var stdout = Console.OpenStandardOutput();
        if (json)
        {
            WriteDocument(stdout, spool);
        }
        else
        {
            spool.CopyTo(stdout, "\n"u8);
        }

        return Conclude(run.Totals, inputs.Count, failOn, speech);
    }

    private static int Conclude(RunTotals totals, int inputs, string[] failOn, Speech speech)
    {
        foreach (var problem in totals.Problems)
        {
            Console.Error.WriteLine(speech[
                $"メールではないので飛ばしました: {TerminalText.Escape(problem.Detail)}",
                $"passed over, not a mail: {TerminalText.Escape(problem.Detail)}"]);
        }

        Console.Error.WriteLine(speech[
            $"入力 {inputs} 件からメール {totals.Mails} 通。",
            $"{totals.Mails} mails from {inputs} inputs."]);
        if (failOn.Any(one => totals.Findings.ContainsKey(one["finding:".Length..])))
        {
            return ExitCode.Findings;
        }

        return totals.Findings.ContainsKey(MailAnatomy.Findings.FindingCodes.Run.Unread.Code) || (totals.Mails == 0 && totals.Problems.Count > 0)
            ? ExitCode.Partly
            : ExitCode.Ok;
    }

    private static void WriteJson(IBufferWriter<byte> output, MailEntry entry)
    {
        using var writer = new Utf8JsonWriter(output, ContractJson.Options);
        ContractJson.WriteMail(writer, entry);
    }

    private static void WriteDocument(Stream stdout, Spool spool)
    {
        stdout.Write("{\"schema\":\""u8);
        stdout.Write(Encoding.UTF8.GetBytes(Schema));
        stdout.Write("\",\"tables\":"u8);
        using (var tables = new Utf8JsonWriter(stdout, ContractJson.Options))
        {
            Tables.Write(tables);
        }

        stdout.Write(",\"mails\":[\n"u8);
        spool.CopyTo(stdout, ",\n"u8);
        stdout.Write("\n],\"conversations\":[],\"campaigns\":[],\"suggestions\":[]}\n"u8);
    }
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
