using System.Diagnostics;
using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

public sealed class ParameterTextTests
{
    private static IReadOnlyDictionary<string, string> Parse(out string[] codes, params object[] parts)
    {
        var findings = new List<Finding>();
        var result = ParameterText.Parse(Bytes.Of(parts), null, findings);
        codes = [.. findings.Select(finding => finding.Code)];
        return result;
    }

    private static string Name(params object[] parts) => Parse(out _, parts)["filename"];

    [Fact]
    public void Ordinary_parameters_are_read()
    {
        var result = Parse(out var codes, " text/plain; Charset=\"utf-8\"; format=flowed ; name=\"a \\\"b\\\".txt\"");
        result["charset"].ShouldBe("utf-8");
        result["format"].ShouldBe("flowed");
        result["name"].ShouldBe("a \"b\".txt");
        codes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("表.doc")]
    [InlineData("予定表")]
    [InlineData("ソ表十貼.xls")]
    public void Raw_shift_jis_name_whose_trail_is_a_backslash_is_read(string name)
    {
        Name(" attachment; filename=\"", Bytes.Sjis(name), "\"").ShouldBe(name);
        Name(" attachment; filename=", Bytes.Sjis(name), "; size=3").ShouldBe(name);
    }

    [Fact]
    public void Raw_names_in_other_charsets_are_read()
    {
        Name(" attachment; filename=\"", Bytes.Euc("会議の資料.doc"), "\"").ShouldBe("会議の資料.doc");
        Name(" attachment; filename=\"", Bytes.Utf8("会議の資料.doc"), "\"").ShouldBe("会議の資料.doc");
        Name(" attachment; filename=\"", Bytes.Jis("会議の表\u3000資料；「案」.doc"), "\"; x=y").ShouldBe("会議の表\u3000資料；「案」.doc");
        Name(" attachment; filename=", Bytes.Jis("会議の表.doc"), "; x=y").ShouldBe("会議の表.doc");
    }

    [Fact]
    public void Every_jis_character_survives_inside_quotes()
    {
        // 0x22 and 0x5C occur as second bytes: 0x2122 is 、 and 0x4B5C is 本.
        Name(" attachment; filename=\"", Bytes.Jis("、本、本.txt"), "\"").ShouldBe("、本、本.txt");
    }

    [Fact]
    public void Pieces_come_in_any_order()
    {
        var result = Parse(out var codes, " a; filename*1*=%E6%9C%AC; filename*0*=utf-8'ja'%E6%97%A5; filename*2=\".txt\"");
        result["filename"].ShouldBe("日本.txt");
        codes.ShouldBeEmpty();
    }

    [Fact]
    public void Pieces_split_inside_a_character_or_escape_are_joined()
    {
        Name(" a; filename*0*=utf-8''%E6%97; filename*1*=%A5.txt").ShouldBe("日.txt");
        Name(" a; filename*0*=iso-2022-jp''%1B%24; filename*1*=BF%7CK%5C%1B%28B.txt").ShouldBe("日本.txt");
        Name(" a; filename*=shift_jis'ja'%95%5C.txt").ShouldBe("表.txt");
    }

    [Fact]
    public void Missing_piece_is_a_finding()
    {
        var result = Parse(out var codes, " a; filename*0=\"ab\"; filename*2=\"cd\"");
        result["filename"].ShouldBe("abcd");
        codes.ShouldBe(["mime.parameter-gap"]);
    }

    [Fact]
    public void Encoded_words_are_read_quoted_and_unquoted()
    {
        Name(" a; filename=\"", Bytes.Word("iso-2022-jp", Bytes.Jis("日本")), ".txt\"").ShouldBe("日本.txt");
        Name(" a; filename=", Bytes.Word("utf-8", Bytes.Utf8("日本語.txt"))).ShouldBe("日本語.txt");
        Name(" a; filename=\"", Bytes.Word("utf-8", Bytes.Utf8("日本")), "\r\n ", Bytes.Word("utf-8", Bytes.Utf8("語.txt")), "\"")
            .ShouldBe("日本語.txt");
    }

    [Fact]
    public void Two_spellings_that_disagree_are_a_finding()
    {
        Parse(out var codes, " a; filename=\"a.txt\"; filename*=utf-8''b.exe")["filename"].ShouldBe("b.exe");
        codes.ShouldBe(["mime.parameter-conflict"]);
    }

    [Fact]
    public void Broken_syntax_is_read_leniently()
    {
        Name(" attachment; filename=my report.doc").ShouldBe("my report.doc");
        Name(" attachment; filename=\"open.doc").ShouldBe("open.doc");
        Name(" attachment; filename=\"open.doc; size=12").ShouldBe("open.doc");
        Name(" attachment filename=\"a.doc\"").ShouldBe("a.doc");
        Name(" attachment; filename=\"a.doc\" size=3").ShouldBe("a.doc");
        Name(" attachment; filename=\"C:\\Users\\x.doc\"").ShouldBe("C:\\Users\\x.doc");
        Name(" attachment; filename=\"the \"new\" plan.doc\"; x=1").ShouldBe("the \"new\" plan.doc");
        Parse(out _, " text/plain; charset=us-ascii (Plain text); a=b")["charset"].ShouldBe("us-ascii");
        Parse(out _, " text/plain; charset=utf-8 format=flowed")["format"].ShouldBe("flowed");
    }

    [Fact]
    public void Hundred_thousand_pieces_take_linear_time()
    {
        var text = new StringBuilder(" a");
        for (var piece = 99_999; piece >= 0; piece--)
        {
            text.Append("; filename*").Append(piece).Append("=x");
        }

        var watch = Stopwatch.StartNew();
        Name(text.ToString()).Length.ShouldBe(100_000);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Any_bytes_give_one_line_values() =>
        Bytes
            .Pick(
                "; ",
                "filename",
                "name",
                "*0",
                "*1",
                "*",
                "=",
                "\"",
                "\\",
                "utf-8''",
                "%E3",
                "%",
                "\x1b$B",
                "\x1b(B",
                "F|",
                "\x95\\",
                "\r\n ",
                "=?utf-8?B?44GC?=",
                " ",
                "\0"
            )
            .Array[0, 40]
            .Sample(
                parts =>
                    ParameterText
                        .Parse(Bytes.Of([.. parts]), null, [])
                        .Values.All(value => value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0),
                iter: 4_000
            );
}
