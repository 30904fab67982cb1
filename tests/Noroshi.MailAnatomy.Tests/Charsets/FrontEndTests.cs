using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Messages;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

public sealed class FrontEndTests
{
    private const string Mail = "From: a@example.jp\r\nSubject: s\r\nMIME-Version: 1.0\r\n\r\nbody\r\n";

    private static string Prepared(out string[] codes, params object[] parts)
    {
        var result = FrontEnd.Prepare(Bytes.Of(parts));
        codes = [.. result.Findings.Select(finding => finding.Code)];
        return Encoding.UTF8.GetString(result.Message.Span);
    }

    [Fact]
    public void Ordinary_mail_is_the_same_memory()
    {
        var bytes = Encoding.ASCII.GetBytes(Mail);
        var result = FrontEnd.Prepare(bytes);
        result.Message.ShouldBe(bytes.AsMemory());
        result.Findings.ShouldBeEmpty();
        result.Degraded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\xEF\xBB\xBF", "mime.bom")]
    [InlineData("\r\n", "mime.leading-blank")]
    [InlineData("\n \n\n", "mime.leading-blank")]
    [InlineData("Microsoft Mail Internet Headers Version 2.0\r\n", "mime.microsoft-headers")]
    [InlineData("From a@example.jp Mon Jan  1 00:00:00 2024\r\n", "mime.mbox-from")]
    [InlineData(">From a@example.jp Mon Jan  1 00:00:00 2024\r\n", "mime.mbox-from")]
    [InlineData("-----BEGIN-----\r\nsome words\r\n", "mime.leading-lines")]
    public void What_stands_before_the_headers_is_taken_off(string before, string code)
    {
        Prepared(out var codes, before, Mail).ShouldBe(Mail);
        codes.ShouldBe([code]);
    }

    [Fact]
    public void Several_kinds_of_first_lines_are_taken_off_together()
    {
        Prepared(out var codes, "\r\n\r\nMicrosoft Mail Internet Headers Version 2.0\r\n", Mail).ShouldBe(Mail);
        codes.ShouldBe(["mime.leading-blank", "mime.microsoft-headers"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S: ")]
    public void Smtp_dialogue_is_taken_off_with_its_dots(string mark)
    {
        var client = mark.Length == 0 ? "" : "C: ";
        var before =
            $"{mark}220 mx ESMTP\r\n{client}EHLO x\r\n{mark}250-mx\r\n{mark}250 OK\r\n{client}MAIL FROM:<a@b>\r\n{mark}250 ok\r\n{client}RCPT TO:<c@d>\r\n"
            + $"{mark}250 ok\r\n{client}DATA\r\n{mark}354 go\r\n";
        Prepared(out var codes, before, Mail, "..dot\r\n.\r\n250 queued\r\nQUIT\r\n").ShouldBe(Mail + ".dot\r\n");
        codes.ShouldBe(["mime.smtp-transcript"]);
    }

    [Fact]
    public void Utf_16_mails_are_converted()
    {
        Prepared(out var codes, "\xFF\xFE", Encoding.Unicode.GetBytes(Mail.Replace("body", "本文", StringComparison.Ordinal)))
            .ShouldContain("\r\n\r\n本文");
        codes.ShouldBe(["mime.utf-16"]);
        Prepared(out codes, Encoding.BigEndianUnicode.GetBytes(Mail)).ShouldBe(Mail);
        codes.ShouldBe(["mime.utf-16"]);
    }

    [Fact]
    public void Foreign_line_ends_are_converted()
    {
        Prepared(out var codes, Mail.Replace("\r\n", "\r", StringComparison.Ordinal))
            .ShouldBe(Mail.Replace("\r\n", "\n", StringComparison.Ordinal));
        codes.ShouldBe(["mime.bare-cr"]);
        Prepared(out codes, Mail.Replace("\r\n", "\r\r\n", StringComparison.Ordinal)).ShouldBe(Mail);
        codes.ShouldBe(["mime.double-cr"]);
    }

    [Theory]
    [InlineData("just text\r\nin two lines\r\n")]
    [InlineData("Hello: this is\r\nno header block\r\nat all\r\n")]
    [InlineData("hello\r\n\r\n-----Original Message-----\r\nFrom: a\r\nTo: b\r\nSubject: c\r\n\r\nquoted\r\n")]
    [InlineData("From here on\r\nthere is only text\r\n")]
    public void Text_without_headers_is_a_body(string text)
    {
        Prepared(out var codes, text).ShouldBe("\r\n" + text);
        codes.ShouldBe(["mime.no-headers"]);
    }

    [Fact]
    public void Missing_blank_line_is_put_in()
    {
        Prepared(out var codes, "From: a\r\nSubject: b\r\nDear all,\r\nbye\r\n")
            .ShouldBe("From: a\r\nSubject: b\r\n\r\nDear all,\r\nbye\r\n");
        codes.ShouldBe(["mime.missing-blank"]);
    }

    [Fact]
    public void Nothing_at_all_is_fine()
    {
        FrontEnd.Prepare(ReadOnlyMemory<byte>.Empty).Message.Length.ShouldBe(0);
        FrontEnd.Prepare(new byte[] { 10 }).Message.Length.ShouldBe(0);
    }

    [Fact]
    public void Every_change_to_any_bytes_is_a_finding() =>
        Bytes
            .Pick(
                "From: ",
                "From a@b 1:2\n",
                "x",
                "220 y\n",
                "DATA\r\n",
                "\r\n",
                "\n",
                "\r",
                " ",
                "\0",
                "\xEF\xBB\xBF",
                "\xFF\xFE",
                ".",
                "--b\n",
                "Content-Type: multipart/x; boundary=b\n",
                "Received: z\n"
            )
            .Array[0, 60]
            .Sample(
                parts =>
                {
                    var bytes = Bytes.Of([.. parts]);
                    var result = FrontEnd.Prepare(bytes);
                    return result.Findings.Count > 0 || result.Message.Span.SequenceEqual(bytes);
                },
                iter: 4_000
            );
}
