using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Intake;

/// <summary>By which way something was handed in.</summary>
public enum GivingWay
{
    /// <summary>By mail.</summary>
    [JsonStringEnumMemberName("smtp")]
    Smtp,

    /// <summary>Through the API (portal and <c>submit</c> included).</summary>
    [JsonStringEnumMemberName("api")]
    Api,

    /// <summary>Bulk import.</summary>
    [JsonStringEnumMemberName("import")]
    Import,

    /// <summary>Taken down by the public help desk (相談窓口).</summary>
    [JsonStringEnumMemberName("desk")]
    Desk,

    /// <summary>Made by the hub itself.</summary>
    [JsonStringEnumMemberName("hub")]
    Hub,
}

/// <summary>What a provision is about.</summary>
public enum ProvisionKind
{
    /// <summary>Mails.</summary>
    [JsonStringEnumMemberName("mail")]
    Mail,

    /// <summary>Suspicious traffic.</summary>
    [JsonStringEnumMemberName("traffic")]
    Traffic,

    /// <summary>An incident.</summary>
    [JsonStringEnumMemberName("incident")]
    Incident,

    /// <summary>A consultation.</summary>
    [JsonStringEnumMemberName("consultation")]
    Consultation,
}

/// <summary>What somebody outside the members agreed to when he told the help desk.</summary>
public enum DeskConsent
{
    /// <summary>Analysis only (分析のみ).</summary>
    [JsonStringEnumMemberName("analysis")]
    Analysis,

    /// <summary>Sharing without names (匿名で共有可).</summary>
    [JsonStringEnumMemberName("share")]
    Share,

    /// <summary>Publication (公表可).</summary>
    [JsonStringEnumMemberName("publish")]
    Publish,
}

/// <summary>One item of a provision, as named by its giver. The bytes are the evidence of the same position.</summary>
/// <param name="Name">File name as data; never a path of this machine.</param>
/// <param name="Stated">What the giver says of it.</param>
public sealed record ProvisionItem(string Name, ManifestLine? Stated = null);

/// <summary>How a mail was handed in. None of it is in the mail's own bytes, and only the network cannot be forged.</summary>
/// <param name="From">MAIL FROM; empty for the null path.</param>
/// <param name="Peer">Address of the server that handed it in.</param>
/// <param name="Helo">What that server called itself.</param>
/// <param name="Tls">TLS version; null when it came in the clear.</param>
/// <param name="Domain">Domain at which the hub took it: what goes there only is a letter to the hub.</param>
public sealed record MailEnvelope(string From, string Peer, string Helo, string? Tls = null, string? Domain = null);

/// <summary>
/// What is known of a provision when it arrives: its first entry in the log (kind <c>provision</c>), from which the steps start. Content of the
/// items is not in it.
/// </summary>
public sealed record ProvisionHeader
{
    /// <summary>Way in.</summary>
    public required GivingWay Way { get; init; }

    /// <summary>What it is about.</summary>
    public ProvisionKind Kind { get; init; }

    /// <summary><c>member</c>, <c>desk</c> or <c>hub</c>: whose statistics it counts in.</summary>
    public required string Intake { get; init; }

    /// <summary>Id of the organisation; null for the help desk's.</summary>
    public string? Organization { get; init; }

    /// <summary>Id of the contact window.</summary>
    public string? Window { get; init; }

    /// <summary>Id of the actor who gave it.</summary>
    public required string GivenBy { get; init; }

    /// <summary>When the hub received it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Items, in the order of the evidence.</summary>
    public IReadOnlyList<ProvisionItem> Items { get; init; } = [];

    /// <summary>Statements without a mail: telephone cases.</summary>
    public IReadOnlyList<ManifestLine> Stated { get; init; } = [];

    /// <summary>The giver's own words.</summary>
    public string? Note { get; init; }

    /// <summary>The provider's own number for it.</summary>
    public string? Reference { get; init; }

    /// <summary>Id of the provision that this one answers or adds to (追加提供).</summary>
    public string? AddsTo { get; init; }

    /// <summary>Why it waits for a person before it is linked (sender does not fit the account); null when it does not.</summary>
    public string? Quarantine { get; init; }

    /// <summary>How it was handed in by mail; null for the other ways.</summary>
    public MailEnvelope? Envelope { get; init; }

    /// <summary>Help desk: what was agreed to.</summary>
    public DeskConsent? Consent { get; init; }

    /// <summary>The document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, IntakeJson.Default.ProvisionHeader);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is not of this form.</exception>
    public static ProvisionHeader FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, IntakeJson.Default.ProvisionHeader) ?? throw new JsonException("a provision's header is null");
}
