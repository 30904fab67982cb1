namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>
/// The adaptive Huffman tree of -lh1- and -lh2-. Nodes stand in order of falling frequency with the root first, so that a node whose
/// count rises only changes places with the leftmost node of its old count (sibling property).
/// </summary>
internal sealed class LzhAdaptiveTree
{
    private const int RebuildAt = 0x8000;
    private const int RootCount = 0xFFFF;

    private readonly int[] _counts;
    private readonly int[] _children; // index of the second child (the first stands before it), or ~symbol for a leaf
    private readonly int[] _parents;
    private readonly int[] _leaves;
    private readonly bool _growing;
    private int _nodes;
    private int _total;

    /// <summary>Makes the tree all unpackers start with.</summary>
    /// <param name="symbols">Symbols there can be.</param>
    /// <param name="growing">Start with symbol 0 alone; others come by <see cref="Add"/>.</param>
    public LzhAdaptiveTree(int symbols, bool growing)
    {
        var capacity = (symbols * 2) - 1;
        _counts = new int[capacity];
        _children = new int[capacity];
        _parents = new int[capacity];
        _leaves = new int[symbols];
        _growing = growing;
        if (growing)
        {
            _counts[0] = 1;
            _children[0] = ~0;
            _nodes = 1;
            return;
        }

        _nodes = capacity;
        var node = capacity - 1;
        for (var symbol = 0; symbol < symbols; symbol++, node--)
        {
            SetLeaf(node, symbol, 1);
        }

        for (var child = capacity - 1; node >= 0; node--, child -= 2)
        {
            SetBranch(node, child);
        }
    }

    /// <summary>Reads a symbol and adapts the tree to it.</summary>
    public int Decode(LzhBitReader bits)
    {
        var at = _children[0];
        while (at >= 0)
        {
            at = _children[at - bits.Read(1)];
        }

        var symbol = ~at;
        Count(symbol);
        return symbol;
    }

    /// <summary>Adds a symbol to a growing tree, as the rarest one.</summary>
    public void Add(int symbol)
    {
        var last = _nodes - 1;
        var moved = ~_children[last];
        SetLeaf(last + 1, moved, _counts[last]);
        SetLeaf(last + 2, symbol, 0);
        _children[last] = last + 2;
        _parents[last + 1] = last;
        _parents[last + 2] = last;
        if (last == 0)
        {
            _counts[0] = RootCount;
        }

        _nodes += 2;
        Count(symbol);
    }

    private void Count(int symbol)
    {
        if (_growing)
        {
            if (_total == RebuildAt)
            {
                Rebuild();
                _total = _counts[0];
                _counts[0] = RootCount;
            }

            _total++;
        }
        else
        {
            if (_counts[0] >= RebuildAt)
            {
                Rebuild();
            }

            _counts[0]++;
        }

        var node = _leaves[symbol];
        while (node != 0)
        {
            node = Promote(node);
            _counts[node]++;
            node = _parents[node];
        }
    }

    // Changes places with the leftmost node of the same count; the root never takes part.
    private int Promote(int node)
    {
        var count = _counts[node];
        if (_counts[node - 1] != count || node == 1)
        {
            return node;
        }

        var low = 1;
        var high = node;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_counts[middle] > count)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low != node)
        {
            (_children[low], _children[node]) = (_children[node], _children[low]);
            Adopt(low);
            Adopt(node);
        }

        return low;
    }

    private void Adopt(int node)
    {
        var child = _children[node];
        if (child < 0)
        {
            _leaves[~child] = node;
        }
        else
        {
            _parents[child] = node;
            _parents[child - 1] = node;
        }
    }

    private void SetLeaf(int node, int symbol, int count)
    {
        _counts[node] = count;
        _children[node] = ~symbol;
        _leaves[symbol] = node;
    }

    private void SetBranch(int node, int child)
    {
        _counts[node] = _counts[child] + _counts[child - 1];
        _children[node] = child;
        _parents[child] = node;
        _parents[child - 1] = node;
    }

    // Halves all counts and builds the tree anew from its leaves, rarest last.
    private void Rebuild()
    {
        if (_nodes == 1)
        {
            _counts[0] = (_counts[0] + 1) / 2;
            return;
        }

        var leaves = new List<(int Symbol, int Count)>((_nodes / 2) + 1);
        for (var i = 0; i < _nodes; i++)
        {
            if (_children[i] < 0)
            {
                leaves.Add((~_children[i], (_counts[i] + 1) / 2));
            }
        }

        var leaf = leaves.Count - 1;
        var node = _nodes - 1;
        var child = _nodes - 1;
        while (node >= 0)
        {
            for (; child - node < 2 && leaf >= 0; node--, leaf--)
            {
                SetLeaf(node, leaves[leaf].Symbol, leaves[leaf].Count);
            }

            var sum = _counts[child] + _counts[child - 1];
            for (; leaf >= 0 && sum >= leaves[leaf].Count; node--, leaf--)
            {
                SetLeaf(node, leaves[leaf].Symbol, leaves[leaf].Count);
            }

            SetBranch(node, child);
            node--;
            child -= 2;
        }
    }
}

/// <summary>-lh1- and -lh2-: adaptive Huffman for literals and lengths.</summary>
internal sealed class LzhAdaptiveTokens : LzhTokens
{
    private const int Lh1Codes = 314;
    private const int Lh2Codes = 286;
    private const int Lh2Window = 1 << 13;

    private readonly bool _lh2;
    private readonly LzhAdaptiveTree _codes;
    private readonly LzhAdaptiveTree? _adaptiveDistances;
    private readonly LzhHuffman? _fixedDistances;
    private int _nextDistance = 64;

    public LzhAdaptiveTokens(ReadOnlyMemory<byte> packed, bool lh2)
        : base(packed)
    {
        _lh2 = lh2;
        _codes = new(lh2 ? Lh2Codes : Lh1Codes, growing: false);
        if (lh2)
        {
            _adaptiveDistances = new(Lh2Window / 64, growing: true);
            return;
        }

        // 64 distance codes: 1 of 3 bits, 3 of 4, 8 of 5, 12 of 6, 24 of 7, 16 of 8.
        Span<byte> lengths = stackalloc byte[64];
        lengths[..1].Fill(3);
        lengths[1..4].Fill(4);
        lengths[4..12].Fill(5);
        lengths[12..24].Fill(6);
        lengths[24..48].Fill(7);
        lengths[48..].Fill(8);
        _fixedDistances = new(64);
        _fixedDistances.Build(lengths);
    }

    public override int Window => _lh2 ? Lh2Window : 1 << 12;

    public override int Next(long produced, out int value)
    {
        var code = _codes.Decode(Bits);
        if (code < 256)
        {
            value = code;
            return 0;
        }

        if (_lh2 && code == Lh2Codes - 1)
        {
            code += Bits.Read(8);
        }

        value = (HighDistance(produced) << 6) + Bits.Read(6) + 1;
        return code - 256 + 3;
    }

    private int HighDistance(long produced)
    {
        if (_fixedDistances is { } table)
        {
            return table.Decode(Bits);
        }

        if (_adaptiveDistances is not { } tree)
        {
            return 0;
        }

        // A distance gets its code only once history is that long.
        while (_nextDistance < Lh2Window && produced > _nextDistance)
        {
            tree.Add(_nextDistance / 64);
            _nextDistance += 64;
        }

        return tree.Decode(Bits);
    }
}
