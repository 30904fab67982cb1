using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Access;

/// <summary>
/// Every route of the running hub, as everybody: own object, another organisation's, one that does not exist. Whoever is not of the hub must
/// not be able to tell the last two apart, and finds nothing of another organisation in any list.
/// </summary>
public sealed partial class MatrixTests
{
    private static readonly (string Name, Actor Actor)[] Actors =
    [
        ("public", Actor.Public),
        .. RoleTable.Member.Order().Select(role => (NameOf(role), Of(ActorKind.User, MatrixObjects.Own, role))),
        .. RoleTable.Hub.Order().Select(role => (NameOf(role), Of(ActorKind.User, null, role))),
        ("member key", KeyActor(MatrixObjects.Own)),
        ("no organisation", Of(ActorKind.User, null, [.. RoleTable.Member])),
    ];

    [Fact]
    public async Task No_route_lets_anybody_reach_or_notice_what_is_anothers()
    {
        await using var hub = await IdentityHub.StartAsync(
            access: new AccessOptions { PerKey = 10_000_000, PerUser = 10_000_000 },
            accounts: new AccountOptions { SignInAttempts = 1_000_000, MostFailures = 1_000_000 }
        );
        var objects = new MatrixObjects(hub);
        await objects.FillAsync();
        await hub.AddUserAsync("somebody", null, Role.Administrator);
        foreach (var (_, actor) in Actors.Where(one => one.Actor.Kind == ActorKind.User))
        {
            var user = new User
            {
                Id = actor.Id,
                UserName = Secrets.NewId(),
                Organization = actor.Organization,
                Roles = [.. actor.Roles],
                State = UserState.Active,
                CreatedAt = hub.Get<SecurityClock>().Now,
            };
            await hub.Get<Users>().AddAsync(user, "system");
        }

        var routes = RoutesOf(hub);
        routes.Count.ShouldBeGreaterThan(30);
        var table = new StringBuilder();
        var crossings = new List<string>();
        var clients = Actors
            .Select(one => (one.Name, one.Actor, Client: one.Actor.Kind == ActorKind.Public ? hub.Anonymous() : hub.As(one.Actor)))
            .ToList();
        foreach (var (method, pattern, policy) in routes)
        {
            var cells = new List<string>();
            foreach (var (name, actor, client) in clients)
            {
                var probe = new Probe(client, objects, method, pattern);
                cells.Add(await CellAsync(probe, policy, actor, problem => crossings.Add($"{method} {pattern} as {name}: {problem}")));
            }

            table.Append(CultureInfo.InvariantCulture, $"| {method} `{pattern}` | {policy.Name} | {string.Join(" | ", cells)} |\n");
        }

        clients.ForEach(one => one.Client.Dispose());
        crossings.ShouldBeEmpty(string.Join('\n', crossings));
        Compare(table.ToString(), Rights(hub));
    }

    [Fact]
    public async Task Every_scope_that_a_policy_asks_keys_for_can_be_given()
    {
        await using var hub = await TestHub.StartAsync();
        foreach (var (method, pattern, policy) in RoutesOf(hub).Where(one => one.Policy.KeyScope is not null))
        {
            var scope = policy.KeyScope.ShouldNotBeNull();
            var roles = KeyScopes.Roles("some", [scope]).Concat(KeyScopes.Roles(null, [scope])).ToList();
            roles.ShouldContain(role => policy.Roles.Contains(role), $"{method} {pattern}: no key with scope {scope} is ever admitted");
        }
    }

    [Fact]
    public async Task Routes_of_the_hub_admit_nobody_of_a_member()
    {
        await using var hub = await TestHub.StartAsync();
        RoutesOf(hub).Where(one => one.Policy.Reach == Reach.Hub).ShouldAllBe(one => !one.Policy.Roles.Overlaps(RoleTable.Member));
        RoutesOf(hub).Where(one => one.Policy.Reach == Reach.Public).ShouldAllBe(one => one.Policy.Roles.Count == 0);
        RoutesOf(hub).Where(one => one.Policy.Reach != Reach.Public).ShouldAllBe(one => one.Policy.Roles.Count > 0);
    }

    private static async Task<string> CellAsync(Probe probe, RoutePolicy policy, Actor actor, Action<string> problem)
    {
        var isOfHub = actor.Roles.Overlaps(RoleTable.Hub);
        var ghost = await probe.AskAsync(null);
        var other = probe.HasId ? await probe.AskAsync(MatrixObjects.Other) : ghost;
        var own = probe.HasId ? await probe.AskAsync(MatrixObjects.Own) : ghost;
        foreach (var (whose, answer) in new[] { ("ghost", ghost), ("other", other), ("own", own) })
        {
            if (answer.Status >= 500)
            {
                problem($"{whose} gives {answer.Status}");
            }
        }

        var refused = Admission.Refused(actor, null, policy) is not null;
        if (refused)
        {
            if (new[] { ghost, other, own }.Any(one => one.Status is not (401 or 403) || one.Text != ghost.Text))
            {
                problem($"is not admitted but gets {ghost.Status}/{other.Status}/{own.Status}");
            }

            return "–";
        }

        if (probe.HasId && policy.Reach is Reach.Own or Reach.Self && !probe.IsKnown && policy.Roles.Overlaps(RoleTable.Member))
        {
            problem("MatrixObjects does not know how to make an object of this route");
        }

        if (!isOfHub && probe.HasId && other.Text != ghost.Text)
        {
            problem($"tells another's from none: {other.Text} <> {ghost.Text}");
        }

        if (
            !isOfHub
            && (
                ghost.Text.Contains(MatrixObjects.Marker, StringComparison.Ordinal)
                || own.Text.Contains(MatrixObjects.Marker, StringComparison.Ordinal)
            )
        )
        {
            problem("shows something of another organisation");
        }

        return !probe.HasId
            ? ghost.Status is 403 or 404
                ? "–"
                : "yes"
            : other.Text != ghost.Text && other.Status is not (403 or 404)
                ? "all"
                : own.Text != ghost.Text && own.Status is not (403 or 404)
                    ? "own"
                    : policy.Reach == Reach.Hub
                        ? "hub"
                        : "–";
    }

    private static List<(string Method, string Pattern, RoutePolicy Policy)> RoutesOf(TestHub hub) =>
        [
            .. hub.Get<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(one =>
                    (one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                        (
                            Method: method,
                            Pattern: one.RoutePattern.RawText.ShouldNotBeNull(),
                            Policy: one.Metadata.GetMetadata<RoutePolicy>().ShouldNotBeNull($"{one.DisplayName} has no policy")
                        )
                    )
                )
                .OrderBy(one => one.Pattern, StringComparer.Ordinal)
                .ThenBy(one => one.Method, StringComparer.Ordinal),
        ];

    private static string Rights(TestHub hub)
    {
        var text = new StringBuilder();
        foreach (var type in hub.App.Services.GetServices<IObjectType>().OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            foreach (var verb in Enum.GetValues<Verb>())
            {
                var cells = Enum.GetValues<Role>()
                    .Select(role =>
                        type.Rights.Of(role, verb) switch
                        {
                            Extent.None => "–",
                            Extent.Own => "own",
                            Extent.All => "all",
                        }
                    );
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {type.Name} | {verb.ToString().ToLowerInvariant()} | {string.Join(" | ", cells)} |\n"
                );
            }
        }

        return text.ToString();
    }

    private static void Compare(string routes, string rights)
    {
        var text = $"""
            # Who reaches what

            Written by `MatrixTests` (`NOROSHI_WRITE_DOCS=1`), which asks every route of a running hub as everybody for an object of his own
            organisation, of another one, and for one that does not exist. Members cannot tell the last two apart: same status, same bytes.

            `–` refused or nothing there for him · `own` of his own organisation (of himself) · `all` of every organisation · `hub` things of the hub ·
            `yes` admitted, the answer holds what he may see. "(fresh)": credentials shown within the last ten minutes.

            ## Routes
            | route | policy | {string.Join(" | ", Actors.Select(one => one.Name))} |
            |---|---|{string.Concat(Enumerable.Repeat("---|", Actors.Length))}
            {routes}
            ## Rights over objects (the scope layer's table)
            | object | verb | {string.Join(" | ", Enum.GetValues<Role>().Select(NameOf))} |
            |---|---|{string.Concat(Enumerable.Repeat("---|", Enum.GetValues<Role>().Length))}
            {rights}
            """.ReplaceLineEndings("\n");
        var path = Path.Combine(BuildTests.RepositoryRoot(), "docs", "access-matrix.md");
        if (Environment.GetEnvironmentVariable("NOROSHI_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, "run these tests once with NOROSHI_WRITE_DOCS=1");
    }

    private static string NameOf(Role role) => System.Text.Json.JsonSerializer.Serialize(role).Trim('"');

    private static Actor Of(ActorKind kind, string? organization, params Role[] roles) =>
        new()
        {
            Kind = kind,
            Id = "matrix-" + string.Join('-', roles),
            Organization = organization,
            Roles = roles.ToHashSet(),
            SecondFactor = true,
        };

    private static Actor KeyActor(string organization) =>
        Of(ActorKind.Key, organization, [.. KeyScopes.Roles(organization, KeyScopes.OfOrganization)]) with
        {
            Scopes = KeyScopes.OfOrganization.ToHashSet(StringComparer.Ordinal),
            SecondFactor = false,
        };

    private sealed record Answer(int Status, string Text);

    [GeneratedRegex("nonce(-|=\")[0-9A-F]{32}", RegexOptions.None, 1_000)]
    private static partial Regex Nonce();

    private sealed class Probe(HttpClient client, MatrixObjects objects, string method, string pattern)
    {
        public bool HasId { get; } = pattern.Contains('{', StringComparison.Ordinal) || MatrixObjects.IsNamed(method, pattern);

        public bool IsKnown => objects.Knows(pattern) || MatrixObjects.IsNamed(method, pattern);

        /// <summary>Asks for an object of an organisation; null: for one that does not exist.</summary>
        public async Task<Answer> AskAsync(string? organization)
        {
            var id =
                organization is not null ? await objects.MakeAsync(pattern, organization)
                : pattern.Contains(":guid}", StringComparison.Ordinal) ? Guid.NewGuid().ToString("N")
                : Secrets.NewId();
            var path = string.Concat(
                pattern
                    .Split('{', '}')
                    .Select(
                        (piece, i) =>
                            i % 2 == 0 ? piece
                            : piece.EndsWith(":long", StringComparison.Ordinal) || piece.EndsWith(":int", StringComparison.Ordinal) ? "1"
                            : id
                    )
            );
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method is "POST" or "PUT")
            {
                request.Content = JsonContent.Create(MatrixObjects.BodyOf(method, pattern, organization ?? Secrets.NewId()));
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Browser.Cancellation);
            var stream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            var body = stream ? "" : await response.Content.ReadAsStringAsync(Browser.Cancellation);
            var headers = response
                .Headers.Concat(response.Content.Headers)
                .Where(one => one.Key is not ("Date" or "Request-Id"))
                .Select(one => $"{one.Key}={string.Join(',', one.Value)}");
            return new Answer(
                (int)response.StatusCode,
                Nonce()
                    .Replace($"{(int)response.StatusCode} {string.Join(';', headers)} {WithoutRequestId(body)}", "nonce")
                    .Replace(id, "ID", StringComparison.Ordinal)
            );
        }

        /// <summary>The two things in an answer that are random on purpose: the nonce of a page, and the request's id.</summary>
        private static string WithoutRequestId(string body)
        {
            if (!body.Contains("\"requestId\"", StringComparison.Ordinal) || JsonNode.Parse(body) is not JsonObject problem)
            {
                return body;
            }

            problem.Remove("requestId");
            return problem.ToJsonString();
        }
    }
}
