using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Noroshi.StorageBench;

/// <summary>Those who hand mails to a hub that does not live long, by the API and by SMTP at once, for several organisations.</summary>
internal sealed class HubGivers
{
    public const int ApiCallers = 6;
    public const int SmtpCallers = 6;
    public const int Organizations = 6;
    private const string Window = "inquiry";
    private const int OneOfSoManyAgain = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<(string Key, string Address)> _places = [];

    private HubGivers(HubBuild build) => Build = build;

    public HubBuild Build { get; }

    public HubLedger Ledger { get; } = new();

    /// <summary>Makes organisations, windows, keys and intake addresses by the command line, as an administrator would.</summary>
    public static async Task<HubGivers> PrepareAsync(HubBuild build)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(build.Places.Key) ?? build.Places.Root);
        var givers = new HubGivers(build);
        var members = Path.Combine(build.Places.Root, "members.json");
        var organizations = Enumerable
            .Range(0, Organizations)
            .Select(one =>
                $$"""{"id":"{{Id(one)}}","domains":["soak{{one}}.example"],"windows":[{"id":"{{Window}}","address":"inquiry@soak{{one}}.example"}]}"""
            );
        await File.WriteAllTextAsync(members, $$"""{"organizations":[{{string.Join(',', organizations)}}]}""");
        await build.CallAsync("org", "import", members);
        for (var i = 0; i < Organizations; i++)
        {
            var key = await build.CallAsync("key", "create", "--organization", Id(i), "--scope", "provide", "--scope", "read", "--json");
            var address = await build.CallAsync("org", "address", "--organization", Id(i), "--window", Window, "--json");
            givers._places.Add((Text(key, "key"), Text(address, "address")));
        }

        return givers;
    }

    /// <summary>Hands in until it is told to end; returns when every caller has noticed.</summary>
    public async Task WorkAsync(HubProcess hub, CancellationToken end) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, ApiCallers)
                .Select(one => ApiAsync(hub.Http, one % Organizations, end))
                .Concat(Enumerable.Range(0, SmtpCallers).Select(one => SmtpAsync(hub.Smtp, one % Organizations, end)))
        );

    /// <summary>How many provisions the hub shows to their organisations, page by page.</summary>
    public async Task<(int Count, HashSet<string> Ids)> ListAsync(HubProcess hub)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        for (var i = 0; i < Organizations; i++)
        {
            using var client = Client(hub.Http, i);
            string? cursor = null;
            do
            {
                var query = "/api/v1/provisions?limit=200" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor));
                using var page = JsonDocument.Parse(await client.GetStringAsync(query));
                foreach (var one in page.RootElement.GetProperty("provisions").EnumerateArray())
                {
                    count++;
                    ids.Add(one.GetProperty("id").GetString() ?? "");
                }

                cursor = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
            } while (cursor is not null);
        }

        return (count, ids);
    }

    /// <summary>A client of one organisation.</summary>
    public HttpClient Client(Uri hub, int giver)
    {
        var client = new HttpClient { BaseAddress = hub, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _places[giver].Key);
        return client;
    }

    private static string Id(int giver) => "soak-" + giver.ToString(CultureInfo.InvariantCulture);

    private static string Problem(HttpStatusCode status, string body)
    {
        using var document = JsonDocument.Parse(body);
        var type = document.RootElement.GetProperty("type").GetString();
        return string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status} {type}");
    }

    private static string Text(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString() ?? "";
    }

    private Handed Next(bool bySmtp, int giver) =>
        Ledger.Next(bySmtp, () => new Handed(RandomNumberGenerator.GetHexString(32, lowercase: true), giver, bySmtp));

    private async Task ApiAsync(Uri hub, int giver, CancellationToken end)
    {
        Handed? again = null;
        while (!end.IsCancellationRequested)
        {
            var mail = again ?? Next(bySmtp: false, giver);
            again = null;
            try
            {
                if (await GiveAsync(hub, mail) && RandomNumberGenerator.GetInt32(OneOfSoManyAgain) == 0)
                {
                    Ledger.CountAgain();
                    again = mail;
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException or JsonException)
            {
                Ledger.Unanswered(mail);
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private readonly Dictionary<(Uri, int), HttpClient> _clients = [];

    private HttpClient Shared(Uri hub, int giver)
    {
        lock (_clients)
        {
            if (!_clients.TryGetValue((hub, giver), out var client))
            {
                _clients[(hub, giver)] = client = Client(hub, giver);
            }

            return client;
        }
    }

    /// <summary>True when it was acknowledged for the first time.</summary>
    private async Task<bool> GiveAsync(Uri hub, Handed mail)
    {
        using var content = new ByteArrayContent(HubLedger.MailOf(mail));
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/provisions?window={Window}") { Content = content };
        request.Headers.Add("Idempotency-Key", mail.Token);
        using var response = await Shared(hub, mail.Giver).SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsStringAsync(CancellationToken.None);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Created:
                using (var receipt = JsonDocument.Parse(body))
                {
                    return Ledger.Acknowledge(
                        mail,
                        receipt.RootElement.GetProperty("id").GetString() ?? "",
                        receipt.RootElement.GetProperty("repeated").GetBoolean()
                    );
                }

            case HttpStatusCode.TooManyRequests
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.InsufficientStorage:
                Ledger.Refuse(mail, Problem(response.StatusCode, body));
                await Task.Delay(100, CancellationToken.None);
                return false;
            default:
                Ledger.Odd(mail, $"HTTP {(int)response.StatusCode}: {body}");
                await Task.Delay(100, CancellationToken.None);
                return false;
        }
    }

    private async Task SmtpAsync(IPEndPoint hub, int giver, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            Handed? mail = null;
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(hub, CancellationToken.None);
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                await SayAsync(client, reader, null, "220");
                await SayAsync(client, reader, "EHLO giver.example", "250");
                while (!end.IsCancellationRequested)
                {
                    var again = mail;
                    mail ??= Next(bySmtp: true, giver);
                    await SayAsync(client, reader, $"MAIL FROM:<inquiry@soak{mail.Giver}.example>", "250");
                    await SayAsync(client, reader, $"RCPT TO:<{_places[mail.Giver].Address}>", "250");
                    await SayAsync(client, reader, "DATA", "354");
                    await client.GetStream().WriteAsync(HubLedger.MailOf(mail), CancellationToken.None);
                    await SayAsync(client, reader, ".", "250");
                    var first = Ledger.Acknowledge(mail, "", repeated: again is not null);
                    if (first && RandomNumberGenerator.GetInt32(OneOfSoManyAgain) == 0)
                    {
                        Ledger.CountAgain();
                    }
                    else
                    {
                        mail = null;
                    }
                }

                if (mail is not null)
                {
                    Ledger.Unanswered(mail);
                }
            }
            catch (SmtpRefusal refusal)
            {
                if (mail is not null && refusal.Message.StartsWith('4'))
                {
                    Ledger.Refuse(mail, "SMTP " + refusal.Message);
                }
                else if (mail is not null)
                {
                    Ledger.Odd(mail, "SMTP " + refusal.Message);
                }

                await Task.Delay(100, CancellationToken.None);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                if (mail is not null)
                {
                    Ledger.Unanswered(mail);
                }

                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private static async Task SayAsync(TcpClient client, StreamReader reader, string? line, string expected)
    {
        if (line is not null)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
        }

        string? answer;
        do
        {
            answer = await reader.ReadLineAsync() ?? throw new IOException("The connection ended.");
        } while (answer is [_, _, _, '-', ..]);

        // Cut off in the middle of a line: no answer.
        if (answer.Length < 4)
        {
            throw new IOException("The connection ended.");
        }

        if (!answer.StartsWith(expected, StringComparison.Ordinal))
        {
            throw new SmtpRefusal(answer);
        }
    }

    private sealed class SmtpRefusal : Exception
    {
        public SmtpRefusal() { }

        public SmtpRefusal(string message)
            : base(message) { }

        public SmtpRefusal(string message, Exception cause)
            : base(message, cause) { }
    }
}
