using System.Buffers;

namespace Noroshi.MailAnatomy.Text;

/// <summary>One line of a body with what is known of it.</summary>
internal struct BodyLine
{
    /// <summary>First character in the text.</summary>
    public int Start;

    /// <summary>Characters without the line end.</summary>
    public int Length;

    /// <summary>First character after the quote marks, counted from <see cref="Start"/>.</summary>
    public int Content;

    /// <summary>Quote marks in front, and the depth given by a header block above.</summary>
    public int Depth;

    /// <summary>What the line is.</summary>
    public BlockKind Kind;

    /// <summary>Nothing but marks and space.</summary>
    public bool Blank;
}

/// <summary>Cuts a body into lines and counts quote marks.</summary>
internal static class BodyLines
{
    /// <summary>Deepest quoting told apart.</summary>
    public const int MaxDepth = 32;

    private static readonly SearchValues<char> ForeignEnds = SearchValues.Create("\r\f\u0085\u2028\u2029\0");

    /// <summary>Line ends of every kind to LF; at most <see cref="MailLimits.TextCharacters"/>.</summary>
    public static string Normalise(string text)
    {
        if (text.Length > MailLimits.TextCharacters)
        {
            var end = MailLimits.TextCharacters;
            end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            text = text[..end];
        }

        return text.AsSpan().ContainsAny(ForeignEnds) ? text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n") : text;
    }

    /// <summary>Joins the soft line ends of format=flowed (RFC 3676 4.2): a line that ends with a space goes on, within one quote depth.</summary>
    public static string Unflow(string text, bool deleteSpace)
    {
        var joined = new System.Text.StringBuilder(text.Length);
        var goesOn = false;
        var lastDepth = -1;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var depth = line.IndexOfAnyExcept('>');
            depth = depth < 0 ? line.Length : depth;
            var body = line[depth..];
            body = body.Length > 0 && body[0] == ' ' ? body[1..] : body;
            var isSignature = body is "-- ";
            if (goesOn && depth == lastDepth && !isSignature)
            {
                joined.Append(body);
            }
            else
            {
                joined.Append(lastDepth < 0 ? "" : "\n").Append('>', depth).Append(depth > 0 ? " " : "").Append(body);
            }

            lastDepth = depth;
            goesOn = body.Length > 0 && body[^1] == ' ' && !isSignature;
            if (goesOn && deleteSpace)
            {
                joined.Length--;
            }
        }

        return joined.ToString();
    }

    /// <summary>Cuts and counts.</summary>
    public static BodyLine[] Split(string text)
    {
        var lines = new BodyLine[text.AsSpan().Count('\n') + 1];
        var start = 0;
        for (var index = 0; index < lines.Length; index++)
        {
            var length = text.AsSpan(start).IndexOf('\n');
            length = length < 0 ? text.Length - start : length;
            ref var line = ref lines[index];
            line.Start = start;
            line.Length = length;
            line.Depth = Marks(text.AsSpan(start, length), out line.Content);
            line.Blank = text.AsSpan(start + line.Content, length - line.Content).IsWhiteSpace();
            start += length + 1;
        }

        DropLoneMarks(text, lines);
        return lines;
    }

    /// <summary>Text of a line after its quote marks.</summary>
    public static ReadOnlySpan<char> Inner(string text, BodyLine line) =>
        text.AsSpan(line.Start + line.Content, line.Length - line.Content);

    /// <summary>Counts the marks <c>&gt; ＞ |</c> in front, a space or two allowed between them.</summary>
    private static int Marks(ReadOnlySpan<char> line, out int content)
    {
        content = 0;
        var depth = 0;
        var at = 0;
        while (at < line.Length)
        {
            var character = line[at];
            if (character is '>' or '＞' || (character is '|' or '｜' && IsBar(line, at)))
            {
                depth++;
                at++;
                content = at;
                continue;
            }

            // Spaces before a mark belong to it, unless there are so many that the line is a drawing.
            if (character is ' ' or '\u3000' or '\t' && at - content < 3)
            {
                at++;
                continue;
            }

            break;
        }

        if (depth > 0 && content < line.Length && line[content] == ' ')
        {
            content++;
        }

        return Math.Min(depth, MaxDepth);
    }

    /// <summary>A bar is a mark only when nothing on the rest of the line looks like a table.</summary>
    private static bool IsBar(ReadOnlySpan<char> line, int at) =>
        (at + 1 == line.Length || line[at + 1] is ' ' or '|' or '>' or '\u3000')
        && !line[(at + 1)..].TrimStart("|>｜ ").ContainsAny('|', '｜');

    /// <summary>A single marked line may be a comparison, an arrow or mbox quoting of "From "; a bar needs a neighbour.</summary>
    private static void DropLoneMarks(string text, BodyLine[] lines)
    {
        for (var index = 0; index < lines.Length; index++)
        {
            ref var line = ref lines[index];
            if (line.Depth == 0)
            {
                continue;
            }

            var first = text.AsSpan(line.Start, line.Length).TrimStart();
            var isBar = first.Length > 0 && first[0] is '|' or '｜';
            var lone = (index == 0 || lines[index - 1].Depth == 0) && (index + 1 >= lines.Length || lines[index + 1].Depth == 0);
            if ((lone && isBar) || (line.Depth == 1 && first.StartsWith(">From ", StringComparison.Ordinal)))
            {
                line.Depth = 0;
                line.Content = 0;
                line.Blank = text.AsSpan(line.Start, line.Length).IsWhiteSpace();
            }
        }
    }
}
