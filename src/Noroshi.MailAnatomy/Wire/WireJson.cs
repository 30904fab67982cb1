using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Wire;

/// <summary>
/// JSON of the protocol. Reading is strict, because what a worker sends counts as hostile: every property must be there, none may be
/// unknown or doubled, null only where the record allows it, enums by name only, bounded depth and number of values.
/// </summary>
public static class WireJson
{
    private static readonly JsonSerializerOptions Strict = MakeStrict();
    private static readonly JsonTypeInfo<AnatomyFrame> StrictFrame =
        (JsonTypeInfo<AnatomyFrame>)Strict.GetTypeInfo(typeof(AnatomyFrame));
    private static readonly JsonTypeInfo<WorkerHello> StrictHello =
        (JsonTypeInfo<WorkerHello>)Strict.GetTypeInfo(typeof(WorkerHello));
    private static readonly JsonTypeInfo<WorkerFault> StrictFault =
        (JsonTypeInfo<WorkerFault>)Strict.GetTypeInfo(typeof(WorkerFault));
    private static readonly JsonTypeInfo<DissectionRequest> StrictRequest =
        (JsonTypeInfo<DissectionRequest>)Strict.GetTypeInfo(typeof(DissectionRequest));

    /// <summary>Writes a frame.</summary>
    public static void Write(Utf8JsonWriter writer, AnatomyFrame frame) =>
        JsonSerializer.Serialize(writer, frame, StrictFrame);

    /// <summary>Writes a hello.</summary>
    public static byte[] Write(WorkerHello hello) =>
        JsonSerializer.SerializeToUtf8Bytes(hello, StrictHello);

    /// <summary>Writes a fault.</summary>
    public static byte[] Write(WorkerFault fault) =>
        JsonSerializer.SerializeToUtf8Bytes(fault, StrictFault);

    /// <summary>Writes a request.</summary>
    public static byte[] Write(DissectionRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, StrictRequest);

    /// <summary>Reads a frame; null when it is not exactly of the shape.</summary>
    public static AnatomyFrame? ReadFrame(ReadOnlySpan<byte> json) => Read(json, StrictFrame);

    /// <summary>Reads a hello; null when it is not exactly of the shape.</summary>
    public static WorkerHello? ReadHello(ReadOnlySpan<byte> json) => Read(json, StrictHello);

    /// <summary>Reads a fault; null when it is not exactly of the shape.</summary>
    public static WorkerFault? ReadFault(ReadOnlySpan<byte> json) => Read(json, StrictFault);

    /// <summary>Reads a request; null when it is not exactly of the shape.</summary>
    public static DissectionRequest? ReadRequest(ReadOnlySpan<byte> json) =>
        Read(json, StrictRequest);

    private static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        if (!JsonGuard.Admits(json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string with broken UTF-8 or a lone surrogate shows only when it is turned into text.
            return null;
        }
    }

    private static JsonSerializerOptions MakeStrict()
    {
        var options = new JsonSerializerOptions(WireJsonContext.Default.Options)
        {
            MaxDepth = JsonGuard.MaxDepth,
            TypeInfoResolver = WireJsonContext.Default.WithAddedModifier(RequireAll),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void RequireAll(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired =
                property.Set is not null || property.AssociatedParameter is not null;
        }
    }

    [SuppressMessage(
        "Performance",
        "CA1812",
        Justification = "Named in the attribute of the context."
    )]
    internal sealed class Names<T>()
        : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
        where T : struct, Enum;
}

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [
        typeof(WireJson.Names<MailShape>),
        typeof(WireJson.Names<BlockKind>),
        typeof(WireJson.Names<FileType>),
        typeof(WireJson.Names<Disguise>),
        typeof(WireJson.Names<MailServiceClass>),
        typeof(WireJson.Names<Severity>),
        typeof(WireJson.Names<DissectionLevel>),
        typeof(WireJson.Names<InputKind>),
    ]
)]
[JsonSerializable(typeof(AnatomyFrame))]
[JsonSerializable(typeof(WorkerHello))]
[JsonSerializable(typeof(WorkerFault))]
[JsonSerializable(typeof(DissectionRequest))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
