namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>Unpacks the methods of the LHA family. Memory is bounded by the history (1 MiB at most), never by the stated size.</summary>
internal static class LzhDecoder
{
    /// <summary>LHARK's own -lh7-, which has the same name in the archive as that of LHA.</summary>
    public const string Lhark = "-lk7-";

    /// <summary>Whether <see cref="Decode"/> knows the method.</summary>
    public static bool Knows(string method) =>
        method
            is "-lh0-"
                or "-lh1-"
                or "-lh2-"
                or "-lh3-"
                or "-lh4-"
                or "-lh5-"
                or "-lh6-"
                or "-lh7-"
                or "-lhx-"
                or "-lhd-"
                or "-lz4-"
                or "-lz5-"
                or "-lzs-"
                or "-pm0-"
                or Lhark;

    /// <summary>Unpacks as it is read.</summary>
    /// <param name="method">Method with its hyphens, e.g. <c>-lh5-</c>.</param>
    /// <param name="packed">Packed bytes; may go on after the end of the content.</param>
    /// <param name="size">Bytes the content has.</param>
    /// <returns>A stream that gives at most <paramref name="size"/> bytes and throws <see cref="InvalidDataException"/> on damage.</returns>
    /// <exception cref="NotSupportedException">The method is not known.</exception>
    public static Stream Decode(string method, ReadOnlyMemory<byte> packed, long size)
    {
        if (method is "-lh0-" or "-lz4-" or "-pm0-" or "-lhd-")
        {
            return new ReadOnlyMemoryStream(packed[..(int)Math.Clamp(size, 0, packed.Length)]);
        }

        LzhTokens tokens = method switch
        {
            "-lh1-" => new LzhAdaptiveTokens(packed, lh2: false),
            "-lh2-" => new LzhAdaptiveTokens(packed, lh2: true),
            "-lh3-" => new LzhLh3Tokens(packed),
            "-lh4-" => new LzhStaticTokens(packed, 12, 4),
            "-lh5-" => new LzhStaticTokens(packed, 13, 4),
            "-lh6-" => new LzhStaticTokens(packed, 15, 5),
            "-lh7-" => new LzhStaticTokens(packed, 16, 5),
            "-lhx-" => new LzhStaticTokens(packed, 20, 5),
            Lhark => new LzhStaticTokens(packed, 16, 6, lhark: true),
            "-lz5-" => new LzhLz5Tokens(packed),
            "-lzs-" => new LzhLzsTokens(packed),
            _ => throw new NotSupportedException($"The method {method} is not known."),
        };
        return new LzhWindowStream(tokens, size);
    }
}
