using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
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
using Noroshi.Server.Tests.Notices;
using Noroshi.Server.Tests.Search;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>
/// What a provision held is gone after retention, withdrawal and erasure: from everything that anybody is answered, from everything that the
/// hub with all its keys can read, from the index of the search and the marks by which a mail is known again; also after a restart.
/// </summary>
public sealed class ErasureTests
{
    private static readonly Canary Subject = Canary.Japanese("subject");
    private static readonly Canary Body = Canary.Of("body");
    private static readonly Canary Sender = Canary.Of("sender");
    private static readonly Canary File = Canary.Of("file");
    private static readonly Canary Note = Canary.Japanese("note of the giver");
    private static readonly Canary Call = Canary.Japanese("note of a telephone call");
    private static readonly Canary Question = Canary.Japanese("question to the provider");
    private static readonly Canary Reason = Canary.Japanese("note of a verdict");
    private static readonly Canary Title = Canary.Japanese("title of a case");
    private static readonly Canary Comment = Canary.Japanese("comment on a case");
    private static readonly Canary[] Written = [Call, Question, Reason, Title, Comment];
    private static readonly Canary[] Planted = [Subject, Body, Sender, File, Note, .. Written];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("withdrawal")]
    [InlineData("retention")]
    public async Task Nothing_of_an_erased_mail_is_left_anywhere_and_the_proof_stays(string how)
    {
        var root = Directory.CreateTempSubdirectory("noroshi-erasure-").FullName;
        try
        {
            string id;
            IReadOnlyList<string> marks;
            await using (var hub = await HubAsync(root, retention: how == "retention"))
            {
                id = await GiveAsync(hub);
                await WorkAsync(hub, id);
                marks = await MarksAsync(hub);
                marks.Count.ShouldBe(2);
                var before = await LeftAsync(hub);
                foreach (var canary in Planted)
                {
                    before.ShouldContain(place => place.Contains(canary.Name, StringComparison.Ordinal), canary.Name);
                }

                Stands(hub, marks).ShouldBe(2, "the scan sees marks where they are");
                await EraseAsync(hub, id, how);
                (await LeftAsync(hub)).ShouldBeEmpty();
                hub.Get<HubSituation>().Current.Mails.ShouldBeEmpty();
                (await hub.Get<SearchFeed>().IndexAsync(Cancel)).Count.ShouldBe(0);
                // The database's write-ahead log is cut off when no reader is in the way, seconds later at the most.
                for (var tries = 0; tries < 400 && Stands(hub, marks) > 0; tries++)
                {
                    await Task.Delay(50, Cancel);
                }

                Stands(hub, marks).ShouldBe(0);
            }

            await using var later = await HubAsync(root, retention: false);
            await SettledAsync(later);
            (await LeftAsync(later)).ShouldBeEmpty();
            (await later.Get<SearchFeed>().IndexAsync(Cancel)).Count.ShouldBe(0);
            Stands(later, marks).ShouldBe(0);
            var store = later.Get<IHubStore>();
            var proof = await store.Journal.ReadAsync(new JournalFilter { Subject = id, Action = JournalActions.ProvisionErased }, Cancel);
            proof.Count.ShouldBeGreaterThan(0);
            (await StoreCheck.RunAsync((SqliteHubStore)store, new FsckOptions(), Cancel)).Clean.ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task What_is_withdrawn_shows_nowhere_even_before_it_is_erased_and_the_next_start_erases_it()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-withdrawn-").FullName;
        try
        {
            string id;
            await using (var hub = await HubAsync(root, retention: false))
            {
                id = await GiveAsync(hub);
                await WorkAsync(hub, id);
                // As if the process ended between the two.
                var body = JsonSerializer.SerializeToUtf8Bytes(
                    new WithdrawalDocument("power-a", null, "u-power-a", DateTimeOffset.UnixEpoch),
                    IntakeViewJson.Default.WithdrawalDocument
                );
                var provision = new ProvisionId(Guid.ParseExact(id, "N"));
                await hub.Get<IHubStore>()
                    .Steps.AppendAsync(
                        new HubChange
                        {
                            Documents = [new NewDocument(provision, DocumentKinds.Withdrawal, RetentionClass.Result, body, id)],
                        },
                        Cancel
                    );
                await SettledAsync(hub);
                var shown = await AnswersAsync(hub);
                // What people of the hub wrote themselves stays until it is erased.
                Found(Planted.Except(Written), shown).ShouldBeEmpty();
                hub.Get<HubSituation>().Current.Mails.ShouldBeEmpty();
                (await hub.Get<SearchFeed>().IndexAsync(Cancel)).Count.ShouldBe(0);
                using var member = hub.As(AnsweringHub.MemberOf("power-a"));
                using var item = await member.GetAsync($"/api/v1/provisions/{id}/items/1?reason=analysis", Cancel);
                item.StatusCode.ShouldBe(HttpStatusCode.Gone);
            }

            await using var later = await HubAsync(root, retention: false);
            for (var tries = 0; tries < 200 && (await LeftAsync(later)).Count > 0; tries++)
            {
                await Task.Delay(50, Cancel);
            }

            (await LeftAsync(later)).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<TestHub> HubAsync(string root, bool retention)
    {
        var hub = await TestHub.StartAsync(
            root,
            services =>
            {
                services.AddSingleton<IMailWorkers, InThisProcess>();
                if (retention)
                {
                    services.AddSingleton(new RetentionTerms(1, 1, 1));
                }
            }
        );
        if (hub.Get<Register<Organization>>().Find("power-a") is null)
        {
            var organizations = hub.Get<Register<Organization>>();
            await hub.Get<HubRecords>().ChangeAsync([], organizations.Put("power-a", new Organization { Id = "power-a" }));
        }

        return hub;
    }

    /// <summary>Given years ago, under an idempotency key.</summary>
    private static async Task<string> GiveAsync(TestHub hub)
    {
        var by = AnsweringHub.MemberOf("power-a");
        var header = new ProvisionHeader
        {
            Way = GivingWay.Api,
            Intake = "member",
            Organization = "power-a",
            GivenBy = "",
            ReceivedAt = default,
            Items = [new ProvisionItem($"{File.Value}.eml")],
            Note = Note.Value,
        };
        var binding = await hub.Get<Attempts>().BindAsync(by, "key-1", header, [Mail()], Cancel);
        var giving = new Giving(by, header, [Mail()])
        {
            Attempt = "key-1",
            Binding = binding,
            ReceivedAt = new DateTimeOffset(2013, 10, 17, 0, 0, 0, TimeSpan.Zero),
        };
        return (await hub.Get<ProvisionIntake>().ReceiveAsync(giving, Cancel)).Id.ToString();
    }

    private static byte[] Mail() =>
        Encoding.UTF8.GetBytes(
            $"Received: from [192.0.2.7] by mx.power-a.example; Thu, 17 Oct 2013 09:00:00 +0900\r\n"
                + $"From: {Sender.Value}@free-mail.example\r\nTo: window@power-a.example\r\n"
                + $"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(Subject.Value))}?=\r\n"
                + $"Message-ID: <{Sender.Value}@free-mail.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{Body.Value}\r\n"
        );

    /// <summary>All that the hub makes of it: situation, search, list, answer, a case, a call, a question.</summary>
    private static async Task WorkAsync(TestHub hub, string id)
    {
        await SettledAsync(hub);
        for (var tries = 0; tries < 400 && !hub.Get<HubSituation>().Current.Mails.Any(); tries++)
        {
            await Task.Delay(25, Cancel);
        }

        var mail = hub.Get<HubSituation>().Current.Mails.ShouldHaveSingleItem().Key;
        using var analyst = hub.As(Hub(Role.Analyst));
        await PostAsync(
            analyst,
            "/api/v1/verdicts",
            new
            {
                mails = new[] { mail },
                verdict = "targeted",
                reason = "analyst",
                note = Reason.Value,
            }
        );
        await PostAsync(
            analyst,
            "/api/v1/cases",
            new
            {
                title = Title.Value,
                mails = new[] { mail },
                provisions = new[] { id },
            }
        );
        var opened = hub.Get<Register<CaseFile>>().All.ShouldHaveSingleItem();
        await PostAsync(analyst, $"/api/v1/cases/{opened.Id}", new { version = opened.Version, comment = Comment.Value });
        await PostAsync(
            analyst,
            "/api/v1/contacts",
            new
            {
                about = id,
                how = "phone",
                at = DateTimeOffset.UnixEpoch,
                text = Call.Value,
            }
        );
        var deadline = TimeProvider.System.GetUtcNow().AddDays(7);
        await PostAsync(
            analyst,
            "/api/v1/inquiries",
            new
            {
                kind = "provider-request",
                about = id,
                text = Question.Value,
                deadline,
            }
        );
        await SettledAsync(hub);
    }

    private static async Task PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancel);
        ((int)answer.StatusCode).ShouldBeLessThan(300, $"{path}: {await answer.Content.ReadAsStringAsync(Cancel)}");
    }

    private static async Task EraseAsync(TestHub hub, string id, string how)
    {
        if (how == "withdrawal")
        {
            using var member = hub.As(AnsweringHub.MemberOf("power-a"));
            using var gone = await member.DeleteAsync($"/api/v1/provisions/{id}", Cancel);
            gone.StatusCode.ShouldBe(HttpStatusCode.OK);
            return;
        }

        using var administrator = hub.As(Hub(Role.Administrator));
        using var run = await administrator.PostAsync("/api/v1/retention/runs", null, Cancel);
        run.StatusCode.ShouldBe(HttpStatusCode.OK, await run.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Where a canary is left: in answers, or in what the hub with its keys can open.</summary>
    private static async Task<IReadOnlyList<string>> LeftAsync(TestHub hub) =>
        [.. Found(Planted, await AnswersAsync(hub)), .. Found(Planted, await OpenedAsync(hub))];

    private static IEnumerable<string> Found(IEnumerable<Canary> canaries, IReadOnlyList<(string Place, string Text)> texts) =>
        from one in texts
        from canary in canaries
        where one.Text.Contains(canary.Value, StringComparison.OrdinalIgnoreCase)
        select $"{canary.Name} in {one.Place}";

    /// <summary>What everybody is answered on every route that reads, and to searches for each canary.</summary>
    private static async Task<IReadOnlyList<(string Place, string Text)>> AnswersAsync(TestHub hub)
    {
        var ids = new List<string>();
        foreach (var entry in await hub.Get<IHubStore>().Steps.ReadKindAsync(DocumentKinds.Provision, 0, 100, Cancel))
        {
            ids.Add(entry.Provision?.ToString() ?? "");
        }

        ids.AddRange(hub.Get<Register<CaseFile>>().All.Select(one => one.Id));
        var paths = hub.Get<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET", StringComparer.Ordinal) == true)
            .Select(one => "/" + (one.RoutePattern.RawText ?? "").TrimStart('/'))
            .Where(path => path.StartsWith("/api/", StringComparison.Ordinal) && path != "/api/v1/events")
            .SelectMany(path => path.Contains('{', StringComparison.Ordinal) ? ids.Select(id => Filled(path, id)) : [path])
            .Concat(Planted.Select(canary => "/api/v1/search?q=" + Uri.EscapeDataString(canary.Value)))
            .ToList();
        paths.Count.ShouldBeGreaterThan(30);
        var texts = new List<(string, string)>();
        foreach (var actor in RoleTable.Hub.Select(Hub).Append(AnsweringHub.MemberOf("power-a")))
        {
            using var client = hub.As(actor);
            foreach (var path in paths)
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
                texts.Add(($"{path} for {actor.Id}", await TextAsync(answer)));
            }
        }

        return texts;
    }

    private static string Filled(string path, string id) =>
        string.Concat(
            path.Split('{', '}')
                .Select(
                    (piece, i) =>
                        i % 2 == 0 ? piece
                        : piece.EndsWith(":int", StringComparison.Ordinal) ? "1"
                        : id
                )
        ) + "?reason=analysis";

    /// <summary>JSON writes other letters as escapes: the texts as they are meant.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return text.StartsWith('{') || text.StartsWith('[') ? JsonElement.Parse(text).Flat() : text;
    }

    /// <summary>Everything in the log and all evidence, opened with the keys.</summary>
    private static async Task<IReadOnlyList<(string Place, string Text)>> OpenedAsync(TestHub hub)
    {
        var store = hub.Get<IHubStore>();
        var texts = new List<(string, string)>();
        foreach (var kind in Rows(hub, "SELECT DISTINCT kind FROM entry"))
        {
            foreach (var entry in await store.Steps.ReadKindAsync(kind, 0, 10_000, Cancel))
            {
                var body = Encoding.UTF8.GetString((entry.Body ?? default).Span);
                var text = body.StartsWith('{') ? JsonElement.Parse(body).Flat() : body;
                texts.Add(($"log {kind}", $"{entry.Subject} {text}"));
                if (kind != DocumentKinds.Provision || entry.Provision is not { } provision)
                {
                    continue;
                }

                foreach (
                    var evidence in (await store.Intake.FindAsync(provision, Cancel)).ShouldNotBeNull().Evidence.Where(one => !one.Erased)
                )
                {
                    texts.Add(("evidence", Encoding.UTF8.GetString(await store.Evidence.GetAsync(evidence.Id, Cancel))));
                }
            }
        }

        return texts;
    }

    /// <summary>The marks by which the hub would know the mail and the key again.</summary>
    private static Task<IReadOnlyList<string>> MarksAsync(TestHub hub) =>
        Task.FromResult(Rows(hub, "SELECT subject FROM entry WHERE substr(subject, 1, 1) = '#'"));

    /// <summary>How many of some marks stand in any file of the data folder.</summary>
    private static int Stands(TestHub hub, IReadOnlyList<string> marks)
    {
        var files = Directory
            .EnumerateFiles(hub.Data, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("lock" or "control"))
            .Select(ReadShared)
            .ToList();
        return marks.Count(mark => files.Exists(file => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark)) >= 0));
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static IReadOnlyList<string> Rows(TestHub hub, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(hub.Data, "noroshi.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static async Task SettledAsync(TestHub hub)
    {
        var steps = hub.Get<StepBook>();
        for (var tries = 0; tries < 400; tries++)
        {
            var lanes = (await steps.AllAsync(Cancel)).Steps.SelectMany(step => step.Lanes).ToList();
            if (lanes.All(lane => lane.Remaining == 0))
            {
                break;
            }

            await Task.Delay(25, Cancel);
        }

        var last = await hub.Get<IHubStore>().Steps.WaitAsync(0, Cancel);
        await hub.Get<HubSituation>().WaitForAsync(last, Cancel);
        await hub.FoundUpToNowAsync();
    }

    private static Actor Hub(Role role) =>
        new()
        {
            Kind = ActorKind.User,
            Id = $"u-{role}".ToLowerInvariant(),
            Roles = new HashSet<Role> { role },
            SecondFactor = true,
        };
}

/// <summary>Texts of a JSON document as they are meant.</summary>
file static class JsonTexts
{
    public static string Flat(this JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => string.Join(' ', json.EnumerateObject().Select(one => $"{one.Name} {one.Value.Flat()}")),
            JsonValueKind.Array => string.Join(' ', json.EnumerateArray().Select(one => one.Flat())),
            JsonValueKind.String => json.GetString() ?? "",
            _ => "",
        };
}
