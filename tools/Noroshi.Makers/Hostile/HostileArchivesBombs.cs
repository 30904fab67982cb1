using System.Text;
using Noroshi.Makers.Cab;
using Noroshi.Makers.DiskImages;

namespace Noroshi.Makers.Hostile;

/// <summary>Archives that grow.</summary>
public static partial class HostileArchives
{
    private static IEnumerable<HostileInput> Zeros()
    {
        yield return new("archive/zeros", "zip-1-GB", HostileArchivesZeros.Zip, "limit.");
        yield return new("archive/zeros", "gz-1-GB", HostileArchivesZeros.Gzip, "limit.");
        yield return new("archive/zeros", "bz2-1-GB", () => HostileArchivesZeros.Bzip2(), "limit.");
        yield return new("archive/zeros", "xz-1-GB", () => HostileArchivesZeros.Xz(), "limit.");
        yield return new("archive/zeros", "7z-1-GB", HostileArchivesZeros.SevenZip, "limit.");
        yield return new("archive/zeros", "lzh-1-GB-in-a-kilobyte", HostileArchivesZeros.Lzh, "limit.");
        yield return new("archive/zeros", "cab-1-GB", HostileArchivesZeros.Cab, "limit.");
        yield return new(
            "archive/zeros",
            "zip-40-times-1-GB",
            () => RawZip.Make([.. Enumerable.Range(0, 40).Select(i => HostileArchivesZeros.Entry($"{i}.bin"))]),
            "limit."
        );
        yield return new(
            "archive/zeros",
            "zip-in-zip-in-gz",
            () =>
            {
                var inner = RawZip.Make([new RawZipEntry("inner.zip"u8.ToArray(), HostileArchivesZeros.Zip()).Deflated()]);
                return HostileArchivesBytes.Gzip(inner);
            },
            "limit."
        );
        yield return new(
            "archive/zeros",
            "gz-1000-members",
            () => [.. Enumerable.Repeat(HostileArchivesBytes.Gzip(new byte[1 << 20]), 1_000).SelectMany(one => one)],
            "limit."
        );
        yield return new(
            "archive/zeros",
            "zip-size-lies-small",
            () => RawZip.Make([HostileArchivesZeros.Entry("zeros.bin") with { Size = 10 }]),
            ""
        );
    }

    private static IEnumerable<HostileInput> Overlaps()
    {
        yield return new("archive/overlap", "zip-quoted-headers", () => Fifield(250, 10 << 20), "container.overlap");
        yield return new(
            "archive/overlap",
            "zip-one-kernel-2000-names",
            () =>
            {
                var kernel = new RawZipEntry("kernel", "")
                {
                    Method = 8,
                    Data = HostileArchivesBytes.Deflate(new byte[4 << 20]),
                    Size = 4 << 20,
                    Crc = HostileArchivesBytes.Crc32(new byte[4 << 20]),
                };
                var body = new ByteText().Add(RawZip.Local(kernel)).Add(kernel.Bytes).Done();
                var directory = new ByteText();
                for (var i = 0; i < 2_000; i++)
                {
                    directory.Add(RawZip.Central(kernel with { Name = Encoding.ASCII.GetBytes($"name-{i}") }, 0));
                }

                var central = directory.Done();
                return [.. body, .. central, .. RawZip.End(2_000, central.Length, body.Length)];
            },
            "container.overlap"
        );
        yield return new(
            "archive/overlap",
            "zip-entry-over-directory",
            () =>
            {
                var zip = RawZip.Make(new RawZipEntry("a.txt") { Packed = 60, Size = 60 });
                return zip;
            },
            ""
        );
        yield return new(
            "archive/overlap",
            "cab-files-share-a-folder",
            () =>
            {
                var cab = CabMaker.Make(
                    CabMethod.MsZip,
                    [.. Enumerable.Range(0, 400).Select(i => ($"{i:d3}.bin", i == 0 ? new byte[2 << 20] : []))]
                );
                for (var i = 0; i < 400; i++)
                {
                    // Each entry takes the whole folder from its start: 16 bytes of fields and 8 of name.
                    cab = i == 0 ? cab : Overlay(cab, 44 + (i * 24), 2 << 20);
                }

                return cab;

                static byte[] Overlay(byte[] cab, int at, int size)
                {
                    new ByteText().U32(size).U32(0).Done().CopyTo(cab, at);
                    return cab;
                }
            },
            ""
        );
        yield return new("archive/overlap", "iso-files-share-an-extent", () => SharedExtents(), "");
        yield return new(
            "archive/overlap",
            "7z-substreams-larger-than-folder",
            () =>
            {
                var streams = new ByteText()
                    .B(6)
                    .Number(0)
                    .Number(1)
                    .B(9)
                    .Number(7)
                    .B(0, 7, 11)
                    .Number(1)
                    .B(0)
                    .Add(RawSevenZip.Copy)
                    .B(12)
                    .Number(7)
                    .B(0)
                    .B(8, 13)
                    .Number(3)
                    .B(9)
                    .Number(1 << 30)
                    .Number(1 << 30)
                    .B(0, 0)
                    .Done();
                return RawSevenZip.Make(
                    "content"u8.ToArray(),
                    new ByteText().B(1, 4).Add(streams).Add(RawSevenZip.Files(["a", "b", "c"])).B(0).Done()
                );
            },
            ""
        );
    }

    /// <summary>Each entry's data begin with a stored block that holds the next entry's header, and all share the packed zeros at the end.</summary>
    private static byte[] Fifield(int count, int kernelSize)
    {
        var kernel = HostileArchivesBytes.Deflate(new byte[kernelSize]);
        var data = kernel;
        var crc = HostileArchivesBytes.Crc32(new byte[kernelSize]);
        long size = kernelSize;
        var locals = new byte[count][];
        var entries = new RawZipEntry[count];
        for (var i = count - 1; i >= 0; i--)
        {
            entries[i] = new RawZipEntry($"{i:d4}", "")
            {
                Method = 8,
                Crc = crc,
                Packed = data.Length,
                Size = size,
            };
            locals[i] = RawZip.Local(entries[i]);
            var quote = locals[i].Length;
            data = [0, (byte)quote, 0, (byte)~quote, 0xFF, .. locals[i], .. data];
            crc = HostileArchivesBytes.Join(HostileArchivesBytes.Crc32(locals[i]), crc, size);
            size += quote;
        }

        // The first header needs no quoting.
        data = data[5..];
        var directory = new ByteText();
        for (var i = 0; i < count; i++)
        {
            directory.Add(RawZip.Central(entries[i], (long)i * (locals[0].Length + 5)));
        }

        var central = directory.Done();
        return [.. data, .. central, .. RawZip.End(count, central.Length, data.Length)];
    }

    private static byte[] SharedExtents()
    {
        var image = IsoMaker.Make(
            "SHARED",
            joliet: false,
            [.. Enumerable.Range(0, 500).Select(i => ($"{i:d3}.bin", i == 0 ? new byte[2 << 20] : new byte[1]))]
        );
        // The records of the root folder begin in sector 18; each file is made the first one.
        byte[]? extent = null;
        for (var at = 18 * 2048; at < (18 * 2048) + (30 * 2048); at += image[at] == 0 ? 2048 - (at % 2048) : image[at])
        {
            if (image[at] == 0 || (image[at + 25] & 2) != 0 || image[at + 32] < 5)
            {
                continue;
            }

            extent ??= image[(at + 2)..(at + 18)];
            extent.CopyTo(image, at + 2);
        }

        return image;
    }

    private static IEnumerable<HostileInput> Nested()
    {
        yield return new("archive/nested", "zip-16-to-the-6th", () => SixteenFold(6, zip: true), "limit.");
        yield return new("archive/nested", "tgz-16-to-the-6th", () => SixteenFold(6, zip: false), "limit.");
        yield return new(
            "archive/nested",
            "cab-16-to-the-5th",
            () =>
            {
                var one = new byte[1 << 16];
                for (var level = 0; level < 5; level++)
                {
                    var inner = one;
                    one = CabMaker.Make(CabMethod.MsZip, [.. Enumerable.Range(0, 16).Select(i => ($"{i:d2}.cab", inner))]);
                }

                return one;
            },
            "limit."
        );
        yield return new("archive/nested", "gz-1000-deep", () => Deep(1_000, bytes => HostileArchivesBytes.Gzip(bytes)), "limit.");
        yield return new(
            "archive/nested",
            "zip-1000-deep",
            () => Deep(1_000, bytes => RawZip.Make(new RawZipEntry("in.zip"u8.ToArray(), bytes).Deflated())),
            "limit."
        );
        yield return new(
            "archive/nested",
            "tar-500-deep",
            () => Deep(500, bytes => RawTar.Make(RawTar.Entry("in.tar"u8.ToArray(), bytes))),
            "limit."
        );
        yield return new(
            "archive/nested",
            "rar5-300-deep",
            () => Deep(300, bytes => RawRar.Make5(0, RawRar.File5("in.rar"u8.ToArray(), bytes))),
            "limit."
        );
        yield return new(
            "archive/nested",
            "7z-300-deep",
            () =>
                Deep(
                    300,
                    bytes => RawSevenZip.One("in.7z", bytes, RawSevenZip.Copy, (ulong)bytes.Length, HostileArchivesBytes.Crc32(bytes))
                ),
            "limit."
        );
        yield return new(
            "archive/nested",
            "mail-in-zip-in-mail-40-deep",
            () =>
                Deep(
                    40,
                    bytes =>
                    {
                        var zip = RawZip.Make(new RawZipEntry("in.eml"u8.ToArray(), bytes).Deflated());
                        return Encoding.ASCII.GetBytes(
                            "From: a@example.com\r\nSubject: in\r\nMIME-Version: 1.0\r\nContent-Type: application/zip; name=in.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                + Convert.ToBase64String(zip, Base64FormattingOptions.InsertLineBreaks)
                                + "\r\n"
                        );
                    }
                ),
            "limit."
        );

        static byte[] Deep(int levels, Func<byte[], byte[]> wrap)
        {
            var one = "the innermost file\r\n"u8.ToArray();
            for (var level = 0; level < levels; level++)
            {
                one = wrap(one);
            }

            return one;
        }
    }

    private static byte[] SixteenFold(int levels, bool zip)
    {
        var one = new byte[1 << 20];
        for (var level = 0; level < levels; level++)
        {
            var inner = one;
            one = zip
                ? RawZip.Make([
                    .. Enumerable.Range(0, 16).Select(i => new RawZipEntry(Encoding.ASCII.GetBytes($"{i:x}.zip"), inner).Deflated()),
                ])
                : HostileArchivesBytes.Gzip(
                    RawTar.Make([.. Enumerable.Range(0, 16).Select(i => RawTar.Entry(Encoding.ASCII.GetBytes($"{i:x}.tgz"), inner))])
                );
        }

        return one;
    }

    private static IEnumerable<HostileInput> Quines()
    {
        yield return new("archive/quine", "zip", HostileArchivesQuines.Zip, "limit.depth");
        yield return new("archive/quine", "gz", HostileArchivesQuines.Gzip, "limit.depth");
        yield return new(
            "archive/quine",
            "both-in-7z",
            () =>
            {
                byte[] zip = HostileArchivesQuines.Zip(),
                    gzip = HostileArchivesQuines.Gzip();
                var streams = new ByteText()
                    .B(6)
                    .Number(0)
                    .Number(2)
                    .B(9)
                    .Number((ulong)zip.Length)
                    .Number((ulong)gzip.Length)
                    .B(0, 7, 11)
                    .Number(2)
                    .B(0)
                    .Add(RawSevenZip.Copy)
                    .Add(RawSevenZip.Copy)
                    .B(12)
                    .Number((ulong)zip.Length)
                    .Number((ulong)gzip.Length)
                    .B(0, 0)
                    .Done();
                return RawSevenZip.Make(
                    [.. zip, .. gzip],
                    new ByteText().B(1, 4).Add(streams).Add(RawSevenZip.Files(["q.zip", "q.gz"])).B(0).Done()
                );
            },
            "limit.depth"
        );
    }

    private static IEnumerable<HostileInput> Counts()
    {
        yield return new(
            "archive/count",
            "zip-60k",
            () => RawZip.Make([.. Many(60_000).Select(name => new RawZipEntry(name, "x"u8.ToArray()))]),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "zip-200k-empty-names",
            () => RawZip.Make([.. Enumerable.Repeat(new RawZipEntry("", ""), 200_000)]),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "tar-60k",
            () => RawTar.Make([.. Many(60_000).Select(name => RawTar.Entry(name, []))]),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "tgz-60k",
            () => HostileArchivesBytes.Gzip(RawTar.Make([.. Many(60_000).Select(name => RawTar.Entry(name, []))])),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "7z-60k-empty",
            () =>
            {
                const int Count = 60_000;
                var names = Encoding.Unicode.GetBytes(string.Join('\0', Enumerable.Range(0, Count)) + "\0");
                var bits = Enumerable.Repeat((byte)0xFF, Count / 8).ToArray();
                return RawSevenZip.Make(
                    [],
                    new ByteText()
                        .B(1, 5)
                        .Number(Count)
                        .B(14)
                        .Number(Count / 8)
                        .Add(bits)
                        .B(15)
                        .Number(Count / 8)
                        .Add(bits)
                        .B(17)
                        .Number((ulong)names.Length + 1)
                        .B(0)
                        .Add(names)
                        .B(0, 0)
                        .Done()
                );
            },
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "rar4-60k",
            () => RawRar.Make4(0, [.. Many(60_000).Select(name => RawRar.File4(name, []))]),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "rar5-60k",
            () => RawRar.Make5(0, [.. Many(60_000).Select(name => RawRar.File5(name, []))]),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "cab-60k",
            () => CabMaker.Make(CabMethod.Stored, [.. Enumerable.Range(0, 60_000).Select(i => ($"{i}", i == 0 ? new byte[1] : []))]),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "lzh-60k",
            () =>
                Noroshi.Makers.Lzh.LzhMaker.Make([
                    .. Enumerable.Range(0, 60_000).Select(i => new Lzh.LzhMember($"{i}", []) { Method = "-lh0-", Level = i % 4 }),
                ]),
            "limit.entries"
        );
        yield return new(
            "archive/count",
            "gz-1M-empty-members",
            () => [.. Enumerable.Repeat(HostileArchivesBytes.Gzip([]), 1_000_000).SelectMany(one => one)]
        );

        static IEnumerable<byte[]> Many(int count) => Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes($"f{i}"));
    }
}
