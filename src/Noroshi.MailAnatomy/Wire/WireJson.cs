using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Wire;

/// <summary>
/// JSON of the protocol. Writing is generated code over <see cref="Utf8JsonWriter"/> only: the metadata of the serialiser would be
/// compiled anew in each worker for each value type, which is most of a worker's start. Reading is strict, because what a worker sends
/// counts as hostile: every property must be there, none may be unknown or doubled, null only where the record allows it, enums only with
/// a named value, bounded depth and number of values. Enums travel as numbers.
/// </summary>
public static class WireJson
{
    /// <summary>Writes a frame.</summary>
    public static void Write(Utf8JsonWriter writer, AnatomyFrame frame) =>
        JsonSerializer.Serialize(writer, frame, WireWriting.Default.AnatomyFrame);

    /// <summary>Writes a hello.</summary>
    public static byte[] Write(WorkerHello hello) => JsonSerializer.SerializeToUtf8Bytes(hello, WireWriting.Default.WorkerHello);

    /// <summary>Writes a fault.</summary>
    public static byte[] Write(WorkerFault fault) => JsonSerializer.SerializeToUtf8Bytes(fault, WireWriting.Default.WorkerFault);

    /// <summary>Writes a request.</summary>
    public static byte[] Write(DissectionRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, WireWriting.Default.DissectionRequest);

    /// <summary>Reads a frame; null when it is not exactly of the shape.</summary>
    public static AnatomyFrame? ReadFrame(ReadOnlySpan<byte> json) => StrictReading.Read(json, StrictReading.Frame);

    /// <summary>Reads a hello; null when it is not exactly of the shape.</summary>
    public static WorkerHello? ReadHello(ReadOnlySpan<byte> json) => StrictReading.Read(json, StrictReading.Hello);

    /// <summary>Reads a fault; null when it is not exactly of the shape.</summary>
    public static WorkerFault? ReadFault(ReadOnlySpan<byte> json) => StrictReading.Read(json, StrictReading.Fault);

    /// <summary>Reads a request of the hub; null when it is none.</summary>
    public static DissectionRequest? ReadRequest(ReadOnlySpan<byte> json) => RequestReader.Read(json);
}

/// <summary>A class of its own: the worker writes only and never pays for this.</summary>
internal static class StrictReading
{
    private static readonly JsonSerializerOptions Options = MakeOptions();

    public static JsonTypeInfo<AnatomyFrame> Frame { get; } = (JsonTypeInfo<AnatomyFrame>)Options.GetTypeInfo(typeof(AnatomyFrame));

    public static JsonTypeInfo<WorkerHello> Hello { get; } = (JsonTypeInfo<WorkerHello>)Options.GetTypeInfo(typeof(WorkerHello));

    public static JsonTypeInfo<WorkerFault> Fault { get; } = (JsonTypeInfo<WorkerFault>)Options.GetTypeInfo(typeof(WorkerFault));

    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
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

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(WireReading.Default.Options)
        {
            MaxDepth = JsonGuard.MaxDepth,
            TypeInfoResolver = WireReading.Default.WithAddedModifier(RequireAll),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void RequireAll(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired = property.Set is not null || property.AssociatedParameter is not null;
        }
    }
}

/// <summary>An enum as the number of one of its names, nothing else.</summary>
internal sealed class NamedValue<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number >= 0 && number < Values.Length
            ? Values[number]
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Array.IndexOf(Values, value));
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(AnatomyFrame))]
[JsonSerializable(typeof(WorkerHello))]
[JsonSerializable(typeof(WorkerFault))]
[JsonSerializable(typeof(DissectionRequest))]
internal sealed partial class WireWriting : JsonSerializerContext;

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [
        typeof(NamedValue<MailShape>),
        typeof(NamedValue<BlockKind>),
        typeof(NamedValue<FileType>),
        typeof(NamedValue<Disguise>),
        typeof(NamedValue<MailServiceClass>),
        typeof(NamedValue<Severity>),
    ]
)]
[JsonSerializable(typeof(AnatomyFrame))]
[JsonSerializable(typeof(WorkerHello))]
[JsonSerializable(typeof(WorkerFault))]
internal sealed partial class WireReading : JsonSerializerContext;
