using System.Security.Cryptography;
using Microsoft.OpenApi;
using Noroshi.Server.Access;
using Scalar.AspNetCore;

namespace Noroshi.Server.Hosting;

/// <summary>Puts health, metrics, description of the API into the hub.</summary>
internal static class ApiPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Exposition>();
        services.AddSingleton<Health>();
        services.AddSingleton<EventStream>();
        services.AddHostedService<ControlSocket>();
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.AddOperationTransformer(
                    (operation, context, _) =>
                    {
                        ApiDescriptions.Complete(operation, context);
                        return Task.CompletedTask;
                    }
                );
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info = new OpenApiInfo
                        {
                            Title = "Noroshi",
                            Version = "v1",
                            Description =
                                "Information-sharing hub for targeted-attack mail. Send an API key as a bearer token. Problems are RFC 9457; Accept-Language ja or en.",
                        };
                        // Where it is served is not what a client reached it by.
                        document.Servers = [];
                        ApiDescriptions.CompleteDocument(document);
                        document.Components ??= new OpenApiComponents();
                        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
                        {
                            ["key"] = new OpenApiSecurityScheme
                            {
                                Type = SecuritySchemeType.Http,
                                Scheme = "bearer",
                                Description = "API key of 40 letters and digits.",
                            },
                        };
                        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
                        return Task.CompletedTask;
                    }
                );
            }
        );
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        HealthRoutes.Map(routes);
        routes
            .Get("/api/v1/events", Policies.ReadProvisions, (HttpContext context, EventStream events) => events.AnswerAsync(context))
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .WithSummary("What is new, as server-sent events: ids only. Last-Event-ID goes on from there.")
            .WithTags("events");
        routes.Library(Policies.Anybody, inner => inner.MapOpenApi());
        routes.Library(
            Policies.Anybody,
            inner =>
                inner.MapScalarApiReference(
                    "/scalar",
                    (options, context) =>
                    {
                        var nonce = RandomNumberGenerator.GetHexString(32);
                        // Its buttons lead to services elsewhere.
                        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                        options.HideClientButton = true;
                        options
                            .WithTitle("Noroshi API")
                            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                            .DisableDefaultFonts()
                            .DisableTelemetry()
                            .DisableAgent()
                            .DisableMcp()
                            .WithNonce(nonce);
                        // The page brings its own script; nothing comes from elsewhere and no other script runs. Its script makes styles as
                        // it goes, which a nonce does not cover: without them the page is a heap of icons.
                        context.Response.Headers.ContentSecurityPolicy =
                            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";
                    }
                )
        );
    }
}
