using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.Server.Analysis;
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
        var other = await ProvideAsync(hub, "gas-a", null, "会議の件", "議事録を送ります。");
        using var client = hub.As(Analyst);

        foreach (
            var q in (string[])
                [
                    "やりとり型",
                    "files.example",
                    "from:alice@mail.example 製品",
                    $"number:\"{key[..14]}\"",
                    "窓口:inquiry",
                    "file:list.txt 製品",
                    "kind:mail 製品",
                ]
        )
        {
            (await KeysAsync(client, q)).ShouldBe([key], q);
        }

        (await KeysAsync(client, "organization:gas-a")).ShouldBe([other]);
        (await KeysAsync(client, "の件")).Count.ShouldBe(2);
        (await KeysAsync(client, "verdict:targeted")).ShouldBeEmpty();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                hub.Get<Register<GivenVerdict>>().Put(key, new GivenVerdict(Verdict.Targeted, VerdictReason.Analyst, "u-analyst"))
            );
        await hub.Get<HubRecords>()
            .ChangeAsync([], hub.Get<Register<CaseFile>>().Put("c0ffee", new CaseFile { Title = "電力への照会", Mails = [key] }));
        await CaughtUpAsync(hub);

        (await KeysAsync(client, "verdict:targeted")).ShouldBe([key]);
        (await KeysAsync(client, "判定:標的型")).ShouldBe([key]);
        (await KeysAsync(client, "case:照会")).ShouldBe([key]);
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<CaseFile>>().Put("c0ffee", new CaseFile { Title = "電力への照会" }));
        await CaughtUpAsync(hub);
        (await KeysAsync(client, "case:照会")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organisation_gets_the_same_bytes_whatever_the_others_provided()
    {
        await using var alone = await TestHub.StartAsync();
        await using var together = await TestHub.StartAsync();
        // Receipt numbers are random: they are the one thing that may differ.
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var hub in (TestHub[])[alone, together])
        {
            var first = await ProvideAsync(hub, "power-a", "inquiry", "製品の件", "添付をご確認ください");
            numbers[first[..14]] = "FIRST";
            numbers[(await ProvideAsync(hub, "power-a", "press", "取材の件", "添付をご覧ください"))[..14]] = "SECOND";
            if (hub == together)
            {
                var others = await ProvideAsync(hub, "gas-a", "inquiry", "製品の件", "添付をご確認ください");
                var records = hub.Get<HubRecords>();
                await records.ChangeAsync(
                    [],
                    hub.Get<Register<GivenVerdict>>().Put(first, new GivenVerdict(Verdict.Targeted, VerdictReason.Campaign, "u"))
                );
                await records.ChangeAsync(
                    [],
                    hub.Get<Register<CaseFile>>().Put("c1", new CaseFile { Title = "標的型 添付", Mails = [first, others] })
                );
                await CaughtUpAsync(hub);
            }
        }

        var member = Member("power-a", null);
        var hits = 0;
        foreach (
            var q in (string[])
                ["添付", "の件", "verdict:targeted", "case:c1", "標的型", "gas-a", "-添付", "received:2013", "の", "!", "nosuch:x"]
        )
        {
            using var one = alone.As(member);
            using var other = together.As(member);
            var (a, b) = (await BytesAsync(one, q, 1), await BytesAsync(other, q, 1));
            Masked(b).ShouldBe(Masked(a), q);
            hits += a.Contains("\"mail\"", StringComparison.Ordinal) ? 1 : 0;
        }

        hits.ShouldBeGreaterThan(3);
        string Masked(string text) =>
            numbers.Aggregate(text, (masked, number) => masked.Replace(number.Key, number.Value, StringComparison.Ordinal));
        using var stranger = together.As(Member("oil-a", null));
        (await KeysAsync(stranger, "添付")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_stands_for_one_window_does_not_find_what_another_got()
    {
        await using var hub = await TestHub.StartAsync();
        await ProvideAsync(hub, "power-a", "inquiry", "一", "添付");
        var second = await ProvideAsync(hub, "power-a", "press", "二", "添付");
        var third = await ProvideAsync(hub, "power-a", null, "三", "添付");
        using var window = hub.As(Member("power-a", "press"));

        (await KeysAsync(window, "添付")).ShouldBe([third, second], StringComparer.Ordinal, ignoreOrder: true);
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
            await CaughtUpAsync(again);
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
            .ShouldBe([("u-analyst", JournalActions.SearchHitShown), ("u-analyst", JournalActions.IdentityRead)]);
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
                    ReceivedAt = new DateTimeOffset(2013, 10, 17, 0, window?.Length ?? 0, 0, TimeSpan.Zero),
                },
                Cancel
            );
        var key = $"{ReceiptCode.Of(receipt.Id)}-1";
        await hub.Get<IHubStore>()
            .Steps.AppendAsync(
                new HubChange
                {
                    Documents = [new NewDocument(receipt.Id, DocumentKinds.Anatomy, RetentionClass.PersonalData, Anatomy(key, raw), key)],
                },
                Cancel
            );
        await CaughtUpAsync(hub);
        return key;
    }

    private static byte[] Anatomy(string key, byte[] raw)
    {
        var facts = Dissector.Mail(raw);
        var mail = new ProvidedMail
        {
            Key = key,
            File = "a.eml",
            Channel = "mail",
            Facts = facts,
        };
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            ContractJson.WriteMail(json, mail);
        }

        return output.WrittenSpan.ToArray();
    }

    private static async Task CaughtUpAsync(TestHub hub)
    {
        var last = await hub.Get<IHubStore>().Steps.WaitAsync(0, Cancel);
        await hub.Get<SearchFeed>().CaughtUpAsync(last, Cancel);
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
