using Noroshi.MailAnatomy.Passwords;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Passwords;

public sealed class SecondMailTests
{
    private static bool FreeMail(string domain) => domain == "freemail.example";

    private static HashSet<string> Set(params string[] addresses) => new(addresses, StringComparer.Ordinal);

    [Fact]
    public void The_same_two_addresses_are_the_same_correspondents_in_either_direction_and_case() =>
        SecondMail
            .SameCorrespondents(Set("a@freemail.example", "w@org.example"), Set("W@ORG.example", "<A@freemail.example>"), FreeMail)
            .ShouldBeTrue();

    [Fact]
    public void A_colleague_of_the_sender_writing_to_the_same_window_is_the_same_correspondent() =>
        SecondMail
            .SameCorrespondents(Set("a@corp.example", "w@org.example"), Set("b@corp.example", "w@org.example"), FreeMail)
            .ShouldBeTrue();

    [Fact]
    public void Two_strangers_of_one_free_mail_service_are_not() =>
        SecondMail
            .SameCorrespondents(Set("a@freemail.example", "w@org.example"), Set("b@freemail.example", "w@org.example"), FreeMail)
            .ShouldBeFalse();

    [Fact]
    public void One_common_window_alone_is_not_enough() =>
        SecondMail
            .SameCorrespondents(
                Set("a@corp.example", "w@org.example", "x@org.example"),
                Set("b@other.example", "w@org.example", "y@org.example"),
                FreeMail
            )
            .ShouldBeFalse();

    [Fact]
    public void Nobody_in_common_is_not() =>
        SecondMail.SameCorrespondents(Set("a@corp.example", "w@org.example"), Set("b@corp.example", "v@org.example")).ShouldBeFalse();

    [Fact]
    public void Empty_sets_are_not() => SecondMail.SameCorrespondents(Set(), Set()).ShouldBeFalse();

    [Fact]
    public void With_sender_and_recipients_apart_a_reply_by_a_colleague_is_the_same_exchange() =>
        SecondMail
            .SameCorrespondents("evil@freemail.example", Set("w@org.example"), "person@org.example", Set("evil@freemail.example"), FreeMail)
            .ShouldBeTrue();

    [Fact]
    public void With_sender_and_recipients_apart_two_senders_to_the_same_two_windows_are_strangers() =>
        SecondMail
            .SameCorrespondents(
                "a@x.example",
                Set("w@org.example", "v@org.example"),
                "b@y.example",
                Set("w@org.example", "v@org.example"),
                FreeMail
            )
            .ShouldBeFalse();

    [Fact]
    public void A_missing_sender_is_nobody() =>
        SecondMail.SameCorrespondents("", Set("w@org.example"), "", Set("w@org.example"), FreeMail).ShouldBeFalse();

    [Fact]
    public void Seventy_two_hours_are_the_window_and_a_second_more_is_not()
    {
        var first = new DateTimeOffset(2014, 5, 12, 9, 0, 0, TimeSpan.Zero);
        SecondMail.WithinWindow(first, first.AddHours(-72)).ShouldBeTrue();
        SecondMail.WithinWindow(first, first.AddHours(72).AddSeconds(1)).ShouldBeFalse();
    }

    [Fact]
    public void Hints_of_the_other_mail_keep_their_order_and_name_the_mail() =>
        SecondMail
            .FromOther(
                [new PasswordCandidate("p", "same-mail", "body line 3"), new PasswordCandidate("q", "same-mail", "subject")],
                "second.eml"
            )
            .ShouldBe([
                new PasswordCandidate("p", "second-mail", "second.eml body line 3"),
                new PasswordCandidate("q", "second-mail", "second.eml subject"),
            ]);
}
