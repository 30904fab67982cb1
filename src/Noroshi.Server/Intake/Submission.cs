using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Server.Cli;

namespace Noroshi.Server.Intake;

/// <summary>What to submit and where.</summary>
internal sealed record SubmitOrder
{
    public required string Path { get; init; }

    public required string Organization { get; init; }

    public string? Window { get; init; }
}

/// <summary>What became of one file.</summary>
internal sealed record SubmittedFile(string File, string? Number, Guid? Id, bool Repeated, string? Problem);

/// <summary>What became of all.</summary>
/// <param name="Schema">Schema of the JSON output.</param>
internal sealed record SubmitOutcome(
    string Schema,
    int Submitted,
    int Repeated,
    int Failed,
    bool Unreachable,
    IReadOnlyList<SubmittedFile> Files
);

/// <summary>JSON of <c>submit</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SubmitOutcome))]
[JsonSerializable(typeof(ProvisionRequest))]
[JsonSerializable(typeof(ReceiptView))]
internal sealed partial class SubmitJson : JsonSerializerContext;

/// <summary>
/// A client of the API: each file is a provision with an idempotency key that its content gives, so that a call that was cut off is simply made
/// again.
/// </summary>
internal sealed class Submission : IDisposable
{
    private const int AtOnce = 4;
    private const int Tries = 5;
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".eml", ".msg", ".mbox", ".zip" };
    private readonly SubmitOrder _order;
    private readonly SubmitTalk _talk;
    private readonly HttpClient _client;

    /// <summary>Makes it.</summary>
    /// <param name="order">What.</param>
    /// <param name="client">Calls the hub; ends with the submission.</param>
    /// <param name="talk">Progress.</param>
    public Submission(SubmitOrder order, HttpClient client, SubmitTalk talk) => (_order, _client, _talk) = (order, client, talk);

    /// <summary>Submits everything.</summary>
    public async Task<SubmitOutcome> RunAsync(CancellationToken cancellation)
    {
        var files = Files();
        var results = new SubmittedFile?[files.Count];
        var done = 0;
        using var unreachable = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lost = false;
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, files.Count),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = unreachable.Token },
                async (i, stop) =>
                {
                    try
                    {
                        results[i] = await SubmitAsync(files[i], stop);
                        _talk.Progress(Interlocked.Increment(ref done), files.Count);
                    }
                    catch (HttpRequestException)
                    {
                        lost = true;
                        await unreachable.CancelAsync();
                    }
                }
            );
        }
        catch (OperationCanceledException) when (lost)
        {
            // What was acknowledged is in the results; the rest is for the next call.
        }

        var told = files.Select((file, i) => results[i] ?? new SubmittedFile(Shown(file), null, null, false, "not sent")).ToList();
        return new SubmitOutcome(
            "noroshi.submission/1",
            told.Count(one => one is { Number: not null, Repeated: false }),
            told.Count(one => one is { Number: not null, Repeated: true }),
            told.Count(one => one.Number is null),
            lost,
            told
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private List<string> Files() =>
        File.Exists(_order.Path)
            ? [_order.Path]
            :
            [
                .. Directory
                    .EnumerateFiles(
                        _order.Path,
                        "*",
                        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
                    )
                    .Where(file => Extensions.Contains(Path.GetExtension(file)))
                    .Order(StringComparer.Ordinal),
            ];

    private string Shown(string file) => file == _order.Path ? Path.GetFileName(file) : Path.GetRelativePath(_order.Path, file);

    private async Task<SubmittedFile> SubmitAsync(string file, CancellationToken cancellation)
    {
        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(file, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new SubmittedFile(Shown(file), null, null, false, error.Message);
        }

        for (var attempt = 1; ; attempt++)
        {
            using var request = Request(file, content);
            using var response = await _client.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.Created)
            {
                var json = await response.Content.ReadAsByteArrayAsync(cancellation);
                var receipt = JsonSerializer.Deserialize(json, SubmitJson.Default.ReceiptView);
                return new SubmittedFile(Shown(file), receipt?.Number, receipt?.Id, receipt?.Repeated ?? false, null);
            }

            var again =
                response.StatusCode
                is HttpStatusCode.TooManyRequests
                    or HttpStatusCode.ServiceUnavailable
                    or HttpStatusCode.InsufficientStorage;
            if (!again || attempt == Tries)
            {
                return new SubmittedFile(Shown(file), null, null, false, await ProblemAsync(response, cancellation));
            }

            var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1 << attempt);
            await Task.Delay(wait < TimeSpan.FromMinutes(1) ? wait : TimeSpan.FromMinutes(1), cancellation);
        }
    }

    private HttpRequestMessage Request(string file, byte[] content)
    {
        var name = Path.GetFileName(file);
        var asked = new ProvisionRequest { Organization = _order.Organization, Window = _order.Window };
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(asked, StrictIntakeJson.Default.ProvisionRequest)), "provision" },
            { new ByteArrayContent(content), "file", name },
        };
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/provisions") { Content = form };
        request.Headers.Add("Idempotency-Key", Key(name, content));
        return request;
    }

    /// <summary>The same file for the same window has the same key, whoever runs it and from where.</summary>
    private string Key(string name, byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { _order.Organization, _order.Window ?? "", name })
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = $"HTTP {(int)response.StatusCode}";
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return document.RootElement.TryGetProperty("detail", out var detail) ? $"{text}: {detail.GetString()}" : text;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return text;
        }
    }
}
