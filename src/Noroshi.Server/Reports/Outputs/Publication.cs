using System.Text.Json.Serialization;
using Noroshi.Hub;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>What was published of a report: the newest revision of a folder of the public site.</summary>
/// <param name="FiscalYear">Under which fiscal year it stands.</param>
/// <param name="Form">Which report it is.</param>
/// <param name="Title">Title.</param>
/// <param name="Date">Date as printed.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Revision">1, counted up by corrections.</param>
/// <param name="At">When it was published.</param>
/// <param name="By">Id of who published it.</param>
/// <param name="Reason">Why it was corrected; null for the first.</param>
/// <param name="Files">Its files.</param>
internal sealed record Publication(
    int FiscalYear,
    ReportForm Form,
    Words Title,
    Words Date,
    Words Issuer,
    int Revision,
    DateTimeOffset At,
    string By,
    string? Reason,
    IReadOnlyList<PublishedFile> Files
)
{
    /// <summary>Kind of the documents.</summary>
    public const string Kind = "publication";

    /// <summary>Kind of the documents that hold the bytes of files; their subject is the SHA-256.</summary>
    public const string FileKind = "published-file";
}

/// <summary>A file as it was published.</summary>
/// <param name="Path">Where, below the site's root.</param>
/// <param name="MediaType">Media type.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Settled">Whether making it anew gives the same bytes.</param>
internal sealed record PublishedFile(string Path, string MediaType, string Sha256, long Size, bool Settled);

/// <summary>A report to be published in both languages.</summary>
/// <param name="Slug">Folder: 2013, 2013-q3, 2013-press.</param>
/// <param name="FiscalYear">Under which fiscal year it stands.</param>
/// <param name="Ja">In Japanese.</param>
/// <param name="En">In English.</param>
/// <param name="Reason">Why it is corrected; not needed the first time.</param>
internal sealed record PublicationOrder(string Slug, int FiscalYear, ReportDocument Ja, ReportDocument En, string? Reason = null);

/// <summary>What publishing did.</summary>
/// <param name="Publication">What stands now.</param>
/// <param name="Changed">False where the same was published already.</param>
/// <param name="LeftOut">Formats that could not be made on this machine, and what to do.</param>
internal sealed record PublicationResult(Publication Publication, bool Changed, IReadOnlyList<Words> LeftOut);

/// <summary>JSON of this part.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16
)]
[JsonSerializable(typeof(Publication))]
internal sealed partial class PublicationJson : JsonSerializerContext;
