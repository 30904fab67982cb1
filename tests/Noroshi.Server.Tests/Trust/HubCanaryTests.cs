using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Smtp;
using Noroshi.Server.Smtp.Reception;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Noroshi.Storage.Backups;
using Noroshi.Storage.Sqlite;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>
/// A session with the whole hub in which everything secret is a canary: afterwards none is in a log line, in the data folder or in a backup, in
/// any encoding; and the scan is shown to see each of them where it was sent.
/// </summary>
public sealed class HubCanaryTests
{
    private static readonly Canary Subject = Canary.Japanese("subject");
    private static readonly Canary Body = Canary.Of("body");
    private static readonly Canary Attachment = Canary.Of("attachment");
    private static readonly Canary Header = Canary.Of("header field");
    private static readonly Canary Sender = Canary.Of("sender");
    private static readonly Canary Domain = Canary.Of("domain of an address");
    private static readonly Canary Link = Canary.Of("link");
    private static readonly Canary Password = Canary.Of("password");
    private static readonly Canary WrongPassword = Canary.Of("wrong password");
    private static readonly Canary WrongName = Canary.Of("wrong user name");
    private static readonly Canary Word = Canary.Japanese("word of the identity dictionary");
    private static readonly Canary Organization = Canary.Japanese("name of the organisation");
    private static readonly Canary Path = Canary.Of("path asked for");
    private static readonly Canary Comment = Canary.Japanese("title of a case");
    private static readonly Canary Remark = Canary.Japanese("comment on a case");
    private static readonly Canary Reason = Canary.Japanese("note of a verdict");
    private static readonly Canary Question = Canary.Japanese("question to a provider");
    private static readonly Canary Reply = Canary.Japanese("answer to a question");
    private static readonly Canary Call = Canary.Japanese("note of a telephone call");
    private static readonly Canary Authority = Canary.Japanese("whom something was disclosed to");
    private static readonly Canary Basis = Canary.Japanese("basis of a disclosure");
    private static readonly Canary Person = Canary.Of("user name");
    private static readonly Canary WrongKey = new("wrong key", Canary.Of("wrong key").Value + "12345678");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_and_no_content_of_a_session_is_in_a_log_the_data_folder_or_a_backup()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-hub-canary-").FullName;
        var log = new LogKeeper();
        try
        {
            CanaryScan scan;
            await using (
                var hub = await TestHub.StartAsync(
                    root,
                    services =>
                    {
                        services.AddLogging(logging => logging.AddProvider(log));
                        services.AddSingleton(new SmtpOptions { HostName = "hub.example", IntakeDomain = "hub.example" });
                    },
                    settings =>
                        settings with
                        {
                            Smtp = "127.0.0.1:0",
                            // Everything that an administrator can make the hub say.
                            Options = settings.Options with
                            {
                                Log = new LogOptions { Level = "debug" },
                            },
                        }
                )
            )
            {
                var made = await UseAsync(hub);
                scan = new CanaryScan([.. Planted, .. made]);
                await SettledAsync(hub);
                Clean(scan, hub.Data, "the data folder of the running hub");
                await StoreBackup.CreateAsync((SqliteHubStore)hub.Get<IHubStore>(), System.IO.Path.Combine(root, "backup"), Cancel);
            }

            Clean(scan, System.IO.Path.Combine(root, "data"), "the data folder");
            Clean(scan, System.IO.Path.Combine(root, "backup"), "the backup");
            log.Lines.Count.ShouldBeGreaterThan(10);
            foreach (var line in log.Lines)
            {
                scan.Text("log", line).ShouldBeEmpty(line);
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static IReadOnlyList<Canary> Planted =>
        [
            Subject,
            Body,
            Attachment,
            Header,
            Sender,
            Domain,
            Link,
            Password,
            WrongPassword,
            WrongName,
            Word,
            Organization,
            Path,
            Comment,
            Remark,
            Reason,
            Question,
            Reply,
            Call,
            Authority,
            Basis,
            Person,
            WrongKey,
        ];

    /// <summary>Everything that people and programs do; gives the secrets that the hub itself made.</summary>
    private static async Task<IReadOnlyList<Canary>> UseAsync(TestHub hub)
    {
        var token = (await File.ReadAllTextAsync(System.IO.Path.Combine(hub.Data, "setup-token"), Cancel)).Trim();
        using var browser = new Browser(hub.Address);
        var (status, setup) = await browser.Post(
            "/api/v1/setup",
            new
            {
                token,
                hubNameEn = "Test hub",
                administrator = new { userName = "sato", password = Password.Value },
                firstKey = true,
            }
        );
        status.ShouldBe(HttpStatusCode.Created);
        var key = setup.Get("key");
        await browser.SignIn("sato", Password.Value);
        var (_, authenticator) = await browser.Post("/api/v1/me/authenticator");
        var seed = authenticator.Get("secret");
        (await browser.Put("/api/v1/me/authenticator", new { code = hub.CodeOf(seed) })).Status.ShouldBe(HttpStatusCode.OK);
        var session = browser.Cookies.Select(cookie => cookie.Value).ShouldHaveSingleItem();
        var memberKey = await OrganizeAsync(hub, key);
        var address = await GiveAsync(hub);
        await JudgeAsync(hub);
        await ProbeAsync(hub, browser);
        return
        [
            new Canary("setup token", token),
            new Canary("first key", key),
            new Canary("key of a member", memberKey),
            new Canary("seed of the authenticator", seed),
            new Canary("session", session),
            new Canary("intake address", address),
        ];
    }

    private static async Task<string> OrganizeAsync(TestHub hub, string key)
    {
        using var client = hub.WithKey(key);
        using var made = await client.PutAsJsonAsync(
            "/api/v1/organizations/power-a",
            new { nameJa = Organization.Value, domains = new[] { $"{Domain.Value}.example" } },
            Cancel
        );
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var keeper = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "keeper-1",
                Organization = "power-a",
                Roles = new HashSet<Role> { Role.OrganizationAdmin },
                SecondFactor = true,
            }
        );
        using var words = await keeper.PutAsJsonAsync(
            "/api/v1/organizations/power-a/secrets",
            new { words = new[] { Word.Value } },
            Cancel
        );
        words.StatusCode.ShouldBe(HttpStatusCode.NoContent, await words.Content.ReadAsStringAsync(Cancel));
        using var given = await client.PostAsJsonAsync(
            "/api/v1/keys",
            new { organization = "power-a", scopes = new[] { "provide", "read" } },
            Cancel
        );
        return System.Text.Json.JsonElement.Parse(await given.Content.ReadAsStringAsync(Cancel)).Get("key");
    }

    /// <summary>Three mails by SMTP: two that are alike, so that something is linked, and one that breaks off.</summary>
    private static async Task<string> GiveAsync(TestHub hub)
    {
        var issued = await hub.Get<IntakeAddresses>().IssueAsync(Actor.System, "power-a", null, null);
        var at = hub.Get<SmtpHost>().Bound.ShouldNotBeNull();
        foreach (var number in new[] { 1, 2 })
        {
            await using var client = await Smtp.SmtpClient.ConnectAsync(at);
            await client.GreetAsync();
            await client.SayAsync($"MAIL FROM:<{Sender.Value}@{Domain.Value}.example>");
            (await client.SayAsync($"RCPT TO:<{issued.Address}>")).ShouldStartWith("250");
            (await client.DataAsync(Mail(number) + ".\r\n")).ShouldStartWith("250");
            await client.SayAsync($"VRFY {Path.Value}");
            await client.SayAsync($"{Path.Value} {Path.Value}");
            await client.SayAsync($"RCPT TO:<{WrongName.Value}@hub.example>");
        }

        return issued.Address.Split('@')[0];
    }

    private static string Mail(int number) =>
        $"Received: from [192.0.2.7] by mx.{Domain.Value}.example; Thu, 17 Oct 2013 09:0{number}:00 +0900\r\n"
        + $"From: {Sender.Value} <{Sender.Value}@{Domain.Value}.example>\r\nTo: window@{Domain.Value}.example\r\n"
        + $"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(Subject.Value))}?=\r\n"
        + $"Message-ID: <{number}.{Header.Value}@{Domain.Value}.example>\r\nX-Campaign: {Header.Value}\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + $"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{Body.Value} http://{Link.Value}.example/{Link.Value}?q={Link.Value}\r\n"
        + $"--b\r\nContent-Type: application/octet-stream; name=\"{Attachment.Value}.exe\"\r\n"
        + $"Content-Disposition: attachment; filename=\"{Attachment.Value}.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Convert.ToBase64String(Encoding.UTF8.GetBytes("MZ" + Body.Value + Attachment.Value))
        + "\r\n--b--\r\n";

    /// <summary>What people of the hub write, and an answer of the provider: all registers over the log.</summary>
    private static async Task JudgeAsync(TestHub hub)
    {
        await SettledAsync(hub);
        var mail = hub.Get<HubSituation>().Current.Mails.Keys.First();
        var provision = hub.Get<HubSituation>().ProvisionOf(mail).ShouldNotBeNull().ToString();
        using var analyst = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "analyst-1",
                Roles = new HashSet<Role> { Role.Analyst, Role.Administrator, Role.Coordinator },
                SecondFactor = true,
            }
        );
        var opened = await PostAsync(analyst, "/api/v1/cases", new { title = Comment.Value, mails = new[] { mail } });
        var (id, version) = (opened.Get("id"), opened.GetProperty("version").GetInt64());
        await PostAsync(analyst, $"/api/v1/cases/{id}", new { version, comment = Remark.Value });
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
            "/api/v1/contacts",
            new
            {
                about = provision,
                how = "phone",
                at = DateTimeOffset.UnixEpoch,
                text = Call.Value,
            }
        );
        await PostAsync(
            analyst,
            "/api/v1/disclosures",
            new
            {
                about = provision,
                to = Authority.Value,
                basis = Basis.Value,
                what = Basis.Value,
                providerTold = DateTimeOffset.UnixEpoch,
            }
        );
        var deadline = TimeProvider.System.GetUtcNow().AddDays(7);
        var asked = await PostAsync(
            analyst,
            "/api/v1/inquiries",
            new
            {
                kind = "provider-request",
                about = provision,
                text = Question.Value,
                deadline,
            }
        );
        using var member = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "member-1",
                Organization = "power-a",
                Roles = new HashSet<Role> { Role.MemberCsirt },
            }
        );
        await PostAsync(member, $"/api/v1/inquiries/{asked.Get("id")}/answers", new { text = Reply.Value });
        await PostAsync(
            analyst,
            "/api/v1/users",
            new
            {
                userName = Person.Value,
                organization = "power-a",
                roles = new[] { "member-csirt" },
                displayName = Person.Value,
            }
        );
        // They are where they were written, in the hub that has the keys.
        (await analyst.GetStringAsync($"/api/v1/cases/{id}", Cancel)).ShouldContain("comments");
        hub.Get<Register<ContactNote>>().All.ShouldHaveSingleItem().Value.Text.ShouldBe(Call.Value);
        hub.Get<VerdictWork>().Find(mail).ShouldNotBeNull().Note.ShouldBe(Reason.Value);
    }

    private static async Task<System.Text.Json.JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBeLessThan(300, $"{path}: {text}");
        return text.Length == 0 ? default : System.Text.Json.JsonElement.Parse(text);
    }

    /// <summary>What somebody tries who has nothing: it is refused, and what he sent is not remembered.</summary>
    private static async Task ProbeAsync(TestHub hub, Browser browser)
    {
        using var stranger = hub.Anonymous();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", WrongKey.Value[..40]);
        stranger.DefaultRequestHeaders.Add("User-Agent", Path.Value);
        stranger.DefaultRequestHeaders.Add("Referer", $"https://{Path.Value}.example/");
        foreach (
            var path in new[] { $"/{Path.Value}", $"/api/v1/cases/{Path.Value}?q={Path.Value}", $"/api/v1/organizations/{Path.Value}" }
        )
        {
            using var answer = await stranger.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(400);
            (await browser.Get(path)).Status.ShouldNotBe(HttpStatusCode.InternalServerError);
        }

        using var odd = new HttpRequestMessage(new HttpMethod(Path.Value), "/api/v1/cases");
        using var refused = await stranger.SendAsync(odd, Cancel);
        (await browser.Post("/api/v1/session", new { userName = WrongName.Value, password = WrongPassword.Value })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await browser.Post("/api/v1/cases", new { title = Comment.Value, unknown = Path.Value })).Status.ShouldNotBe(
            HttpStatusCode.InternalServerError
        );
        // Not HTTP at all.
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, hub.Address.Port, Cancel);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{Path.Value}\r\n{Path.Value}: \0{Path.Value}\r\n\r\n"), Cancel);
    }

    /// <summary>Until every step has dealt with everything.</summary>
    private static async Task SettledAsync(TestHub hub)
    {
        var steps = hub.Get<StepBook>();
        for (var i = 0; i < 600; i++)
        {
            var all = (await steps.AllAsync(Cancel)).Steps;
            var lanes = all.SelectMany(step => step.Lanes).ToList();
            if (lanes.All(lane => lane.Remaining == 0 && lane.Waiting == 0))
            {
                lanes.ShouldAllBe(lane => lane.Quarantined == 0);
                return;
            }

            await Task.Delay(100, Cancel);
        }

        throw new TimeoutException("the steps did not get to their end");
    }

    private static void Clean(CanaryScan scan, string folder, string what)
    {
        var (hits, files, bytes) = scan.Folder(folder);
        hits.ShouldBeEmpty(what);
        files.ShouldBeGreaterThan(3, what);
        bytes.ShouldBeGreaterThan(50_000, what);
    }

    /// <summary>All log lines of the process, as text with their values and exceptions.</summary>
    private sealed class LogKeeper : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            // The hub's log leaves scopes out (Logs.Add): those of the framework name the path.
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
