using System.Buffers.Binary;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Shortcuts;

namespace Noroshi.Makers.Hostile;

/// <summary>Shortcuts and programs whose tables lie, loop or lead nowhere.</summary>
public static class HostilePrograms
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All { get; } =
    [
        .. Links(),
        .. LinkTables(),
        .. Headers(),
        .. ImportTables(),
        .. ExportTables(),
        .. ResourceTrees(),
        .. VersionBlocks(),
        .. RichHeaders(),
        .. Signatures(),
        .. Nested(),
    ];

    private static byte[] Patch(byte[] bytes, params ReadOnlySpan<(int At, uint Value)> patches)
    {
        foreach (var (at, value) in patches)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        }

        return bytes;
    }

    private static byte[] Many(byte[] one, int count) => [.. Enumerable.Repeat(one, count).SelectMany(bytes => bytes)];

    private static IEnumerable<HostileInput> Links()
    {
        byte[] Link(params byte[] block) => new LinkMaker().Target("C:\\", "nowhere.txt").Block(block).Build();
        yield return new("program/link-blocks", "size-4-GB", () => Link(0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0xA0), "shortcut.damaged");
        yield return new("program/link-blocks", "size-2-GB", () => Link(0xFF, 0xFF, 0xFF, 0x7F, 9, 0, 0, 0xA0), "shortcut.damaged");
        yield return new("program/link-blocks", "size-4-to-7", () => Link(5, 0, 0, 0, 1, 0, 0, 0xA0), "shortcut.damaged");
        for (byte size = 0; size < 4; size++)
        {
            var stated = size;
            yield return new(
                "program/link-blocks",
                $"size-{size}",
                () => Link([stated, 0, 0, 0, .. new byte[100], 1]),
                "shortcut.appended"
            );
        }

        yield return new(
            "program/link-blocks",
            "one-million-blocks",
            () => Link(Many([8, 0, 0, 0, 3, 0, 0, 0xA0], 1_000_000)),
            "shortcut.damaged"
        );
        yield return new("program/link-blocks", "tracker-of-8-bytes", () => Link(8, 0, 0, 0, 3, 0, 0, 0xA0));
        yield return new(
            "program/link-properties",
            "storage-4-GB",
            () => Link([28, 0, 0, 0, 9, 0, 0, 0xA0, 0xFF, 0xFF, 0xFF, 0xFF, .. "1SPS"u8, .. new byte[12]]),
            "shortcut.damaged"
        );
        yield return new(
            "program/link-properties",
            "values-of-no-size",
            () => Link([44, 0, 0, 0, 9, 0, 0, 0xA0, 32, 0, 0, 0, .. "1SPS"u8, .. new byte[16], 9, 0, 0, 0, 1, 0, 0, 0, .. new byte[4]])
        );
        yield return new(
            "program/link-properties",
            "vector-of-4-billion",
            () =>
                Link([
                    56,
                    0,
                    0,
                    0,
                    9,
                    0,
                    0,
                    0xA0,
                    44,
                    0,
                    0,
                    0,
                    .. "1SPS"u8,
                    .. new byte[16],
                    20,
                    0,
                    0,
                    0,
                    1,
                    0,
                    0,
                    0,
                    0,
                    0x1F,
                    0x10,
                    0,
                    0,
                    0xFF,
                    0xFF,
                    0xFF,
                    0xFF,
                    .. new byte[7],
                ])
        );
    }

    private static IEnumerable<HostileInput> LinkTables()
    {
        yield return new("program/link-items", "thirty-thousand", () => LinkOf(Many([3, 0, 0x31], 20_000)), "shortcut.damaged");
        yield return new("program/link-items", "sizes-of-one", () => LinkOf(Many([1, 0], 1_000)), "shortcut.damaged");
        yield return new("program/link-items", "size-behind-end", () => LinkOf([0xFF, 0xFF, 0x31]), "shortcut.damaged");
        yield return new(
            "program/link-items",
            "folder-in-folder",
            () => new LinkMaker().Item([0x74, 0, 0x1A, 0, 0x43, 0x46, 0x53, 0x46, 0xFF, 0xFF, 0x74, .. new byte[60]]).Build()
        );
        yield return new("program/link-location", "size-4-GB", () => Located(0, uint.MaxValue), "shortcut.damaged");
        yield return new("program/link-location", "offsets-behind-end", () => Patch(Located(16, 0xFFFF_FFF0), (0x4C + 24, 0x7FFF_FFFFu)));
        yield return new("program/link-location", "volume-is-the-header", () => Located(12, 0));
        yield return new(
            "program/link-texts",
            "counts-of-64k",
            () =>
                [
                    .. new LinkMaker { Terminal = false }
                        .Text(4, "a")
                        .Build()[..0x4C],
                    0xFF,
                    0xFF,
                    .. new byte[40],
                ],
            "shortcut.damaged"
        );
        yield return new(
            "program/link-texts",
            "arguments-of-30000",
            () => new LinkMaker().Target("C:\\", "cmd.exe").Text(0x20, new string(' ', 30_000)).Build(),
            "shortcut.padded"
        );
        yield return new(
            "program/link-texts",
            "encoded-of-60000",
            () => new LinkMaker().Target("C:\\", "powershell.exe").Text(0x20, "-e " + new string('A', 60_000)).Build(),
            "shortcut.encoded"
        );

        byte[] LinkOf(byte[] items)
        {
            var bytes = new LinkMaker().Target("C:\\").Build();
            return [.. bytes[..0x4C], (byte)items.Length, (byte)(items.Length >> 8), .. items, 0, 0, 0, 0];
        }

        byte[] Located(int field, uint value) =>
            Patch(new LinkMaker().Location(1, "label", "C:\\nowhere.txt"u8.ToArray()).Build(), (0x4C + field, value));
    }

    private const int Sections = 0x100 + 6;
    private const int Directories = 0x100 + 24 + 96;
    private const int Data = 0x600;

    private static IEnumerable<HostileInput> Headers()
    {
        byte[] Program() => new PortableMaker().Imports(("KERNEL32.dll", ["ExitProcess"])).Build();
        yield return new("program/pe-headers", "65535-sections", () => Patch(Program(), (Sections, 0xFFFFu)), "type.odd-program");
        yield return new(
            "program/pe-headers",
            "65535-sections-present",
            () => [.. Patch(Program(), (Sections, 0xFFFFu)), .. Many(Program()[0x1F8..0x220], 65_535)],
            "type.odd-program"
        );
        yield return new("program/pe-headers", "directories-4-billion", () => Patch(Program(), (0x100 + 24 + 92, uint.MaxValue)));
        yield return new(
            "program/pe-headers",
            "sections-of-4-GB",
            () => Patch(Program(), (0x1F8 + 16, uint.MaxValue), (0x1F8 + 8, uint.MaxValue))
        );
        yield return new("program/pe-headers", "all-directories-at-zero", () => With(_ => (1, 0xFFFF_FFFF)));
        yield return new("program/pe-headers", "all-directories-at-the-end", () => With(_ => (0x21FF, 0x7FFF_FFFF)));
        yield return new("program/pe-headers", "all-directories-the-same", () => With(_ => (0x2000, 0x200)));

        byte[] With(Func<int, (uint Address, uint Size)> directory)
        {
            var bytes = Program();
            for (var i = 0; i < 16; i++)
            {
                Patch(bytes, (Directories + (8 * i), directory(i).Address), (Directories + 4 + (8 * i), directory(i).Size));
            }

            return bytes;
        }
    }

    private static IEnumerable<HostileInput> ImportTables()
    {
        yield return new("program/pe-imports", "descriptors-without-end", () => Imports(i => i % 5 == 3 ? 0x2000u : 0x2004u));
        yield return new("program/pe-imports", "tables-everywhere", () => Imports(i => 0x2000u + ((uint)i * 7 % 0x4000)));
        yield return new(
            "program/pe-imports",
            "names-behind-end",
            () => Imports(i => i % 5 == 3 ? 0xFFFF_FF00u : 0x2000u),
            "program.tables"
        );
        yield return new("program/pe-imports", "numbers-only", () => Imports(_ => 0x8000_0001));

        byte[] Imports(Func<int, uint> word)
        {
            var table = new byte[0x8000];
            for (var i = 0; i < table.Length / 4; i++)
            {
                Patch(table, (4 * i, word(i)));
            }

            return new PortableMaker().Directory(1, table).Build();
        }
    }

    private static IEnumerable<HostileInput> ExportTables()
    {
        foreach (
            var (name, at, value) in ((string, int, uint)[])[("names-2-to-the-31", 24, 0x8000_0000), ("names-4-billion", 24, uint.MaxValue)]
        )
        {
            yield return new("program/pe-exports", name, () => Exports((at, value)), "program.tables");
        }

        yield return new("program/pe-exports", "names-are-the-table", () => Exports((24, 100_000), (32, 0x2000)), "program.tables");
        yield return new("program/pe-exports", "names-behind-end", () => Exports((32, 0xFFFF_FFF0)));

        byte[] Exports(params (int At, uint Value)[] patches)
        {
            var bytes = new PortableMaker().Exports("nothing.dll", "One", "Two").Build();
            var table = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Directories)) - 0x2000 + Data;
            return Patch(bytes, [.. patches.Select(one => (table + one.At, one.Value))]);
        }
    }

    private static IEnumerable<HostileInput> ResourceTrees()
    {
        yield return new("program/pe-resources", "folder-names-itself", () => Tree(40, _ => 0x8000_0000), "program.tables");
        yield return new("program/pe-resources", "65535-entries", () => Tree(0xFFFF, _ => 0x8000_0000), "program.tables");
        yield return new("program/pe-resources", "leaves-behind-end", () => Tree(40, i => 0x7FFF_FF00 + (uint)i));
        yield return new("program/pe-resources", "folders-behind-end", () => Tree(40, i => 0xFFFF_FF00 + (uint)i));

        byte[] Tree(ushort count, Func<int, uint> target)
        {
            var tree = new byte[16 + (8 * Math.Min(count, (ushort)4_000))];
            BinaryPrimitives.WriteUInt16LittleEndian(tree.AsSpan(14), count);
            for (var i = 0; i < (tree.Length - 16) / 8; i++)
            {
                Patch(tree, (16 + (8 * i), (uint)(i % 30)), (20 + (8 * i), target(i)));
            }

            return new PortableMaker().Directory(2, tree).Build();
        }
    }

    private static IEnumerable<HostileInput> VersionBlocks()
    {
        byte[] Version(byte[] content) => new PortableMaker().Resource(16, 1, content).Build();
        yield return new("program/pe-version", "blocks-of-six", () => Version(Many([6, 0, 0, 0, 0, 0, 0, 0], 8_000)));
        yield return new("program/pe-version", "sizes-64k", () => Version(Many([0xFF, 0xFF, 0, 0, 1, 0], 8_000)));
        yield return new("program/pe-version", "values-64k", () => Version(Many([40, 0, 0xFF, 0xFF, 1, 0, 0x41, 0, 0, 0], 4_000)));
        yield return new("program/pe-version", "sizes-of-none", () => Version(new byte[4_096]));
    }

    private static IEnumerable<HostileInput> RichHeaders()
    {
        byte[] Rich(uint change) => new PortableMaker().Rich(change, (0x0103, 26_213, 1), (0x0104, 26_213, 30)).Build();
        yield return new("program/pe-rich", "key-wrong", () => Rich(1), "program.rich");
        yield return new("program/pe-rich", "no-start", () => Patch(Rich(0), (0x80, 0u)));
        yield return new(
            "program/pe-rich",
            "only-the-end",
            () => [.. Rich(0).AsSpan(0, 0x40), .. Many("Rich"u8.ToArray(), 48), .. Rich(0).AsSpan(0x100)]
        );
    }

    private static IEnumerable<HostileInput> Signatures()
    {
        byte[] Signed(params byte[] content)
        {
            var bytes = new PortableMaker().Build();
            return
            [
                .. Patch(bytes, (Directories + 32, (uint)bytes.Length), (Directories + 36, (uint)content.Length + 8)),
                (byte)(content.Length + 8),
                (byte)((content.Length + 8) >> 8),
                0,
                0,
                0,
                2,
                2,
                0,
                .. content,
            ];
        }

        yield return new("program/pe-signature", "length-4-GB", () => Signed(0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x30));
        yield return new("program/pe-signature", "length-of-126-bytes", () => Signed(0x30, 0xFE, 0xFF, 0xFF, 0xFF));
        yield return new("program/pe-signature", "ten-thousand-deep", () => Signed(Many([0x30, 0x82, 0x20, 0x00], 10_000)));
        yield return new("program/pe-signature", "table-is-the-program", () => Patch(Signed(0x30, 0), (Directories + 32, 1u)));
    }

    private static IEnumerable<HostileInput> Nested()
    {
        byte[] In(int depth)
        {
            byte[] bytes = new PortableMaker().Build();
            for (var i = 0; i < depth; i++)
            {
                bytes = new PortableMaker().Resource(10, 1, bytes).Build();
            }

            return bytes;
        }

        yield return new("program/nested", "sixty-in-each-other", () => In(60), "");
        yield return new(
            "program/nested",
            "resource-is-the-program",
            () =>
            {
                var bytes = new PortableMaker().Resource(10, 1, new byte[100]).Build();
                var tree = bytes.AsSpan(Data);
                // The only entry of data: address 0, size of the file.
                BinaryPrimitives.WriteUInt32LittleEndian(tree[72..], 0);
                BinaryPrimitives.WriteUInt32LittleEndian(tree[76..], (uint)bytes.Length);
                return bytes;
            }
        );
        yield return new(
            "program/nested",
            "links-behind-links",
            () =>
                Enumerable
                    .Range(0, 200)
                    .Aggregate(
                        Array.Empty<byte>(),
                        (inner, _) =>
                            new LinkMaker { Appended = inner }
                                .Target("C:\\", "a.txt")
                                .Build()
                    ),
            "shortcut.appended"
        );
    }
}
