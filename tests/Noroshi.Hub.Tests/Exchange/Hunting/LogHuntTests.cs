using System.Text;
using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Hunting;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Tests.Exchange.Misp;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Hunting;

/// <summary>A member looks through its own logs: what stands there as a whole is found, in whatever form the program wrote it.</summary>
public sealed class LogHuntTests
{
    [Theory]
    [InlineData(IndicatorKind.Host, "c2.bad.example", "query: C2.BAD.example. IN A +", true)]
    [InlineData(IndicatorKind.Host, "bad.example", "CONNECT www.bad.example:443 HTTP/1.1", true)]
    [InlineData(IndicatorKind.Host, "bad.example", "host=notbad.example", false)]
    [InlineData(IndicatorKind.Host, "bad.example", "host=bad.example.other.example", false)]
    [InlineData(IndicatorKind.Host, "bad.example", "host=bad.example-cdn", false)]
    [InlineData(IndicatorKind.Host, "{victim-token}.bad.example", "GET http://x9.bad.example/", true)]
    [InlineData(IndicatorKind.Ip, "203.0.113.7", "src=203.0.113.7 dst=192.0.2.1", true)]
    [InlineData(IndicatorKind.Ip, "203.0.113.7", "src=203.0.113.70", false)]
    [InlineData(IndicatorKind.Ip, "203.0.113.7", "oid 1.203.0.113.7", false)]
    [InlineData(IndicatorKind.Ip, "203.0.113.7", "version 203.0.113.7.1", false)]
    [InlineData(IndicatorKind.Sender, "evil@free.example", "from=<Evil@free.example>, size=1", true)]
    [InlineData(IndicatorKind.Sender, "evil@free.example", "from=<not.evil@free.example>", false)]
    [InlineData(IndicatorKind.Sender, "evil@free.example", "from=<evil@free.example.org>", false)]
    [InlineData(IndicatorKind.Url, "http://bad.example/u/{token}/x.zip", "GET https://bad.example/u/77aa/x.zip 200", true)]
    [InlineData(IndicatorKind.Url, "http://bad.example/u/{token}/x.zip", "GET https://bad.example/u/7/7/x.zip 200", false)]
    [InlineData(IndicatorKind.Url, "http://bad.example/a b", "url=http%3A%2F%2Fbad.example%2Fa%20b", true)]
    [InlineData(IndicatorKind.Md5, "d41d8cd98f00b204e9800998ecf8427e", "MD5=D41D8CD98F00B204E9800998ECF8427E;", true)]
    [InlineData(IndicatorKind.Md5, "d41d8cd98f00b204e9800998ecf8427e", "sha1=d41d8cd98f00b204e9800998ecf8427e00aabbcc", false)]
    [InlineData(IndicatorKind.Subject, "資料の送付", "subject: =?utf-8?B?6LOH5paZ44Gu6YCB5LuY?=", true)]
    [InlineData(IndicatorKind.FileName, "ＡＢＣ資料.zip", "file=\"abc資料.ZIP\"", true)]
    public void A_value_counts_where_it_stands_as_a_whole(IndicatorKind kind, string value, string line, bool found) =>
        new LogHunt([new HuntedIndicator(Guid.NewGuid(), Guid.NewGuid(), kind, value)]).Find(line).Count.ShouldBe(found ? 1 : 0);

    [Fact]
    public void Many_values_in_one_line_are_each_told_once()
    {
        var hunt = new LogHunt([.. Enumerable.Range(1, 200).Select(n => Of(IndicatorKind.Ip, $"203.0.113.{n}"))]);
        hunt.Find(string.Join(' ', Enumerable.Range(1, 254).Select(n => $"203.0.113.{n} 203.0.113.{n}")))
            .Order()
            .ShouldBe(Enumerable.Range(0, 200));
    }

    [Fact]
    public void What_is_too_short_is_said_and_not_looked_for()
    {
        var hunt = new LogHunt([
            Of(IndicatorKind.Subject, "Re:"),
            Of(IndicatorKind.Host, "{victim-token}"),
            Of(IndicatorKind.Ip, "203.0.113.7"),
        ]);
        hunt.Skipped.ShouldBe([0, 1]);
        hunt.Find("Re: 203.0.113.7").ShouldBe([2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_table_that_members_get_is_read_in_both_languages(bool ja)
    {
        var release = SampleItems.First;
        var table = IndicatorTable.Read(new MemoryStream(IndicatorCsv.Of([release], ja, release.At)));
        table.Unreadable.ShouldBeEmpty();
        table.Indicators.ShouldBe(release.Item.Indicators.Select(one => new HuntedIndicator(release.Item.Id, one.Id, one.Kind, one.Value)));
        IndicatorTable
            .Read(new MemoryStream(IndicatorCsv.Of([release], ja, DateTimeOffset.MaxValue)))
            .Over.ShouldBe(release.Item.Indicators.Count);
    }

    [Fact]
    public void A_broken_row_is_told_and_the_others_count()
    {
        var release = SampleItems.First;
        var text = Encoding.UTF8.GetString(IndicatorCsv.Of([release], ja: false, release.At)) + "a,b\r\n" + new string(',', 17) + "\r\n";
        var table = IndicatorTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        table.Indicators.Count.ShouldBe(release.Item.Indicators.Count);
        table.Unreadable.ShouldBe([release.Item.Indicators.Count + 2]);
        Should.Throw<InvalidDataException>(() => IndicatorTable.Read(new MemoryStream("a,b\r\n1,2\r\n"u8.ToArray())));
    }

    private static HuntedIndicator Of(IndicatorKind kind, string value) => new(Guid.NewGuid(), Guid.NewGuid(), kind, value);
}
