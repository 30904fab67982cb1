using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>One reading of one text: finds the words that introduce passwords and weighs the values around each.</summary>
internal sealed partial class PhraseScanner(string raw, string folded)
{
    private const int MaxHits = 4_096;
    private const int MaxTriggers = 256;
    private const int MaxScored = 1_024;
    private const int MaxKept = 64;
    private const int Ahead = 240;
    private const int Behind = 120;
    private const int Threshold = 40;

    /// <summary>A verb's relation loses ten a word: behind so many words no value reaches the threshold.</summary>
    private const int MaxVerbDistance = 5;
    private static readonly System.Buffers.SearchValues<char> JapaneseEnds = System.Buffers.SearchValues.Create(" 。、,(※|「『\"<[");
    private readonly List<Scored> _scored = [];
    private readonly List<int> _lines = [0];
    private int _consumedTo;

    /// <summary>A value with its weight and its place in the text.</summary>
    internal readonly record struct Scored(string Value, int Score, int Position, bool First, bool Second);

    /// <summary>Whether the text has any word worth a closer look; costs a vectorised search and nothing else.</summary>
    public static bool MayHold(ReadOnlySpan<char> folded)
    {
        if (folded.ContainsAny(PhraseWords.Latin) || folded.Contains("pw", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!folded.ContainsAnyInRange('\u0400', '\uFFEF'))
        {
            return false;
        }

        // One character of each root, five at a time: the widest set the runtime compares without a table.
        if (
            folded.IndexOfAny("パﾊ言暗凍") < 0
            && folded.IndexOfAny("キｷ開密令") < 0
            && folded.IndexOfAny("力展암밀п") < 0
            && folded.IndexOfAny("復コひあ正") < 0
        )
        {
            return false;
        }

        foreach (var root in PhraseWords.Roots)
        {
            if (folded.Contains(root, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Values best first, with the index of the line each stands in.</summary>
    public IReadOnlyList<(string Value, int Line)> Run(PasswordContext? context)
    {
        var places = new PhraseSet.Walk(PhraseAnchors.All, folded);
        var accepted = 0;
        var at = 0;
        for (var hits = 0; hits < MaxHits && accepted < MaxTriggers && _scored.Count < MaxScored; hits++)
        {
            at = places.Next(at);
            if (at < 0)
            {
                break;
            }

            if (TriggerAt(at) is not { } trigger)
            {
                at++;
                continue;
            }

            var end = at + trigger.Word.Length;
            if (at >= _consumedTo)
            {
                if (accepted++ == 0)
                {
                    FindLines();
                }

                Weigh(trigger, at, end, context);
            }

            at = end;
        }

        JoinHalves();
        return Ranked();
    }

    private void FindLines()
    {
        for (var i = folded.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = folded.IndexOf('\n', i + 1))
        {
            _lines.Add(i + 1);
        }
    }

    private int LineOf(int position)
    {
        var found = _lines.BinarySearch(position);
        return found >= 0 ? found : ~found - 1;
    }

    private (int Start, int End) Bounds(int line)
    {
        var start = _lines[line];
        var end = line + 1 < _lines.Count ? _lines[line + 1] - 1 : folded.Length;
        return (start, end > start && folded[end - 1] == '\r' ? end - 1 : end);
    }

    private Trigger? TriggerAt(int at)
    {
        var rest = folded.AsSpan(at);
        foreach (var trigger in PhraseAnchors.By(folded[at]))
        {
            if (rest.StartsWith(trigger.Word, StringComparison.OrdinalIgnoreCase) && Bounded(trigger, at))
            {
                return trigger;
            }
        }

        return null;
    }

    private bool Bounded(Trigger trigger, int at)
    {
        var end = at + trigger.Word.Length;
        var before = at > 0 ? folded[at - 1] : ' ';
        var after = end < folded.Length ? folded[end] : ' ';
        if (PhraseText.IsAscii(trigger.Word[0]))
        {
            return !PhraseText.IsAlphanumeric(before)
                && (!char.IsAsciiLetter(after) || trigger.Kind == TriggerKind.Strong && after is 's' or 'S')
                && (!char.IsAsciiDigit(after) || trigger.Word is "pass" or "pw");
        }

        return trigger.Kind != TriggerKind.Weak || !PhraseText.IsKatakana(after) && (!PhraseText.IsKatakana(before) || before is '・');
    }

    private void Weigh(Trigger trigger, int at, int end, PasswordContext? context)
    {
        var line = LineOf(at);
        var (lineStart, lineEnd) = Bounds(line);
        switch (trigger.Kind)
        {
            case TriggerKind.VerbAround:
                WeighBefore(trigger, Math.Max(lineStart, at - Behind), at);
                WeighAfter(trigger, end, Math.Min(lineEnd, end + Ahead));
                WeighBelow(trigger, line, at, end);
                break;
            case TriggerKind.VerbBefore:
                WeighAfter(trigger, end, Math.Min(lineEnd, end + Ahead));
                break;
            default:
                if (context is not null)
                {
                    Derive(context, at, end, lineEnd);
                }

                var best = WeighAfter(trigger, end, Math.Min(lineEnd, end + Ahead));
                if (best < PhraseScores.Certain)
                {
                    best = Math.Max(best, WeighBefore(trigger, Math.Max(lineStart, at - Behind), at));
                }

                if (best < PhraseScores.Likely)
                {
                    WeighBelow(trigger, line, at, end);
                    WeighAbove(line, at);
                }

                break;
        }
    }

    /// <summary>Values between the word and the end of its line.</summary>
    /// <returns>The best weight, 0 when there was none.</returns>
    private int WeighAfter(Trigger trigger, int from, int to)
    {
        if (trigger.Kind == TriggerKind.Strong && from < to && folded[from] is 's' or 'S')
        {
            from++;
        }

        var clip = folded.AsSpan(from, to - from);
        Span<PhraseToken> tokens = stackalloc PhraseToken[10];
        var count = PhraseTokens.Cut(clip, raw.AsSpan(from, to - from), tokens);
        var best = 0;
        var index = 0;
        var verb = trigger.Kind is TriggerKind.VerbBefore or TriggerKind.VerbAround;
        for (var i = 0; i < count; i++)
        {
            var token = tokens[i];
            if (token.Shape == TokenShape.Note)
            {
                continue;
            }

            if (verb && index >= MaxVerbDistance)
            {
                break;
            }

            var gap = Gap(clip, tokens[..i], token.Start);
            var relation = PhraseScores.After(trigger.Kind, gap) - index * 10;
            if (relation <= 0 && trigger.Kind != TriggerKind.Strong && !PhraseWords.IsOrdinary(clip[token.ValueStart..token.ValueEnd]))
            {
                // The next gap is longer still.
                break;
            }

            if (verb && relation <= 0)
            {
                // No quality of the value makes up for it.
                index += PhraseWords.IsOrdinary(clip[token.ValueStart..token.ValueEnd]) ? 0 : 1;
                continue;
            }

            var score = relation + PhraseScores.Quality(clip, token, relation);
            score = PhraseScores.WithTrigger(trigger, clip, token, gap, score);
            best = Math.Max(best, score);
            if (Add(clip, raw.AsSpan(from, to - from), token, score, from, gap))
            {
                Compose(clip, tokens[..count], i, score, from);
                if (score >= PhraseScores.Likely)
                {
                    _consumedTo = Math.Max(_consumedTo, from + token.ValueEnd);
                }
            }

            index += PhraseWords.IsOrdinary(clip[token.ValueStart..token.ValueEnd]) ? 0 : 1;
        }

        return trigger.Kind is TriggerKind.Strong or TriggerKind.Weak ? Math.Max(best, WeighJapanese(trigger, clip, from)) : best;
    }

    /// <summary>A bare value in Japanese letters: only right after the separator.</summary>
    private int WeighJapanese(Trigger trigger, ReadOnlySpan<char> clip, int from)
    {
        var start = 0;
        while (start < clip.Length && (PhraseText.IsSeparator(clip[start]) || PhraseText.IsDecoration(clip[start])))
        {
            start++;
        }

        var separated = clip[..start].ContainsAny(":=→⇒|");
        if (!separated && start < clip.Length && clip[start] == 'は')
        {
            start++;
            start += start < clip.Length && clip[start] is '、' or ' ' ? 1 : 0;
        }
        else if (!separated)
        {
            return 0;
        }

        var rest = clip[start..];
        var length = rest.IndexOfAny(JapaneseEnds);
        length = length < 0 ? rest.Length : length;
        foreach (var copula in PhraseScores.Copulas)
        {
            var found = rest[..length].IndexOf(copula, StringComparison.Ordinal);
            length = found > 0 ? found : length;
        }

        var value = rest[..length];
        if (
            value.Length is < 2 or > 20
            || !char.IsLetter(value[0])
            || !value.ContainsAnyInRange('\u3041', '\uFFEF')
            || PhraseWords.NoValue.In(value)
            || (!separated && (start + length >= clip.Length || trigger.Kind == TriggerKind.Weak))
        )
        {
            return 0;
        }

        var score = separated ? 72 : 55;
        _scored.Add(new Scored(raw.Substring(from + start, length), score, from + start, false, false));
        return score;
    }

    /// <summary>The value right before the word: <c>「x」がパスワードです</c>, <c>x is the password</c>.</summary>
    private int WeighBefore(Trigger trigger, int from, int to)
    {
        var clip = folded.AsSpan(from, to - from);
        Span<PhraseToken> tokens = stackalloc PhraseToken[16];
        var count = PhraseTokens.Cut(clip, raw.AsSpan(from, to - from), tokens);
        for (var i = count - 1; i >= 0; i--)
        {
            var token = tokens[i];
            if (token.Shape == TokenShape.Note)
            {
                continue;
            }

            var gap = clip[token.End..].Trim(" 、,\"'」』)").ToString();
            var relation = PhraseScores.Before(trigger.Kind, gap, token.Shape == TokenShape.Quoted);
            if (relation > 0)
            {
                var score = relation + PhraseScores.Quality(clip, token, relation);
                Add(clip, raw.AsSpan(from, to - from), token, score, from, gap);
                return score;
            }

            if (PhraseText.IsAscii(clip[token.ValueStart]) && !PhraseWords.IsOrdinary(clip[token.ValueStart..token.ValueEnd]))
            {
                break;
            }
        }

        return 0;
    }

    private IReadOnlyList<(string Value, int Line)> Ranked()
    {
        if (_scored.Count == 0)
        {
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = new List<(string, int)>();
        foreach (var one in _scored.Where(one => one.Score >= Threshold).OrderByDescending(one => one.Score).ThenBy(one => one.Position))
        {
            if (result.Count < MaxKept && seen.Add(one.Value))
            {
                result.Add((one.Value, LineOf(one.Position)));
            }
        }

        return result;
    }
}
