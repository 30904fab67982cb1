using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Indicators;

public sealed class PublicSuffixTests
{
    [Theory]
    [InlineData("www.example.co.jp", "example.co.jp")]
    [InlineData("EXAMPLE.COM.", "example.com")]
    [InlineData("com", null)]
    [InlineData("co.jp", null)]
    [InlineData("a.b.kawasaki.jp", "a.b.kawasaki.jp")]
    [InlineData("x.a.b.kawasaki.jp", "a.b.kawasaki.jp")]
    [InlineData("b.kawasaki.jp", null)]
    [InlineData("www.city.kawasaki.jp", "city.kawasaki.jp")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("x.www.ck", "www.ck")]
    [InlineData("a.other.ck", "a.other.ck")]
    [InlineData("shop.example.chiyoda.tokyo.jp", "example.chiyoda.tokyo.jp")]
    [InlineData("user.github.io", "user.github.io")]
    [InlineData("食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("日本語.jp", "xn--wgv71a119e.jp")]
    [InlineData("192.0.2.1", null)]
    [InlineData("report.doc", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("a..com", null)]
    public void Registrable_domains_follow_the_list(string host, string? domain) => PublicSuffix.RegistrableDomain(host).ShouldBe(domain);

    [Fact]
    public void Endless_hosts_have_none() =>
        PublicSuffix.RegistrableDomain(string.Concat(Enumerable.Repeat("a.", 100_000)) + "com").ShouldBeNull();

    [Fact]
    public void The_version_names_a_date() => PublicSuffix.Version.ShouldMatch(@"\d{4}-\d{2}-\d{2}");

    [Theory]
    [InlineData("public-suffix.txt", 9_000)]
    [InlineData("free-mail.txt", 10_000)]
    [InlineData("free-mail-ja.txt", 150)]
    [InlineData("foreign-glyphs.txt", 1_000)]
    public void Tables_are_ordered_by_bytes_and_every_name_is_found(string name, int least)
    {
        var table = SortedTable.Load(name);
        var names = table.Lines.Select(line => line.Split(' ')[0]).ToArray();
        names.Length.ShouldBeGreaterThan(least);
        names.ShouldBe(
            names.Order(
                Comparer<string>.Create(
                    static (a, b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b))
                )
            )
        );
        names.Where(entry => !table.TryFind(System.Text.Encoding.UTF8.GetBytes(entry), out _)).ShouldBeEmpty();
        table.TryFind("no-such-name"u8, out _).ShouldBeFalse();
    }
}
