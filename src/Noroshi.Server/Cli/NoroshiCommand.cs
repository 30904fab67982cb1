using System.CommandLine;

namespace Noroshi.Server.Cli;

/// <summary>The command line as a whole.</summary>
internal static class NoroshiCommand
{
    /// <summary>Runs one call and gives the exit code of the contract.</summary>
    public static async Task<int> Run(string[] args, Func<string, string?> environment)
    {
        var speech = Speech.From(LanguageOf(args), environment);
        speech.UseForLibraries();
        var language = new Option<string?>("--lang")
        {
            Recursive = true,
            Description = speech["言語 (ja または en)", "language (ja or en)"],
        };
        language.AcceptOnlyFromAmong("ja", "en");
        var root = new RootCommand(
            speech["狼煙 (Noroshi): 標的型攻撃メールの情報共有ハブ", "Noroshi: an information-sharing hub for targeted-attack mail"]
        )
        {
            language,
            AnalyzeCommand.Create(speech),
            DissectCommand.Create(speech),
            DemoCommand.Create(speech),
            ServeCommand.Create(speech),
            SubmitCommand.Create(speech),
            HuntCommand.Create(speech),
            CareCommands.Fsck(speech),
            CareCommands.Backup(speech),
            CareCommands.Restore(speech),
            ImportCommand.Create(speech),
            ExportCommand.Create(speech),
            StatsCommand.Create(speech),
            ReportCommand.Create(speech),
            DoctorCommand.Create(speech),
            MasterKeyCommand.Create(speech),
            OrganizationCommand.Create(speech),
            UserCommand.Create(speech),
            KeyCommand.Create(speech),
            PasswordCommands.Relay(speech),
            VersionCommand.Create(speech),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(TerminalText.Escape(error.Message));
            }

            await Console.Error.WriteLineAsync(speech["使い方は --help で表示します。", "--help shows the usage."]);
            return ExitCode.Usage;
        }

        return await Invoke(parsed, speech);
    }

    /// <summary>The named border at which what nobody foresaw becomes a sentence and an exit code.</summary>
    private static async Task<int> Invoke(ParseResult parsed, Speech speech)
    {
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }
            );
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(speech["中断しました。結果は出力していません。", "Interrupted; no result was written."]);
            return ExitCode.Error;
        }
        catch (Exception error)
        {
            // Where it happened, without what it was about: enough for a report to the developers.
            var place = error.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Noroshi.", StringComparison.Ordinal))?.Trim();
            var what = TerminalText.Escape($"{error.GetType().Name}: {error.Message} ({place})");
            await Console.Error.WriteLineAsync(speech[$"続けられません: {what}", $"cannot go on: {what}"]);
            return ExitCode.Error;
        }
    }

    /// <summary>The language is needed before the words of the help are made.</summary>
    private static string? LanguageOf(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--lang=", StringComparison.Ordinal) || args[i].StartsWith("--lang:", StringComparison.Ordinal))
            {
                return args[i]["--lang=".Length..];
            }

            if (args[i] == "--lang" && i + 1 < args.Length)
            {
                return args[i + 1];
            }
        }

        return null;
    }
}

/// <summary><c>noroshi version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(Speech speech)
    {
        var command = new Command("version", speech["版を表示", "print the version"]);
        command.SetAction(_ => Console.Out.WriteLine(typeof(VersionCommand).Assembly.GetName().Version?.ToString(3)));
        return command;
    }
}
