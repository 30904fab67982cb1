using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Tests.Judgement;

/// <summary>Everything that a situation says, as one text, to compare.</summary>
internal static class Shape
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        IncludeFields = true,
        Converters = { new PatternConverter() },
        NewLine = "\n",
    };

    public static string Of(Situation situation) =>
        Of(
            new
            {
                Mails = situation.Mails.Select(one => $"{one.Key} {one.Value.Window} {one.Value.ReceivedAt:O}"),
                situation.Conversations,
                situation.Campaigns,
                situation.Suggestions,
                situation.Warnings,
                situation.OnlyTogether,
                situation.RarityVersion,
            }
        );

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    private sealed class PatternConverter : JsonConverter<TimePattern>
    {
        public override TimePattern Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, TimePattern value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, value.GetType());
    }
}
