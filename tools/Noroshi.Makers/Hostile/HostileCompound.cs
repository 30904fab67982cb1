using System.Buffers.Binary;
using System.Text;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeBinary;

namespace Noroshi.Makers.Hostile;

/// <summary>Hostile documents in compound files: their tables, properties, macros, records and packed documents.</summary>
public static class HostileCompound
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All { get; } =
    [.. Tables(), .. Objects(), .. Properties(), .. Macros(), .. Records(), .. Word(), .. Ichitaro()];

    private static HostileInput Make(string group, string variant, Func<byte[]> make, string? finding = null) =>
        new($"document/{group}", variant, make, finding);

    private static byte[] With(Func<CompoundMaker> maker, Action<byte[]> change)
    {
        var bytes = maker().Build();
        change(bytes);
        return bytes;
    }

    private static int Directory(byte[] bytes) => (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(0x30)) + 1) * 512;

    private static IEnumerable<HostileInput> Tables()
    {
        yield return Make(
            "compound-mini",
            "mini-stream-shorter-than-its-streams",
            () => With(() => WordMaker.Document("x"), bytes => BitConverter.TryWriteBytes(bytes.AsSpan(Directory(bytes) + 120), 64))
        );
        yield return Make(
            "compound-mini",
            "mini-stream-starts-in-the-directory",
            () =>
                With(
                    () => WordMaker.Document("x"),
                    bytes => BitConverter.TryWriteBytes(bytes.AsSpan(Directory(bytes) + 116), BitConverter.ToInt32(bytes, 0x30))
                )
        );
        yield return Make(
            "compound-mini",
            "mini-chains-loop",
            () =>
                With(
                    () => WordMaker.Document("x").Stream("ObjectPool/_1/\u0001Ole10Native", new byte[4_000]),
                    bytes =>
                    {
                        var table = (BitConverter.ToInt32(bytes, 0x3C) + 1) * 512;
                        for (var i = 0; i < 128; i++)
                        {
                            BitConverter.TryWriteBytes(bytes.AsSpan(table + (i * 4)), i ^ 1);
                        }
                    }
                )
        );
        yield return Make(
            "compound-shared",
            "3000-streams-of-one-large-chain",
            () =>
            {
                var maker = new CompoundMaker().Stream("Large", new byte[4 << 20]);
                for (var i = 0; i < 3_000; i++)
                {
                    maker.Stream($"P{i}/\u0001Ole10Native", [1]);
                }

                var bytes = maker.Build();
                // Every stream gets start and size of the large one, the first entry behind the root.
                var directory = Directory(bytes);
                for (var at = directory + 256; at + 128 <= bytes.Length && bytes[at + 66] is 1 or 2; at += 128)
                {
                    if (bytes[at + 66] == 2)
                    {
                        bytes.AsSpan(directory + 128 + 116, 12).CopyTo(bytes.AsSpan(at + 116));
                    }
                }

                return bytes;
            }
        );
        yield return Make("compound-shared", "2000-embedded-documents", () => Many(2_000, "Workbook"));
        yield return Make("compound-shared", "2000-embedded-projects", () => Many(2_000, "VBA/dir"));
    }

    private static byte[] Many(int count, string stream)
    {
        var maker = WordMaker.Document("x");
        for (var i = 0; i < count; i++)
        {
            maker.Stream($"ObjectPool/_{i}/{stream}", [9, 8, 16, 0, 0, 6, 5, 0]);
        }

        return maker.Build();
    }

    private static IEnumerable<HostileInput> Objects()
    {
        yield return Make(
            "compound-object",
            "native-size-2-to-the-32",
            () => Native([0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0x61, 0, 0x62, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3])
        );
        yield return Make(
            "compound-object",
            "native-names-without-end",
            () => Native([9, 0, 0, 0, 2, 0, .. Enumerable.Repeat((byte)'a', 60_000)])
        );
        yield return Make("compound-object", "native-of-six-bytes", () => Native([1, 0, 0, 0, 2, 0]));
        yield return Make(
            "compound-object",
            "monikers-one-after-the-other",
            () =>
                WordMaker
                    .Document("x")
                    .Stream(
                        "ObjectPool/_1/\u0001Ole",
                        [.. Enumerable.Repeat(OleObjectMaker.UrlMoniker("http://a.example.jp/"), 1_000).SelectMany(one => one)]
                    )
                    .Build(),
            "compound.remote-link"
        );
        yield return Make("compound-object", "documents-within-documents", Nested);
    }

    private static byte[] Native(byte[] stream) => WordMaker.Document("x").Stream("ObjectPool/_1/\u0001Ole10Native", stream).Build();

    private static byte[] Nested()
    {
        var bytes = WordMaker.Document("innermost").Build();
        for (var i = 0; i < 60; i++)
        {
            bytes = WordMaker
                .Document("x")
                .Stream("ObjectPool/_1/\u0001Ole10Native", OleObjectMaker.Native("a.doc", "a.doc", "a.doc", bytes))
                .Build();
        }

        return bytes;
    }

    private static IEnumerable<HostileInput> Properties()
    {
        byte[] Summary(Action<byte[]> change)
        {
            var stream = PropertySetMaker.Summary().Text(2, "title").Text(4, "author").Build();
            change(stream);
            return WordMaker.Document("x").Stream("\u0005SummaryInformation", stream).Build();
        }

        yield return Make(
            "property-set",
            "4-billion-properties",
            () => Summary(bytes => BitConverter.TryWriteBytes(bytes.AsSpan(52), -1)),
            "compound."
        );
        yield return Make(
            "property-set",
            "4-billion-sections",
            () => Summary(bytes => BitConverter.TryWriteBytes(bytes.AsSpan(24), -1)),
            "compound."
        );
        yield return Make(
            "property-set",
            "section-behind-end",
            () => Summary(bytes => BitConverter.TryWriteBytes(bytes.AsSpan(44), int.MaxValue)),
            "compound."
        );
        yield return Make("property-set", "all-values-are-the-header", () => Summary(bytes => bytes.AsSpan(56, 24).Clear()));
        yield return Make(
            "property-set",
            "vectors-within-vectors",
            () => User([.. Enumerable.Repeat((byte[])[0x0C, 0x10, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F], 5_000).SelectMany(one => one)])
        );
        yield return Make("property-set", "string-of-2-to-the-31", () => User([30, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3, 4]));
        yield return Make(
            "property-set",
            "dictionary-of-4-billion",
            () => User([0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], id: 0)
        );
        yield return Make(
            "property-set",
            "1024-values-are-one-megabyte",
            () => Shared(number => 100 + (uint)number, [65, 0, 0, 0, 0, 0, 0x0F, 0, .. new byte[0x0F_0000]]),
            "compound."
        );
        yield return Make(
            "property-set",
            "1024-values-are-one-vector",
            () => Shared(number => 100 + (uint)number, [0x1E, 0x10, 0, 0, 0, 0x10, 0, 0, .. new byte[0x0F_0000]])
        );
        yield return Make("property-set", "1024-dictionaries", () => Shared(_ => 0, [0, 0x10, 0, 0, .. Dictionary()]));
    }

    private static byte[] Dictionary() =>
        [.. Enumerable.Range(2, 0x1000).SelectMany(id => (byte[])[(byte)id, (byte)(id >> 8), 0, 0, 3, 0, 0, 0, 0x41, 0x42, 0])];

    /// <summary>A section whose properties all lie at the same place.</summary>
    private static byte[] Shared(Func<int, uint> id, byte[] value)
    {
        const int count = 1_024;
        const int at = 8 + (8 * count);
        byte[] section =
        [
            .. BitConverter.GetBytes(at + value.Length),
            .. BitConverter.GetBytes(count),
            .. Enumerable
                .Range(0, count)
                .SelectMany(number => (byte[])[.. BitConverter.GetBytes(id(number)), .. BitConverter.GetBytes(at)]),
            .. value,
        ];
        var head = PropertySetMaker.Summary().Build()[..48];
        return WordMaker.Document("x").Stream("\u0005SummaryInformation", [.. head, .. section]).Build();
    }

    private static byte[] User(byte[] value, uint id = 2) =>
        WordMaker
            .Document("x")
            .Stream("\u0005DocumentSummaryInformation", PropertySetMaker.Document().UserDefined().Names((2, "name")).Raw(id, value).Build())
            .Build();

    private static IEnumerable<HostileInput> Macros()
    {
        byte[] Module(byte[] stream) =>
            new VbaMaker().Module("A", "Sub Auto_Open()\r\nEnd Sub").AddTo(new CompoundMaker(), "").Stream("VBA/Bad", stream).Build();
        byte[] chunk = [0x05, 0xB0, 0x02, (byte)'A', 0xFF, 0x0F, 0xFF, 0x0F];

        yield return Make("vba", "bomb-of-copies", () => Module([1, .. Enumerable.Repeat(chunk, 200_000).SelectMany(one => one)]));
        yield return Make("vba", "copy-before-the-start", () => Module([1, 0x03, 0xB0, 0x01, 0xFF, 0xFF, 0xFF]));
        yield return Make("vba", "chunks-of-no-length", () => Module([1, .. new byte[100_000]]));
        yield return Make("vba", "chunk-cut", () => Module([1, 0xFF, 0xBF, 0x00, (byte)'A']));
        yield return Make(
            "vba",
            "dir-of-lying-sizes",
            () =>
                new CompoundMaker()
                    .Stream("VBA/dir", VbaMaker.Compress([0x19, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4]))
                    .Stream("VBA/_VBA_PROJECT", new byte[8])
                    .Build()
        );
        yield return Make(
            "vba",
            "dir-of-50000-modules",
            () =>
                new CompoundMaker()
                    .Stream(
                        "VBA/dir",
                        VbaMaker.Compress([.. Enumerable.Repeat((byte[])[0x19, 0, 1, 0, 0, 0, 0x41], 50_000).SelectMany(one => one)])
                    )
                    .Build()
        );
        yield return Make(
            "vba",
            "strings-of-parentheses",
            () => new VbaMaker().Module("A", "x = " + new string('(', 100_000) + "\"a\"" + new string(')', 100_000)).Build()
        );
        yield return Make(
            "vba",
            "variables-that-grow",
            () =>
                new VbaMaker()
                    .Module("A", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"v{i} = v{i} & \"abcdefghij\"\r\n")))
                    .Build()
        );
    }

    private static IEnumerable<HostileInput> Records()
    {
        byte[] Book(params byte[][] records) => new WorkbookMaker().Sheet("M", 2, 1, records).File().Build();

        yield return Make("biff", "a-million-empty-records", () => Book([.. Enumerable.Repeat((byte[])[0x01, 0, 0, 0], 1_000_000)]));
        yield return Make(
            "biff",
            "formulas-of-60000-signs",
            () =>
                Book([
                    .. Enumerable.Repeat(
                        WorkbookMaker.Formula(
                            0,
                            [
                                .. Enumerable.Repeat(WorkbookMaker.Text(new string('a', 255)), 16),
                                .. Enumerable.Repeat(WorkbookMaker.Join(), 15),
                                [.. Enumerable.Repeat((byte)0x14, 60_000)],
                            ]
                        ),
                        50
                    ),
                ])
        );
        yield return Make("biff", "record-behind-end", () => Book(WorkbookMaker.Record(0x06, new byte[22]), [0x06, 0, 0xFF, 0xFF]));
        yield return Make(
            "biff",
            "formula-that-doubles",
            () =>
                Book([
                    .. Enumerable
                        .Range(0, 3_000)
                        .Select(row =>
                            WorkbookMaker.Formula(
                                row,
                                [
                                    .. Enumerable.Repeat(WorkbookMaker.Text("abcdefghij"), 400),
                                    .. Enumerable.Repeat(WorkbookMaker.Join(), 399),
                                ]
                            )
                        ),
                ])
        );
        yield return Make(
            "biff",
            "functions-of-127-arguments",
            () => Book(WorkbookMaker.Formula(0, [.. Enumerable.Repeat(WorkbookMaker.Function(0x6E, 127), 2_000)]))
        );
        yield return Make(
            "biff",
            "shared-strings-of-65535-letters",
            () =>
                new WorkbookMaker()
                    .Global(0xFC, [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0x0D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2])
                    .Sheet("A", 0, 0)
                    .File()
                    .Build()
        );
        yield return Make(
            "biff",
            "continues-of-nothing",
            () => new WorkbookMaker().Global(0xFC, new byte[8]).Global(0x3C, []).Global(0x3C, [1]).Sheet("A", 0, 0).File().Build()
        );
        yield return Make(
            "powerpoint",
            "containers-within-containers",
            () =>
                new PresentationMaker()
                    .Record(
                        0x0F,
                        0x03E8,
                        [.. Enumerable.Repeat((byte[])[0x0F, 0, 0xE8, 3, 0xFF, 0xFF, 0xFF, 0x7F], 200_000).SelectMany(one => one)]
                    )
                    .File()
                    .Build()
        );
        yield return Make(
            "powerpoint",
            "object-that-inflates-without-end",
            () => new PresentationMaker().Object(new byte[64 << 20]).File().Build()
        );
        yield return Make(
            "powerpoint",
            "object-of-no-zlib",
            () => new PresentationMaker().Record(0x10, 0x1011, [0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3]).File().Build()
        );
        yield return Make(
            "powerpoint",
            "record-of-4-gb",
            () =>
                new PresentationMaker()
                    .Record(0, 0x0FA0, [])
                    .File()
                    .Stream("PP97_DUALSTORAGE", [0, 0, 0xA0, 0x0F, 0xFF, 0xFF, 0xFF, 0xFF, 1])
                    .Build()
        );
    }

    private static IEnumerable<HostileInput> Word()
    {
        yield return Make(
            "word",
            "fields-within-fields",
            () => WordMaker.Document(new string('\u0013', 100_000) + " DDE x").Build(),
            "field.dde"
        );
        yield return Make(
            "word",
            "fields-that-end-before-they-begin",
            () => WordMaker.Document(new string('\u0015', 10_000) + new string('\u0014', 10_000)).Build()
        );
        foreach (var (index, name) in ((int, string)[])[(33, "pieces"), (71, "saved"), (32, "associated")])
        {
            yield return Make(
                "word",
                $"{name}-behind-end",
                () =>
                {
                    var bytes = WordMaker.Document("x", ["a", "b"]).Build();
                    var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xEC, 0xA5, 0xC1, 0]);
                    BitConverter.TryWriteBytes(bytes.AsSpan(at + 154 + (index * 8)), 3);
                    BitConverter.TryWriteBytes(bytes.AsSpan(at + 158 + (index * 8)), -1);
                    return bytes;
                }
            );
        }
    }

    private static IEnumerable<HostileInput> Ichitaro()
    {
        byte[] Text(byte[] store) => new CompoundMaker().Stream("DocumentText", store).Stream("DocumentViewStyles", new byte[8]).Build();

        foreach (var at in (int[])[600, 1_500, 3_000, 5_000])
        {
            yield return Make("ichitaro-text", $"whole-cut-at-{at}", () => IchitaroMaker.Document()[..at]);
        }

        yield return Make(
            "ichitaro-text",
            "one-block-listed-a-million-times",
            () =>
            {
                var store = IchitaroMaker.BlockStore([IchitaroMaker.Text(new string('あ', 5_000))]);
                BitConverter.TryWriteBytes(
                    store.AsSpan(20 + (BinaryPrimitives.ReadInt32BigEndian(store.AsSpan(16)) * 256) + 12),
                    0x40420F00
                );
                return Text(store);
            }
        );
        yield return Make(
            "ichitaro-text",
            "records-without-end",
            () => Text([.. "SsmgV.01"u8, 0, 0x1F, .. Enumerable.Repeat((byte[])[0, 0x1C], 200_000).SelectMany(one => one)])
        );
        yield return Make(
            "ichitaro-text",
            "marks-one-after-the-other",
            () => Text([.. Enumerable.Repeat("SsmgV.01"u8.ToArray(), 100_000).SelectMany(one => one)])
        );
        yield return Make(
            "ichitaro-text",
            "1024-pieces-are-one",
            () =>
            {
                byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
                byte[] list =
                [
                    .. "QLSTV.01"u8,
                    .. Big(1_024),
                    .. Enumerable.Repeat((byte[])[.. Big(0), .. Big(1)], 1_024).SelectMany(one => one),
                ];
                return new CompoundMaker()
                    .Stream("DocumentText", IchitaroMaker.BlockStore([list, new byte[1 << 20]]))
                    .Stream("\u0004JSRV_SegmentInformation", new byte[336])
                    .Build();
            }
        );
        yield return Make(
            "ichitaro-packed",
            "bomb",
            () => IchitaroMaker.Wrapped(LzhMaker.MakeMember(new LzhMember("a.jtd", new byte[48 << 20]) { Level = 1 })),
            ""
        );
        yield return Make(
            "ichitaro-packed",
            "states-4-gb",
            () =>
            {
                var member = LzhMaker.MakeMember(new LzhMember("a.jtd", IchitaroMaker.Document()) { Level = 1 });
                BitConverter.TryWriteBytes(member.AsSpan(11), -1);
                return IchitaroMaker.Wrapped(member);
            },
            ""
        );
        yield return Make(
            "ichitaro-packed",
            "packed-within-packed",
            () =>
            {
                var bytes = IchitaroMaker.Document();
                for (var i = 0; i < 40; i++)
                {
                    bytes = IchitaroMaker.Compressed(bytes);
                }

                return bytes;
            }
        );
        yield return Make(
            "ichitaro-packed",
            "member-of-nothing",
            () => IchitaroMaker.Wrapped(Encoding.ASCII.GetBytes("no member at all, only words that fill the place of one")),
            "ichitaro."
        );
    }
}
