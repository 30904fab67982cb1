using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Statistics;

/// <summary>The figures as documents: JSON (<c>noroshi.stats/1</c>) and CSV (RFC 4180). The same figures give the same bytes.</summary>
public static class StatisticsDocument
{
    /// <summary>Schema of the JSON document.</summary>
    public const string Schema = "noroshi.stats/1";

    private static readonly string[] Columns =
    [
        "id",
        "period",
        "group",
        "unit",
        "numerator",
        "denominator",
        "value",
        "rounded",
        "population",
        "excluded",
        "categoryVersion",
        "state",
        "previousPeriod",
        "previousNumerator",
        "previousDenominator",
        "previousValue",
        "firstSeen",
        "multiple",
        "suppressed",
    ];

    /// <summary>Writes the members of the document into an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Statistic> figures)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(figures);
        json.WriteString("schema", Schema);
        json.WriteStartArray("figures");
        foreach (var one in figures)
        {
            Write(json, one);
        }

        json.WriteEndArray();
    }

    /// <summary>The JSON document, UTF-8, indented, with a line feed at its end.</summary>
    public static byte[] Json(IReadOnlyList<Statistic> figures)
    {
        using var bytes = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                bytes,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default,
                }
            )
        )
        {
            json.WriteStartObject();
            Write(json, figures);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>The CSV document: UTF-8 with a byte order mark, which spreadsheets need, and CR LF (RFC 4180).</summary>
    public static byte[] Csv(IReadOnlyList<Statistic> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var text = new StringBuilder("\uFEFF").AppendJoin(',', Columns).Append("\r\n");
        foreach (var one in figures)
        {
            string?[] cells =
            [
                one.Id,
                one.Period,
                one.Group,
                one.Unit,
                Number(one.Numerator),
                Number(one.Denominator),
                Number(one.Value),
                Number(one.Rounded),
                one.Population,
                string.Join(' ', one.Excluded.Select(other => $"{other.Reason}={Number(other.Count)}")),
                one.CategoryVersion,
                one.State == StatisticState.Final ? "final" : "preliminary",
                one.Previous?.Period,
                Number(one.Previous?.Numerator),
                Number(one.Previous?.Denominator),
                Number(one.Previous?.Value),
                one.FirstSeen ? "true" : "",
                Number(one.Multiple),
                one.Suppressed ? "true" : "",
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A value as it is printed in documents for machines: no trailing zeros.</summary>
    private static string? Number(decimal? value) => value?.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Ids of groups are people's: what a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string? value)
    {
        var text = value ?? "";
        text = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Writes the members of one figure into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Statistic one)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(one);
        json.WriteString("id", one.Id);
        json.WriteString("period", one.Period);
        if (one.Group is not null)
        {
            json.WriteString("group", one.Group);
        }

        json.WriteString("unit", one.Unit);
        Write(json, "numerator", one.Numerator);
        Write(json, "denominator", one.Denominator);
        Write(json, "value", one.Value);
        Write(json, "rounded", one.Rounded);
        json.WriteString("population", one.Population);
        json.WriteStartArray("excluded");
        foreach (var (reason, count) in one.Excluded)
        {
            json.WriteStartObject();
            json.WriteString("reason", reason);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("categoryVersion", one.CategoryVersion);
        json.WriteString("state", one.State == StatisticState.Final ? "final" : "preliminary");
        if (one.Previous is { } previous)
        {
            json.WriteStartObject("previous");
            json.WriteString("period", previous.Period);
            Write(json, "numerator", previous.Numerator);
            Write(json, "denominator", previous.Denominator);
            Write(json, "value", previous.Value);
            Write(json, "rounded", previous.Rounded);
            json.WriteEndObject();
        }

        if (one.FirstSeen)
        {
            json.WriteBoolean("firstSeen", true);
        }

        if (one.Multiple is { } multiple)
        {
            Write(json, "multiple", multiple);
        }

        if (one.Suppressed)
        {
            json.WriteBoolean("suppressed", true);
        }
    }

    private static void Write(Utf8JsonWriter json, Statistic one)
    {
        json.WriteStartObject();
        WriteMembers(json, one);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        json.WritePropertyName(name);
        if (Number(value) is { } text)
        {
            json.WriteRawValue(text);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}

/// <summary>How frozen periods are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 16
)]
[JsonSerializable(typeof(FrozenPeriod))]
[JsonSerializable(typeof(FrozenRevision))]
[JsonSerializable(typeof(IReadOnlyList<Statistic>))]
public sealed partial class StatisticsJson : JsonSerializerContext;
