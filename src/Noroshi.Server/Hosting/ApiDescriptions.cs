using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Noroshi.Server.Access;

namespace Noroshi.Server.Hosting;

/// <summary>Completes the description of the API: what each route does, who may use it, and in which form it says no.</summary>
internal static class ApiDescriptions
{
    private const string ProblemSchema = "Problem";

    /// <summary>Adds the areas, and the form of problems to the document's components.</summary>
    public static void CompleteDocument(OpenApiDocument document)
    {
        document.Tags = document
            .Paths.Keys.Select(AreaOf)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(area => new OpenApiTag { Name = area })
            .ToHashSet();
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[ProblemSchema] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Problem details (RFC 9457), in Japanese or English by Accept-Language.",
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "code", "title", "status", "detail", "kept", "todo" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text("urn:noroshi:problem: and the code."),
                ["code"] = Text("Stable code: " + string.Join(", ", ProblemKind.All.Select(one => one.Code)) + ", search-…."),
                ["title"] = Text("The kind of problem."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = Text("What happened."),
                ["kept"] = Text("What was kept."),
                ["todo"] = Text("What to do."),
                ["requestId"] = Text("From 500 on: what the log of the hub knows the request by."),
            },
        };
    }

    /// <summary><c>{position:long}</c> is called <c>{position}</c> in the document.</summary>
    private static string WithoutConstraint(string part) =>
        part.StartsWith('{') && part.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? part[..colon] + "}" : part;

    /// <summary><c>/api/v1/cases/{id}</c> stands under "cases", <c>/health/live</c> under "health".</summary>
    private static string AreaOf(string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["api", "v1", var area, ..] ? area : parts.FirstOrDefault("");
    }

    /// <summary>Completes one route.</summary>
    public static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var pattern = "/" + string.Join('/', (context.Description.RelativePath ?? "").TrimEnd('/').Split('/').Select(WithoutConstraint));
        if (ApiSummaryTable.Of(context.Description.HttpMethod ?? "", pattern) is { } words)
        {
            operation.Summary = words.En;
            operation.Description = words.Ja;
        }

        operation.Tags = new HashSet<OpenApiTagReference> { new(AreaOf(pattern), context.Document) };
        var policy = context.Description.ActionDescriptor.EndpointMetadata.OfType<RoutePolicy>().FirstOrDefault();
        operation.Responses ??= [];
        foreach (var status in StatusesOf(policy, pattern))
        {
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), Answer(status, context.Document));
        }
    }

    private static IEnumerable<int> StatusesOf(RoutePolicy? policy, string pattern)
    {
        int[] always = [400, 429, 503];
        int[] known = policy is { Reach: not Reach.Public } ? [401, 403] : [];
        int[] named = pattern.Contains('{', StringComparison.Ordinal) ? [404] : [];
        return always.Concat(known).Concat(named).Order();
    }

    private static OpenApiResponse Answer(int status, OpenApiDocument? document) =>
        new()
        {
            Description = string.Join(
                "; ",
                ProblemKind.All.Where(one => one.Status == status).Select(one => $"{one.Code}: {one.Title.En}")
            ),
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) },
            },
        };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
