using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>One message of an mbox.</summary>
/// <param name="Offset">Byte of the stream (from where reading began) at which <paramref name="Raw"/> starts.</param>
/// <param name="FromLine">The From_ line without its line end, bytes as Latin-1; empty for bytes that stand before the first From_ line.</param>
/// <param name="Raw">Bytes of the message without the From_ line and without the one blank line that the format adds behind a message.</param>
/// <param name="Truncated">The message is larger than allowed; <paramref name="Raw"/> is its beginning.</param>
public sealed record MboxMessage(long Offset, string FromLine, ReadOnlyMemory<byte> Raw, bool Truncated);

/// <summary>
/// Reads an mbox (RFC 4155 and its older kin) forward with flat memory: one message at a time.
/// <para>
/// A line divides only when it follows a blank line or the beginning, starts with <c>From </c> and has the shape of a From_ line, with a
/// month, a time of day and a year. Lines that writers quoted as <c>&gt;From </c> stay quoted: whether one or all levels were added differs
/// between mboxo and mboxrd, and the stored bytes are evidence. Lines end with LF or CRLF.
/// </para>
/// </summary>
public static class MboxReader
{
    /// <summary>Reads the messages one after the other.</summary>
    /// <param name="stream">The mbox; read to its end, not closed.</param>
    /// <param name="maxMessageBytes">Bytes kept of one message; the rest is passed over and the message marked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public static IEnumerable<MboxMessage> Read(Stream stream, long maxMessageBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessageBytes);
        return Messages(stream, maxMessageBytes);
    }

    /// <summary>Whether bytes begin like an mbox: a From_ line, at most blank lines before it.</summary>
    public static bool LooksLikeMbox(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (start < 0)
        {
            return false;
        }

        var line = bytes[start..];
        var end = line.IndexOf((byte)'\n');
        return end > 0 && MboxFromLine.IsOne(line[..end]);
    }

    private static IEnumerable<MboxMessage> Messages(Stream stream, long maxMessageBytes)
    {
        var lines = new MboxLines(stream);
        var message = new MboxBuilder(maxMessageBytes);
        var afterBlank = true;
        while (lines.Next())
        {
            if (afterBlank && lines.StartsLine && MboxFromLine.IsOne(lines.Current.Span))
            {
                if (message.Finish() is { } finished)
                {
                    yield return finished;
                }

                message.Start(lines.Offset + lines.Current.Length, lines.Current.Span);
                afterBlank = false;
                continue;
            }

            message.Add(lines.Current.Span, lines.Offset);
            afterBlank = lines.StartsLine && lines.Current.Span is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
        }

        if (message.Finish() is { } last)
        {
            yield return last;
        }
    }
}

/// <summary>Collects the lines of one message.</summary>
internal sealed class MboxBuilder(long maxBytes)
{
    private ArrayBufferWriter<byte> _raw = new();
    private string _fromLine = "";
    private long _offset;
    private bool _started;
    private bool _truncated;
    private bool _anything;

    public void Start(long offset, ReadOnlySpan<byte> fromLine)
    {
        _raw = new ArrayBufferWriter<byte>();
        _fromLine = Encoding.Latin1.GetString(fromLine.TrimEnd("\r\n"u8));
        _offset = offset;
        _started = true;
        _truncated = false;
    }

    public void Add(ReadOnlySpan<byte> line, long offset)
    {
        if (!_started && !_anything)
        {
            // Blank lines before the first message are no message.
            if (line.TrimEnd("\r\n"u8).IsEmpty)
            {
                return;
            }

            _offset = offset;
            _anything = true;
        }

        var room = Math.Min(maxBytes, Array.MaxLength) - _raw.WrittenCount;
        if (line.Length > room)
        {
            line = line[..(int)room];
            _truncated = true;
        }

        _raw.Write(line);
    }

    public MboxMessage? Finish()
    {
        if (!_started && !_anything)
        {
            return null;
        }

        var raw = _raw.WrittenMemory;
        if (!_truncated)
        {
            raw = raw[..^BlankLineAtEnd(raw.Span)];
        }

        _anything = false;
        _raw = new ArrayBufferWriter<byte>();
        return new MboxMessage(_offset, _fromLine, raw, _truncated);
    }

    private static int BlankLineAtEnd(ReadOnlySpan<byte> raw)
    {
        if (raw.EndsWith("\n\r\n"u8))
        {
            return 2;
        }

        return raw.EndsWith("\n\n"u8) ? 1 : 0;
    }
}

/// <summary>Lines of a stream with their ends; a line longer than the buffer comes in pieces.</summary>
internal sealed class MboxLines(Stream stream)
{
    private const int BufferSize = 128 << 10;

    /// <summary>Not more than the whole: most boxes hold one small mail, and large arrays cost whole collections.</summary>
    private readonly byte[] _buffer = new byte[
        stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position, 1, BufferSize) : BufferSize
    ];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _insideLine;

    /// <summary>The line or piece; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Place of <see cref="Current"/> in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>False when <see cref="Current"/> goes on with a line.</summary>
    public bool StartsLine { get; private set; }

    public bool Next()
    {
        Offset += Current.Length;
        Current = default;
        var scanned = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(scanned + end + 1, endsLine: true);
            }

            scanned = _end - _start;
            if (_ended || scanned == _buffer.Length)
            {
                return scanned > 0 && Take(scanned, endsLine: false);
            }

            Fill();
        }
    }

    private bool Take(int length, bool endsLine)
    {
        Current = _buffer.AsMemory(_start, length);
        _start += length;
        StartsLine = !_insideLine;
        _insideLine = !endsLine;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _ended = count == 0;
    }
}

/// <summary>The shape of a From_ line: sender, then a date as <c>ctime</c> writes it, with or without a zone.</summary>
internal static class MboxFromLine
{
    private const int Longest = 1000;

    public static bool IsOne(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("From "u8) || line.Length > Longest)
        {
            return false;
        }

        var month = false;
        var time = false;
        var year = false;
        var words = 0;
        var rest = line["From "u8.Length..].Trim(" \t\r\n"u8);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny((byte)' ', (byte)'\t');
            var word = (end < 0 ? rest : rest[..end]).TrimEnd((byte)',');
            month |= IsMonth(word);
            time |= IsTime(word);
            year |= IsYear(word);
            words++;
            rest = end < 0 ? default : rest[end..].TrimStart(" \t"u8);
        }

        // Longer lines are sentences; the longest honest form has a zone and "remote from HOST".
        return month && time && year && words is >= 4 and <= 11;
    }

    private static bool IsMonth(ReadOnlySpan<byte> word) =>
        word.Length == 3 && "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(word) is >= 0 and var place && place % 3 == 0;

    // 8:05, 08:05 or 08:05:09
    private static bool IsTime(ReadOnlySpan<byte> word)
    {
        var colon = word.IndexOf((byte)':');
        return colon is 1 or 2
            && word.Length is >= 4 and <= 8
            && word.IndexOfAnyExceptInRange((byte)'0', (byte)':') < 0
            && word.Length - colon is 3 or 6;
    }

    private static bool IsYear(ReadOnlySpan<byte> word) =>
        word.Length == 4 && word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && word[0] is (byte)'1' or (byte)'2';
}
