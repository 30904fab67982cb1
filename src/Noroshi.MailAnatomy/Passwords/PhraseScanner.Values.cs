using System.Text;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>Values: their variants, values on other lines, values made of several pieces.</summary>
internal sealed partial class PhraseScanner
{
    private const int LinesBelow = 6;

    /// <summary>The text between the word and the value without notes, closing brackets and marks.</summary>
    private static string Gap(ReadOnlySpan<char> clip, ReadOnlySpan<PhraseToken> before, int end)
    {
        StringBuilder? joined = null;
        var at = 0;
        foreach (var token in before)
        {
            if (token.Shape == TokenShape.Note && token.Start >= at)
            {
                joined ??= new StringBuilder(end);
                joined.Append(clip[at..token.Start]).Append(' ');
                at = token.End;
            }
        }

        var rest = clip[at..Math.Max(at, end)];
        var text = joined is null ? rest : joined.Append(rest).ToString();
        var start = 0;
        while (start < text.Length && PhraseText.IsDecoration(text[start]))
        {
            start++;
        }

        return start == text.Length
            ? text.Length > 0
                ? " "
                : ""
            : text[start..].ToString();
    }

    /// <summary>Adds a value with its variants: as typed in half width first, then as written, then with the punctuation that was cut off.</summary>
    private bool Add(ReadOnlySpan<char> clip, ReadOnlySpan<char> written, PhraseToken token, int score, int offset, string gap)
    {
        if (score < Threshold)
        {
            return false;
        }

        var position = offset + token.ValueStart;
        var value = clip[token.ValueStart..token.ValueEnd].ToString();
        var first = gap.Contains("前半", StringComparison.Ordinal) || gap.Contains("first half", StringComparison.OrdinalIgnoreCase);
        var second = gap.Contains("後半", StringComparison.Ordinal) || gap.Contains("second half", StringComparison.OrdinalIgnoreCase);
        if (token.Shape == TokenShape.Spaced)
        {
            _scored.Add(new Scored(value.Replace(" ", "", StringComparison.Ordinal), score, position, first, second));
            score -= 3;
        }

        _scored.Add(
            new Scored(value, score, position, first && token.Shape != TokenShape.Spaced, second && token.Shape != TokenShape.Spaced)
        );
        var asWritten = written[token.ValueStart..token.ValueEnd];
        if (!asWritten.SequenceEqual(value))
        {
            Variant(asWritten.ToString());
        }

        if (value.AsSpan().ContainsAnyInRange('\uFF61', '\uFF9F'))
        {
            Variant(PasswordVariants.Normal(value));
        }

        if (token.Shape == TokenShape.Bare)
        {
            if (token.ValueEnd < token.End)
            {
                Variant(clip[token.ValueStart..token.End].ToString());
            }

            var stem = value.TrimEnd('!', '?', '*');
            if (stem.Length >= 3 && stem.Length < value.Length)
            {
                Variant(stem);
            }

            var cut = value.AsSpan().IndexOfAny("(,;<[");
            if (cut >= 3)
            {
                Variant(value[..cut]);
            }
        }

        return true;

        void Variant(string variant) => _scored.Add(new Scored(variant, score - 4, position, false, false));
    }

    /// <summary>Values of several pieces: <c>tokyo 2014</c>, <c>「hana」＋「2014」</c>.</summary>
    private void Compose(ReadOnlySpan<char> clip, ReadOnlySpan<PhraseToken> tokens, int index, int score, int offset)
    {
        var first = tokens[index];
        var value = new StringBuilder().Append(clip[first.ValueStart..first.ValueEnd]);
        var end = first.End;
        var pieces = 1;
        var plus = false;
        var spaceNote = false;
        for (var i = index + 1; i < tokens.Length && value.Length < 64; i++)
        {
            var next = tokens[i];
            if (next.Shape == TokenShape.Note)
            {
                spaceNote = SpaceWords.In(clip[next.Start..next.End]);
                break;
            }

            var between = clip[end..next.Start].Trim(' ');
            var joined = between is "+" or "＋" or "&" || next.Shape == first.Shape && between is [] && Closes(clip, end, next.Start);
            if (first.Shape != next.Shape || !joined || next.Shape == TokenShape.Bare && Sentence(clip, next))
            {
                break;
            }

            plus |= !between.IsEmpty;
            value.Append(' ').Append(clip[next.ValueStart..next.ValueEnd]);
            end = next.End;
            pieces++;
        }

        if (pieces < 2 || first.Shape == TokenShape.Quoted && !plus)
        {
            return;
        }

        var spaced = value.ToString();
        var position = offset + first.ValueStart;
        _scored.Add(
            new Scored(spaced.Replace(" ", "", StringComparison.Ordinal), spaceNote || plus ? score + 5 : score - 2, position, false, false)
        );
        _scored.Add(new Scored(spaced, score - 1, position, false, false));
    }

    private static readonly PhraseSet SpaceWords = PhraseSet.AnyCase("スペース", "空白", "space");

    private static bool Closes(ReadOnlySpan<char> clip, int end, int start) => start - end is 1 or 2 && clip[end..start].Trim(' ').IsEmpty;

    private static bool Sentence(ReadOnlySpan<char> clip, PhraseToken token)
    {
        var value = clip[token.ValueStart..token.ValueEnd];
        return PhraseWords.IsOrdinary(value) || value.ContainsAny(":=|");
    }

    /// <summary>Values on lines of their own under the word.</summary>
    private void WeighBelow(Trigger trigger, int line, int at, int end)
    {
        var (lineStart, lineEnd) = Bounds(line);
        var rest = folded.AsSpan(end, Math.Min(lineEnd, end + Ahead) - end);
        var head = folded.AsSpan(Math.Max(lineStart, at - Behind), at - Math.Max(lineStart, at - Behind));
        var bare =
            rest.Trim(" :=■】］]」』)>→↓*-。.|") is [] or "です" or "になります" or "となります"
            || trigger.Kind is TriggerKind.Strong && rest.Trim(" 】）)").StartsWith("(", StringComparison.Ordinal);
        var label = bare && head.Trim(" ■□◆◇●○◎★☆▼▽※【［[「『(<>・*#|-").Length < 16;
        var points = PhraseWords.Below.In(rest) || PhraseWords.Below.In(head);
        if (
            PhraseWords.Elsewhere.In(rest) && !points
            || trigger.Kind is TriggerKind.Weak && !label && !points && !bare
            || trigger.Kind is TriggerKind.VerbAround && !points
        )
        {
            return;
        }

        var weight =
            label ? 90
            : points ? 84
            : 62;
        weight -= trigger.Kind switch
        {
            TriggerKind.VerbAround => 20,
            TriggerKind.Weak => 12,
            _ => 0,
        };
        weight -= PhraseWords.Elsewhere.In(rest) ? 30 : 0;
        var prose = 0;
        for (var below = line + 1; below < Math.Min(_lines.Count, line + 1 + LinesBelow) && prose < 2; below++)
        {
            var (start, stop) = Bounds(below);
            if (stop - start > Ahead)
            {
                return;
            }

            switch (WeighOwnLine(start, stop, weight))
            {
                case OwnLine.Value:
                    return;
                case OwnLine.Prose when !points && !label:
                    return;
                case OwnLine.Prose:
                    prose++;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The value over the word: <c>↑パスワードです</c>, <c>上記がパスワードです</c>.</summary>
    private void WeighAbove(int line, int at)
    {
        var (lineStart, _) = Bounds(line);
        var head = folded.AsSpan(lineStart, at - lineStart).TrimStart(" >");
        if (head is not (['↑', ..] or ['上', '記', ..]) && !head.StartsWith("above", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        for (var above = line - 1; above >= Math.Max(0, line - 3); above--)
        {
            var (start, stop) = Bounds(above);
            if (stop - start > Ahead || WeighOwnLine(start, stop, 90) == OwnLine.Value)
            {
                return;
            }
        }
    }

    private enum OwnLine
    {
        Empty,
        Value,
        Prose,
    }

    /// <summary>Weighs a line that should hold nothing but the value.</summary>
    private OwnLine WeighOwnLine(int start, int stop, int weight)
    {
        while (
            start < stop
            && (
                folded[start]
                is ' '
                    or '>'
                    or '・'
                    or '･'
                    or '→'
                    or '⇒'
                    or '•'
                    or '■'
                    or '●'
                    or '◆'
                    or '※'
                    or '○'
                    or '|'
                    or ':'
                    or '='
                    or '*'
            )
        )
        {
            start++;
        }

        while (stop > start && folded[stop - 1] is ' ' or '|' or '。')
        {
            stop--;
        }

        var clip = folded.AsSpan(start, stop - start);
        if (PhraseText.IsRule(clip) || start > 0 && folded[start - 1] == '※' && PhraseWords.Note.In(clip))
        {
            return OwnLine.Empty;
        }

        Span<PhraseToken> tokens = stackalloc PhraseToken[8];
        var count = PhraseTokens.Cut(clip, raw.AsSpan(start, stop - start), tokens);
        var index = 0;
        while (index < count && tokens[index].Shape == TokenShape.Note)
        {
            index++;
        }

        if (index == count)
        {
            return count > 0 ? OwnLine.Empty : OwnLine.Prose;
        }

        var token = tokens[index];
        var after = Gap(clip[token.End..], [], clip.Length - token.End).Trim();
        var words = 0;
        for (var i = index + 1; i < count; i++)
        {
            words += tokens[i].Shape == TokenShape.Note ? 0 : 1;
        }

        var alone =
            token.Start <= 1
            && (
                words == 0 && after.Length == 0
                || tokens[count - 1].Shape == TokenShape.Note && words == 0
                || after.StartsWith('※')
                || after.StartsWith("です", StringComparison.Ordinal)
                || after.StartsWith("となり", StringComparison.Ordinal)
            );
        if (
            !alone
            && !(
                token.Start <= 1
                && words <= 2
                && weight >= 84
                && !clip.ContainsAnyInRange('\u3041', '\uFFEF')
                && !PhraseWords.IsOrdinary(clip[token.ValueStart..token.ValueEnd])
            )
            && !(token.Shape == TokenShape.Quoted && weight >= 84)
        )
        {
            return OwnLine.Prose;
        }

        var value = clip[token.ValueStart..token.ValueEnd];
        var typed = token.Shape != TokenShape.Bare || PhraseScores.Typed(value);
        var score = weight + PhraseScores.Quality(clip, token, alone ? 95 : 60) - (typed || weight >= 84 ? 0 : 30) - (alone ? 0 : 20);
        if (!Add(clip, raw.AsSpan(start, stop - start), token, score, start, ""))
        {
            return OwnLine.Prose;
        }

        Compose(clip, tokens[..count], index, score, start);
        return OwnLine.Value;
    }

    /// <summary>Two halves that were given apart are one password.</summary>
    private void JoinHalves()
    {
        if (_scored.Count == 0)
        {
            return;
        }

        var first = _scored.Where(one => one.First).OrderByDescending(one => one.Score).FirstOrDefault();
        var second = _scored.Where(one => one.Second).OrderByDescending(one => one.Score).FirstOrDefault();
        if (first.Value is { } head && second.Value is { } tail)
        {
            _scored.Add(new Scored(head + tail, 110, first.Position, false, false));
        }
    }
}
