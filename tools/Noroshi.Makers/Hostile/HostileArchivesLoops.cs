using System.Buffers.Binary;
using System.Text;
using Noroshi.Makers.Cab;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.Lzh;

namespace Noroshi.Makers.Hostile;

/// <summary>Headers that lead a reader in circles, nowhere, or into memory it does not have.</summary>
public static partial class HostileArchives
{
    private static IEnumerable<HostileInput> RarLoops()
    {
        var file = RawRar.File4("a.txt"u8.ToArray(), Content);
        yield return new(
            "archive/rar-loop",
            "rar4-block-of-no-length",
            () => RawRar.Make4(0, RawRar.Block4(0x79, 0, [], size: 0), file),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar4-100k-blocks-of-no-length",
            () => RawRar.Make4(0, [.. Enumerable.Repeat(RawRar.Block4(0x79, 0, [], size: 0), 100_000)]),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar4-header-beyond-end",
            () => RawRar.Make4(0, RawRar.Block4(0x74, 0x8000, new byte[30], size: 0xFFFF)),
            ""
        );
        yield return new("archive/rar-loop", "rar4-file-header-cut", () => RawRar.Make4(0, RawRar.Block4(0x74, 0x8000, new byte[8])), "");
        yield return new(
            "archive/rar-loop",
            "rar4-add-size-turns-back",
            () => RawRar.Make4(0, RawRar.Block4(0x7A, 0x8000, [0xFF, 0xFF, 0xFF, 0xFF]), file),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar4-64-bit-size-turns-back",
            () =>
                RawRar.Make4(
                    0,
                    RawRar.Block4(
                        0x74,
                        0x8100,
                        new ByteText()
                            .U32(0xFFFFFFE0)
                            .U32(5)
                            .B(2)
                            .U32(0)
                            .U32(0)
                            .B(20, 0x30)
                            .U16(1)
                            .U32(0x20)
                            .U32(0xFFFFFFFF)
                            .U32(0xFFFFFFFF)
                            .Add("a")
                            .Done()
                    )
                ),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar4-100k-empty-blocks",
            () => RawRar.Make4(0, [.. Enumerable.Repeat(RawRar.Block4(0x79, 0, []), 200_000)])
        );
        yield return new(
            "archive/rar-loop",
            "rar4-main-header-1000-times",
            () => RawRar.Make4(0, [.. Enumerable.Repeat(RawRar.Block4(0x73, 0x80, new byte[6]), 1_000)]),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar4-packed-garbage",
            () => RawRar.Make4(0, [.. Enumerable.Range(0, 8).Select(i => Garbage4(i))]),
            ""
        );
        yield return new("archive/rar-loop", "rar5-header-of-no-length", () => RawRar.Make5(0, RawRar.Block5([], size: 0)), "");
        yield return new(
            "archive/rar-loop",
            "rar5-100k-headers-of-no-length",
            () => RawRar.Make5(0, [.. Enumerable.Repeat(RawRar.Block5([], size: 0), 100_000)]),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar5-header-size-2-to-the-63",
            () => RawRar.Make5(0, RawRar.Block5([2, 0, 0], size: 1ul << 63)),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar5-endless-number",
            () => [.. RawRar.Mark5, .. new byte[4], .. Enumerable.Repeat((byte)0xFF, 5_000)],
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar5-data-size-turns-back",
            () => RawRar.Make5(0, RawRar.File5("a.txt"u8.ToArray(), Content, packed: ulong.MaxValue - 40)),
            ""
        );
        yield return new(
            "archive/rar-loop",
            "rar5-extra-of-no-length",
            () => RawRar.Make5(0, RawRar.File5("a.txt"u8.ToArray(), Content, extra: new byte[500]))
        );
        yield return new(
            "archive/rar-loop",
            "rar5-extra-beyond-header",
            () => RawRar.Make5(0, RawRar.File5("a.txt"u8.ToArray(), Content, extra: [0xFF, 0xFF, 0x7F, 3, 0]))
        );
        yield return new(
            "archive/rar-loop",
            "rar5-quick-open-lies",
            () =>
                RawRar.Make5(
                    0,
                    RawRar.Block5([3, 3, 0x10, 5, 4, 5, 0x20, 0, 0, 2, .. "QO"u8, .. new byte[16]]),
                    RawRar.File5("a.txt"u8.ToArray(), Content)
                )
        );
        yield return new(
            "archive/rar-loop",
            "rar5-dictionary-64-GB",
            () =>
                RawRar.Make5(
                    0,
                    RawRar.File5(
                        "a.bin"u8.ToArray(),
                        [.. Enumerable.Repeat((byte)0x5A, 300)],
                        size: 1ul << 36,
                        method: (3ul << 7) | (19ul << 10)
                    )
                ),
            ""
        );

        static byte[] Garbage4(int seed)
        {
            var data = new byte[500];
            new Random(seed).NextBytes(data);
            var block = RawRar.File4("g.bin"u8.ToArray(), data, size: 100_000_000);
            block[25] = 0x33;
            block[24] = (byte)(seed % 2 == 0 ? 29 : 20);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(5));
            BinaryPrimitives.WriteUInt16LittleEndian(block, (ushort)HostileArchivesBytes.Crc32(block.AsSpan(2, length - 2)));
            return block;
        }
    }

    private static IEnumerable<HostileInput> SevenZipHeaders()
    {
        byte[] Lzma(uint dictionary) =>
            [1, 0x23, 3, 1, 1, 5, 0x5D, (byte)dictionary, (byte)(dictionary >> 8), (byte)(dictionary >> 16), (byte)(dictionary >> 24)];
        yield return new(
            "archive/7z-header",
            "dictionary-4-GB-size-4-GB",
            () => RawSevenZip.One("a.bin", new byte[200], Lzma(0xFFFFFFFF), 0xFFFFFFFF, null),
            ""
        );
        yield return new(
            "archive/7z-header",
            "dictionary-4-GB-small-file",
            () =>
                RawSevenZip.One(
                    "a.bin",
                    new ZeroLzma().Chunk(1_000, true),
                    Lzma(0xFFFFFFFF),
                    1_000,
                    HostileArchivesBytes.Crc32(new byte[1_000])
                )
        );
        yield return new(
            "archive/7z-header",
            "lzma2-dictionary-4-GB",
            () => RawSevenZip.One("a.bin", [1, 0, 0, 1, 0], [1, 0x21, 0x21, 1, 40], 1ul << 33, null),
            ""
        );
        yield return new(
            "archive/7z-header",
            "ppmd-memory-4-GB",
            () => RawSevenZip.One("a.bin", new byte[50], [1, 0x23, 3, 4, 1, 5, 6, 0xFF, 0xFF, 0xFF, 0xFF], 100, null),
            ""
        );
        yield return new(
            "archive/7z-header",
            "files-2-to-the-63",
            () => RawSevenZip.Make([], new ByteText().B(1, 5).Number(1ul << 63).B(0, 0).Done()),
            ""
        );
        yield return new(
            "archive/7z-header",
            "files-2-to-the-31",
            () => RawSevenZip.Make([], new ByteText().B(1, 5).Number(0x7FFFFFFF).B(14).Number(1 << 28).B(0, 0).Done()),
            ""
        );
        yield return new(
            "archive/7z-header",
            "packed-streams-2-to-the-31",
            () => RawSevenZip.Make([], new ByteText().B(1, 4, 6).Number(0).Number(0x7FFFFFFF).B(9, 0).Done()),
            ""
        );
        yield return new(
            "archive/7z-header",
            "folders-2-to-the-31",
            () => RawSevenZip.Make([], new ByteText().B(1, 4, 7, 11).Number(0x7FFFFFFF).B(0).Done()),
            ""
        );
        yield return new(
            "archive/7z-header",
            "coders-2-to-the-31",
            () => RawSevenZip.Make([], new ByteText().B(1, 4, 7, 11).Number(1).B(0).Number(0x7FFFFFFF).Done()),
            ""
        );
        yield return new(
            "archive/7z-header",
            "substreams-2-to-the-62",
            () =>
                RawSevenZip.Make(
                    [1],
                    new ByteText()
                        .B(1, 4, 6)
                        .Number(0)
                        .Number(1)
                        .B(9)
                        .Number(1)
                        .B(0, 7, 11)
                        .Number(1)
                        .B(0)
                        .Add(RawSevenZip.Copy)
                        .B(12)
                        .Number(1)
                        .B(0, 8, 13)
                        .Number(1ul << 62)
                        .B(0, 0, 0)
                        .Done()
                ),
            ""
        );
        yield return new(
            "archive/7z-header",
            "coders-bound-in-a-circle",
            () =>
                RawSevenZip.Make(
                    new byte[10],
                    new ByteText()
                        .B(1, 4, 6)
                        .Number(0)
                        .Number(1)
                        .B(9)
                        .Number(10)
                        .B(0, 7, 11)
                        .Number(1)
                        .B(0)
                        .Add([2, 0x11, 0x21, 2, 1, 0x11, 0x21, 2, 1])
                        .Number(0)
                        .Number(1)
                        .Number(1)
                        .Number(0)
                        .B(12)
                        .Number(9)
                        .Number(9)
                        .B(0, 0)
                        .Add(RawSevenZip.Files(["a"]))
                        .B(0)
                        .Done()
                ),
            ""
        );
        yield return new(
            "archive/7z-header",
            "header-packed-20-times",
            () =>
            {
                var header = new ByteText().B(1, 5).Number(1).B(17).Number(5).B(0).Add("a\0\0\0").B(0, 0).Done();
                var packed = new ByteText();
                ulong at = 0;
                for (var i = 0; i < 20; i++)
                {
                    packed.Add(header);
                    var length = (ulong)header.Length;
                    header = [0x17, .. RawSevenZip.Streams(length, RawSevenZip.Copy, [length], null, at)];
                    at += length;
                }

                return RawSevenZip.Make(packed.Done(), header);
            },
            ""
        );
        yield return new(
            "archive/7z-header",
            "header-packs-itself",
            () =>
            {
                // The packed header is the very bytes that describe it.
                byte[] self = [0x17, .. RawSevenZip.Streams(0, RawSevenZip.Copy, [0], null)];
                self = [0x17, .. RawSevenZip.Streams((ulong)self.Length, RawSevenZip.Copy, [(ulong)self.Length], null)];
                return RawSevenZip.Make(self, self);
            },
            ""
        );
        yield return new(
            "archive/7z-header",
            "header-1-GB-of-zeros",
            () =>
                RawSevenZip.Make(
                    HostileArchivesZeros.SevenZip()[32..^100],
                    [0x17, .. RawSevenZip.Streams(100_000, Lzma(1 << 20), [1ul << 30], null)]
                ),
            ""
        );
        yield return new("archive/7z-header", "header-beyond-end", () => RawSevenZip.Make([], (byte[])[1, 0], headerAt: 1ul << 40), "");
        yield return new(
            "archive/7z-header",
            "header-size-2-to-the-63",
            () => RawSevenZip.Make([], (byte[])[1, 0], headerSize: 1ul << 63),
            ""
        );
        yield return new(
            "archive/7z-header",
            "property-of-2-to-the-62-bytes",
            () => RawSevenZip.Make([], new ByteText().B(1, 5).Number(1).B(0x19).Number(1ul << 62).B(0, 0).Done()),
            ""
        );
    }

    private static IEnumerable<HostileInput> LzhHeaders()
    {
        byte[] Made(int level) =>
            LzhMaker.Make(
                new LzhMember("folder/a.txt", Content)
                {
                    Method = "-lh0-",
                    Level = level,
                    Extensions = [(0x3F, "comment"u8.ToArray())],
                }
            );
        foreach (var size in (byte[])[1, 2, 20, 21, 255])
        {
            yield return new("archive/lzh-header", $"level-0-size-{size}", () => Made(0).Patched(0, size), "");
        }

        yield return new("archive/lzh-header", "level-0-name-longer-than-header", () => Made(0).Patched(21, 255), "");
        yield return new("archive/lzh-header", "level-0-packed-turns-back", () => Made(0).Patched(7, 0xFF, 0xFF, 0xFF, 0xFF), "");
        foreach (var size in (byte[])[1, 2, 3])
        {
            // An extended header of a size that does not even hold its own size field.
            yield return new("archive/lzh-header", $"level-1-extension-size-{size}", () => [.. Level1(size), .. new byte[3_000]], "");
        }

        yield return new("archive/lzh-header", "level-1-extensions-exceed-packed", () => Level1(0xFF00), "");
        yield return new(
            "archive/lzh-header",
            "level-1-endless-extensions",
            () => [.. Level1(3), .. Enumerable.Repeat((byte[])[0x7F, 3, 0], 100_000).SelectMany(one => one)],
            ""
        );
        foreach (var size in (int[])[0x0100, 0x0102, 26, 0xFFFF])
        {
            // A first byte of 0 is the end mark: then it is no archive at all.
            yield return new(
                "archive/lzh-header",
                $"level-2-size-{size}",
                () => Made(2).Patched(0, (byte)size, (byte)(size >> 8)),
                (size & 0xFF) == 0 ? null : ""
            );
        }

        foreach (var size in (byte[])[1, 2, 0xFF])
        {
            yield return new(
                "archive/lzh-header",
                $"level-2-extension-size-{size}",
                () => Made(2).Patched(24, size, size == 0xFF ? (byte)0xFF : (byte)0),
                ""
            );
            yield return new(
                "archive/lzh-header",
                $"level-3-extension-size-{size}",
                () => Made(3).Patched(28, size, size == 0xFF ? (byte)0xFF : (byte)0, 0, size == 0xFF ? (byte)0xFF : (byte)0),
                ""
            );
        }

        foreach (var size in (uint[])[0, 1, 31, 0x7FFFFFFF, 0xFFFFFFFF])
        {
            yield return new(
                "archive/lzh-header",
                $"level-3-size-{size}",
                () => Made(3).Patched(24, (byte)size, (byte)(size >> 8), (byte)(size >> 16), (byte)(size >> 24)),
                ""
            );
        }

        yield return new("archive/lzh-header", "level-3-word-size-0", () => Made(3).Patched(0, 0, 1));
        yield return new("archive/lzh-header", "level-9", () => Made(2).Patched(20, 9));
        yield return new(
            "archive/lzh-header",
            "lh5-garbage",
            () =>
                LzhMaker.Make([
                    .. Enumerable
                        .Range(0, 8)
                        .Select(i => new LzhMember($"{i}", Random(i, 400)) { Method = i % 2 == 0 ? "-lh6-" : "-lh1-" }),
                ]),
            ""
        );
        yield return new(
            "archive/lzh-header",
            "lh7-size-4-GB",
            () => LzhMaker.Make(new LzhMember("a", Random(3, 400)) { Method = "-lh7-" }).Patched(11, 0xFF, 0xFF, 0xFF, 0xFF),
            ""
        );

        static byte[] Level1(int size)
        {
            byte[] rest =
            [
                .. "-lh0-"u8,
                19,
                0,
                0,
                0,
                19,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0x20,
                1,
                1,
                (byte)'a',
                0,
                0,
                (byte)'M',
                (byte)size,
                (byte)(size >> 8),
            ];
            return [(byte)rest.Length, (byte)rest.Sum(value => value), .. rest, .. Content, 0];
        }
    }

    private static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static IEnumerable<HostileInput> EmptyStreams()
    {
        yield return new("archive/gz", "empty-content", () => HostileArchivesBytes.Gzip([]));
        yield return new("archive/gz", "header-only", () => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "");
        yield return new("archive/gz", "header-and-trailer-only", () => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0], "");
        yield return new("archive/gz", "extra-field-beyond-end", () => [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 1, 2], "");
        yield return new(
            "archive/gz",
            "name-without-end",
            () => [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)'n', 100_000)],
            ""
        );
        yield return new("archive/gz", "garbage-behind", () => [.. HostileArchivesBytes.Gzip(Content), .. Random(1, 1_000)]);
        yield return new(
            "archive/gz",
            "endless-empty-blocks",
            () =>
                [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte[])[0, 0, 0, 0xFF, 0xFF], 1_000_000).SelectMany(one => one)]
        );
        yield return new("archive/bz2", "no-blocks", () => [.. "BZh9"u8, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0]);
        yield return new(
            "archive/bz2",
            "start-pointer-beyond-block",
            () => HostileArchivesZeros.Bzip2(1).Patched(14, 0x7F, 0xFF, 0xFF),
            ""
        );
        yield return new(
            "archive/bz2",
            "100k-empty-streams",
            () =>
                [
                    .. Enumerable
                        .Repeat((byte[])[.. "BZh9"u8, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0], 100_000)
                        .SelectMany(one => one),
                ]
        );
        yield return new("archive/xz", "no-blocks", () => HostileArchivesZeros.XzFile([0], 0));
        yield return new("archive/xz", "dictionary-4-GB", () => HostileArchivesZeros.XzFile([1, 0, 0, 65, 0], 1, dictionary: 40), "");
        yield return new("archive/xz", "dictionary-reserved", () => HostileArchivesZeros.XzFile([1, 0, 0, 65, 0], 1, dictionary: 63), "");
        yield return new(
            "archive/xz",
            "index-2-to-the-62-records",
            () => [.. HostileArchivesZeros.XzFile([1, 0, 0, 65, 0], 1)[..12], 0, .. new ByteText().Vint(1ul << 62).Done(), .. new byte[30]],
            ""
        );
    }

    private static IEnumerable<HostileInput> Sparse()
    {
        static byte[] Gnu(string real, string offset) =>
            RawTar.Entry(
                "sparse.bin"u8.ToArray(),
                new byte[512],
                'S',
                rest:
                [
                    .. "ustar  \0"u8,
                    .. new byte[121],
                    .. Encoding.ASCII.GetBytes(offset.PadLeft(11, '0')),
                    0,
                    .. "00000001000"u8,
                    0,
                    .. new byte[72],
                    0,
                    .. Encoding.ASCII.GetBytes(real.PadLeft(11, '0')),
                    0,
                ]
            );
        yield return new("archive/sparse", "gnu-8-GB", () => RawTar.Make(Gnu("77777777777", "77777776000")), "");
        yield return new("archive/sparse", "gnu-offset-behind-size", () => RawTar.Make(Gnu("00000001000", "77777777777")), "");
        yield return new(
            "archive/sparse",
            "pax-0.1-8-GB",
            () =>
                RawTar.Make(
                    RawTar.Pax(
                        ("GNU.sparse.major", "0"),
                        ("GNU.sparse.minor", "1"),
                        ("GNU.sparse.size", "8589934592"),
                        ("GNU.sparse.numblocks", "1"),
                        ("GNU.sparse.map", "8589934000,512")
                    ),
                    RawTar.Entry("sparse.bin"u8.ToArray(), new byte[512])
                ),
            ""
        );
        yield return new(
            "archive/sparse",
            "pax-1.0-8-GB",
            () =>
                RawTar.Make(
                    RawTar.Pax(
                        ("GNU.sparse.major", "1"),
                        ("GNU.sparse.minor", "0"),
                        ("GNU.sparse.name", "sparse.bin"),
                        ("GNU.sparse.realsize", "8589934592")
                    ),
                    RawTar.Entry("GNUSparseFile.0/sparse.bin"u8.ToArray(), [.. "1\n8589934000\n512\n"u8, .. new byte[1_008]])
                ),
            ""
        );
        yield return new(
            "archive/sparse",
            "size-8-GB-octal",
            () => RawTar.Make(RawTar.Entry("a.bin"u8.ToArray(), Content, size: RawTar.Octal((1L << 33) - 1))),
            ""
        );
        yield return new(
            "archive/sparse",
            "size-base-256",
            () =>
                RawTar.Make(
                    RawTar.Entry("a.bin"u8.ToArray(), Content, size: [0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
                ),
            ""
        );
        yield return new(
            "archive/sparse",
            "size-negative",
            () => RawTar.Make(RawTar.Entry("a.bin"u8.ToArray(), Content, size: [.. Enumerable.Repeat((byte)0xFF, 12)]))
        );
        yield return new(
            "archive/sparse",
            "pax-size-negative",
            () => RawTar.Make(RawTar.Pax(("size", "-1")), RawTar.Entry("a.bin"u8.ToArray(), Content))
        );
        yield return new(
            "archive/sparse",
            "pax-size-2-to-the-63",
            () => RawTar.Make(RawTar.Pax(("size", "9223372036854775807")), RawTar.Entry("a.bin"u8.ToArray(), Content)),
            ""
        );
        yield return new(
            "archive/sparse",
            "pax-record-length-0",
            () => RawTar.Make(RawTar.Entry("x"u8.ToArray(), "0 a=b\n0 c=d\n"u8.ToArray(), 'x'), RawTar.Entry("a.bin"u8.ToArray(), Content))
        );
        yield return new(
            "archive/sparse",
            "pax-record-length-huge",
            () =>
                RawTar.Make(
                    RawTar.Entry("x"u8.ToArray(), "99999999999999999999 a=b\n"u8.ToArray(), 'x'),
                    RawTar.Entry("a.bin"u8.ToArray(), Content)
                )
        );
        yield return new(
            "archive/sparse",
            "100k-pax-headers",
            () => RawTar.Make([.. Enumerable.Repeat(RawTar.Pax(("path", "x")), 50_000), RawTar.Entry("a.bin"u8.ToArray(), Content)])
        );
    }

    private static IEnumerable<HostileInput> Volumes()
    {
        yield return new(
            "archive/volume",
            "zip-split-first",
            () => [.. "PK\x07\x08"u8, .. RawZip.Make(new RawZipEntry("a.bin"u8.ToArray(), new byte[500]))[..300]],
            ""
        );
        yield return new(
            "archive/volume",
            "zip-split-last",
            () =>
            {
                var end = RawZip.End(3, 300, 100).Patched(4, 2, 0, 1, 0);
                return [.. new byte[100], .. RawZip.Central(new RawZipEntry("a.bin"), 50), .. end];
            }
        );
        yield return new(
            "archive/volume",
            "rar4-first",
            () => RawRar.Make4(0x101, RawRar.File4("a.bin"u8.ToArray(), Content, flags: 2, size: 5_000)),
            ""
        );
        yield return new(
            "archive/volume",
            "rar4-middle",
            () => RawRar.Make4(0x1, RawRar.File4("a.bin"u8.ToArray(), Content, flags: 3, size: 5_000)),
            ""
        );
        yield return new(
            "archive/volume",
            "rar5-middle",
            () => RawRar.Make5(1, RawRar.File5("a.bin"u8.ToArray(), Content, flags: 0x18, size: 5_000)),
            ""
        );
        yield return new(
            "archive/volume",
            "7z-first",
            () => RawSevenZip.One("a.bin", new byte[5_000], RawSevenZip.Copy, 5_000, 1)[..1_000],
            ""
        );
        yield return new(
            "archive/volume",
            "cab-middle",
            () =>
            {
                var cab = CabMaker.Make(CabMethod.Stored, ("a.bin", new byte[500]));
                // Flags "previous" and "next", and a folder index of "continued both ways".
                return cab.Patched(30, 3).Patched(44 + 8, 0xFF, 0xFF);
            },
            ""
        );
        yield return new("archive/volume", "tar-continued", () => RawTar.Make(RawTar.Entry("a.bin"u8.ToArray(), Content, 'M')));
        yield return new("archive/volume", "arj-continued", () => [0x60, 0xEA, 30, 0, 30, 6, 1, 0, 4, 0, 2, 0, .. new byte[50]], "");
    }

    private static IEnumerable<HostileInput> DiskLoops()
    {
        byte[] Good() => IsoMaker.Make("LOOP", joliet: true, ("folder/a.txt", Content), ("b.txt", Content));
        // Sectors 19 and 20 hold the folders of the plain tree, 21 and 22 those of the Joliet one.
        yield return new(
            "archive/disk-loop",
            "folder-is-its-parent",
            () =>
                Records(
                    Good(),
                    (image, at, folder) =>
                    {
                        if (folder)
                        {
                            Both(image.AsSpan(at + 2), at / 2048);
                        }
                    }
                ),
            ""
        );
        yield return new("archive/disk-loop", "record-of-no-length", () => Records(Good(), (image, at, _) => image[at] = 1), "");
        yield return new(
            "archive/disk-loop",
            "extent-behind-image",
            () => Records(Good(), (image, at, _) => Both(image.AsSpan(at + 2), 0x7FFFFFFF)),
            ""
        );
        yield return new(
            "archive/disk-loop",
            "size-2-GB",
            () => Records(Good(), (image, at, _) => Both(image.AsSpan(at + 10), 0x7FFFFFFF)),
            ""
        );
        yield return new(
            "archive/disk-loop",
            "5000-folders-deep",
            () => IsoMaker.Make("DEEP", joliet: false, (string.Concat(Enumerable.Repeat("d/", 1_500)) + "a.txt", Content))
        );
        yield return new("archive/disk-loop", "block-size-0", () => Good().Patched((16 * 2048) + 128, 0, 0, 0, 0));
        yield return new(
            "archive/disk-loop",
            "20k-descriptors",
            () =>
            {
                var image = new byte[(16 + 20_000) * 2048];
                for (var i = 16; i < 16 + 20_000; i++)
                {
                    "\u0002CD001\u0001"u8.CopyTo(image.AsSpan(i * 2048));
                }

                return image;
            }
        );

        static void Both(Span<byte> target, int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(target, value);
            BinaryPrimitives.WriteInt32BigEndian(target[4..], value);
        }

        static byte[] Records(byte[] image, Action<byte[], int, bool> change)
        {
            for (var sector = 19; sector < 23; sector++)
            {
                for (var at = sector * 2048; at < (sector + 1) * 2048 && image[at] != 0; )
                {
                    var length = image[at];
                    // The first two records of a folder are itself and its parent.
                    if (image[at + 32] > 1)
                    {
                        change(image, at, (image[at + 25] & 2) != 0);
                    }

                    at += length;
                }
            }

            return image;
        }
    }
}
