using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Jail;
using Noroshi.Server.Registers;

namespace Noroshi.Bench;

/// <summary>
/// Whether the time of any answer to a member tells what another one reported: pairs of probes in random order, of which one names a value (an
/// attachment, a sender, a link, a text) that another member without the standing approval provided, and one a value that nobody did. Both at
/// once against one whole hub on loopback, so that what else the machine does falls on both alike.
/// </summary>
internal static class ApiProbeBench
{
    private const string Prober = "power-a";
    private const string Other = "gas-b";
    private static readonly string[] Values = ["attachment", "sender", "link", "text"];

    private sealed record Probe(int Pair, bool Reported)
    {
        public Guid Id { get; set; }

        public SortedDictionary<string, double> Times { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>Runs and prints the table.</summary>
    public static async Task RunAsync(int pairs)
    {
        var root = Directory.CreateTempSubdirectory("noroshi-api-probes-").FullName;
        try
        {
            await using var app = await HubHost.BuildAsync(
                new HubSettings
                {
                    DataFolder = Path.Combine(root, "data"),
                    MasterKeyFile = Path.Combine(root, "master-key"),
                    Url = "http://127.0.0.1:0",
                    Options = new HubOptions
                    {
                        Log = new LogOptions { Level = "error" },
                        Limits = new LimitOptions { ProvisionsPerHour = 1_000_000 },
                        Http = new HttpOptions { RequestsPerSecond = 1_000_000 },
                    },
                },
                services =>
                {
                    services.AddSingleton<IMailWorkers, Here>();
                    services.AddSingleton(new AccessOptions { PerKey = 10_000_000, PerUser = 10_000_000 });
                }
            );
            await app.StartAsync();
            await AddMembersAsync(app.Services);
            using var client = await ClientAsync(app.Services);
            var probes = await ProbeAsync(app.Services, client, pairs);
            Print(probes, pairs, await MomentsAsync(app.Services, probes));
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static Task AddMembersAsync(IServiceProvider services)
    {
        var organizations = services.GetRequiredService<Register<Organization>>();
        return services
            .GetRequiredService<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put(Prober, new Organization { Id = Prober, Domains = [$"{Prober}.example"] }),
                organizations.Put(Other, new Organization { Id = Other, Domains = [$"{Other}.example"] })
            );
    }

    private static async Task<HttpClient> ClientAsync(IServiceProvider services)
    {
        var (_, key) = await services
            .GetRequiredService<ApiKeys>()
            .AddAsync(
                new ApiKey
                {
                    Id = "probe",
                    Hash = "",
                    Name = "probe",
                    Organization = Prober,
                    Scopes = ["provide", "read", "search"],
                    CreatedBy = "system",
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                    ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
                    RequestsPerMinute = 10_000_000,
                }
            );
        var address = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First();
        var client = new HttpClient { BaseAddress = new Uri(address ?? "") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static async Task<IReadOnlyList<Probe>> ProbeAsync(IServiceProvider services, HttpClient client, int pairs)
    {
        var random = new Random(20131017);
        var warm = pairs / 10;
        var probes = Enumerable
            .Range(0, pairs + warm)
            .SelectMany(pair => new[] { new Probe(pair, Reported: true), new Probe(pair, Reported: false) })
            .ToArray();
        await ReportAsync(services, [.. probes.Where(one => one.Reported)]);
        random.Shuffle(probes);
        foreach (var probe in probes)
        {
            await GiveAsync(client, probe);
        }

        // Until the last answers have come to light.
        await Task.Delay(2 * AnswerRecords.Beat + TimeSpan.FromSeconds(2));
        random.Shuffle(probes);
        foreach (var probe in probes)
        {
            await TimeAsync(client, probe, "answer, given", $"/api/v1/provisions/{probe.Id:N}/answer");
            await TimeAsync(client, probe, "own provision", $"/api/v1/provisions/{probe.Id}");
            await TimeAsync(client, probe, "own search", $"/api/v1/search?q={Mark(probe)}");
        }

        return [.. probes.Where(one => one.Pair >= warm)];
    }

    /// <summary>What the other member provided, before any probe.</summary>
    private static async Task ReportAsync(IServiceProvider services, IReadOnlyList<Probe> reported)
    {
        var intake = services.GetRequiredService<ProvisionIntake>();
        var last = default(Receipt);
        foreach (var probe in reported)
        {
            var header = new ProvisionHeader
            {
                Way = GivingWay.Api,
                Intake = "member",
                Organization = Other,
                GivenBy = "",
                ReceivedAt = default,
                Items = [new ProvisionItem("a.eml")],
            };
            last = await intake.ReceiveAsync(new Giving(Actor.System, header, [Mail(Other, probe, "their")]), CancellationToken.None);
        }

        var steps = services.GetRequiredService<IHubStore>().Steps;
        while (last is { } receipt && (await steps.OfProvisionAsync(receipt.Id, AnswerRecords.Kind)).Count == 0)
        {
            await Task.Delay(200);
        }
    }

    private static async Task GiveAsync(HttpClient client, Probe probe)
    {
        using var content = new ByteArrayContent(Mail(Prober, probe, "own").ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        var start = Stopwatch.GetTimestamp();
        using (var receipt = await client.PostAsync(new Uri("/api/v1/provisions", UriKind.Relative), content))
        {
            var body = await receipt.Content.ReadAsByteArrayAsync();
            probe.Times["receipt"] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            receipt.EnsureSuccessStatusCode();
            probe.Id = JsonElement.Parse(body).GetProperty("id").GetGuid();
        }

        // While the hub works on it: what it comes across must not slow down what is asked beside.
        foreach (var after in new[] { 0, 20, 60 })
        {
            await Task.Delay(after);
            await TimeAsync(
                client,
                probe,
                string.Create(CultureInfo.InvariantCulture, $"answer, pending, after {after} ms more"),
                $"/api/v1/provisions/{probe.Id:N}/answer"
            );
        }

        await TimeAsync(client, probe, "list of own", "/api/v1/provisions?limit=5");
    }

    private static async Task TimeAsync(HttpClient client, Probe probe, string what, string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        probe.Times[what] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>After how many beats each answer came to light.</summary>
    private static async Task<IReadOnlyList<(bool Reported, double Beats)>> MomentsAsync(
        IServiceProvider services,
        IReadOnlyList<Probe> probes
    )
    {
        var records = services.GetRequiredService<AnswerRecords>();
        var store = services.GetRequiredService<IHubStore>();
        var moments = new List<(bool, double)>();
        foreach (var probe in probes)
        {
            var id = new ProvisionId(probe.Id);
            var stored = await store.Intake.FindAsync(id) ?? throw new InvalidOperationException("a probe was lost");
            var (versions, _) = await records.OfAsync(id, CancellationToken.None);
            moments.Add((probe.Reported, Math.Round((versions[0].At - stored.ReceivedAt) / AnswerRecords.Beat, 2)));
        }

        return moments;
    }

    /// <summary>A mail of a member; of a reported pair both mails have one value in common, which one goes round by the number of the pair.</summary>
    private static ReadOnlyMemory<byte> Mail(string organization, Probe probe, string whose)
    {
        var shared = Values[probe.Pair % Values.Length];
        string Of(string value, int length) =>
            Drawn($"{(probe.Reported ? "" : whose)}/{value}/{probe.Pair}/{probe.Reported}/{(value == shared ? "" : whose)}", length);
        var text = string.Concat(Enumerable.Range(0, 12).Select(at => Of("text", 8 + (at % 3)) + " "));
        var file = Convert.ToBase64String(Encoding.ASCII.GetBytes("MZ" + Of("attachment", 400)));
        return Encoding.ASCII.GetBytes(
            $"Received: from [192.0.2.9] by mx.{organization}.example; Thu, 17 Oct 2013 09:00:00 +0900\r\n"
                + $"From: {Of("sender", 12)}@free-mail.example\r\nTo: inquiries@{organization}.example\r\nSubject: {Of("subject", 10)}\r\n"
                + $"Message-ID: <{Drawn(whose + probe, 20)}@free-mail.example>\r\nDate: Thu, 17 Oct 2013 08:59:00 +0900\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + $"--b\r\nContent-Type: text/plain\r\n\r\n{text} {Mark(probe)} https://files.{Of("link", 10)}.example/{Of("link", 6)}\r\n"
                + "--b\r\nContent-Type: application/octet-stream; name=\"a.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + $"{file}\r\n--b--\r\n"
        );
    }

    private static string Mark(Probe probe) => Drawn($"mark/{probe.Pair}/{probe.Reported}", 12);

    /// <summary>Letters that stand for a text: the same ones each time.</summary>
    private static string Drawn(string text, int length)
    {
        var seed = BitConverter.ToInt32(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));
    }

    private static void Print(IReadOnlyList<Probe> probes, int pairs, IReadOnlyList<(bool Reported, double Beats)> moments)
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{pairs} pairs in random order; shared value in turns: {string.Join(", ", Values)}. Wall time at the member, microseconds."
            )
        );
        Console.WriteLine(
            "chance: that a probe whose value was reported takes longer than one whose value was not (0.5: nothing can be told), Mann-Whitney z; Welch t of the logarithms.\n"
        );
        Console.WriteLine(
            "| what the member asks | median, not reported | median, reported | 95 %, not | 95 %, reported | chance | z | t |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var what in probes[0].Times.Keys)
        {
            var not = probes.Where(one => !one.Reported).Select(one => one.Times[what]).ToList();
            var reported = probes.Where(one => one.Reported).Select(one => one.Times[what]).ToList();
            var (chance, z) = ProbeBench.MannWhitney(reported, not);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {what} | {At(not, 50):F0} | {At(reported, 50):F0} | {At(not, 95):F0} | {At(reported, 95):F0} | {chance:F3} | {z:F2} | {Welch(reported, not):F2} |"
                )
            );
        }

        Console.WriteLine("\n| answer comes to light after | not reported | reported |\n|---|---:|---:|");
        foreach (var group in moments.GroupBy(one => one.Beats).OrderBy(one => one.Key))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {group.Key * AnswerRecords.Beat.TotalSeconds:F0} s | {group.Count(one => !one.Reported)} | {group.Count(one => one.Reported)} |"
                )
            );
        }
    }

    private static double At(List<double> all, int percent) => all.Order().ElementAt(Math.Min(all.Count - 1, all.Count * percent / 100));

    private static double Welch(List<double> a, List<double> b)
    {
        var (x, y) = (a.ConvertAll(Math.Log), b.ConvertAll(Math.Log));
        static double Variance(List<double> all)
        {
            var mean = all.Average();
            return all.Sum(one => (one - mean) * (one - mean)) / (all.Count - 1);
        }

        return (x.Average() - y.Average()) / Math.Sqrt((Variance(x) / x.Count) + (Variance(y) / y.Count));
    }

    /// <summary>Takes apart in this process: what a mail costs in the jail depends on nothing but itself.</summary>
    private sealed class Here : IMailWorkers
    {
        public int Workers => 1;

        public Task<WorkerOutcome> DissectAsync(
            ReadOnlyMemory<byte> bytes,
            DissectionRequest request,
            string? group,
            CancellationToken cancellation
        )
        {
            var frames = new List<AnatomyFrame>();
            Dissector.Dissect(bytes, request, frames.Add);
            return Task.FromResult(new WorkerOutcome(frames, [], Unparseable: false));
        }
    }
}
