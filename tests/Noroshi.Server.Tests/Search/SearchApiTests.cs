using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Search;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Storage.Sqlite.Search;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Search;

public sealed class SearchApiTests
{
    private static readonly Actor Analyst = new()
    {
        Kind = ActorKind.User,
        Id = "u-analyst",
        Roles = new HashSet<Role> { Role.Analyst, Role.Administrator, Role.Auditor },
        SecondFactor = true,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_found_by_what_stands_in_it_by_its_verdict_and_by_its_case()
    {
        await using var hub = await TestHub.StartAsync();
        var key = await ProvideAsync(hub, "power-a", "inquiry", "製品の件", "資料は hxxp://files[.]example/a です。やり取り型。");
        var second = await ProvideAsync(hub, "gas-a", null, "会議の件", "議事録を送ります。");
        using var client = hub.As(Analyst);

        foreach (
            var q in (string[])
                [
                    "やりとり型",
                    "files.example",
                    "from:alice@mail.example 製品",
                    "number:" + key[..^2],
                    "窓口:inquiry",
                    "file:list.txt 製品",
                    "kind:mail 製品",
                ]
        )
        {
            (await KeysAsync(client, q)).ShouldBe([key], q);
        }

        (await KeysAsync(client, "organization:gas-a")).ShouldBe([second]);
        (await KeysAsync(client, "の件")).Count.ShouldBe(2);
        (await KeysAsync(client, "verdict:targeted")).ShouldBeEmpty();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                hub.Get<Register<GivenVerdict>>().Put(key, new GivenVerdict(Verdict.Targeted, VerdictReason.Analyst, "u-analyst"))
            );
        await hub.Get<HubRecords>()
            .ChangeAsync([], hub.Get<Register<CaseFile>>().Put("c0ffee", new CaseFile { Title = "電力への照会", Mails = [key] }));
        await hub.FoundUpToNowAsync();

        (await KeysAsync(client, "verdict:targeted")).ShouldBe([key]);
        (await KeysAsync(client, "判定:標的型")).ShouldBe([key]);
        (await KeysAsync(client, "case:照会")).ShouldBe([key]);
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<CaseFile>>().Put("c0ffee", new CaseFile { Title = "電力への照会" }));
        await hub.FoundUpToNowAsync();
        (await KeysAsync(client, "case:照会")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organisation_gets_the_same_bytes_before_and_after_the_others_provided()
    {
        await using var hub = await TestHub.StartAsync();
        var own = await ProvideAsync(hub, "power-a", "inquiry", "製品の件", "添付をご確認ください");
        await ProvideAsync(hub, "power-a", "press", "取材の件", "添付をご覧ください");
        using var client = hub.As(Member("power-a", null));
        string[] queries =
        [
            "添付",
            "の件",
            "verdict:targeted",
            "case:c1",
            "標的型",
            "gas-a",
            "-添付",
            "received:2013",
            "の",
            "!",
            "nosuch:x",
        ];
        var before = new List<string>();
        foreach (var q in queries)
        {
            before.Add(await BytesAsync(client, q, 1));
        }

        var other = await ProvideAsync(hub, "gas-a", "inquiry", "製品の件", "添付をご確認ください");
        var records = hub.Get<HubRecords>();
        var verdict = new GivenVerdict(Verdict.Targeted, VerdictReason.Campaign, "u-analyst");
        await records.ChangeAsync([], hub.Get<Register<GivenVerdict>>().Put(own, verdict));
        await records.ChangeAsync(
            [],
            hub.Get<Register<CaseFile>>().Put("c1", new CaseFile { Title = "標的型 添付", Mails = [own, other] })
        );
        await hub.FoundUpToNowAsync();

        for (var i = 0; i < queries.Length; i++)
        {
            (await BytesAsync(client, queries[i], 1)).ShouldBe(before[i], queries[i]);
        }

        before.Count(text => text.Contains("\"mail\"", StringComparison.Ordinal)).ShouldBeGreaterThan(3);
        using var stranger = hub.As(Member("oil-a", null));
        (await KeysAsync(stranger, "添付")).ShouldBeEmpty();
        using var analyst = hub.As(Analyst);
        (await KeysAsync(analyst, "case:標的型")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_stands_for_one_window_does_not_find_what_another_got()
    {
        await using var hub = await TestHub.StartAsync();
        await ProvideAsync(hub, "power-a", "inquiry", "一", "添付");
        var second = await ProvideAsync(hub, "power-a", "press", "二", "添付");
        // By which window that one came nobody knows: it is for those who stand for the organisation.
        await ProvideAsync(hub, "power-a", null, "三", "添付");
        using var window = hub.As(Member("power-a", "press"));

        (await KeysAsync(window, "添付")).ShouldBe([second]);
    }

    [Fact]
    public async Task What_was_erased_is_found_no_more_and_nothing_of_it_stays_in_the_index()
    {
        await using var hub = await TestHub.StartAsync();
        var key = await ProvideAsync(hub, "power-a", "inquiry", "製品の件", "唯一無二");
        using var client = hub.As(Analyst);
        (await KeysAsync(client, "唯一無二")).ShouldBe([key]);
        var store = hub.Get<IHubStore>();
        var provision = (await store.Intake.FindAsync(1, Cancel)).ShouldNotBeNull();

        await store.Erasure.EraseAsync(
            new ErasureOrder(provision.Id, new HashSet<RetentionClass> { RetentionClass.PersonalData }, "u-analyst", "withdrawal"),
            Cancel
        );

        (await KeysAsync(client, "唯一無二")).ShouldBeEmpty();
        (await hub.Get<SearchFeed>().IndexAsync(Cancel)).Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_index_that_was_lost_is_made_again_at_the_next_start()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-search-").FullName;
        try
        {
            string file;
            string key;
            await using (var hub = await TestHub.StartAsync(root))
            {
                key = await ProvideAsync(hub, "power-a", "inquiry", "製品の件", "添付");
                file = Path.Combine(hub.Data, SqliteSearchIndex.FileName);
            }

            File.Delete(file);
            await using var again = await TestHub.StartAsync(root);
            await again.FoundUpToNowAsync();
            using var client = again.As(Analyst);
            (await KeysAsync(client, "添付")).ShouldBe([key]);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task What_is_no_query_is_refused_in_both_languages()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.As(Analyst);

        var response = await client.GetAsync(new Uri("/api/v1/search?q=received:tomorrow", UriKind.Relative), Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        problem.GetProperty("type").GetString().ShouldBe("urn:noroshi:problem:search-no-date");
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("日付");
    }

    [Fact]
    public async Task Who_saw_a_provision_by_searching_stands_in_the_journal_without_the_words()
    {
        await using var hub = await TestHub.StartAsync();
        await ProvideAsync(hub, "power-a", "inquiry", "製品の件", "添付 secretword");
        using var client = hub.As(Analyst);
        await KeysAsync(client, "secretword");
        var store = hub.Get<IHubStore>();
        var provision = (await store.Intake.FindAsync(1, Cancel)).ShouldNotBeNull();

        var seen = await client.GetFromJsonAsync<JsonElement>($"/api/v1/journal/subjects/{provision.Id}", Cancel);
        var read = await client.GetFromJsonAsync<JsonElement>("/api/v1/journal/people/u-analyst", Cancel);

        seen.GetProperty("lines")
            .EnumerateArray()
            .Select(line => (line.GetProperty("who").GetString(), line.GetProperty("action").GetString()))
            .ShouldBe([("u-analyst", JournalActions.IdentityRead), ("u-analyst", JournalActions.SearchHitShown)]);
        read.GetProperty("lines")
            .EnumerateArray()
            .Select(line => line.GetProperty("action").GetString())
            .ShouldContain(action => action == JournalActions.SearchRun);
        var all = await store.Journal.ReadAsync(new JournalFilter(), Cancel);
        all.ShouldAllBe(entry => !entry.Record.ToString().Contains("secretword", StringComparison.Ordinal));
    }

    private static Actor Member(string organization, string? window) =>
        new()
        {
            Kind = ActorKind.User,
            Id = "u-member",
            Organization = organization,
            Window = window,
            Roles = new HashSet<Role> { Role.MemberCsirt },
        };

    private static async Task<string> ProvideAsync(TestHub hub, string organization, string? window, string subject, string body)
    {
        var raw = Encoding.UTF8.GetBytes(
            $"From: Alice <alice@mail.example>\r\nTo: window@{organization}.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + $"{body}\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\n1\r\n--b--\r\n"
        );
        var receipt = await hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(
                    Actor.System,
                    new ProvisionHeader
                    {
                        Way = GivingWay.Api,
                        Intake = "member",
                        Organization = organization,
                        Window = window,
                        GivenBy = "",
                        ReceivedAt = default,
                    },
                    [raw]
                )
                {
                    ReceivedAt = new DateTimeOffset(2013, 10, 17, 0, 0, 0, TimeSpan.Zero),
                },
                Cancel
            );
        var key = ReceiptCode.Of(receipt.Id) + "-1";
        var steps = hub.Get<IHubStore>().Steps;
        // Taken apart by the hub's own step, in its own worker.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (await steps.LatestAsync(DocumentKinds.Anatomy, key, limit.Token) is null)
        {
            await Task.Delay(20, limit.Token);
        }

        await hub.FoundUpToNowAsync();
        return key;
    }

    private static async Task<string> BytesAsync(HttpClient client, string q, int most)
    {
        var response = await client.GetAsync(new Uri($"/api/v1/search?q={Uri.EscapeDataString(q)}&most={most}", UriKind.Relative), Cancel);
        return $"{response.StatusCode} {response.Content.Headers} {await response.Content.ReadAsStringAsync(Cancel)}";
    }

    private static async Task<IReadOnlyList<string?>> KeysAsync(HttpClient client, string q)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/search?q={Uri.EscapeDataString(q)}", Cancel);
        return [.. answer.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("mail").GetString())];
    }
}
