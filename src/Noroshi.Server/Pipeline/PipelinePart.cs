using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Hub;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

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
        // Mails show words of their providers also where nothing is shared: the command line imports without the parts that share.
        services.TryAddSingleton<HarvestedWords>();
        services.AddSingleton<PipelineTools>();
        services.AddSingleton<ProvisionDissection>();
        services.AddSingleton<HubSituation>();
        services.AddSingleton<StepBook>();
        services.AddSingleton<IForgets, PipelineForgets>();
        HubHost.AddRegister(services, RulesInUse.Kind, RulesJson.Default.CommunityRules);
        services.AddHostedService<RulesInUse>();
        services.AddHostedService<DissectStep>();
        services.AddHostedService<SituateStep>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, StepJson.Default);
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, PasswordApi.Default);
        });
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        PasswordRoutes.Map(routes);
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
                    ? TypedResults.NoContent()
                    : (IResult)
                        new Problem(
                            ProblemKind.NotFound,
                            new Words(
                                $"工程 {name} に、保留中の {position} 番はありません。保留中のものは GET /api/v1/steps で分かります。",
                                $"Step {name} has no entry {position} in quarantine; GET /api/v1/steps lists what it gave up."
                            )
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
