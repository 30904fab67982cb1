using System.Text.Json.Serialization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Statistics;

/// <summary>Puts the figures into the hub.</summary>
internal static class StatisticsPart
{
    /// <summary>Kind of the documents of frozen periods.</summary>
    public const string Kind = "statistics";

    private const string Path = "/api/v1/statistics";

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        HubHost.AddRegister(services, Kind, StatisticsJson.Default.FrozenPeriod);
        services.AddSingleton<FactReader>();
        services.AddSingleton<IForgets>(provider => provider.GetRequiredService<FactReader>());
        services.AddSingleton<StatisticsRegisters>();
        services.AddSingleton<StatisticsDesk>();
        services.AddSingleton<StatisticsWork>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, StatisticsApi.Default));
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        routes.Get(
            Path,
            Policies.ReadStatistics,
            async (HttpContext context, StatisticsWork work, string? period, bool? recount, string? format) =>
                await FiguresAsync(context, work, (PeriodOf(period), recount ?? false), format)
        );
        routes.Get(
            $"{Path}/items",
            Policies.ReadFigures,
            async (HttpContext context, StatisticsWork work, string? figure, string? period, string? group, string? cursor) =>
            {
                var id = figure is not null && StatisticDefinitions.Knows(figure) ? figure : throw new ProblemException(Problem.NotFound);
                var all = await work.BehindAsync(id, PeriodOf(period), group, context.RequestAborted);
                return TypedResults.Json(Paging.Of(all, one => one, one => one, cursor, limit: null), StatisticsApi.Default.PageString);
            }
        );
        routes.Get(
            $"{Path}/revisions",
            Policies.ReadFigures,
            (StatisticsWork work, string? period) =>
                work.Frozen(PeriodOf(period)) is { } kept
                    ? TypedResults.Json(RevisionView.Of(kept), StatisticsApi.Default.IReadOnlyListRevisionView)
                    : throw new ProblemException(Problem.NotFound)
        );
        routes.Post(
            $"{Path}/revisions",
            Policies.Publish,
            async (HttpContext context, StatisticsWork work, FreezeOrder order) =>
            {
                var made = await work.FreezeAsync(context.Actor().Id, PeriodOf(order.Period), order.Reason, context.RequestAborted);
                return TypedResults.Json(RevisionView.Of(made), StatisticsApi.Default.IReadOnlyListRevisionView, statusCode: 201);
            }
        );
    }

    /// <summary>Hub roles get every figure; others the final ones in the form that may leave the hub, or nothing.</summary>
    private static async Task<IResult> FiguresAsync(
        HttpContext context,
        StatisticsWork work,
        (Period Period, bool Recount) asked,
        string? format
    )
    {
        IReadOnlyList<Statistic> figures;
        if (context.Actor().Roles.Any(RoleTable.Hub.Contains))
        {
            figures = await work.OfAsync(asked.Period, asked.Recount, context.RequestAborted);
        }
        else
        {
            // What is still counted tells by its changes when somebody provided.
            var kept = work.Frozen(asked.Period) ?? throw new ProblemException(Problem.NotFound);
            figures = SmallCells.Outward(kept.Standing.Figures, new CellRule());
        }

        return format switch
        {
            "csv" => TypedResults.File(StatisticsDocument.Csv(figures), "text/csv; charset=utf-8", $"{asked.Period.Id}.csv"),
            null or "json" => TypedResults.Bytes(StatisticsDocument.Json(figures), "application/json"),
            _ => throw ProblemException.Invalid("format は json か csv です。", "'format' is json or csv."),
        };
    }

    private static Period PeriodOf(string? text) =>
        Period.Parse(text)
        ?? throw ProblemException.Invalid(
            "period は FY2013、FY2013Q3、2013-10 のいずれかの形です。",
            "'period' is written FY2013, FY2013Q3 or 2013-10."
        );
}

/// <summary>Freeze a period, or revise a frozen one.</summary>
/// <param name="Period"><c>FY2013</c>.</param>
/// <param name="Reason">Why it is revised; not needed the first time.</param>
internal sealed record FreezeOrder(string Period, string? Reason = null);

/// <summary>One revision of a frozen period.</summary>
/// <param name="Number">1, then counted up.</param>
/// <param name="At">When.</param>
/// <param name="By">Id of who decided it.</param>
/// <param name="Reason">Why; null for the first.</param>
/// <param name="CategoryVersion">Version of the categories.</param>
/// <param name="Corrections">What changed (正誤表).</param>
internal sealed record RevisionView(
    int Number,
    DateTimeOffset At,
    string By,
    string? Reason,
    string CategoryVersion,
    IReadOnlyList<CorrectionView> Corrections
)
{
    /// <summary>All revisions, oldest first.</summary>
    public static IReadOnlyList<RevisionView> Of(FrozenPeriod kept) =>
        [
            .. kept.Revisions.Select(
                (one, at) =>
                    new RevisionView(
                        one.Number,
                        one.At,
                        one.By,
                        one.Reason,
                        one.Figures[0].CategoryVersion,
                        at == 0
                            ? []
                            :
                            [
                                .. FrozenPeriod
                                    .Corrections(kept.Revisions[at - 1].Figures, one.Figures)
                                    .Select(change => new CorrectionView(change.Id, change.Group, change.Was?.Value, change.Is?.Value)),
                            ]
                    )
            ),
        ];
}

/// <summary>A line of the list of corrections.</summary>
internal sealed record CorrectionView(string Id, string? Group, decimal? Was, decimal? Is);

/// <summary>JSON of this part.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16
)]
[JsonSerializable(typeof(FreezeOrder))]
[JsonSerializable(typeof(IReadOnlyList<RevisionView>))]
[JsonSerializable(typeof(Page<string>))]
internal sealed partial class StatisticsApi : JsonSerializerContext;
