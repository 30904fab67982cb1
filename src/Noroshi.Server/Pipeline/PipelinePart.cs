using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Pipeline;

/// <summary>Puts the steps that work through the log into the hub.</summary>
internal static class PipelinePart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        HubHost.AddRegister(services, "reanalysis", PipelineJson.Default.Reanalysis);
        services.TryAddSingleton(new PipelineSettings());
        services.TryAddSingleton<IMailWorkers, MailWorkers>();
        services.AddSingleton<FreshMails>();
        services.AddSingleton<PipelineTools>();
        services.AddSingleton<ProvisionDissection>();
        services.AddSingleton<HubSituation>();
        services.AddSingleton<StepBook>();
        services.AddSingleton<IForgets, PipelineForgets>();
        services.AddHostedService<DissectStep>();
        services.AddHostedService<SituateStep>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, StepJson.Default));
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        routes.Get(
            "/api/v1/steps",
            Policies.ReadHub,
            async (StepBook book, CancellationToken cancellation) =>
                TypedResults.Json(await book.AllAsync(cancellation), StepJson.Default.StepList)
        );
        routes.Post(
            "/api/v1/steps/{name}/release/{position:long}",
            Policies.Administer,
            async (string name, long position, HttpContext context, StepBook book) =>
                await book.ReleaseAsync(context.Actor(), name, position, context.RequestAborted)
                    ? Results.NoContent()
                    : Results.Problem(
                        title: "Not in quarantine",
                        detail: $"Step {name} has no entry {position} in quarantine; GET /api/v1/steps lists what it gave up.",
                        statusCode: StatusCodes.Status404NotFound
                    )
        );
        routes.Post(
            "/api/v1/reanalysis",
            Policies.Administer,
            async (HttpContext context, StepBook book) =>
            {
                var ordered = await book.OrderAsync(context.Actor(), context.RequestAborted);
                return TypedResults.Json(ordered, StepJson.Default.StepView, statusCode: StatusCodes.Status202Accepted);
            }
        );
    }
}
