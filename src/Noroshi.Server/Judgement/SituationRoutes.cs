using System.Text.Json;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Access;
using Noroshi.Server.Analysis;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Judgement;

/// <summary>Exchanges and campaigns as of now, in the form of the contract; for the hub, since each of them names whose windows were written to.</summary>
internal static class SituationRoutes
{
    private static readonly Role[] Readers = [Role.Analyst, Role.Coordinator, Role.Auditor];

    /// <summary>Types of things.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddObjectType(provider => new ObjectType<Conversation>(
            "conversation",
            new Rights().Allow(Extent.All, Readers, Verb.Read),
            _ => default,
            (id, _) =>
                ValueTask.FromResult(provider.GetRequiredService<HubSituation>().Current.Conversations.FirstOrDefault(one => one.Id == id))
        )
        {
            Providers = one => [one.Id, one.Organization],
        });
        services.AddObjectType(provider => new ObjectType<Campaign>(
            "campaign",
            new Rights().Allow(Extent.All, Readers, Verb.Read),
            _ => default,
            (id, _) =>
                ValueTask.FromResult(provider.GetRequiredService<HubSituation>().Current.Campaigns.FirstOrDefault(one => one.Id == id))
        )
        {
            Providers = one => [one.Id, .. one.Organizations],
        });
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        routes.Get(
            "/api/v1/conversations",
            Policies.ReadHub,
            (HttpContext context, HubSituation situation, string? cursor, string? stage, string? assessment) =>
            {
                var now = situation.Current;
                return PageAsync(
                    context,
                    now,
                    now.Conversations.Where(one =>
                        (stage is null || ContractJson.Word(one.Stage) == stage)
                        && (assessment is null || ContractJson.Word(one.Assessment) == assessment)
                    ),
                    (one => one.Id, SituationJson.WriteConversations, cursor)
                );
            }
        );
        routes.Get(
            "/api/v1/conversations/{conversation}",
            Policies.ReadHub,
            async (HttpContext context, HubSituation situation, Scope scope, string conversation) =>
            {
                var found = await scope.LoadAsync<Conversation>(context.Actor(), Verb.Read, conversation, context.RequestAborted);
                return Json(json => SituationJson.WriteConversations(json, situation.Current, [found]));
            }
        );
        routes.Get(
            "/api/v1/campaigns",
            Policies.ReadHub,
            (HttpContext context, HubSituation situation, string? cursor) =>
            {
                var now = situation.Current;
                return PageAsync(context, now, now.Campaigns, (one => one.Id, SituationJson.WriteCampaigns, cursor));
            }
        );
        routes.Get(
            "/api/v1/campaigns/{campaign}",
            Policies.ReadHub,
            async (HttpContext context, HubSituation situation, Scope scope, string campaign) =>
            {
                var found = await scope.LoadAsync<Campaign>(context.Actor(), Verb.Read, campaign, context.RequestAborted);
                return Json(json => SituationJson.WriteCampaigns(json, situation.Current, [found]));
            }
        );
    }

    private static async Task<IResult> PageAsync<T>(
        HttpContext context,
        Situation situation,
        IEnumerable<T> all,
        (Func<T, string> Id, Action<Utf8JsonWriter, Situation, IReadOnlyList<T>> Write, string? Cursor) page
    )
        where T : class
    {
        var ordered = all.OrderBy(page.Id, StringComparer.Ordinal).ToList();
        var taken = Paging.Of(ordered, page.Id, one => one, page.Cursor, limit: null);
        var scope = context.RequestServices.GetRequiredService<Scope>();
        var shown = await scope.VisibleAsync(context.Actor(), Verb.Read, taken.Items);
        return Json(json =>
        {
            page.Write(json, situation, shown);
            json.WriteString("next", taken.Next);
        });
    }

    private static IResult Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return TypedResults.Bytes(bytes.ToArray(), "application/json");
    }
}
