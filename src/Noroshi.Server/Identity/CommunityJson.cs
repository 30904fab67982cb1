using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Intake;

namespace Noroshi.Server.Identity;

/// <summary>How the community's records are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(IndustryGroup))]
[JsonSerializable(typeof(AffiliatedScheme))]
[JsonSerializable(typeof(HubRecord))]
internal sealed partial class CommunityJson : JsonSerializerContext;
