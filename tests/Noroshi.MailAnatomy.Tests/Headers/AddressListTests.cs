using System.Diagnostics;
using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class AddressListTests
{
    [Theory]
    [InlineData("taro@own.example", "|taro@own.example")]
    [InlineData("<taro@own.example>", "|taro@own.example")]
    [InlineData("Taro <taro@own.example>", "Taro|taro@own.example")]
    [InlineData("\"Yamada, Taro\" <taro@own.example>, hanako@own.example", "Yamada, Taro|taro@own.example;|hanako@own.example")]
    [InlineData("taro@own.example (Yamada Taro)", "Yamada Taro|taro@own.example")]
    [InlineData("\"a \\\"b\\\" \\\\c\" <taro@own.example>", "a \"b\" \\c|taro@own.example")]
    [InlineData(
        "staff: taro@own.example, Hanako <hanako@own.example>; jiro@own.example",
        "|taro@own.example;Hanako|hanako@own.example;|jiro@own.example"
    )]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("a@x.example; b@x.example;c@x.example", "|a@x.example;|b@x.example;|c@x.example")]
    [InlineData("a@x.example,, ,b@x.example,", "|a@x.example;|b@x.example")]
    [InlineData("foo..bar.@docomo.ne.jp", "|foo..bar.@docomo.ne.jp")]
    [InlineData("<.foo@docomo.ne.jp>", "|.foo@docomo.ne.jp")]
    [InlineData("\"quoted local\"@own.example", "|\"quoted local\"@own.example")]
    [InlineData("Taro <\"foo..bar.\"@docomo.ne.jp>", "Taro|\"foo..bar.\"@docomo.ne.jp")]
    [InlineData("Taro taro@own.example", "Taro|taro@own.example")]
    [InlineData("Taro <taro@own.example", "Taro|taro@own.example")]
    [InlineData("Taro <taro@own.example, Jiro <jiro@own.example>", "Taro|taro@own.example;Jiro|jiro@own.example")]
    [InlineData("Taro taro@own.example>", "Taro|taro@own.example")]
    [InlineData("<@relay.example,@r2.example:taro@own.example>", "|taro@own.example")]
    [InlineData("taro @ own.example", "|taro@own.example")]
    [InlineData("mailto:taro@own.example", "|taro@own.example")]
    [InlineData("山田太郎 <taro@own.example>", "山田太郎|taro@own.example")]
    [InlineData("山田 <taro＠own.example>", "山田|taro@own.example")]
    [InlineData("taro＠own.example", "|taro@own.example")]
    [InlineData("Taro <taro@[192.0.2.1]>", "Taro|taro@[192.0.2.1]")]
    [InlineData("'Taro' <'taro@own.example'>", "'Taro'|taro@own.example")]
    [InlineData("=?UTF-8?B?5bGx55SwLCDlpKrpg44=?= <taro@own.example>", "山田, 太郎|taro@own.example")]
    [InlineData("=?UTF-8?Q?a,b?= <taro@own.example>, x@own.example", "a,b|taro@own.example;|x@own.example")]
    [InlineData("Taro (a (nested) comment) <taro@own.example>", "Taro|taro@own.example")]
    [InlineData("<>", "")]
    [InlineData("", "")]
    public void Mailboxes_are_read_as_people_mean_them(string value, string expected) =>
        string.Join(';', HeaderTexts.Addresses(value).Select(address => address.Name + "|" + address.Address)).ShouldBe(expected);

    [Theory]
    [InlineData("\"president@bank.example\" <x@evil.example>")]
    [InlineData("president@bank.example <x@evil.example>")]
    [InlineData("Bank <president@bank.example> <x@evil.example>")]
    [InlineData("\"president＠bank.example 様\" <x@evil.example>")]
    [InlineData("=?UTF-8?B?cHJlc2lkZW50QGJhbmsuZXhhbXBsZQ==?= <x@evil.example>")]
    public void Display_name_with_another_address_is_suspicious(string value)
    {
        List<Finding> findings = [];
        HeaderTexts.Addresses(value, findings).ShouldHaveSingleItem().Address.ShouldBe("x@evil.example");
        findings.ShouldContain(finding =>
            finding.Code == "address.display-name-spoof" && finding.Detail.Contains("president@bank.example")
        );
    }

    [Theory]
    [InlineData("\"taro@own.example\" <Taro@own.example>")]
    [InlineData("Taro @ Sales <taro@own.example>")]
    [InlineData("Taro <taro@own.example>")]
    public void Honest_display_name_gives_no_finding(string value)
    {
        List<Finding> findings = [];
        HeaderTexts.Addresses(value, findings).ShouldHaveSingleItem();
        findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("iso-2022-jp", "山田 \"太郎\"<,;:@(会社)")]
    [InlineData("shift_jis", "表示ソ、能力予定")]
    [InlineData("euc-jp", "日本語、太郎")]
    public void Raw_japanese_names_do_not_split_whatever_their_bytes_are(string charset, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var wide = string.Concat(name.Where(letter => letter > 0x7f)) + "欣喜雀躍";
        byte[] raw =
        [
            .. Encoding.GetEncoding(charset).GetBytes(wide),
            .. " <taro@own.example>, \""u8,
            .. Encoding.GetEncoding(charset).GetBytes(wide),
            .. "\" <jiro@own.example>"u8,
        ];
        var found = AddressList.Parse(new HeaderField("To", raw, ""), charset, []);
        found.ShouldBe([new MailAddress(wide, "taro@own.example"), new MailAddress(wide, "jiro@own.example")]);
    }

    [Fact]
    public void Every_jis_letter_may_stand_in_a_name()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var jis = Encoding.GetEncoding("iso-2022-jp");
        for (var row = 0x30; row < 0x74; row++)
        {
            byte[] raw =
            [
                0x1b,
                (byte)'$',
                (byte)'B',
                .. Enumerable.Range(0x21, 40).SelectMany(cell => new[] { (byte)row, (byte)cell }),
                0x1b,
                (byte)'(',
                (byte)'B',
                .. " <taro@own.example>"u8,
            ];
            var found = AddressList.Parse(new HeaderField("From", raw, ""), null, []).ShouldHaveSingleItem();
            found.Address.ShouldBe("taro@own.example");
            found.Name.ShouldBe(jis.GetString(raw, 0, raw.Length - 19).Trim());
        }
    }

    [Fact]
    public void Address_inside_an_encoded_word_is_found_and_noted()
    {
        List<Finding> findings = [];
        var whole = "=?UTF-8?B?" + Convert.ToBase64String("山田 <taro@own.example>"u8) + "?=";
        HeaderTexts.Addresses(whole, findings).ShouldBe([new MailAddress("山田", "taro@own.example")]);
        findings.ShouldContain(finding => finding.Code == "address.encoded");
    }

    [Fact]
    public void Carrier_addresses_outside_the_rfc_are_noted()
    {
        List<Finding> findings = [];
        HeaderTexts.Addresses("foo..bar.@docomo.ne.jp", findings);
        findings.ShouldHaveSingleItem().Code.ShouldBe("address.not-by-rfc");
    }

    [Fact]
    public void Half_a_million_recipients_are_read_up_to_the_limit_in_no_time()
    {
        List<Finding> findings = [];
        var raw = Encoding.ASCII.GetBytes(string.Join(",\n ", Enumerable.Range(0, 500_000).Select(number => $"u{number}@x.example")));
        var watch = Stopwatch.StartNew();
        var found = AddressList.Parse(new HeaderField("To", raw, ""), null, findings);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        found.Count.ShouldBe(MailLimits.Addresses);
        found[^1].Address.ShouldBe("u999@x.example");
        findings.ShouldHaveSingleItem().Code.ShouldBe("address.too-many");
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("(")]
    [InlineData("<")]
    [InlineData("<\"")]
    [InlineData("\"a\" ")]
    [InlineData("=?a?q?")]
    [InlineData("=?")]
    [InlineData("a:")]
    [InlineData("@")]
    [InlineData("\u001b$")]
    [InlineData("x ")]
    [InlineData("<@")]
    [InlineData("\\")]
    public void A_megabyte_of_openers_takes_linear_time(string opener)
    {
        var raw = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(opener, (1 << 20) / opener.Length)));
        var watch = Stopwatch.StartNew();
        AddressList.Parse(new HeaderField("To", raw, ""), null, []);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void No_bytes_make_the_reader_throw() =>
        Gen.OneOf(Gen.Byte, Gen.Char["\"(<>)@,;:\\=? \u001b$B"].Select(letter => (byte)letter))
            .Array[0, 60]
            .Sample(
                raw =>
                {
                    AddressList.Parse(new HeaderField("To", raw, ""), null, []);
                    return true;
                },
                iter: 20_000
            );

    [Theory]
    [InlineData("<>", "")]
    [InlineData("<a@b.example>", "a@b.example")]
    [InlineData("a@b.example", "a@b.example")]
    [InlineData(" <a@b.example", "a@b.example")]
    public void Return_path_is_bare_and_empty_for_the_null_path(string value, string expected) =>
        AddressList.ReturnPath(HeaderTexts.Block(("Return-Path", value))).ShouldBe(expected);

    [Fact]
    public void Mailboxes_of_real_mail_have_an_at_sign()
    {
        var (fields, read) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(Corpora.Folder("mails-ja"), "*.eml", SearchOption.AllDirectories))
        {
            foreach (
                var field in HeaderTexts
                    .Read(File.ReadAllBytes(file))
                    .Fields.Where(field => field.Name is "From" or "To" && field.Value.Contains('@'))
            )
            {
                var found = AddressList.Parse(field, null, []);
                fields++;
                read += found.Count > 0 && found.All(address => address.Address.Count(letter => letter == '@') == 1) ? 1 : 0;
            }
        }

        fields.ShouldBeGreaterThan(500);
        read.ShouldBe(fields);
    }
}
