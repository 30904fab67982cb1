using System.Diagnostics;
using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Indicators;

public sealed class IndicatorScannerTests
{
    private static IndicatorSet Scan(string text, List<Finding>? findings = null) =>
        IndicatorScanner.Scan([(text, "body")], null, null, findings);

    [Theory]
    [InlineData("http://www.example.com/をご覧ください", "http://www.example.com/")]
    [InlineData("詳細はhttp://www.example.co.jpをご覧", "http://www.example.co.jp")]
    [InlineData("「https://example.com/a?b=c」、", "https://example.com/a?b=c")]
    [InlineData("(see http://example.com/a_(b)).", "http://example.com/a_(b)")]
    [InlineData("HTTP://EXAMPLE.COM/Path.", "http://example.com/Path")]
    [InlineData("www.example.com/x", "http://www.example.com/x")]
    [InlineData("example.com/path/file.zip", "http://example.com/path/file.zip")]
    [InlineData("ftp://ftp.example.org/pub", "ftp://ftp.example.org/pub")]
    [InlineData("ｈｔｔｐ：／／ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ／ａ", "http://www.example.com/a")]
    [InlineData("http：／／example.com/a を", "http://example.com/a")]
    [InlineData("http://日本語.jp/表", "http://xn--wgv71a119e.jp/")]
    [InlineData("<http://example.com/long/\npath/more>", "http://example.com/long/path/more")]
    [InlineData("http://example.com:8080/a", "http://example.com:8080/a")]
    [InlineData("http://user:pw@example.com/", "http://user:pw@example.com/")]
    [InlineData("http://[2001:db8::1]:80/a", "http://[2001:db8::1]:80/a")]
    public void Urls_end_where_people_end_them(string text, string url) => Scan(text).Urls.ShouldHaveSingleItem().Value.ShouldBe(url);

    [Theory]
    [InlineData("hxxp://www.example[.]com/a", "http://www.example.com/a")]
    [InlineData("hxxps[:]//example(.)com", "https://example.com")]
    [InlineData("http://example[dot]com/", "http://example.com/")]
    [InlineData("hxxp://example ドット com/a", "http://example.com/a")]
    [InlineData("hxxp://example[.com", "http://example.com")]
    public void Defanging_is_undone_and_noted(string text, string url)
    {
        var found = Scan(text).Urls.ShouldHaveSingleItem();
        found.Value.ShouldBe(url);
        found.Defanged.ShouldBeTrue();
    }

    [Fact]
    public void An_ordinary_url_is_not_defanged() => Scan("[x] http://example.com (y)").Urls[0].Defanged.ShouldBeFalse();

    [Theory]
    [InlineData("http://3221225985/", "192.0.2.1")]
    [InlineData("http://0xC0000201/", "192.0.2.1")]
    [InlineData("http://0300.0.2.1/", "192.0.2.1")]
    [InlineData("http://192.0.513/", "192.0.2.1")]
    [InlineData("http://%65xample.com/", "example.com")]
    public void Disguised_hosts_are_made_plain(string text, string host)
    {
        var findings = new List<Finding>();
        Scan(text, findings).Urls.ShouldHaveSingleItem().Host.ShouldBe(host);
        findings.ShouldHaveSingleItem().Code.ShouldBe("url.obfuscated-host");
    }

    [Fact]
    public void A_plain_address_as_host_is_no_disguise()
    {
        var findings = new List<Finding>();
        Scan("http://192.0.2.1/a", findings).Ips.ShouldBe(["192.0.2.1"]);
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_host_before_the_at_sign_is_a_finding()
    {
        var findings = new List<Finding>();
        Scan("http://www.bank.example.com@evil.example.net/", findings).Urls[0].Domain.ShouldBe("example.net");
        findings.ShouldHaveSingleItem().Code.ShouldBe("url.userinfo");
    }

    [Theory]
    [InlineData("連絡先はTaro.Yamada@Example.CO.JPです", "Taro.Yamada@example.co.jp")]
    [InlineData("<a+b@example.com>", "a+b@example.com")]
    [InlineData("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "taro@example.com")]
    [InlineData("taro[at]example[.]com", "taro@example.com")]
    [InlineData("mailto:a@b.example.com?subject=x", "a@b.example.com")]
    [InlineData("foo..bar.@docomo.ne.jp", "foo..bar.@docomo.ne.jp")]
    public void Addresses_are_found(string text, string address) => Scan(text).Addresses.ShouldBe([address]);

    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Hashes_are_found(string hash)
    {
        Scan($"MD5:{hash} です").Hashes.ShouldBe([hash.ToLowerInvariant()]);
        Scan($"x{hash}0").Hashes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("192.0.2.10から", "192.0.2.10")]
    [InlineData("(192.0.2.0/24)", "192.0.2.0")]
    [InlineData("from 2001:0DB8:0:0:0:0:0:1 port", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("192.0.2[.]7", "192.0.2.7")]
    public void Ip_addresses_are_found(string text, string address) => Scan(text).Ips.ShouldBe([address]);

    [Theory]
    [InlineData("1.2.3.4.5")]
    [InlineData("Version 1.2.3.4")]
    [InlineData("バージョン1.2.3.4")]
    [InlineData("at 10:20:30 and 9:02")]
    [InlineData("256.1.1.1")]
    [InlineData("2013.10.17")]
    [InlineData("std::vector a::b")]
    [InlineData("資料.zip setup.py main.rs README.md report.doc")]
    [InlineData("e.g. i.e. 等. ok.The end.It was Mr.Smith")]
    [InlineData("1.5/2.0 and/or foo@bar @name a@ 12:30")]
    [InlineData("00000000000000000000000000000000")]
    public void Look_alikes_are_left_alone(string text)
    {
        var set = Scan(text);
        set.Urls.ShouldBeEmpty();
        set.Domains.ShouldBeEmpty();
        set.Ips.ShouldBeEmpty();
        set.Addresses.ShouldBeEmpty();
        set.Hashes.ShouldBeEmpty();
    }

    [Fact]
    public void Bare_domains_are_found_in_order_without_doubles() =>
        Scan("evil.example.com と http://www.example.jp/ と evil[.]example.com").Domains.ShouldBe(["evil.example.com", "www.example.jp"]);

    [Fact]
    public void A_link_text_that_names_another_host_is_shown()
    {
        var html = HtmlText.Convert(
            "<a href='http://evil.example.net/a'>http://www.bank.co.jp/login</a><a href='http://www.bank.co.jp/'>www2.bank.co.jp</a>"
                + "<a href='http://x.example.net/'>こちら</a><img src='http://img.example.net/1.gif'><a href='mailto:a@b.co.jp'>m</a>"
        );
        var findings = new List<Finding>();
        var set = IndicatorScanner.Scan([(html.Text, "body")], html, new MailAddress("", "x@Docomo.ne.jp"), findings);
        set.Urls.Where(url => url.ShownAs is not null).ShouldHaveSingleItem().Host.ShouldBe("evil.example.net");
        set.Urls.ShouldContain(url => url.Where == "html-image" && url.Host == "img.example.net");
        set.Addresses.ShouldBe(["a@b.co.jp"]);
        set.SenderService.ShouldBe(MailServiceClass.Mobile);
        findings.ShouldHaveSingleItem().Code.ShouldBe("url.shown-differs");
    }

    [Fact]
    public void Lists_are_bounded()
    {
        var findings = new List<Finding>();
        var set = Scan(string.Join(' ', Enumerable.Range(0, 3_000).Select(number => $"http://h{number}.example.com/")), findings);
        set.Urls.Count.ShouldBe(IndicatorScanner.MaxPerList);
        findings.ShouldHaveSingleItem().Code.ShouldBe("limit.indicators");
    }

    [Fact]
    public void Hostile_texts_take_linear_time()
    {
        string[] hostile =
        [
            string.Concat(Enumerable.Repeat("a.", 500_000)),
            string.Concat(Enumerable.Repeat("a@", 500_000)),
            string.Concat(Enumerable.Repeat("http://", 140_000)),
            string.Concat(Enumerable.Repeat("<http://a\n", 100_000)),
            string.Concat(Enumerable.Repeat("1:", 500_000)),
            string.Concat(Enumerable.Repeat("[.]", 300_000)),
            string.Concat(Enumerable.Repeat("hxxp", 250_000)),
            "http://" + new string('あ', 1_000_000),
            string.Concat(Enumerable.Repeat("ａ＠", 300_000)),
            "http://a.com/" + new string(')', 1_000_000),
            string.Concat(Enumerable.Repeat("www.a.com/ ", 90_000)),
        ];
        foreach (var text in hostile)
        {
            var clock = Stopwatch.StartNew();
            Scan(text).ShouldNotBeNull();
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), text[..8]);
        }
    }

    [Fact]
    public void Any_mixture_of_fragments_is_scanned()
    {
        var fragment = Gen.OneOf(
            "http://",
            "hxxp",
            "://",
            "[.]",
            "@",
            ".",
            "/",
            "a",
            "example.com",
            "あ",
            "１",
            "．",
            "：／／",
            "[",
            "]",
            "%",
            "0x",
            "255",
            ":",
            "::",
            "<",
            ">",
            "\n",
            " ",
            "xn--",
            "-",
            "\uD800",
            "ドット",
            "(",
            ")"
        );
        fragment
            .Array[0, 40]
            .Select(parts => string.Concat(parts))
            .Sample(
                text =>
                {
                    foreach (var url in Scan(text).Urls)
                    {
                        url.Host.ShouldBe(url.Host.ToLowerInvariant());
                        url.Value.ShouldContain(url.Host);
                    }
                },
                iter: 5_000
            );
    }
}
