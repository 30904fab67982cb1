using System.CommandLine;
using System.Text.Json;
using Noroshi.Server.Analysis;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi doctor</c>: whether this machine is fit, and how well the parser is jailed.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Json = new("--json");

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Json.Description = speech["JSONで出力", "write JSON"];
        var command = new Command("doctor", speech["この機械の状態を調べる", "look whether this machine is fit"]) { Json };
        command.SetAction((parsed, _) => Run(parsed.GetValue(Json), speech));
        return command;
    }

    private static async Task<int> Run(bool json, Speech speech)
    {
        await using var pool = Workers.Start(strict: false, speech);
        if (pool is null)
        {
            return ExitCode.Error;
        }

        JailReport report;
        try
        {
            report = await pool.ReportAsync();
        }
        catch (JailException error)
        {
            await Console.Error.WriteLineAsync(
                speech[$"解析プロセスを起動できません: {error.Message}", $"the parser process cannot be started: {error.Message}"]
            );
            return ExitCode.Error;
        }

        if (json)
        {
            WriteJson(report, pool.Workers);
            return ExitCode.Ok;
        }

        Console.Out.WriteLine(speech[$"解析プロセスの隔離: 等級 {report.Grade}", $"Isolation of the parser: grade {report.Grade}"]);
        Console.Out.WriteLine(
            speech[$"  有効: {string.Join(", ", report.Mechanisms)}", $"  in force: {string.Join(", ", report.Mechanisms)}"]
        );
        foreach (var missing in report.Missing)
        {
            Console.Out.WriteLine(speech[$"  不足: {missing}", $"  missing: {missing}"]);
        }

        Console.Out.WriteLine(
            speech[$"  ビルド: {report.Build}、同時実行: {pool.Workers}", $"  build: {report.Build}, at the same time: {pool.Workers}"]
        );
        return ExitCode.Ok;
    }

    private static void WriteJson(JailReport report, int workers)
    {
        using var stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout, ContractJson.OptionsFor(Console.IsOutputRedirected)))
        {
            json.WriteStartObject();
            json.WriteString("schema", "noroshi.doctor/1");
            json.WriteStartObject("isolation");
            json.WriteString("grade", report.Grade.ToString());
            json.WriteString("build", report.Build);
            json.WriteNumber("landlockAbi", report.LandlockAbi);
            json.WriteNumber("workers", workers);
            WriteList(json, "inForce", report.Mechanisms);
            WriteList(json, "missing", report.Missing);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
