using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;
using static Noroshi.Server.Tests.Steps.Hubs;

namespace Noroshi.Server.Tests.Steps;

/// <summary>What the situation owes when working it out, or keeping what follows from it, fails.</summary>
public sealed class HubSituationTests
{
    [Fact]
    public async Task What_could_not_be_kept_is_told_again_without_working_it_out_anew()
    {
        await using var hub = await WithMailsAsync();
        var situation = await SituationOverAsync(hub);
        var first = situation.Work(10, atRest: true);
        first.Frozen.ShouldNotBeNull();
        // The commit failed: nothing was published.
        situation.HasChanged.ShouldBeTrue();
        var again = situation.Work(11, atRest: true);
        again.Frozen.ShouldNotBeNull().State.Epoch.ShouldBeSameAs(first.Frozen.State.Epoch);
        again.Change.Mails.ShouldBe(first.Change.Mails);
        again.Change.Changes.Exchanges.Select(one => one.Id).ShouldBe(first.Change.Changes.Exchanges.Select(one => one.Id));
        again.Situation.ShouldBeSameAs(first.Situation);
        situation.Publish(again);
        situation.HasChanged.ShouldBeFalse();
        situation.Current.ShouldBeSameAs(again.Situation);
        // What is kept is not written again.
        situation.Work(12, atRest: false).Frozen.ShouldBeNull();
    }

    [Fact]
    public async Task Rarities_whose_commit_failed_are_written_also_when_everything_has_to_be_made_anew()
    {
        await using var hub = await WithMailsAsync();
        var situation = await SituationOverAsync(hub);
        situation.Work(10, atRest: true).Frozen.ShouldNotBeNull();
        situation.Restart();
        situation.HasChanged.ShouldBeTrue();
        var worked = situation.Work(11, atRest: true);
        worked.Frozen.ShouldNotBeNull();
        worked.Situation.Mails.Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_last_mails_leave_and_their_values_too_when_the_first_attempt_fails()
    {
        await using var hub = await WithMailsAsync();
        var situation = await SituationOverAsync(hub);
        situation.Publish(situation.Work(10, atRest: true));
        situation.Current.Mails.Count.ShouldBe(3);
        var provisions = (await hub.EntriesAsync(DocumentKinds.Mail)).Select(entry => entry.Provision).OfType<ProvisionId>().ToList();
        var forgetting = situation.ForgetAsync(provisions, Token);
        situation.Work(11, atRest: true);
        forgetting.IsCompleted.ShouldBeFalse();
        situation.Restart();
        situation.HasChanged.ShouldBeTrue();
        var worked = situation.Work(12, atRest: true);
        worked.Frozen.ShouldNotBeNull().State.Epoch.ShouldNotBeNull().Frequencies.ShouldBeEmpty();
        forgetting.IsCompleted.ShouldBeFalse();
        situation.Publish(worked);
        await forgetting;
        situation.Current.Mails.ShouldBeEmpty();
    }

    /// <summary>A step that was at work on a mail while it was erased reads or writes it afterwards.</summary>
    [Fact]
    public async Task What_is_read_late_does_not_bring_an_erased_mail_back()
    {
        await using var hub = await WithMailsAsync();
        var situation = await SituationOverAsync(hub);
        situation.Publish(situation.Work(10, atRest: true));
        var late = (await hub.EntriesAsync(DocumentKinds.Mail))[0];
        _ = situation.ForgetAsync([late.Provision.ShouldNotBeNull()], Token);
        situation.Apply(late);
        situation.Ahead.ShouldBe(2);
        situation.Publish(situation.Work(11, atRest: true));
        situation.Current.Mails.ContainsKey(late.Subject).ShouldBeFalse();
        situation.ProvisionOf(late.Subject).ShouldBeNull();

        var fresh = new FreshMails();
        var document = MailDocument.Read(late).ShouldNotBeNull();
        fresh.Put(late.Provision.Value, late.Body ?? default, document);
        fresh.Read(late).ShouldBeSameAs(document);
        fresh.Forget([late.Provision.Value], [late.Subject]);
        fresh.Put(late.Provision.Value, late.Body ?? default, document);
        fresh.Read(late).ShouldNotBeSameAs(document);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task The_password_of_an_erased_mail_that_is_noted_late_opens_nothing(bool erased, int tried)
    {
        await using var hub = await WithMailsAsync();
        // The first and the last are of the same correspondents.
        var entries = await hub.EntriesAsync(DocumentKinds.Mail);
        var (giving, locked) = (PasswordMailOf(entries[0], locked: false), PasswordMailOf(entries[^1], locked: true));
        var seconds = new SecondMailIndex();
        seconds.Note(locked).ShouldBeEmpty();
        if (erased)
        {
            seconds.Forget([giving.Provision]);
        }

        seconds.Note(giving).Count.ShouldBe(tried);
        seconds.Note(locked).Count.ShouldBe(tried);
    }

    [Fact]
    public async Task A_warning_that_no_mail_completed_ends_with_the_newest_mail_of_its_exchange()
    {
        await using var hub = await WithMailsAsync();
        var asked = await hub.GiveAsync(
            ("q.eml", Mails.Plain("ご質問", "p9@webmail.example", text: "貴社で使っている解凍ソフトは何ですか。"))
        );
        await hub.SettleAsync();
        var current = hub.Get<HubSituation>().Current;
        var warning = new NewWarning(current.Warnings.ShouldHaveSingleItem(), "power-a", CompletedBy: null, []);
        var provision = asked.Id;
        warning.Warning.Detail.ShouldContain("解凍ソフト");
        SituateStep.DocumentOf(warning, current, hub.Get<HubSituation>().ProvisionOf).ShouldNotBeNull().Provision.ShouldBe(provision);
        SituateStep.DocumentOf(warning, current, _ => null).ShouldBeNull();
        var unknown = warning with { Warning = warning.Warning with { Conversation = "none" } };
        SituateStep.DocumentOf(unknown, current, hub.Get<HubSituation>().ProvisionOf).ShouldBeNull();
    }

    private static PasswordMail PasswordMailOf(LogEntry entry, bool locked)
    {
        var document = MailDocument.Read(entry).ShouldNotBeNull();
        var archive = new FileFacts
        {
            Name = "a.zip",
            DisplayedName = "a.zip",
            Path = "a.zip",
            Type = FileType.EncryptedUnopened,
            Encrypted = true,
        };
        var facts = locked
            ? document.Mail.Facts with
            {
                Attachments = [archive],
            }
            : document.Mail.Facts with
            {
                PasswordHints = [new PasswordCandidate("Zq8kfQ7x", "body", "text")],
            };
        return new PasswordMail(
            document with
            {
                Mail = document.Mail with { Facts = facts },
            },
            entry.Provision.ShouldNotBeNull(),
            entry.WrittenAt
        );
    }

    private static async Task<TestHub> WithMailsAsync()
    {
        var hub = await StartAsync();
        await hub.RegisterAsync("power-a");
        for (var i = 0; i < 3; i++)
        {
            await hub.GiveAsync(($"{i}.eml", Mails.Plain("Question", $"p{i % 2}@webmail.example", text: $"Hello {i}, the same words")));
        }

        await hub.SettleAsync();
        return hub;
    }

    /// <summary>A situation of its own over what the hub holds.</summary>
    private static async Task<HubSituation> SituationOverAsync(TestHub hub)
    {
        var situation = new HubSituation(hub.Get<Community>(), new FreshMails(), hub.Get<IHubStore>(), new PipelineSettings(), new HarvestedWords());
        situation.Begin(new SituationMemory(SituationState.Empty, 0));
        foreach (var entry in await hub.EntriesAsync(DocumentKinds.Mail))
        {
            situation.Apply(entry);
        }

        return situation;
    }
}
