using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

public sealed class HeaderTextTests
{
    private static (string Text, string[] Codes) Decode(byte[] raw, string? hint = null)
    {
        var findings = new List<Finding>();
        return (HeaderText.Decode(raw, hint, findings), [.. findings.Select(finding => finding.Code)]);
    }

    private static string Text(params object[] parts) => Decode(Bytes.Of(parts)).Text;

    [Fact]
    public void Plain_folded_text_is_unfolded() => Text(" a b\r\n\tc ").ShouldBe("a b c");

    [Fact]
    public void Words_split_inside_a_character_are_joined()
    {
        var bytes = Bytes.Utf8("日本語の件名");
        Text(Bytes.Word("utf-8", bytes.AsSpan(0, 4)), "\r\n ", Bytes.Word("UTF-8", bytes.AsSpan(4))).ShouldBe("日本語の件名");
        var sjis = Bytes.Sjis("表示");
        Text(Bytes.Word("Shift_JIS", sjis.AsSpan(0, 1)), " ", Bytes.Word("shift_jis", sjis.AsSpan(1))).ShouldBe("表示");
    }

    [Fact]
    public void Words_split_inside_an_escape_or_a_two_byte_run_are_joined()
    {
        var bytes = Bytes.Jis("日本語の件名");
        for (var at = 1; at < bytes.Length; at++)
        {
            Text(Bytes.Word("ISO-2022-JP", bytes.AsSpan(0, at)), "\r\n ", Bytes.Word("iso-2022-jp", bytes.AsSpan(at)))
                .ShouldBe("日本語の件名");
        }
    }

    [Fact]
    public void Base64_split_inside_a_group_of_four_goes_on_in_the_next_word()
    {
        var all = Convert.ToBase64String(Bytes.Utf8("日本語の件名です。"));
        for (var at = 1; at < all.Length - 1; at++)
        {
            Text("=?utf-8?B?", all[..at], "?= =?utf-8?B?", all[at..], "?=").ShouldBe("日本語の件名です。");
        }
    }

    [Fact]
    public void Missing_padding_and_blanks_in_q_are_tolerated()
    {
        Text("=?utf-8?B?", Convert.ToBase64String(Bytes.Utf8("あa")).TrimEnd('='), "?=").ShouldBe("あa");
        Text("=?utf-8?Q?=E3=81=82 b_c?=").ShouldBe("あ b c");
        Text("=?utf-8?q?=e3=81=82?= =?utf-8?q?_x?=").ShouldBe("あ x");
        Text("=?utf-8?Q?what?=3F?=").ShouldBe("what??");
    }

    [Fact]
    public void Language_suffix_is_dropped() =>
        Text("=?iso-2022-jp*ja?B?", Convert.ToBase64String(Bytes.Jis("日本")), "?=").ShouldBe("日本");

    [Fact]
    public void Words_inside_quotes_are_decoded() =>
        Text("\"", Bytes.Word("iso-2022-jp", Bytes.Jis("山田")), "\" <a@example.jp>").ShouldBe("\"山田\" <a@example.jp>");

    [Fact]
    public void Words_without_a_blank_between_them_are_decoded() =>
        Text(Bytes.Word("utf-8", Bytes.Utf8("山")), Bytes.Word("utf-8", Bytes.Utf8("田")), "様").ShouldStartWith("山田");

    [Fact]
    public void Blank_between_a_word_and_text_is_kept() =>
        Text("Re: ", Bytes.Word("utf-8", Bytes.Utf8("件名")), " (2)").ShouldBe("Re: 件名 (2)");

    [Theory]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("utf-8")]
    public void Raw_bytes_are_read_in_their_charset(string charset)
    {
        var (text, codes) = Decode(Bytes.Of("Re: ", Bytes.In(charset, "会議のご案内")));
        text.ShouldBe("Re: 会議のご案内");
        codes.ShouldBe(["mime.header-raw"]);
    }

    [Fact]
    public void Raw_jis_is_read_even_where_its_bytes_look_like_an_encoded_word()
    {
        // 住 is 0x3D 0x3B and 充 is 0x3D 0x3C; 十 is 0x3D 0x3D and 従 is 0x3D 0x3E, 戎 is 0x3D 0x3F: the last reads "=?".
        Text(Bytes.Jis("戎様の住所")).ShouldBe("戎様の住所");
        Text(Bytes.Jis("戎様"), " ", Bytes.Word("utf-8", Bytes.Utf8("件名"))).ShouldBe("戎様 件名");
    }

    [Fact]
    public void Raw_jis_folded_inside_a_two_byte_run_loses_the_fold() => Text("\x1b$BF|\r\n K\\\x1b(B").ShouldBe("日本");

    [Fact]
    public void Wrong_label_of_a_word_is_overruled()
    {
        var (text, codes) = Decode(Bytes.Of(Bytes.Word("utf-8", Bytes.Sjis("見積書をお送りします"))));
        text.ShouldBe("見積書をお送りします");
        codes.ShouldContain(code => code == "charset.contradicted");
    }

    [Fact]
    public void Hidden_line_break_is_reported_and_never_comes_out()
    {
        var (text, codes) = Decode(Bytes.Of("=?utf-8?Q?a=0D=0ABcc:_b?="));
        text.ShouldBe("a Bcc: b");
        codes.ShouldContain(code => code == "mime.hidden-newline");
    }

    [Fact]
    public void Broken_words_give_what_they_hold()
    {
        var (text, codes) = Decode(Bytes.Of("=?utf-8?B?", Convert.ToBase64String(Bytes.Utf8("日本"))));
        text.ShouldBe("日本");
        codes.ShouldContain(code => code == "mime.broken-word");
        Text("=?utf-8?B?", Convert.ToBase64String(Bytes.Utf8("日本")), " =?utf-8?B?", Convert.ToBase64String(Bytes.Utf8("語文")), "?=")
            .ShouldBe("日本語文");
        Text("=?utf-8?X?abc?=").ShouldBe("=?utf-8?X?abc?=");
        Text("=?").ShouldBe("=?");
        Text("a =? b ?= c").ShouldBe("a =? b ?= c");
    }

    [Fact]
    public void Any_bytes_give_one_line() =>
        Bytes
            .Pick(
                "=?utf-8?B?",
                "=?iso-2022-jp?q?",
                "?=",
                "44GC",
                "=E3",
                "\r\n ",
                "\x1b$B",
                "\x1b(B",
                "F|",
                "\x82\xa0",
                "\0",
                "\n",
                "?",
                "=",
                " ",
                "\"",
                "x"
            )
            .Array[0, 40]
            .Sample(parts => HeaderText.Decode(Bytes.Of([.. parts]), null, []).AsSpan().IndexOfAny('\r', '\n', '\0') < 0, iter: 4_000);
}
