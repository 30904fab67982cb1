using System.CommandLine;
using System.Text.Json;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Analysis;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi dissect FILE…</c>: one mail, archive, document or shortcut taken apart, with everything that was found.</summary>
internal static class DissectCommand
{
    /// <summary>Schema of the JSON output.</summary>
    public const string Schema = "noroshi.dissection/1";

    private static readonly Argument<string[]> Files = new("FILE") { Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Json = new("--json");
    private static readonly Option<string[]> Password = new("--password") { Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Strict = new("--strict");

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Files.Description = speech["メール、書庫、文書など", "mails, archives, documents, …"];
        Json.Description = speech["JSONで出力", "write JSON"];
        Password.Description = speech["試すパスワード(複数可)", "password to try (repeatable)"];
        Strict.Description = speech["隔離の等級がA未満なら中止", "refuse to run below isolation grade A"];
        var command = new Command("dissect", speech["1通のメールやファイルを分解して全てを示す", "take one mail or file apart and show everything"])
        {
            Files,
            Json,
            Password,
            Strict,
        };
        command.SetAction((parsed, cancellation) => Run(parsed, speech, cancellation));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Speech speech, CancellationToken cancellation)
    {
        var paths = parsed.GetValue(Files) ?? [];
        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            await Console.Error.WriteLineAsync(speech[$"見つかりません: {missing}", $"not found: {missing}"]);
            return ExitCode.NotFound;
        }

        await using var pool = Workers.Start(parsed.GetValue(Strict), speech);
        if (pool is null)
        {
            return ExitCode.Error;
        }

        var given = (parsed.GetValue(Password) ?? []).Select(value => new PasswordCandidate(value, "given", "--password")).ToList();
        var mails = new List<MailEntry>();
        var files = new List<FileFacts>();
        var unread = 0;
        foreach (var path in paths)
        {
            var input = new Input(Path.GetFullPath(path), new Provenance(Path.GetFileName(path), null, null, null, null));
            foreach (var piece in MailReader.Read(input))
            {
                unread += piece.Bytes is null ? 1 : 0;
                await Dissect(pool, piece, given, mails, files, cancellation);
            }
        }

        Show(mails, files, parsed.GetValue(Json), speech);
        return unread == 0 ? ExitCode.Ok : unread == paths.Length ? ExitCode.Error : ExitCode.Partly;
    }

    private static async Task Dissect(
        WorkerPool pool,
        Piece piece,
        List<PasswordCandidate> given,
        List<MailEntry> mails,
        List<FileFacts> files,
        CancellationToken cancellation)
    {
        if (piece.Bytes is not { } bytes)
        {
            foreach (var problem in piece.Findings)
            {
                await Console.Error.WriteLineAsync(TerminalText.Escape($"{piece.File}: {problem.Detail}"));
            }

            return;
        }

        var request = new DissectionRequest { Name = Path.GetFileName(piece.File), Kind = piece.Kind, Candidates = given };
        var outcome = await pool.DissectAsync(bytes, request, recycle: false, cancellation);
        var extra = outcome.Findings.Concat(piece.Findings).ToList();
        foreach (var frame in outcome.Frames)
        {
            var file = frame.Member.Length == 0 ? piece.File : $"{piece.File}!{frame.Member}";
            if (frame.Mail is { } mail)
            {
                mails.AddRange(MailEntries.Of(mail, file, piece.Provenance, extra));
            }
            else if (frame.File is { } found)
            {
                files.Add(found with { Findings = [.. found.Findings, .. extra] });
            }
        }

        if (outcome.Frames.Count == 0)
        {
            mails.AddRange(MailEntries.Of(AnalysisRun.Unread(piece), piece.File, piece.Provenance, extra));
        }
    }

    private static void Show(List<MailEntry> mails, List<FileFacts> files, bool json, Speech speech)
    {
        if (!json)
        {
            var view = new TreeView(speech, full: true);
            Console.Out.Write(string.Join('\n', mails.Select(view.Mail).Concat(files.Select(view.File))));
            return;
        }

        using var stdout = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(stdout, ContractJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            writer.WriteStartArray("mails");
            foreach (var mail in mails)
            {
                ContractJson.WriteMail(writer, mail);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("files");
            foreach (var file in files)
            {
                ContractJson.WriteFile(writer, file, reported: null);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}
