using CsCheck;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class ThreadIndexParserTests
{
    private static readonly byte[] Guid = [.. Enumerable.Range(1, 16).Select(number => (byte)number)];

    [Fact]
    public void Both_forms_of_the_start_time_are_read_in_every_year_of_mail() =>
        Gen.DateTime[new DateTime(1996, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2056, 1, 1, 0, 0, 0, DateTimeKind.Utc)]
            .Sample(time =>
            {
                var utc = DateTime.SpecifyKind(time, DateTimeKind.Utc);
                var ticks = utc.ToFileTimeUtc();
                var upper = BitConverter.GetBytes(ticks).Reverse().ToArray();
                byte[] six = [.. upper.Take(6), .. Guid];
                byte[] five = [1, .. upper.Take(5), .. Guid];
                var old = ThreadIndexParser.Parse(Convert.ToBase64String(six)).ShouldNotBeNull();
                (utc - old.StartedAt.ShouldNotBeNull().UtcDateTime).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMilliseconds(7));
                var documented = ThreadIndexParser.Parse(Convert.ToBase64String(five)).ShouldNotBeNull();
                (utc - documented.StartedAt.ShouldNotBeNull().UtcDateTime).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1.7));
            });

    [Fact]
    public void Replies_share_the_conversation_and_are_counted()
    {
        byte[] start = [0x01, 0xce, 0xca, 0xbc, 0x12, 0x34, .. Guid];
        var first = ThreadIndexParser.Parse(Convert.ToBase64String(start)).ShouldNotBeNull();
        var reply = ThreadIndexParser.Parse(Convert.ToBase64String([.. start, 0, 1, 2, 3, 0x40, 0, 5, 6, 7, 0x50])).ShouldNotBeNull();
        first.Replies.ShouldBe(0);
        reply.Replies.ShouldBe(2);
        reply.Conversation.ShouldBe(first.Conversation);
        reply.Raw.ShouldStartWith(first.Raw);
        first.StartedAt.ShouldNotBeNull().Year.ShouldBe(2013);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ac7KvA==")]
    [InlineData("not base64 at all!")]
    public void What_is_too_short_or_no_base64_is_null(string value) => ThreadIndexParser.Parse(value).ShouldBeNull();

    [Fact]
    public void Folding_and_missing_padding_do_no_harm()
    {
        byte[] start = [0x01, 0xce, 0xca, 0xbc, 0x12, 0x34, .. Guid];
        var text = Convert.ToBase64String(start);
        ThreadIndexParser.Parse(text[..10] + "\r\n " + text[10..].TrimEnd('=')).ShouldBe(ThreadIndexParser.Parse(text));
    }

    [Fact]
    public void A_megabyte_is_cut_and_a_wild_time_is_unknown()
    {
        var long_ = ThreadIndexParser.Parse(new string('/', 1 << 20)).ShouldNotBeNull();
        long_.StartedAt.ShouldBeNull();
        long_.Replies.ShouldBe(500);
    }
}
