using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Judgement;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Judgement;

public sealed class JudgementApiTests
{
    private static readonly Actor Analyst = new()
    {
        Kind = ActorKind.User,
        Id = "u-analyst",
        Roles = new HashSet<Role> { Role.Analyst, Role.Coordinator, Role.Administrator },
        SecondFactor = true,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_is_opened_changed_merged_and_a_change_is_undone()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.As(Analyst);
        var first = await Send(client, "/api/v1/cases", """{"title":"電力への照会","mails":["1-1"]}""", HttpStatusCode.Created);
        var other = await Send(client, "/api/v1/cases", """{"title":"同じ手口","mails":["2-1"]}""", HttpStatusCode.Created);
        var (id, version) = (first.GetProperty("id").GetString(), first.GetProperty("version").GetInt64());

        var held = await Send(client, $"/api/v1/cases/{id}", $$"""{"version":{{version}},"verb":"hold","comment":"原本待ち"}""");
        held.GetProperty("case").GetProperty("state").GetString().ShouldBe("held");

        // A second analyst who still sees the first version overwrites nothing.
        await Send(client, $"/api/v1/cases/{id}", $$"""{"version":{{version}},"title":"x"}""", HttpStatusCode.Conflict);

        var undone = await Send(client, $"/api/v1/cases/{id}/undo?version={held.GetProperty("version").GetInt64()}", "");
        undone.GetProperty("case").GetProperty("state").GetString().ShouldBe("open");
        var merged = await Send(
            client,
            $"/api/v1/cases/{id}/merge/{other.GetProperty("id").GetString()}"
                + $"?version={undone.GetProperty("version").GetInt64()}&otherVersion={other.GetProperty("version").GetInt64()}",
            ""
        );
        merged.GetProperty("case").GetProperty("mails").EnumerateArray().Select(one => one.GetString()).ShouldBe(["1-1", "2-1"]);

        var history = await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/history", Cancellation);
        history.GetArrayLength().ShouldBe(4);
        var journal = await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Subject = id }, Cancellation);
        journal
            .Where(one => one.Record.Action == JournalActions.CaseChanged)
            .Select(one => one.Record.Detail)
            .ShouldBe(["opened", "Hold", "undone", "merged"]);
    }

    [Fact]
    public async Task A_member_sees_only_what_it_was_asked_and_not_who_else_was()
    {
        await using var hub = await TestHub.StartAsync();
        var organizations = hub.Get<Register<Organization>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put("power-a", new Organization { Id = "power-a" }),
                organizations.Put("gas-b", new Organization { Id = "gas-b" }),
                organizations.Put("oil-c", new Organization { Id = "oil-c" })
            );
        using var analyst = hub.As(Analyst);
        await Send(
            analyst,
            "/api/v1/inquiries",
            $$"""{"kind":"rfi","to":["power-a","gas-b"],"text":"同様のメールを受信しましたか。","permittedBy":"oil-c","deadline":"{{DateTimeOffset.UnixEpoch.AddYears(400):O}}"}""",
            HttpStatusCode.UnprocessableEntity
        );
        var made = await Send(
            analyst,
            "/api/v1/inquiries",
            $$"""{"kind":"rfi","to":["power-a","gas-b"],"text":"同様のメールを受信しましたか。","permittedBy":"oil-c","deadline":"{{TimeProvider.System.GetUtcNow().AddDays(7):O}}"}""",
            HttpStatusCode.Created
        );
        var id = made.GetProperty("id").GetString();

        using var power = hub.As(Member("power-a"));
        using var gas = hub.As(Member("gas-b"));
        using var oil = hub.As(Member("oil-c"));
        (await Send(gas, $"/api/v1/inquiries/{id}/answers", """{"text":"はい"}""", HttpStatusCode.NoContent)).ValueKind.ShouldBe(
            JsonValueKind.Undefined
        );
        var seen = await power.GetStringAsync("/api/v1/inquiries", Cancellation);
        seen.ShouldContain("power-a");
        seen.ShouldNotContain("gas-b");
        seen.ShouldNotContain("oil-c");
        seen.ShouldNotContain("はい");
        (await oil.GetStringAsync("/api/v1/inquiries", Cancellation)).ShouldNotContain(id ?? "-");
        await Send(oil, $"/api/v1/inquiries/{id}/answers", """{"text":"x"}""", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_telephone_case_of_the_help_desk_is_kept_with_its_consent_and_taken_down_once()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.As(Analyst);
        const string Report =
            """{"consent":"share","reference":"D-17","statedEvents":[{"kind":"phone","at":"2013-10-17T10:00:00+09:00","precision":"minute","text":"製品について電話"}]}""";
        var first = await Send(client, "/api/v1/desk/reports", Report, HttpStatusCode.Created);
        var again = await Send(client, "/api/v1/desk/reports", Report, HttpStatusCode.Created);
        again.GetProperty("repeated").GetBoolean().ShouldBeTrue();
        again.GetProperty("number").GetString().ShouldBe(first.GetProperty("number").GetString());
        var id = new ProvisionId(Guid.ParseExact(first.GetProperty("id").GetString() ?? "", "N"));
        var entries = await hub.Get<IHubStore>().Steps.OfProvisionAsync(id, IStepLog.ProvisionKind, Cancellation);
        var header = ProvisionHeader.FromJson((entries[0].Body ?? default).Span);
        (header.Consent, header.Intake, header.Organization).ShouldBe((DeskConsent.Share, "desk", null));
        header.Stated[0].StatedEvents[0].Kind.ShouldBe("phone");
        await Send(client, "/api/v1/desk/reports", """{"consent":"share","reference":"D-18"}""", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Verdicts_name_mails_that_exist_and_a_disclosure_needs_a_basis()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.As(Analyst);
        await Send(
            client,
            "/api/v1/verdicts",
            """{"mails":["99-1"],"verdict":"targeted","reason":"analyst"}""",
            HttpStatusCode.UnprocessableEntity
        );
        await Send(
            client,
            "/api/v1/disclosures",
            """{"about":"p","to":"警察","basis":"","what":"検体"}""",
            HttpStatusCode.UnprocessableEntity
        );
        await Send(
            client,
            "/api/v1/disclosures",
            """{"about":"p","to":"警察","basis":"捜査関係事項照会","what":"検体","whyNotTold":"法令による"}""",
            HttpStatusCode.Created
        );
        await Send(
            client,
            "/api/v1/destinations/c2.example",
            """{"host":"c2.example","country":"JP","hijacked":"suspected"}""",
            HttpStatusCode.UnprocessableEntity,
            HttpMethod.Put
        );
        await Send(
            client,
            "/api/v1/destinations/c2.example",
            """{"host":"c2.example","country":"JP","countryAsOf":"2013-10-20","countrySource":"table 1","hijacked":"suspected"}""",
            HttpStatusCode.NoContent,
            HttpMethod.Put
        );
        (await client.GetStringAsync("/api/v1/destinations", Cancellation)).ShouldContain("suspected");
    }

    [Fact]
    public async Task A_retention_run_ends_what_had_its_term_and_nothing_where_no_term_was_set()
    {
        await using var hub = await TestHub.StartAsync(more: services => services.AddSingleton(new RetentionTerms(OriginalDays: 30)));
        var old = await hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(
                    Actor.System,
                    new ProvisionHeader
                    {
                        Way = GivingWay.Import,
                        Intake = "member",
                        Organization = "power-a",
                        GivenBy = "",
                        ReceivedAt = default,
                    },
                    ["Subject: x\r\n\r\ny"u8.ToArray()]
                )
                {
                    ReceivedAt = new DateTimeOffset(2013, 10, 17, 9, 0, 0, TimeSpan.FromHours(9)),
                },
                Cancellation
            );
        using var client = hub.As(Analyst);
        // The daily round may have been there first; after both nothing opens any more.
        await Send(client, "/api/v1/retention/runs", "");
        var stored = await hub.Get<IHubStore>().Intake.FindAsync(old.Id, Cancellation);
        stored.ShouldNotBeNull().Evidence[0].Erased.ShouldBeTrue();
        stored.Number.ShouldBe(old.Number);
        // The header names the organisation: personal data, for which no term was set.
        (await hub.Get<IHubStore>().Steps.OfProvisionAsync(old.Id, IStepLog.ProvisionKind, Cancellation))[0]
            .Body.ShouldNotBeNull();
    }

    private static Actor Member(string organization) =>
        new()
        {
            Kind = ActorKind.User,
            Id = $"u-{organization}",
            Organization = organization,
            Roles = new HashSet<Role> { Role.MemberCsirt },
        };

    private static async Task<JsonElement> Send(
        HttpClient client,
        string path,
        string body,
        HttpStatusCode expected = HttpStatusCode.OK,
        HttpMethod? method = null
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        response.StatusCode.ShouldBe(expected, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
