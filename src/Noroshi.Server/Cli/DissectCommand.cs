using System.CommandLine;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi dissect FILE…</c>: one mail, archive, document or shortcut taken apart, with everything that was found.</summary>
internal static class DissectCommand
{
    /// <summary>Schema of the JSON output.</summary>
    public const string Schema = "noroshi.dissection/1";

    private static readonly Argument<string[]> Files = new("FILE") { Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Json = new("--json");
    private static readonly Option<string[]> Password = new("--password") { Arity = ArgumentArity.OneOrMore, HelpName = "P" };
    private static readonly Option<bool> Strict = new("--strict");

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Files.Description = speech["メール、書庫、文書など", "mails, archives, documents, …"];
        Usage.RefuseOptions(Files, speech);
        Json.Description = speech["JSONで出力", "write JSON"];
        Password.Description = speech["試すパスワード(複数可)", "password to try (repeatable)"];
        Strict.Description = speech["隔離の等級がA未満なら中止", "refuse to run below isolation grade A"];
        var command = new Command(
            "dissect",
            speech["1通のメールやファイルを分解して全てを示す", "take one mail or file apart and show everything"]
        )
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
        if (paths.FirstOrDefault(Directory.Exists) is { } folder)
        {
            Say(
                speech[
                    $"フォルダです: {folder} (フォルダのメールは noroshi analyze で調べます)",
                    $"a folder: {folder} (noroshi analyze takes the mails of a folder apart)"
                ]
            );
            return ExitCode.Usage;
        }

        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            Say(speech[$"見つかりません: {missing}", $"not found: {missing}"]);
            return ExitCode.NotFound;
        }

        await using var pool = Workers.Start(parsed.GetValue(Strict), speech);
        if (pool is null)
        {
            return ExitCode.Error;
        }

        await Workers.WarnBelowA(pool, speech);
        var given = GivenPasswords.Of(parsed.GetValue(Password));
        var keys = new EntryKeys();
        var mails = new List<ProvidedMail>();
        var files = new List<FileFacts>();
        var (unread, read) = (0, 0);
        foreach (var path in paths)
        {
            var input = new Input(Path.GetFullPath(path), new Provenance(Path.GetFileName(path), null, null, null, null), Named: true);
            foreach (var piece in MailReader.Read(input, member: null, cancellation))
            {
                if (piece.Bytes is not { } bytes)
                {
                    unread++;
                    Say($"{piece.File}: {string.Join(' ', piece.Findings.Select(problem => problem.Detail))}");
                    continue;
                }

                read++;
                var request = new DissectionRequest
                {
                    Name = Path.GetFileName(path),
                    Kind = piece.Kind,
                    Candidates = given,
                };
                var found = PieceEntries.ForDissection(piece, await pool.DissectAsync(bytes, request, group: null, cancellation));
                mails.AddRange(keys.Assign(found.Mails));
                files.AddRange(found.Others.Select(other => other.Facts));
            }
        }

        Show(mails, files, parsed.GetValue(Json), speech);
        return unread == 0 ? ExitCode.Ok
            : read == 0 ? ExitCode.Error
            : ExitCode.Partly;
    }

    private static void Say(string text) => Console.Error.WriteLine(TerminalText.Escape(text));

    private static void Show(List<ProvidedMail> mails, List<FileFacts> files, bool json, Speech speech)
    {
        if (!json)
        {
            var view = new TreeView(speech, full: true, Colour.Wanted);
            Console.Out.Write(string.Join('\n', mails.Select(view.Mail).Concat(files.Select(view.File))));
            return;
        }

        using var stdout = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(stdout, ContractJson.OptionsFor(Console.IsOutputRedirected)))
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
