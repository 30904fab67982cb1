using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Statistics;

namespace Noroshi.Server.Statistics;

/// <summary>What the verb <c>stats</c> asks for, also of a hub that holds the folder: periods, and whether they are made final first.</summary>
/// <param name="Periods">Ids of the periods.</param>
/// <param name="Recount">As counted now, also where figures are final.</param>
/// <param name="Freeze">Makes the periods final.</param>
/// <param name="Reason">Why they are revised.</param>
internal sealed record StatisticsOrder(IReadOnlyList<string> Periods, bool Recount = false, bool Freeze = false, string? Reason = null)
{
    /// <summary>Who acts: somebody who holds the machine.</summary>
    private const string By = Cli.OrganizationCommand.Operator;

    private const int MostPeriods = 20;

    /// <summary>The order in a line.</summary>
    public string Text => JsonSerializer.Serialize(this, StatisticsOrderJson.Default.StatisticsOrder);

    /// <summary>Reads what <see cref="Text"/> wrote; null when it is none.</summary>
    public static StatisticsOrder? Read(string text)
    {
        try
        {
            var order = JsonSerializer.Deserialize(text, StatisticsOrderJson.Default.StatisticsOrder);
            return order is { Periods.Count: > 0 and <= MostPeriods } && order.Periods.All(id => Period.Parse(id) is not null)
                ? order
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The figures, after what was ordered is done.</summary>
    public async Task<IReadOnlyList<Statistic>> DoAsync(StatisticsWork work, CancellationToken cancellation)
    {
        var figures = new List<Statistic>();
        foreach (var period in Periods.Select(Period.Parse).OfType<Period>())
        {
            if (Freeze)
            {
                await work.FreezeAsync(By, period, Reason, cancellation);
            }

            figures.AddRange(await work.OfAsync(period, Recount, cancellation));
        }

        return figures;
    }

    /// <summary>The same as a line of JSON: <c>{"figures":[…]}</c>.</summary>
    public async Task<string> AnswerAsync(StatisticsWork work, CancellationToken cancellation) =>
        $$"""{"figures":{{JsonSerializer.Serialize(await DoAsync(work, cancellation), StatisticsJson.Default.IReadOnlyListStatistic)}}}""";
}

/// <summary>JSON of the order.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    IgnoreReadOnlyProperties = true,
    MaxDepth = 4
)]
[JsonSerializable(typeof(StatisticsOrder))]
internal sealed partial class StatisticsOrderJson : JsonSerializerContext;
