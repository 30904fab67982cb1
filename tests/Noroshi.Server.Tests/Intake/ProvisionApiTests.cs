using System.Net;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using SharpCompress.Archives.Zip;
using SharpCompress.Readers;
using Shouldly;
using Xunit;
using static Noroshi.Server.Tests.Hosting.FrontTests;

namespace Noroshi.Server.Tests.Intake;

public sealed class ProvisionApiTests
{
    private const string Root = "/api/v1/provisions";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_key_with_the_same_content_gives_the_first_receipt_and_with_another_content_is_refused()
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        var first = await GivenAsync(client, "mail one", key: "k1");
        first.GetProperty("repeated").GetBoolean().ShouldBeFalse();
        var again = await GivenAsync(client, "mail one", key: "k1");
        again.GetProperty("repeated").GetBoolean().ShouldBeTrue();
        again.GetProperty("number").GetString().ShouldBe(first.GetProperty("number").GetString());
        using var other = await SendAsync(client, "mail two", key: "k1");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var note = await SendAsync(client, "mail one", key: "k1", provision: """{"window":"inquiry","note":"x"}""");
        note.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await NumbersAsync(client)).Count.ShouldBe(1);
        using var neighbour = hub.As(Csirt("power-b", "csirt-b"));
        (await GivenAsync(neighbour, "mail two", key: "k1")).GetProperty("repeated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Ten_at_once_under_one_key_are_one_provision()
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        var receipts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => GivenAsync(client, "mail", key: "same")));
        receipts.Select(one => one.GetProperty("number").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        receipts.Count(one => !one.GetProperty("repeated").GetBoolean()).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_same_organisation_gave_before_is_told_and_what_others_gave_is_not()
    {
        await using var hub = await HubAsync();
        using var a = hub.As(Csirt());
        using var b = hub.As(Csirt("power-b", "csirt-b"));
        var first = await GivenAsync(a, "the mail", key: "a1");
        (await GivenAsync(b, "the mail", key: "b1")).GetProperty("alreadyProvided").GetArrayLength().ShouldBe(0);
        var second = await GivenAsync(a, "the mail", key: "a2");
        second.GetProperty("repeated").GetBoolean().ShouldBeFalse();
        var earlier = second.GetProperty("alreadyProvided").EnumerateArray().Single();
        earlier.GetProperty("number").GetString().ShouldBe(first.GetProperty("number").GetString());
        earlier.GetProperty("item").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Others_provisions_and_unknown_ones_get_the_same_answer_on_every_route()
    {
        await using var hub = await HubAsync();
        using var a = hub.As(Csirt());
        using var b = hub.As(Csirt("power-b", "csirt-b"));
        var id = (await GivenAsync(a, "secret")).GetProperty("id").GetGuid();
        foreach (var path in new[] { "{0}", "{0}/items/1?reason=analysis" })
        {
            var theirs = await b.GetAsync($"{Root}/{string.Format(null, path, id)}", Stop);
            var nobodys = await b.GetAsync($"{Root}/{string.Format(null, path, Guid.NewGuid())}", Stop);
            theirs.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await theirs.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(await nobodys.Content.ReadAsByteArrayAsync(Stop));
        }

        (await b.DeleteAsync($"{Root}/{id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await NumbersAsync(b)).ShouldBeEmpty();
        using var adds = await SendAsync(b, "more", provision: $$"""{"addsTo":"{{id}}"}""");
        using var none = await SendAsync(b, "more", provision: $$"""{"addsTo":"{{Guid.NewGuid()}}"}""");
        adds.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await adds.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(await none.Content.ReadAsByteArrayAsync(Stop));
        (await a.GetAsync($"{Root}/{id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pages_show_each_provision_once_while_others_write()
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        // The order in which they were given; the numbers that a giver is told say nothing of it.
        var given = new List<string?>();
        for (var i = 0; i < 25; i++)
        {
            given.Add((await GivenAsync(client, $"mail {i}")).GetProperty("number").GetString());
        }

        foreach (var order in new[] { "newest", "oldest" })
        {
            var seen = new List<int>();
            string? cursor = null;
            var extra = 0;
            do
            {
                var page = await PageAsync(client, $"?limit=4&order={order}" + (cursor is null ? "" : $"&cursor={cursor}"));
                seen.AddRange(
                    page.GetProperty("provisions").EnumerateArray().Select(one => given.IndexOf(one.GetProperty("number").GetString()))
                );
                cursor = page.GetProperty("next").GetString();
                if (extra < 3)
                {
                    given.Add((await GivenAsync(client, $"meanwhile {order} {extra++}")).GetProperty("number").GetString());
                }
            } while (cursor is not null);

            seen.Distinct().Count().ShouldBe(seen.Count);
            seen.ShouldBe(order == "newest" ? seen.OrderDescending().ToList() : seen.Order().ToList());
            seen.Count(place => place is >= 0 and < 25).ShouldBe(25);
        }

        (await client.GetAsync(Root + "?cursor=00000000000000000000000000000001", Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_withdrawn_provision_keeps_its_number_and_nothing_else_and_its_content_counts_as_new()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-withdraw-").FullName;
        try
        {
            Guid id;
            await using (var hub = await HubAsync(root))
            {
                using var client = hub.As(Csirt());
                id = (await GivenAsync(client, "to be withdrawn", key: "w")).GetProperty("id").GetGuid();
                using var gone = await client.DeleteAsync($"{Root}/{id}", Stop);
                (await JsonAsync(gone)).GetProperty("evidence").GetInt32().ShouldBe(1);
                using var twice = await client.DeleteAsync($"{Root}/{id}", Stop);
                (await JsonAsync(twice)).GetProperty("evidence").GetInt32().ShouldBe(0);
                using var item = await client.GetAsync($"{Root}/{id}/items/1?reason=analysis", Stop);
                item.StatusCode.ShouldBe(HttpStatusCode.Gone);
                var anew = await GivenAsync(client, "to be withdrawn", key: "w");
                anew.GetProperty("id").GetGuid().ShouldNotBe(id);
                anew.GetProperty("alreadyProvided").GetArrayLength().ShouldBe(0);
                var journal = await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Subject = id.ToString("N") }, Stop);
                journal.Select(one => one.Record.Action).ShouldContain(JournalActions.ProvisionWithdrawn);
            }

            await using var later = await HubAsync(root);
            using var owner = later.As(Csirt());
            using var answer = await owner.GetAsync($"{Root}/{id}", Stop);
            var view = await JsonAsync(answer);
            view.GetProperty("state").GetString().ShouldBe("withdrawn");
            view.GetProperty("items")[0].GetProperty("erased").GetBoolean().ShouldBeTrue();
            view.GetProperty("items")[0].GetProperty("name").ValueKind.ShouldBe(JsonValueKind.Null);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task An_original_leaves_as_a_ZIP_with_a_password_and_the_journal_has_who_and_why()
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        var id = (await GivenAsync(client, "From: x\r\n\r\nmalware")).GetProperty("id").GetGuid();
        using var analyst = hub.As(Analyst());
        (await analyst.GetAsync($"{Root}/{id}/items/1", Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var answer = await analyst.GetAsync($"{Root}/{id}/items/1?reason=analysis", Stop);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition?.DispositionType.ShouldBe("attachment");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        bytes.AsSpan().IndexOf("malware"u8).ShouldBe(-1);
        using var zip = ZipArchive.OpenArchive(new MemoryStream(bytes), new ReaderOptions { Password = ItemDownload.Password });
        using var content = new MemoryStream();
        var entry = zip.Entries.Single();
        entry.IsEncrypted.ShouldBeTrue();
        await using (var opened = entry.OpenEntryStream())
        {
            await opened.CopyToAsync(content, Stop);
        }

        Encoding.ASCII.GetString(content.ToArray()).ShouldBe("From: x\r\n\r\nmalware");
        var read = await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Action = JournalActions.EvidenceRead }, Stop);
        read.Single().Record.ShouldBe(new JournalRecord("analyst-1", JournalActions.EvidenceRead, id.ToString("N"), "1 analysis"));
    }

    [Fact]
    public async Task Whose_provisions_somebody_of_the_hub_reads_is_in_the_journal()
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        var id = (await GivenAsync(client, "mail")).GetProperty("id").GetGuid();
        await NumbersAsync(client);
        var store = hub.Get<IHubStore>();
        (await store.Journal.ReadAsync(new JournalFilter { Action = JournalActions.IdentityRead }, Stop)).ShouldBeEmpty();
        using var analyst = hub.As(Analyst());
        (await NumbersAsync(analyst)).Count.ShouldBe(1);
        var read = await store.Journal.ReadAsync(new JournalFilter { Action = JournalActions.IdentityRead }, Stop);
        read.Single().Record.Subject.ShouldBe(id.ToString("N"));
    }

    [Theory]
    [InlineData("""{"providedAt":"2013-10-17T09:02:00+09:00"}""", 400)]
    [InlineData("""{"window":"inquiry","window":"inquiry"}""", 400)]
    [InlineData("""{"window":"nowhere"}""", 422)]
    [InlineData("""{"files":[{"name":"other.eml"}]}""", 422)]
    [InlineData("""{"statedEvents":[{"kind":"rumour"}]}""", 422)]
    [InlineData("""{"organization":"power-b"}""", 403)]
    [InlineData("""{"note":{"a":{"b":1}}}""", 400)]
    [InlineData("null", 400)]
    [InlineData("{", 400)]
    public async Task What_a_provision_must_not_say_is_refused_and_nothing_is_kept(string provision, int status)
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        using var answer = await SendAsync(client, "mail", provision: provision);
        ((int)answer.StatusCode).ShouldBe(status);
        (await NumbersAsync(client)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_telephone_case_without_a_mail_is_a_provision_and_two_calls_are_two()
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        const string call =
            """{"window":"inquiry","statedEvents":[{"kind":"phone","at":"2013-10-17T09:02:00+09:00","precision":"minute","text":"called"}]}""";
        var first = await GivenAsync(client, null, provision: call);
        var second = await GivenAsync(client, null, provision: call);
        second.GetProperty("number").GetString().ShouldNotBe(first.GetProperty("number").GetString());
        using var nothing = await SendAsync(client, null, provision: "{}");
        nothing.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Over_the_limits_nothing_is_kept_and_the_answer_says_so()
    {
        await using var hub = await HubAsync(
            limits: new LimitOptions
            {
                ItemBytes = 65_536,
                Items = 2,
                ProvisionBytes = 100_000,
                ProvisionsPerHour = 6,
            }
        );
        using var client = hub.As(Csirt());
        var large = new string('x', 70_000);
        (await SendAsync(client, large)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await SendFilesAsync(client, "a", "b", "c")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await SendFilesAsync(client, large[..60_000], large[..60_000])).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await NumbersAsync(client)).ShouldBeEmpty();
        (await SendFilesAsync(client, large[..60_000], "b")).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var last = await SendAsync(client, "fifth");
        using var sixth = await SendAsync(client, "sixth");
        using var over = await SendAsync(client, "over");
        over.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        over.Headers.RetryAfter?.Delta.ShouldNotBeNull();
        using var neighbour = hub.As(Csirt("power-b", "csirt-b"));
        (await SendAsync(neighbour, "mine")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_finds_no_room_in_memory_is_asked_to_come_again()
    {
        await using var hub = await HubAsync(limits: new LimitOptions { MemoryBytes = 1_048_576 });
        using var client = hub.As(Csirt());
        using var answer = await SendAsync(client, new string('x', 2_000_000));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter?.Delta.ShouldNotBeNull();
        (await SendAsync(client, "small")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("text/plain", "x")]
    [InlineData("multipart/form-data", "x")]
    [InlineData(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.eml\"\r\n\r\ncut off"
    )]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n\r\nno disposition\r\n--b--\r\n")]
    public async Task A_body_that_is_not_of_the_form_is_refused(string type, string body)
    {
        await using var hub = await HubAsync();
        using var client = hub.As(Csirt());
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await client.PostAsync(Root, content, Stop);
        ((int)answer.StatusCode).ShouldBeInRange(400, 415);
        (await NumbersAsync(client)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_tell_a_member_of_his_own_provisions_only_and_go_on_where_he_stopped()
    {
        await using var hub = await HubAsync();
        using var a = hub.As(Csirt());
        using var b = hub.As(Csirt("power-b", "csirt-b"));
        using var listening = hub.As(Csirt());
        await using var stream = await listening.GetStreamAsync("/api/v1/events", Stop);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(Stop)).ShouldBe(": noroshi");
        await GivenAsync(b, "not for a");
        var id = (await GivenAsync(a, "for a")).GetProperty("id").GetGuid();
        var (first, data) = await EventAsync(reader);
        data.GetProperty("kind").GetString().ShouldBe("provision");
        data.GetProperty("provision").GetGuid().ShouldBe(id);

        var second = (await GivenAsync(a, "later")).GetProperty("id").GetGuid();
        using var again = hub.As(Csirt());
        again.DefaultRequestHeaders.Add("Last-Event-ID", first);
        await using var resumed = await again.GetStreamAsync("/api/v1/events", Stop);
        using var rest = new StreamReader(resumed);
        JsonElement seen;
        do
        {
            (_, seen) = await EventAsync(rest);
            seen.GetProperty("provision").GetGuid().ShouldBeOneOf(id, second);
        } while (seen.GetProperty("kind").GetString() != "provision");

        seen.GetProperty("provision").GetGuid().ShouldBe(second);
    }

    private static async Task<(string Id, JsonElement Data)> EventAsync(StreamReader reader)
    {
        var id = "";
        while (await reader.ReadLineAsync(Stop) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id, JsonDocument.Parse(line[6..]).RootElement);
            }
        }

        throw new InvalidOperationException("the stream ended");
    }

    private static async Task<TestHub> HubAsync(string? root = null, LimitOptions? limits = null)
    {
        var hub = await TestHub.StartAsync(
            root,
            change: settings => settings with { Options = settings.Options with { Limits = limits ?? new LimitOptions() } }
        );
        var organizations = hub.Get<Register<Organization>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                [
                    .. new[] { "power-a", "power-b" }.Select(id =>
                        organizations.Put(id, new Organization { Id = id, Windows = [new ContactWindow("inquiry")] })
                    ),
                ]
            );
        return hub;
    }

    private static async Task<JsonElement> GivenAsync(HttpClient client, string? mail, string? key = null, string? provision = null)
    {
        using var answer = await SendAsync(client, mail, key, provision);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Stop));
        answer.Headers.Location.ShouldNotBeNull();
        return await JsonAsync(answer);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string? mail, string? key = null, string? provision = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(provision ?? """{"window":"inquiry"}"""), "provision" } };
        if (mail is not null)
        {
            form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(mail)), "file", "mail.eml");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Root) { Content = form };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request, Stop);
    }

    private static async Task<HttpResponseMessage> SendFilesAsync(HttpClient client, params string[] mails)
    {
        using var form = new MultipartFormDataContent();
        foreach (var mail in mails)
        {
            form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(mail)), "file", "mail.eml");
        }

        return await client.PostAsync(Root, form, Stop);
    }

    private static async Task<JsonElement> PageAsync(HttpClient client, string query) =>
        JsonDocument.Parse(await client.GetStringAsync(Root + query, Stop)).RootElement;

    private static async Task<List<string?>> NumbersAsync(HttpClient client) =>
        [.. (await PageAsync(client, "")).GetProperty("provisions").EnumerateArray().Select(one => one.GetProperty("number").GetString())];
}
