using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Text;

/// <summary>Takes a body text apart: what the sender wrote, salutation, signature, footer, and the earlier mails quoted in it.</summary>
public static class BodyAnalyzer
{
    private const int MaxQuotes = 200;
    private const int LanguageSample = 4_000;

    /// <summary>Analyses a body. Never fails; time is linear in the text.</summary>
    /// <param name="text">The text with any line ends; what is beyond <see cref="MailLimits.TextCharacters"/> is dropped.</param>
    /// <param name="source"><c>plain</c>, <c>html</c>, <c>rtf</c> or <c>none</c>.</param>
    /// <param name="charset">Charset the text was really in.</param>
    /// <param name="formatFlowed">The part is format=flowed (RFC 3676): soft line ends are joined.</param>
    /// <param name="deleteSpace">DelSp=yes of such a part.</param>
    public static BodyText Analyse(string text, string source, string? charset, bool formatFlowed = false, bool deleteSpace = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        var normal = BodyLines.Normalise(text);
        normal = formatFlowed ? BodyLines.Unflow(normal, deleteSpace) : normal;
        if (normal.Length == 0)
        {
            return new BodyText { Source = source, Charset = charset };
        }

        var lines = BodyLines.Split(normal);
        var quotes = new QuoteCollector(MaxQuotes);
        MarkQuotes(normal, lines, quotes);
        MarkNew(normal, lines);
        return new BodyText
        {
            Text = normal,
            Source = source,
            Charset = charset,
            Language = Language(normal, lines),
            Blocks = Blocks(lines),
            Quotes = quotes.Result(),
        };
    }

    /// <summary>Gives every line its depth, finds the attributions and hands the quoted lines to the collector.</summary>
    private static void MarkQuotes(string text, BodyLine[] lines, QuoteCollector quotes)
    {
        Span<int> opened = stackalloc int[BodyLines.MaxDepth];
        var open = 0;
        var lastRaw = 0;
        for (var index = 0; index < lines.Length; )
        {
            ref var line = ref lines[index];
            var raw = line.Depth;
            while (open > 0 && raw < opened[open - 1] && !line.Blank)
            {
                open--;
            }

            var depth = Math.Min(raw + open, BodyLines.MaxDepth);
            var attribution = new Attribution();
            if (!AttributionReader.TryRead(text, lines, index, ref attribution))
            {
                // An empty line between two quoted lines is part of the quote although it has no mark.
                line.Depth = line.Blank && raw == 0 && open == 0 ? 0 : depth;
                line.Kind = line.Depth > 0 ? BlockKind.Quoted : BlockKind.New;
                lastRaw = line.Blank ? lastRaw : raw;
                if (line.Depth > 0)
                {
                    quotes.Line(line.Depth, BodyLines.Inner(text, line));
                }

                index++;
                continue;
            }

            // Apple Mail puts the attribution inside the quote it introduces.
            var inside = raw > 0 && lastRaw < raw && attribution.OpensRest && !attribution.Separator;
            var deeper = RawDepthAfter(lines, index + attribution.Lines) > raw;
            var own = inside ? depth - 1 : depth;
            for (var end = Math.Min(lines.Length, index + attribution.Lines); index < end; index++)
            {
                lines[index].Kind = BlockKind.Attribution;
                lines[index].Depth = own;
            }

            quotes.Attribution(own + 1, attribution);
            if (attribution.OpensRest && !deeper && !inside && open < opened.Length)
            {
                opened[open++] = raw;
            }

            lastRaw = raw;
        }
    }

    private static int RawDepthAfter(BodyLine[] lines, int from)
    {
        while (from < lines.Length && lines[from].Blank && lines[from].Depth == 0)
        {
            from++;
        }

        return from < lines.Length ? lines[from].Depth : 0;
    }

    /// <summary>Tells salutation, signature and footer from new text, run by run.</summary>
    private static void MarkNew(string text, BodyLine[] lines)
    {
        var greeted = false;
        for (var start = 0; start < lines.Length; )
        {
            if (lines[start].Kind != BlockKind.New)
            {
                start++;
                continue;
            }

            var end = start;
            var filled = false;
            while (end < lines.Length && lines[end].Kind == BlockKind.New)
            {
                filled |= !lines[end].Blank;
                end++;
            }

            if (filled)
            {
                var from = greeted ? start : SalutationFinder.Mark(text, lines, start, end);
                greeted = true;
                var closes = end == lines.Length || lines[end].Kind == BlockKind.Attribution || !AnyNew(lines, end);
                if (closes)
                {
                    SignatureFinder.Mark(text, lines, from, end);
                }
            }

            start = end;
        }

        SpreadBlanks(lines);
    }

    private static bool AnyNew(BodyLine[] lines, int from)
    {
        for (; from < lines.Length; from++)
        {
            if (lines[from] is { Kind: BlockKind.New, Blank: false })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A blank line belongs to what stands above it, at the top to what stands below.</summary>
    private static void SpreadBlanks(BodyLine[] lines)
    {
        var first = Array.FindIndex(lines, static line => !line.Blank);
        for (var index = 0; index < first; index++)
        {
            (lines[index].Kind, lines[index].Depth) = (lines[first].Kind, lines[first].Depth);
        }

        for (var index = Math.Max(1, first); index < lines.Length; index++)
        {
            if (lines[index].Blank && lines[index].Depth == 0)
            {
                (lines[index].Kind, lines[index].Depth) = (lines[index - 1].Kind, lines[index - 1].Depth);
            }
        }
    }

    private static List<BodyBlock> Blocks(BodyLine[] lines)
    {
        var blocks = new List<BodyBlock>();
        for (var start = 0; start < lines.Length; )
        {
            var end = start + 1;
            while (end < lines.Length && lines[end].Kind == lines[start].Kind && lines[end].Depth == lines[start].Depth)
            {
                end++;
            }

            blocks.Add(new BodyBlock(lines[start].Kind, start, end - start, lines[start].Depth));
            start = end;
        }

        return blocks;
    }

    /// <summary>Language of the first characters of the new text; of all text when there is no new one.</summary>
    private static string? Language(string text, BodyLine[] lines)
    {
        var buffer = ArrayPool<char>.Shared.Rent(LanguageSample);
        var used = 0;
        foreach (ref readonly var line in lines.AsSpan())
        {
            if (line.Kind == BlockKind.New && !line.Blank)
            {
                var take = Math.Min(line.Length, LanguageSample - used);
                text.AsSpan(line.Start, take).CopyTo(buffer.AsSpan(used));
                used += take;
                if (used == LanguageSample)
                {
                    break;
                }

                buffer[used++] = '\n';
                if (used == LanguageSample)
                {
                    break;
                }
            }
        }

        var language = LanguageGuess.Guess(used > 0 ? buffer.AsSpan(0, used) : text.AsSpan(0, Math.Min(text.Length, LanguageSample)));
        ArrayPool<char>.Shared.Return(buffer);
        return language;
    }
}

/// <summary>Gathers the earlier mails that the quotes of a body show.</summary>
internal sealed class QuoteCollector(int max)
{
    private readonly Open?[] _open = new Open?[BodyLines.MaxDepth + 2];
    private readonly List<Open> _all = [];

    /// <summary>A quote begins that an attribution describes.</summary>
    public void Attribution(int depth, Attribution attribution)
    {
        depth = Math.Min(depth, BodyLines.MaxDepth);
        Array.Clear(_open, depth, _open.Length - depth);
        if (_all.Count < max)
        {
            _all.Add(_open[depth] = new Open(depth, attribution));
        }
    }

    /// <summary>A quoted line.</summary>
    public void Line(int depth, ReadOnlySpan<char> text)
    {
        var open = _open[depth];
        if (open is null)
        {
            if (_all.Count >= max || text.IsWhiteSpace())
            {
                return;
            }

            open = new Open(depth, default);
            _open[depth] = open;
            _all.Add(open);
        }

        open.Line(text);
    }

    /// <summary>The mails, newest (least deep) first, else in the order of the text.</summary>
    public IReadOnlyList<QuotedMail> Result() =>
        _all.Count == 0 ? [] : [.. _all.OrderBy(static open => open.Depth).Select(static open => open.Mail())];

    private sealed class Open(int depth, Attribution attribution)
    {
        private readonly StringBuilder _text = new();
        private int _breaks;

        public int Depth => depth;

        /// <summary>Takes one line; empty ones at the beginning and the end do not count.</summary>
        public void Line(ReadOnlySpan<char> line)
        {
            if (!line.IsEmpty)
            {
                _text.Append('\n', _breaks).Append(line);
                _breaks = 1;
            }
            else if (_breaks > 0)
            {
                _breaks++;
            }
        }

        public QuotedMail Mail() =>
            new(
                attribution.Name,
                attribution.Address,
                attribution.To,
                attribution.Sent is null ? null : QuoteDate.Parse(attribution.Sent),
                attribution.Sent,
                attribution.Subject,
                _text.ToString(),
                depth
            );
    }
}
