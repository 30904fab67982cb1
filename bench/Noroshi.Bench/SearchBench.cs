using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Search;
using Noroshi.MailAnatomy;
using Noroshi.Server.Analysis;
using Noroshi.Server.Search;
using Noroshi.Storage.Sqlite.Search;

namespace Noroshi.Bench;

/// <summary>Rate of indexing, size on the disk, and times of queries, over a folder of mails and over so many made of their words.</summary>
internal static class SearchBench
{
    private const int Batch = 2_048;
    private const int Organizations = 46;
    private static readonly string[] Queries =
    [
        "example.com",
        "linux",
        "free money",
        "\"click here\"",
        "subject:re from:gmail",
        "unsubscribe -list",
        "添付",
        "zzzyyxx",
        "received:2002-08",
        "the",
        "deadbeef",
    ];

    public static async Task RunAsync(string folder, int generated)
    {
        var mails = Load(folder);
        Console.WriteLine(
            "| documents | indexed a CPU second | of that reading and tokens | bytes a document | query p50, ms CPU | p99 | index only p50 | p99 |"
        );
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        await MeasureAsync(mails.Count, number => mails[number]);
        if (generated > 0)
        {
            var words = mails.SelectMany(mail => mail.Words).ToArray();
            await MeasureAsync(generated, number => Made(number, words));
        }
    }

    private static async Task MeasureAsync(int count, Func<int, Mail> mail)
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-bench-search-").FullName;
        try
        {
            await using var index = SqliteSearchIndex.Open(folder, RandomNumberGenerator.GetBytes(32));
            // CPU time: other work on the machine stretches the wall time.
            var (total, tokens) = (TimeSpan.Zero, TimeSpan.Zero);
            for (var from = 0; from < count; from += Batch)
            {
                var some = Enumerable.Range(from, Math.Min(Batch, count - from)).Select(mail).ToList();
                var start = Environment.CpuUsage.TotalTime;
                var entries = some.Select(one => SearchEntry.Of(one.Open())).ToList();
                tokens += Environment.CpuUsage.TotalTime - start;
                await index.ApplyAsync(new SearchChanges { Put = entries, Through = from });
                total += Environment.CpuUsage.TotalTime - start;
            }

            var size = index.Size;
            var whole = new List<double>();
            var probes = new List<double>();
            for (var round = 0; round < 40; round++)
            {
                foreach (var text in Queries)
                {
                    var actor = round % 2 == 0 ? SearchActor.Hub : SearchActor.Member(Scope(round));
                    await TimeAsync(
                        whole,
                        () => new Searcher(index).RunAsync(new SearchRequest(text), actor, (ids, _) => OpenAsync(ids, mail))
                    );
                    await TimeAsync(
                        probes,
                        () => new Searcher(index).RunAsync(new SearchRequest(text), actor, (ids, _) => NothingAsync(ids))
                    );
                }
            }

            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {count} | {count / total.TotalSeconds:F0} | {100 * tokens / total:F0} % | {(double)size / count:F0} | {At(whole, 0.5):F1} | {At(whole, 0.99):F1} | {At(probes, 0.5):F2} | {At(probes, 0.99):F2} |"
                )
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task TimeAsync(List<double> times, Func<Task<SearchPage>> run)
    {
        var start = Environment.CpuUsage.TotalTime;
        await run();
        times.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));

    /// <summary>From the bytes that the store would give, so that reading and folding are in the time.</summary>
    private static Task<IReadOnlyList<SearchDocument?>> OpenAsync(IReadOnlyList<string> ids, Func<int, Mail> mail) =>
        Task.FromResult<IReadOnlyList<SearchDocument?>>([
            .. ids.Select(id =>
                mail(int.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture)).Open()
            ),
        ]);

    private static Task<IReadOnlyList<SearchDocument?>> NothingAsync(IReadOnlyList<string> ids) =>
        Task.FromResult<IReadOnlyList<SearchDocument?>>(new SearchDocument?[ids.Count]);

    private static List<Mail> Load(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Select((raw, number) => new Mail(number, Anatomy(number, Dissector.Mail(raw)))),
        ];

    private static byte[] Anatomy(int number, MailFacts facts)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            ContractJson.WriteMail(
                json,
                new ProvidedMail
                {
                    Key = Key(number),
                    File = "a.eml",
                    Channel = "mail",
                    Facts = facts,
                    ReceivedAt = facts.ReceivedAt,
                }
            );
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>A mail of as many words as they have on average, drawn so that frequent words stay frequent.</summary>
    private static Mail Made(int number, string[] words)
    {
        var random = new Random(number);
        var text = string.Join(' ', Enumerable.Range(0, 150 + random.Next(300)).Select(_ => words[random.Next(words.Length)]));
        var sender = words[random.Next(words.Length)];
        return new Mail(
            number,
            JsonSerializer.SerializeToUtf8Bytes(
                new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["subject"] = text[..Math.Min(text.Length, 40)],
                    ["text"] = text,
                    ["messageId"] = string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x}@{sender}.example"),
                    ["receivedAt"] = new DateTimeOffset(2002, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
                }
            )
        );
    }

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}-1");

    private static string Scope(int number) =>
        FoundMail.ScopeOf(string.Create(CultureInfo.InvariantCulture, $"org-{number % Organizations}"));

    private sealed record Mail(int Number, byte[] Anatomy)
    {
        public SearchDocument Open() =>
            FoundMail
                .Of(
                    Anatomy,
                    new MailSurroundings
                    {
                        Key = Key(Number),
                        Provision = "",
                        Number = Number.ToString(CultureInfo.InvariantCulture),
                        ProvidedAt = new DateTimeOffset(2013, 1, 1, 0, 0, 0, TimeSpan.Zero),
                        Header = new ProvisionHeader
                        {
                            Way = GivingWay.Import,
                            Intake = "member",
                            Organization = string.Create(CultureInfo.InvariantCulture, $"org-{Number % Organizations}"),
                            GivenBy = "bench",
                            ReceivedAt = DateTimeOffset.UnixEpoch,
                        },
                    }
                )
                ?.Document
            ?? throw new InvalidOperationException("A bench's mail can be read.");

        public IEnumerable<string> Words =>
            (JsonDocument.Parse(Anatomy).RootElement.GetProperty("text").GetString() ?? "")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Take(400);
    }
}
