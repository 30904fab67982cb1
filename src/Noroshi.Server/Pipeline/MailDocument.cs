using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.Server.Pipeline;

/// <summary>A document of kind <see cref="DocumentKinds.Mail"/>.</summary>
/// <param name="Version">Version of the form; a document of another one counts as not there until everything is analysed anew.</param>
/// <param name="Item">Place of the evidence within the provision.</param>
/// <param name="Held">The provision waits for a person before it is linked.</param>
/// <param name="Mail">The mail.</param>
/// <param name="Features">Its features.</param>
internal sealed record MailDocument(int Version, int Item, bool Held, ProvidedMail Mail, MailFeatures Features)
{
    /// <summary>The form that this version writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The mail as the situation takes it.</summary>
    [JsonIgnore]
    public KnownMail Known => new(Mail, Features);

    /// <summary>The document of a mail that has just been taken apart.</summary>
    public static MailDocument Of(KnownMail known, int item, bool held) => new(CurrentVersion, item, held, known.Mail, known.Features);

    /// <summary>The bytes that are kept.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PipelineJson.Default.MailDocument);

    /// <summary>Reads an entry; null when it was erased, is empty, or has a form that this version does not know.</summary>
    public static MailDocument? Read(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Body is not { IsEmpty: false } body)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body.Span, PipelineJson.Default.MailDocument) is { Version: CurrentVersion } read
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A document of kind <see cref="DocumentKinds.Finding"/>.</summary>
/// <param name="Item">Place of the evidence within the provision.</param>
/// <param name="File">Name of the item or of the member in it.</param>
/// <param name="Findings">What was noticed.</param>
internal sealed record FindingDocument(int Item, string File, IReadOnlyList<Finding> Findings)
{
    /// <summary>The bytes that are kept.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PipelineJson.Default.FindingDocument);
}

/// <summary>A document of kind <see cref="DocumentKinds.Stated"/>.</summary>
/// <param name="Held">The provision waits for a person before it is linked.</param>
/// <param name="Lines">What is stated.</param>
internal sealed record StatedDocument(bool Held, IReadOnlyList<ManifestLine> Lines)
{
    /// <summary>The bytes that are kept.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PipelineJson.Default.StatedDocument);
}

/// <summary>A run of a step over the whole log, as the register keeps it.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Until">Last position that it has to reach.</param>
/// <param name="OrderedBy">Id of the actor.</param>
internal sealed record Reanalysis(string Name, long Until, string OrderedBy);

/// <summary>How the steps' documents are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    // A worker's answer may be 128 deep and stands inside the document.
    MaxDepth = 160
)]
[JsonSerializable(typeof(MailDocument))]
[JsonSerializable(typeof(FindingDocument))]
[JsonSerializable(typeof(StatedDocument))]
[JsonSerializable(typeof(NewWarning))]
[JsonSerializable(typeof(RarityDocument))]
[JsonSerializable(typeof(CampaignDocument))]
[JsonSerializable(typeof(Reanalysis))]
internal sealed partial class PipelineJson : JsonSerializerContext;
