using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Analysis;
using Noroshi.Server.Intake.Import;

namespace Noroshi.Server.Cli;

/// <summary>What an import came to.</summary>
internal sealed record ImportOutcome(
    (int Provisions, int Repeated) Counts,
    ImportFigures Figures,
    Situation Situation,
    long GivenUp,
    IReadOnlyList<ImportProblem> Problems
);

/// <summary>What <c>import</c> says in the end.</summary>
internal static class ImportTalk
{
    /// <summary>Schema of the JSON output.</summary>
    public const string Schema = "noroshi.import/1";

    private const int MostLines = 100;

    /// <summary>Says what was not taken in and what was set aside.</summary>
    public static void Say(IReadOnlyList<ImportProblem> problems, long givenUp, Speech speech)
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

    /// <summary>The counts and one line of figures, for people.</summary>
    public static void Write(ImportOutcome outcome, Speech speech)
    {
        var (provisions, repeated) = outcome.Counts;
        var current = outcome.Situation;
        Console.Out.WriteLine(
            speech[
                $"情報提供 {provisions} 件(うち取り込み済み {repeated} 件)。ハブ全体: メール {current.Mails.Count} 通、やり取り {current.Conversations.Count} 件、攻撃活動 {current.Campaigns.Count} 件、警告 {current.Warnings.Count} 件。",
                $"{provisions} provisions ({repeated} of them known already). The hub now holds {current.Mails.Count} mails, {current.Conversations.Count} exchanges, {current.Campaigns.Count} campaigns, {current.Warnings.Count} warnings."
            ]
        );
        var figures = outcome.Figures;
        string taken = Rate(provisions, figures.TakenIn),
            linked = Rate(provisions, figures.Linked),
            seconds = Text(figures.Linked.TotalSeconds, "F1"),
            cpu = Text((figures.Cpu + figures.WorkersCpu).TotalSeconds, "F1");
        Console.Out.WriteLine(
            speech[
                $"所要 {seconds} 秒: 受付 毎秒 {taken} 件、解析と関連付けの完了まで 毎秒 {linked} 件。CPU時間 {cpu} 秒(解析プロセスを含む)。",
                $"{seconds} s: {taken} provisions/s taken in, {linked}/s until all were taken apart and linked; {cpu} s of processor time, parser processes included."
            ]
        );
    }

    /// <summary>The same as JSON.</summary>
    public static void WriteJson(ImportOutcome outcome)
    {
        var current = outcome.Situation;
        using var stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout, ContractJson.OptionsFor(Console.IsOutputRedirected)))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("provisions", outcome.Counts.Provisions);
            json.WriteNumber("repeated", outcome.Counts.Repeated);
            json.WriteNumber("mails", current.Mails.Count);
            json.WriteNumber("exchanges", current.Conversations.Count);
            json.WriteNumber("campaigns", current.Campaigns.Count);
            json.WriteNumber("warnings", current.Warnings.Count);
            json.WriteNumber("quarantined", outcome.GivenUp);
            WriteFigures(json, outcome.Figures);
            json.WriteStartArray("problems");
            foreach (var one in outcome.Problems)
            {
                WriteProblem(json, one);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }

    private static void WriteFigures(Utf8JsonWriter json, ImportFigures figures)
    {
        json.WriteStartObject("seconds");
        Write(json, "takenIn", figures.TakenIn);
        Write(json, "takenApart", figures.TakenApart);
        Write(json, "linked", figures.Linked);
        json.WriteEndObject();
        json.WriteStartObject("cpuSeconds");
        Write(json, "takenApart", figures.CpuTakenApart);
        Write(json, "hub", figures.Cpu);
        Write(json, "workers", figures.WorkersCpu);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));

    private static void WriteProblem(Utf8JsonWriter json, ImportProblem one)
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

    /// <summary>So many a second; whole numbers, since nobody can do anything with more.</summary>
    internal static string Rate(int count, TimeSpan time) => Text(time > TimeSpan.Zero ? count / time.TotalSeconds : 0, "F0");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
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
            var text = Text(progress);
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{text}\u001b[K"));
        }
    }

    private string Text(ImportProgress progress)
    {
        if (progress.Remaining < 0)
        {
            var taken = ImportTalk.Rate(progress.Provisions, progress.Elapsed);
            return speech[
                $"受付 {progress.Provisions}/{provisions}(毎秒 {taken} 件)",
                $"taken in {progress.Provisions}/{provisions} ({taken}/s)"
            ];
        }

        var done = (int)Math.Max(0, progress.Provisions - progress.Remaining);
        var rate = ImportTalk.Rate(done, progress.Elapsed);
        return speech[
            $"受付済み {progress.Provisions} 件、処理待ち {progress.Remaining}(毎秒 {rate} 件)",
            $"taken in {progress.Provisions}, {progress.Remaining} to be processed ({rate}/s)"
        ];
    }

    public void Clear()
    {
        if (_shown)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
