using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Shouldly;
using Xunit;
using static Noroshi.Hub.Tests.Conversations.Threading.Letters;

namespace Noroshi.Hub.Tests.Conversations.Threading;

public sealed class HeaderThreadsTests
{
    [Fact]
    public void In_reply_to_alone_is_trusted_although_the_subject_changed() =>
        Threaded(Named("a", 0, "製品について"), Named("b", 9, "納期のお願い", null, Id("a"))).ShouldBe("a b<a");

    [Fact]
    public void The_last_reference_is_the_parent() =>
        Threaded(Named("a", 0, "製品"), Named("b", 5, "Re: 製品", null, Id("a")), Named("c", 9, "Re: 製品", null, null, Id("a"), Id("b")))
            .ShouldBe("a b<a c<b");

    [Fact]
    public void References_with_another_subject_do_not_join() =>
        Threaded(Named("a", 0, "製品について"), Named("b", 9, "懇親会のご案内", null, null, Id("a"))).ShouldBe("a | b<?");

    [Fact]
    public void Answers_to_a_mail_that_is_not_here_stand_together()
    {
        ProvidedMail[] mails = [Named("b", 5, "Re: 製品", null, Id("a")), Named("c", 9, "Re: 製品", null, Id("a"))];
        Threaded(mails).ShouldBe("b<? c<?");
        Link(mails, "c").ShouldBe(new ParentLink("c", null, ParentBasis.Header, 1));
    }

    [Fact]
    public void An_empty_container_in_the_middle_joins_both_ends_without_inventing_a_parent() =>
        Threaded(Named("a", 0, "製品"), Named("c", 9, "Re: 製品", null, Id("b"), Id("a"), Id("b"))).ShouldBe("a c<?");

    [Fact]
    public void References_to_an_absent_mail_join_only_the_same_subject() =>
        Threaded(
                Named("b", 5, "Re: 製品", null, null, Id("a")),
                Named("c", 7, "Re: 製品", null, null, Id("a")),
                Named("d", 9, "懇親会", null, null, Id("a"))
            )
            .ShouldBe("b<? c<? | d<?");

    [Fact]
    public void Thread_index_tells_the_parent_by_its_prefix()
    {
        var first = "01cecaa4" + new string('7', 36);
        Threaded(
                Bare("a", 0, "k@a.example", "w@b.example", "製品", "一通目").Indexed(first),
                Bare("b", 9, "w@b.example", "k@a.example", "回答です", "二通目").Indexed(first + "0123456789"),
                Bare("c", 15, "k@a.example", "w@b.example", "別の件名", "三通目").Indexed(first + "0123456789aaaaaaaaaa")
            )
            .ShouldBe("a b<a c<b");
    }

    [Theory]
    [InlineData("20131017.0902.A.4711@MAIL.A.EXAMPLE")]
    [InlineData("<20131017.0902.a.4711@mail.a.example>")]
    [InlineData("20131017.0902.a.4711@mail. a.exa mple")]
    [InlineData("20131017.0902.a.4711@mai")]
    [InlineData("gw7-relay-20131017.0902.a.4711@mail.a.example")]
    [InlineData("131017.0902.a.4711@mail.a.example")]
    [InlineData("20131017.0902.a.4711@mail.a.example.lists.relay.example")]
    public void A_damaged_identifier_is_known_again(string damaged) =>
        Threaded(Named("a", 0, "製品について"), Named("x", 2, "別件"), Named("b", 9, "ご回答", null, damaged)).ShouldBe("a b<a | x");

    [Fact]
    public void A_damaged_identifier_that_fits_two_mails_is_not_guessed() =>
        Threaded(
                Named("a", 0, "製品", "20131017.0902.4711@mail.a.example"),
                Named("b", 2, "別件", "20131017.0902.4711@mail.b.example"),
                Named("c", 9, "ご回答", null, "20131017.0902.4711@mail")
            )
            .ShouldBe("a | b | c<?");

    [Fact]
    public void The_address_of_a_person_in_in_reply_to_names_no_mail() =>
        Threaded(Named("a", 0, "製品"), Named("b", 5, "別件"), Named("c", 9, "Re: 製品", null, "b@a.example", Id("a")))
            .ShouldBe("a c<a | b");

    [Fact]
    public void Copies_of_a_mail_stand_in_one_thread_and_its_answer_has_one_parent()
    {
        var first = Named("a", 0, "製品");
        Threaded(first, first with { Key = "a-copy", Window = "other" }, Named("b", 9, "Re: 製品", null, Id("a")))
            .ShouldBe("a a-copy b<a-copy");
    }

    [Fact]
    public void Different_mails_with_one_identifier_are_told_apart_by_subject() =>
        Threaded(
                Named("a", 0, "製品について", "constant.4711@form.example"),
                Named("b", 2, "採用について", "constant.4711@form.example"),
                Named("c", 9, "Re: 製品について", null, "constant.4711@form.example")
            )
            .ShouldBe("a c<a | b");

    [Fact]
    public void Mails_that_answer_each_other_make_no_circle()
    {
        ProvidedMail[] mails =
        [
            Named("a", 0, "製品", null, Id("c")),
            Named("b", 5, "製品", null, Id("a")),
            Named("c", 9, "製品", null, Id("b")),
        ];
        Threaded(mails).ShouldBe("a<? b<a c<b");
    }

    [Fact]
    public void A_mail_does_not_answer_itself() => Threaded(Named("a", 0, "製品", null, Id("a"), Id("a"))).ShouldBe("a");

    [Fact]
    public void A_wrong_clock_does_not_turn_an_answer_into_a_question() =>
        Threaded(Named("b", 0, "Re: 製品", null, Id("a")), Named("a", 90, "製品")).ShouldBe("b<a a");

    [Fact]
    public void No_thread_crosses_organisations()
    {
        var (question, answer) = (Named("a", 0, "製品"), Named("b", 9, "Re: 製品", null, Id("a")));
        Threaded(question, answer with { Organization = "power-b" }).ShouldBe("a | b<?");
        Threaded(question, answer with { Organization = null }).ShouldBe("b<? | a");
        Threaded(question with { Organization = null }, answer with { Organization = null }).ShouldBe("a b<a");
    }

    [Fact]
    public void The_carrier_of_a_report_belongs_to_no_exchange() =>
        Threaded(Named("a", 0, "製品"), Named("b", 9, "Fw: 製品", null, Id("a")) with { Direction = MailDirection.Provision })
            .ShouldBe("a | b");
}
