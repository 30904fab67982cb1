using System.Net;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>From a draft to what others get, over the API, with everybody who has a say.</summary>
public sealed class SharingApiTests
{
    [Fact]
    public async Task A_case_leaves_only_when_reviewed_and_approved_and_names_nobody()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba");
        (await RefusalAsync(analyst, draft, version)).ShouldBe("refused-by-policy");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        (await RefusalAsync(analyst, draft, version)).ShouldBe("refused-by-policy");

        // Who handed it in does not approve it; another organisation does not even see the question.
        using var submitter = hub.Member("aoba", "u-submitter");
        using var other = hub.Member("wakaba");
        await SharingHub.GetAsync(other, $"/api/v1/approvals/{draft}.aoba", HttpStatusCode.NotFound);
        var view = await SharingHub.GetAsync(submitter, $"/api/v1/approvals/{draft}.aoba");
        view.GetProperty("diffs").EnumerateArray().ShouldContain(diff => diff.GetProperty("path").GetString() == "subject");
        var hash = view.GetProperty("hash").GetString();
        await SharingHub.SendAsync(
            submitter,
            $"/api/v1/approvals/{draft}.aoba/decision",
            new { verb = "approve", hash },
            HttpStatusCode.Forbidden
        );
        await hub.DecideAsync(draft, "aoba");

        var item = await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created);
        var id = item.GetProperty("id").GetGuid();
        using var kitano = hub.Member("kitano");
        (await SharingHub.GetAsync(kitano, "/api/v1/items")).GetProperty("items").GetArrayLength().ShouldBe(1);
        var text = await kitano.GetStringAsync($"/api/v1/items/{id}/json", Hubs.Token);
        foreach (var word in new[] { "青葉", "aoba", "太郎", "お客様窓口" })
        {
            text.ShouldNotContain(word);
        }

        var shared = JsonDocument.Parse(text).RootElement;
        var rows = shared.GetProperty("conversations")[0].GetProperty("messages");
        rows.EnumerateArray()
            .Select(row => row.GetProperty("role").GetString())
            .ShouldBe(["reconnaissance", "reply", "attack"], StringComparer.Ordinal);
        rows[2].GetProperty("gapSeconds").GetInt64().ShouldBe(13 * 60);
        shared
            .GetProperty("indicators")
            .EnumerateArray()
            .Select(one => one.GetProperty("kind").GetString())
            .ShouldContain("sender", StringComparer.Ordinal);
        var journal = await hub.Hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Subject = id.ToString("N") }, Hubs.Token);
        journal.Select(one => one.Record.Action).ShouldContain(JournalActions.ItemShown, StringComparer.Ordinal);
        journal.Count(one => one.Record.Action == JournalActions.ItemDelivered).ShouldBe(5);
    }

    [Fact]
    public async Task Analysts_find_the_exchange_that_they_draft_from()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var found = (await SharingHub.GetAsync(analyst, "/api/v1/conversations?stage=attacked")).GetProperty("items");
        var id = found.EnumerateArray().Single().GetProperty("id").GetString();
        id.ShouldBe(hub.ConversationOf("aoba"));
        var one = (await SharingHub.GetAsync(analyst, $"/api/v1/conversations/{id}")).GetProperty("items")[0];
        one.GetProperty("messages").GetArrayLength().ShouldBe(3);
        (await SharingHub.GetAsync(analyst, "/api/v1/conversations?stage=replied")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await SharingHub.GetAsync(analyst, "/api/v1/campaigns")).GetProperty("items").GetArrayLength().ShouldBe(0);
        using var member = hub.Member("aoba");
        await SharingHub.GetAsync(member, $"/api/v1/conversations/{id}", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_edit_and_a_wider_audience_void_the_approval()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, new { reach = "own-group", groups = new[] { "power" } }, "aoba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        await hub.DecideAsync(draft, "aoba");

        var wider = await SharingHub.SendAsync(
            analyst,
            $"/api/v1/drafts/{draft}",
            new { version, audience = new { reach = "all-groups" } }
        );
        wider.GetProperty("approvals")[0].GetProperty("state").GetString().ShouldBe("draft");
        var reviewed = await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/review", new { version = VersionOf(wider) });
        (await RefusalAsync(analyst, draft, VersionOf(reviewed))).ShouldBe("refused-by-policy");

        // What he saw is not what it is now.
        using var approver = hub.Member("aoba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version = VersionOf(reviewed) }, HttpStatusCode.NoContent);
        var seen = (await SharingHub.GetAsync(approver, $"/api/v1/approvals/{draft}.aoba")).GetProperty("hash").GetString();
        var edited = await SharingHub.SendAsync(
            analyst,
            $"/api/v1/drafts/{draft}",
            new
            {
                version = VersionOf(reviewed),
                texts = new[]
                {
                    new
                    {
                        place = "title",
                        ja = "別の題",
                        en = "Another title",
                    },
                },
            }
        );
        await SharingHub.SendAsync(
            approver,
            $"/api/v1/approvals/{draft}.aoba/decision",
            new { verb = "approve", hash = seen },
            HttpStatusCode.Forbidden
        );
        edited.GetProperty("preview").GetProperty("title").GetProperty("ja").GetString().ShouldBe("別の題");
    }

    [Fact]
    public async Task A_refusal_takes_that_providers_facts_out_and_does_not_show()
    {
        await using var hub = await SharingHub.StartAsync("aoba", "wakaba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba", "wakaba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        await hub.DecideAsync(draft, "aoba");
        await hub.DecideAsync(draft, "wakaba", "refuse", "社内の都合により");
        var item = await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created);
        using var reader = hub.Member("asagiri");
        var both = JsonDocument
            .Parse(await reader.GetStringAsync($"/api/v1/items/{item.GetProperty("id").GetGuid()}/json", Hubs.Token))
            .RootElement;
        both.GetProperty("conversations").GetArrayLength().ShouldBe(1);
        both.GetProperty("conversations")[0].GetProperty("number").GetInt32().ShouldBe(1);

        // The same in a world in which the other never gave anything.
        await using var alone = await SharingHub.StartAsync("aoba");
        using var analyst2 = alone.Analyst();
        var (draft2, version2) = await alone.DraftAsync(analyst2, null, "aoba");
        await SharingHub.SendAsync(analyst2, $"/api/v1/drafts/{draft2}/ask", new { version = version2 }, HttpStatusCode.NoContent);
        await alone.DecideAsync(draft2, "aoba");
        var item2 = await SharingHub.SendAsync(
            analyst2,
            $"/api/v1/drafts/{draft2}/release",
            new { version = version2 },
            HttpStatusCode.Created
        );
        using var reader2 = alone.Member("asagiri");
        var only = JsonDocument
            .Parse(await reader2.GetStringAsync($"/api/v1/items/{item2.GetProperty("id").GetGuid()}/json", Hubs.Token))
            .RootElement;
        WithoutIds(both).ShouldBe(WithoutIds(only));
    }

    [Fact]
    public async Task Who_has_not_answered_is_waited_for_unless_the_analyst_leaves_it_out()
    {
        await using var hub = await SharingHub.StartAsync("aoba", "wakaba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba", "wakaba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        await hub.DecideAsync(draft, "aoba");
        (await RefusalAsync(analyst, draft, version)).ShouldBe("refused-by-policy");
        await SharingHub.SendAsync(
            analyst,
            $"/api/v1/drafts/{draft}/release",
            new { version, withoutPending = true },
            HttpStatusCode.Created
        );
    }

    [Fact]
    public async Task A_group_that_is_too_small_and_a_marking_that_does_not_reach_are_refused()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var conversations = new[] { hub.ConversationOf("aoba") };
        foreach (
            var (audience, marking) in new (object, object)[]
            {
                (new { reach = "own-group", groups = new[] { "gas" } }, SharingHub.Marking()),
                (new { reach = "public" }, SharingHub.Marking()),
            }
        )
        {
            var refused = await SharingHub.SendAsync(
                analyst,
                "/api/v1/drafts",
                new
                {
                    kind = "case",
                    conversations,
                    audience,
                    marking,
                },
                HttpStatusCode.Forbidden
            );
            refused.GetProperty("code").GetString().ShouldBe("refused-by-policy");
        }
    }

    [Fact]
    public async Task The_gate_stops_a_text_that_names_another_member_and_tells_the_hub_only()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba");
        var edited = await SharingHub.SendAsync(
            analyst,
            $"/api/v1/drafts/{draft}",
            new
            {
                version,
                texts = new[]
                {
                    new
                    {
                        place = "title",
                        ja = "注意喚起",
                        en = "Alert",
                    },
                    new
                    {
                        place = "summary",
                        ja = "北野瓦斯にも届きました。",
                        en = "It came to another one, too.",
                    },
                },
            }
        );
        var leaks = await SharingHub.GetAsync(analyst, $"/api/v1/drafts/{draft}/leaks");
        leaks.GetProperty("verdict").GetString().ShouldBe("blocked");
        leaks.GetProperty("hits")[0].GetProperty("organization").GetString().ShouldBe("kitano");
        var reviewed = await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/review", new { version = VersionOf(edited) });
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version = VersionOf(reviewed) }, HttpStatusCode.NoContent);
        await hub.DecideAsync(draft, "aoba");
        (await RefusalAsync(analyst, draft, VersionOf(reviewed))).ShouldBe("refused-by-policy");
    }

    [Fact]
    public async Task A_retraction_reaches_the_readers_and_a_withdrawal_after_sharing_is_one()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        await hub.DecideAsync(draft, "aoba");
        var item = await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created);
        var id = item.GetProperty("id").GetGuid();
        var provision = hub.Hub.Get<ReleaseBook>().Newest(id)?.Provisions.Single() ?? "";
        using var provider = hub.Member("aoba");
        using var gone = await provider.DeleteAsync($"/api/v1/provisions/{Guid.ParseExact(provision, "N")}", Hubs.Token);
        gone.StatusCode.ShouldBe(HttpStatusCode.OK);
        await hub.Hub.Get<SharingRound>().RunAsync(Hubs.Token);

        using var reader = hub.Member("yunagi");
        var line = (await SharingHub.GetAsync(reader, "/api/v1/items")).GetProperty("items")[0];
        line.GetProperty("version").GetInt32().ShouldBe(2);
        line.GetProperty("retracted").GetBoolean().ShouldBeTrue();
        await SharingHub.SendAsync(
            analyst,
            $"/api/v1/items/{id}/retraction",
            new { reason = new { ja = "もう一度", en = "again" } },
            HttpStatusCode.UnprocessableEntity
        );
        var receivers = await SharingHub.GetAsync(analyst, $"/api/v1/items/{id}/receivers");
        receivers.GetProperty("versions").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Approvers_are_written_to_without_content_and_allow_publication_apart()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        IReadOnlyList<LogEntry> mails = [];
        for (var tries = 0; tries < 200 && mails.Count == 0; tries++)
        {
            await Task.Delay(50, Hubs.Token);
            mails =
            [
                .. (await hub.Hub.EntriesAsync("outgoing")).Where(one => one.Subject.StartsWith("approval-", StringComparison.Ordinal)),
            ];
        }

        var text = Encoding.UTF8.GetString((mails.Single().Body ?? default).Span);
        text.ShouldContain("approval-asked");
        text.ShouldNotContain("tanaka");

        await hub.DecideAsync(draft, "aoba");
        using var approver = hub.Member("aoba");
        var hash = (await SharingHub.GetAsync(approver, $"/api/v1/approvals/{draft}.aoba")).GetProperty("hash").GetString();
        await SharingHub.SendAsync(
            approver,
            $"/api/v1/approvals/{draft}.aoba/publication",
            new { answer = "statistics-only", hash },
            HttpStatusCode.NoContent
        );
        var line = (await SharingHub.GetAsync(approver, "/api/v1/approvals")).GetProperty("items")[0];
        line.GetProperty("publication").GetString().ShouldBe("statistics-only");
    }

    [Fact]
    public async Task Sightings_show_as_a_band_from_three_corporate_groups_on()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        await hub.DecideAsync(draft, "aoba");
        var id = (await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created))
            .GetProperty("id")
            .GetGuid();
        foreach (var (organization, at) in new[] { "wakaba", "asagiri", "kitano" }.Select((one, at) => (one, at)))
        {
            using var member = hub.Member(organization);
            await SharingHub.SendAsync(
                member,
                $"/api/v1/items/{id}/sightings",
                new { kind = "not-seen" },
                HttpStatusCode.UnprocessableEntity
            );
            await SharingHub.SendAsync(member, $"/api/v1/items/{id}/sightings", new { kind = "seen" }, HttpStatusCode.NoContent);
            var seen = await SharingHub.GetAsync(member, $"/api/v1/items/{id}/sightings");
            seen.GetProperty("own").GetString().ShouldBe("seen");
            seen.GetProperty("band").GetString().ShouldBe(at < 2 ? null : "3-9");
        }

        (await SharingHub.GetAsync(analyst, $"/api/v1/items/{id}/sightings/all")).GetProperty("items").GetArrayLength().ShouldBe(3);
    }

    private static long VersionOf(JsonElement draft) => draft.GetProperty("version").GetInt64();

    private static async Task<string?> RefusalAsync(HttpClient analyst, string draft, long version) =>
        (await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Forbidden))
            .GetProperty("code")
            .GetString();

    /// <summary>The item without its random ids, which differ by nature.</summary>
    private static string WithoutIds(JsonElement item)
    {
        var text = item.GetRawText();
        var made = new StringBuilder();
        var at = 0;
        foreach (var quoted in text.Split('"'))
        {
            made.Append(Guid.TryParseExact(quoted, "D", out _) ? "id" : quoted).Append('"');
            at++;
        }

        at.ShouldBeGreaterThan(10);
        return made.ToString();
    }
}
