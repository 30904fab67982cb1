using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Identity;

/// <summary>Whether somebody may sign in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UserState>))]
public enum UserState
{
    /// <summary>Invited; has not chosen a password.</summary>
    [JsonStringEnumMemberName("invited")]
    Invited,

    /// <summary>May sign in.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>May not until somebody lifts it.</summary>
    [JsonStringEnumMemberName("suspended")]
    Suspended,

    /// <summary>Gone. The record stays, so that the journal's ids can still be read; name and credentials do not.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,
}

/// <summary>A passkey (WebAuthn credential).</summary>
public sealed record Passkey
{
    /// <summary>The credential's id, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>Its public key (COSE).</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string? Name { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The authenticator's counter.</summary>
    public uint SignCount { get; init; }

    /// <summary>How it is reached.</summary>
    [AllowNull]
    public IReadOnlyList<string> Transports
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Its authenticator asked for PIN or finger when it was registered.</summary>
    public bool UserVerified { get; init; }

    /// <summary>It may be copied.</summary>
    public bool BackupEligible { get; init; }

    /// <summary>It is copied.</summary>
    public bool BackedUp { get; init; }

    /// <summary>Attestation as it was given.</summary>
    [AllowNull]
    public byte[] Attestation
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Client data as they were given.</summary>
    [AllowNull]
    public byte[] ClientData
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>Somebody who may sign in. Kept sealed as every document; secrets in it are hashes except the seed of the authenticator.</summary>
public sealed record User
{
    /// <summary>Random id; the journal's name for him.</summary>
    public required string Id { get; init; }

    /// <summary>User name as prepared by <see cref="UserNames"/>.</summary>
    public required string UserName { get; init; }

    /// <summary>What people see.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Organisation; null for people of the hub.</summary>
    public string? Organization { get; init; }

    /// <summary>Contact window, for staff of one.</summary>
    public string? Window { get; init; }

    /// <summary>Roles.</summary>
    [AllowNull]
    public IReadOnlyList<Role> Roles
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>State.</summary>
    public UserState State { get; init; }

    /// <summary>Hash of the password; null until one is chosen.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Changes with every credential; ends all sessions that were begun under another.</summary>
    public string? SecurityStamp { get; init; }

    /// <summary>Seed of the authenticator (TOTP), base32.</summary>
    public string? AuthenticatorKey { get; init; }

    /// <summary>Seed of an authenticator that is being set up; takes the place of the other when its first code was shown.</summary>
    public string? PendingAuthenticatorKey { get; init; }

    /// <summary>Last time step (30 s since 1970) of which a code was taken: no code is taken twice.</summary>
    public long LastTimeStep { get; init; }

    /// <summary>Hashes of unused recovery codes.</summary>
    [AllowNull]
    public IReadOnlyList<string> RecoveryCodes
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Passkeys.</summary>
    [AllowNull]
    public IReadOnlyList<Passkey> Passkeys
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Wrong passwords or codes in a row.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>No sign-in before; null: free.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Hash of the invitation's token; null when none is open.</summary>
    public string? InvitationHash { get; init; }

    /// <summary>End of the invitation.</summary>
    public DateTimeOffset? InvitationEnds { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last sign-in.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When its owner was warned that it is idle; cleared by use.</summary>
    public DateTimeOffset? WarnedAt { get; init; }

    /// <summary>Why it is suspended: <c>idle</c>, <c>administrator</c>, <c>unconfirmed</c>.</summary>
    public string? SuspendedFor { get; init; }

    /// <summary>When it was suspended.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Confirmed mail address; null when there is none.</summary>
    public RegisteredAddress? Address { get; init; }

    /// <summary>Mail address that waits to be confirmed.</summary>
    public RegisteredAddress? ProposedAddress { get; init; }

    /// <summary>Whether a second factor is set up.</summary>
    [JsonIgnore]
    public bool HasSecondFactor => AuthenticatorKey is not null || Passkeys.Count > 0;

    /// <summary>Whether one of the roles is of the hub.</summary>
    [JsonIgnore]
    public bool IsOfHub => Roles.Any(RoleTable.Hub.Contains);
}

/// <summary>A mail address of somebody. The address itself is a sealed secret that can be removed; the log names it only.</summary>
/// <param name="Secret">Name of the secret.</param>
/// <param name="By">Id of who vouches for it: who proposed it, then who confirmed it.</param>
public sealed record RegisteredAddress(string Secret, string By);

/// <summary>An API key. The key itself is shown once and kept nowhere.</summary>
public sealed record ApiKey
{
    /// <summary>Id; the journal's name for it.</summary>
    public required string Id { get; init; }

    /// <summary>Keyed hash of the key, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>What it is for, in its maker's words.</summary>
    public string? Name { get; init; }

    /// <summary>Organisation that it acts for; null for keys of the hub.</summary>
    public string? Organization { get; init; }

    /// <summary>Contact window, when it acts for one only.</summary>
    public string? Window { get; init; }

    /// <summary>What it may be used for: names of <see cref="KeyScopes"/>.</summary>
    [AllowNull]
    public IReadOnlyList<string> Scopes
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Id of who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not valid any more from then on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it is valid.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Last use, to the day.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Requests a minute; null for the hub's setting.</summary>
    public int? RequestsPerMinute { get; init; }
}
