using System.Text.Json.Serialization;
using Noroshi.Exchange.Notices;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>An address of an organisation to which notices of what was shared go.</summary>
internal sealed record ShareAddress
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the organisation.</summary>
    public required string Organization { get; init; }

    /// <summary>Mail address.</summary>
    public required string Address { get; init; }

    /// <summary>PEM certificate for S/MIME or ASCII-armoured OpenPGP public key; null: nothing above TLP:GREEN stands in a mail to it.</summary>
    public string? Key { get; init; }
}

/// <summary>A notice that waits to be sent (document of kind <see cref="ShareQueue.MailKind"/>). The mail is made when it goes.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Version">Its version.</param>
/// <param name="Address">Id of the address.</param>
/// <param name="MessageId">Random Message-ID, the same in every attempt.</param>
/// <param name="Boundary">Random boundary.</param>
/// <param name="References">Message-IDs of the notices of earlier versions to the same address.</param>
/// <param name="At">Its date.</param>
internal sealed record ShareMail(
    Guid Item,
    int Version,
    string Address,
    string MessageId,
    string Boundary,
    IReadOnlyList<string> References,
    DateTimeOffset At
);

/// <summary>A webhook that waits (document of kind <see cref="ShareQueue.HookKind"/>). The target is looked up in the settings when it goes.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Version">Its version.</param>
/// <param name="Organization">Whose target.</param>
/// <param name="Channel">Channel in which the organisation has it.</param>
/// <param name="Delivery">Random id of the delivery.</param>
/// <param name="At">When it was queued.</param>
internal sealed record ShareHook(Guid Item, int Version, string Organization, string Channel, string Delivery, DateTimeOffset At);

/// <summary>A new address.</summary>
internal sealed record ShareAddressRequest(string Address, string? Key = null);

/// <summary>An address as those see it who manage it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Address">Mail address.</param>
/// <param name="Key"><c>none</c>, or what is wrong with the key today: <c>good</c>, <c>expired</c>, …</param>
internal sealed record ShareAddressView(string Id, string Address, string Key);

/// <summary>A target of webhooks.</summary>
/// <param name="Organization">Organisation.</param>
/// <param name="Host">Host; the rest of the URL may hold a secret.</param>
/// <param name="Secret">Whether there is a secret to sign with.</param>
internal sealed record WebhookView(string Organization, string Host, bool Secret);

/// <summary>A secret to sign with, shown once.</summary>
internal sealed record WebhookSecret(string Secret);

/// <summary>JSON of this part.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8
)]
[JsonSerializable(typeof(ShareAddress))]
[JsonSerializable(typeof(ShareMail))]
[JsonSerializable(typeof(ShareHook))]
[JsonSerializable(typeof(ShareAddressRequest))]
[JsonSerializable(typeof(IReadOnlyList<ShareAddressView>))]
[JsonSerializable(typeof(IReadOnlyList<WebhookView>))]
[JsonSerializable(typeof(WebhookSecret))]
internal sealed partial class ShareJson : JsonSerializerContext;

/// <summary>Words for the state of a key.</summary>
internal static class KeyWords
{
    /// <summary>The word.</summary>
    public static string Of(KeyProblem problem) =>
        problem switch
        {
            KeyProblem.None => "good",
            KeyProblem.Unreadable => "unreadable",
            KeyProblem.Expired => "expired",
            KeyProblem.NotYetValid => "not-yet-valid",
            KeyProblem.Revoked => "revoked",
            KeyProblem.NotForEncryption => "not-for-encryption",
            KeyProblem.TooWeak => "too-weak",
            KeyProblem.Private => "private",
            KeyProblem.OtherAddress => "other-address",
        };
}
