using Noroshi.Hub.Campaigns.Families;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Finds which of many texts a quote repeats. Quotes are cut, wrapped anew and interleaved, so what counts is how much of the quote stands
/// in the text: hashes of six letters, the smallest of each run of six (winnowing, Schleimer, Wilkerson and Aiken 2003).
/// </summary>
internal sealed class TextIndex
{
    private const int Letters = 6;
    private const int Run = 6;
    private const int LongestText = 6_000;

    /// <summary>Texts kept for one hash: what many texts share tells nothing of which one is meant.</summary>
    private const int MostTexts = 16;

    private const double Enough = 0.55;

    private readonly Dictionary<uint, List<int>> _texts = [];
    private readonly List<int> _sizes = [];

    /// <summary>Hashes of a text; lines that business mail is full of count only when there are no others.</summary>
    public static uint[] HashesOf(string text)
    {
        var lines = (text.Length <= LongestText ? text : text[..LongestText])
            .Split('\n')
            .Select(PlainText.Of)
            .Where(line => line.Length > 0)
            .ToList();
        var telling = string.Concat(lines.Where(line => !StockPhrases.IsStock(line)));
        return [.. Hashes(PlainText.Weight(telling) >= 16 ? telling : string.Concat(lines))];
    }

    /// <summary>Adds a text; its number is the count of those before it.</summary>
    public void Add(IReadOnlyCollection<uint> hashes)
    {
        foreach (var hash in hashes)
        {
            if (!_texts.TryGetValue(hash, out var texts))
            {
                _texts[hash] = texts = [];
            }

            if (texts.Count < MostTexts)
            {
                texts.Add(_sizes.Count);
            }
        }

        _sizes.Add(hashes.Count);
    }

    /// <summary>Numbers of the texts that hold most of the quote, or that the quote holds nearly all of; the best first.</summary>
    public IReadOnlyList<int> Holding(IReadOnlyCollection<uint> quote)
    {
        var votes = new Dictionary<int, int>();
        foreach (var hash in quote)
        {
            foreach (var text in _texts.GetValueOrDefault(hash) ?? [])
            {
                votes[text] = votes.GetValueOrDefault(text) + 1;
            }
        }

        return
        [
            .. votes
                .Where(one => one.Value >= Enough * quote.Count || (_sizes[one.Key] >= 8 && one.Value >= 0.8 * _sizes[one.Key]))
                .OrderByDescending(one => one.Value)
                .ThenBy(one => one.Key)
                .Select(one => one.Key),
        ];
    }

    private static HashSet<uint> Hashes(string plain)
    {
        var hashes = new HashSet<uint>();
        if (plain.Length == 0)
        {
            return hashes;
        }

        if (plain.Length < Letters + Run)
        {
            hashes.Add(Hash(plain));
            return hashes;
        }

        Span<uint> window = stackalloc uint[Run];
        for (var at = 0; at + Letters <= plain.Length; at++)
        {
            window[at % Run] = Hash(plain.AsSpan(at, Letters));
            if (at >= Run - 1)
            {
                var least = window[0];
                foreach (var hash in window)
                {
                    least = Math.Min(least, hash);
                }

                hashes.Add(least);
            }
        }

        return hashes;
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(ReadOnlySpan<char> letters)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in letters)
        {
            hash = unchecked((hash ^ letter) * 16_777_619u);
        }

        return hash;
    }
}
