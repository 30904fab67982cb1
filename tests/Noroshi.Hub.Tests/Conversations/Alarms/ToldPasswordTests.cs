using Noroshi.Hub.Conversations;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations.Alarms;

public sealed class ToldPasswordTests
{
    [Theory]
    [InlineData("パスワードは kenkyu2013 です。", "kenkyu2013")]
    [InlineData("パスワードは「kenkyu」です。", "kenkyu")]
    [InlineData("ＰＷ：Ａｂ１２", "Ab12")]
    [InlineData("The password is Mn72#87", "Mn72#87")]
    [InlineData("Password: letters", "letters")]
    public void A_mail_that_gives_a_password_is_told_from_others(string text, string value) => ToldPassword.In(text, value).ShouldBeTrue();

    [Theory]
    [InlineData("What program are you using to extract archives?", "archives")]
    [InlineData("The password follows in a separate mail.", "separate")]
    [InlineData("パスワードはいつもの取り決めのものです。", "いつもの取り決めのもの")]
    [InlineData("本文です。", "kenkyu2013")]
    public void A_mail_that_speaks_of_one_gives_none(string text, string value) => ToldPassword.In(text, value).ShouldBeFalse();
}
