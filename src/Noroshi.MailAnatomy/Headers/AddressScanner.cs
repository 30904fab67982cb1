using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>What a stretch of an address list is.</summary>
internal enum AddressToken
{
    /// <summary>Blanks.</summary>
    Blank,

    /// <summary>Any other run of characters, encoded words whole.</summary>
    Text,

    /// <summary>A quoted string with its quotes.</summary>
    Quoted,

    /// <summary>A comment with its parentheses.</summary>
    Comment,

    /// <summary>An address in angle brackets, the closing one perhaps missing.</summary>
    Angle,

    /// <summary>Comma or semicolon.</summary>
    Separator,

    /// <summary>The colon behind a group's name.</summary>
    Colon,
}

/// <summary>
/// Cuts an address list into tokens before anything is decoded, so that neither a comma in an encoded word nor a 0x22 inside an
/// ISO-2022-JP sequence nor the second byte of a Shift_JIS letter separates. One character is one byte, or decoded text.
/// </summary>
internal ref struct AddressScanner(ReadOnlySpan<char> text, bool bytes)
{
    private const int LongestEncodedWord = 4_096;

    private static readonly SearchValues<char> Specials = SearchValues.Create(" \t\r\n\0\"(<,;:=\u001b");

    private readonly ReadOnlySpan<char> text = text;
    private readonly bool bytes = bytes;
    private readonly bool doubleByte = bytes && IsDoubleByte(text);
    private StructuredText structure = new(text);
    private bool noMoreQuotes;

    /// <summary>Start of the token.</summary>
    public int Start { get; private set; }

    /// <summary>Index after the token.</summary>
    public int End { get; private set; }

    /// <summary>Kind of the token.</summary>
    public AddressToken Token { get; private set; }

    /// <summary>The token lacked its closing character.</summary>
    public bool Unclosed { get; private set; }

    /// <summary>Goes to the next token; false at the end.</summary>
    public bool Next()
    {
        Start = End;
        Unclosed = false;
        if (Start >= text.Length)
        {
            return false;
        }

        switch (text[Start])
        {
            case ' ' or '\t' or '\r' or '\n' or '\0':
                End = Start + 1;
                while (End < text.Length && StructuredText.IsBlank(text[End]) && text[End] < 0x80)
                {
                    End++;
                }

                Token = AddressToken.Blank;
                break;
            case '"':
                Quote();
                break;
            case '(':
                End = structure.CommentEnd(Start);
                Token = End > Start + 1 ? AddressToken.Comment : AddressToken.Text;
                Unclosed = End == Start + 1;
                break;
            case '<':
                Angle();
                break;
            case ',' or ';':
                End = Start + 1;
                Token = AddressToken.Separator;
                break;
            case ':':
                End = Start + 1;
                Token = AddressToken.Colon;
                break;
            default:
                Text();
                break;
        }

        return true;
    }

    /// <summary>Index after the unit at <paramref name="at"/>: one character, a double-byte letter, an escape-sequence stretch.</summary>
    private readonly int Unit(int at)
    {
        var letter = text[at];
        if (!bytes)
        {
            return at + 1;
        }

        if (letter == '\u001b')
        {
            return EscapeEnd(at);
        }

        return
            doubleByte
            && letter is (>= '\u0081' and <= '\u009f') or (>= '\u00e0' and <= '\u00fc')
            && at + 1 < text.Length
            && text[at + 1] >= 0x40
            ? at + 2
            : at + 1;
    }

    /// <summary>From ESC $ (a 94x94 set, ISO 2022) to behind the ESC ( that goes back; the sequence alone when none follows on the line.</summary>
    private readonly int EscapeEnd(int at)
    {
        var shift = at + 1 < text.Length ? text[at + 1] : '\0';
        if (shift != '$')
        {
            return Math.Min(text.Length, shift == '(' ? at + 3 : at + 1);
        }

        var from = Math.Min(text.Length, at + 3);
        var length = text[from..].IndexOfAny('\u001b', '\n');
        if (length < 0)
        {
            return text.Length;
        }

        return text[from + length] == '\u001b' && from + length + 1 < text.Length && text[from + length + 1] == '('
            ? Math.Min(text.Length, from + length + 3)
            : from + length;
    }

    private void Quote()
    {
        Token = AddressToken.Quoted;
        var at = Start + 1;
        while (!noMoreQuotes && at < text.Length)
        {
            if (text[at] == '"')
            {
                End = at + 1;
                return;
            }

            at = text[at] == '\\' ? at + 2 : Unit(at);
        }

        // No quote closes: it is a letter, and so is every later one.
        noMoreQuotes = true;
        Unclosed = true;
        Token = AddressToken.Text;
        End = Start + 1;
    }

    private void Angle()
    {
        Token = AddressToken.Angle;
        var route = Start + 1 < text.Length && text[Start + 1] == '@';
        var at = Start + 1;
        while (at < text.Length)
        {
            var letter = text[at];
            if (letter == '>')
            {
                End = at + 1;
                return;
            }

            if (letter == '<' || letter == ';' || (letter == ',' && !route))
            {
                break;
            }

            if (letter == '"' && !noMoreQuotes)
            {
                at = QuoteInside(at);
                continue;
            }

            route &= letter != ':';
            at = Unit(at);
        }

        Unclosed = true;
        End = Math.Min(at, text.Length);
    }

    private int QuoteInside(int open)
    {
        var end = structure.QuoteEnd(open);
        noMoreQuotes |= end == open + 1;
        return end;
    }

    private void Text()
    {
        Token = AddressToken.Text;
        var at = Start;
        while (at < text.Length)
        {
            if (!doubleByte && text[at..].IndexOfAny(Specials) is var plain && plain != 0)
            {
                at = plain < 0 ? text.Length : at + plain;
                continue;
            }

            var letter = text[at];
            if (letter == '=' && EncodedWordEnd(at) is > 0 and var end)
            {
                at = end;
            }
            else if (letter is '\u001b' or '=' || !Specials.Contains(letter))
            {
                at = Unit(at);
            }
            else
            {
                break;
            }
        }

        End = Math.Max(Start + 1, Math.Min(at, text.Length));
    }

    /// <summary>Index after <c>=?charset?X?…?=</c> (RFC 2047 2) without blanks inside; 0 when it is none.</summary>
    private readonly int EncodedWordEnd(int at)
    {
        var window = text[at..Math.Min(text.Length, at + LongestEncodedWord)];
        if (window.Length < 8 || window[1] != '?')
        {
            return 0;
        }

        var charset = window[2..Math.Min(window.Length, 60)].IndexOf('?');
        if (charset < 1 || window.Length < charset + 6 || window[charset + 4] != '?')
        {
            return 0;
        }

        var start = charset + 5;
        var close = window[start..].IndexOf("?=", StringComparison.Ordinal);
        return close >= 0 && window[start..(start + close)].IndexOfAny(" \t\r\n") < 0 ? at + start + close + 2 : 0;
    }

    /// <summary>High bytes that are not UTF-8: letters of two bytes may end in an ASCII character.</summary>
    private static bool IsDoubleByte(ReadOnlySpan<char> latin)
    {
        if (!latin.ContainsAnyInRange('\u0080', '\u00ff'))
        {
            return false;
        }

        var copy = Encoding.Latin1.GetBytes(latin.ToArray());
        return !System.Text.Unicode.Utf8.IsValid(copy);
    }
}
