namespace Noroshi.MailAnatomy.Passwords;

/// <summary>Shape of something that may be a password.</summary>
internal enum TokenShape
{
    /// <summary>Between quotes or brackets.</summary>
    Quoted,

    /// <summary>A run of printable ASCII.</summary>
    Bare,

    /// <summary>Single characters with a space between each: <c>a b c 1 2 3</c>.</summary>
    Spaced,

    /// <summary>A remark on how to type it; never a value.</summary>
    Note,
}

/// <summary>A token of one line; places are relative to the span that was cut up.</summary>
internal readonly record struct PhraseToken(int Start, int End, int ValueStart, int ValueEnd, TokenShape Shape);

/// <summary>Cuts a piece of a line into tokens.</summary>
internal static class PhraseTokens
{
    private const int MaxQuoted = 80;
    private const int MaxBare = 128;

    /// <summary>Fills <paramref name="into"/> with the tokens of the line in order.</summary>
    /// <param name="folded">Width-folded characters.</param>
    /// <param name="raw">The same characters as written.</param>
    /// <param name="into">Room for the tokens; what does not fit is left out.</param>
    /// <returns>Number of tokens.</returns>
    public static int Cut(ReadOnlySpan<char> folded, ReadOnlySpan<char> raw, Span<PhraseToken> into)
    {
        var count = 0;
        var i = 0;
        while (i < folded.Length && count < into.Length)
        {
            var token = Quoted(folded, i);
            if (token is null && PhraseText.IsAscii(folded[i]) && !LeadsIn(folded, i))
            {
                token = Spaced(folded, i) ?? Bare(folded, raw, i);
            }

            if (token is { } found)
            {
                if (found.ValueEnd > found.ValueStart)
                {
                    into[count++] = found;
                }

                i = Math.Max(i + 1, found.End);
            }
            else
            {
                i++;
            }
        }

        return count;
    }

    /// <summary>Whether a bracketed remark tells how to type the password, or is a leftover HTML tag.</summary>
    public static bool IsNote(ReadOnlySpan<char> content) =>
        PhraseWords.Note.In(content) || content[0] == '/' || content[0] == '!' && content.StartsWith("!--", StringComparison.Ordinal);

    private static PhraseToken? Quoted(ReadOnlySpan<char> folded, int at)
    {
        var closer = PhraseText.Closer(folded[at]);
        if (closer == '\0' || at + 1 >= folded.Length)
        {
            return null;
        }

        var room = folded[(at + 1)..Math.Min(folded.Length, at + 1 + MaxQuoted)];
        var close = room.IndexOf(closer);
        if (close <= 0)
        {
            // "<<value>>" and "『「value」』" have the outer closer later; an empty pair or none is no quote.
            return null;
        }

        var start = at + 1;
        var end = at + 1 + close;
        var after = end + 1;
        while (start < end && (folded[start] == ' ' || PhraseText.Closer(folded[start]) != '\0' && folded[start] == folded[at]))
        {
            if (folded[start] == folded[at] && after < folded.Length && folded[after] == closer)
            {
                after++;
            }

            start++;
        }

        while (end > start && folded[end - 1] == ' ')
        {
            end--;
        }

        if (end == start)
        {
            return null;
        }

        var content = folded[start..end];
        var tag = folded[at] == '<' && PhraseWords.IsOrdinary(content);
        var shape = tag || IsNote(content) ? TokenShape.Note : TokenShape.Quoted;
        return new PhraseToken(at, after, start, end, shape);
    }

    private static PhraseToken? Spaced(ReadOnlySpan<char> folded, int at)
    {
        var i = at;
        var pieces = 0;
        while (i < folded.Length && PhraseText.IsAlphanumeric(folded[i]))
        {
            pieces++;
            if (
                i + 2 < folded.Length
                && folded[i + 1] == ' '
                && PhraseText.IsAlphanumeric(folded[i + 2])
                && (i + 3 >= folded.Length || !PhraseText.IsAlphanumeric(folded[i + 3]))
            )
            {
                i += 2;
                continue;
            }

            i++;
            break;
        }

        return pieces >= 3 ? new PhraseToken(at, i, at, i, TokenShape.Spaced) : null;
    }

    private static PhraseToken Bare(ReadOnlySpan<char> folded, ReadOnlySpan<char> raw, int at)
    {
        var end = at;
        while (end < folded.Length && end - at < MaxBare && PhraseText.IsAscii(folded[end]) && !Stops(folded, raw, end, at))
        {
            end++;
        }

        if (end == at)
        {
            return new PhraseToken(at, at + 1, at, at, TokenShape.Bare);
        }

        var valueEnd = TrimEnd(folded, at, end);
        return folded[at..valueEnd].IndexOfAnyExcept('-', '=', '_') < 0 || PhraseText.IsRule(folded[at..valueEnd])
            ? new PhraseToken(at, end, at, at, TokenShape.Bare)
            : new PhraseToken(at, end, at, valueEnd, TokenShape.Bare);
    }

    /// <summary>Marks that stand before a value and are never its first character.</summary>
    private static bool LeadsIn(ReadOnlySpan<char> folded, int at) =>
        folded[at] is ':' or '=' or '|' or '*' or '>' or '~' or ',' or ';' or '.'
        || folded[at] == '-' && at + 1 < folded.Length && folded[at + 1] is '>' or ' ';

    /// <summary>Whether the run of ASCII ends before this character though it is ASCII once folded.</summary>
    private static bool Stops(ReadOnlySpan<char> folded, ReadOnlySpan<char> raw, int i, int at)
    {
        if (raw[i] is '（' or '）' or '［' or '］' or '｛' or '｝' or '＜' or '＞' or '，' or '．' or '：' or '＂' or '｜')
        {
            return i > at || raw[i] is not '：' and not '＞' and not '｜' and not '，' and not '．';
        }

        if (i == at || folded[i] is not ('(' or '[' or '<'))
        {
            return false;
        }

        var rest = folded[(i + 1)..Math.Min(folded.Length, i + 1 + MaxQuoted)];
        var close = rest.IndexOf(PhraseText.Closer(folded[i]));
        return close < 0
            ? rest.IsEmpty || !PhraseText.IsAscii(rest[0])
            : close > 0 && (rest[..close].ContainsAnyInRange('\u0080', '\uFFFF') || IsNote(rest[..close]));
    }

    private static int TrimEnd(ReadOnlySpan<char> folded, int start, int end)
    {
        while (end > start)
        {
            var last = folded[end - 1];
            var run = folded[start..(end - 1)];
            var unbalanced = last switch
            {
                ')' => !run.Contains('('),
                ']' => !run.Contains('['),
                '>' => !run.Contains('<'),
                '}' => !run.Contains('{'),
                '(' or '[' or '<' or '{' => true,
                '"' or '\'' or '`' => !run.Contains(last),
                '.' or ',' or ';' or ':' or '|' => true,
                _ => false,
            };
            if (!unbalanced)
            {
                break;
            }

            end--;
        }

        return end;
    }
}
