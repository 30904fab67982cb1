using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;
using Noroshi.Server.Smtp;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Bench;

/// <summary>
/// Whether the time of an answer to RCPT tells anything about members: probes of several kinds in random order against a whole hub on
/// loopback, each kind compared with addresses that nobody ever had.
/// </summary>
internal static class ProbeBench
{
    private const int Addresses = 1_000;
    private const string Baseline = "unknown, sender unknown";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Runs and prints the table.</summary>
    /// <param name="probes">Probes of each kind.</param>
    public static async Task RunAsync(int probes)
    {
        var root = Directory.CreateTempSubdirectory("noroshi-probes-").FullName;
        try
        {
            var app = await HubHost.BuildAsync(
                new HubSettings
                {
                    DataFolder = Path.Combine(root, "data"),
                    MasterKeyFile = Path.Combine(root, "master-key"),
                    Url = "http://127.0.0.1:0",
                    Smtp = "127.0.0.1:0",
                },
                services =>
                    services.AddSingleton(
                        new SmtpOptions
                        {
                            HostName = "hub.example",
                            IntakeDomain = "hub.example",
                            MostErrors = int.MaxValue,
                            MostCommands = int.MaxValue,
                            MostTransactions = int.MaxValue,
                        }
                    )
            );
            await app.StartAsync();
            var kinds = await KindsAsync(app.Services);
            var times = await ProbeAsync(app.Services.GetRequiredService<SmtpHost>().Bound ?? new IPEndPoint(0, 0), kinds, probes);
            Print(times, probes);
            await app.StopAsync();
            await app.DisposeAsync();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>What is asked, by kind: a sender and a way to draw a recipient.</summary>
    private static async Task<IReadOnlyDictionary<string, (string Sender, Func<Random, string> Recipient)>> KindsAsync(
        IServiceProvider services
    )
    {
        var organizations = services.GetRequiredService<Register<Organization>>();
        await services
            .GetRequiredService<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put(
                    "power-a",
                    new Organization
                    {
                        Id = "power-a",
                        Domains = ["power-a.example"],
                        Windows = [new ContactWindow("product-inquiries-1", "inquiries@power-a.example")],
                    }
                )
            );
        var addresses = services.GetRequiredService<IntakeAddresses>();
        var valid = new List<string>();
        var revoked = new List<string>();
        for (var i = 0; i < Addresses; i++)
        {
            var issued = await addresses.IssueAsync(Actor.System, "power-a", "product-inquiries-1", null);
            (i % 2 == 0 ? valid : revoked).Add(issued.Address.Split('@')[0]);
            if (i % 2 == 1)
            {
                await addresses.RevokeAsync(Actor.System, issued.Id);
            }
        }

        string Pick(Random random, List<string> from) => from[random.Next(from.Count)];
        return new Dictionary<string, (string, Func<Random, string>)>(StringComparer.Ordinal)
        {
            [Baseline] = ("x@outside.example", random => $"{Local(random)}@hub.example"),
            ["unknown, again"] = ("x@outside.example", random => $"{Local(random)}@hub.example"),
            ["unknown, sender member"] = ("x@power-a.example", random => $"{Local(random)}@hub.example"),
            ["unknown, sender a window"] = ("inquiries@power-a.example", random => $"{Local(random)}@hub.example"),
            ["revoked address"] = ("x@outside.example", random => $"{Pick(random, revoked)}@hub.example"),
            ["valid but one letter"] = ("x@outside.example", random => $"{Pick(random, valid)[..25]}1@hub.example"),
            ["valid, other domain"] = ("x@outside.example", random => $"{Pick(random, valid)}@hub.exampla"),
            ["shared address"] = ("x@outside.example", _ => "report+product-inquiries-1@hub.example"),
        };
    }

    private static async Task<Dictionary<string, List<double>>> ProbeAsync(
        IPEndPoint hub,
        IReadOnlyDictionary<string, (string Sender, Func<Random, string> Recipient)> kinds,
        int probes
    )
    {
        var random = new Random(20131017);
        var times = kinds.Keys.ToDictionary(kind => kind, _ => new List<double>(probes), StringComparer.Ordinal);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(hub);
        using var socket = client.Client;
        var buffer = new byte[4_096];
        Receive(socket, buffer);
        Say(socket, buffer, "EHLO client.example");
        var warm = probes / 5;
        var order = kinds.Keys.SelectMany(kind => Enumerable.Repeat(kind, probes + warm)).ToArray();
        random.Shuffle(order);
        foreach (var kind in order)
        {
            Say(socket, buffer, $"MAIL FROM:<{kinds[kind].Sender}>");
            var line = Utf8.GetBytes($"RCPT TO:<{kinds[kind].Recipient(random)}>\r\n");
            var start = Stopwatch.GetTimestamp();
            socket.Send(line);
            var length = Receive(socket, buffer);
            times[kind].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (!buffer.AsSpan(0, length).SequenceEqual("550 5.1.1 Recipient not accepted\r\n"u8))
            {
                throw new InvalidOperationException($"{kind}: {Utf8.GetString(buffer, 0, length)}");
            }

            Say(socket, buffer, "RSET");
        }

        foreach (var list in times.Values)
        {
            list.RemoveRange(0, warm);
        }

        return times;
    }

    private static void Say(Socket socket, byte[] buffer, string line)
    {
        socket.Send(Utf8.GetBytes(line + "\r\n"));
        Receive(socket, buffer);
    }

    private static int Receive(Socket socket, byte[] buffer)
    {
        var length = 0;
        do
        {
            length += socket.Receive(buffer.AsSpan(length));
        } while (length > 0 && buffer[length - 1] != (byte)'\n');

        return length;
    }

    private static string Local(Random random) =>
        string.Create(
            26,
            random,
            static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = "abcdefghijklmnopqrstuvwxyz234567"[source.Next(32)];
                }
            }
        );

    private static void Print(Dictionary<string, List<double>> times, int probes)
    {
        var baseline = times[Baseline];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{probes} probes of each kind in random order, one connection on loopback; all answers the same bytes."
            )
        );
        Console.WriteLine(
            "Mann-Whitney against the first row: the chance that a probe of the kind takes longer than one of the first row (0.5: nothing can be told), and z.\n"
        );
        Console.WriteLine("| kind | median us | 95 % us | chance | z |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var (kind, list) in times)
        {
            var (chance, z) = MannWhitney(list, baseline);
            var sorted = list.Order().ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {kind} | {sorted[sorted.Count / 2]:F2} | {sorted[sorted.Count * 95 / 100]:F2} | {chance:F3} | {z:F2} |"
                )
            );
        }
    }

    /// <summary>P(a &gt; b) with ties halved, and the normal approximation's z.</summary>
    internal static (double Chance, double Z) MannWhitney(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var all = a.Select(value => (Value: value, OfA: true))
            .Concat(b.Select(value => (Value: value, OfA: false)))
            .OrderBy(one => one.Value)
            .ToList();
        double ranks = 0;
        for (var from = 0; from < all.Count; )
        {
            var to = from;
            while (to < all.Count && all[to].Value.Equals(all[from].Value))
            {
                to++;
            }

            var rank = (from + 1 + to) / 2.0;
            ranks += rank * all[from..to].Count(one => one.OfA);
            from = to;
        }

        double n = a.Count,
            m = b.Count;
        var u = ranks - (n * (n + 1) / 2);
        return (u / (n * m), (u - (n * m / 2)) / Math.Sqrt(n * m * (n + m + 1) / 12));
    }
}
