using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Intake;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Taxii;

/// <summary>TAXII 2.1 over HTTP.</summary>
public sealed class TaxiiServerTests
{
    private static CancellationToken Cancellation => Browser.Cancellation;

    [Fact]
    public async Task Discovery_lists_the_readers_own_roots_only_and_others_answer_as_if_there_were_none()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var power = await hub.ClientAsync("power-a");
        using var water = await hub.ClientAsync("water-b");
        Roots(await GetAsync(power, "/taxii2/")).ShouldBe(["/taxii2/group-power/", "/taxii2/all/", "/taxii2/public/", "/taxii2/inbox/"]);
        Roots(await GetAsync(water, "/taxii2/")).ShouldBe(["/taxii2/group-water/", "/taxii2/all/", "/taxii2/public/", "/taxii2/inbox/"]);
        var foreign = await BytesAsync(power, "/taxii2/group-water/");
        var none = await BytesAsync(power, "/taxii2/group-nobody/");
        foreign.Status.ShouldBe(HttpStatusCode.NotFound);
        foreign.ShouldBe(none);
        // Another's collection under an own root, and an own one under another's.
        var own = await CollectionAsync(power, "group-power");
        var anothers = await CollectionAsync(water, "group-water");
        (await BytesAsync(power, $"/taxii2/group-power/collections/{anothers}/objects/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await BytesAsync(power, $"/taxii2/group-water/collections/{anothers}/objects/")).Status.ShouldBe(HttpStatusCode.NotFound);
        own.ShouldNotBe(anothers, StringComparer.Ordinal);
        (await CollectionAsync(power, "inbox")).ShouldNotBe(await CollectionAsync(water, "inbox"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_release_is_read_by_its_audience_and_by_nobody_else()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var power = await hub.ClientAsync("power-a");
        using var water = await hub.ClientAsync("water-b");
        var group = hub.Releases.Leave(TaxiiHub.Item(AudienceReach.OwnGroup, "power"));
        var all = hub.Releases.Leave(TaxiiHub.Item(AudienceReach.AllGroups));
        (await IndicatorsAsync(power, "group-power")).ShouldBe([$"indicator--{group.Item.Indicators[0].Id:D}"]);
        (await IndicatorsAsync(water, "group-water")).ShouldBeEmpty();
        (await IndicatorsAsync(power, "all")).ShouldBe([$"indicator--{all.Item.Indicators[0].Id:D}"]);
        (await IndicatorsAsync(water, "all")).ShouldBe([$"indicator--{all.Item.Indicators[0].Id:D}"]);
    }

    [Fact]
    public async Task A_retraction_reaches_who_reads_on_and_who_asks_for_the_object()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var client = await hub.ClientAsync("power-a");
        var item = TaxiiHub.Item(AudienceReach.AllGroups);
        hub.Releases.Leave(item);
        var objects = $"/taxii2/all/collections/{await CollectionAsync(client, "all")}/objects/";
        using var first = await client.GetAsync(objects, Cancellation);
        var seen = first.Headers.GetValues("X-TAXII-Date-Added-Last").Single();
        hub.Releases.Leave(item with { Retracted = true, Change = new("誤りでした。", "It was wrong.") }, 2);
        var indicator = $"indicator--{item.Indicators[0].Id:D}";
        var news = await GetAsync(client, objects + "?added_after=" + seen);
        News(news, indicator).GetProperty("revoked").GetBoolean().ShouldBeTrue();
        News(await GetAsync(client, objects + indicator + "/"), indicator).GetProperty("revoked").GetBoolean().ShouldBeTrue();
        var versions = await GetAsync(client, objects + indicator + "/versions/");
        versions.GetProperty("versions").GetArrayLength().ShouldBe(2);
        var old = await GetAsync(client, objects + indicator + "/?match[version]=first");
        News(old, indicator).TryGetProperty("revoked", out _).ShouldBeFalse();
        (await BytesAsync(client, objects + "indicator--00000000-0000-4000-8000-000000000000/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Readers_miss_and_double_nothing_while_releases_leave_in_100_runs()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var client = await hub.ClientAsync("power-a");
        var objects =
            $"/taxii2/all/collections/{await CollectionAsync(client, "all")}/objects/?match[version]=all&match[type]=indicator&limit=3";
        var since = "2026-01-01T00:00:00.000000Z";
        var (missed, doubled) = (0, 0);
        for (var run = 0; run < 100; run++)
        {
            var left = new List<string>();
            var writer = Task.Run(
                async () =>
                {
                    for (var i = 0; i < 12; i++)
                    {
                        var item = TaxiiHub.Item(AudienceReach.AllGroups);
                        left.Add($"indicator--{item.Indicators[0].Id:D}");
                        hub.Releases.Leave(item);
                        await Task.Yield();
                    }
                },
                Cancellation
            );
            var (read, query) = (new List<string>(), objects + "&added_after=" + since);
            while (true)
            {
                var over = writer.IsCompleted;
                using var answer = await client.GetAsync(query, Cancellation);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
                read.AddRange(Ids(page.RootElement));
                since = answer.Headers.TryGetValues("X-TAXII-Date-Added-Last", out var last) ? last.Single() : since;
                if (page.RootElement.TryGetProperty("next", out var next))
                {
                    query = query.Split("&next=")[0] + "&next=" + next.GetString();
                }
                else if (over)
                {
                    break;
                }
                else
                {
                    query = objects + "&added_after=" + since;
                }
            }

            await writer;
            missed += left.Except(read, StringComparer.Ordinal).Count();
            doubled += read.Count - read.Distinct(StringComparer.Ordinal).Count();
        }

        (missed, doubled).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Pages_go_on_by_next_which_is_nobody_elses_and_for_nothing_else()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var power = await hub.ClientAsync("power-a");
        using var water = await hub.ClientAsync("water-b");
        hub.Releases.Leave(TaxiiHub.Item(AudienceReach.AllGroups));
        var objects = $"/taxii2/all/collections/{await CollectionAsync(power, "all")}/objects/";
        var whole = Ids(await GetAsync(power, objects)).ToList();
        var first = await GetAsync(power, objects + "?limit=2");
        first.GetProperty("more").GetBoolean().ShouldBeTrue();
        var next = first.GetProperty("next").GetString().ShouldNotBeNull();
        var paged = Ids(first).ToList();
        var page = first;
        while (page.TryGetProperty("next", out var on))
        {
            page = await GetAsync(power, $"{objects}?limit=2&next={on.GetString()}");
            paged.AddRange(Ids(page));
        }

        paged.ShouldBe(whole);
        (await BytesAsync(water, $"{objects}?limit=2&next={next}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await BytesAsync(power, $"{objects}?limit=2&match[type]=note&next={next}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await BytesAsync(power, $"{objects}?limit=2&next={next[..^1]}0x")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await BytesAsync(power, $"/taxii2/all/collections/{await CollectionAsync(power, "all")}/manifest/?next={next}")).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    [Fact]
    public async Task The_manifest_tells_of_each_object_when_it_was_added_and_its_version()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var client = await hub.ClientAsync("power-a");
        hub.Releases.Leave(TaxiiHub.Item(AudienceReach.AllGroups));
        var collection = $"/taxii2/all/collections/{await CollectionAsync(client, "all")}";
        var manifest = (await GetAsync(client, collection + "/manifest/")).GetProperty("objects").EnumerateArray().ToList();
        manifest.Select(one => one.GetProperty("id").GetString()).ShouldBe(Ids(await GetAsync(client, collection + "/objects/")));
        var times = manifest.Select(one => one.GetProperty("date_added").GetString().ShouldNotBeNull()).ToList();
        times.ShouldBe(times.Order(StringComparer.Ordinal));
        times.Distinct(StringComparer.Ordinal).Count().ShouldBe(times.Count);
        manifest.ShouldAllBe(one => one.GetProperty("media_type").GetString() == "application/stix+json;version=2.1");
    }

    [Fact]
    public async Task Media_types_are_negotiated_and_errors_are_of_the_protocol()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var client = await hub.ClientAsync("power-a");
        client.DefaultRequestHeaders.Accept.Clear();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/taxii+json;version=2.0");
        using var wrong = await client.GetAsync("/taxii2/", Cancellation);
        wrong.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
        wrong.Content.Headers.ContentType?.ToString().Replace(" ", "", StringComparison.Ordinal).ShouldBe(TaxiiHub.Type);
        using var error = JsonDocument.Parse(await wrong.Content.ReadAsStringAsync(Cancellation));
        error.RootElement.GetProperty("http_status").GetString().ShouldBe("406");
        error.RootElement.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();

        using var anybody = hub.Hub.Anonymous();
        using var unknown = await anybody.GetAsync("/taxii2/", Cancellation);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
        unknown.Content.Headers.ContentType?.ToString().Replace(" ", "", StringComparison.Ordinal).ShouldBe(TaxiiHub.Type);

        using var member = await hub.ClientAsync("power-a");
        var inbox = $"/taxii2/inbox/collections/{await CollectionAsync(member, "inbox")}/objects/";
        using var body = new StringContent("{\"objects\":[]}", Encoding.UTF8, "application/json");
        using var unsupported = await member.PostAsync(inbox, body, Cancellation);
        unsupported.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync(member, inbox, "{\"objects\":[]}")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_handed_in_becomes_a_provision_with_the_envelope_as_it_came_and_is_read_by_nobody_there()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var client = await hub.ClientAsync("power-a");
        using var other = await hub.ClientAsync("water-b");
        var collection = await CollectionAsync(client, "inbox");
        var inbox = $"/taxii2/inbox/collections/{collection}/objects/";
        const string Body =
            """{"objects":[{"type":"indicator","id":"indicator--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10","spec_version":"2.1","modified":"2026-01-02T00:00:00.000Z"},{"type":"x"}]}""";
        var (status, answer) = await PostAsync(client, inbox, Body);
        status.ShouldBe(HttpStatusCode.Accepted);
        answer.GetProperty("status").GetString().ShouldBe("complete");
        answer.GetProperty("success_count").GetInt32().ShouldBe(1);
        answer.GetProperty("failure_count").GetInt32().ShouldBe(1);
        var id = answer.GetProperty("id").GetString();
        (await GetAsync(client, $"/taxii2/inbox/status/{id}/")).ToString().ShouldBe(answer.ToString());
        (await BytesAsync(other, $"/taxii2/inbox/status/{id}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await BytesAsync(client, $"/taxii2/all/status/{id}/")).Status.ShouldBe(HttpStatusCode.NotFound);

        // Write-only: 403 for reading and for deleting; another's does not exist.
        (await BytesAsync(client, inbox)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await BytesAsync(other, inbox)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(other, inbox, Body)).Status.ShouldBe(HttpStatusCode.NotFound);
        using var deleted = await client.DeleteAsync(inbox + "indicator--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10/", Cancellation);
        deleted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // Read-only: the same for adding and deleting.
        var shared = $"/taxii2/all/collections/{await CollectionAsync(client, "all")}/objects/";
        (await PostAsync(client, shared, Body)).Status.ShouldBe(HttpStatusCode.Forbidden);

        using var hubClient = await hub.ClientAsync("power-a", "read");
        hubClient.DefaultRequestHeaders.Accept.Clear();
        hubClient.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await hub.KeyAsync("power-a", "read"));
        using var provisions = JsonDocument.Parse(await hubClient.GetStringAsync("/api/v1/provisions", Cancellation));
        var provision = provisions.RootElement.GetProperty("provisions").EnumerateArray().Single();
        provision.GetProperty("kind").GetString().ShouldBe("incident");
        provision.GetProperty("items")[0].GetProperty("size").GetInt64().ShouldBe(Encoding.UTF8.GetByteCount(Body));
        answer.GetProperty("successes")[0].GetProperty("message").GetString().ShouldBe(provision.GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_sighting_of_what_was_released_to_the_member_is_an_answer_and_of_anything_else_a_provision()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var water = await hub.ClientAsync("water-b");
        using var power = await hub.ClientAsync("power-a");
        var item = hub.Releases.Leave(TaxiiHub.Item(AudienceReach.OwnGroup, "power")).Item;
        var indicator = $"indicator--{item.Indicators[0].Id:D}";
        var body =
            $$"""{"objects":[{"type":"sighting","id":"sighting--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10","spec_version":"2.1","sighting_of_ref":"{{indicator}}","count":2}]}""";
        foreach (var client in new[] { power, water })
        {
            var (status, answer) = await PostAsync(
                client,
                $"/taxii2/inbox/collections/{await CollectionAsync(client, "inbox")}/objects/",
                body
            );
            status.ShouldBe(HttpStatusCode.Accepted);
            answer.GetProperty("success_count").GetInt32().ShouldBe(1);
        }

        var given = hub.Releases.Sightings.Single();
        (given.Organization, given.Of, given.Count).ShouldBe(("power-a", indicator, 2));
        var index = hub.Hub.Get<ProvisionIndex>();
        var provisions = await index.PageAsync(new PageOrder(null, null, true, 10), _ => true, Cancellation);
        provisions.Select(one => one.Organization).ShouldBe(["water-b"]);
    }

    [Fact]
    public async Task A_body_above_the_limit_that_the_root_names_is_refused()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var client = await hub.ClientAsync("power-a");
        var most = (await GetAsync(client, "/taxii2/inbox/")).GetProperty("max_content_length").GetInt64();
        var inbox = $"/taxii2/inbox/collections/{await CollectionAsync(client, "inbox")}/objects/";
        (await PostAsync(client, inbox, new string(' ', (int)most + 1))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(client, inbox, new string(' ', (int)most))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Those_of_the_hub_read_what_is_public_and_have_no_inbox()
    {
        await using var hub = await TaxiiHub.StartAsync();
        using var client = hub.Hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "analyst",
                Roles = new HashSet<Role> { Role.Analyst },
                SecondFactor = true,
            }
        );
        Roots(await GetAsync(client, "/taxii2/")).ShouldBe(["/taxii2/public/"]);
    }

    private static JsonElement News(JsonElement envelope, string id) =>
        envelope.GetProperty("objects").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);

    private static IEnumerable<string> Ids(JsonElement envelope) =>
        envelope.TryGetProperty("objects", out var objects)
            ? objects.EnumerateArray().Select(one => one.GetProperty("id").GetString().ShouldNotBeNull())
            : [];

    private static IEnumerable<string?> Roots(JsonElement discovery) =>
        discovery.GetProperty("api_roots").EnumerateArray().Select(one => one.GetString());

    private static async Task<IEnumerable<string>> IndicatorsAsync(HttpClient client, string root) =>
        Ids(await GetAsync(client, $"/taxii2/{root}/collections/{await CollectionAsync(client, root)}/objects/?match[type]=indicator"));

    private static async Task<string> CollectionAsync(HttpClient client, string root) =>
        (await GetAsync(client, $"/taxii2/{root}/collections/"))
            .GetProperty("collections")[0]
            .GetProperty("id")
            .GetString()
            .ShouldNotBeNull();

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        answer.Content.Headers.ContentType?.ToString().Replace(" ", "", StringComparison.Ordinal).ShouldBe(TaxiiHub.Type);
        return JsonElement.Parse(text);
    }

    private static async Task<(HttpStatusCode Status, string Text)> BytesAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient client, string path, string json)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        body.Headers.TryAddWithoutValidation("Content-Type", TaxiiHub.Type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        // What is too large is refused before it is sent.
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request, Cancellation);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)));
    }
}
