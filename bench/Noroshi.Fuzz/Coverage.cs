using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Noroshi.Fuzz;

/// <summary>
/// Edges of the instrumented parser: every branch adds one to a byte of a map (the way of AFL). An input is new when it reaches an edge, or
/// a magnitude of an edge's count (1, 2, 3, 4+, 8+, 16+, 32+, 128+), that none before it reached.
/// </summary>
internal sealed unsafe class Coverage
{
    /// <summary>Bytes of the map; the instrumentation numbers edges below this.</summary>
    public const int Size = 1 << 16;

    private static readonly byte[] Bucket = Buckets();
    private readonly byte* _map = (byte*)NativeMemory.AlignedAlloc(Size, 64);
    private readonly byte[] _seen = new byte[Size];

    public Coverage()
    {
        NativeMemory.Clear(_map, Size);
        Trace.SharedMem = _map;
    }

    /// <summary>Edges reached by any input.</summary>
    public int Edges { get; private set; }

    /// <summary>Before each input.</summary>
    public void Reset()
    {
        NativeMemory.Clear(_map, Size);
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last input reached something new; it counts as seen from now on.</summary>
    public bool TakeNew()
    {
        var any = false;
        for (var at = 0; at < Size; at += Vector<byte>.Count)
        {
            if (Vector.EqualsAll(Unsafe.ReadUnaligned<Vector<byte>>(_map + at), Vector<byte>.Zero))
            {
                continue;
            }

            for (var i = at; i < at + Vector<byte>.Count; i++)
            {
                var bit = Bucket[_map[i]];
                if ((bit & ~_seen[i]) != 0)
                {
                    Edges += _seen[i] == 0 ? 1 : 0;
                    _seen[i] |= bit;
                    any = true;
                }
            }
        }

        return any;
    }

    /// <summary>Edges of the last input.</summary>
    public List<int> LastEdges()
    {
        var edges = new List<int>();
        for (var i = 0; i < Size; i++)
        {
            if (_map[i] != 0)
            {
                edges.Add(i);
            }
        }

        return edges;
    }

    private static byte[] Buckets()
    {
        var table = new byte[256];
        for (var count = 1; count < 256; count++)
        {
            table[count] = count switch
            {
                1 => 1,
                2 => 2,
                3 => 4,
                < 8 => 8,
                < 16 => 16,
                < 32 => 32,
                < 128 => 64,
                _ => 128,
            };
        }

        return table;
    }
}
