namespace Noroshi.Makers.Threads;

/// <summary>Pools of wordings with the intents they show; some belong to one half of the threads only.</summary>
internal sealed class Wordings
{
    private readonly Dictionary<string, Pool> _pools = new(StringComparer.Ordinal);

    private sealed record Pool(string[] Intents, List<string> Tuned, List<string> Reported);

    private Wordings() { }

    /// <summary>Reads the pools of a data file.</summary>
    public static Wordings Read(IEnumerable<string> text)
    {
        var wordings = new Wordings();
        Pool? pool = null;
        foreach (var line in text.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
            {
                var parts = line.Trim('[', ']').Split(':');
                pool = new Pool(parts.Length > 1 ? parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [], [], []);
                wordings._pools.Add(parts[0].Trim(), pool);
            }
            else if (pool is not null)
            {
                var words = line[2..].Replace("\\n", "\n", StringComparison.Ordinal);
                if (line[0] is '+' or '=')
                {
                    pool.Tuned.Add(words);
                }

                if (line[0] is '-' or '=')
                {
                    pool.Reported.Add(words);
                }
            }
        }

        return wordings;
    }

    /// <summary>A wording of a pool for one of the halves, with its intents.</summary>
    public (string Text, string[] Intents) Draw(string pool, bool tuned, Random random)
    {
        if (!_pools.TryGetValue(pool, out var known))
        {
            throw new FormatException($"no wordings '{pool}'");
        }

        var choices = tuned ? known.Tuned : known.Reported;
        return (choices[random.Next(choices.Count)], known.Intents);
    }

    /// <summary>Wordings that stand in one half only.</summary>
    public IEnumerable<string> Only(bool tuned) =>
        _pools.Values.SelectMany(pool =>
            tuned ? pool.Tuned.Except(pool.Reported, StringComparer.Ordinal) : pool.Reported.Except(pool.Tuned, StringComparer.Ordinal)
        );
}
