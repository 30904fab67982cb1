using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Search;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Noroshi.Server.Tests.Notices;
using Noroshi.Server.Tests.Search;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Access;

/// <summary>
/// Every route of the hub, as each of its roles: whose answer tells who provided something, has written down before who was told. What lists the
/// members themselves tells nothing of provisions; the routes that do are named here with their reason, a new one is not among them.
/// </summary>
public sealed class IdentityReadTests
{
    private const string Provider = "provider-to-be-seen";

    /// <summary>Routes whose answers name organisations as members, accounts or windows, not as providers.</summary>
    private static readonly string[] OfTheCommunity =
    [
        "/api/v1/organizations",
        "/api/v1/users",
        "/api/v1/keys",
        "/api/v1/confirmations",
        "/api/v1/groups",
        "/api/v1/schemes",
        "/api/v1/me",
        "/api/v1/session",
    ];

    [Fact]
    public async Task No_route_tells_who_provided_something_without_a_record_of_who_was_told()
    {
        await using var hub = await HubAsync();
        var ids = await FillAsync(hub);
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var silent = new List<string>();
        foreach (var role in RoleTable.Hub)
        {
            var actor = Of(role);
            using var client = hub.As(actor);
            foreach (var (method, pattern) in RoutesOf(hub))
            {
                if (Array.Exists(OfTheCommunity, one => pattern.StartsWith(one, StringComparison.Ordinal)))
                {
                    continue;
                }

                foreach (var path in PathsOf(pattern, ids))
                {
                    var before = (await ReadsAsync(hub, actor)).Count;
                    var text = await AskAsync(client, method, path, pattern);
                    if (!text.Contains(Provider, StringComparison.Ordinal))
                    {
                        continue;
                    }

                    told.Add($"{method} {pattern}");
                    var records = (await ReadsAsync(hub, actor)).Skip(before).ToList();
                    if (
                        !records.Exists(one =>
                            one.Detail.Split(' ').Contains(Provider, StringComparer.Ordinal)
                            || ids.Contains(one.Subject, StringComparer.Ordinal)
                        )
                    )
                    {
                        silent.Add($"{method} {path} for {actor.Id}");
                    }

                    records.Count.ShouldBeLessThanOrEqualTo(1, $"{method} {path}: one record for one request");
                }
            }
        }

        silent.ShouldBeEmpty(string.Join('\n', silent));
        foreach (
            var route in new[]
            {
                "GET /api/v1/provisions",
                "GET /api/v1/provisions/{id:guid}",
                "GET /api/v1/intake-list",
                "GET /api/v1/search",
                "GET /api/v1/inquiries",
                "GET /api/v1/contacts",
                "GET /api/v1/hand-over",
            }
        )
        {
            told.ShouldContain(one => one == route);
        }
    }

    [Fact]
    public async Task Cases_and_disclosures_that_name_a_provision_are_read_on_record_too()
    {
        await using var hub = await HubAsync();
        var ids = await FillAsync(hub);
        foreach (var (role, path) in new[] { (Role.Analyst, "/api/v1/cases"), (Role.Auditor, "/api/v1/disclosures") })
        {
            var actor = Of(role);
            using var client = hub.As(actor);
            (await client.GetStringAsync(new Uri(path, UriKind.Relative), Browser.Cancellation)).ShouldContain(ids[0]);
            (await ReadsAsync(hub, actor)).ShouldHaveSingleItem().Detail.ShouldContain(ids[0], customMessage: path);
        }
    }

    [Fact]
    public async Task Who_was_told_of_a_provision_or_a_provider_is_one_query()
    {
        await using var hub = await HubAsync();
        var ids = await FillAsync(hub);
        using var analyst = hub.As(Of(Role.Analyst));
        await analyst.GetStringAsync(new Uri("/api/v1/intake-list", UriKind.Relative), Browser.Cancellation);
        await analyst.GetStringAsync(new Uri("/api/v1/provisions", UriKind.Relative), Browser.Cancellation);
        await analyst.GetStringAsync(new Uri($"/api/v1/search?q={Provider}", UriKind.Relative), Browser.Cancellation);
        using var auditor = hub.As(Of(Role.Auditor));
        var ofProvision = await auditor.GetStringAsync(
            new Uri($"/api/v1/journal/subjects/{ids[0]}", UriKind.Relative),
            Browser.Cancellation
        );
        ofProvision.ShouldContain(JournalActions.IdentityRead);
        ofProvision.ShouldContain(JournalActions.SearchHitShown);
        ofProvision.ShouldContain("u-analyst");
        var ofProvider = await auditor.GetStringAsync(
            new Uri($"/api/v1/journal/subjects/{Provider}", UriKind.Relative),
            Browser.Cancellation
        );
        ofProvider.ShouldContain("intake-list");
        var ofPerson = await auditor.GetStringAsync(new Uri("/api/v1/journal/people/u-analyst", UriKind.Relative), Browser.Cancellation);
        ofPerson.ShouldContain(Provider);
    }

    [Fact]
    public async Task A_long_list_is_one_transaction_of_few_records()
    {
        await using var hub = await HubAsync();
        for (var i = 0; i < 60; i++)
        {
            await ProvideAsync(hub, $"mail {i}");
        }

        using var client = hub.As(Of(Role.Analyst));
        await client.GetStringAsync(new Uri("/api/v1/provisions?limit=60", UriKind.Relative), Browser.Cancellation);
        var records = await ReadsAsync(hub, Of(Role.Analyst));
        records.Count.ShouldBeLessThan(7);
        records.ShouldAllBe(one => one.Detail.StartsWith("provision 61 ", StringComparison.Ordinal));
        records.SelectMany(one => one.Detail.Split(' ').Skip(2)).Distinct(StringComparer.Ordinal).Count().ShouldBe(61);
    }

    private static Task<TestHub> HubAsync() =>
        TestHub.StartAsync(more: services =>
        {
            services.AddSingleton<IMailWorkers, InThisProcess>();
            services.AddSingleton(new AccessOptions { PerKey = 10_000_000, PerUser = 10_000_000 });
        });

    private static Actor Of(Role role) =>
        new()
        {
            Kind = ActorKind.User,
            Id = $"u-{role}".ToLowerInvariant(),
            Roles = new HashSet<Role> { role },
            SecondFactor = true,
        };

    private static async Task<IReadOnlyList<JournalRecord>> ReadsAsync(TestHub hub, Actor actor) =>
        [
            .. (
                await hub.Get<IHubStore>()
                    .Journal.ReadAsync(new JournalFilter { Actor = actor.Id, Action = JournalActions.IdentityRead }, Browser.Cancellation)
            ).Select(one => one.Record),
        ];

    private static List<(string Method, string Pattern)> RoutesOf(TestHub hub) =>
        [
            .. hub.Get<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(one =>
                    (one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                        (method, one.RoutePattern.RawText.ShouldNotBeNull())
                    )
                )
                // The journal has its own record; what it shows are its lines.
                .Where(one => !one.Item2.StartsWith("/api/v1/journal", StringComparison.Ordinal) && one.Item2 != "/api/v1/events"),
        ];

    /// <summary>The route with each id that there is.</summary>
    private static IEnumerable<string> PathsOf(string pattern, IReadOnlyList<string> ids) =>
        (pattern.Contains('{', StringComparison.Ordinal) ? ids : [""])
            .Select(id =>
                string.Concat(
                    pattern
                        .Split('{', '}')
                        .Select(
                            (piece, i) =>
                                i % 2 == 0 ? piece
                                : piece.EndsWith(":int", StringComparison.Ordinal) || piece.EndsWith(":long", StringComparison.Ordinal)
                                    ? "1"
                                : id
                        )
                )
            )
            .Select(path => path + $"?q={Provider}&reason=analysis&version=1&otherVersion=1");

    private static async Task<string> AskAsync(HttpClient client, string method, string path, string pattern)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
        {
            request.Content = JsonContent.Create(MatrixObjects.BodyOf(method, pattern, Provider));
        }

        using var answer = await client.SendAsync(request, Browser.Cancellation);
        return await answer.Content.ReadAsStringAsync(Browser.Cancellation);
    }

    /// <summary>A provision with all that people of the hub make of it; the ids of its things, its own first.</summary>
    private static async Task<IReadOnlyList<string>> FillAsync(TestHub hub)
    {
        await hub.Get<HubRecords>()
            .ChangeAsync([], hub.Get<Register<Organization>>().Put(Provider, new Organization { Id = Provider, NameEn = Provider }));
        var provision = await ProvideAsync(hub, "mail");
        for (var tries = 0; tries < 400 && !hub.Get<HubSituation>().Current.Mails.Any(); tries++)
        {
            await Task.Delay(25, Browser.Cancellation);
        }

        var mail = hub.Get<HubSituation>().Current.Mails.ShouldHaveSingleItem().Key;
        var (now, id) = (TimeProvider.System.GetUtcNow(), Secrets.NewId());
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                hub.Get<Register<CaseFile>>()
                    .Put(
                        id,
                        new CaseFile
                        {
                            Title = "case",
                            Mails = [mail],
                            Provisions = [provision],
                        }
                    ),
                hub.Get<Register<ContactNote>>().Put(id, new ContactNote(provision, "phone", Provider, now, "text", "system")),
                hub.Get<Register<Disclosure>>().Put(id, new Disclosure(provision, "police", "law", "mail", now, null, now, "system")),
                hub.Get<Register<Inquiry>>()
                    .Put(
                        id,
                        new Inquiry
                        {
                            Kind = InquiryKind.ProviderRequest,
                            To = [Provider],
                            About = provision,
                            Text = "text",
                            By = "system",
                            At = now,
                            Deadline = now.AddDays(7),
                        }
                    )
            );
        await hub.FoundUpToNowAsync();
        return [provision, id];
    }

    private static async Task<string> ProvideAsync(TestHub hub, string text)
    {
        var header = new ProvisionHeader
        {
            Way = GivingWay.Api,
            Intake = "member",
            Organization = Provider,
            GivenBy = "",
            ReceivedAt = default,
            Items = [new ProvisionItem("a.eml")],
        };
        var mail = Encoding.ASCII.GetBytes($"From: a@free-mail.example\r\nTo: b@window.example\r\nSubject: {text}\r\n\r\n{text}\r\n");
        return (
            await hub.Get<ProvisionIntake>().ReceiveAsync(new Giving(Actor.System, header, [mail]), Browser.Cancellation)
        ).Id.ToString();
    }
}
