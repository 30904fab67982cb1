using System.Numerics;
using System.Security.Cryptography;

namespace Noroshi.Hub.Journal;

/// <summary>
/// Merkle tree hashing and proofs of RFC 9162, section 2.1, with SHA-256. The tree itself is kept by the store as its complete subtrees: node
/// (level, index) is the root over the leaves <c>index·2^level … (index+1)·2^level - 1</c>.
/// </summary>
public static class MerkleTree
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Hash of a leaf.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    /// <summary>Hash of two nodes.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashSize)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashSize)..]);
        return SHA256.HashData(both);
    }

    /// <summary>Root over the first <paramref name="size"/> leaves.</summary>
    /// <param name="size">Leaves.</param>
    /// <param name="node">Gives the complete subtree of a level and index.</param>
    public static byte[] Root(long size, Func<int, long, byte[]> node) => size == 0 ? SHA256.HashData([]) : Range(0, size, node);

    /// <summary>Audit path of a leaf, from the leaf upwards.</summary>
    public static List<byte[]> InclusionProof(long index, long size, Func<int, long, byte[]> node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (begin, end) = (0L, size);
        while (end - begin > 1)
        {
            var middle = begin + Split(end - begin);
            if (index < middle)
            {
                path.Add(Range(middle, end, node));
                end = middle;
            }
            else
            {
                path.Add(Range(begin, middle, node));
                begin = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>Proof that the tree over <paramref name="second"/> leaves starts with the tree over <paramref name="first"/>.</summary>
    public static List<byte[]> ConsistencyProof(long first, long second, Func<int, long, byte[]> node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<byte[]>();
        if (first == 0 || first == second)
        {
            return proof;
        }

        var (begin, end, whole) = (0L, second, true);
        while (end != first)
        {
            var middle = begin + Split(end - begin);
            if (first <= middle)
            {
                proof.Add(Range(middle, end, node));
                end = middle;
            }
            else
            {
                proof.Add(Range(begin, middle, node));
                begin = middle;
                whole = false;
            }
        }

        if (!whole)
        {
            proof.Add(Range(begin, end, node));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2).</summary>
    public static bool VerifyInclusion(ReadOnlySpan<byte> leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (number, last) = (index, size - 1);
        var hash = leaf.ToArray();
        foreach (var step in path)
        {
            if (last == 0 || step.Length != HashSize)
            {
                return false;
            }

            if ((number & 1) == 1 || number == last)
            {
                hash = Node(step, hash);
                while ((number & 1) == 0 && number != 0)
                {
                    (number, last) = (number >> 1, last >> 1);
                }
            }
            else
            {
                hash = Node(hash, step);
            }

            (number, last) = (number >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the proof shows that the second tree only appended to the first (RFC 9162, 2.1.4.2).</summary>
    public static bool VerifyConsistency((long Size, byte[] Root) first, (long Size, byte[] Root) second, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first.Size < 0 || first.Size > second.Size)
        {
            return false;
        }

        if (first.Size == second.Size)
        {
            return proof.Count == 0 && first.Root.AsSpan().SequenceEqual(second.Root);
        }

        if (first.Size == 0)
        {
            return proof.Count == 0 && first.Root.AsSpan().SequenceEqual(SHA256.HashData([]));
        }

        var path = proof.ToList();
        if (BitOperations.IsPow2(first.Size))
        {
            path.Insert(0, first.Root);
        }

        return path.Count > 0 && path.TrueForAll(step => step.Length == HashSize) && Connects(first, second, path);
    }

    private static bool Connects((long Size, byte[] Root) first, (long Size, byte[] Root) second, List<byte[]> path)
    {
        var (number, last) = (first.Size - 1, second.Size - 1);
        while ((number & 1) == 1)
        {
            (number, last) = (number >> 1, last >> 1);
        }

        var (old, all) = (path[0], path[0]);
        foreach (var step in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((number & 1) == 1 || number == last)
            {
                old = Node(step, old);
                all = Node(step, all);
                while ((number & 1) == 0 && number != 0)
                {
                    (number, last) = (number >> 1, last >> 1);
                }
            }
            else
            {
                all = Node(all, step);
            }

            (number, last) = (number >> 1, last >> 1);
        }

        return last == 0 && old.AsSpan().SequenceEqual(first.Root) && all.AsSpan().SequenceEqual(second.Root);
    }

    /// <summary>Hash over leaves begin … end-1, where begin is aligned to the size: left part complete, the rest again.</summary>
    private static byte[] Range(long begin, long end, Func<int, long, byte[]> node)
    {
        var parts = new List<byte[]>();
        while (begin < end)
        {
            var size = (long)BitOperations.RoundUpToPowerOf2((ulong)(end - begin));
            size = size > end - begin ? size / 2 : size;
            var level = BitOperations.TrailingZeroCount(size);
            parts.Add(node(level, begin >> level));
            begin += size;
        }

        var hash = parts[^1];
        for (var i = parts.Count - 2; i >= 0; i--)
        {
            hash = Node(parts[i], hash);
        }

        return hash;
    }

    /// <summary>Largest power of two smaller than the size.</summary>
    private static long Split(long size) => (long)(BitOperations.RoundUpToPowerOf2((ulong)size) / 2);
}
