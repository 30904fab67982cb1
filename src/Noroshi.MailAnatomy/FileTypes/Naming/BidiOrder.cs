using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Naming;

/// <summary>
/// The order in which a line of text is drawn (Unicode Bidirectional Algorithm, UAX #9) in a paragraph that runs from left to right, which
/// is what a Japanese or English Windows gives its file lists.
/// </summary>
internal static class BidiOrder
{
    private const int MaxDepth = 125;

    // Longer names do not exist; what follows is kept in stored order.
    private const int MaxLength = 4_096;

    /// <summary>Reorders a line; characters without width are left out.</summary>
    public static string Visual(string text)
    {
        var head = text.Length > MaxLength ? text[..MaxLength] : text;
        var tail = text.Length > MaxLength ? text[MaxLength..] : "";
        var levels = new byte[head.Length];
        var types = new Bidi[head.Length];
        ResolveExplicit(head, types, levels);
        foreach (var sequence in Sequences(head, types, levels))
        {
            ResolveSequence(head, types, levels, sequence);
        }

        ResolveImplicit(types, levels);
        return Draw(head, types, levels) + Strip(tail);
    }

    private static string Strip(string text) =>
        text.Length == 0 ? text : string.Concat(text.Where(letter => !BidiClasses.IsInvisible(letter)));

    /// <summary>Rules X1 to X8: levels from embeddings, overrides and isolates.</summary>
    private static void ResolveExplicit(string text, Bidi[] types, byte[] levels)
    {
        var stack = new Stack<(byte Level, Bidi Override, bool Isolate)>();
        stack.Push((0, Bidi.On, false));
        var (overflowIsolates, overflowEmbeddings, validIsolates) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var type = BidiClasses.Of(text[i]);
            types[i] = type;
            var top = stack.Peek();
            levels[i] = top.Level;
            switch (type)
            {
                case Bidi.Rle or Bidi.Lre or Bidi.Rlo or Bidi.Lro:
                    var level = NextLevel(top.Level, type is Bidi.Rle or Bidi.Rlo);
                    if (level <= MaxDepth && overflowIsolates == 0 && overflowEmbeddings == 0)
                    {
                        stack.Push(
                            (
                                (byte)level,
                                type == Bidi.Rlo ? Bidi.R
                                : type == Bidi.Lro ? Bidi.L
                                : Bidi.On,
                                false
                            )
                        );
                    }
                    else if (overflowIsolates == 0)
                    {
                        overflowEmbeddings++;
                    }

                    break;
                case Bidi.Rli or Bidi.Lri or Bidi.Fsi:
                    types[i] = top.Override == Bidi.On ? type : top.Override;
                    var right = type == Bidi.Rli || (type == Bidi.Fsi && FirstStrongIsRight(text, i + 1));
                    var inner = NextLevel(top.Level, right);
                    if (inner <= MaxDepth && overflowIsolates == 0 && overflowEmbeddings == 0)
                    {
                        validIsolates++;
                        stack.Push(((byte)inner, Bidi.On, true));
                    }
                    else
                    {
                        overflowIsolates++;
                    }

                    break;
                case Bidi.Pdi:
                    if (overflowIsolates > 0)
                    {
                        overflowIsolates--;
                    }
                    else if (validIsolates > 0)
                    {
                        overflowEmbeddings = 0;
                        while (!stack.Peek().Isolate)
                        {
                            stack.Pop();
                        }

                        stack.Pop();
                        validIsolates--;
                    }

                    top = stack.Peek();
                    levels[i] = top.Level;
                    types[i] = top.Override == Bidi.On ? type : top.Override;
                    break;
                case Bidi.Pdf:
                    if (overflowIsolates > 0)
                    {
                        break;
                    }

                    if (overflowEmbeddings > 0)
                    {
                        overflowEmbeddings--;
                    }
                    else if (!top.Isolate && stack.Count > 1)
                    {
                        stack.Pop();
                    }

                    break;
                default:
                    types[i] = top.Override == Bidi.On || type == Bidi.Bn ? type : top.Override;
                    break;
            }
        }
    }

    private static int NextLevel(byte level, bool right) => right ? (level + 1) | 1 : (level + 2) & ~1;

    private static bool FirstStrongIsRight(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            switch (BidiClasses.Of(text[i]))
            {
                case Bidi.Lri or Bidi.Rli or Bidi.Fsi:
                    depth++;
                    break;
                case Bidi.Pdi:
                    if (depth-- == 0)
                    {
                        return false;
                    }

                    break;
                case Bidi.L when depth == 0:
                    return false;
                case Bidi.R or Bidi.Al when depth == 0:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Rule X9: these have no part in what follows.</summary>
    private static bool Removed(Bidi type) => type is Bidi.Lre or Bidi.Lro or Bidi.Rle or Bidi.Rlo or Bidi.Pdf or Bidi.Bn;

    /// <summary>
    /// Isolating run sequences (BD13): stretches of one level, those joined that an isolate separates.
    /// </summary>
    private static List<List<int>> Sequences(string text, Bidi[] types, byte[] levels)
    {
        var ends = MatchingEnds(text);
        var sequences = new List<List<int>>();
        // Sequences that wait for the end of the isolate that interrupted them, by the place of that end.
        var waiting = new Dictionary<int, List<int>>();
        List<int>? current = null;
        var last = -1;
        for (var i = 0; i < types.Length; i++)
        {
            if (Removed(types[i]))
            {
                continue;
            }

            if (waiting.Remove(i, out var interrupted))
            {
                current = interrupted;
            }
            else if (current is null || levels[i] != levels[last] || ends.ContainsKey(last))
            {
                current = [];
                sequences.Add(current);
            }

            current.Add(i);
            last = i;
            if (ends.TryGetValue(i, out var end))
            {
                waiting[end] = current;
            }
        }

        return sequences;
    }

    /// <summary>The end of each isolate that has one (BD9), by the place of its beginning.</summary>
    private static Dictionary<int, int> MatchingEnds(string text)
    {
        var ends = new Dictionary<int, int>();
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= '\u2066' and <= '\u2068')
            {
                open.Push(i);
            }
            else if (text[i] == '\u2069' && open.TryPop(out var start))
            {
                ends[start] = i;
            }
        }

        return ends;
    }

    /// <summary>Rules W1 to W7 and N0 to N2 within one sequence.</summary>
    private static void ResolveSequence(string text, Bidi[] types, byte[] levels, List<int> members)
    {
        var level = levels[members[0]];
        var start = Direction(Math.Max(level, LevelBefore(types, levels, members[0])));
        // An isolate that is never closed reaches to the end of the line.
        var after = text[members[^1]] is >= '\u2066' and <= '\u2068' ? 0 : LevelAfter(types, levels, members[^1] + 1);
        var end = Direction(Math.Max(level, after));
        ResolveWeak(types, members, start);
        BidiBrackets.Resolve(text, types, members, start, Direction(level));
        ResolveNeutral(types, members, start, end, Direction(level));
    }

    private static Bidi Direction(int level) => (level & 1) == 0 ? Bidi.L : Bidi.R;

    private static int LevelBefore(Bidi[] types, byte[] levels, int from)
    {
        for (var i = from - 1; i >= 0; i--)
        {
            if (!Removed(types[i]))
            {
                return levels[i];
            }
        }

        return 0;
    }

    private static int LevelAfter(Bidi[] types, byte[] levels, int to)
    {
        for (var i = to; i < types.Length; i++)
        {
            if (!Removed(types[i]))
            {
                return levels[i];
            }
        }

        return 0;
    }

    private static void ResolveWeak(Bidi[] types, List<int> members, Bidi start)
    {
        var (previous, strong) = (start, start);
        foreach (var i in members)
        {
            types[i] = types[i] switch
            {
                Bidi.Nsm => previous is Bidi.Lri or Bidi.Rli or Bidi.Fsi or Bidi.Pdi ? Bidi.On : previous,
                Bidi.En when strong == Bidi.Al => Bidi.An,
                _ => types[i],
            };
            previous = types[i];
            if (types[i] is Bidi.L or Bidi.R or Bidi.Al)
            {
                strong = types[i];
            }
        }

        foreach (var i in members)
        {
            types[i] = types[i] == Bidi.Al ? Bidi.R : types[i];
        }

        for (var m = 1; m < members.Count - 1; m++)
        {
            var (before, after) = (types[members[m - 1]], types[members[m + 1]]);
            types[members[m]] = types[members[m]] switch
            {
                Bidi.Es or Bidi.Cs when before == Bidi.En && after == Bidi.En => Bidi.En,
                Bidi.Cs when before == Bidi.An && after == Bidi.An => Bidi.An,
                _ => types[members[m]],
            };
        }

        ResolveTerminators(types, members, start);
    }

    /// <summary>W5 to W7: currency and percent signs beside numbers, left-over separators, numbers behind Latin letters.</summary>
    private static void ResolveTerminators(Bidi[] types, List<int> members, Bidi start)
    {
        for (var m = 0; m < members.Count; m++)
        {
            if (types[members[m]] != Bidi.Et)
            {
                continue;
            }

            var last = m;
            while (last < members.Count && types[members[last]] == Bidi.Et)
            {
                last++;
            }

            var number = (m > 0 && types[members[m - 1]] == Bidi.En) || (last < members.Count && types[members[last]] == Bidi.En);
            for (; m < last; m++)
            {
                types[members[m]] = number ? Bidi.En : Bidi.On;
            }
        }

        var strong = start;
        foreach (var i in members)
        {
            types[i] = types[i] switch
            {
                Bidi.Es or Bidi.Cs => Bidi.On,
                Bidi.En when strong == Bidi.L => Bidi.L,
                _ => types[i],
            };
            if (types[i] is Bidi.L or Bidi.R)
            {
                strong = types[i];
            }
        }
    }

    private static void ResolveNeutral(Bidi[] types, List<int> members, Bidi start, Bidi end, Bidi embedding)
    {
        for (var m = 0; m < members.Count; )
        {
            if (!Neutral(types[members[m]]))
            {
                m++;
                continue;
            }

            var last = m;
            while (last < members.Count && Neutral(types[members[last]]))
            {
                last++;
            }

            var before = m == 0 ? start : Strong(types[members[m - 1]]);
            var after = last == members.Count ? end : Strong(types[members[last]]);
            for (; m < last; m++)
            {
                types[members[m]] = before == after ? before : embedding;
            }
        }
    }

    private static bool Neutral(Bidi type) => type is Bidi.Ws or Bidi.On or Bidi.Lri or Bidi.Rli or Bidi.Fsi or Bidi.Pdi;

    private static Bidi Strong(Bidi type) => type is Bidi.En or Bidi.An ? Bidi.R : type;

    /// <summary>Rules I1 and I2; characters that were set aside take the level before them.</summary>
    private static void ResolveImplicit(Bidi[] types, byte[] levels)
    {
        for (var i = 0; i < types.Length; i++)
        {
            if (Removed(types[i]))
            {
                levels[i] = i > 0 ? levels[i - 1] : (byte)0;
                continue;
            }

            var up =
                (levels[i] & 1) == 0
                    ? types[i] switch
                    {
                        Bidi.R => 1,
                        Bidi.An or Bidi.En => 2,
                        _ => 0,
                    }
                : types[i] is Bidi.L or Bidi.En or Bidi.An ? 1
                : 0;
            levels[i] += (byte)up;
        }
    }

    /// <summary>Rules L1, L2 and L4. Surrogate pairs stay together.</summary>
    private static string Draw(string text, Bidi[] types, byte[] levels)
    {
        for (
            var i = text.Length - 1;
            i >= 0 && (types[i] == Bidi.Ws || BidiClasses.IsBlank(text[i]) || BidiClasses.IsInvisible(text[i]));
            i--
        )
        {
            levels[i] = 0;
        }

        var order = new int[text.Length];
        var (highest, lowestOdd) = (0, int.MaxValue);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            highest = Math.Max(highest, levels[i]);
            lowestOdd = (levels[i] & 1) == 1 ? Math.Min(lowestOdd, levels[i]) : lowestOdd;
        }

        for (var level = highest; level >= lowestOdd; level--)
        {
            for (var i = 0; i < order.Length; i++)
            {
                var from = i;
                while (i < order.Length && levels[order[i]] >= level)
                {
                    i++;
                }

                Array.Reverse(order, from, i - from);
            }
        }

        return Compose(text, levels, order);
    }

    private static string Compose(string text, byte[] levels, int[] order)
    {
        var drawn = new StringBuilder(text.Length);
        for (var i = 0; i < order.Length; i++)
        {
            var letter = text[order[i]];
            if (BidiClasses.IsInvisible(letter))
            {
                continue;
            }

            if (
                char.IsLowSurrogate(letter)
                && i + 1 < order.Length
                && char.IsHighSurrogate(text[order[i + 1]])
                && order[i + 1] == order[i] - 1
            )
            {
                drawn.Append(text[order[i + 1]]).Append(letter);
                i++;
                continue;
            }

            drawn.Append((levels[order[i]] & 1) == 1 ? BidiClasses.Mirrored(letter) : letter);
        }

        return drawn.ToString();
    }
}
