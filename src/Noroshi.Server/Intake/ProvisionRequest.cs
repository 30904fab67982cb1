using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Intake;

namespace Noroshi.Server.Intake;

/// <summary>What a provider says of a provision: the JSON part <c>provision</c>. There is no way to say when it was provided: the hub's clock does.</summary>
internal sealed record ProvisionRequest
{
    /// <summary>Id of the organisation; absent: the actor's own.</summary>
    public string? Organization { get; init; }

    /// <summary>Id of the contact window.</summary>
    public string? Window { get; init; }

    /// <summary>What it is about; absent: mails.</summary>
    public ProvisionKind Kind { get; init; }

    /// <summary>The provider's own words, at most 10,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>The provider's own number for it, at most 200 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>Id of the own provision that this one adds to (追加提供).</summary>
    public Guid? AddsTo { get; init; }

    /// <summary>Replies, phone calls and openings that belong to no file: a telephone case.</summary>
    public IReadOnlyList<StatedEvent>? StatedEvents { get; init; }

    /// <summary>Statements about files, found by the name of the file.</summary>
    public IReadOnlyList<FileStatement>? Files { get; init; }
}

/// <summary>What is said of one file.</summary>
internal sealed record FileStatement
{
    /// <summary>Name of the file, as it is sent.</summary>
    public required string Name { get; init; }

    /// <summary>Direction.</summary>
    public MailDirection? Direction { get; init; }

    /// <summary><c>mail</c>, <c>form</c>, <c>phone</c>, <c>unknown</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>When the organisation received or sent it.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Malicious destinations.</summary>
    public IReadOnlyList<Destination>? Destinations { get; init; }

    /// <summary>What happened around it.</summary>
    public IReadOnlyList<StatedEvent>? StatedEvents { get; init; }
}

/// <summary>The receipt.</summary>
/// <param name="Number">Receipt number (<see cref="ReceiptCode"/>): it tells nothing of what others gave.</param>
/// <param name="Id">Id.</param>
/// <param name="Repeated">True when the same request was acknowledged before: this is that receipt.</param>
/// <param name="ReceivedAt">When the first one came.</param>
/// <param name="AlreadyProvided">Items that the same organisation had given before.</param>
internal sealed record ReceiptView(
    string Number,
    Guid Id,
    bool Repeated,
    DateTimeOffset ReceivedAt,
    IReadOnlyList<EarlierView> AlreadyProvided
);

/// <summary>An item that was given before.</summary>
/// <param name="Item">Its place in this provision, from 1.</param>
/// <param name="Number">Receipt number of the earlier provision.</param>
/// <param name="Id">Id of the earlier provision.</param>
/// <param name="ReceivedAt">When that was received.</param>
internal sealed record EarlierView(int Item, string Number, Guid Id, DateTimeOffset ReceivedAt);

/// <summary>A page of the list.</summary>
/// <param name="Provisions">Provisions.</param>
/// <param name="Next">Hand it back as <c>cursor</c> for the next page; null at the end.</param>
internal sealed record ProvisionPage(IReadOnlyList<ProvisionView> Provisions, string? Next);

/// <summary>A provision.</summary>
internal sealed record ProvisionView
{
    public required Guid Id { get; init; }

    /// <summary>Receipt number.</summary>
    public required string Number { get; init; }

    /// <summary><c>received</c>, <c>analysed</c>, <c>quarantined</c>, <c>withdrawn</c>, <c>erased</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? Organization { get; init; }

    public string? Window { get; init; }

    public ProvisionKind? Kind { get; init; }

    public GivingWay? Way { get; init; }

    public string? Reference { get; init; }

    public string? Note { get; init; }

    public string? AddsTo { get; init; }

    public IReadOnlyList<StatedEvent>? StatedEvents { get; init; }

    public IReadOnlyList<ItemView> Items { get; init; } = [];

    /// <summary>Mails taken apart, each in the form of the contract's MAIL; only when one provision is asked for.</summary>
    public IReadOnlyList<JsonElement>? Mails { get; init; }
}

/// <summary>An item.</summary>
/// <param name="Item">Its place, from 1.</param>
/// <param name="Name">Name as given; null when it was erased.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Erased">Whether it can no longer be opened.</param>
internal sealed record ItemView(int Item, string? Name, long Size, bool Erased);

/// <summary>What a withdrawal erased.</summary>
/// <param name="Id">Id of the provision.</param>
/// <param name="Evidence">Objects that no longer open.</param>
/// <param name="Documents">Documents that no longer open.</param>
/// <param name="JournalIndex">Index of the journal's record; null when there was nothing left to erase.</param>
internal sealed record WithdrawalView(Guid Id, int Evidence, int Documents, long? JournalIndex);

/// <summary>A withdrawal in the log: what stays known of a provision whose header is gone.</summary>
internal sealed record WithdrawalDocument(string? Organization, string? Window, string By, DateTimeOffset At);

/// <summary>Strangers' JSON: nothing unknown, nothing twice, not deep.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 16
)]
[JsonSerializable(typeof(ProvisionRequest))]
internal sealed partial class StrictIntakeJson : JsonSerializerContext;

/// <summary>What the hub answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReceiptView))]
[JsonSerializable(typeof(ProvisionPage))]
[JsonSerializable(typeof(ProvisionView))]
[JsonSerializable(typeof(WithdrawalView))]
[JsonSerializable(typeof(WithdrawalDocument))]
internal sealed partial class IntakeViewJson : JsonSerializerContext;
