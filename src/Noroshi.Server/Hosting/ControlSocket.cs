using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Reports;
using Noroshi.Server.Sharing;
using Noroshi.Server.Statistics;
using Noroshi.Storage.Backups;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;

namespace Noroshi.Server.Hosting;

/// <summary>
/// How <c>backup</c> and <c>fsck</c> reach a hub that holds the folder: a Unix socket in the data folder that only the user of the hub can open
/// (0600). One line of JSON in, one out. It is not HTTP: no route, proxy or browser leads here.
/// </summary>
internal sealed class ControlSocket(
    HubSettings settings,
    SqliteHubStore store,
    Exports exports,
    ControlFigures figures,
    ILoggerFactory logs
) : BackgroundService
{
    /// <summary>Name of the socket in the data folder.</summary>
    public const string FileName = "control";

    private const int MostLine = 8 * 1024;
    private readonly ILogger _logger = logs.CreateLogger("Noroshi.Control");

    /// <summary>Path of a hub's socket.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>Asks the hub that holds the folder; null when none answers there.</summary>
    public static async Task<JsonElement?> AskAsync(string dataFolder, string verb, string? target, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathIn(dataFolder)), cancellation);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return null;
        }

        await using var stream = new NetworkStream(socket);
        using var line = new MemoryStream();
        await using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("verb", verb);
            json.WriteString("target", target);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        await stream.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellation);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadLineAsync(cancellation);
        if (answer is null)
        {
            throw new IOException("The hub ended before it answered.");
        }

        using var document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = Open();
        if (listener is null)
        {
            return;
        }

        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                // One after the other: nobody needs two backups at once.
                using var caller = await listener.AcceptAsync(stoppingToken);
                await ServeAsync(caller, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
        finally
        {
            File.Delete(PathIn(settings.DataFolder));
        }
    }

    private Socket? Open()
    {
        var path = PathIn(settings.DataFolder);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // The store's lock says that no other hub runs: what is there was left by one that died.
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(4);
            return listener;
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            _logger.NoControl(error.GetType().Name);
            return null;
        }
    }

    private async Task ServeAsync(Socket caller, CancellationToken stopping)
    {
        try
        {
            await using var stream = new NetworkStream(caller);
            var line = await ReadLineAsync(stream, stopping);
            using var asked = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            var verb = asked.RootElement.GetProperty("verb").GetString();
            var target = asked.RootElement.GetProperty("target").GetString();
            var answer = await AnswerAsync(verb, target, stopping);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"), stopping);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            _logger.ControlFailed(error.GetType().Name);
        }
    }

    private async Task<string> AnswerAsync(string? verb, string? target, CancellationToken stopping)
    {
        try
        {
            return verb switch
            {
                "backup" when target is not null => CareJson.Write(await CareWork.BackupAsync(store, target, stopping)),
                "fsck" => CareJson.Write(await StoreCheck.RunAsync(store, new FsckOptions { Sweep = target == "sweep" }, stopping)),
                "export" when target is not null => await ExportAsync(target),
                "stats" when target is not null => await StatsAsync(target, stopping),
                "report" when ReportAsk.Read(target) is { } ask => await figures.ReportAsync(ask, stopping),
                _ => CareJson.WriteError("unknown verb"),
            };
        }
        catch (StorageException error)
        {
            return CareJson.WriteError(error.Message);
        }
    }

    private async Task<string> ExportAsync(string target)
    {
        var words = target.Split(' ', 2);
        if (!Exports.Formats.Contains(words[0], StringComparer.Ordinal))
        {
            return CareJson.WriteError("unknown format");
        }

        try
        {
            return CareJson.Write(await exports.OfAsync(Cli.OrganizationCommand.Operator, words[0], words.Length > 1 ? words[1] : null));
        }
        catch (ProblemException refused)
        {
            return CareJson.WriteRefusal(refused.Problem);
        }
    }

    private async Task<string> StatsAsync(string target, CancellationToken stopping)
    {
        try
        {
            return StatisticsOrder.Read(target) is { } order
                ? await order.AnswerAsync(figures.Statistics, stopping)
                : CareJson.WriteError("unknown order");
        }
        catch (ProblemException refused)
        {
            return CareJson.WriteRefusal(refused.Problem);
        }
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        var bytes = new byte[MostLine];
        var length = 0;
        while (length < bytes.Length)
        {
            int read;
            try
            {
                read = await stream.ReadAsync(bytes.AsMemory(length), limit.Token);
            }
            catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
            {
                throw new IOException("The caller said nothing.", error);
            }

            length += read;
            if (read == 0 || bytes[length - 1] == (byte)'\n')
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}

/// <summary>What both the verbs and the hub do.</summary>
internal static class CareWork
{
    /// <summary>Makes a backup and writes it to the journal.</summary>
    public static async Task<BackupManifest> BackupAsync(SqliteHubStore store, string target, CancellationToken cancellation)
    {
        var manifest = await StoreBackup.CreateAsync(store, target, cancellation);
        await store.Journal.AppendAsync(
            new JournalRecord(Hub.Identity.Actor.System.Id, JournalActions.BackupMade, manifest.Store),
            CancellationToken.None
        );
        return manifest;
    }
}

/// <summary>What the care verbs print and the control socket answers.</summary>
internal static class CareJson
{
    /// <summary>A backup.</summary>
    public static string Write(BackupManifest manifest) =>
        Object(json =>
        {
            json.WriteString("schema", "noroshi.backup/1");
            json.WriteString("at", manifest.At);
            json.WriteString("store", manifest.Store);
            Counts(json, manifest.Counts);
            json.WriteNumber("erasedMeanwhile", manifest.ErasedMeanwhile);
            json.WriteNumber("missing", manifest.Missing);
        });

    /// <summary>A check.</summary>
    public static string Write(FsckReport report) =>
        Object(json =>
        {
            json.WriteString("schema", "noroshi.fsck/1");
            json.WriteBoolean("clean", report.Clean);
            Counts(json, report.Counts);
            json.WriteNumber("unreferencedFiles", report.UnreferencedFiles);
            json.WriteNumber("sweptFiles", report.SweptFiles);
            json.WriteNumber("problemCount", report.ProblemCount);
            json.WriteStartArray("problems");
            foreach (var problem in report.Problems)
            {
                json.WriteStartObject();
                json.WriteString("code", problem.Code);
                json.WriteString("detail", problem.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>A file of released items.</summary>
    public static string Write(ExportFile file) =>
        Object(json =>
        {
            json.WriteString("schema", "noroshi.export/1");
            json.WriteNumber("items", file.Items);
            json.WriteBase64String("bytes", file.Bytes);
        });

    /// <summary>The rules do not allow it.</summary>
    public static string WriteRefusal(Problem problem) =>
        Object(json =>
        {
            var why = problem.Detail ?? problem.Kind.Title;
            json.WriteStartObject("refused");
            json.WriteNumber("status", problem.Kind.Status);
            json.WriteString("ja", why.Ja);
            json.WriteString("en", why.En);
            json.WriteEndObject();
        });

    /// <summary>An error.</summary>
    public static string WriteError(string message) => Object(json => json.WriteString("error", message));

    private static void Counts(Utf8JsonWriter json, StoreCounts counts)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("provisions", counts.Provisions);
        json.WriteNumber("evidence", counts.Evidence);
        json.WriteNumber("erasedEvidence", counts.ErasedEvidence);
        json.WriteNumber("documents", counts.Documents);
        json.WriteNumber("erasedDocuments", counts.ErasedDocuments);
        json.WriteNumber("journalRecords", counts.JournalRecords);
        json.WriteNumber("secrets", counts.Secrets);
        json.WriteEndObject();
    }

    private static string Object(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}

/// <summary>What verbs that print figures ask for.</summary>
internal sealed record ControlFigures(StatisticsWork Statistics, ReportAnswers Reports)
{
    /// <summary>What a report is made of and what the check finds in it, in one line.</summary>
    public async Task<string> ReportAsync(ReportAsk ask, CancellationToken stopping) =>
        JsonSerializer.Serialize(await Reports.OfAsync(ask, stopping), ReportMaterialJson.Default.CheckedMaterial);
}
