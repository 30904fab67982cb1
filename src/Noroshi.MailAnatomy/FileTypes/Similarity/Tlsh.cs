namespace Noroshi.MailAnatomy.FileTypes.Similarity;

/// <summary>
/// TLSH, the locality sensitive digest of Oliver, Cheng and Chen (2013) in its common form: 128 buckets, one byte of checksum, prefix
/// <c>T1</c>. Similar bytes have similar digests; <see cref="Distance"/> says how similar.
/// </summary>
public static class Tlsh
{
    /// <summary>Fewer bytes have no digest.</summary>
    public const int MinBytes = 50;

    private const int Buckets = 128;
    private const int CodeBytes = 32;
    private const int Characters = 72;

    /// <summary>Pearson's permutation (Communications of the ACM 33, 1990).</summary>
    private static readonly byte[] Permutation = Convert.FromHexString(
        "0157310CB0B266A679C10654F9E62CA30EC5D5B5A155DA5040EF18E2EC8E26C8"
            + "6EB168678DFDFF324D6551122D601FDE196BBE4656EDF02248F214D6F4E395EB"
            + "61EA39163CFA52AFD0057FC76F3E87F8AEA9D33A429A6AC3F5AB11BBB6B300F3"
            + "8438944B80859E64827E5B0D99F6D8DB7744DF4E5358C9637A0B5C208872340A"
            + "8A1E30B79C233D1A8F4AFB5E81A23F98AA0773A7F1CE0396373B97DC5A351783"
            + "7DAD0FEE4F5F59106989E1E0D9A0257B7649029D2E74099186E4CFD4CAD745E5"
            + "1BBC437CA8FC2A041D6C15F713CD27CBE928BA93C6C09B21A4BF62CCA5B4754C"
            + "8C24D2AC29369F08B9E871C4E72F927833411C90FEDD5DBDC28B702B476DB8D1"
    );

    /// <summary>The digest: <c>T1</c> and 70 upper-case hex digits; null when the bytes are too few or too uniform for one.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinBytes)
        {
            return null;
        }

        Span<uint> counts = stackalloc uint[256];
        var checksum = Count(bytes, counts);
        counts = counts[..Buckets];
        if (counts.Length - counts.Count(0u) <= Buckets / 2)
        {
            return null;
        }

        Span<uint> sorted = stackalloc uint[Buckets];
        counts.CopyTo(sorted);
        sorted.Sort();
        var (first, second, third) = (sorted[31], sorted[63], sorted[95]);
        if (third == 0)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[3 + CodeBytes];
        digest[0] = Swapped(checksum);
        digest[1] = Swapped(LengthCode(bytes.Length));
        // Single precision, as the original computes it.
        var ratio1 = (uint)((float)(first * 100) / third) % 16;
        var ratio2 = (uint)((float)(second * 100) / third) % 16;
        digest[2] = (byte)((ratio1 << 4) | ratio2);
        for (var i = 0; i < CodeBytes; i++)
        {
            var code = 0;
            for (var j = 0; j < 4; j++)
            {
                var count = counts[(4 * i) + j];
                var quarter =
                    count > third ? 3
                    : count > second ? 2
                    : count > first ? 1
                    : 0;
                code |= quarter << (2 * j);
            }

            digest[3 + CodeBytes - 1 - i] = (byte)code;
        }

        return "T1" + Convert.ToHexString(digest);
    }

    /// <summary>
    /// Distance of two digests: 0 for the same, below about 50 for variants of one file, above about 150 for unrelated ones; null when one
    /// is no digest.
    /// </summary>
    /// <param name="one">A digest, with or without its prefix.</param>
    /// <param name="other">Another.</param>
    public static int? Distance(string one, string other)
    {
        Span<byte> left = stackalloc byte[3 + CodeBytes];
        Span<byte> right = stackalloc byte[3 + CodeBytes];
        if (!Parse(one, left) || !Parse(other, right))
        {
            return null;
        }

        var distance = left[0] == right[0] ? 0 : 1;
        var length = Around(Swapped(left[1]), Swapped(right[1]), 256);
        distance += length <= 1 ? length : length * 12;
        foreach (var shift in (ReadOnlySpan<int>)[4, 0])
        {
            var ratio = Around((left[2] >> shift) & 15, (right[2] >> shift) & 15, 16);
            distance += ratio <= 1 ? ratio : (ratio - 1) * 12;
        }

        for (var i = 3; i < left.Length; i++)
        {
            for (var shift = 0; shift < 8; shift += 2)
            {
                var difference = Math.Abs(((left[i] >> shift) & 3) - ((right[i] >> shift) & 3));
                distance += difference == 3 ? 6 : difference;
            }
        }

        return distance;
    }

    private static byte Count(ReadOnlySpan<byte> bytes, Span<uint> counts)
    {
        ReadOnlySpan<byte> table = Permutation;
        // The salts of the six triplets and of the checksum go through the permutation first, whatever follows.
        var (s0, s2, s3, s5, s7, s11, s13) = (table[0], table[2], table[3], table[5], table[7], table[11], table[13]);
        byte checksum = 0;
        for (var i = 4; i < bytes.Length; i++)
        {
            var (a, b, c, d, e) = (bytes[i], bytes[i - 1], bytes[i - 2], bytes[i - 3], bytes[i - 4]);
            checksum = table[table[table[s0 ^ a] ^ b] ^ checksum];
            counts[table[table[table[s2 ^ a] ^ b] ^ c]]++;
            counts[table[table[table[s3 ^ a] ^ b] ^ d]]++;
            counts[table[table[table[s5 ^ a] ^ c] ^ d]]++;
            counts[table[table[table[s7 ^ a] ^ c] ^ e]]++;
            counts[table[table[table[s11 ^ a] ^ b] ^ e]]++;
            counts[table[table[table[s13 ^ a] ^ d] ^ e]]++;
        }

        return checksum;
    }

    /// <summary>Logarithm of the length in steps that widen: base 1.5, then 1.3, then 1.1.</summary>
    private static byte LengthCode(int length) =>
        (byte)
            (int)
                Math.Floor(
                    length <= 656 ? Math.Log(length) / Math.Log(1.5)
                    : length <= 3_199 ? (Math.Log(length) / Math.Log(1.3)) - 8.72777
                    : (Math.Log(length) / Math.Log(1.1)) - 62.5472
                );

    private static byte Swapped(byte value) => (byte)((value << 4) | (value >> 4));

    private static int Around(int one, int other, int range)
    {
        var difference = Math.Abs(one - other);
        return Math.Min(difference, range - difference);
    }

    private static bool Parse(string text, Span<byte> digest)
    {
        var hex = text.AsSpan();
        if (hex.Length == Characters && hex.StartsWith("T1", StringComparison.Ordinal))
        {
            hex = hex[2..];
        }

        return hex.Length == Characters - 2
            && Convert.FromHexString(hex, digest, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == digest.Length;
    }
}
