using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Jail;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Tests.Cli;
using Shouldly;
using Xunit;
using static Noroshi.Server.Tests.Steps.Hubs;

namespace Noroshi.Server.Tests.Steps;

public sealed class PipelineTests
{
    private static readonly StepManners Quick = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(10),
        Glance = TimeSpan.FromMilliseconds(50),
        MostTries = 3,
    };

    [Fact]
    public async Task A_provided_mail_is_taken_apart_and_stands_in_the_situation_under_a_key_of_its_provision()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("power-a");
        var receipt = await hub.GiveAsync(
            ("fwd.eml", Mails.Forward(Mails.Plain("one"), Mails.Plain("two"))),
            ("box.mbox", Mails.Box(Mails.Plain("three")))
        );
        await hub.SettleAsync();
        var mails = hub.Get<HubSituation>().Current.Mails;
        var code = ReceiptCode.Of(receipt.Id);
        mails.Keys.Order(StringComparer.Ordinal).ShouldBe([$"{code}-1", $"{code}-1.1", $"{code}-1.2", $"{code}-2.1"]);
        mails[$"{code}-1"].Direction.ShouldBe(MailDirection.Provision);
        mails[$"{code}-1"].Reported.Values.Order(StringComparer.Ordinal).ShouldBe([$"{code}-1.1", $"{code}-1.2"]);
        mails[$"{code}-1.1"].Carrier.ShouldBe($"{code}-1");
        mails[$"{code}-1.2"].Direction.ShouldBe(MailDirection.Inbound);
        mails[$"{code}-2.1"].Organization.ShouldBe("power-a");
        var anatomy = (await hub.EntriesAsync(DocumentKinds.Anatomy)).Single(entry => entry.Subject == $"{code}-2.1");
        JsonDocument.Parse(anatomy.Body ?? default).RootElement.GetProperty("subject").GetString().ShouldBe("three");
    }

    [Fact]
    public async Task What_holds_no_mail_gives_a_finding_and_what_is_no_mail_provision_passes()
    {
        await using var hub = await StartAsync();
        var notes = await hub.GiveAsync(("notes.txt", "just words"u8.ToArray()));
        await hub.GiveAsync(header => header with { Kind = ProvisionKind.Traffic }, ("flow.eml", Mails.Plain("not looked at")));
        await hub.SettleAsync();
        var finding = (await hub.EntriesAsync(DocumentKinds.Finding)).ShouldHaveSingleItem();
        finding.Subject.ShouldBe($"{ReceiptCode.Of(notes.Id)}:1.1");
        Encoding.UTF8.GetString((finding.Body ?? default).Span).ShouldContain(FindingCodes.Run.NoMail.Code);
        hub.Get<HubSituation>().Current.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_goes_on_after_a_restart_and_nothing_is_done_twice()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-steps-").FullName;
        try
        {
            var blocked = new TaskCompletionSource();
            var workers = new ToldWorkers((bytes, _) => Holds(bytes, "stuck") ? blocked.Task : Task.CompletedTask);
            await using (var hub = await StartAsync(root, workers, Quick with { Parallel = 1, CommitEvery = 1 }))
            {
                await hub.GiveAsync(("a.eml", Mails.Plain("first")));
                await hub.GiveAsync(("b.eml", Mails.Plain("stuck", text: "stuck")));
                await hub.GiveAsync(("c.eml", Mails.Plain("third")));
                while ((await hub.EntriesAsync(DocumentKinds.Mail)).Count < 1)
                {
                    await Task.Delay(20, Token);
                }
            }

            await workers.DisposeAsync();
            await using var again = await StartAsync(root);
            await again.SettleAsync();
            again.Subjects().Order(StringComparer.Ordinal).ShouldBe(["first", "stuck", "third"]);
            (await again.EntriesAsync(DocumentKinds.Mail))
                .Select(entry => entry.Subject)
                .Distinct(StringComparer.Ordinal)
                .Count()
                .ShouldBe(3);
            (await again.EntriesAsync(DocumentKinds.Mail)).Count.ShouldBe(3);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_poisoned_entry_goes_to_quarantine_the_others_go_on_and_releasing_it_heals_it()
    {
        var healed = false;
        await using var workers = new ToldWorkers(
            (bytes, _) => Holds(bytes, "poison") && !healed ? throw new InvalidOperationException("boom") : Task.CompletedTask
        );
        await using var hub = await StartAsync(workers: workers, manners: Quick);
        await hub.GiveAsync(("a.eml", Mails.Plain("poison", text: "poison")));
        await hub.GiveAsync(("b.eml", Mails.Plain("good")));
        await hub.SettleAsync();
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["good"]);
        var given = (await hub.Get<StepBook>().AllAsync(Token))
            .Steps.Single(step => step.Name == "dissect")
            .Lanes[0]
            .GivenUp.ShouldHaveSingleItem();
        (given.Attempts, given.Reason).ShouldBe((3, nameof(InvalidOperationException)));
        healed = true;
        (await hub.Get<StepBook>().ReleaseAsync(Hub.Identity.Actor.System, "dissect", given.Position, Token)).ShouldBeTrue();
        await hub.SettleAsync();
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["good", "poison"]);
    }

    [Fact]
    public async Task A_pool_that_fails_for_a_while_loses_nothing()
    {
        var failures = 2;
        await using var workers = new ToldWorkers(
            (_, _) => Interlocked.Decrement(ref failures) >= 0 ? throw new JailException("no worker") : Task.CompletedTask
        );
        await using var hub = await StartAsync(workers: workers, manners: Quick);
        await hub.GiveAsync(("a.eml", Mails.Plain("one")));
        await hub.SettleAsync();
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["one"]);
    }

    [Fact]
    public async Task Live_mails_go_before_imported_ones()
    {
        var order = new List<string>();
        var open = new TaskCompletionSource();
        await using var workers = new ToldWorkers(
            async (bytes, recycle) =>
            {
                lock (order)
                {
                    order.Add(recycle ? "bulk" : "live");
                }

                await (recycle ? Task.CompletedTask : open.Task);
            }
        );
        await using var hub = await StartAsync(workers: workers, manners: Quick);
        await hub.GiveAsync(("live.eml", Mails.Plain("live")));
        while (order.Count == 0)
        {
            await Task.Delay(10, Token);
        }

        for (var i = 0; i < 5; i++)
        {
            await hub.GiveAsync(Lane.Bulk, header => header, ($"{i}.eml", Mails.Plain($"old {i}")));
        }

        await Task.Delay(300, Token);
        lock (order)
        {
            order.ShouldBe(["live"]);
        }

        open.SetResult();
        await hub.SettleAsync();
        order.ShouldBe(["live", "bulk", "bulk", "bulk", "bulk", "bulk"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_mail_opens_the_first_whichever_comes_first(bool passwordFirst)
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("power-a");
        var locked = Mails.With(
            "locked",
            "Thu, 17 Oct 2013 09:02:00 +0900",
            "see below",
            "a.zip",
            Mails.LockedZip("Zq8kfQ7x", ("x.txt", "secret"u8.ToArray()))
        );
        var second = Mails.Second("Thu, 17 Oct 2013 10:02:00 +0900", "Zq8kfQ7x");
        foreach (var mail in passwordFirst ? new[] { second, locked } : [locked, second])
        {
            await hub.GiveAsync(("mail.eml", mail));
            await hub.SettleAsync();
        }

        var opened = hub.Get<HubSituation>().Current.Mails.Values.Single(mail => mail.Facts.Subject == "locked");
        opened
            .AllFiles()
            .ShouldContain(file => file.Password != null && file.Password.Value == "Zq8kfQ7x" && file.Password.Source == "second-mail");
        hub.Get<HubSituation>().Current.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_organisations_password_opens_nothing()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("power-a");
        await hub.RegisterAsync("power-b");
        var locked = Mails.With(
            "locked",
            "Thu, 17 Oct 2013 09:02:00 +0900",
            "see",
            "a.zip",
            Mails.LockedZip("Zq8kfQ7x", ("x.txt", "s"u8.ToArray()))
        );
        var receipt = await hub.GiveAsync(("a.eml", locked));
        await hub.GiveAsync(
            header => header with { Organization = "power-b" },
            ("b.eml", Mails.Second("Thu, 17 Oct 2013 10:02:00 +0900", "Zq8kfQ7x"))
        );
        await hub.SettleAsync();
        hub.Get<HubSituation>().Current.Mails[$"{ReceiptCode.Of(receipt.Id)}-1"].AllFiles().ShouldNotContain(file => file.Password != null);
    }

    [Fact]
    public async Task The_agreed_password_opens_a_members_archive_and_is_named_nowhere()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("power-a");
        using var administrator = hub.As(Of("power-a", Role.OrganizationAdmin));
        await SetAsync(administrator, HttpStatusCode.NoContent, "Old-one", "Kf8-agreed-Q2");
        await hub.GiveAsync(("report.zip", Mails.LockedZip("Kf8-agreed-Q2", ("x.eml", Mails.Plain("inside")))));
        await hub.SettleAsync();
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["inside"]);
        foreach (var kind in new[] { DocumentKinds.Mail, DocumentKinds.Anatomy, DocumentKinds.Finding })
        {
            foreach (var entry in await hub.EntriesAsync(kind))
            {
                Encoding.UTF8.GetString((entry.Body ?? default).Span).ShouldNotContain("Kf8-agreed-Q2");
            }
        }

        (await administrator.GetStringAsync(ZipPasswords, Token)).ShouldBe("""{"count":2}""");
        var journal = await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Action = JournalActions.SecretChanged }, Token);
        journal.Select(one => one.Record.Subject).ShouldBe(["power-a"]);
    }

    [Fact]
    public async Task Agreed_passwords_are_set_by_the_organisation_and_the_coordinator_and_count_from_the_next_mail_on()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("power-a");
        await hub.RegisterAsync("gas-b");
        using var coordinator = hub.As(Of(null, Role.Coordinator));
        using var csirt = hub.As(Of("power-a", Role.MemberCsirt));
        using var stranger = hub.As(Of("gas-b", Role.OrganizationAdmin));
        await SetAsync(csirt, HttpStatusCode.Forbidden, "Kf8-agreed-Q2");
        await SetAsync(stranger, HttpStatusCode.NotFound, "Kf8-agreed-Q2");
        await SetAsync(coordinator, HttpStatusCode.BadRequest);
        await SetAsync(coordinator, HttpStatusCode.BadRequest, "two\nlines");
        await SetAsync(coordinator, HttpStatusCode.NoContent, "Kf8-agreed-Q2");
        await hub.GiveAsync(("a.zip", Mails.LockedZip("Kf8-agreed-Q2", ("x.eml", Mails.Plain("inside")))));
        await hub.SettleAsync();
        hub.Subjects().ShouldBe(["inside"]);
        using var removed = await coordinator.DeleteAsync(ZipPasswords, Token);
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await hub.GiveAsync(("b.zip", Mails.LockedZip("Kf8-agreed-Q2", ("y.eml", Mails.Plain("shut")))));
        await hub.SettleAsync();
        hub.Subjects().ShouldNotContain(one => one == "shut");
    }

    private const string ZipPasswords = "/api/v1/organizations/power-a/zip-passwords";

    private static Actor Of(string? organization, Role role) =>
        new()
        {
            Kind = ActorKind.User,
            Id = "u",
            Organization = organization,
            Roles = new HashSet<Role> { role },
            SecondFactor = true,
        };

    private static async Task SetAsync(HttpClient client, HttpStatusCode expected, params string[] passwords)
    {
        using var answer = await client.PutAsJsonAsync(ZipPasswords, new { passwords }, Token);
        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_held_provision_is_linked_after_its_release_and_a_withdrawn_or_erased_one_leaves()
    {
        await using var hub = await StartAsync();
        var held = await hub.GiveAsync(header => header with { Quarantine = "sender" }, ("a.eml", Mails.Plain("held")));
        var other = await hub.GiveAsync(("b.eml", Mails.Plain("other")));
        await hub.SettleAsync();
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["other"]);
        await AppendAsync(hub, DocumentKinds.Release, held.Id);
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["held", "other"]);
        await AppendAsync(hub, DocumentKinds.Withdrawal, held.Id);
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["other"]);
        await hub.Get<HubSituation>().ForgetAsync([other.Id], Token);
        hub.Subjects().ShouldBeEmpty();
        await hub.GiveAsync(("c.eml", Mails.Plain("third")));
        await hub.SettleAsync();
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["third"]);
    }

    /// <summary>Nothing stays at hand: every change reads the mails of its organisation from the log.</summary>
    [Fact]
    public async Task A_situation_whose_mails_come_from_the_log_is_the_same_and_forgets_what_was_erased()
    {
        await using var hub = await Hubs.StartAsync(mailsAtHand: 0);
        await hub.RegisterAsync("power-a");
        var receipts = new List<Receipt>();
        for (var i = 0; i < 5; i++)
        {
            receipts.Add(await hub.GiveAsync(($"{i}.eml", Mails.Plain("Question", $"p{i % 2}@webmail.example", text: $"Hello {i}"))));
            await hub.SettleAsync();
        }

        var situation = hub.Get<HubSituation>();
        var mails = (await hub.EntriesAsync(DocumentKinds.Mail)).Select(MailDocument.Read).OfType<MailDocument>().ToList();
        Print(situation.Current).ShouldBe(Print(Situations.Of([.. mails.Select(one => one.Known)], hub.Get<Community>().Current, [])));
        var before = situation.Current;
        var erased = receipts[1].Id;
        var order = new ErasureOrder(erased, Enum.GetValues<RetentionClass>().ToHashSet(), "system", "retention");
        await hub.Get<IHubStore>().Erasure.EraseAsync(order, Token);
        before.Mails.Values.Count().ShouldBe(4);
        await situation.ForgetAsync([erased], Token);
        var left = mails.Where(one => !one.Mail.Key.StartsWith(ReceiptCode.Of(erased), StringComparison.Ordinal)).Select(one => one.Known);
        Print(situation.Current).ShouldBe(Print(Situations.Of([.. left], hub.Get<Community>().Current, [])));
        situation.Current.Mails.Count.ShouldBe(4);
        await situation.ForgetAsync([erased], Token);
    }

    [Fact]
    public async Task A_repeated_analysis_replaces_what_was_there_under_the_same_keys()
    {
        await using var hub = await StartAsync();
        await hub.GiveAsync(("a.zip", Mails.Zip(("x.eml", Mails.Plain("one")), ("y.eml", Mails.Plain("two")))));
        await hub.GiveAsync(Lane.Bulk, header => header, ("b.eml", Mails.Plain("three")));
        await hub.SettleAsync();
        var before = await hub.EntriesAsync(DocumentKinds.Mail);
        var view = await hub.Get<StepBook>().OrderAsync(Hub.Identity.Actor.System, Token);
        view.Name.ShouldStartWith("dissect@");
        await hub.SettleAsync();
        var after = await hub.EntriesAsync(DocumentKinds.Mail);
        after.Count.ShouldBe(before.Count * 2);
        after.Select(entry => entry.Subject).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["one", "three", "two"]);
    }

    /// <summary>Facts have a term of their own: the end of the bytes is not the end of what was found in them.</summary>
    [Fact]
    public async Task A_repeated_analysis_keeps_what_was_found_in_originals_whose_term_is_over()
    {
        await using var hub = await StartAsync();
        var gone = await hub.GiveAsync(
            ("a.zip", Mails.Zip(("x.eml", Mails.Plain("one")), ("y.eml", Mails.Plain("two")))),
            ("b.eml", Mails.Plain("three"))
        );
        await hub.GiveAsync(("c.eml", Mails.Plain("four")));
        await hub.SettleAsync();
        var store = hub.Get<IHubStore>();
        var before = hub.Get<HubSituation>().Current.Mails.Keys.Order(StringComparer.Ordinal).ToList();
        var originals = new ErasureOrder(gone.Id, new HashSet<RetentionClass> { RetentionClass.Original }, "system", "retention");
        (await store.Erasure.EraseAsync(originals, Token)).Evidence.ShouldBe(2);
        await hub.Get<StepBook>().OrderAsync(Hub.Identity.Actor.System, Token);
        await hub.SettleAsync();
        (await hub.EntriesAsync(DocumentKinds.Mail)).ShouldAllBe(entry => entry.Body.HasValue && !entry.Body.Value.IsEmpty);
        hub.Get<HubSituation>().Current.Mails.Keys.Order(StringComparer.Ordinal).ShouldBe(before);
        hub.Subjects().Order(StringComparer.Ordinal).ShouldBe(["four", "one", "three", "two"]);
    }

    [Fact]
    public async Task The_situation_over_the_log_is_the_one_of_all_mails_at_once()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-steps-").FullName;
        try
        {
            List<KnownMail> mails = [];
            string incremental;
            await using (var hub = await StartAsync(root))
            {
                await hub.RegisterAsync("power-a");
                for (var i = 0; i < 6; i++)
                {
                    await hub.GiveAsync(($"{i}.eml", Mails.Plain("Question", $"p{i % 2}@webmail.example", text: $"Hello {i}")));
                    await hub.SettleAsync();
                }

                mails.AddRange(
                    (await hub.EntriesAsync(DocumentKinds.Mail)).Select(MailDocument.Read).OfType<MailDocument>().Select(one => one.Known)
                );
                incremental = Print(hub.Get<HubSituation>().Current);
                incremental.ShouldBe(Print(Situations.Of(mails, hub.Get<Community>().Current, [])));
            }

            await using var again = await StartAsync(root);
            await again.SettleAsync();
            Print(again.Get<HubSituation>().Current).ShouldBe(incremental);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task AppendAsync(Hosting.TestHub hub, string kind, ProvisionId id)
    {
        await hub.Get<IHubStore>()
            .Steps.AppendAsync(
                new HubChange { Documents = [new NewDocument(null, kind, RetentionClass.Result, "{}"u8.ToArray(), id.ToString())] },
                Token
            );
        await hub.SettleAsync();
    }

    private static bool Holds(ReadOnlyMemory<byte> bytes, string word) => bytes.Span.IndexOf(Encoding.ASCII.GetBytes(word)) >= 0;

    private static string Print(Situation situation)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            Noroshi.Server.Analysis.SituationJson.Write(json, situation);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
