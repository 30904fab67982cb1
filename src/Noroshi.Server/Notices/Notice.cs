using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noroshi.Server.Notices;

/// <summary>What a recipient is.</summary>
internal enum RecipientKind
{
    /// <summary>A contact window, at its registered address.</summary>
    [JsonStringEnumMemberName("window")]
    Window,

    /// <summary>A user, at his registered address.</summary>
    [JsonStringEnumMemberName("user")]
    User,
}

/// <summary>
/// Who gets a mail, by id. The address is looked up when it is sent: there is no way to hand in an address, so none from a mail can get here.
/// </summary>
/// <param name="Kind">Kind.</param>
/// <param name="Organization">Organisation; null for people of the hub.</param>
/// <param name="Id">Id of the window or user.</param>
internal sealed record NoticeRecipient(RecipientKind Kind, string? Organization, string Id)
{
    /// <summary>As journal and counters name it.</summary>
    [JsonIgnore]
    public string Name => Kind == RecipientKind.Window ? $"{Organization}/{Id}" : Id;
}

/// <summary>A mail that is to be sent (document of kind <c>outgoing</c>).</summary>
internal sealed record Notice
{
    /// <summary>Which text.</summary>
    public required NoticeTemplate Template { get; init; }

    /// <summary>To whom.</summary>
    public required NoticeRecipient To { get; init; }

    /// <summary>What stands in the text's places.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Its date; it is not sent before.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, NoticeJson.Default.Notice);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is not of this form.</exception>
    public static Notice FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, NoticeJson.Default.Notice) ?? throw new JsonException("a notice is null");
}

/// <summary>What became of a mail (document of kind <c>dispatch</c>; subject: the mail's id).</summary>
/// <param name="State"><c>sent</c> or <c>failed</c>.</param>
/// <param name="At">When.</param>
/// <param name="Why">Code of the reason when it failed: no text of a server, which may quote an address.</param>
internal sealed record Dispatch(string State, DateTimeOffset At, string? Why = null)
{
    /// <summary>The document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, NoticeJson.Default.Dispatch);
}

/// <summary>How notices are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    MaxDepth = 8
)]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(Dispatch))]
internal sealed partial class NoticeJson : JsonSerializerContext;
