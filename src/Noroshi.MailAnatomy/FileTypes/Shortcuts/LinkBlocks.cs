namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>ExtraData of a shell link (MS-SHLLINK 2.5).</summary>
internal static class LinkBlocks
{
    public const uint Environment = 0xA0000001;
    public const uint Console = 0xA0000002;
    public const uint Tracker = 0xA0000003;
    public const uint ConsoleCodePage = 0xA0000004;
    public const uint SpecialFolder = 0xA0000005;
    public const uint Darwin = 0xA0000006;
    public const uint Icon = 0xA0000007;
    public const uint Shim = 0xA0000008;
    public const uint Properties = 0xA0000009;
    public const uint KnownFolder = 0xA000000B;
    public const uint VistaIdList = 0xA000000C;

    // Numbers that no document names, met on links of old systems: laid out as the two known blocks.
    private const uint OldKnownFolder = 0xA000000E;
    private const uint OldProperties = 0xA000000F;

    private const int MaxBlocks = 64;

    /// <summary>Fields of ConsoleDataBlock: name, offset in the block, bytes.</summary>
    private static readonly (string Name, int At, int Size)[] ConsoleFields =
    [
        ("fillAttributes", 8, 2),
        ("popupFillAttributes", 10, 2),
        ("screenBufferSizeX", 12, 2),
        ("screenBufferSizeY", 14, 2),
        ("windowSizeX", 16, 2),
        ("windowSizeY", 18, 2),
        ("windowOriginX", 20, 2),
        ("windowOriginY", 22, 2),
        ("fontSize", 32, 4),
        ("fontFamily", 36, 4),
        ("fontWeight", 40, 4),
        ("cursorSize", 108, 4),
        ("fullScreen", 112, 4),
        ("quickEdit", 116, 4),
        ("insertMode", 120, 4),
        ("autoPosition", 124, 4),
        ("historyBufferSize", 128, 4),
        ("historyBuffers", 132, 4),
        ("historyNoDuplicates", 136, 4),
        ("firstColor", 140, 4),
    ];

    /// <summary>Reads the blocks from the stated offset on.</summary>
    /// <param name="bytes">The whole link.</param>
    /// <param name="at">Offset of the first block; afterwards that behind the last, the terminal included.</param>
    /// <param name="text">Decoder.</param>
    /// <param name="damage">Takes what does not hold together.</param>
    /// <param name="terminated">The terminal is there.</param>
    public static List<LinkBlock> Read(ReadOnlySpan<byte> bytes, ref int at, LinkText text, List<string> damage, out bool terminated)
    {
        terminated = false;
        var blocks = new List<LinkBlock>();
        while (at + 4 <= bytes.Length)
        {
            var size = bytes.U32(at);
            if (size < 4)
            {
                terminated = true;
                at += 4;
                break;
            }

            if (size < 8 || size > (uint)(bytes.Length - at))
            {
                damage.Add($"extra block of {size} bytes at {at}");
                break;
            }

            if (blocks.Count >= MaxBlocks)
            {
                damage.Add($"more than {MaxBlocks} extra blocks");
                break;
            }

            blocks.Add(ReadOne(bytes.Slice(at, (int)size), at, text, damage));
            at += (int)size;
        }

        return blocks;
    }

    private static LinkBlock ReadOne(ReadOnlySpan<byte> block, int at, LinkText text, List<string> damage)
    {
        var (size, signature) = (block.Length, block.U32(4));
        switch (signature)
        {
            case Environment or Darwin or Icon:
                return new PathBlock(at, size, signature, text.Narrow(block.Part(8, 260).UntilNil()), text.Wide(block.Part(268, 520)));
            case Console:
                return new ConsoleBlock(at, size, signature, ConsoleValues(block), text.Wide(block.Part(44, 64)));
            case Tracker:
                return new TrackerBlock(at, size, signature)
                {
                    Length = block.U32(8),
                    Version = block.U32(12),
                    Machine = text.Narrow(block.Part(16, 16).UntilNil()),
                    Volume = block.Guid(32),
                    File = block.Guid(48),
                    BirthVolume = block.Guid(64),
                    BirthFile = block.Guid(80),
                };
            case ConsoleCodePage:
                return new CodePageBlock(at, size, signature, block.U32(8));
            case SpecialFolder:
                return new SpecialFolderBlock(at, size, signature, block.U32(8), block.U32(12));
            case KnownFolder:
            case OldKnownFolder when size == 28:
                return new KnownFolderBlock(at, size, signature, block.Guid(8), block.U32(24));
            case Shim:
                return new ShimBlock(at, size, signature, text.Wide(block.Part(8, size)));
            case Properties:
            case OldProperties when block.U32(12) == PropertyStores.Version:
                return new PropertyBlock(at, size, signature, PropertyStores.Read(block[8..], text, damage));
            case VistaIdList:
                var items = new List<ShellItem>();
                if (!ShellItems.Read(block[8..], text, items))
                {
                    damage.Add("item list of the Vista block");
                }

                return new IdListBlock(at, size, signature, items);
            default:
                return new UnknownBlock(at, size, signature);
        }
    }

    private static Dictionary<string, long> ConsoleValues(ReadOnlySpan<byte> block)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, at, size) in ConsoleFields)
        {
            values[name] = size == 2 ? (short)block.U16(at) : block.U32(at);
        }

        return values;
    }
}
