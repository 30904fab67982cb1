using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>Industry groups, affiliated schemes and the yearly confirmations.</summary>
internal sealed class GroupRoutes(
    Register<IndustryGroup> groups,
    Register<AffiliatedScheme> schemes,
    ConfirmationBook confirmations,
    HubRecords records,
    Scope scope
)
{
    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get("/api/v1/groups", Policies.ReadCommunity, GroupsAsync);
        routes.Put("/api/v1/groups/{group}", Policies.Coordinate, PutGroupAsync);
        routes.Get("/api/v1/schemes", Policies.ReadCommunity, SchemesAsync);
        routes.Put("/api/v1/schemes/{scheme}", Policies.Coordinate, PutSchemeAsync);
        routes.Get("/api/v1/confirmations", Policies.ManageUsers, ConfirmationsAsync);
        routes.Put("/api/v1/confirmations/{confirmation}/answer", Policies.ManageUsers, ConfirmAsync);
    }

    private async Task<IResult> GroupsAsync(HttpContext context) =>
        TypedResults.Json(
            await scope.VisibleAsync(context.Actor(), Verb.Read, groups.All.Select(one => one.Value)),
            IdentityApi.Default.IReadOnlyListIndustryGroup
        );

    private async Task<IResult> PutGroupAsync(string group, GroupRequest request, HttpContext context)
    {
        Check(group);
        scope.DemandCreate<IndustryGroup>(context.Actor(), new Owner(null));
        var written = new IndustryGroup(group, request.NameJa, request.NameEn);
        await records.ChangeAsync([new JournalRecord(context.Actor().Id, JournalActions.GroupChanged, group)], groups.Put(group, written));
        return TypedResults.Json(written, IdentityApi.Default.IndustryGroup);
    }

    private async Task<IResult> SchemesAsync(HttpContext context) =>
        TypedResults.Json(
            await scope.VisibleAsync(context.Actor(), Verb.Read, schemes.All.Select(one => one.Value)),
            IdentityApi.Default.IReadOnlyListAffiliatedScheme
        );

    private async Task<IResult> PutSchemeAsync(string scheme, SchemeRequest request, HttpContext context)
    {
        Check(scheme);
        scope.DemandCreate<AffiliatedScheme>(context.Actor(), new Owner(null));
        var written = new AffiliatedScheme(scheme, request.Relay, request.Members ?? [], request.Terms);
        await records.ChangeAsync(
            [new JournalRecord(context.Actor().Id, JournalActions.SchemeChanged, scheme)],
            schemes.Put(scheme, written)
        );
        return TypedResults.Json(written, IdentityApi.Default.AffiliatedScheme);
    }

    private async Task<IResult> ConfirmationsAsync(HttpContext context, string? cursor, int? limit) =>
        TypedResults.Json(
            Paging.Of(await scope.VisibleAsync(context.Actor(), Verb.Read, confirmations.All), one => one.Id, one => one, cursor, limit),
            IdentityApi.Default.PageStaffConfirmation
        );

    private async Task<IResult> ConfirmAsync(string confirmation, HttpContext context, CancellationToken cancellation)
    {
        await scope.LoadAsync<StaffConfirmation>(context.Actor(), Verb.Change, confirmation, cancellation);
        await confirmations.AnswerAsync(confirmation, context.Actor().Id);
        return TypedResults.NoContent();
    }

    private static void Check(string id)
    {
        if (!CommunityIds.IsId(id))
        {
            throw new ProblemException(Problem.Invalid(CommunityIds.Rule));
        }
    }
}
