using System.Globalization;
using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("Thu, 17 Oct 2013 09:02:03 +0900", "2013-10-17T09:02:03+09:00")]
    [InlineData("17 Oct 2013 09:02 +0900 (JST)", "2013-10-17T09:02:00+09:00")]
    [InlineData("Thu, 17 Oct 13 09:02:03 JST", "2013-10-17T09:02:03+09:00")]
    [InlineData("Thu, 17 Oct 99 09:02:03 GMT", "1999-10-17T09:02:03+00:00")]
    [InlineData("Thu, 17 Oct 113 09:02:03 GMT", "2013-10-17T09:02:03+00:00")]
    [InlineData("Thu, 17 Oct 2013 09:02:03 PDT", "2013-10-17T09:02:03-07:00")]
    [InlineData("Thu, 17 Oct 2013 09:02:03 (JST)", "2013-10-17T09:02:03+09:00")]
    [InlineData("Thu, 17 Oct 2013 09:02:03 GMT+9", "2013-10-17T09:02:03+09:00")]
    [InlineData("Thu, 17 Oct 2013 09:02:03 GMT+09:00", "2013-10-17T09:02:03+09:00")]
    [InlineData("Thu Oct 17 09:02:03 2013 +0900", "2013-10-17T09:02:03+09:00")]
    [InlineData("Thu Oct 17 09:02:03 JST 2013", "2013-10-17T09:02:03+09:00")]
    [InlineData("Oct 17, 2013 9:02:03 PM +0900", "2013-10-17T21:02:03+09:00")]
    [InlineData("2013-10-17T09:02:03+09:00", "2013-10-17T09:02:03+09:00")]
    [InlineData("2013-10-17T09:02:03.123Z", "2013-10-17T09:02:03+00:00")]
    [InlineData("20131017T090203Z", "2013-10-17T09:02:03+00:00")]
    [InlineData("2013/10/17 9:02:03 +0900", "2013-10-17T09:02:03+09:00")]
    [InlineData("17-Oct-2013 09:02:03 +0900", "2013-10-17T09:02:03+09:00")]
    [InlineData("10/17/2013 9:02 AM JST", "2013-10-17T09:02:00+09:00")]
    [InlineData("17.10.2013 09:02:03 +0200", "2013-10-17T09:02:03+02:00")]
    [InlineData("2013年10月17日(木) 午後9時02分03秒 +0900", "2013-10-17T21:02:03+09:00")]
    [InlineData("2013年10月17日 9:02:03 JST", "2013-10-17T09:02:03+09:00")]
    [InlineData("Mar, 17 Sep 2013 09:02:03 +0200", "2013-09-17T09:02:03+02:00")]
    [InlineData("jeu., 17 déc. 2013 09:02:03 +0100", "2013-12-17T09:02:03+01:00")]
    [InlineData("Thu, 17 Oct 2013 24:00:00 +0900", "2013-10-18T00:00:00+09:00")]
    [InlineData("Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 +0000", "9999-12-31T23:59:59+00:00")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 -0900", "9999-12-31T23:59:59+00:00")]
    [InlineData("Mon, 1 Jan 0001 00:00:00 +0900", "0001-01-01T00:00:00+00:00")]
    [InlineData("Thu, 17 Oct 2013 09:02:03 +9900", "2013-10-17T09:02:03+00:00")]
    public void Dates_of_real_mailers_are_read(string text, string expected)
    {
        var date = MailDate.Parse(text).ShouldNotBeNull();
        date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("Thu, 32 Oct 2013 09:02:03 +0900")]
    [InlineData("Fri, 29 Feb 2013 09:02:03 +0900")]
    [InlineData("Thu, 17 Oct 2013")]
    [InlineData("Thu, 17 Oct 2013 25:02:03 +0900")]
    [InlineData("Thu, 17 Oct 2013 09:72:03 +0900")]
    [InlineData("Fri, 31 Dec 9999 24:00:00 +0000")]
    public void What_is_no_date_is_null_and_a_finding(string text)
    {
        List<Finding> findings = [];
        MailDate.Parse(text, findings).ShouldBeNull();
        findings.ShouldHaveSingleItem().Code.ShouldBe("date.unreadable");
    }

    [Fact]
    public void Missing_zone_is_a_finding()
    {
        List<Finding> findings = [];
        MailDate.Parse("Thu, 17 Oct 2013 09:02:03", findings).ShouldNotBeNull();
        findings.ShouldHaveSingleItem().Code.ShouldBe("date.no-zone");
    }

    [Fact]
    public void Every_date_in_the_form_of_the_rfc_reads_back() =>
        Gen.Select(
                Gen.DateTime[
                    new DateTime(1000, 1, 2, 0, 0, 0, DateTimeKind.Unspecified),
                    new DateTime(9999, 12, 30, 0, 0, 0, DateTimeKind.Unspecified)
                ],
                Gen.Int[-14 * 60, 14 * 60]
            )
            .Sample(
                (time, minutes) =>
                {
                    var whole = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);
                    var date = new DateTimeOffset(whole, TimeSpan.FromMinutes(minutes));
                    var zone =
                        (minutes < 0 ? "-" : "+")
                        + (Math.Abs(minutes) / 60).ToString("00", CultureInfo.InvariantCulture)
                        + (Math.Abs(minutes) % 60).ToString("00", CultureInfo.InvariantCulture);
                    var text = date.ToString("ddd, d MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + zone;
                    MailDate.Parse(text, out var flaws).ShouldBe(date);
                    flaws.ShouldBe(DateFlaws.None);
                }
            );

    [Fact]
    public void No_text_makes_the_reader_throw() =>
        Gen.String[Gen.Char["0123456789:/-.+()年月日時分午前後 TZJanOctMPmGMT;,\0"], 0, 60]
            .Sample(
                text =>
                {
                    MailDate.Parse(text);
                    return true;
                },
                iter: 20_000
            );
}
