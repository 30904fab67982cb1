namespace Noroshi.MailAnatomy.FileTypes.Naming;

/// <summary>Rule N0 of UAX #9: the two brackets of a pair take one direction.</summary>
internal static class BidiBrackets
{
    // BD16 gives up beyond 63 open brackets.
    private const int MaxOpen = 63;

    private const string Openers = "([{「『【〈《〔（［｛";

    /// <summary>Gives the brackets of each pair within a run their direction.</summary>
    /// <param name="text">The line.</param>
    /// <param name="types">Types after the weak rules; changed.</param>
    /// <param name="members">Characters of the run.</param>
    /// <param name="start">Direction before the run.</param>
    /// <param name="embedding">Direction of the run.</param>
    public static void Resolve(string text, Bidi[] types, List<int> members, Bidi start, Bidi embedding)
    {
        foreach (var (from, to) in Pairs(text, types, members))
        {
            var (same, other) = (false, false);
            for (var m = from + 1; m < to; m++)
            {
                var strong = Strong(types[members[m]]);
                same |= strong == embedding;
                other |= strong is { } direction && direction != embedding;
            }

            if (!same && !other)
            {
                continue;
            }

            // Only letters against the grain inside: what stands before the pair decides.
            var resolved =
                same || Before(types, members, from, start) == embedding ? embedding
                : embedding == Bidi.L ? Bidi.R
                : Bidi.L;
            types[members[from]] = resolved;
            types[members[to]] = resolved;
        }
    }

    private static List<(int From, int To)> Pairs(string text, Bidi[] types, List<int> members)
    {
        var pairs = new List<(int From, int To)>();
        var open = new List<(char Closer, int At)>();
        for (var m = 0; m < members.Count; m++)
        {
            var letter = text[members[m]];
            if (types[members[m]] != Bidi.On)
            {
                continue;
            }

            if (Openers.Contains(letter, StringComparison.Ordinal))
            {
                if (open.Count == MaxOpen)
                {
                    break;
                }

                open.Add((BidiClasses.Mirrored(letter), m));
                continue;
            }

            var match = open.FindLastIndex(each => each.Closer == letter);
            if (match >= 0)
            {
                pairs.Add((open[match].At, m));
                open.RemoveRange(match, open.Count - match);
            }
        }

        pairs.Sort();
        return pairs;
    }

    private static Bidi Before(Bidi[] types, List<int> members, int from, Bidi start)
    {
        for (var m = from - 1; m >= 0; m--)
        {
            if (Strong(types[members[m]]) is { } direction)
            {
                return direction;
            }
        }

        return start;
    }

    /// <summary>Direction of a letter; numbers count as right to left here.</summary>
    private static Bidi? Strong(Bidi type) =>
        type switch
        {
            Bidi.L => Bidi.L,
            Bidi.R or Bidi.En or Bidi.An => Bidi.R,
            _ => null,
        };
}
