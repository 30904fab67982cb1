using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>BLAKE2sp with 32 bytes of digest: eight BLAKE2s leaves and a root (RFC 7693 and the BLAKE2 paper, 2.10).</summary>
internal sealed class Blake2sp
{
    private const int Leaves = 8;
    private const int BlockLength = 64;
    private const int DigestLength = 32;

    private static readonly uint[] Iv = [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    private static readonly byte[] Order =
    [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        14,
        10,
        4,
        8,
        9,
        15,
        13,
        6,
        1,
        12,
        0,
        2,
        11,
        7,
        5,
        3,
        11,
        8,
        12,
        0,
        5,
        2,
        15,
        13,
        10,
        14,
        3,
        6,
        7,
        1,
        9,
        4,
        7,
        9,
        3,
        1,
        13,
        12,
        11,
        14,
        2,
        6,
        5,
        10,
        4,
        0,
        15,
        8,
        9,
        0,
        5,
        7,
        2,
        4,
        10,
        15,
        14,
        1,
        11,
        12,
        6,
        8,
        3,
        13,
        2,
        12,
        6,
        10,
        0,
        11,
        8,
        3,
        4,
        13,
        7,
        5,
        15,
        14,
        1,
        9,
        12,
        5,
        1,
        15,
        14,
        13,
        4,
        10,
        0,
        7,
        6,
        3,
        9,
        2,
        8,
        11,
        13,
        11,
        7,
        14,
        12,
        1,
        3,
        9,
        5,
        0,
        15,
        4,
        8,
        6,
        2,
        10,
        6,
        15,
        14,
        9,
        11,
        3,
        0,
        8,
        12,
        2,
        13,
        7,
        1,
        4,
        10,
        5,
        10,
        2,
        8,
        4,
        7,
        6,
        1,
        5,
        15,
        11,
        9,
        14,
        3,
        12,
        13,
        0,
    ];

    private readonly Node[] _leaves = [.. Enumerable.Range(0, Leaves).Select(leaf => new Node(leaf, 0, leaf == Leaves - 1))];
    private long _length;

    /// <summary>Takes content.</summary>
    public void Add(ReadOnlySpan<byte> content)
    {
        while (content.Length > 0)
        {
            var leaf = (int)(_length / BlockLength % Leaves);
            var count = Math.Min(content.Length, BlockLength - (int)(_length % BlockLength));
            _leaves[leaf].Add(content[..count]);
            content = content[count..];
            _length += count;
        }
    }

    /// <summary>The digest; the object is spent.</summary>
    public byte[] Finish()
    {
        var root = new Node(0, 1, last: true);
        foreach (var leaf in _leaves)
        {
            root.Add(leaf.Finish());
        }

        return root.Finish();
    }

    /// <summary>One BLAKE2s of the tree.</summary>
    private sealed class Node
    {
        private readonly uint[] _state = [.. Iv];
        private readonly byte[] _block = new byte[BlockLength];
        private readonly bool _last;
        private int _filled;
        private ulong _count;

        public Node(int offset, int depth, bool last)
        {
            _last = last;
            _state[0] ^= DigestLength | (Leaves << 16) | (2u << 24);
            _state[2] ^= (uint)offset;
            _state[3] ^= ((uint)depth << 16) | ((uint)DigestLength << 24);
        }

        public void Add(ReadOnlySpan<byte> content)
        {
            while (content.Length > 0)
            {
                if (_filled == BlockLength)
                {
                    Compress(final: false);
                }

                var count = Math.Min(content.Length, BlockLength - _filled);
                content[..count].CopyTo(_block.AsSpan(_filled));
                _filled += count;
                content = content[count..];
            }
        }

        public byte[] Finish()
        {
            _block.AsSpan(_filled).Clear();
            Compress(final: true);
            var digest = new byte[DigestLength];
            for (var i = 0; i < 8; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(digest.AsSpan(i * 4), _state[i]);
            }

            return digest;
        }

        private void Compress(bool final)
        {
            _count += (ulong)_filled;
            _filled = 0;
            Span<uint> message = stackalloc uint[16];
            MemoryMarshal.Cast<byte, uint>(_block.AsSpan()).CopyTo(message);
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(message, message);
            }

            Span<uint> v = stackalloc uint[16];
            _state.CopyTo(v);
            Iv.CopyTo(v[8..]);
            v[12] ^= (uint)_count;
            v[13] ^= (uint)(_count >> 32);
            v[14] ^= final ? uint.MaxValue : 0;
            v[15] ^= final && _last ? uint.MaxValue : 0;
            for (var round = 0; round < 10; round++)
            {
                var order = Order.AsSpan(round * 16, 16);
                for (var i = 0; i < 4; i++)
                {
                    Mix(v, i, i + 4, i + 8, i + 12, message[order[2 * i]], message[order[(2 * i) + 1]]);
                }

                for (var i = 0; i < 4; i++)
                {
                    Mix(
                        v,
                        i,
                        4 + ((i + 1) & 3),
                        8 + ((i + 2) & 3),
                        12 + ((i + 3) & 3),
                        message[order[8 + (2 * i)]],
                        message[order[9 + (2 * i)]]
                    );
                }
            }

            for (var i = 0; i < 8; i++)
            {
                _state[i] ^= v[i] ^ v[i + 8];
            }
        }

        private static void Mix(Span<uint> v, int a, int b, int c, int d, uint x, uint y)
        {
            v[a] += v[b] + x;
            v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
            v[c] += v[d];
            v[b] = BitOperations.RotateRight(v[b] ^ v[c], 12);
            v[a] += v[b] + y;
            v[d] = BitOperations.RotateRight(v[d] ^ v[a], 8);
            v[c] += v[d];
            v[b] = BitOperations.RotateRight(v[b] ^ v[c], 7);
        }
    }
}
