using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Identity;

namespace Noroshi.Server.Identity;

/// <summary>How accounts and keys are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(StaffConfirmation))]
internal sealed partial class IdentityRecords : JsonSerializerContext;
