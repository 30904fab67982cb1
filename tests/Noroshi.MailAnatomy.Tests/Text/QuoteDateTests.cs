using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Text;

public sealed class QuoteDateTests
{
    [Theory]
    [InlineData("2013/10/17, Thu 09:02")]
    [InlineData("2013/10/17 (木) 9:02")]
    [InlineData("Thu, Oct 17, 2013 at 9:02 AM")]
    [InlineData("17 October 2013 09:02:00 GMT+9")]
    [InlineData("17 October 2013 00:02:00 GMT")]
    [InlineData("2013年10月17日 9:02:00 JST")]
    public void Every_way_of_writing_a_time_is_the_same_time(string text) =>
        QuoteDate.Parse(text, TimeSpan.FromHours(9)).ShouldBe(new DateTimeOffset(2013, 10, 17, 9, 2, 0, TimeSpan.FromHours(9)));
}
