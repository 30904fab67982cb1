using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Messages;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Messages;

public sealed class MboxReaderTests
{
    private const string First = "From a@example.jp Mon Aug  5 10:20:30 2013\n";
    private const string Second = "From - Tue Aug  6 10:20:30 2013\n";

    private static readonly string[] Pieces = ["From a Mon Aug  5 10:20:30 2013\n", "\n", "\r\n", "text\n", "From x\n", "x"];

    private static List<MboxMessage> Read(string mbox, long most = 1 << 20) => Read(Encoding.UTF8.GetBytes(mbox), most);

    private static List<MboxMessage> Read(byte[] mbox, long most = 1 << 20)
    {
        using var stream = new MemoryStream(mbox);
        return [.. MboxReader.Read(stream, most)];
    }

    private static string Text(MboxMessage message) => Encoding.UTF8.GetString(message.Raw.Span);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Messages_come_without_from_line_and_without_the_blank_line_of_the_format(string end)
    {
        var mbox = $"{First}Subject: one\n\nbody\n\n{Second}Subject: two\n\nbody\n\n\n".Replace("\n", end, StringComparison.Ordinal);

        var messages = Read(mbox);

        messages.Select(Text).ShouldBe([$"Subject: one{end}{end}body{end}", $"Subject: two{end}{end}body{end}{end}"]);
        messages.Select(message => message.FromLine).ShouldBe([First.TrimEnd(), Second.TrimEnd()]);
        messages.ShouldAllBe(message => mbox.Substring((int)message.Offset, message.Raw.Length) == Text(message));
    }

    [Theory]
    [InlineData("From here on, Jan 2013 was 10:20 busy for everybody in the whole department and its surroundings\n")]
    [InlineData("From tomorrow the office is closed\n")]
    [InlineData("From: someone Mon Aug  5 10:20:30 2013\n")]
    [InlineData("From \n")]
    [InlineData(">From a@example.jp Mon Aug  5 10:20:30 2013\n")]
    [InlineData("from a@example.jp Mon Aug  5 10:20:30 2013\n")]
    public void Body_lines_that_begin_like_a_from_line_do_not_divide(string line) =>
        Text(Read($"{First}Subject: one\n\nbody\n\n{line}more\n").Single()).ShouldBe($"Subject: one\n\nbody\n\n{line}more\n");

    [Fact]
    public void A_from_line_divides_only_after_a_blank_line() => Read($"{First}Subject: one\n\nquoted:\n{Second}end\n").Count.ShouldBe(1);

    [Theory]
    [InlineData("From a@example.jp Mon Aug  5 10:20:30 2013")]
    [InlineData("From MAILER-DAEMON Mon Aug 05 10:20:30 2013")]
    [InlineData("From a@example.jp Mon Aug  5 10:20:30 JST 2013")]
    [InlineData("From a@example.jp Mon Aug  5 10:20:30 2013 +0900")]
    [InlineData("From a@example.jp  Mon, 05 Aug 2013 10:20")]
    [InlineData("From \"a b\"@example.jp Mon Aug  5 10:20:30 2013 remote from host")]
    [InlineData("From 1443000000000000000@xxx Mon Aug 05 10:20:30 +0000 2013")]
    public void From_lines_of_many_writers_are_known(string line) =>
        Read($"{line}\nSubject: one\n\nbody\n\n{line}\nSubject: two\n\nbody\n").Count.ShouldBe(2);

    [Fact]
    public void Blank_lines_at_the_beginning_are_passed_over() =>
        Read($"\n\r\n\n{First}Subject: one\n\nbody\n").Single().FromLine.ShouldStartWith("From a@example.jp");

    [Fact]
    public void Bytes_before_the_first_from_line_are_not_lost()
    {
        var messages = Read($"stray line\n\n{First}Subject: one\n\nbody\n");
        messages.Select(Text).ShouldBe(["stray line\n", "Subject: one\n\nbody\n"]);
        messages[0].FromLine.ShouldBeEmpty();
        messages[0].Offset.ShouldBe(0);
    }

    [Fact]
    public void An_empty_message_is_still_a_message() => Read($"{First}\n{Second}").Count.ShouldBe(2);

    [Fact]
    public void Empty_input_gives_nothing() => Read("\n\n\n").ShouldBeEmpty();

    [Fact]
    public void A_message_over_the_limit_is_cut_marked_and_does_not_swallow_the_next()
    {
        var messages = Read($"{First}Subject: one\n\n{new string('x', 300_000)}\n\n{Second}Subject: two\n\n", most: 1000);
        messages.Select(message => (message.Truncated, message.Raw.Length)).ShouldBe([(true, 1000), (false, 13)]);
    }

    [Fact]
    public void A_line_longer_than_any_buffer_stays_whole()
    {
        var line = new string('x', 500_000) + "\n\nFrom here";
        Text(Read($"{First}Subject: one\n\n{line}", most: 1 << 20).Single()).ShouldEndWith(line);
    }

    [Fact]
    public void Memory_stays_flat_over_many_messages()
    {
        using var stream = new RepeatedStream(Encoding.ASCII.GetBytes($"{First}Subject: one\n\n{new string('x', 3000)}\n\n"), 20_000);

        // Other tests allocate at the same time, so it is asked whether early messages are let go while the reading goes on.
        var early = new List<WeakReference>();
        var released = 0;
        var count = 0;
        foreach (var message in MboxReader.Read(stream, 1 << 20))
        {
            message.Raw.Length.ShouldBe(3015);
            if (count < 100)
            {
                early.Add(new WeakReference(message));
            }

            count++;
            if (count == 10_000)
            {
                GC.Collect();
                released = early.Count(one => !one.IsAlive);
            }
        }

        count.ShouldBe(20_000);
        released.ShouldBeGreaterThan(95);
    }

    [Fact]
    public void No_byte_is_lost_whatever_the_bytes_and_the_pieces_they_come_in() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 40], Gen.Int[1, 50])
            .Sample(
                pair =>
                {
                    var bytes = Encoding.ASCII.GetBytes(string.Concat(pair.Item1));
                    using var stream = new RepeatedStream(bytes, 1, pair.Item2);
                    var messages = MboxReader.Read(stream, 1 << 20).ToList();
                    foreach (var message in messages)
                    {
                        bytes.AsSpan((int)message.Offset, message.Raw.Length).SequenceEqual(message.Raw.Span).ShouldBeTrue();
                    }

                    // Only From_ lines and blank lines may be missing.
                    var kept = messages.Sum(message => message.Raw.ToArray().Count(value => value is (byte)'t' or (byte)'x'));
                    var fromLines = messages.Sum(message => message.FromLine.Count(value => value is 't' or 'x'));
                    return kept + fromLines == bytes.Count(value => value is (byte)'t' or (byte)'x');
                },
                iter: 1000
            );

    private sealed class RepeatedStream(byte[] unit, int times, int most = int.MaxValue) : Stream
    {
        private long _position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var left = (unit.Length * (long)times) - _position;
            var wanted = (int)Math.Min(Math.Min(count, most), left);
            for (var i = 0; i < wanted; i++)
            {
                buffer[offset + i] = unit[(int)(_position++ % unit.Length)];
            }

            return wanted;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
