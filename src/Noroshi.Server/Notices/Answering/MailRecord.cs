using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Notices.Answering;

/// <summary>What the answers read of a document of kind <c>mail</c>.</summary>
/// <param name="Held">The provision waits for a person before it is linked.</param>
/// <param name="Mail">The mail.</param>
/// <param name="Features">Its features.</param>
internal sealed record MailRecord(bool Held, ProvidedMail Mail, MailFeatures Features)
{
    /// <summary>The mail as the rules take it.</summary>
    [JsonIgnore]
    public KnownMail Known => new(Mail, Features);

    /// <summary>Reads an entry; null when it was erased or holds no mail any more.</summary>
    public static MailRecord? Read(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Body is not { IsEmpty: false } body)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body.Span, MailRecordJson.Default.MailRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, MailRecordJson.Default.MailRecord);
}

/// <summary>How mails are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    MaxDepth = 160
)]
[JsonSerializable(typeof(MailRecord))]
internal sealed partial class MailRecordJson : JsonSerializerContext;
