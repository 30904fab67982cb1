using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>VS_VERSIONINFO: nested blocks of size, size of value, kind and key. Read to four levels, each block within its parent.</summary>
internal static class VersionInfo
{
    private const int MaxStrings = 64;
    private const int MaxBlocks = 512;

    /// <summary>Key of the block that holds texts.</summary>
    private static readonly byte[] Strings = System.Text.Encoding.Unicode.GetBytes("StringFileInfo");

    /// <summary>Names and values in stored order; a name of several languages stands there several times.</summary>
    public static IReadOnlyList<(string Name, string Value)> Read(ReadOnlySpan<byte> bytes)
    {
        var strings = new List<(string, string)>();
        var left = MaxBlocks;
        Walk(bytes, 0, strings, ref left);
        return strings;
    }

    private static void Walk(ReadOnlySpan<byte> bytes, int depth, List<(string, string)> strings, ref int left)
    {
        var at = 0;
        while (at + 6 <= bytes.Length && left-- > 0 && strings.Count < MaxStrings)
        {
            var size = bytes.U16(at);
            if (size < 6)
            {
                return;
            }

            var block = bytes.Part(at, size);
            var valueSize = block.U16(2);
            var isText = block.U16(4) == 1;
            var key = block.Part(6, 256).UntilWideNil();
            var value = Aligned(6 + key.Length + 2);
            var length = isText ? 2 * valueSize : valueSize;
            if (depth == 3)
            {
                // The size is in characters by the book; some tools count bytes, so the text ends at its nil.
                var text = block.Part(value, block.Length).Wide().Trim();
                strings.Add((System.Text.Encoding.Unicode.GetString(key), text));
            }
            else if (depth != 1 || key.SequenceEqual(Strings))
            {
                Walk(block.Part(Aligned(value + (depth == 0 ? length : 0)), block.Length), depth + 1, strings, ref left);
            }

            at += Aligned(size);
        }
    }

    private static int Aligned(int at) => (at + 3) & ~3;
}
