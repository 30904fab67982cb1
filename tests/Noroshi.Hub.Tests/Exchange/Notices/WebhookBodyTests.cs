using System.Text;
using Noroshi.Exchange.Notices;
using Noroshi.Hub.Tests.Exchange.Misp;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Notices;

public sealed class WebhookBodyTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(one => (byte)one)];

    [Fact]
    public void A_webhook_says_that_there_is_something_and_nothing_of_it()
    {
        Encoding
            .UTF8.GetString(WebhookBody.Of(SampleItems.Second, "all"))
            .ShouldBe(
                """{"event":"item.amended","item":"3f2a9c1d-5b7e-4d21-9c44-8a1b2c3d4e5f","version":2,"channel":"all","tlp":"amber"}"""
            );
        Encoding.UTF8.GetString(WebhookBody.Of(SampleItems.First, "all")).ShouldContain("item.released");
        Encoding.UTF8.GetString(WebhookBody.Of(SampleItems.Retracted, "all")).ShouldContain("item.retracted");
    }

    [Fact]
    public void The_signature_is_the_one_that_openssl_gives()
    {
        // printf '1385953200.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
        var (timestamp, signature) = WebhookBody.Sign(Secret, SampleItems.At, """{"a":1}"""u8);

        timestamp.ShouldBe("1385953200");
        signature.ShouldBe("v1=fd94e532e311ba3f3f9d335c6a9e322a0b1f7b1e7b800eebc116215d8de3fcbc");
    }

    [Fact]
    public void Another_body_secret_or_time_is_not_genuine()
    {
        var body = WebhookBody.Of(SampleItems.First, "all");
        var (timestamp, signature) = WebhookBody.Sign(Secret, SampleItems.At, body);

        WebhookBody.IsGenuine(Secret, SampleItems.At.AddMinutes(4), timestamp, signature, body).ShouldBeTrue();
        WebhookBody.IsGenuine(Secret, SampleItems.At.AddMinutes(6), timestamp, signature, body).ShouldBeFalse();
        WebhookBody.IsGenuine(Secret, SampleItems.At.AddMinutes(-6), timestamp, signature, body).ShouldBeFalse();
        WebhookBody.IsGenuine(Secret, SampleItems.At, timestamp, signature, [.. body, 0x20]).ShouldBeFalse();
        WebhookBody.IsGenuine([.. Secret.Reverse()], SampleItems.At, timestamp, signature, body).ShouldBeFalse();
        WebhookBody.IsGenuine(Secret, SampleItems.At, "1385953201", signature, body).ShouldBeFalse();
        WebhookBody.IsGenuine(Secret, SampleItems.At, "99999999999999999", signature, body).ShouldBeFalse();
        WebhookBody.IsGenuine(Secret, SampleItems.At, timestamp, "v1=", body).ShouldBeFalse();
    }
}
