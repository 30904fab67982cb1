using System.Globalization;
using System.Security.Cryptography;
using Noroshi.Exchange.Reports;
using Noroshi.Exchange.Reports.Site;
using Noroshi.Hub;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>
/// Publishing: every file of a report is kept as a sealed document under its SHA-256, and served from there. Publishing the same again changes
/// nothing; another content under the same address is a correction and needs a reason. Other reports stay as they are, byte for byte.
/// </summary>
internal sealed class Publications(
    Register<Publication> register,
    HubRecords records,
    IHubStore store,
    Chromium chromium,
    TimeProvider time
)
{
    private const string Public = "TLP:CLEAR";

    /// <summary>What was published, by folder.</summary>
    public IReadOnlyList<Registered<Publication>> All => register.All;

    /// <summary>Publishes a report.</summary>
    /// <param name="by">Id of who decided it.</param>
    /// <param name="order">The report.</param>
    /// <param name="cancellation">Ends it before anything is written.</param>
    /// <exception cref="ProblemException">It may not be public, or would replace another without a reason.</exception>
    public async Task<PublicationResult> PublishAsync(string by, PublicationOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        Check(order);
        var leftOut = new List<Words>();
        var files = new List<SiteFile>();
        foreach (var document in new[] { order.Ja, order.En })
        {
            files.AddRange(await FilesAsync(order.Slug, document, leftOut, cancellation));
        }

        var described = files.ConvertAll(Describe);
        Publication? made = null;
        var changed = false;
        await records.ChangeAsync(() =>
        {
            var before = register.Find(order.Slug);
            if (before is not null && IsSame(before.Value, described))
            {
                made = before.Value;
                return ([], []);
            }

            if (before is not null && string.IsNullOrWhiteSpace(order.Reason))
            {
                throw Refused(
                    "公表済みの内容と異なります。公表済みのものはそのまま残しました。訂正する場合は理由を添えてください",
                    "The content differs from what was published, which was kept as it is. Give a reason to correct it"
                );
            }

            changed = true;
            made = Made(by, order, before?.Value, described);
            return (
                [.. Kept(files, described), register.Put(order.Slug, made, before?.Version ?? 0)],
                [new JournalRecord(by, JournalActions.ReportReleased, order.Slug, made.Revision.ToString(CultureInfo.InvariantCulture))]
            );
        });
        return new PublicationResult(made ?? throw new InvalidOperationException("The change was not decided."), changed, leftOut);
    }

    /// <summary>The bytes of a published file, as they were published.</summary>
    /// <exception cref="StorageFailedException">They are not what was published.</exception>
    public async Task<byte[]> ReadAsync(PublishedFile file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        var entry = await store.Steps.LatestAsync(Publication.FileKind, file.Sha256, cancellation);
        var bytes = entry?.Body is { } body ? body.ToArray() : [];
        return Hash(bytes) == file.Sha256
            ? bytes
            : throw new StorageFailedException($"Published file {file.Sha256} does not open. Run fsck; restore a backup.");
    }

    private static void Check(PublicationOrder order)
    {
        foreach (var document in new[] { order.Ja, order.En })
        {
            if (document.Marking != Public || document.Form == ReportForm.Dossier)
            {
                throw Refused(
                    "公開できる取扱い(TLP:CLEAR)の報告書ではありません",
                    "The report is not marked TLP:CLEAR, or is of a form that stays inside"
                );
            }

            if (document.State != StatisticState.Final)
            {
                throw Refused(
                    "統計が確定していません。先に期間を確定してください",
                    "The figures are preliminary. Make the period final first"
                );
            }
        }

        if (!PublicSite.IsSlug(order.Slug) || !order.Ja.Ja || order.En.Ja)
        {
            throw Refused("公開先の名前か言語が正しくありません", "The name of the folder or a language is wrong");
        }
    }

    private static ProblemException Refused(string ja, string en) =>
        new(ProblemKind.Unprocessable, $"公表していません: {ja}。", $"Nothing was published: {en}.");

    private async Task<IReadOnlyList<SiteFile>> FilesAsync(
        string slug,
        ReportDocument document,
        List<Words> leftOut,
        CancellationToken cancellation
    )
    {
        var whole = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var writer in ReportWriters.All(chromium).Where(one => one.Format is "pdf" or "docx" or "xlsx"))
        {
            try
            {
                using var bytes = new MemoryStream();
                await writer.WriteAsync(document, bytes, cancellation);
                whole[writer.Extension] = bytes.ToArray();
            }
            catch (ReportOutputException error)
            {
                leftOut.Add(new Words(error.Ja, error.En));
            }
        }

        var pictures = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var chart in document.Sections.SelectMany(section => section.Blocks).OfType<ChartBlock>())
        {
            if (await chromium.PngAsync(chart.Picture, cancellation) is { } png)
            {
                pictures[chart.Id] = png;
            }
        }

        return PublicSite.Report(slug, document, whole, pictures);
    }

    /// <summary>What a browser made may differ from one making to the next and says nothing about the content.</summary>
    private static bool IsSame(Publication before, List<PublishedFile> now)
    {
        static IEnumerable<PublishedFile> Settled(IEnumerable<PublishedFile> files) =>
            files.Where(file => file.Settled).OrderBy(file => file.Path, StringComparer.Ordinal);
        return Settled(before.Files).SequenceEqual(Settled(now));
    }

    private Publication Made(string by, PublicationOrder order, Publication? before, List<PublishedFile> files) =>
        new(
            order.FiscalYear,
            order.Ja.Form,
            new Words(order.Ja.Title, order.En.Title),
            new Words(order.Ja.Date, order.En.Date),
            new Words(order.Ja.Issuer, order.En.Issuer),
            (before?.Revision ?? 0) + 1,
            time.GetUtcNow(),
            by,
            before is null ? null : order.Reason?.Trim(),
            files
        );

    private static IEnumerable<Change> Kept(List<SiteFile> files, List<PublishedFile> described) =>
        files
            .Zip(described)
            .DistinctBy(one => one.Second.Sha256, StringComparer.Ordinal)
            .Select(one => new Change(
                new NewDocument(null, Publication.FileKind, RetentionClass.Result, one.First.Content, one.Second.Sha256)
            ));

    private static PublishedFile Describe(SiteFile file) =>
        new(file.Path, file.MediaType, Hash(file.Content.Span), file.Content.Length, file.Settled);

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
