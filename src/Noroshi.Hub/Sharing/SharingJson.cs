using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Sharing;

/// <summary>The one form in which an item is kept, hashed and approved: equal items give equal bytes.</summary>
public static class ItemForm
{
    private static readonly SharingJson Json = new(
        new JsonSerializerOptions(SharingJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    /// <summary>UTF-8 JSON, fields in the order of the type, absent values left out.</summary>
    public static byte[] Bytes(SanitisedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return JsonSerializer.SerializeToUtf8Bytes(item, Json.SanitisedItem);
    }

    /// <summary>Reads what <see cref="Bytes"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static SanitisedItem Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, Json.SanitisedItem) ?? throw new JsonException("The item is null.");

    /// <summary>
    /// What an approval is bound to: SHA-256 over the item's bytes, audience included, lower-case hex. Any edit and any other audience give another.
    /// </summary>
    public static string Hash(SanitisedItem item) => Convert.ToHexStringLower(SHA256.HashData(Bytes(item)));
}

/// <summary>JSON of shared items.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    MaxDepth = 32
)]
[JsonSerializable(typeof(SanitisedItem))]
internal sealed partial class SharingJson : JsonSerializerContext;
