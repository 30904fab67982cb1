using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Noroshi.Exchange.Reports;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Publishing;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;
using Noroshi.Server.Reports.Outputs;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Reports;

/// <summary>What the desk works with: where material and files of a version are kept, as documents that never change.</summary>
internal sealed record ReportTools(HubRecords Records, IHubStore Store, IdentityBook Words, Chromium Chromium, TimeProvider Time)
{
    private const string MaterialKind = "report-material";
    private const string FileKind = "report-file";

    /// <summary>Now.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>A file of a version; null when there is none.</summary>
    public async Task<LogEntry?> FileAsync(string id, int number, IssuedFile file, CancellationToken cancellation) =>
        await Store.Steps.LatestAsync(FileKind, FileSubject(id, number, file), cancellation);

    /// <summary>A file of a version as a document.</summary>
    public static NewDocument FileDocument(string id, int number, IssuedFile file, byte[] bytes) =>
        new(null, FileKind, RetentionClass.Result, bytes, FileSubject(id, number, file));

    /// <summary>The material that was kept with a version.</summary>
    public async Task<SentMaterial> MaterialAsync(string id, int number, CancellationToken cancellation) =>
        await Store.Steps.LatestAsync(MaterialKind, MaterialSubject(id, number), cancellation) is { Body: { IsEmpty: false } body }
        && JsonSerializer.Deserialize(body.Span, ReportMaterialJson.Default.SentMaterial) is { } sent
            ? sent
            : throw new ProblemException(Problem.NotFound);

    /// <summary>The material of a version as a document.</summary>
    public static NewDocument MaterialDocument(string id, int number, SentMaterial material) =>
        new(
            null,
            MaterialKind,
            RetentionClass.Result,
            JsonSerializer.SerializeToUtf8Bytes(material, ReportMaterialJson.Default.SentMaterial),
            MaterialSubject(id, number)
        );

    /// <summary>The files of a report in its language.</summary>
    public async Task<IReadOnlyList<(IssuedFile, byte[])>> FilesOfAsync(ReportDocument report, CancellationToken cancellation)
    {
        var files = new List<(IssuedFile, byte[])>();
        foreach (var writer in ReportWriters.All(Chromium))
        {
            try
            {
                using var bytes = new MemoryStream();
                await writer.WriteAsync(report, bytes, cancellation);
                var all = bytes.ToArray();
                var file = new IssuedFile(
                    report.Ja ? "ja" : "en",
                    writer.Format,
                    writer.Extension,
                    Convert.ToHexStringLower(SHA256.HashData(all)),
                    all.Length
                );
                files.Add((file, all));
            }
            catch (ReportOutputException)
            {
                // A format that cannot be made on this machine is not among the files; the others are, HTML always.
                continue;
            }
        }

        return files;
    }

    private static string MaterialSubject(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{id}.{number}");

    private static string FileSubject(string id, int number, IssuedFile file) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}.{number}.{file.Language}{file.Extension}");
}
