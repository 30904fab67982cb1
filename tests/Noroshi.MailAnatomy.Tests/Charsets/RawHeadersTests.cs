using System.Diagnostics;
using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

public sealed class RawHeadersTests
{
    private static HeaderBlock Parse(out string[] findings, out string body, params object[] parts)
    {
        var list = new List<Finding>();
        var bytes = Bytes.Of(parts);
        var block = RawHeaders.Parse(bytes, list, out var offset);
        findings = [.. list.Select(finding => $"{finding.Code} {finding.Detail}")];
        body = Encoding.Latin1.GetString(bytes.AsSpan(offset));
        return block;
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Headers_are_read_with_any_line_end(string end)
    {
        var block = Parse(out var findings, out var body, $"From: a@b{end}Subject: one{end} two{end}{end}body{end}");
        block.Fields.Select(field => field.Name).ShouldBe(["From", "Subject"]);
        block.First("subject").ShouldBe("one two");
        block.Field("From")?.Raw.ToArray().ShouldBe(Encoding.ASCII.GetBytes(" a@b"));
        body.ShouldBe("body" + end);
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Body_charset_helps_short_raw_subjects()
    {
        Parse(out _, out _, "Subject: ", Bytes.Sjis("ﾃｽﾄ"), "\nContent-Type: text/plain; charset=Shift_JIS\n\n")
            .First("Subject")
            .ShouldBe("ﾃｽﾄ");
        Parse(out _, out _, "Subject: ", Bytes.Euc("謄"), "\nFrom: ", Bytes.Euc("やまだたろう"), " <a@b>\n\n")
            .First("Subject")
            .ShouldBe("謄");
    }

    [Fact]
    public void Findings_name_their_header()
    {
        Parse(out var findings, out _, "Subject: ", Bytes.Sjis("会議のご案内"), "\r\n\r\n").First("Subject").ShouldBe("会議のご案内");
        findings.ShouldBe(["mime.header-raw Subject: shift_jis"]);
    }

    [Fact]
    public void Repeated_single_headers_are_a_finding_once()
    {
        var block = Parse(out var findings, out _, "From: a\nFrom: b\nFrom: c\nReceived: x\nReceived: y\nDate: 1\nDate: 2\n\n");
        block.All("From").Select(field => field.Value).ShouldBe(["a", "b", "c"]);
        findings.ShouldBe(["mime.header-duplicate From", "mime.header-duplicate Date"]);
    }

    [Fact]
    public void Lines_without_colon_are_kept()
    {
        var block = Parse(out var findings, out var body, "From: a\nnonsense here\nSubject: b\n\nbody");
        block.First("Subject").ShouldBe("b");
        block.Fields[1].Name.ShouldBe("");
        block.Fields[1].Value.ShouldBe("nonsense here");
        findings.ShouldBe(["mime.header-no-colon byte 8"]);
        body.ShouldBe("body");
    }

    [Fact]
    public void Body_without_a_blank_line_before_it_is_found()
    {
        Parse(out var findings, out var body, "From: a\nSubject: b\nDear all,\nplease look.\n\nbye");
        body.ShouldBe("Dear all,\nplease look.\n\nbye");
        findings.ShouldBe(["mime.missing-blank byte 19"]);
    }

    [Fact]
    public void Odd_names_nul_and_bare_cr_are_findings()
    {
        var block = Parse(out var findings, out _, "X Y: 1\nSubject : two\nTo: a\rb\nCc: c\0d\n\n");
        block.First("Subject").ShouldBe("two");
        block.First("To").ShouldBe("a b");
        block.First("Cc").ShouldBe("cd");
        block.First("X Y").ShouldBe("1");
        findings.ShouldBe(["mime.header-name X Y", "mime.header-nul byte 34", "mime.header-cr byte 26"]);
    }

    [Fact]
    public void Limits_cut_and_say_so()
    {
        var many = string.Concat(Enumerable.Range(0, 6_000).Select(number => $"X-{number}: y\r\n"));
        Parse(out var findings, out var body, "Subject: s\r\n", many, "\r\nbody").Fields.Count.ShouldBe(RawHeaders.MaxLines);
        findings.Single().ShouldStartWith("mime.limit-header-lines ");
        body.ShouldBe("body");

        var block = Parse(out findings, out body, "Subject: s\r\nX: ", new string('a', 120_000), "\r\nTo: t\r\n\r\nbody");
        block.Field("X")?.Raw.Length.ShouldBe(RawHeaders.MaxHeader);
        block.First("To").ShouldBe("t");
        findings.ShouldBe(["mime.limit-header-length X"]);

        Parse(
                out findings,
                out body,
                "Subject: s\r\n",
                string.Concat(Enumerable.Repeat("X: " + new string('a', 50_000) + "\r\n", 9)),
                "\r\nbody"
            )
            .First("Subject")
            .ShouldBe("s");
        findings.Single().ShouldStartWith("mime.limit-header-block ");
        body.ShouldBe("body");
    }

    [Theory]
    [InlineData("X: a\r\n", 1_000_000)]
    [InlineData(" fold\r\n", 1_000_000)]
    [InlineData("=?utf-8?B?44GC?=", 300_000)]
    [InlineData("=?a?q?", 300_000)]
    [InlineData("\x1b$B", 300_000)]
    [InlineData("\u0082\u00a0", 300_000)]
    [InlineData("\0", 3_000_000)]
    public void Hostile_blocks_take_linear_time(string piece, int count)
    {
        var text = new StringBuilder("Subject: ").Insert(9, piece, count).Append(piece.EndsWith('\n') ? "\r\nbody" : "\r\n\r\nbody");
        var watch = Stopwatch.StartNew();
        Parse(out _, out var body, text.ToString());
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        body.ShouldBe("body");
    }

    [Fact]
    public void Any_bytes_give_a_block_and_an_offset_inside() =>
        Bytes
            .Pick(
                "From: ",
                "Subject:",
                "x",
                ":",
                "\r\n",
                "\n",
                "\r",
                " ",
                "\t",
                "\0",
                "\x82\xa0",
                "=?utf-8?B?44GC?=",
                "\r\n\r\n",
                "Content-Type: text/plain; charset=\""
            )
            .Array[0, 60]
            .Sample(
                parts =>
                {
                    var bytes = Bytes.Of([.. parts]);
                    var block = RawHeaders.Parse(bytes, [], out var offset);
                    return offset >= 0
                        && offset <= bytes.Length
                        && block.Fields.All(field => field.Value.AsSpan().IndexOfAny('\r', '\n') < 0);
                },
                iter: 4_000
            );
}
