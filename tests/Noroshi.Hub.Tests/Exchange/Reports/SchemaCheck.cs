using System.Text.Json;
using System.Text.RegularExpressions;

namespace Noroshi.Hub.Tests.Exchange.Reports;

/// <summary>As much of JSON Schema 2020-12 as the schemas here use; a word that it does not know is an error of the schema.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly HashSet<string> Said = new(StringComparer.Ordinal) { "$schema", "$id", "$defs", "title", "description" };

    /// <summary>What does not fit, by place.</summary>
    public IEnumerable<string> Of(JsonElement value) => Check(root, value, "$");

    private IEnumerable<string> Check(JsonElement schema, JsonElement value, string at)
    {
        foreach (var word in schema.EnumerateObject().Where(word => !Said.Contains(word.Name)))
        {
            foreach (var problem in Word(schema, word, value, at))
            {
                yield return problem;
            }
        }
    }

    private IEnumerable<string> Word(JsonElement schema, JsonProperty word, JsonElement value, string at)
    {
        var isObject = value.ValueKind == JsonValueKind.Object;
        switch (word.Name)
        {
            case "$ref":
                return Check(Find(word.Value.GetString() ?? ""), value, at);
            case "type":
                var types = word.Value.ValueKind == JsonValueKind.Array ? [.. word.Value.EnumerateArray()] : new[] { word.Value };
                return types.Any(type => Is(type.GetString() ?? "", value)) ? [] : [$"{at}: {value.ValueKind}"];
            case "const":
                return JsonElement.DeepEquals(word.Value, value) ? [] : [$"{at}: not {word.Value}"];
            case "enum":
                return word.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? [] : [$"{at}: none of {word.Value}"];
            case "pattern":
                return value.ValueKind != JsonValueKind.String
                    || Regex.IsMatch(value.GetString() ?? "", word.Value.GetString() ?? "", RegexOptions.None, TimeSpan.FromSeconds(1))
                    ? []
                    : [$"{at}: {value}"];
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= word.Value.GetDecimal() ? [] : [$"{at}: {value}"];
            case "required":
                return isObject
                    ? word.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString() ?? "", out _)).Select(name => $"{at}: no {name}")
                    : [];
            case "properties":
                return isObject
                    ? word.Value.EnumerateObject()
                        .Where(one => value.TryGetProperty(one.Name, out _))
                        .SelectMany(one => Check(one.Value, value.GetProperty(one.Name), $"{at}.{one.Name}"))
                    : [];
            case "additionalProperties":
                return isObject
                    ? value.EnumerateObject()
                        .Where(one => !schema.GetProperty("properties").TryGetProperty(one.Name, out _))
                        .Select(one => $"{at}: {one.Name} too much")
                    : [];
            case "items":
                return value.ValueKind == JsonValueKind.Array
                    ? value.EnumerateArray().SelectMany((one, index) => Check(word.Value, one, $"{at}[{index}]"))
                    : [];
            case "oneOf":
                return word.Value.EnumerateArray().Count(one => !Check(one, value, at).Any()) == 1 ? [] : [$"{at}: fits no form"];
            default:
                return [$"the schema says '{word.Name}'"];
        }
    }

    private JsonElement Find(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(root, (element, name) => element.GetProperty(name));

    private static bool Is(string type, JsonElement value) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => false,
        };
}
