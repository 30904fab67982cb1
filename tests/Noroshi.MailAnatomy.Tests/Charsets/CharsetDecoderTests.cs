using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

public sealed class CharsetDecoderTests
{
    private const string Letter = "お世話になっております。添付資料のパスワードは①です。ご確認ください。";

    private static string[] Codes(DecodedText decoded) => [.. decoded.Findings.Select(finding => finding.Code)];

    [Theory]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("utf-8")]
    public void Undeclared_japanese_is_recognised(string charset)
    {
        var decoded = CharsetDecoder.Decode(Bytes.In(charset, Letter), null);
        decoded.Text.ShouldBe(Letter);
        decoded.Charset.ShouldBe(charset);
        Codes(decoded).ShouldBe(["charset.undeclared"]);
    }

    [Theory]
    [InlineData("会議のご案内")]
    [InlineData("添付資料")]
    [InlineData("見積書")]
    [InlineData("表")]
    [InlineData("ご確認")]
    [InlineData("メール")]
    [InlineData("御中")]
    public void Short_undeclared_japanese_is_recognised_in_both_charsets(string text)
    {
        CharsetDecoder.Decode(Bytes.Sjis(text), null).Text.ShouldBe(text);
        CharsetDecoder.Decode(Bytes.Euc(text), null).Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    [InlineData("us-ascii")]
    [InlineData("iso-2022-jp")]
    [InlineData("gb2312")]
    [InlineData("big5")]
    [InlineData("windows-1251")]
    [InlineData("euc-kr")]
    public void Declaration_that_the_bytes_contradict_is_overruled(string declared)
    {
        foreach (
            var (bytes, real) in new[]
            {
                (Bytes.Sjis(Letter), "shift_jis"),
                (Bytes.Euc(Letter), "euc-jp"),
                (Bytes.Jis(Letter), "iso-2022-jp"),
            }
        )
        {
            var decoded = CharsetDecoder.Decode(bytes, declared);
            decoded.Text.ShouldBe(Letter);
            decoded.Charset.ShouldBe(real);
            if (declared != real)
            {
                Codes(decoded).ShouldBe(["charset.contradicted"]);
            }
        }
    }

    [Theory]
    [InlineData("windows-31j")]
    [InlineData("Windows-31J")]
    [InlineData("cp932")]
    [InlineData("x-sjis")]
    [InlineData("MS_Kanji")]
    [InlineData("shift-jis")]
    [InlineData("\"Shift_JIS\"")]
    public void Aliases_of_shift_jis_agree_with_it(string declared)
    {
        var decoded = CharsetDecoder.Decode(Bytes.Sjis("㈱髙島 ①Ⅳ～"), declared);
        decoded.Text.ShouldBe("㈱髙島 ①Ⅳ～");
        decoded.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("iso-2022-jp-ms")]
    [InlineData("ISO-2022-JP-1")]
    [InlineData("cp50220")]
    [InlineData("jis")]
    public void Aliases_of_jis_agree_with_it(string declared)
    {
        // 0x7C62 is the NEC selection of the IBM extension 髙.
        var decoded = CharsetDecoder.Decode(Bytes.Of(Bytes.Jis("①Ⅳい ﾃｽﾄ"), "\x1b$B|b\x1b(B"), declared);
        decoded.Text.ShouldBe("①Ⅳい ﾃｽﾄ髙");
        decoded.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gb2312", "您好，请查看附件中的文件。谢谢！")]
    [InlineData("gb18030", "您好，请查看附件中的文件。谢谢！")]
    [InlineData("big5", "您好，請查看附件中的文件。謝謝！")]
    [InlineData("euc-kr", "안녕하세요. 첨부 파일을 확인해 주시기 바랍니다.")]
    [InlineData("ks_c_5601-1987", "안녕하세요. 첨부 파일을 확인해 주시기 바랍니다.")]
    [InlineData("iso-8859-1", "Grüße aus München, é à ç")]
    [InlineData("windows-1251", "Здравствуйте, смотрите вложение")]
    [InlineData("koi8-r", "Здравствуйте, смотрите вложение")]
    public void Declared_charset_that_fits_is_kept(string declared, string text)
    {
        var decoded = CharsetDecoder.Decode(Bytes.In(declared, text), declared);
        decoded.Text.ShouldBe(text);
        decoded.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gb2312", "您好，请查看附件中的文件。谢谢！")]
    [InlineData("big5", "您好，請查看附件中的文件。謝謝！")]
    [InlineData("euc-kr", "안녕하세요. 첨부 파일을 확인해 주시기 바랍니다.")]
    [InlineData("windows-1252", "Grüße aus München, ça va")]
    public void Undeclared_text_of_other_languages_is_recognised(string charset, string text) =>
        CharsetDecoder.Decode(Bytes.In(charset, text), null).Text.ShouldBe(text);

    [Fact]
    public void Half_width_kana_is_read_in_every_form_of_jis()
    {
        CharsetDecoder.Decode(Bytes.Of("\x1b(I", "C=D", "\x1b(B"), "iso-2022-jp").Text.ShouldBe("ﾃｽﾄ");
        CharsetDecoder.Decode(Bytes.Of("\x0e", "C=D", "\x0f", " a"), "iso-2022-jp").Text.ShouldBe("ﾃｽﾄ a");
        CharsetDecoder.Decode(Bytes.Of(Bytes.Jis("日本"), "\xC3\xBD\xC4\xB0\xC4"), "iso-2022-jp").Text.ShouldBe("日本ﾃｽﾄｰﾄ");
        CharsetDecoder.Decode([0xC3, 0xBD, 0xC4], "shift_jis").Text.ShouldBe("ﾃｽﾄ");
    }

    [Fact]
    public void Escapes_of_iso_2022_jp_2_are_read()
    {
        var gb = Bytes.In("gb2312", "您好").Select(value => (byte)(value & 0x7F)).ToArray();
        CharsetDecoder.Decode(Bytes.Of("\x1b$A", gb, "\x1b(B"), "iso-2022-jp-2").Text.ShouldBe("您好");
        CharsetDecoder.Decode(Bytes.Of("\x1b$(C0!\x1b(B"), "iso-2022-jp-2").Text.ShouldBe("가");
        CharsetDecoder.Decode(Bytes.Of("\x1b.F\x1bNa"), "iso-2022-jp-2").Text.ShouldBe("α");
        CharsetDecoder.Decode(Bytes.Of("\x1b$(D0!\x1b(B"), "iso-2022-jp-1").Text.ShouldBe("丂");
        CharsetDecoder.Decode(Bytes.Of("\x1b$@F|K\\\x1b(J\\"), "iso-2022-jp").Text.ShouldBe("日本\\");
    }

    [Fact]
    public void Jis_x_0213_is_a_finding_and_common_characters_are_read()
    {
        var decoded = CharsetDecoder.Decode(Bytes.Of("\x1b$(QF|K\\\x1b(B"), "iso-2022-jp-2004");
        decoded.Text.ShouldBe("日本");
        Codes(decoded).ShouldBe(["charset.jis-x-0213"]);
    }

    [Fact]
    public void State_is_reset_at_the_end_of_a_line()
    {
        var decoded = CharsetDecoder.Decode(Bytes.Of(Bytes.Jis("日本", close: false), "\r\nnext line"), "iso-2022-jp");
        decoded.Text.ShouldBe("日本\r\nnext line");
        Codes(decoded).ShouldBe(["charset.unterminated"]);
    }

    [Fact]
    public void Line_broken_inside_a_two_byte_run_goes_on() =>
        CharsetDecoder.Decode(Bytes.Of("\x1b$BF|\r\nK\\\x1b(B."), "iso-2022-jp").Text.ShouldBe("日\r\n本.");

    [Fact]
    public void Damage_is_reported_with_its_offset_and_the_rest_is_read()
    {
        var jis = CharsetDecoder.Decode(Bytes.Of("ab\x1b$BF|K"), "iso-2022-jp");
        jis.Text.ShouldBe("ab日\uFFFD");
        jis.Findings.ShouldContain(finding => finding.Code == "charset.damaged" && finding.Detail.StartsWith("byte 7 "));

        var utf8 = CharsetDecoder.Decode(Bytes.Of(Bytes.Utf8(Letter), "\xE3\x81", " ", Bytes.Utf8(Letter)), "utf-8");
        utf8.Text.ShouldBe(Letter + "\uFFFD " + Letter);
        utf8.Findings.ShouldContain(finding =>
            finding.Code == "charset.damaged" && finding.Detail.Contains($"byte {Bytes.Utf8(Letter).Length} ")
        );

        var sjis = CharsetDecoder.Decode(Bytes.Of(Bytes.Sjis(Letter), "\x82\n", Bytes.Sjis(Letter)), null);
        sjis.Text.ShouldBe(Letter + "\uFFFD\n" + Letter);
        sjis.Charset.ShouldBe("shift_jis");
        Codes(sjis).ShouldBe(["charset.damaged", "charset.undeclared"]);
    }

    [Fact]
    public void Utf_8_that_is_cut_at_its_end_stays_utf_8()
    {
        var bytes = Bytes.Utf8("件名が途中で切れ");
        var decoded = CharsetDecoder.Decode(bytes.AsSpan(0, bytes.Length - 1), null);
        decoded.Charset.ShouldBe("utf-8");
        decoded.Text.ShouldStartWith("件名が途中で切");
    }

    [Fact]
    public void Lost_escapes_are_put_back()
    {
        var decoded = CharsetDecoder.Decode(Bytes.Of("Re: $BF|K\\(B costs $Bill"), "iso-2022-jp");
        decoded.Text.ShouldBe("Re: 日本 costs $Bill");
        Codes(decoded).ShouldBe(["charset.escapes-lost"]);
        CharsetDecoder.Decode(Bytes.Of("Re: $BF|K\\(B"), "us-ascii").Text.ShouldBe("Re: $BF|K\\(B");
    }

    [Fact]
    public void Utf_7_is_decoded_by_own_code_and_reported()
    {
        var decoded = CharsetDecoder.Decode(Bytes.Of("Hi +ZeVnLIqe- +- +ADw-b"), "unicode-1-1-utf-7");
        decoded.Text.ShouldBe("Hi 日本語 + <b");
        Codes(decoded).ShouldBe(["charset.utf-7"]);
        CharsetAliases.Find("utf-7").ShouldBeNull();
    }

    [Fact]
    public void Utf_16_is_read_with_and_without_its_mark()
    {
        CharsetDecoder.Decode([0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("日本語")], null).Text.ShouldBe("日本語");
        CharsetDecoder.Decode(System.Text.Encoding.BigEndianUnicode.GetBytes("ひらがな"), "utf-16").Text.ShouldBe("ひらがな");
        CharsetDecoder.Decode(Bytes.Of("plain"), "utf-16").Text.ShouldBe("plain");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("utf-8\0")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Hostile_names_are_safe(string name)
    {
        CharsetAliases.Find(name).ShouldBeNull();
        CharsetAliases.Canonical(name).Length.ShouldBeLessThanOrEqualTo(64);
        var decoded = CharsetDecoder.Decode(Bytes.Sjis(Letter), name);
        decoded.Text.ShouldBe(Letter);
        Codes(decoded).ShouldBe([name.Length == 0 ? "charset.undeclared" : "charset.unknown"]);
    }

    [Fact]
    public void Any_bytes_under_any_name_give_text_without_an_exception() =>
        Gen.Select(
                Gen.Byte.Array[0, 400],
                Bytes.Pick(
                    "utf-8",
                    "iso-2022-jp",
                    "shift_jis",
                    "utf-7",
                    "utf-16",
                    "hz-gb-2312",
                    "gb18030",
                    "koi8-r",
                    "euc-jp",
                    (string?)null
                )
            )
            .Sample((bytes, name) => CharsetDecoder.Decode(bytes, name).Text.Length <= bytes.Length, iter: 3_000);

    [Fact]
    public void Any_mixture_of_escapes_gives_text_without_an_exception() =>
        Bytes
            .Pick(
                "\x1b",
                "$B",
                "$(D",
                "(B",
                "(I",
                "$@",
                "F|",
                "\r\n",
                "\x0e",
                "\x0f",
                "\xC3\xBD",
                "\xE3\x81\x82",
                "a",
                "$",
                "(",
                ".F",
                "N",
                "$(Q",
                "&@"
            )
            .Array[0, 40]
            .Sample(
                parts =>
                {
                    var bytes = Bytes.Of([.. parts]);
                    var decoded = CharsetDecoder.Decode(bytes, "iso-2022-jp");
                    return decoded.Text.Length <= bytes.Length
                        && decoded.Text.Contains('\uFFFD') == decoded.Findings.Any(finding => finding.Code == "charset.damaged");
                },
                iter: 3_000
            );

    [Fact]
    public void What_one_charset_explains_never_has_a_replacement_character() =>
        Gen.Select(
                Gen.Char["あいうえおかきくけこ日本語添付資料確認アイウエオ、。ー"].Array[6, 60],
                Bytes.Pick("shift_jis", "euc-jp", "utf-8")
            )
            .Sample(
                (letters, charset) => CharsetDecoder.Decode(Bytes.In(charset, new string(letters)), null).Text == new string(letters),
                iter: 2_000
            );
}
