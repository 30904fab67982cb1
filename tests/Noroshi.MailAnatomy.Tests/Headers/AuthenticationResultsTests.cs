using System.Diagnostics;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class AuthenticationResultsTests
{
    [Fact]
    public void Verdicts_of_authentication_results_name_server_method_result_and_identity() =>
        Parse(
                "Authentication-Results",
                "mx.own.example; spf=pass (sender; permitted) smtp.mailfrom=a@sender.example; dkim=fail reason=\"bad; signature\" header.d=sender.example header.i=@sender.example; dmarc=none header.from=sender.example"
            )
            .ShouldBe([
                new("authentication-results", "mx.own.example", "spf", "pass", "a@sender.example"),
                new("authentication-results", "mx.own.example", "dkim", "fail", "sender.example"),
                new("authentication-results", "mx.own.example", "dmarc", "none", "sender.example"),
            ]);

    [Fact]
    public void Exchange_online_without_server_is_read() =>
        Parse(
                "Authentication-Results",
                "spf=softfail (sender IP is 192.0.2.1) smtp.mailfrom=sender.example; dkim=none (message not signed) header.d=none;dmarc=fail action=oreject header.from=bank.example;compauth=fail reason=000"
            )
            .ShouldBe([
                new("authentication-results", null, "spf", "softfail", "sender.example"),
                new("authentication-results", null, "dkim", "none", "none"),
                new("authentication-results", null, "dmarc", "fail", "bank.example"),
                new("authentication-results", null, "compauth", "fail", null),
            ]);

    [Fact]
    public void Blanks_around_equal_signs_and_a_version_are_allowed() =>
        Parse("authentication-results", "mx.own.example 1 ; SPF = Pass  smtp.mailfrom = sender.example")
            .ShouldBe([new("authentication-results", "mx.own.example", "spf", "pass", "sender.example")]);

    [Fact]
    public void None_gives_no_verdict() => Parse("Authentication-Results", "mx.own.example; none").ShouldBeEmpty();

    [Fact]
    public void Arc_results_skip_the_instance() =>
        Parse("ARC-Authentication-Results", "i=1; mx.google.com; dkim=pass header.i=@sender.example header.s=s1; arc=none")
            .ShouldBe([new("arc", "mx.google.com", "dkim", "pass", "@sender.example"), new("arc", "mx.google.com", "arc", "none", null)]);

    [Theory]
    [InlineData(
        "pass (mx.own.example: domain of a@sender.example designates 192.0.2.1 as permitted sender) receiver=mx.own.example; client-ip=192.0.2.1; envelope-from=\"a@sender.example\"; helo=mail.sender.example;",
        "mx.own.example",
        "pass",
        "a@sender.example"
    )]
    [InlineData(
        "SoftFail (google.com: domain of transitioning a@sender.example does not designate 192.0.2.1 as permitted sender) client-ip=192.0.2.1;",
        "google.com",
        "softfail",
        "a@sender.example"
    )]
    [InlineData("none", null, "none", null)]
    public void Received_spf_is_read(string value, string? server, string result, string? identity) =>
        Parse("Received-SPF", value).ShouldBe([new("received-spf", server, "spf", result, identity)]);

    [Fact]
    public void Garbage_gives_no_verdict_in_no_time()
    {
        var watch = Stopwatch.StartNew();
        foreach (var sign in (string[])["(", "\"", ";", "=", " ", "a=", "a=b;", "(a"])
        {
            var value = string.Concat(Enumerable.Repeat(sign, 200_000));
            Parse("Authentication-Results", value).Count.ShouldBeLessThanOrEqualTo(AuthenticationResults.MaxVerdicts);
            Parse("Received-SPF", value);
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private static IReadOnlyList<AuthenticationVerdict> Parse(string name, string value) =>
        AuthenticationResults.Parse(HeaderTexts.Block((name, value)));
}
