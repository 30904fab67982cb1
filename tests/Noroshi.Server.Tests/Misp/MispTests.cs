using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Misp;

public sealed class MispTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_holds_what_its_channel_got_and_another_group_does_not_find_it()
    {
        await using var hub = await SharedWorld.StartAsync();
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power")));
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Everyone));
        using var power = await hub.MispAsync("power-a");
        using var water = await hub.MispAsync("water-b");

        var manifest = await JsonAsync(power, "/misp/feed/group-power/manifest.json");
        var id = manifest.EnumerateObject().ShouldHaveSingleItem().Name;
        var made = await JsonAsync(power, $"/misp/feed/group-power/{id}.json");

        made.GetProperty("Event")
            .GetProperty("Attribute")
            .EnumerateArray()
            .ShouldContain(one => one.GetProperty("value").GetString() == "203.0.113.1");
        (await power.GetStringAsync("/misp/feed/group-power/hashes.csv", Cancellation)).ShouldEndWith($",{id}\n");
        (await JsonAsync(water, "/misp/feed/all/manifest.json")).EnumerateObject().Count().ShouldBe(1);
        foreach (var path in new[] { "manifest.json", "hashes.csv", $"{id}.json" })
        {
            var there = await water.GetAsync($"/misp/feed/group-power/{path}", Cancellation);
            var nowhere = await water.GetAsync($"/misp/feed/group-none/{path}", Cancellation);
            there.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await there.Content.ReadAsStringAsync(Cancellation)).ShouldBe(await nowhere.Content.ReadAsStringAsync(Cancellation));
        }

        (await water.GetAsync($"/misp/feed/all/{id}.json", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_server_pulls_the_index_and_its_events_with_what_was_deleted()
    {
        await using var hub = await SharedWorld.StartAsync();
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power")));
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Group("water")));
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power"), version: 2, retracted: true));
        using var power = await hub.MispAsync("power-a");

        (await JsonAsync(power, "/servers/getVersion")).GetProperty("version").GetString().ShouldStartWith("2.");
        (await JsonAsync(power, "/users/view/me.json")).GetProperty("Role").GetProperty("perm_sync").GetBoolean().ShouldBeFalse();
        (await JsonAsync(power, "/attributes/describeTypes.json")).GetProperty("result").GetProperty("types").GetArrayLength().ShouldBe(20);
        var index = await IndexAsync(power, new { minimal = 1, published = 1 });
        var row = index.EnumerateArray().ShouldHaveSingleItem();
        var pulled = await JsonAsync(
            power,
            $"/events/view/{row.GetProperty("uuid").GetString()}/deleted[]:0/deleted[]:1/excludeGalaxy:1/includeEventCorrelations:0"
        );
        var plain = await JsonAsync(power, $"/events/view/{row.GetProperty("uuid").GetString()}");

        pulled.GetProperty("Event").GetProperty("timestamp").GetString().ShouldBe(row.GetProperty("timestamp").GetString());
        pulled
            .GetProperty("Event")
            .GetProperty("Attribute")
            .EnumerateArray()
            .Count(one => one.GetProperty("deleted").GetBoolean())
            .ShouldBe(1);
        plain.GetProperty("Event").GetProperty("Attribute").EnumerateArray().ShouldAllBe(one => !one.GetProperty("deleted").GetBoolean());
        (await JsonAsync(power, "/shadow_attributes/index/all:1/timestamp:1/limit:1000/page:1/deleted[]:0/deleted[]:1.json"))
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task An_event_of_another_group_is_as_if_it_were_not()
    {
        await using var hub = await SharedWorld.StartAsync();
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Group("water")));
        using var power = await hub.MispAsync("power-a");

        var there = await power.GetAsync("/events/view/00000002-aaaa-4aaa-8aaa-aaaaaaaaaaaa", Cancellation);
        var nowhere = await power.GetAsync("/events/view/00000009-aaaa-4aaa-8aaa-aaaaaaaaaaaa", Cancellation);

        there.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await there.Content.ReadAsStringAsync(Cancellation)).ShouldBe(await nowhere.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task The_index_is_narrowed_by_tags_organisations_and_time()
    {
        await using var hub = await SharedWorld.StartAsync();
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Everyone));
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Everyone, Tlp.AmberStrict));
        hub.Releases().Add(SharedWorld.Release(3, SharedWorld.Group("power"), Tlp.Red));
        using var power = await hub.MispAsync("power-a");

        (await CountAsync(power, new { })).ShouldBe(3);
        (await CountAsync(power, new { tag = new[] { "tlp:amber" } })).ShouldBe(1);
        (await CountAsync(power, new { tag = new[] { "!tlp:red" } })).ShouldBe(2);
        (await CountAsync(power, new { org = new[] { "Sharing hub" } })).ShouldBe(3);
        (await CountAsync(power, new { org = new[] { "!Sharing hub" } })).ShouldBe(0);
        (
            await CountAsync(
                power,
                new
                {
                    timestamp = SharedWorld
                        .Start.AddHours(2)
                        .ToUnixTimeSeconds()
                        .ToString(System.Globalization.CultureInfo.InvariantCulture),
                }
            )
        ).ShouldBe(2);
        (await CountAsync(power, new { limit = 2, page = 2 })).ShouldBe(1);
        (await power.PostAsync("/events/index", new StringContent("{\"a\":1,\"a\":2}"), Cancellation)).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await power.PostAsync("/events/index", new StringContent(new string('[', 70_000)), Cancellation)).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    [Fact]
    public async Task Who_has_the_index_already_is_told_so()
    {
        await using var hub = await SharedWorld.StartAsync();
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Everyone));
        using var power = await hub.MispAsync("power-a");
        var first = await power.PostAsync("/events/index", JsonContent.Create(new { minimal = 1 }), Cancellation);

        power.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", first.Headers.ETag.ShouldNotBeNull().Tag);
        var second = await power.PostAsync("/events/index", JsonContent.Create(new { minimal = 1 }), Cancellation);
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Everyone));
        var third = await power.PostAsync("/events/index", JsonContent.Create(new { minimal = 1 }), Cancellation);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_test_of_POST_gives_back_what_came()
    {
        await using var hub = await SharedWorld.StartAsync();
        using var power = await hub.MispAsync("power-a");

        var response = await power.PostAsync(
            "/servers/postTest",
            new StringContent(
                "{\"testString\":\"テスト<>&\"}",
                Encoding.UTF8,
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
            ),
            Cancellation
        );
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;

        answer.GetProperty("body").GetProperty("testString").GetString().ShouldBe("テスト<>&");
        answer.GetProperty("headers").GetProperty("Content-type").GetString().ShouldBe("application/json");
        answer.GetProperty("headers").GetProperty("Accept").GetString().ShouldBe("application/json");
    }

    [Fact]
    public async Task Nothing_is_read_without_a_key_or_with_one_for_something_else()
    {
        await using var hub = await SharedWorld.StartAsync();
        hub.Releases().Add(SharedWorld.Release(1, new Audience { Reach = AudienceReach.Public }, Tlp.Clear));
        using var nobody = hub.Anonymous();
        using var giver = await hub.MispAsync("power-a", "provide");

        foreach (var path in new[] { "/servers/getVersion", "/users/view/me", "/events/index", "/misp/feed/public/manifest.json" })
        {
            (await nobody.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await giver.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task What_stands_in_the_book_of_releases_is_what_MISP_reads()
    {
        await using var hub = await TestHub.StartAsync();
        var organizations = hub.Get<Register<Organization>>();
        var releases = hub.Get<Register<ReleaseFile>>();
        ReleaseFile File(Release release) => new(release, "none", [], [], new Dictionary<string, string>(StringComparer.Ordinal), "system");
        var (first, second) = (SharedWorld.Release(2, SharedWorld.Everyone), SharedWorld.Release(1, SharedWorld.Everyone));
        await hub.Get<HubRecords>().ChangeAsync([], organizations.Put("power-a", new Organization { Id = "power-a", Group = "power" }));
        await hub.Get<HubRecords>().ChangeAsync([], releases.Put(ReleaseBook.IdOf(first.Item.Id, 1), File(first)));
        using var power = await hub.MispAsync("power-a");
        (await IndexAsync(power, new { })).GetArrayLength().ShouldBe(1);

        await hub.Get<HubRecords>().ChangeAsync([], releases.Put(ReleaseBook.IdOf(second.Item.Id, 1), File(second)));

        (await IndexAsync(power, new { })).GetArrayLength().ShouldBe(2);
        hub.Get<IReleaseSource>().All.Select(one => one.Release.Item.Id).ShouldBe([first.Item.Id, second.Item.Id]);
    }

    [Fact]
    public async Task The_gate_looks_through_every_form_of_an_item()
    {
        await using var hub = await TestHub.StartAsync();

        hub.Get<ArtefactFormats>().Names.ShouldBe(["csv", "json", "mail", "misp", "stix"]);
        var artefacts = hub.Get<ArtefactFormats>().Of([SharedWorld.Release(1, SharedWorld.Everyone)], SharedWorld.Hub);
        artefacts.ShouldAllBe(one => one.Bytes.Length > 100);
        hub.Get<ArtefactFormats>()
            .Of([SharedWorld.Release(1, SharedWorld.Everyone)], SharedWorld.Hub)
            .Select(one => one.Bytes)
            .ShouldBe(artefacts.Select(one => one.Bytes));
    }

    [Fact]
    public async Task Who_gets_only_the_first_version_keeps_it_when_the_second_goes_to_fewer()
    {
        await using var hub = await SharedWorld.StartAsync();
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Everyone));
        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power"), version: 2));
        using var power = await hub.MispAsync("power-a");
        using var water = await hub.MispAsync("water-b");

        var (powers, waters) = (await IndexAsync(power, new { }), await IndexAsync(water, new { }));

        powers.GetArrayLength().ShouldBe(1);
        waters.GetArrayLength().ShouldBe(1);
        (powers[0].GetProperty("timestamp").GetString() == waters[0].GetProperty("timestamp").GetString()).ShouldBeFalse();
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path) =>
        JsonDocument.Parse(await client.GetStringAsync(path, Cancellation)).RootElement;

    private static async Task<JsonElement> IndexAsync(HttpClient client, object body)
    {
        var response = await client.PostAsync("/events/index", JsonContent.Create(body), Cancellation);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
    }

    private static async Task<int> CountAsync(HttpClient client, object body) => (await IndexAsync(client, body)).GetArrayLength();
}
