namespace Noroshi.Hub.Conversations.Threading;

/// <summary>
/// Prints of a text that survive another wrapping of its lines: of every eight windows of twelve characters the smallest hash
/// (winnowing, Schleimer, Wilkerson and Aiken 2003). Nineteen characters in common give a print in common.
/// </summary>
internal static class Fingerprints
{
    private const int Gram = 12;
    private const int Window = 8;
    private const ulong Base = 0x9E3779B97F4A7C15;

    /// <summary>The prints of a plain text, ascending, each once.</summary>
    public static uint[] Of(ReadOnlySpan<char> plain)
    {
        if (plain.Length < Gram)
        {
            return [];
        }

        var grams = Grams(plain);
        var prints = new List<uint>((grams.Length / 4) + 1);
        var smallest = 0;
        for (var end = 0; end < grams.Length; end++)
        {
            var start = end - Window + 1;
            if (smallest < start)
            {
                smallest = Smallest(grams, start, end);
            }
            else if (grams[end] <= grams[smallest])
            {
                smallest = end;
            }

            if ((start >= 0 || end == grams.Length - 1) && (prints.Count == 0 || prints[^1] != grams[smallest]))
            {
                prints.Add(grams[smallest]);
            }
        }

        prints.Sort();
        var unique = 0;
        for (var i = 0; i < prints.Count; i++)
        {
            if (i == 0 || prints[i] != prints[i - 1])
            {
                prints[unique++] = prints[i];
            }
        }

        return [.. prints[..unique]];
    }

    private static int Smallest(uint[] grams, int start, int end)
    {
        var smallest = start;
        for (var i = start + 1; i <= end; i++)
        {
            smallest = grams[i] <= grams[smallest] ? i : smallest;
        }

        return smallest;
    }

    /// <summary>How many two texts have in common; both ascending.</summary>
    public static int Common(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other)
    {
        var (i, j, common) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            if (one[i] == other[j])
            {
                common++;
                i++;
                j++;
            }
            else if (one[i] < other[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return common;
    }

    private static uint[] Grams(ReadOnlySpan<char> plain)
    {
        var highest = 1UL;
        for (var i = 1; i < Gram; i++)
        {
            highest = unchecked(highest * Base);
        }

        var grams = new uint[plain.Length - Gram + 1];
        var rolling = 0UL;
        for (var i = 0; i < plain.Length; i++)
        {
            if (i >= Gram)
            {
                rolling = unchecked(rolling - (plain[i - Gram] * highest));
            }

            rolling = unchecked((rolling * Base) + plain[i]);
            if (i >= Gram - 1)
            {
                grams[i - Gram + 1] = Mixed(rolling);
            }
        }

        return grams;
    }

    private static uint Mixed(ulong value)
    {
        value ^= value >> 31;
        value = unchecked(value * 0xBF58476D1CE4E5B9);
        value ^= value >> 29;
        return (uint)(value >> 32);
    }
}
