using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Reports.Outputs;

namespace Noroshi.Server.Reports;

/// <summary>Puts the reports into the hub.</summary>
internal static class ReportPart
{
    private const string Path = "/api/v1/reports";

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        HubHost.AddRegister(services, ReportDesk.Kind, ReportJson.Default.ReportIssue);
        services.TryAddSingleton(new ReportOptions());
        services.AddSingleton<PublicationBook>();
        services.AddSingleton<ReportHub>();
        services.AddSingleton<ReportMaterials>();
        services.AddSingleton<ReportAnswers>();
        services.AddSingleton<ControlFigures>();
        services.AddSingleton<ReportTools>();
        services.TryAddSingleton(provider => new Chromium(ChromiumProgram.Find(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ReportDesk>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ReportJson.Default));
    }

    /// <summary>What time does to reports.</summary>
    public static void AddRound(IServiceCollection services)
    {
        services.AddSingleton<ReportRound>();
        services.AddHostedService(provider => provider.GetRequiredService<ReportRound>());
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        routes.Get(
            Path,
            Policies.ReadStatistics,
            (HttpContext context, ReportDesk desk) =>
                TypedResults.Json(desk.List(context.Actor()), ReportJson.Default.IReadOnlyListReportView)
        );
        routes.Get(
            $"{Path}/{{report}}",
            Policies.ReadStatistics,
            (HttpContext context, ReportDesk desk, string report) =>
                TypedResults.Json(
                    desk.Find(context.Actor(), report) ?? throw new ProblemException(Problem.NotFound),
                    ReportJson.Default.ReportView
                )
        );
        routes.Get(
            $"{Path}/{{report}}/files/{{name}}",
            Policies.ReadStatistics,
            async (HttpContext context, ReportDesk desk, string report, string name, int? version) =>
                await desk.FileAsync(context.Actor(), report, name, version, context.RequestAborted) is var (file, bytes)
                    ? TypedResults.File(bytes.ToArray(), TypeOf(file.Extension), $"{report}-{file.Language}{file.Extension}")
                    : throw new ProblemException(Problem.NotFound)
        );
        routes.Get(
            $"{Path}/{{report}}/work",
            Policies.ReadFigures,
            async (HttpContext context, ReportDesk desk, string report) =>
                TypedResults.Json(await desk.WorkAsync(report, context.RequestAborted), ReportJson.Default.ReportWorkView)
        );
        routes.Post(
            Path,
            Policies.Publish,
            async (HttpContext context, ReportDesk desk, ReportDraftOrder order) =>
                TypedResults.Json(
                    await desk.DraftAsync(context.Actor(), order, context.RequestAborted),
                    ReportJson.Default.ReportView,
                    statusCode: 201
                )
        );
        routes.Put(
            $"{Path}/{{report}}/wordings",
            Policies.Publish,
            async (HttpContext context, ReportDesk desk, string report, WordingOrder order) =>
            {
                await desk.WordAsync(context.Actor(), report, order, context.RequestAborted);
                return TypedResults.NoContent();
            }
        );
        routes.Post(
            $"{Path}/{{report}}/steps",
            Policies.Publish,
            async (HttpContext context, ReportDesk desk, string report, ReportStepOrder order) =>
            {
                await desk.StepAsync(context.Actor(), report, order, context.RequestAborted);
                return TypedResults.NoContent();
            }
        );
    }

    /// <summary>Nothing is shown within the hub's own pages: files are downloads, HTML too.</summary>
    private static string TypeOf(string extension) =>
        extension switch
        {
            ".html" => "text/html; charset=utf-8",
            ".pdf" => "application/pdf",
            ".json" => "application/json",
            _ => "application/octet-stream",
        };
}
