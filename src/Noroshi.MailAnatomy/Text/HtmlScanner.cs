using System.Buffers;
using System.Runtime.CompilerServices;

namespace Noroshi.MailAnatomy.Text;

/// <summary>What the scanner stands on.</summary>
internal enum HtmlToken : byte
{
    End,
    Text,
    StartTag,
    EndTag,
}

/// <summary>
/// Forward-only tokenizer after the rules of the HTML standard (13.2.5) as far as reading needs them. Every character is looked
/// at a bounded number of times and nothing nests, so time is linear in the input whatever it holds.
/// </summary>
internal ref struct HtmlScanner(ReadOnlySpan<char> html)
{
    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\r\n\f/>");
    private static readonly SearchValues<char> AttributeNameEnd = SearchValues.Create(" \t\r\n\f/>=");
    private static readonly SearchValues<char> UnquotedEnd = SearchValues.Create(" \t\r\n\f>");
    private static readonly SearchValues<char> Gap = SearchValues.Create(" \t\r\n\f/");

    private readonly ReadOnlySpan<char> _html = html;
    private int _at;
    private AttributeRanges _ranges;
    private uint _present;

    /// <summary>The text of a text token, entities not yet resolved.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Element of a tag token.</summary>
    public HtmlTag Tag { get; private set; }

    /// <summary>The start tag has the attribute.</summary>
    public readonly bool Has(HtmlAttribute attribute) => (_present & (1u << (int)attribute)) != 0;

    /// <summary>The start tag has any of the attributes that are kept.</summary>
    public readonly bool HasAny => _present != 0;

    /// <summary>Value of an attribute as written; empty when absent.</summary>
    public readonly ReadOnlySpan<char> Raw(HtmlAttribute attribute) => Has(attribute) ? _html[_ranges[(int)attribute]] : default;

    /// <summary>Value of an attribute, entities resolved, at most <paramref name="max"/> characters; null when absent.</summary>
    public readonly string? Value(HtmlAttribute attribute, int max = 4_096)
    {
        if (!Has(attribute))
        {
            return null;
        }

        var raw = Raw(attribute);
        return HtmlEntities.DecodeAttribute(raw[..Math.Min(raw.Length, max)]);
    }

    /// <summary>Goes to the next token.</summary>
    public HtmlToken Read()
    {
        while (_at < _html.Length)
        {
            var rest = _html[_at..];
            var text = TextLength(rest);
            if (text > 0)
            {
                Text = rest[..text];
                _at += text;
                return HtmlToken.Text;
            }

            var next = rest[1];
            if (next is '!' or '?')
            {
                SkipDeclaration(rest);
            }
            else if (next == '/')
            {
                if (rest.Length > 2 && char.IsAsciiLetter(rest[2]))
                {
                    ReadTag(2);
                    return HtmlToken.EndTag;
                }

                SkipTo(rest, 2, ">");
            }
            else
            {
                ReadTag(1);
                return HtmlToken.StartTag;
            }
        }

        return HtmlToken.End;
    }

    /// <summary>
    /// The content of a raw element (script, style, textarea, …) up to its end tag, or all that is left; the end tag is passed.
    /// </summary>
    public ReadOnlySpan<char> ReadRaw(ReadOnlySpan<char> name)
    {
        var start = _at;
        while (_at < _html.Length)
        {
            var offset = _html[_at..].IndexOf("</");
            if (offset < 0)
            {
                break;
            }

            var end = _at + offset;
            var after = _html[(end + 2)..];
            _at = end + 2;
            if (
                after.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && (after.Length == name.Length || NameEnd.Contains(after[name.Length]))
            )
            {
                SkipTo(_html[_at..], name.Length, ">");
                return _html[start..end];
            }
        }

        _at = _html.Length;
        return _html[start..];
    }

    /// <summary>All that is left, as text.</summary>
    public ReadOnlySpan<char> ReadRest()
    {
        var rest = _html[_at..];
        _at = _html.Length;
        return rest;
    }

    /// <summary>Characters before the next tag; a <c>&lt;</c> that opens nothing is text.</summary>
    private static int TextLength(ReadOnlySpan<char> rest)
    {
        var from = 0;
        while (true)
        {
            var offset = rest[from..].IndexOf('<');
            if (offset < 0)
            {
                return rest.Length;
            }

            var at = from + offset;
            if (at + 1 >= rest.Length)
            {
                return rest.Length;
            }

            var next = rest[at + 1];
            if (char.IsAsciiLetter(next) || next is '/' or '!' or '?')
            {
                return at;
            }

            from = at + 1;
        }
    }

    private void SkipDeclaration(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("<!--"))
        {
            SkipTo(rest, 2, ">");
            return;
        }

        var body = rest[4..];
        if (body.StartsWith(">") || body.StartsWith("->"))
        {
            _at += 4 + (body[0] == '>' ? 1 : 2);
            return;
        }

        // "-->" and, after the standard's error rules, "--!>" end a comment.
        for (var from = 0; ; )
        {
            var dashes = body[from..].IndexOf("--");
            if (dashes < 0)
            {
                _at = _html.Length;
                return;
            }

            from += dashes + 1;
            var after = body[(from + 1)..];
            if (after.StartsWith(">") || after.StartsWith("!>"))
            {
                _at += 4 + from + 1 + (after[0] == '>' ? 1 : 2);
                return;
            }
        }
    }

    private void SkipTo(ReadOnlySpan<char> rest, int from, ReadOnlySpan<char> mark)
    {
        var offset = rest[Math.Min(from, rest.Length)..].IndexOf(mark);
        _at = offset < 0 ? _html.Length : _at + Math.Min(from, rest.Length) + offset + mark.Length;
    }

    private void ReadTag(int nameOffset)
    {
        var rest = _html[(_at + nameOffset)..];
        var length = rest.IndexOfAny(NameEnd);
        length = length < 0 ? rest.Length : length;
        Tag = HtmlNames.Tag(rest[..length]);
        _present = 0;
        _at += nameOffset + length;
        while (_at < _html.Length)
        {
            if (_html[_at] == '>')
            {
                _at++;
                return;
            }

            ReadAttribute();
        }
    }

    private void ReadAttribute()
    {
        var gap = _html[_at..].IndexOfAnyExcept(Gap);
        if (gap != 0)
        {
            _at = gap < 0 ? _html.Length : _at + gap;
            return;
        }

        // A name may start with "=" (13.2.5.32), so the search starts one later.
        var nameStart = _at;
        var length = _html[(_at + 1)..].IndexOfAny(AttributeNameEnd);
        _at = length < 0 ? _html.Length : _at + 1 + length;
        var name = _html[nameStart.._at];
        SkipWhite();
        var (valueStart, valueEnd) = (_at, _at);
        if (_at < _html.Length && _html[_at] == '=')
        {
            _at++;
            SkipWhite();
            (valueStart, valueEnd) = ReadValue();
        }

        var attribute = HtmlNames.Attribute(name);
        if (attribute != HtmlAttribute.Count && !Has(attribute))
        {
            _present |= 1u << (int)attribute;
            _ranges[(int)attribute] = valueStart..valueEnd;
        }
    }

    private (int Start, int End) ReadValue()
    {
        if (_at >= _html.Length)
        {
            return (_at, _at);
        }

        var quote = _html[_at];
        var start = quote is '"' or '\'' ? _at + 1 : _at;
        var rest = _html[start..];
        var length = quote is '"' or '\'' ? rest.IndexOf(quote) : rest.IndexOfAny(UnquotedEnd);
        var end = length < 0 ? _html.Length : start + length;
        _at = end < _html.Length && start > _at ? end + 1 : end;
        return (start, end);
    }

    private void SkipWhite()
    {
        while (_at < _html.Length && _html[_at] is ' ' or '\t' or '\r' or '\n' or '\f')
        {
            _at++;
        }
    }

    [InlineArray((int)HtmlAttribute.Count)]
    private struct AttributeRanges
    {
        private Range _first;
    }
}
