using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Noroshi.StorageBench;

/// <summary>Those who hand mails to a hub that does not live long, and remember what was acknowledged.</summary>
internal sealed class HubGivers : IAsyncDisposable
{
    public const int ApiCallers = 8;
    public const int SmtpCallers = 8;
    private const string Mark = "X-Token: ";
    private const string Organization = "soak-a";
    private const string Window = "inquiry";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, byte> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _unanswered = new();
    private readonly string _executable;
    private readonly Places _places;
    private string _key = "";
    private string _address = "";
    private int _bySmtp;

    private HubGivers(string executable, Places places) => (_executable, _places) = (executable, places);

    public ICollection<string> Acknowledged => _acknowledged.Keys;

    public int BySmtp => _bySmtp;

    /// <summary>Makes organisation, window, key and intake address by the command line, as an administrator would.</summary>
    public static async Task<HubGivers> PrepareAsync(string executable, Places places)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(places.Key) ?? places.Root);
        var givers = new HubGivers(executable, places);
        var members = Path.Combine(places.Root, "members.json");
        await File.WriteAllTextAsync(
            members,
            $$"""{"organizations":[{"id":"{{Organization}}","domains":["soak.example"],"windows":[{"id":"{{Window}}","address":"inquiry@soak.example"}]}]}"""
        );
        await givers.CallAsync("org", "import", members);
        using var key = JsonDocument.Parse(
            await givers.CallAsync("key", "create", "--organization", Organization, "--scope", "provide", "--json")
        );
        givers._key = key.RootElement.GetProperty("key").GetString() ?? "";
        using var address = JsonDocument.Parse(
            await givers.CallAsync("org", "address", "--organization", Organization, "--window", Window, "--json")
        );
        givers._address = address.RootElement.GetProperty("address").GetString() ?? "";
        return givers;
    }

    /// <summary>Starts the hub, hands in for a while, and kills it.</summary>
    public async Task CycleAsync(TimeSpan work, bool kill)
    {
        using var hub = await StartAsync();
        using var end = new CancellationTokenSource();
        var callers = Enumerable
            .Range(0, ApiCallers)
            .Select(_ => ApiAsync(hub.Http, end.Token))
            .Concat(Enumerable.Range(0, SmtpCallers).Select(_ => SmtpAsync(hub.Smtp, end.Token)))
            .ToList();
        await Task.Delay(work);
        if (kill)
        {
            hub.Process.Kill(entireProcessTree: true);
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
        await hub.Process.WaitForExitAsync();
    }

    /// <summary>Lets a hub work its queue off and ends it in order; false when it does not come to an end.</summary>
    public async Task<bool> SettleAsync()
    {
        using var hub = await StartAsync();
        using var client = Client(hub.Http);
        var patience = Stopwatch.StartNew();
        var done = false;
        while (!done && patience.Elapsed < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(1_000);
            using var ready = JsonDocument.Parse(await client.GetStringAsync("/health/ready"));
            done = QueueOf(ready.RootElement) == 0;
        }

        using var stop = Process.Start("kill", ["-TERM", hub.Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await hub.Process.WaitForExitAsync();
        return done;
    }

    /// <summary>The token of a mail that one of us made; null for others.</summary>
    public static string? TokenOf(byte[] mail)
    {
        var text = Encoding.UTF8.GetString(mail);
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? null : text.Substring(at + Mark.Length, 32);
    }

    /// <summary>Whether the mail ends as it was handed in; a listener may put a trace header before it.</summary>
    public static bool IsMail(byte[] stored, string token) => stored.AsSpan().EndsWith(MailOf(token));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static long QueueOf(JsonElement ready) =>
        ready.TryGetProperty("queue", out var queue)
            ? queue.GetInt64()
            : throw new InvalidOperationException("/health/ready names no queue");

    private static byte[] MailOf(string token)
    {
        var random = new Random(BitConverter.ToInt32(Convert.FromHexString(token)));
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"From: a@sender.example\r\nTo: inquiry@soak.example\r\nSubject: {token[..8]}\r\nMessage-ID: <{token}@sender.example>\r\n{Mark}{token}\r\n\r\n"
        );
        var length = 500 + random.Next(8_000);
        while (text.Length < length)
        {
            text.Append("見積 製品 please ").Append(random.Next()).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private string Next() => _unanswered.TryDequeue(out var again) ? again : RandomNumberGenerator.GetHexString(32, lowercase: true);

    private async Task ApiAsync(Uri hub, CancellationToken end)
    {
        using var client = Client(hub);
        while (!end.IsCancellationRequested)
        {
            var token = Next();
            try
            {
                using var content = new ByteArrayContent(MailOf(token));
                content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/provisions?window={Window}") { Content = content };
                request.Headers.Add("Idempotency-Key", token);
                using var response = await client.SendAsync(request, CancellationToken.None);
                if (response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
                {
                    _acknowledged.TryAdd(token, 0);
                }
                else if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                {
                    _unanswered.Enqueue(token);
                    await Task.Delay(100, CancellationToken.None);
                }
                else
                {
                    throw new InvalidOperationException(
                        $"The hub answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(CancellationToken.None)}"
                    );
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
            {
                _unanswered.Enqueue(token);
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task SmtpAsync(IPEndPoint hub, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var token = "";
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(hub, CancellationToken.None);
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                await SayAsync(client, reader, null, "220");
                await SayAsync(client, reader, "EHLO giver.example", "250");
                while (!end.IsCancellationRequested)
                {
                    token = Next();
                    await SayAsync(client, reader, "MAIL FROM:<inquiry@soak.example>", "250");
                    await SayAsync(client, reader, $"RCPT TO:<{_address}>", "250");
                    await SayAsync(client, reader, "DATA", "354");
                    await client.GetStream().WriteAsync(MailOf(token), CancellationToken.None);
                    await SayAsync(client, reader, ".", "250");
                    if (_acknowledged.TryAdd(token, 0))
                    {
                        Interlocked.Increment(ref _bySmtp);
                    }

                    token = "";
                }
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                if (token.Length > 0)
                {
                    _unanswered.Enqueue(token);
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

        if (!answer.StartsWith(expected, StringComparison.Ordinal))
        {
            throw answer.StartsWith('4') ? new IOException(answer) : new InvalidOperationException($"'{line}' was answered '{answer}'.");
        }
    }

    private HttpClient Client(Uri hub)
    {
        var client = new HttpClient { BaseAddress = hub, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        return client;
    }

    private async Task<RunningHub> StartAsync()
    {
        var process = Start("serve", "--url", "http://127.0.0.1:0", "--smtp", "127.0.0.1:0");
        _ = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        using var bound = JsonDocument.Parse(line ?? throw new InvalidOperationException("serve ended without saying where it listens"));
        return new RunningHub(
            process,
            new Uri(bound.RootElement.GetProperty("http").GetString() ?? ""),
            IPEndPoint.Parse(bound.RootElement.GetProperty("smtp").GetString() ?? "")
        );
    }

    private Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])[_executable, .. words, "--data", _places.Data])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["NOROSHI_MASTER_KEY_FILE"] = _places.Key;
        return Process.Start(start) ?? throw new InvalidOperationException("The hub cannot be started.");
    }

    private async Task<string> CallAsync(params string[] words)
    {
        using var process = Start(words);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', words)} ended with {process.ExitCode}: {await errors}");
    }

    private sealed record RunningHub(Process Process, Uri Http, IPEndPoint Smtp) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}
