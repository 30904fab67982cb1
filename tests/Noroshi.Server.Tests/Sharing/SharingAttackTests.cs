using System.Net;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>Ways by which a provider's facts could leave, or stay, against its will.</summary>
public sealed class SharingAttackTests
{
    private const string Sender = "tanaka.lab@free.example";

    [Fact]
    public async Task What_is_withdrawn_after_the_approval_does_not_leave_with_the_first_version()
    {
        await using var hub = await SharingHub.StartAsync("aoba", "wakaba");
        using var analyst = hub.Analyst();
        var (draft, version) = await ApprovedAsync(hub, analyst, "aoba", "wakaba");
        await WithdrawAsync(hub, "wakaba");
        var item = await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created);
        var shared = await hub.ItemAsync("asagiri", item.GetProperty("id").GetGuid());
        shared.GetProperty("conversations").GetArrayLength().ShouldBe(1);
        hub.Hub.Get<ReleaseBook>().Newest(item.GetProperty("id").GetGuid())?.Provisions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_loses_what_was_withdrawn_and_its_approval_ends()
    {
        await using var hub = await SharingHub.StartAsync("aoba", "wakaba");
        using var analyst = hub.Analyst();
        var (draft, _) = await ApprovedAsync(hub, analyst, "aoba", "wakaba");
        await WithdrawAsync(hub, "wakaba");
        await hub.Hub.Get<SharingRound>().RunAsync(Hubs.Token);
        var view = await SharingHub.GetAsync(analyst, $"/api/v1/drafts/{draft}");
        view.GetProperty("preview").GetProperty("conversations").GetArrayLength().ShouldBe(1);
        view.GetRawText().ShouldNotContain("若葉");
        view.GetProperty("approvals")
            .EnumerateArray()
            .Select(one => $"{one.GetProperty("organization").GetString()} {one.GetProperty("state").GetString()}")
            .ShouldBe(["aoba approved", "wakaba withdrawn"], StringComparer.Ordinal);
    }

    [Fact]
    public async Task Everything_withdrawn_leaves_nothing_to_share()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await ApprovedAsync(hub, analyst, "aoba");
        await WithdrawAsync(hub, "aoba");
        await SharingHub.SendAsync(
            analyst,
            $"/api/v1/drafts/{draft}/release",
            new { version, withoutPending = true },
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task A_version_that_was_looked_through_before_its_turn_is_made_anew_when_anything_it_rests_on_changed()
    {
        await using var hub = await SharingHub.StartAsync("aoba", "wakaba");
        using var analyst = hub.Analyst();
        var (draft, _) = await ApprovedAsync(hub, analyst, "aoba", "wakaba");
        var maker = hub.Hub.Get<ReleaseMaker>();
        ReleaseGrounds Now(Func<string, bool> stays) =>
            maker.GroundsOf(hub.Hub.Get<Register<DraftFile>>().Find(draft).ShouldNotBeNull(), stays);

        var before = Now(_ => true);
        Now(_ => true).ShouldBe(before);
        Now(one => one != before.Draft.Value.Draft.Provisions()[0]).ShouldNotBe(before);
        await LearnAsync(hub, "asagiri", "新しい名前");
        var learnt = Now(_ => true);
        learnt.ShouldNotBe(before);
        await SharedAsync(hub, analyst, "aoba");
        var other = Now(_ => true);
        other.ShouldNotBe(learnt);
        await WithdrawAsync(hub, "wakaba");
        await hub.Hub.Get<SharingRound>().RunAsync(Hubs.Token);
        Now(_ => true).ShouldNotBe(other);
    }

    [Fact]
    public async Task A_retraction_leaves_although_the_gate_has_learnt_a_word_of_the_item()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var id = await SharedAsync(hub, analyst, "aoba");
        await LearnAsync(hub, "asagiri", Sender);
        var retracted = await SharingHub.SendAsync(
            analyst,
            $"/api/v1/items/{id}/retraction",
            new { reason = new { ja = "参加組織を示す値がありました。", en = "A value named a member." } },
            HttpStatusCode.Created
        );
        retracted.GetProperty("version").GetInt32().ShouldBe(2);
        (await hub.ItemAsync("kitano", id)).GetRawText().ShouldNotContain(Sender);
    }

    [Fact]
    public async Task One_item_that_the_gate_stops_holds_up_no_other_providers_withdrawal()
    {
        await using var hub = await SharingHub.StartAsync("aoba", "wakaba");
        using var analyst = hub.Analyst();
        var both = await SharedAsync(hub, analyst, "aoba", "wakaba");
        var own = await SharedAsync(hub, analyst, "wakaba");
        await LearnAsync(hub, "asagiri", Sender);
        await WithdrawAsync(hub, "wakaba");
        await hub.Hub.Get<SharingRound>().RunAsync(Hubs.Token);
        foreach (var id in new[] { both, own })
        {
            var item = await hub.ItemAsync("kitano", id);
            item.GetProperty("version").GetInt32().ShouldBe(2);
            item.GetRawText().ShouldNotContain(Sender);
        }

        // A further round has nothing to do.
        await hub.Hub.Get<SharingRound>().RunAsync(Hubs.Token);
        (await hub.ItemAsync("kitano", own)).GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task After_a_withdrawal_no_form_of_no_version_tells_what_was_withdrawn()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        using var reader = hub.Member("kitano");
        var id = await SharedAsync(hub, analyst, "aoba");
        (await SharingHub.EverythingAsync(reader)).ShouldContain(Sender);
        await WithdrawAsync(hub, "aoba");
        await hub.Hub.Get<SharingRound>().RunAsync(Hubs.Token);

        await SharingHub.GetAsync(reader, $"/api/v1/items/{id}/json?version=1", HttpStatusCode.NotFound);
        var all = await SharingHub.EverythingAsync(reader);
        all.ShouldContain(id.ToString("D"));
        all.ShouldNotContain(Sender);
        all.ShouldNotContain("資料");
        hub.Hub.Get<IReleaseSource>().Find(id, 1).ShouldBeNull();
    }

    [Fact]
    public async Task A_withdrawal_after_a_retraction_takes_the_named_indicators_back_too()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        using var reader = hub.Member("kitano");
        var id = await SharedAsync(hub, analyst, "aoba");
        await SharingHub.SendAsync(
            analyst,
            $"/api/v1/items/{id}/retraction",
            new { reason = new { ja = "誤り", en = "wrong" } },
            HttpStatusCode.Created
        );
        await WithdrawAsync(hub, "aoba");
        await hub.Hub.Get<SharingRound>().RunAsync(Hubs.Token);
        (await SharingHub.EverythingAsync(reader)).ShouldNotContain(Sender);
    }

    [Fact]
    public async Task A_text_that_tells_a_providers_fact_goes_with_that_provider_only()
    {
        await using var hub = await SharingHub.StartAsync("aoba", "wakaba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba", "wakaba");
        var provisions = new[] { "aoba", "wakaba" }.Select(hub.ProvisionOf).ToArray();
        Task<JsonElement> EditAsync(string ja, string[]? restsOn, HttpStatusCode expected) =>
            SharingHub.SendAsync(
                analyst,
                $"/api/v1/drafts/{draft}",
                new
                {
                    version,
                    texts = new object[]
                    {
                        new
                        {
                            place = "title",
                            ja = "題",
                            en = "Title",
                        },
                        new
                        {
                            place = "summary",
                            ja,
                            en = "",
                            restsOn,
                        },
                    },
                },
                expected
            );

        await EditAsync("送信元は ｔａｎａｋａ.lab[@]free[.]example です。", null, HttpStatusCode.UnprocessableEntity);
        await EditAsync("両組織で同じ手口でした。", provisions, HttpStatusCode.UnprocessableEntity);
        await EditAsync("どこかの話。", [Guid.NewGuid().ToString("N")], HttpStatusCode.UnprocessableEntity);
        await EditAsync($"送信元は {Sender} です。", [provisions[0]], HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_value_of_a_provision_cannot_be_brought_in_as_the_hubs_own()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        await SharingHub.SendAsync(
            analyst,
            "/api/v1/drafts",
            new
            {
                kind = "alert",
                conversations = new[] { hub.ConversationOf("aoba") },
                audience = new { reach = "all-groups" },
                marking = SharingHub.Marking(),
                indicators = new[]
                {
                    new
                    {
                        kind = "sender",
                        value = "Tanaka.Lab@free.example",
                        role = "delivery",
                    },
                },
            },
            HttpStatusCode.UnprocessableEntity
        );
    }

    private static async Task<(string Draft, long Version)> ApprovedAsync(
        SharingHub hub,
        HttpClient analyst,
        params IReadOnlyList<string> organizations
    )
    {
        var (draft, version) = await hub.DraftAsync(analyst, null, organizations);
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        foreach (var one in organizations)
        {
            await hub.DecideAsync(draft, one);
        }

        return (draft, version);
    }

    private static async Task<Guid> SharedAsync(SharingHub hub, HttpClient analyst, params IReadOnlyList<string> organizations)
    {
        var (draft, version) = await ApprovedAsync(hub, analyst, organizations);
        return (await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created))
            .GetProperty("id")
            .GetGuid();
    }

    private static async Task WithdrawAsync(SharingHub hub, string organization)
    {
        using var provider = hub.Member(organization);
        using var gone = await provider.DeleteAsync(
            $"/api/v1/provisions/{Guid.ParseExact(hub.ProvisionOf(organization), "N")}",
            Hubs.Token
        );
        gone.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A member gives a word that stands in what was shared already.</summary>
    private static Task LearnAsync(SharingHub hub, string organization, string word)
    {
        var organizations = hub.Hub.Get<Register<Organization>>();
        var found = organizations.Find(organization) ?? throw new InvalidOperationException("no organisation");
        return hub
            .Hub.Get<HubRecords>()
            .ChangeAsync([], organizations.Put(organization, found.Value with { Secrets = [.. found.Value.Secrets, word] }));
    }
}
