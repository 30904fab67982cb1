using System.Globalization;
using CsCheck;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class CompositionTests
{
    private static readonly Gen<DateTime> When = Gen.DateTime[
        new DateTime(2005, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)
    ];
    private static readonly Gen<string> Base64Url = Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=_-"]
        .Array[48]
        .Select(letters => new string(letters));

    [Fact]
    public void Uuids_of_any_case_have_one_shape_each() =>
        Gen.Guid.Sample(id =>
        {
            IdentifierShape.OfMessageId($"<{id.ToString().ToLowerInvariant()}@pc.example>").ShouldBe("h8-h4-h4-h4-h12");
            IdentifierShape.Of("Apple-Mail=_" + id.ToString().ToUpperInvariant()).ShouldBe("Apple-Mail=_H8-h4-h4-h4-H12");
        });

    [Fact]
    public void Gmail_identifiers_have_one_shape() =>
        Base64Url
            .Where(tail =>
                tail.Any(char.IsAsciiDigit)
                && tail.Any(letter => letter is >= 'g' and <= 'z')
                && tail.Any(letter => letter is >= 'G' and <= 'Z')
            )
            .Sample(tail => IdentifierShape.OfMessageId($"<CA{tail}@mail.gmail.com>").ShouldBe("CAb"));

    [Fact]
    public void Outlook_identifiers_and_boundaries_have_one_shape() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt, Gen.Int[0, 0xffff])
            .Sample(
                (a, b, c, count) =>
                {
                    IdentifierShape.OfMessageId($"<0001{a:x8}${b | 0xA0000000:x8}${c:x8}$@example.jp>").ShouldBe("h12$h8$h8$");
                    IdentifierShape.Of($"----=_NextPart_000_{count:X4}_{a | 0xA0000000:X8}.{b:X8}").ShouldBe("----=_NextPart_d3_h4_H8.H8");
                }
            );

    [Fact]
    public void A_hexadecimal_run_without_a_digit_keeps_the_shape() =>
        IdentifierShape.Of("----=_NextPart_000_0001_FFFFFFFF.00000001").ShouldBe("----=_NextPart_d3_h4_H8.H8");

    [Fact]
    public void Becky_and_date_based_identifiers_have_one_shape() =>
        Gen.Select(When, Gen.Int[0, 0xffff])
            .Sample(
                (when, number) =>
                {
                    var stamp = when.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
                    IdentifierShape.OfMessageId($"<{stamp}.{number:X4}.TARO@own.example>").ShouldBe("D14.h4.x4");
                    IdentifierShape.OfMessageId($"<{stamp}.{number}1.qmail@own.example>").ShouldStartWith("D14.");
                }
            );

    [Fact]
    public void Java_mail_identifiers_have_one_shape() =>
        Gen.Select(Gen.Int[1, int.MaxValue].Where(hash => hash is < 10_000_000 or > 99_999_999), Gen.Int[1, 9_999], When)
            .Sample(
                (hash, count, when) =>
                {
                    var milliseconds = new DateTimeOffset(when, TimeSpan.Zero).ToUnixTimeMilliseconds();
                    IdentifierShape.Of($"----=_Part_{count % 1000}_{hash}.{milliseconds}").ShouldBe("----=_Part_9_9.9");
                }
            );

    [Fact]
    public void Java_mail_counters_of_eight_digits_are_counters() =>
        IdentifierShape.Of("----=_Part_12_34567890.1381968120000").ShouldBe("----=_Part_9_9.9");

    [Fact]
    public void Gmail_boundaries_have_one_shape() =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample((a, b) => IdentifierShape.Of($"000000000000{a:x16}").ShouldBe("h28"));

    [Fact]
    public void Different_makers_have_different_shapes()
    {
        string[] shapes =
        [
            IdentifierShape.Of("----=_NextPart_000_0001_01CECABC.12345678"),
            IdentifierShape.Of("----=_Part_12_345678.1381968120000"),
            IdentifierShape.Of("Apple-Mail=_0D3F1D9C-5B0E-4C8E-9B65-111122223333"),
            IdentifierShape.Of("000000000000abcdef0123456789"),
            IdentifierShape.Of("--boundary-LibPST-iamunique-123_-_-"),
            IdentifierShape.Of("b1_0123456789abcdef0123456789abcdef"),
        ];
        shapes.Distinct(StringComparer.Ordinal).Count().ShouldBe(shapes.Length);
    }

    [Fact]
    public void Date_shape_is_the_same_on_every_day_and_differs_by_habit()
    {
        When.Sample(when =>
            DateShape
                .Of(when.ToString("ddd, d MMM yyyy HH:mm:ss '+0900'", CultureInfo.InvariantCulture))
                .ShouldBe("E, d MMM yyyy HH:mm:ss Z")
        );
        DateShape.Of("Thu, 17 Oct 2013 09:02:03 +0900 (JST)").ShouldBe("E, d MMM yyyy HH:mm:ss Z (z)");
        DateShape.Of("17 Oct 2013 09:02:03 -0000").ShouldBe("d MMM yyyy HH:mm:ss Z");
        DateShape.Of("Thu, 17 Oct 2013 09:02 GMT").ShouldBe("E, d MMM yyyy HH:mm GMT");
        DateShape.Of("2013-10-17T09:02:03+09:00").ShouldBe("yyyy-d-dEHH:mm:ssZ:");
    }

    [Fact]
    public void Header_order_leaves_out_what_servers_and_occasions_add()
    {
        var bare = Describe(
            ("From", "a@x.example"),
            ("To", "b@own.example"),
            ("Subject", "x"),
            ("Date", "Thu, 17 Oct 2013 09:02:03 +0900"),
            ("X-Mailer", "Becky! ver. 2.65"),
            ("MIME-Version", "1.0")
        );
        var travelled = Describe(
            ("Return-Path", "<a@x.example>"),
            ("Received", "from a by b; Thu, 17 Oct 2013 09:02:03 +0900"),
            ("Authentication-Results", "x; none"),
            ("X-Spam-Status", "No"),
            ("DKIM-Signature", "v=1"),
            ("From", "a@x.example"),
            ("To", "b@own.example"),
            ("Cc", "c@own.example"),
            ("Subject", "x"),
            ("Date", "Fri, 1 Nov 2013 19:12:03 +0900"),
            ("In-Reply-To", "<1@x>"),
            ("References", "<1@x>"),
            ("X-Mailer", "Becky! ver. 2.65"),
            ("MIME-Version", "1.0"),
            ("X-UIDL", "1")
        );
        bare.HeaderOrder.ShouldBe("From,To,Subject,Date,X-Mailer,MIME-Version");
        travelled.ShouldBe(bare);
        bare.Mailer.ShouldBe("Becky! ver. 2.65");
        bare.TimeZone.ShouldBe("+0900");
    }

    [Theory]
    [InlineData("Message-ID", "<CAabc@mail.gmail.com>", "Gmail")]
    [InlineData("Message-ID", "<20131017.1.qmail@web100.mail.kks.yahoo.co.jp>", "Yahoo! JAPAN")]
    [InlineData("Message-ID", "<010001@email.amazonses.com>", "Amazon SES")]
    [InlineData("Message-ID", "<TY1@TY1PR01MB1.apcprd01.prod.outlook.com>", "Microsoft 365")]
    [InlineData("X-SG-EID", "abc", "SendGrid")]
    [InlineData("Received", "from mail.x.example (docomo.ne.jp [192.0.2.1]) by mx.own.example; Thu, 17 Oct 2013 09:02:03 +0900", "docomo")]
    [InlineData("Message-ID", "<a@notmail.gmail.com.example>", null)]
    public void Sending_service_is_named(string name, string value, string? service) =>
        Describe((name, value)).SendingService.ShouldBe(service);

    [Theory]
    [InlineData("X-Originating-IP", "[192.0.2.9]", "192.0.2.9")]
    [InlineData("X-Originating-Ip", "192.0.2.9, 10.0.0.1", "192.0.2.9")]
    [InlineData("Received", "from [192.0.2.5] by web100.mail.kks.yahoo.co.jp via HTTP; Thu, 17 Oct 2013 10:00:00 JST", "192.0.2.5")]
    [InlineData("X-Originating-IP", "nonsense", null)]
    public void Client_address_of_web_mail_is_read(string name, string value, string? ip) => Describe((name, value)).ClientIp.ShouldBe(ip);

    private static CompositionFingerprint Describe(params (string Name, string Value)[] fields)
    {
        var block = HeaderTexts.Block(fields);
        return Composition.Describe(block, "plain", [], null, ReceivedParser.Parse(block, []));
    }
}
