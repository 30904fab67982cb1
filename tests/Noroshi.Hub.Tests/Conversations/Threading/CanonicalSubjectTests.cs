using Noroshi.Hub.Conversations.Threading;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations.Threading;

public sealed class CanonicalSubjectTests
{
    [Theory]
    [InlineData("Re: 製品について")]
    [InlineData("RE：製品について")]
    [InlineData("Re^2: 製品について")]
    [InlineData("Re[3]: 製品について")]
    [InlineData("Re(2): 製品について")]
    [InlineData("re: Re: RE: 製品について")]
    [InlineData("返信: 製品について")]
    [InlineData("【返信】Re: 製品について")]
    [InlineData("[products 123] Re: 製品について")]
    [InlineData("Re: [products:00123] 製品について")]
    [InlineData("(products 123) Re: 製品 に　ついて")]
    [InlineData("答复: 製品について")]
    [InlineData("AW: 製品について")]
    public void Marks_of_an_answer_are_taken_off(string subject)
    {
        var canonical = CanonicalSubject.Of(subject);
        canonical.Key.ShouldBe("製品について");
        canonical.IsReply.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Fw: 製品について")]
    [InlineData("FWD: 製品について")]
    [InlineData("転送: 製品について")]
    [InlineData("転送：【重要】製品について")]
    [InlineData("製品について (fwd)")]
    public void Marks_of_a_forward_are_taken_off(string subject)
    {
        var canonical = CanonicalSubject.Of(subject);
        canonical.Key.ShouldBe("製品について");
        canonical.IsForward.ShouldBeTrue();
        canonical.IsReply.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Report on products", "reportonproducts")]
    [InlineData("Regarding: products", "regarding:products")]
    [InlineData("返却について", "返却について")]
    [InlineData("転送量の件", "転送量の件")]
    [InlineData("[重要]", "[重要]")]
    [InlineData("(株)商事の件", "(株)商事の件")]
    public void Words_that_only_look_like_marks_stay(string subject, string key)
    {
        var canonical = CanonicalSubject.Of(subject);
        canonical.Key.ShouldBe(key);
        canonical.Answers.ShouldBeFalse();
    }

    [Fact]
    public void A_changed_subject_names_the_earlier_one()
    {
        var canonical = CanonicalSubject.Of("納期の件 (was: Re: 製品について)");
        canonical.Key.ShouldBe("納期の件");
        canonical.Was.ShouldBe("製品について");
    }

    [Theory]
    [InlineData("Re:")]
    [InlineData("")]
    [InlineData("Fw: Re: ")]
    public void Nothing_may_be_left(string subject) => CanonicalSubject.Of(subject).Key.ShouldBe("");

    [Fact]
    public void Thousands_of_marks_and_half_characters_do_no_harm()
    {
        CanonicalSubject.Of(string.Concat(Enumerable.Repeat("Re: ", 10_000))).IsReply.ShouldBeTrue();
        CanonicalSubject.Of("Re: \ud800 製品\udc00").IsReply.ShouldBeTrue();
        CanonicalSubject.Of(string.Concat(Enumerable.Repeat("(was: ", 5_000)) + new string(')', 5_000)).IsReply.ShouldBeFalse();
    }
}
