using System.Diagnostics;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class MessageIdsTests
{
    [Theory]
    [InlineData("<a.b@c.example>", "a.b@c.example", false)]
    [InlineData("a.b@c.example", "a.b@c.example", true)]
    [InlineData("<a.b @c.example>", "a.b@c.example", true)]
    [InlineData("<a.b@c.example", "a.b@c.example", true)]
    [InlineData("<nodomain>", "nodomain", true)]
    [InlineData("nodomain", "nodomain", true)]
    [InlineData("(comment <x@y.example>) <a.b@c.example>", "a.b@c.example", false)]
    [InlineData("<<a.b@c.example>>", "a.b@c.example", false)]
    public void Message_id_is_read_without_brackets(string value, string expected, bool malformed)
    {
        List<Finding> findings = [];
        MessageIds.MessageId(HeaderTexts.Block(("Message-Id", value)), findings).ShouldBe(expected);
        findings.Any(finding => finding.Code == "message-id.malformed").ShouldBe(malformed);
    }

    [Fact]
    public void Missing_message_id_is_a_finding()
    {
        List<Finding> findings = [];
        MessageIds.MessageId(HeaderTexts.Block(("Message-Id", "")), findings).ShouldBeNull();
        findings.ShouldHaveSingleItem().Code.ShouldBe("message-id.missing");
    }

    [Theory]
    [InlineData("<a@c.example>", "a@c.example")]
    [InlineData("Your message of \"Thu, 17 Oct 2013\" <a@c.example>", "a@c.example")]
    [InlineData("<a@c.example> from taro@own.example", "a@c.example")]
    [InlineData("Message from taro@own.example of Thursday", null)]
    [InlineData("a@c.example", "a@c.example")]
    [InlineData("", null)]
    public void In_reply_to_takes_identifiers_and_no_phrases(string value, string? expected) =>
        MessageIds.InReplyTo(HeaderTexts.Block(("In-Reply-To", value))).ShouldBe(expected);

    [Theory]
    [InlineData("<a@x.example> <b@x.example>", "a@x.example,b@x.example")]
    [InlineData("<a@x.example><b@x.example>", "a@x.example,b@x.example")]
    [InlineData("<a@x.example>, <b@x.example>", "a@x.example,b@x.example")]
    [InlineData("a@x.example b@x.example", "a@x.example,b@x.example")]
    [InlineData("<a@x.example <b@x.example>", "a@x.example,b@x.example")]
    [InlineData("<a@x.example b@x.example", "a@x.example")]
    [InlineData("<>", "")]
    public void References_keep_their_order(string value, string expected) =>
        string.Join(',', MessageIds.References(HeaderTexts.Block(("References", value)), [])).ShouldBe(expected);

    [Fact]
    public void Half_a_million_references_keep_the_first_ten_and_the_last_ninety()
    {
        List<Finding> findings = [];
        var value = string.Join(' ', Enumerable.Range(0, 500_000).Select(number => $"<{number}@x.example>"));
        var watch = Stopwatch.StartNew();
        var references = MessageIds.References(new HeaderBlock([new HeaderField("References", default, value)]), findings);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        references.Count.ShouldBe(MailLimits.References);
        references[9].ShouldBe("9@x.example");
        references[10].ShouldBe("499910@x.example");
        references[^1].ShouldBe("499999@x.example");
        findings.ShouldHaveSingleItem().Code.ShouldBe("message-id.too-many-references");
    }

    [Theory]
    [InlineData('<')]
    [InlineData('(')]
    [InlineData('>')]
    [InlineData('a')]
    public void A_megabyte_of_one_sign_takes_linear_time(char sign)
    {
        var watch = Stopwatch.StartNew();
        MessageIds.References(new HeaderBlock([new HeaderField("References", default, new string(sign, 1 << 20))]), []);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
