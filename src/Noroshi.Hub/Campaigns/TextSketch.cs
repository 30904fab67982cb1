using Noroshi.Hub.Campaigns.Families;

namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Bottom-k sketch of a text's shingles: the k smallest hashes of all stretches of five characters. Two sketches tell how alike the texts
/// are (Jaccard index) without the texts.
/// </summary>
public static class TextSketch
{
    /// <summary>Hashes kept.</summary>
    public const int Size = 32;

    /// <summary>Characters of a shingle.</summary>
    public const int Shingle = 5;

    /// <summary>Shorter texts (weight of <see cref="PlainText.Weight"/>) are alike by chance.</summary>
    public const int ShortestText = 60;

    /// <summary>Characters that are read.</summary>
    private const int LongestText = 20_000;

    /// <summary>The sketch, ascending; empty when the text is too short to say anything.</summary>
    public static IReadOnlyList<ulong> Of(string text)
    {
        var plain = PlainText.Of(text.Length <= LongestText ? text : text[..LongestText]);
        if (PlainText.Weight(plain) < ShortestText)
        {
            return [];
        }

        var smallest = new ulong[Size];
        var count = 0;
        for (var at = 0; at + Shingle <= plain.Length; at++)
        {
            var hash = Hash(plain.AsSpan(at, Shingle));
            if (count == Size && hash >= smallest[Size - 1])
            {
                continue;
            }

            var place = smallest.AsSpan(0, count).BinarySearch(hash);
            if (place < 0)
            {
                count = Math.Min(count + 1, Size);
                smallest.AsSpan(~place, count - 1 - ~place).CopyTo(smallest.AsSpan(~place + 1));
                smallest[~place] = hash;
            }
        }

        return smallest[..count];
    }

    /// <summary>Estimated share of common shingles, 0 to 1; 0 when one of the sketches is empty.</summary>
    public static double Likeness(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return 0;
        }

        var (i, j, taken, shared) = (0, 0, 0, 0);
        // The smallest k of the union are a fair sample of it.
        while (taken < Size && i < a.Length && j < b.Length)
        {
            taken++;
            switch (a[i].CompareTo(b[j]))
            {
                case 0:
                    shared++;
                    i++;
                    j++;
                    break;
                case < 0:
                    i++;
                    break;
                default:
                    j++;
                    break;
            }
        }

        taken += Math.Min(Size - taken, a.Length - i + b.Length - j);
        return taken == 0 ? 0 : (double)shared / taken;
    }

    /// <summary>The finaliser of SplitMix64 over the characters: well spread, the same on every machine.</summary>
    private static ulong Hash(ReadOnlySpan<char> shingle)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var character in shingle)
        {
            hash ^= character;
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            hash ^= hash >> 31;
        }

        return hash;
    }
}
