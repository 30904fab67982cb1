using Noroshi.Hub;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.MailAnatomy.Headers;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>Member organisations: the coordinator keeps membership, the organisation what it says of itself.</summary>
internal sealed class OrganizationRoutes(Register<Organization> register, HubRecords records, Scope scope)
{
    private const string Path = "/api/v1/organizations";
    private const int MostWords = 20_000;
    private const int LongestWord = 200;

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get(Path, Policies.ReadCommunity, ListAsync);
        routes.Get(Path + "/{organization}", Policies.ReadCommunity, GetAsync);
        routes.Put(Path + "/{organization}", Policies.Coordinate, PutAsync);
        routes.Put(Path + "/{organization}/description", Policies.DescribeOrganization, DescribeAsync);
        routes.Put(Path + "/{organization}/secrets", Policies.KeepSecrets, SetSecretsAsync);
    }

    private async Task<IResult> ListAsync(HttpContext context, string? cursor, int? limit) =>
        TypedResults.Json(
            Paging.Of(
                await scope.VisibleAsync(context.Actor(), Verb.Read, register.All.Select(one => one.Value)),
                one => one.Id,
                View,
                cursor,
                limit
            ),
            IdentityApi.Default.PageOrganizationView
        );

    private async Task<IResult> GetAsync(string organization, HttpContext context, CancellationToken cancellation) =>
        Shown(await scope.LoadAsync<Organization>(context.Actor(), Verb.Read, organization, cancellation));

    private async Task<IResult> PutAsync(string organization, OrganizationRequest request, HttpContext context)
    {
        Check(organization, request);
        var actor = context.Actor();
        scope.DemandCreate<Organization>(actor, new Owner(organization));
        var made = false;
        await records.ChangeAsync(() =>
        {
            var found = register.Find(organization);
            made = found is null;
            var changed = (found?.Value ?? new Organization { Id = organization }) with
            {
                Group = request.Group,
                Parent = request.Parent,
                NameJa = request.NameJa,
                NameEn = request.NameEn,
                Domains = request.Domains ?? [],
                MailHosts = request.MailHosts ?? [],
                Networks = request.Networks ?? [],
                Succeeds = request.Succeeds ?? [],
                AgreedOn = request.AgreedOn,
                JoinedOn = request.JoinedOn,
                LeftOn = request.LeftOn,
            };
            return (
                [register.Put(organization, changed) with { Seen = request.Version ?? found?.Version ?? 0 }],
                [new JournalRecord(actor.Id, JournalActions.OrganizationChanged, organization, made ? "created" : "changed")]
            );
        });
        return Shown(Find(organization), made ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task<IResult> DescribeAsync(
        string organization,
        DescriptionRequest request,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var actor = context.Actor();
        await scope.LoadAsync<Organization>(actor, Verb.Change, organization, cancellation);
        if (request.Windows.FirstOrDefault(one => !CommunityIds.IsId(one.Id)) is not null)
        {
            return Problem.Invalid(CommunityIds.Rule.After("windows: ", "windows: "));
        }

        if (request.Windows.DistinctBy(one => one.Id, StringComparer.Ordinal).Count() != request.Windows.Count)
        {
            return Problem.Invalid("windows: 同じIDが2つあります", "windows: an id stands twice");
        }

        await records.ChangeAsync(() =>
        {
            var found = register.Find(organization) ?? throw new ProblemException(Problem.NotFound);
            var changed = found.Value with
            {
                Windows = request.Windows,
                Affiliates = request.Affiliates ?? [],
                Contractors = request.Contractors ?? [],
                StandingApproval = request.StandingApproval ?? [],
            };
            var approval = found.Value.StandingApproval.SequenceEqual(changed.StandingApproval, StringComparer.Ordinal)
                ? Array.Empty<JournalRecord>()
                :
                [
                    new JournalRecord(
                        actor.Id,
                        JournalActions.StandingApprovalChanged,
                        organization,
                        string.Join(',', changed.StandingApproval)
                    ),
                ];
            return (
                [register.Put(organization, changed) with { Seen = request.Version ?? found.Version }],
                [new JournalRecord(actor.Id, JournalActions.OrganizationChanged, organization, "described"), .. approval]
            );
        });
        return Shown(Find(organization));
    }

    private async Task<IResult> SetSecretsAsync(
        string organization,
        SecretWordsRequest request,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var actor = context.Actor();
        await scope.LoadAsync<Organization>(actor, Verb.Change, organization, cancellation);
        if (request.Words.Count > MostWords || request.Words.Any(word => string.IsNullOrWhiteSpace(word) || word.Length > LongestWord))
        {
            return Problem.Invalid(
                $"words: {MostWords}件まで、1件は1文字から{LongestWord}文字までです",
                $"words: at most {MostWords}, each of 1 to {LongestWord} characters"
            );
        }

        await records.ChangeAsync(() =>
        {
            var found = register.Find(organization) ?? throw new ProblemException(Problem.NotFound);
            return (
                [register.Put(organization, found.Value with { Secrets = request.Words })],
                [new JournalRecord(actor.Id, JournalActions.DictionaryChanged, organization)]
            );
        });
        return TypedResults.NoContent();
    }

    private Organization Find(string id) => register.Find(id)?.Value ?? throw new ProblemException(Problem.NotFound);

    private IResult Shown(Organization one, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(View(one), IdentityApi.Default.OrganizationView, statusCode: status);

    private OrganizationView View(Organization one) =>
        new(one.Id, one with { Secrets = [] }, one.Secrets.Count, register.Find(one.Id)?.Version ?? 0);

    private void Check(string id, OrganizationRequest request)
    {
        if (!CommunityIds.IsId(id))
        {
            throw new ProblemException(Problem.Invalid(CommunityIds.Rule.After("organization: ", "organization: ")));
        }

        if (request.Parent is { } parent && (parent == id || register.Find(parent) is null))
        {
            throw ProblemException.Invalid("parent: そのIDの別の組織はありません", "parent: there is no other organisation of that id");
        }

        if (request.JoinedOn > request.LeftOn)
        {
            throw ProblemException.Invalid("leftOn: joinedOn より前です", "leftOn: before joinedOn");
        }

        if ((request.Networks ?? []).FirstOrDefault(network => NetworkText.Parse(network) is null) is not null)
        {
            throw ProblemException.Invalid(
                "networks: アドレス範囲ではありません(例 192.0.2.0/24)",
                "networks: not an address range (192.0.2.0/24)"
            );
        }
    }
}

/// <summary>Ids that people give: organisations, windows, groups, schemes.</summary>
internal static class CommunityIds
{
    /// <summary>What they look like, in words.</summary>
    public static Words Rule { get; } =
        new("IDは英小文字、数字、ハイフン、ピリオドで64文字までです", "ids are of small letters, digits, hyphen and dot, at most 64");

    /// <summary>Whether it is one.</summary>
    public static bool IsId(string? id) =>
        id is { Length: > 0 and <= 64 }
        && char.IsAsciiLetterOrDigit(id[0])
        && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
