using System.Buffers;

namespace Noroshi.MailAnatomy.FileTypes.Rtf;

/// <summary>Kinds of tokens.</summary>
internal enum RtfKind
{
    /// <summary>The bytes ended.</summary>
    End,

    /// <summary><c>{</c>.</summary>
    Open,

    /// <summary><c>}</c>.</summary>
    Close,

    /// <summary>A control word, with or without a number.</summary>
    Word,

    /// <summary>A control symbol: a backslash and one other character.</summary>
    Symbol,

    /// <summary><c>\'xx</c>; the byte is the number. -1 when the digits are none.</summary>
    Hex,

    /// <summary>Text up to the next control, line ends left out.</summary>
    Text,

    /// <summary>Raw bytes behind <c>\bin</c>.</summary>
    Binary,
}

/// <summary>Tokens of RTF 1.9.1, read as leniently as Word reads them. Goes forward only; never throws.</summary>
/// <param name="bytes">The document.</param>
internal ref struct RtfTokens(ReadOnlySpan<byte> bytes)
{
    /// <summary>Letters of a control word that count.</summary>
    private const int MaxWord = 64;

    private static readonly SearchValues<byte> TextEnds = SearchValues.Create("{}\\\r\n\0"u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _binary;

    /// <summary>Kind of the token read last.</summary>
    public RtfKind Kind { get; private set; }

    /// <summary>Name of the word, or the bytes of the text or of the raw data.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Number of a word; the byte of <see cref="RtfKind.Hex"/>.</summary>
    public int Number { get; private set; }

    /// <summary>A number stood behind the word.</summary>
    public bool HasNumber { get; private set; }

    /// <summary>Offset of the next token.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the next token.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        if (_binary > 0)
        {
            var length = Math.Min(_binary, _bytes.Length - Position);
            _binary = 0;
            if (length > 0)
            {
                return Take(RtfKind.Binary, Position, length, length);
            }
        }

        // Line ends between tokens mean nothing.
        while (Position < _bytes.Length && _bytes[Position] is (byte)'\r' or (byte)'\n' or 0)
        {
            Position++;
        }

        if (Position >= _bytes.Length)
        {
            Kind = RtfKind.End;
            Value = default;
            return false;
        }

        switch (_bytes[Position])
        {
            case (byte)'{':
                return Take(RtfKind.Open, Position, 1, 1);
            case (byte)'}':
                return Take(RtfKind.Close, Position, 1, 1);
            case (byte)'\\':
                return Control();
            default:
                var stop = _bytes[Position..].IndexOfAny(TextEnds);
                stop = stop < 0 ? _bytes.Length - Position : stop;
                return Take(RtfKind.Text, Position, stop, stop);
        }
    }

    /// <summary>Whether the word is this one.</summary>
    public readonly bool Is(ReadOnlySpan<byte> word) => Value.SequenceEqual(word);

    private bool Take(RtfKind kind, int at, int length, int skip)
    {
        Kind = kind;
        Value = _bytes.Slice(at, length);
        Position += skip;
        return true;
    }

    private bool Control()
    {
        var at = Position + 1;
        if (at >= _bytes.Length)
        {
            return Take(RtfKind.Symbol, Position, 1, 1);
        }

        if (_bytes[at] == '\'')
        {
            return HexByte(at + 1);
        }

        if (!char.IsAsciiLetter((char)_bytes[at]))
        {
            return Take(RtfKind.Symbol, at, 1, 2);
        }

        var end = at;
        while (end < _bytes.Length && char.IsAsciiLetter((char)_bytes[end]))
        {
            end++;
        }

        var name = _bytes[at..Math.Min(end, at + MaxWord)];
        ReadNumber(ref end);
        if (end < _bytes.Length && _bytes[end] == ' ')
        {
            end++;
        }

        Kind = RtfKind.Word;
        Value = name;
        Position = end;
        if (Number > 0 && Is("bin"u8))
        {
            _binary = Number;
        }

        return true;
    }

    private void ReadNumber(ref int at)
    {
        var from = at;
        var negative = at < _bytes.Length && _bytes[at] == '-';
        if (negative)
        {
            at++;
        }

        long value = 0;
        var digits = 0;
        while (at < _bytes.Length && char.IsAsciiDigit((char)_bytes[at]))
        {
            // Word takes the number as 32 bits, however many digits there are.
            value = Math.Min(value * 10 + (_bytes[at] - '0'), int.MaxValue);
            at++;
            digits++;
        }

        HasNumber = digits > 0;
        if (digits == 0)
        {
            at = from;
        }

        Number = (int)(negative ? -value : value);
    }

    private bool HexByte(int at)
    {
        var high = at < _bytes.Length ? Nibble(_bytes[at]) : -1;
        var low = at + 1 < _bytes.Length ? Nibble(_bytes[at + 1]) : -1;
        var valid = high >= 0 && low >= 0;
        // Word takes two characters whatever they are; braces and backslashes keep their meaning.
        var length = 0;
        while (length < 2 && at + length < _bytes.Length && _bytes[at + length] is not ((byte)'{' or (byte)'}' or (byte)'\\'))
        {
            length++;
        }

        Kind = RtfKind.Hex;
        Value = _bytes.Slice(at, length);
        Number = valid ? (high << 4) | low : -1;
        Position = at + length;
        return true;
    }

    /// <summary>Value of a hex digit; -1 for anything else.</summary>
    public static int Nibble(byte digit) =>
        digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => -1,
        };
}
