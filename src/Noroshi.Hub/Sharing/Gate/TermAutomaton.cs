namespace Noroshi.Hub.Sharing.Gate;

/// <summary>
/// Finds all words of a set in one walk over a text (Aho and Corasick 1975). Rows of the goto table are sparse: a set of a hundred thousand
/// words of Japanese would fill memory otherwise.
/// </summary>
internal sealed class TermAutomaton
{
    private readonly List<Node> _nodes = [new()];

    /// <summary>Builds the automaton.</summary>
    /// <param name="words">Words by number; none empty.</param>
    public TermAutomaton(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        for (var number = 0; number < words.Count; number++)
        {
            Add(words[number], number);
        }

        Connect();
    }

    /// <summary>A word found: its number and where it ends (exclusive).</summary>
    internal readonly record struct Found(int Word, int End);

    /// <summary>Everything found, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<Found> Find(ReadOnlySpan<char> text, int most)
    {
        var found = new List<Found>();
        var state = 0;
        for (var at = 0; at < text.Length; at++)
        {
            state = Step(state, text[at]);
            for (var hit = _nodes[state].Word >= 0 ? state : _nodes[state].Shorter; hit > 0; hit = _nodes[hit].Shorter)
            {
                for (var word = _nodes[hit].Word; word >= 0; word = _next[word])
                {
                    found.Add(new Found(word, at + 1));
                    if (found.Count >= most)
                    {
                        return found;
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The next word with equal characters, by number of word; -1 when there is none.</summary>
    private readonly Dictionary<int, int> _next = [];

    private int Step(int state, char character)
    {
        int next;
        while (!_nodes[state].Goto.TryGetValue(character, out next))
        {
            if (state == 0)
            {
                return 0;
            }

            state = _nodes[state].Fail;
        }

        return next;
    }

    private void Add(string word, int number)
    {
        var state = 0;
        foreach (var character in word)
        {
            if (!_nodes[state].Goto.TryGetValue(character, out var next))
            {
                next = _nodes.Count;
                _nodes.Add(new Node());
                _nodes[state].Goto[character] = next;
            }

            state = next;
        }

        _next[number] = _nodes[state].Word;
        _nodes[state].Word = number;
    }

    private void Connect()
    {
        var queue = new Queue<int>(_nodes[0].Goto.Values);
        while (queue.TryDequeue(out var state))
        {
            var node = _nodes[state];
            foreach (var (character, next) in node.Goto)
            {
                var fail = node.Fail;
                while (fail != 0 && !_nodes[fail].Goto.ContainsKey(character))
                {
                    fail = _nodes[fail].Fail;
                }

                _nodes[next].Fail = _nodes[fail].Goto.TryGetValue(character, out var target) && target != next ? target : 0;
                queue.Enqueue(next);
            }

            node.Shorter = _nodes[node.Fail].Word >= 0 ? node.Fail : _nodes[node.Fail].Shorter;
        }
    }

    private sealed class Node
    {
        public Dictionary<char, int> Goto { get; } = [];

        public int Fail { get; set; }

        /// <summary>The longest proper suffix that is a word; 0 when none is.</summary>
        public int Shorter { get; set; }

        /// <summary>Number of the word that ends here; -1 when none does.</summary>
        public int Word { get; set; } = -1;
    }
}
