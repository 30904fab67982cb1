using System.Buffers;

namespace Noroshi.MailAnatomy.Text;

/// <summary>
/// Builds the visible lines: white space collapsed, line breaks of blocks merged, every line of a quote marked. Grows by
/// doubling up to the limit and then takes nothing more.
/// </summary>
internal sealed class HtmlOutput(int limit)
{
    private const int MaxBreaks = 20;
    private const int MaxMarkers = 32;
    private const int MaxIndent = 80;
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\r\n\f&\u00A0");
    private static readonly SearchValues<char> SpecialPre = SearchValues.Create("\r\n&\u00A0");

    private char[] _text = new char[1_024];
    private int _lineStart;
    private int _breaks;
    private int _indent;
    private int _lastQuote;
    private bool _space;
    private bool _tab;
    private bool _onlyMarker;

    /// <summary>Characters written.</summary>
    public int Length { get; private set; }

    /// <summary>The limit was reached.</summary>
    public bool Full { get; private set; }

    /// <summary>Something stands on the current line.</summary>
    public bool LineHasContent { get; private set; }

    /// <summary>Depth of quoting of what is written next.</summary>
    public int Quote { get; set; }

    /// <summary>What was written from there on.</summary>
    public ReadOnlySpan<char> From(int start) => _text.AsSpan(Math.Min(start, Length), Math.Max(0, Length - start));

    /// <inheritdoc/>
    public override string ToString()
    {
        TrimLine();
        return new string(_text, 0, Length);
    }

    /// <summary>Writes text with its character references and white space.</summary>
    public void Text(ReadOnlySpan<char> text, bool pre)
    {
        while (!text.IsEmpty && !Full)
        {
            var plain = text.IndexOfAny(pre ? SpecialPre : Special);
            plain = plain < 0 ? text.Length : plain;
            if (plain > 0)
            {
                Write(text[..plain]);
                text = text[plain..];
                continue;
            }

            text = text[One(text, pre)..];
        }
    }

    /// <summary>Writes text as it is.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        StartContent(text[0]);
        Raw(text);
        _onlyMarker = false;
    }

    /// <summary>Writes the mark of a list item: a block directly after it stays on its line.</summary>
    public void Marker(ReadOnlySpan<char> text)
    {
        Write(text);
        _onlyMarker = true;
    }

    /// <summary>A cell begins: a tab when something stands before it on the line.</summary>
    public void Cell() => _tab = LineHasContent;

    /// <summary>br.</summary>
    public void Break()
    {
        EndLine();
        _breaks = Math.Min(MaxBreaks, _breaks + 1);
    }

    /// <summary>A block begins or ends.</summary>
    public void Block(bool spaced)
    {
        if (LineHasContent && _onlyMarker)
        {
            return;
        }

        if (LineHasContent || _indent > 0)
        {
            EndLine();
            _breaks = Math.Min(MaxBreaks, _breaks + 1);
        }

        if (spaced && Length > 0)
        {
            _breaks = Math.Max(_breaks, 2);
        }
    }

    private void EndLine()
    {
        LineHasContent = false;
        _onlyMarker = false;
        _indent = 0;
        _space = false;
        _tab = false;
    }

    /// <summary>One special character or reference; gives how much was used up.</summary>
    private int One(ReadOnlySpan<char> text, bool pre)
    {
        var first = text[0];
        if (first == '&')
        {
            return Reference(text);
        }

        if (first == '\u00A0')
        {
            Hard();
            return 1;
        }

        if (!pre)
        {
            _space |= LineHasContent;
            var end = text.IndexOfAnyExcept(" \t\r\n\f");
            var used = end < 0 ? text.Length : end;
            if (end > 0 && _space && IsWide(text[end]) && text[..end].ContainsAny('\n', '\r') && Length > 0 && IsWide(_text[Length - 1]))
            {
                // A source line broken between two Japanese characters is no space to the reader (CSS Text 4.1.2).
                _space = false;
            }

            return used;
        }

        Break();
        return first == '\r' && text.Length > 1 && text[1] == '\n' ? 2 : 1;
    }

    private int Reference(ReadOnlySpan<char> text)
    {
        Span<char> target = stackalloc char[2];
        var used = HtmlEntities.Resolve(text, inAttribute: false, target, out var written);
        if (used == 0)
        {
            Write(text[..1]);
            return 1;
        }

        if (written == 1 && target[0] is '\u00A0')
        {
            Hard();
        }
        else if (written == 1 && target[0] is '\r' or '\n')
        {
            _space |= LineHasContent;
        }
        else
        {
            Write(target[..written]);
        }

        return used;
    }

    /// <summary>A space that does not collapse.</summary>
    private void Hard()
    {
        if (LineHasContent)
        {
            StartContent('\u00A0');
            Raw(" ");
        }
        else
        {
            _indent = Math.Min(MaxIndent, _indent + 1);
        }
    }

    private void StartContent(char first)
    {
        if (!LineHasContent)
        {
            NewLines();
            LineHasContent = true;
            var indent = _indent;
            _indent = 0;
            for (; indent > 0; indent--)
            {
                Raw(" ");
            }
        }
        else if (_tab)
        {
            Raw("\t");
        }
        else if (_space && first != '\u00A0')
        {
            Raw(" ");
        }

        _tab = false;
        _space = false;
    }

    private void NewLines()
    {
        if (Length == 0)
        {
            _breaks = 0;
            Prefix(Quote, lineEmpty: false);
            _lastQuote = Quote;
            return;
        }

        for (; _breaks > 0; _breaks--)
        {
            TrimLine();
            Raw("\n");
            _lineStart = Length;
            Prefix(_breaks > 1 ? Math.Min(_lastQuote, Quote) : Quote, _breaks > 1);
        }

        _lastQuote = Quote;
    }

    private void Prefix(int depth, bool lineEmpty)
    {
        for (var level = Math.Min(depth, MaxMarkers); level > 0; level--)
        {
            Raw(lineEmpty && level == 1 ? ">" : "> ");
        }
    }

    private void TrimLine()
    {
        while (Length > _lineStart && _text[Length - 1] is ' ' or '\t' && Length > _lineStart)
        {
            Length--;
        }
    }

    private void Raw(ReadOnlySpan<char> text)
    {
        if (Length + text.Length > limit)
        {
            text = text[..(limit - Length)];
            Full = true;
        }

        if (Length + text.Length > _text.Length)
        {
            Array.Resize(ref _text, (int)Math.Min(limit, Math.Max((long)_text.Length * 2, Length + text.Length)));
        }

        text.CopyTo(_text.AsSpan(Length));
        Length += text.Length;
    }

    private static bool IsWide(char character) => character is >= '\u3000' and <= '\u9FFF' or >= '\uFF00' and <= '\uFFEF';
}
