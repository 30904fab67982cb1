using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;
using static Noroshi.Server.Tests.Steps.Hubs;

namespace Noroshi.Server.Tests.Judgement;

/// <summary>What is written about a provision ends with it, and nothing else does (decision 16).</summary>
public sealed class CaseWordsTests
{
    private const string Title = "title of both";
    private const string General = "said of the case as a whole";
    private const string Particular = "said of the first mail";

    private static readonly Actor Analyst = new()
    {
        Kind = ActorKind.User,
        Id = "u-analyst",
        Roles = new HashSet<Role> { Role.Analyst },
        SecondFactor = true,
    };

    [Fact]
    public async Task A_case_over_two_provisions_keeps_what_is_not_about_the_erased_one_and_ends_with_the_other()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-words-").FullName;
        try
        {
            ProvisionId second;
            string id;
            await using (var hub = await StartAsync(root))
            {
                var first = (await hub.GiveAsync(("a.eml", Mails.Plain("one")))).Id;
                second = (await hub.GiveAsync(("b.eml", Mails.Plain("two")))).Id;
                await hub.SettleAsync();
                var mails = new[] { KeyOf(hub, first), KeyOf(hub, second) };
                using var client = hub.As(Analyst);
                var made = await SendAsync(client, "/api/v1/cases", new { title = Title, mails });
                id = made.GetProperty("id").GetString() ?? "";
                made = await SendAsync(client, $"/api/v1/cases/{id}", new { version = VersionOf(made), comment = General });
                made = await SendAsync(
                    client,
                    $"/api/v1/cases/{id}",
                    new
                    {
                        version = VersionOf(made),
                        comment = Particular,
                        commentAbout = mails[0],
                    }
                );
                Shown(made).ShouldBe((Title, $"{General}, {Particular}"));
                using var refused = await client.PostAsJsonAsync(
                    $"/api/v1/cases/{id}",
                    new
                    {
                        version = VersionOf(made),
                        comment = "x",
                        commentAbout = "another",
                    },
                    Token
                );
                refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

                await EraseAsync(hub, first);
                Shown(await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}", Token)).ShouldBe((Title, General));
                (await OpensAsync(hub, Particular)).ShouldBeFalse();
                (await OpensAsync(hub, General)).ShouldBeTrue();
            }

            await using var later = await StartAsync(root);
            await later.SettleAsync();
            using var again = later.As(Analyst);
            Shown(await again.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}", Token)).ShouldBe((Title, General));
            await EraseAsync(later, second);
            var left = await again.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}", Token);
            Shown(left).ShouldBe(("", ""));
            left.GetProperty("case").GetProperty("mails").GetArrayLength().ShouldBe(2, "that there was a case is a result");
            (await again.GetStringAsync($"/api/v1/cases/{id}/history", Token)).ShouldNotContain("said of");
            foreach (var words in new[] { Title, General, Particular })
            {
                (await OpensAsync(later, words)).ShouldBeFalse(words);
            }

            // Work goes on: what is said now is not lost.
            left = await SendAsync(
                again,
                $"/api/v1/cases/{id}",
                new
                {
                    version = VersionOf(left),
                    comment = "closed",
                    verb = "close",
                }
            );
            Shown(left).ShouldBe(("", "closed"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_title_covers_what_comes_into_the_case_later()
    {
        await using var hub = await StartAsync();
        var first = (await hub.GiveAsync(("a.eml", Mails.Plain("one")))).Id;
        var second = (await hub.GiveAsync(("b.eml", Mails.Plain("two")))).Id;
        await hub.SettleAsync();
        using var client = hub.As(Analyst);
        var made = await SendAsync(client, "/api/v1/cases", new { title = Title, mails = new[] { KeyOf(hub, first) } });
        var id = made.GetProperty("id").GetString();
        await SendAsync(client, $"/api/v1/cases/{id}", new { version = VersionOf(made), addMails = new[] { KeyOf(hub, second) } });
        await EraseAsync(hub, first);
        Shown(await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}", Token)).Title.ShouldBe(Title);
    }

    [Theory]
    [InlineData("words:abc")]
    [InlineData("new:abc")]
    public async Task A_title_may_look_like_anything(string title)
    {
        await using var hub = await StartAsync();
        using var client = hub.As(Analyst);
        Shown(await SendAsync(client, "/api/v1/cases", new { title })).Title.ShouldBe(title);
    }

    [Fact]
    public async Task A_verdict_stays_when_its_note_has_ended()
    {
        await using var hub = await StartAsync();
        var given = (await hub.GiveAsync(("a.eml", Mails.Plain("one")))).Id;
        await hub.SettleAsync();
        var mail = KeyOf(hub, given);
        using var client = hub.As(Analyst);
        await SendAsync(
            client,
            "/api/v1/verdicts",
            new
            {
                mails = new[] { mail },
                verdict = "targeted",
                reason = "analyst",
                note = Particular,
            }
        );
        hub.Get<VerdictWork>().Find(mail).ShouldNotBeNull().Note.ShouldBe(Particular);
        (await client.GetStringAsync("/api/v1/intake-list", Token)).ShouldContain(Particular);
        await EraseAsync(hub, given);
        hub.Get<VerdictWork>().Find(mail).ShouldBe(new GivenVerdict(Verdict.Targeted, VerdictReason.Analyst, Analyst.Id));
        (await OpensAsync(hub, Particular)).ShouldBeFalse();
    }

    /// <summary>Somebody writes in the moment in which it is erased: the store keeps an empty version, and so does memory.</summary>
    [Fact]
    public async Task What_is_written_about_a_provision_while_it_is_erased_is_not_kept_in_memory()
    {
        await using var hub = await StartAsync();
        var given = (await hub.GiveAsync(("a.eml", Mails.Plain("one")))).Id;
        await hub.SettleAsync();
        var contacts = hub.Get<Register<ContactNote>>();
        var note = new ContactNote(given.ToString(), "phone", null, DateTimeOffset.UnixEpoch, Particular, "u");
        await hub.Get<HubRecords>().ChangeAsync([], contacts.Put("c1", note, RetentionClass.PersonalData, given));
        contacts.Find("c1").ShouldNotBeNull();
        await hub.Get<IHubStore>().Erasure.EraseAsync(Order(given), Token);
        await hub.Get<HubRecords>().ChangeAsync([], contacts.Put("c2", note, RetentionClass.PersonalData, given));
        contacts.Find("c2").ShouldBeNull();
        (await OpensAsync(hub, Particular)).ShouldBeFalse();
    }

    private static string KeyOf(TestHub hub, ProvisionId id) =>
        hub.Get<HubSituation>().Current.Mails.Keys.Single(key => hub.Get<HubSituation>().ProvisionOf(key) == id);

    private static long VersionOf(JsonElement view) => view.GetProperty("version").GetInt64();

    private static (string? Title, string Comments) Shown(JsonElement view)
    {
        var one = view.GetProperty("case");
        return (
            one.GetProperty("title").GetString(),
            string.Join(", ", one.GetProperty("comments").EnumerateArray().Select(comment => comment.GetProperty("text").GetString()))
        );
    }

    private static Task<IReadOnlyList<ErasureReceipt>> EraseAsync(TestHub hub, ProvisionId id) =>
        hub.Get<Erasures>().EraseAsync([Order(id)], Token);

    private static ErasureOrder Order(ProvisionId id) =>
        new(
            id,
            new HashSet<RetentionClass> { RetentionClass.Original, RetentionClass.PersonalData, RetentionClass.Sample },
            "system",
            "withdrawal"
        );

    /// <summary>Whether the hub with all its keys can still read some words in its log.</summary>
    private static async Task<bool> OpensAsync(TestHub hub, string words)
    {
        foreach (var kind in new[] { "case", CaseBook.WordsKind, "verdict", VerdictWork.NoteKind, "contact" })
        {
            if (
                (await hub.EntriesAsync(kind)).Any(entry =>
                    Encoding.UTF8.GetString((entry.Body ?? default).Span).Contains(words, StringComparison.Ordinal)
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        ((int)answer.StatusCode).ShouldBeLessThan(300, text);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }
}
