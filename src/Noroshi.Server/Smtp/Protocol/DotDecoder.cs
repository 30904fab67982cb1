namespace Noroshi.Server.Smtp.Protocol;

/// <summary>Knows where a mail's bytes end.</summary>
internal interface IBodyReader
{
    /// <summary>The end has been read.</summary>
    bool Ended { get; }

    /// <summary>Reads bytes up to the end; what stands behind it are commands.</summary>
    /// <returns>Bytes read.</returns>
    int Feed(ReadOnlySpan<byte> bytes, MessageBuffer into);
}

/// <summary>Reads a chunk of announced length (RFC 3030): every byte is the mail's, nothing in it ends it.</summary>
internal sealed class ChunkReader(long length) : IBodyReader
{
    private long _left = length;

    /// <inheritdoc/>
    public bool Ended => _left == 0;

    /// <inheritdoc/>
    public int Feed(ReadOnlySpan<byte> bytes, MessageBuffer into)
    {
        var take = (int)Math.Min(_left, bytes.Length);
        into.Append(bytes[..take]);
        _left -= take;
        return take;
    }
}

/// <summary>
/// Reads what follows DATA (RFC 5321 4.5.2). Only CR LF "." CR LF ends it; a lone CR or LF is a byte of the mail like any other, before the
/// dot and behind it. So no mail that a careless server passed on can end early and go on as commands, and what was sent is kept as it
/// was: the hub passes no mail on, so nothing else can be smuggled through it.
/// </summary>
internal sealed class DotDecoder : IBodyReader
{
    private State _state = State.LineStart;

    private enum State
    {
        /// <summary>Behind CR LF, or at the very beginning.</summary>
        LineStart,

        /// <summary>Behind a dot at the start of a line.</summary>
        Dot,

        /// <summary>Behind such a dot and CR.</summary>
        DotCr,

        /// <summary>Inside a line.</summary>
        Text,

        /// <summary>Behind CR.</summary>
        Cr,

        /// <summary>At the end.</summary>
        End,
    }

    /// <inheritdoc/>
    public bool Ended => _state == State.End;

    /// <inheritdoc/>
    public int Feed(ReadOnlySpan<byte> bytes, MessageBuffer into)
    {
        var at = 0;
        while (at < bytes.Length && _state != State.End)
        {
            var value = bytes[at];
            switch (_state)
            {
                case State.LineStart when value == (byte)'.':
                    _state = State.Dot;
                    at++;
                    break;
                case State.Dot when value == (byte)'\r':
                    _state = State.DotCr;
                    at++;
                    break;
                case State.DotCr when value == (byte)'\n':
                    _state = State.End;
                    at++;
                    break;
                case State.DotCr:
                    // The dot was the sender's mark of a line that begins with CR.
                    into.Append("\r"u8);
                    _state = State.Cr;
                    break;
                case State.Cr when value == (byte)'\n':
                    into.Append("\n"u8);
                    _state = State.LineStart;
                    at++;
                    break;
                default:
                    at += Run(bytes[at..], into);
                    break;
            }
        }

        return at;
    }

    /// <summary>Text up to and with the next CR.</summary>
    private int Run(ReadOnlySpan<byte> bytes, MessageBuffer into)
    {
        var end = bytes.IndexOf((byte)'\r');
        var length = end < 0 ? bytes.Length : end + 1;
        into.Append(bytes[..length]);
        _state = end < 0 ? State.Text : State.Cr;
        return length;
    }
}
