using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Access;

namespace Noroshi.Server.Identity;

// What strangers send: typed, unknown members refused, so that nothing can be set that is not named here.

/// <summary>First set-up.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SetupRequest(
    string Token,
    NewAdministrator Administrator,
    string? HubNameJa = null,
    string? HubNameEn = null,
    bool FirstKey = false
);

/// <summary>The first administrator.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewAdministrator(string UserName, string Password, string? DisplayName = null);

/// <summary>Answer to the set-up. The key is shown once and is valid for a day.</summary>
internal sealed record SetupAnswer(string User, string? Key, DateTimeOffset? KeyExpiresAt);

/// <summary>Sign-in.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SignInRequest(string UserName, string Password);

/// <summary>Second factor: a code of the authenticator, or a recovery code.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SecondFactorRequest(string? Code = null, string? RecoveryCode = null);

/// <summary>Credentials once more.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StepUpRequest(string Password, string? Code = null);

/// <summary>A code.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CodeRequest(string Code);

/// <summary>A new password.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PasswordRequest(string OldPassword, string NewPassword);

/// <summary>An invitation taken up.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record InvitationAnswer(string Token, string Password);

/// <summary>What comes after the password.</summary>
/// <param name="SecondFactor"><c>none</c>, <c>show</c> or <c>set-up</c>.</param>
internal sealed record SignInAnswer(string User, string SecondFactor);

/// <summary>Who is signed in.</summary>
internal sealed record MeAnswer(
    UserView User,
    string SecondFactor,
    bool Authenticator,
    int RecoveryCodes,
    IReadOnlyList<PasskeyView> Passkeys
);

/// <summary>A passkey as its owner sees it.</summary>
internal sealed record PasskeyView(string Id, string? Name, DateTimeOffset CreatedAt);

/// <summary>Seed of an authenticator, shown once.</summary>
internal sealed record AuthenticatorAnswer(string Secret, string Uri);

/// <summary>Recovery codes, shown once.</summary>
internal sealed record RecoveryCodesAnswer(IReadOnlyList<string> RecoveryCodes);

/// <summary>Options for the browser, and the state to be sent back with its answer.</summary>
internal sealed record PasskeyOptionsAnswer(JsonElement Options, string State);

/// <summary>What the browser's authenticator said.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PasskeyRequest(JsonElement Credential, string State, string? Name = null);

/// <summary>A new user.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewUserRequest(
    string UserName,
    IReadOnlyList<Role> Roles,
    string? DisplayName = null,
    string? Organization = null,
    string? Window = null,
    string? Address = null
);

/// <summary>A mail address.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AddressRequest(string Address);

/// <summary>What may be changed about a user without touching his rights.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UserRequest(string? DisplayName = null, string? Window = null);

/// <summary>Roles.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RolesRequest(IReadOnlyList<Role> Roles);

/// <summary>A user as those see him who manage users.</summary>
internal sealed record UserView(
    string Id,
    string UserName,
    string? DisplayName,
    string? Organization,
    string? Window,
    IReadOnlyList<Role> Roles,
    UserState State,
    string? SuspendedFor,
    bool SecondFactor,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    string? Address,
    string? ProposedAddress
);

/// <summary>A user with the token of his invitation, shown once; it is handed over outside the hub.</summary>
internal sealed record InvitedAnswer(UserView User, string Invitation, DateTimeOffset? InvitationEnds);

/// <summary>A new key.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewKeyRequest(
    IReadOnlyList<string> Scopes,
    string? Organization = null,
    string? Window = null,
    string? Name = null,
    DateTimeOffset? ExpiresAt = null,
    int? RequestsPerMinute = null
);

/// <summary>A key as those see it who manage keys.</summary>
internal sealed record KeyView(
    string Id,
    string? Name,
    string? Organization,
    string? Window,
    IReadOnlyList<string> Scopes,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    int? RequestsPerMinute
);

/// <summary>A new key with its text, shown once.</summary>
internal sealed record NewKeyAnswer(string Key, KeyView Details);

/// <summary>An organisation as the hub keeps it; the dictionary of words that must never leave is written elsewhere and never read back.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record OrganizationRequest(
    string? Group = null,
    string? Parent = null,
    string? NameJa = null,
    string? NameEn = null,
    IReadOnlyList<string>? Domains = null,
    IReadOnlyList<string>? MailHosts = null,
    IReadOnlyList<string>? Networks = null,
    IReadOnlyList<string>? Succeeds = null,
    DateOnly? AgreedOn = null,
    DateOnly? JoinedOn = null,
    DateOnly? LeftOn = null,
    long? Version = null
);

/// <summary>What an organisation says of itself.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DescriptionRequest(
    IReadOnlyList<ContactWindow> Windows,
    IReadOnlyList<Affiliate>? Affiliates = null,
    IReadOnlyList<Contractor>? Contractors = null,
    IReadOnlyList<string>? StandingApproval = null,
    long? Version = null
);

/// <summary>Words that must never leave.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SecretWordsRequest(IReadOnlyList<string> Words);

/// <summary>An organisation; without its dictionary, of which only the size is told.</summary>
internal sealed record OrganizationView(string Id, Organization Details, int SecretWords, long Version);

/// <summary>Names of a group.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GroupRequest(string? NameJa = null, string? NameEn = null);

/// <summary>A scheme.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SchemeRequest(string? Relay = null, IReadOnlyList<string>? Members = null, string? Terms = null);

/// <summary>JSON of the identity routes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SetupRequest))]
[JsonSerializable(typeof(SetupAnswer))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(StepUpRequest))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(InvitationAnswer))]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(AuthenticatorAnswer))]
[JsonSerializable(typeof(RecoveryCodesAnswer))]
[JsonSerializable(typeof(PasskeyOptionsAnswer))]
[JsonSerializable(typeof(PasskeyRequest))]
[JsonSerializable(typeof(NewUserRequest))]
[JsonSerializable(typeof(UserRequest))]
[JsonSerializable(typeof(AddressRequest))]
[JsonSerializable(typeof(RolesRequest))]
[JsonSerializable(typeof(InvitedAnswer))]
[JsonSerializable(typeof(Page<UserView>))]
[JsonSerializable(typeof(NewKeyRequest))]
[JsonSerializable(typeof(NewKeyAnswer))]
[JsonSerializable(typeof(Page<KeyView>))]
[JsonSerializable(typeof(OrganizationRequest))]
[JsonSerializable(typeof(DescriptionRequest))]
[JsonSerializable(typeof(SecretWordsRequest))]
[JsonSerializable(typeof(Page<OrganizationView>))]
[JsonSerializable(typeof(GroupRequest))]
[JsonSerializable(typeof(IReadOnlyList<IndustryGroup>))]
[JsonSerializable(typeof(SchemeRequest))]
[JsonSerializable(typeof(IReadOnlyList<AffiliatedScheme>))]
[JsonSerializable(typeof(Page<StaffConfirmation>))]
internal sealed partial class IdentityApi : JsonSerializerContext;
