using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Analysis;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake.Import;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Reports;
using Noroshi.Server.Sharing;
using Noroshi.Server.Smtp;
using Noroshi.Server.Statistics;

namespace Noroshi.Server.Cli;

/// <summary>Verbs that change accounts and organisations in a data folder that no hub serves.</summary>
internal sealed class IdentityFolder(Speech speech)
{
    private readonly Option<string?> _data = new("--data") { HelpName = "DIR", Description = speech["データのフォルダ", "data folder"] };

    private readonly Option<string?> _masterKey = new("--master-key")
    {
        HelpName = "F",
        Description = speech["マスター鍵のファイル(データのフォルダの外)", "file of the master keys (outside the data folder)"],
    };

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = speech["JSONで出力", "write JSON"] };

    /// <summary>A verb: its work gets the folder's services and gives the exit code.</summary>
    /// <param name="name">Name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Its own arguments and options.</param>
    /// <param name="work">The work.</param>
    /// <param name="through">Asks a hub that holds the folder instead: its exit code, or null when none answers; null: it cannot be asked.</param>
    public Command Verb(
        string name,
        string description,
        IEnumerable<Symbol> symbols,
        Func<ParseResult, IServiceProvider, Task<int>> work,
        Func<ParseResult, string, CancellationToken, Task<int?>>? through = null
    )
    {
        var command = new Command(name, description) { _data, _masterKey, Json };
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Add(argument);
                    break;
                case Option option:
                    command.Add(option);
                    break;
                default:
                    throw new ArgumentException(symbol.Name, nameof(symbols));
            }
        }

        command.SetAction(
            async (parsed, cancellation) =>
                through is not null && await through(parsed, DataOf(parsed), cancellation) is { } code
                    ? code
                    : await RunAsync(parsed, work, cancellation)
        );
        return command;
    }

    /// <summary>Writes a JSON document to stdout.</summary>
    public static void Write(Action<Utf8JsonWriter> write)
    {
        using var stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout, ContractJson.OptionsFor(Console.IsOutputRedirected)))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }

    /// <summary>A line of a table: values that people gave cannot move the cursor, tabs stand between them.</summary>
    public static void Row(params IEnumerable<string?> cells) =>
        Console.Out.WriteLine(string.Join('\t', cells.Select(cell => TerminalText.Escape(cell ?? ""))));

    /// <summary>Says why it was refused.</summary>
    public int Refuse(string ja, string en, int code = ExitCode.Error)
    {
        AnalyzeTalk.Say(speech[ja, en]);
        return code;
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<ParseResult, IServiceProvider, Task<int>> work,
        CancellationToken cancellation
    )
    {
        try
        {
            using var host = Open(parsed);
            await host.Services.GetRequiredService<HubRecords>().LoadAsync(cancellation);
            await host.Services.GetRequiredService<UserAddresses>().LoadAsync(cancellation);
            return await work(parsed, host.Services);
        }
        catch (ProblemException refused)
        {
            var why = refused.Problem.Detail ?? refused.Problem.Kind.Title;
            return Refuse(
                $"変更していません: {why.Ja}",
                $"Nothing was changed: {why.En}",
                refused.Problem.Kind == ProblemKind.PolicyRefused ? ExitCode.Refused
                    : refused.Problem.Kind == ProblemKind.NotFound ? ExitCode.NotFound
                    : ExitCode.Error
            );
        }
        catch (StorageException error)
        {
            return Refuse(
                $"データのフォルダを使えません: {error.Message} (serve の実行中は使えません。APIを使うか、止めてからもう一度実行してください)",
                $"The data folder cannot be used: {error.Message} (while serve runs use the API, or stop it and run this again)"
            );
        }
    }

    private string DataOf(ParseResult parsed) => SettingsReader.DataFolder(parsed.GetValue(_data), Environment.GetEnvironmentVariable);

    private IHost Open(ParseResult parsed)
    {
        // The same folder and key as serve finds, also under systemd: else a verb would quietly care for another hub.
        var data = DataOf(parsed);
        var settings = new HubSettings
        {
            DataFolder = data,
            MasterKeyFile = SettingsReader.MasterKey(parsed.GetValue(_masterKey), data, Environment.GetEnvironmentVariable),
        };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        HubHost.AddCore(builder.Services, settings);
        IdentityPart.AddAccounts(builder.Services);
        SmtpPart.AddAddresses(builder.Services);
        // Nothing is started: verbs over a folder take out what they need.
        PipelinePart.Add(builder.Services);
        JudgementPart.Add(builder.Services);
        SharingPart.Add(builder.Services);
        StatisticsPart.Add(builder.Services);
        ReportPart.Add(builder.Services);
        builder.Services.TryAddSingleton<MembersImport>();
        return builder.Build();
    }
}
