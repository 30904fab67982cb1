using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Intake;

/// <summary>
/// The community: hub, industry groups, schemes and organisations. Every field but <c>id</c> is optional; an absent or null list is empty
/// (the generated reader hands null to <c>init</c> for what is absent).
/// </summary>
public sealed record Members
{
    /// <summary>The hub itself.</summary>
    public HubRecord? Hub { get; init; }

    /// <summary>Industry groups.</summary>
    [AllowNull]
    public IReadOnlyList<IndustryGroup> Groups
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Affiliated schemes.</summary>
    [AllowNull]
    public IReadOnlyList<AffiliatedScheme> Schemes
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Member organisations.</summary>
    [AllowNull]
    public IReadOnlyList<Organization> Organizations
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Numbers that suggest a verdict; never in the file.</summary>
    [JsonIgnore]
    public CommunityRules Rules { get; init; } = CommunityRules.Usual;

    /// <summary>The organisation of that id; null when there is none.</summary>
    public Organization? Find(string? id) =>
        id is null ? null : Organizations.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal));

    /// <summary>Reads a members file.</summary>
    /// <exception cref="IntakeFileException">The text is not of the contract's form; the message says where.</exception>
    public static Members Read(string json)
    {
        try
        {
            NoNullInLists.Check(Encoding.UTF8.GetBytes(json));
            var members =
                JsonSerializer.Deserialize(json, IntakeJson.Default.Members) ?? throw new IntakeFileException("the file holds null");
            Check(members);
            return members;
        }
        catch (JsonException error)
        {
            throw new IntakeFileException(error.Message, error);
        }
    }

    private static void Check(Members members)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in members.Organizations)
        {
            if (!ids.Add(one.Id))
            {
                throw new IntakeFileException($"organization id '{one.Id}' stands twice");
            }

            // A range that nobody understands would silently make own hosts foreign ones.
            foreach (var network in one.Networks.Where(network => NetworkText.Parse(network) is null))
            {
                throw new IntakeFileException($"organization '{one.Id}': '{network}' is no address range (192.0.2.0/24)");
            }
        }
    }
}

/// <summary>The hub's own record.</summary>
public sealed record HubRecord(string Id, string? NameJa = null, string? NameEn = null, IReadOnlyList<string>? MailHosts = null);

/// <summary>An industry group (業界 / SIG).</summary>
public sealed record IndustryGroup(string Id, string? NameJa = null, string? NameEn = null);

/// <summary>An affiliated scheme (情報連携体制) behind a relay body.</summary>
public sealed record AffiliatedScheme(string Id, string? Relay = null, IReadOnlyList<string>? Members = null, string? Terms = null);

/// <summary>A group company of a member.</summary>
public sealed record Affiliate(string? NameJa = null, IReadOnlyList<string>? Domains = null);

/// <summary>An outsourced SOC, call centre or the like that writes in a member's name.</summary>
public sealed record Contractor(IReadOnlyList<string>? Domains = null);

/// <summary>A published address that has to answer mail (外部向け窓口).</summary>
public sealed record ContactWindow(string Id, string? Address = null, string? NameJa = null, string? NameEn = null);

/// <summary>A member organisation (参加組織).</summary>
public sealed record Organization
{
    /// <summary>Id used in manifests and folders.</summary>
    public required string Id { get; init; }

    /// <summary>Id of its industry group.</summary>
    public string? Group { get; init; }

    /// <summary>Id of the organisation it belongs to; a corporate group counts as one.</summary>
    public string? Parent { get; init; }

    /// <summary>Japanese name.</summary>
    public string? NameJa { get; init; }

    /// <summary>English name.</summary>
    public string? NameEn { get; init; }

    /// <summary>Own mail domains.</summary>
    [AllowNull]
    public IReadOnlyList<string> Domains
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Own mail servers.</summary>
    [AllowNull]
    public IReadOnlyList<string> MailHosts
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Own address ranges.</summary>
    [AllowNull]
    public IReadOnlyList<string> Networks
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Group companies.</summary>
    [AllowNull]
    public IReadOnlyList<Affiliate> Affiliates
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Contractors.</summary>
    [AllowNull]
    public IReadOnlyList<Contractor> Contractors
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Ids of organisations it continues (merger).</summary>
    [AllowNull]
    public IReadOnlyList<string> Succeeds
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Day of the agreement (base agreement, NDA).</summary>
    public DateOnly? AgreedOn { get; init; }

    /// <summary>First day of membership.</summary>
    public DateOnly? JoinedOn { get; init; }

    /// <summary>Last day of membership.</summary>
    public DateOnly? LeftOn { get; init; }

    /// <summary>Standing approvals given.</summary>
    [AllowNull]
    public IReadOnlyList<string> StandingApproval
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Names, projects, staff, phones that must never leave.</summary>
    [AllowNull]
    public IReadOnlyList<string> Secrets
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Contact windows.</summary>
    [AllowNull]
    public IReadOnlyList<ContactWindow> Windows
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>A manifest or members file that cannot be used.</summary>
public sealed class IntakeFileException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public IntakeFileException() { }

    /// <summary>Creates the exception.</summary>
    public IntakeFileException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public IntakeFileException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>The serialiser lets null through as an element of a list, although no record has it.</summary>
internal static class NoNullInLists
{
    /// <summary>Looks through the text.</summary>
    /// <exception cref="JsonException">A list holds null, or the text is no JSON.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
        var lists = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    lists.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var list) && list:
                    throw new JsonException($"a list holds null (byte {reader.TokenStartIndex})");
                default:
                    break;
            }
        }
    }
}

/// <summary>JSON of files that operators write: unknown members are allowed (the contract may be extended), doubles are not.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    Converters = [typeof(TimeWithOffset)],
    MaxDepth = 32
)]
[JsonSerializable(typeof(Members))]
[JsonSerializable(typeof(ManifestLine))]
[JsonSerializable(typeof(ProvisionHeader))]
internal sealed partial class IntakeJson : JsonSerializerContext;
