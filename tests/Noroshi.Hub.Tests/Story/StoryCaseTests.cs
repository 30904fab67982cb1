using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Makers.Story;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Story;

/// <summary>The attacker's cases are as the press release tells them.</summary>
public sealed class StoryCaseTests
{
    private static readonly string[] Awkward =
    [
        "attack-first",
        "auto-reply-receipt-number",
        "benign-cannot-open",
        "benign-locked-zip-second-mail",
        "benign-quick-customer",
        "benign-researcher-free-mail",
        "benign-unarchiver-question",
        "contractor-answers",
        "encrypted-unopened",
        "gateway-damaged-headers",
        "ghost-reply-from-quotes",
        "header-less-replies",
        "internal-forward-second-window",
        "live-environment",
        "live-parallel",
        "live-resembles-known",
        "locked-zip-second-mail",
        "own-domain-spoof",
        "persona-change",
        "persona-join",
        "rewriting-list-system",
        "stated-reply-hour",
        "table-1",
        "web-form-notice",
    ];

    [Fact]
    public void Table_1_has_nine_rows_with_their_roles_and_intervals()
    {
        var entries = EntriesOf(4);
        entries
            .Select(entry => entry.Role)
            .ShouldBe([
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
            ]);
        Minutes(entries, 5, 6).ShouldBe(13);
        Minutes(entries, 7, 8).ShouldBe(51);
        Minutes(entries, 1, 2).ShouldBeInRange(11, 15);
        entries[0].Has(Intent.Inquiry).ShouldBeTrue();
        entries[3].Has(Intent.CannotOpen).ShouldBeTrue();
        entries[5].Has(Intent.CannotOpen).ShouldBeTrue();
        entries[6].Has(Intent.WhichUnarchiver).ShouldBeTrue();
        entries[7].Has(Intent.UnarchiverAnswer).ShouldBeTrue();
        new[] { 2, 4, 8 }.Select(at => ClaimedDocument.In(entries[at])).ShouldAllBe(claim => claim == "本研究室の資料");
    }

    [Fact]
    public void The_two_locked_archives_differ_in_what_Lhaplus_opens()
    {
        var adaptation = Adaptation.In(EntriesOf(4))[^1];
        (adaptation.Before, adaptation.After).ShouldBe((4, 8));
        adaptation.Program.ShouldBe("Lhaplus");
        adaptation.OpensBefore.ShouldBe(false);
        adaptation.OpensAfter.ShouldBe(true);
        var (assessment, _, _) = Assessments.Of(EntriesOf(4), at => $"#4-{at + 1}");
        assessment.ShouldBe(Assessment.High);
        Summaries.Of(EntriesOf(4), 2, at => $"#4-{at + 1}").Ja.ShouldContain("Word文書ファイル");
        Summaries.Of(EntriesOf(4), 4, at => $"#4-{at + 1}").Ja.ShouldContain("パスワード付きRAR圧縮ファイル");
        Summaries.Of(EntriesOf(4), 8, at => $"#4-{at + 1}").Ja.ShouldContain("パスワード付きRAR圧縮ファイル");
    }

    [Fact]
    public void Fifteen_cases_of_two_intakes_stand_in_the_order_of_first_contact_and_Table_1_is_the_fourth()
    {
        var firsts = Enumerable.Range(1, 15).Select(number => MailsOf(number)[0]).ToList();
        firsts.Select(mail => mail.ReceivedAt).ShouldBeInOrder();
        firsts
            .Select(mail => mail.Stated?.Intake)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["desk", "member"]);
        StoryMails.Story.World.Mails.Max(mail => mail.Case).ShouldBe(15);
        StoryMails.Story.World.Cases["case-04"].ShouldBe(StoryMails.Story.World.Cases["table-1"]);
        Enumerable
            .Range(1, 15)
            .SelectMany(MailsOf)
            .Where(mail => mail.Direction == MailDirection.Inbound)
            .Select(mail => mail.Stated?.Verdict)
            .ShouldAllBe(verdict => verdict == "targeted");
    }

    [Fact]
    public void Attacks_come_eleven_to_fifteen_minutes_after_the_reply_in_several_cases()
    {
        var quick = Enumerable
            .Range(1, 15)
            .Select(number => (Number: number, Entries: EntriesOf(number)))
            .SelectMany(one =>
                Latency
                    .In(one.Entries)
                    .Where(latency => one.Entries[latency.Next].Role == MessageRole.Attack)
                    .Select(latency => (one.Number, latency.Minutes))
            )
            .Where(one => one.Minutes is >= 11 and <= 15)
            .ToList();
        quick.Select(one => one.Number).Distinct().Count().ShouldBeGreaterThanOrEqualTo(6);
        quick.ShouldContain(one => one.Minutes == 11);
        quick.ShouldContain(one => one.Minutes == 15);
    }

    [Fact]
    public void Stages_are_mixed()
    {
        var roles = Enumerable
            .Range(1, 15)
            .ToDictionary(number => number, number => EntriesOf(number).Select(entry => entry.Role).ToList());
        var attacked = roles.Where(one => one.Value.Contains(MessageRole.Attack)).Select(one => one.Key).ToList();
        attacked.ShouldBe([1, 3, 4, 5, 8, 9, 10, 11, 13, 14], ignoreOrder: true);
        roles.Where(one => !attacked.Contains(one.Key) && one.Value.Contains(MessageRole.Reply)).Select(one => one.Key).ShouldBe([6]);
        roles
            .Where(one => one.Value.TrueForAll(role => role == MessageRole.Reconnaissance))
            .Select(one => one.Key)
            .ShouldBe([2, 7, 12, 15], ignoreOrder: true);
        roles[3][0].ShouldBe(MessageRole.Attack);
    }

    [Fact]
    public void Every_awkward_case_stands_in_the_world_under_its_name() =>
        StoryMails
            .Story.World.Cases.Keys.Where(name => !name.StartsWith("case-", StringComparison.Ordinal))
            .ShouldBe(Awkward, ignoreOrder: true);

    [Fact]
    public void Honest_exchanges_are_not_taken_for_attacks()
    {
        foreach (var (name, files) in StoryMails.Story.World.Cases.Where(one => one.Key.StartsWith("benign-", StringComparison.Ordinal)))
        {
            var entries = Roles.Assign(
                [
                    .. StoryMails
                        .Story.Mails.Where(one => files.Contains(one.Story.File, StringComparer.Ordinal))
                        .Select(one => ExchangeEntry.Of(one.Mail)),
                ],
                suspected: false
            );
            entries.ShouldAllBe(entry => entry.Role == MessageRole.Reply || entry.Role == MessageRole.Other, name);
        }
    }

    [Fact]
    public void The_same_call_gives_the_same_bytes()
    {
        var again = StoryWorld.Build();
        again.Members.ShouldBe(StoryMails.Story.World.Members);
        again.Manifest.ShouldBe(StoryMails.Story.World.Manifest);
        again.Shares.ShouldBe(StoryMails.Story.World.Shares);
        again.Mails.Select(mail => mail.Bytes).ShouldAllBeEqualTo(StoryMails.Story.World.Mails.Select(mail => mail.Bytes));
    }

    private static List<ProvidedMail> MailsOf(int number) =>
        [.. StoryMails.Story.Mails.Where(one => one.Story.Case == number).Select(one => one.Mail).OrderBy(mail => mail.ReceivedAt)];

    private static IReadOnlyList<ExchangeEntry> EntriesOf(int number) =>
        Roles.Assign([.. MailsOf(number).Select(ExchangeEntry.Of)], suspected: true);

    private static double Minutes(IReadOnlyList<ExchangeEntry> entries, int from, int to) =>
        ((entries[to].At - entries[from].At) ?? default).TotalMinutes;
}

internal static class ByteLists
{
    /// <summary>Compared without printing thousands of bytes when they differ.</summary>
    public static void ShouldAllBeEqualTo(this IEnumerable<byte[]> one, IEnumerable<byte[]> other) =>
        one.Zip(other).Count(pair => !pair.First.AsSpan().SequenceEqual(pair.Second)).ShouldBe(0);
}
