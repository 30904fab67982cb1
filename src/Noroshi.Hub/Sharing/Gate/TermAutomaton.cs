namespace Noroshi.Hub.Sharing.Gate;

/// <summary>
/// Finds all words of a set in one walk over a text (Aho and Corasick 1975). The goto table is sparse, one table for all states: a set of a
/// hundred thousand words of Japanese would fill memory otherwise.
/// </summary>
internal sealed class TermAutomaton
{
    private readonly List<Node> _nodes = [new()];

    /// <summary>The next word with equal characters, by number of word; -1 when there is none.</summary>
    private readonly int[] _next;

    private readonly GotoTable _goto = new();
    private readonly int[] _asciiRoot = new int[128];

    /// <summary>Builds the automaton.</summary>
    /// <param name="words">Words by number; none empty.</param>
    public TermAutomaton(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _next = new int[words.Count];
        var children = new List<List<(char Character, int State)>> { new() };
        for (var number = 0; number < words.Count; number++)
        {
            Add(words[number], number, children);
        }

        Connect(children);
    }

    /// <summary>A word found: its number and where it ends (exclusive).</summary>
    internal readonly record struct Found(int Word, int End);

    /// <summary>Everything found, in the order of ends; the longer word first where two end together.</summary>
    public IEnumerable<Found> Find(ReadOnlyMemory<char> text)
    {
        var (at, state) = (0, 0);
        while (Next(text.Span, ref at, ref state))
        {
            for (var hit = _nodes[state].Word >= 0 ? state : _nodes[state].Shorter; hit > 0; hit = _nodes[hit].Shorter)
            {
                for (var word = _nodes[hit].Word; word >= 0; word = _next[word])
                {
                    yield return new Found(word, at);
                }
            }
        }
    }

    /// <summary>Walks on to the next place at which a word ends; false when there is none.</summary>
    private bool Next(ReadOnlySpan<char> text, ref int at, ref int state)
    {
        while (at < text.Length)
        {
            var character = text[at++];
            state = state == 0 && character < 128 ? _asciiRoot[character] : Step(state, character);
            if (_nodes[state].Word >= 0 || _nodes[state].Shorter > 0)
            {
                return true;
            }
        }

        return false;
    }

    private int Step(int state, char character)
    {
        while (true)
        {
            var next = _goto.Find(state, character);
            if (next > 0 || state == 0)
            {
                return next;
            }

            state = _nodes[state].Fail;
        }
    }

    private void Add(string word, int number, List<List<(char Character, int State)>> children)
    {
        var state = 0;
        foreach (var character in word)
        {
            var next = _goto.Find(state, character);
            if (next == 0)
            {
                next = _nodes.Count;
                _nodes.Add(new Node());
                children.Add([]);
                children[state].Add((character, next));
                _goto.Put(state, character, next);
            }

            state = next;
        }

        _next[number] = _nodes[state].Word;
        _nodes[state] = _nodes[state] with { Word = number };
    }

    private void Connect(List<List<(char Character, int State)>> children)
    {
        var queue = new Queue<int>();
        foreach (var (character, next) in children[0])
        {
            queue.Enqueue(next);
            if (character < 128)
            {
                _asciiRoot[character] = next;
            }
        }

        while (queue.TryDequeue(out var state))
        {
            var node = _nodes[state];
            foreach (var (character, next) in children[state])
            {
                _nodes[next] = _nodes[next] with { Fail = Step(node.Fail, character) };
                queue.Enqueue(next);
            }

            _nodes[state] = node with { Shorter = _nodes[node.Fail].Word >= 0 ? node.Fail : _nodes[node.Fail].Shorter };
        }
    }

    /// <summary>A state.</summary>
    /// <param name="Fail">Where to go on when no character leads further.</param>
    /// <param name="Shorter">The longest proper suffix that is a word; 0 when none is.</param>
    /// <param name="Word">Number of the word that ends here; -1 when none does.</param>
    private readonly record struct Node(int Fail, int Shorter, int Word)
    {
        public Node()
            : this(0, 0, -1) { }
    }

    /// <summary>Which state follows a state with a character: a hash table of numbers, since the walk asks it for each character of a text.</summary>
    private sealed class GotoTable
    {
        private ulong[] _keys = new ulong[256];
        private int[] _states = new int[256];
        private int _count;

        /// <summary>The state; 0 when none follows.</summary>
        public int Find(int state, char character)
        {
            var key = Key(state, character);
            for (var slot = Slot(key); ; slot = (slot + 1) & (_keys.Length - 1))
            {
                if (_keys[slot] == key)
                {
                    return _states[slot];
                }

                if (_keys[slot] == 0)
                {
                    return 0;
                }
            }
        }

        public void Put(int state, char character, int next)
        {
            if (++_count * 2 > _keys.Length)
            {
                var (keys, states) = (_keys, _states);
                _keys = new ulong[keys.Length * 2];
                _states = new int[keys.Length * 2];
                for (var slot = 0; slot < keys.Length; slot++)
                {
                    if (keys[slot] != 0)
                    {
                        Place(keys[slot], states[slot]);
                    }
                }
            }

            Place(Key(state, character), next);
        }

        private void Place(ulong key, int next)
        {
            var slot = Slot(key);
            while (_keys[slot] != 0)
            {
                slot = (slot + 1) & (_keys.Length - 1);
            }

            _keys[slot] = key;
            _states[slot] = next;
        }

        /// <summary>Never 0, which marks what is free.</summary>
        private static ulong Key(int state, char character) => ((ulong)(uint)state << 16 | character) + 1;

        /// <summary>Fibonacci hashing (Knuth, TAOCP 3, 6.4).</summary>
        private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & (_keys.Length - 1);
    }
}
