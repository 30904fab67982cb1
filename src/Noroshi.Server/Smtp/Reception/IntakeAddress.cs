using System.Text.Json.Serialization;

namespace Noroshi.Server.Smtp.Reception;

/// <summary>
/// An address at the hub that mail is attributed by. Its id is a keyed hash of the local part: the local part itself is shown once, when
/// it is issued, and kept nowhere.
/// </summary>
internal sealed record IntakeAddress
{
    /// <summary>Whose.</summary>
    public required string Organization { get; init; }

    /// <summary>Contact window, when it is for one.</summary>
    public string? Window { get; init; }

    /// <summary>User, when it is one person's.</summary>
    public string? User { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Addresses and domains that may use it besides the organisation's own.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];
}

/// <summary>How intake addresses are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IntakeAddress))]
internal sealed partial class IntakeAddressJson : JsonSerializerContext;
