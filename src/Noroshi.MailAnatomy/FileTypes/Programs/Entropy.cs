namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>How even the bytes are spread.</summary>
internal static class Entropy
{
    private const int MaxBytes = 2 << 20;

    /// <summary>Bits a byte, 0 to 8, of the first 2 MiB.</summary>
    public static double Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        bytes = bytes[..Math.Min(bytes.Length, MaxBytes)];
        Span<int> counts = stackalloc int[256];
        foreach (var value in bytes)
        {
            counts[value]++;
        }

        var sum = 0.0;
        foreach (var count in counts)
        {
            sum -= count == 0 ? 0 : (double)count / bytes.Length * Math.Log2((double)count / bytes.Length);
        }

        return sum;
    }
}
