namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>Recognises UTF-16 by its mark, or by the zero bytes that ASCII leaves in it.</summary>
internal static class Utf16
{
    private const int Looked = 512;

    /// <summary>Whether a byte-order mark of UTF-16 stands first.</summary>
    public static bool HasMark(ReadOnlySpan<byte> bytes) => bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];

    /// <summary>True for big-endian, false for little-endian, null when the bytes are no UTF-16.</summary>
    /// <param name="bytes">Text.</param>
    /// <param name="declared">Canonical declared charset; a declaration of UTF-16 is believed when the bytes do not speak against it.</param>
    public static bool? Detect(ReadOnlySpan<byte> bytes, string? declared)
    {
        if (HasMark(bytes))
        {
            return bytes[0] == 0xFE;
        }

        var head = bytes[..Math.Min(Looked, bytes.Length & ~1)];
        int zeroFirst = 0,
            zeroSecond = 0,
            kanaFirst = 0,
            kanaSecond = 0;
        for (var index = 0; index + 1 < head.Length; index += 2)
        {
            zeroFirst += head[index] == 0 ? 1 : 0;
            zeroSecond += head[index + 1] == 0 ? 1 : 0;
            kanaFirst += head[index] == 0x30 ? 1 : 0;
            kanaSecond += head[index + 1] == 0x30 ? 1 : 0;
        }

        var pairs = head.Length / 2;
        if (pairs >= 4 && Math.Max(zeroFirst, zeroSecond) * 2 > pairs && Math.Min(zeroFirst, zeroSecond) * 8 <= pairs)
        {
            return zeroFirst > zeroSecond;
        }

        if (declared is not ("utf-16" or "utf-16le" or "utf-16be") || pairs == 0 || bytes.Length % 2 != 0)
        {
            return null;
        }

        var first = zeroFirst + kanaFirst;
        var second = zeroSecond + kanaSecond;
        return first + second == 0 ? null
            : first == second ? declared != "utf-16le"
            : first > second;
    }
}
