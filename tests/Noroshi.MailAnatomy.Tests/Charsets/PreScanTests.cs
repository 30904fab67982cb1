using System.Diagnostics;
using System.Text;
using MimeKit;
using Noroshi.MailAnatomy.Messages;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

public sealed class PreScanTests
{
    private static byte[] Nested(int depth, bool close)
    {
        var text = new StringBuilder("Subject: s\r\n");
        for (var level = 0; level < depth; level++)
        {
            text.Append("Content-Type: multipart/mixed;\r\n boundary=\"b")
                .Append(level)
                .Append("x\"\r\n\r\n--b")
                .Append(level)
                .Append("x\r\n");
        }

        text.Append("\r\nhello\r\n");
        for (var level = depth - 1; close && level >= 0; level--)
        {
            text.Append("--b").Append(level).Append("x--\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    [Fact]
    public void Ordinary_mail_passes_untouched()
    {
        var mail = Bytes.Of(
            "From: a\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n-- \r\nsig\r\n--x\r\nContent-Type: text/plain\r\n\r\nb\r\n--x--\r\n"
        );
        var scan = PreScan.Scan(mail);
        scan.Degraded.ShouldBeFalse();
        scan.Findings.ShouldBeEmpty();
        scan.HeaderLines.ShouldBe(2);
        scan.HeaderBytes.ShouldBe(54);
        scan.Nesting.ShouldBe(1);
        scan.SafeLength.ShouldBe(mail.Length);
    }

    [Fact]
    public void Nesting_is_measured_not_counted()
    {
        PreScan.Scan(Nested(50, close: true)).Nesting.ShouldBe(50);
        var flat = string.Concat(
            Enumerable
                .Range(0, 300)
                .Select(number =>
                    $"--top\r\nContent-Type: multipart/alternative; boundary=n{number}\r\n\r\n--n{number}\r\n\r\ntext\r\n--n{number}--\r\n"
                )
        );
        var scan = PreScan.Scan(Bytes.Of("Content-Type: multipart/mixed; boundary=top\r\n\r\n", flat, "--top--\r\n"));
        scan.Nesting.ShouldBe(2);
        scan.Degraded.ShouldBeFalse();
    }

    [Fact]
    public void Deep_nesting_is_cut()
    {
        var scan = PreScan.Scan(Nested(100_000, close: false));
        scan.Degraded.ShouldBeTrue();
        scan.Findings.Select(finding => finding.Code).ShouldBe(["mime.limit-nesting"]);
        scan.Nesting.ShouldBe(PreScan.MaxNesting + 1);
        var mails = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 1_000));
        PreScan.Scan(Bytes.Of(mails)).Degraded.ShouldBeTrue();
    }

    [Fact]
    public void Limits_of_the_header_block_cut_what_is_over()
    {
        Codes("Subject: s\r\n", string.Concat(Enumerable.Repeat("X: y\r\n", 10_000)), "\r\nbody").ShouldBe(["mime.limit-header-lines"]);
        Codes("Subject: s\r\nX: ", new string('a', 200_000), "\r\n\r\nbody").ShouldBe(["mime.limit-header-length"]);
        Codes("Subject: s\r\n", string.Concat(Enumerable.Repeat("X: " + new string('a', 1_000) + "\r\n", 400)), "\r\nbody")
            .ShouldBe(["mime.limit-header-block"]);
        Codes("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX: ", new string('a', 200_000), "\r\n\r\nbody")
            .ShouldBe(["mime.limit-header-length"]);
    }

    private static string[] Codes(params object[] parts)
    {
        var result = FrontEnd.Prepare(Bytes.Of(parts));
        result.Degraded.ShouldBeTrue();
        Encoding.Latin1.GetString(result.Message.Span).ShouldEndWith("\r\n\r\nbody");
        return [.. result.Findings.Select(finding => finding.Code)];
    }

    [Fact]
    public void Headers_after_an_overlong_one_survive()
    {
        var result = FrontEnd.Prepare(Bytes.Of("X: ", new string('a', 300_000), "\r\n folded\r\nSubject: after\r\n\r\nbody"));
        using var stream = new MemoryStream(result.Message.ToArray());
        var message = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        message.TextBody?.Trim().ShouldBe("body");
    }

    [Fact]
    public void Hostile_mails_are_fast_for_the_parser_after_the_scan()
    {
        var watch = Stopwatch.StartNew();
        foreach (
            var mail in new[]
            {
                Bytes.Of("Content-Type: multipart/mixed; boundary=b\r\n\r\n", string.Concat(Enumerable.Repeat("--b\r\n\r\n", 1_000_000))),
                Bytes.Of(string.Concat(Enumerable.Repeat("A: b\r\n", 1_000_000)), "\r\nbody"),
                Bytes.Of("Subject: ", string.Concat(Enumerable.Repeat("\r\n fold", 1_000_000)), "\r\n\r\nbody"),
                Bytes.Of("Subject: ", new string('x', 50_000_000)),
                Bytes.Of(new string('x', 30_000_000)),
                Nested(100_000, close: true),
            }
        )
        {
            var result = FrontEnd.Prepare(mail);
            using var stream = new MemoryStream(result.Message.ToArray());
            _ = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
            result.Findings.ShouldNotBeEmpty();
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
