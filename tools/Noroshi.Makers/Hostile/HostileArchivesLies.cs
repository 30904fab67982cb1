using System.Text;
using Noroshi.Makers.Lzh;

namespace Noroshi.Makers.Hostile;

/// <summary>Archives whose fields contradict each other, or that are two things at once.</summary>
public static partial class HostileArchives
{
    private static byte[] Content => "content of a file\r\n"u8.ToArray();

    private static IEnumerable<HostileInput> Checks()
    {
        var entry = new RawZipEntry("a.txt"u8.ToArray(), Content);
        yield return new("archive/check", "zip-crc", () => RawZip.Make(entry with { Crc = 0xDEADBEEF }), "");
        yield return new("archive/check", "zip-size-too-large", () => RawZip.Make(entry.Deflated() with { Size = 4_000_000_000 }), "");
        yield return new("archive/check", "zip-size-too-small", () => RawZip.Make(entry.Deflated() with { Size = 3 }), "");
        yield return new(
            "archive/check",
            "zip-packed-beyond-end",
            () => RawZip.Make(entry with { Packed = 0xFFFFFFF0, Size = 0xFFFFFFF0 }),
            ""
        );
        yield return new("archive/check", "zip-local-differs", () => RawZip.Make(entry with { LocalSize = 3 }), "container.");
        yield return new(
            "archive/check",
            "zip-deflate-garbage",
            () => RawZip.Make(entry with { Method = 8, Data = [.. Enumerable.Repeat((byte)0xA5, 3_000)] }),
            ""
        );
        yield return new("archive/check", "zip-unknown-method", () => RawZip.Make(entry with { Method = 77 }), "");
        yield return new(
            "archive/check",
            "zip64-sizes",
            () =>
            {
                var extra = new ByteText().U16(1).U16(24).U64(ulong.MaxValue).U64(ulong.MaxValue - 5).U64(1ul << 63).Done();
                return RawZip.Make(entry with { Extra = extra, Packed = 0xFFFFFFFF, Size = 0xFFFFFFFF });
            },
            ""
        );
        yield return new("archive/check", "zip-extra-field-cut", () => RawZip.Make(entry with { Extra = [1, 0, 0xFF, 0xFF, 0] }));
        yield return new("archive/check", "rar4-crc", () => RawRar.Make4(0, RawRar.File4("a.txt"u8.ToArray(), Content, crc: 1)), "");
        yield return new(
            "archive/check",
            "rar4-sizes",
            () => RawRar.Make4(0, RawRar.File4("a.txt"u8.ToArray(), Content, packed: 0xFFFFFFFF, size: 5)),
            ""
        );
        yield return new(
            "archive/check",
            "rar5-sizes",
            () => RawRar.Make5(0, RawRar.File5("a.txt"u8.ToArray(), Content, packed: 1ul << 62, size: 1ul << 63)),
            ""
        );
        yield return new(
            "archive/check",
            "7z-crc",
            () => RawSevenZip.One("a.txt", Content, RawSevenZip.Copy, (ulong)Content.Length, 1),
            ""
        );
        yield return new("archive/check", "7z-size", () => RawSevenZip.One("a.txt", Content, RawSevenZip.Copy, 1ul << 40, 1), "");
        yield return new(
            "archive/check",
            "lzh-crc",
            () =>
            {
                var lzh = LzhMaker.Make(new LzhMember("a.txt", Content) { Method = "-lh0-" });
                return lzh.Patched(lzh.Length - 5, 0xFF, 0xFF);
            },
            ""
        );
        yield return new(
            "archive/check",
            "gz-crc",
            () => HostileArchivesBytes.Gzip(HostileArchivesBytes.Deflate(Content), 1, Content.Length),
            ""
        );
        yield return new(
            "archive/check",
            "gz-size",
            () => HostileArchivesBytes.Gzip(HostileArchivesBytes.Deflate(Content), HostileArchivesBytes.Crc32(Content), 1)
        );
        yield return new(
            "archive/check",
            "tar-checksum",
            () =>
                RawTar.Make(RawTar.Entry("a.txt"u8.ToArray(), Content), RawTar.Entry("b.txt"u8.ToArray(), Content).Patched(150, (byte)'7')),
            ""
        );
        yield return new("archive/check", "bz2-crc", () => HostileArchivesZeros.Bzip2(1).Patched(10, 1, 2, 3, 4));
        yield return new(
            "archive/check",
            "xz-index",
            () =>
            {
                var xz = HostileArchivesZeros.Xz(100_000);
                return xz.Patched(xz.Length - 20, 0xFF, 0xFF, 0xFF);
            }
        );
    }

    private static IEnumerable<HostileInput> Polyglots()
    {
        var zip = RawZip.Make(new RawZipEntry("inside.txt"u8.ToArray(), Content));
        var rar = RawRar.Make5(0, RawRar.File5("inside.txt"u8.ToArray(), Content));
        var rar4 = RawRar.Make4(0, RawRar.File4("inside.txt"u8.ToArray(), Content));
        byte[] pdf =
        [
            .. "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"u8,
        ];
        byte[] gif =
        [
            .. "GIF89a"u8,
            1,
            0,
            1,
            0,
            0x80,
            0,
            0,
            0,
            0,
            0,
            0xFF,
            0xFF,
            0xFF,
            0x2C,
            0,
            0,
            0,
            0,
            1,
            0,
            1,
            0,
            0,
            2,
            2,
            0x44,
            1,
            0,
            0x3B,
        ];
        byte[] html = [.. "<!DOCTYPE html><html><body><p>page</p></body></html>\n"u8];
        byte[] png =
        [
            0x89,
            .. "PNG\r\n"u8,
            0x1A,
            0x0A,
            0,
            0,
            0,
            13,
            .. "IHDR"u8,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            8,
            0,
            0,
            0,
            0,
            0x3A,
            0x7E,
            0x9B,
            0x55,
        ];
        byte[] jpg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];
        var program = HostileDocuments.Program(1);
        yield return new("archive/polyglot", "pdf-zip", () => [.. pdf, .. zip], "");
        yield return new("archive/polyglot", "pdf-in-stored-zip", () => RawZip.Make(new RawZipEntry("a.pdf"u8.ToArray(), pdf)));
        yield return new("archive/polyglot", "pe-rar5", () => [.. program, .. rar], "");
        yield return new("archive/polyglot", "pe-rar4", () => [.. program, .. rar4], "");
        yield return new("archive/polyglot", "pe-zip", () => [.. program, .. zip], "");
        yield return new("archive/polyglot", "gif-zip", () => [.. gif, .. zip], "");
        yield return new("archive/polyglot", "png-zip", () => [.. png, .. zip], "");
        yield return new("archive/polyglot", "jpg-rar4", () => [.. jpg, .. rar4], "");
        yield return new("archive/polyglot", "html-zip", () => [.. html, .. zip], "");
        yield return new("archive/polyglot", "html-rar5", () => [.. html, .. rar], "");
        yield return new("archive/polyglot", "zip-then-rar5", () => [.. zip, .. rar], "");
        yield return new("archive/polyglot", "rar4-then-zip", () => [.. rar4, .. zip], "");
        yield return new(
            "archive/polyglot",
            "tar-then-zip",
            () => [.. RawTar.Make(RawTar.Entry("a.txt"u8.ToArray(), Content)), .. zip],
            ""
        );
        yield return new("archive/polyglot", "gz-then-zip", () => [.. HostileArchivesBytes.Gzip(Content), .. zip], "");
        yield return new("archive/polyglot", "mail-then-zip", () => [.. "From: a@example.com\r\nSubject: s\r\n\r\ntext\r\n"u8, .. zip], "");
        yield return new(
            "archive/polyglot",
            "zip-at-40000-of-iso",
            () => [.. Noroshi.Makers.DiskImages.IsoMaker.Make("BOTH", false, ("a.txt", Content)), .. zip],
            ""
        );
    }

    private static IEnumerable<HostileInput> Ends()
    {
        var one = RawZip.Make(new RawZipEntry("one.txt"));
        var two = RawZip.Make(new RawZipEntry("two.txt"));
        yield return new("archive/two-ends", "zip-behind-zip", () => [.. one, .. two], "container.");
        yield return new(
            "archive/two-ends",
            "zip-in-comment",
            () => RawZip.Make([new RawZipEntry("outer.txt")], Encoding.Latin1.GetString(two)),
            "container."
        );
        yield return new(
            "archive/two-ends",
            "second-directory-same-bytes",
            () =>
            {
                var a = new RawZipEntry("a.txt");
                var b = new RawZipEntry("b.exe", "MZ");
                byte[] body = [.. RawZip.Local(a), .. a.Bytes, .. RawZip.Local(b), .. b.Bytes];
                var forB = RawZip.Central(b, RawZip.Local(a).Length + a.Bytes.Length);
                var forA = RawZip.Central(a, 0);
                return
                [
                    .. body,
                    .. forB,
                    .. RawZip.End(1, forB.Length, body.Length),
                    .. forA,
                    .. RawZip.End(1, forA.Length, body.Length + forB.Length + 22),
                ];
            },
            "container."
        );
        // All of them name the same directory: every program sees the same content.
        yield return new(
            "archive/two-ends",
            "end-record-1000-times",
            () => [.. one, .. Enumerable.Repeat(RawZip.End(1, 46 + 7, 30 + 7 + 7), 1_000).SelectMany(end => end)]
        );
        yield return new(
            "archive/two-ends",
            "end-signature-1M-times",
            () => [.. one, .. Enumerable.Repeat((byte[])[.. "PK\x05\x06"u8], 1_000_000).SelectMany(end => end)],
            ""
        );
        yield return new("archive/two-ends", "count-lies", () => [.. one[..^22], .. RawZip.End(60_000, 46 + 7, 30 + 7 + 7)], "container.");
        yield return new("archive/two-ends", "directory-offset-lies", () => [.. one[..^22], .. RawZip.End(1, 46 + 7, 0xFFFFFFF0)], "");
        yield return new(
            "archive/two-ends",
            "zip64-end-points-at-itself",
            () =>
            {
                var at = (ulong)(one.Length - 22);
                var record = new ByteText().Add("PK\x06\x06").U64(44).U16(45).U16(45).U32(0).U32(0).U64(1).U64(1).U64(56).U64(at).Done();
                var locator = new ByteText().Add("PK\x06\x07").U32(0).U64(at).U32(1).Done();
                return [.. one[..^22], .. record, .. locator, .. RawZip.End(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)];
            },
            ""
        );
        yield return new("archive/two-ends", "no-end-at-all", () => one[..^22], "container.");
        yield return new("archive/two-ends", "only-an-end", () => RawZip.End(0, 0, 0));
    }

    private static IEnumerable<HostileInput> KeyCosts()
    {
        byte[] Lock5(byte power) => [0, 0, power, .. new byte[16], .. new byte[16]];
        foreach (var power in (byte[])[25, 63, 255])
        {
            var record = (byte[])[1, .. Lock5(power)];
            yield return new(
                "archive/key-cost",
                $"rar5-file-2-to-the-{power}",
                () => RawRar.Make5(0, RawRar.File5("a.txt"u8.ToArray(), new byte[16], [(byte)record.Length, .. record])),
                ""
            );
            yield return new(
                "archive/key-cost",
                $"rar5-header-2-to-the-{power}",
                () => [.. RawRar.Mark5, .. RawRar.Block5([4, 0, 0, 0, power, .. new byte[16]]), .. new byte[64]],
                ""
            );
        }

        foreach (var power in (byte[])[24, 40, 62, 63])
        {
            yield return new(
                "archive/key-cost",
                $"7z-2-to-the-{power}",
                () => RawSevenZip.One("a.txt", new byte[16], [1, 0x24, 6, 0xF1, 7, 1, 1, power], 7, 1),
                ""
            );
            yield return new(
                "archive/key-cost",
                $"7z-header-2-to-the-{power}",
                () =>
                {
                    var locked = new byte[64];
                    return RawSevenZip.Make(locked, [0x17, .. RawSevenZip.Streams(64, [1, 0x24, 6, 0xF1, 7, 1, 1, power], [60], 1)]);
                },
                ""
            );
        }

        foreach (var strength in (byte[])[0, 4, 255])
        {
            var extra = new ByteText().U16(0x9901).U16(7).U16(2).Add("AE").B(strength).U16(8).Done();
            yield return new(
                "archive/key-cost",
                $"zip-aes-strength-{strength}",
                () =>
                    RawZip.Make(
                        new RawZipEntry("a.txt"u8.ToArray(), new byte[40])
                        {
                            Method = 99,
                            Flags = 1,
                            Extra = extra,
                        }
                    ),
                ""
            );
        }

        yield return new(
            "archive/key-cost",
            "zip-aes-shorter-than-its-salt",
            () =>
                RawZip.Make(
                    new RawZipEntry("a.txt"u8.ToArray(), new byte[5])
                    {
                        Method = 99,
                        Flags = 1,
                        Extra = new ByteText().U16(0x9901).U16(7).U16(2).Add("AE").B(3).U16(8).Done(),
                    }
                ),
            ""
        );
        yield return new(
            "archive/key-cost",
            "zip-strong-encryption",
            () => RawZip.Make(new RawZipEntry("a.txt"u8.ToArray(), Content) { Flags = 0x41 }),
            ""
        );
        yield return new(
            "archive/key-cost",
            "zip-locked-of-no-bytes",
            () => RawZip.Make(new RawZipEntry("a.txt"u8.ToArray(), []) { Flags = 1 }),
            ""
        );
        yield return new(
            "archive/key-cost",
            "rar4-1000-salts",
            () =>
                RawRar.Make4(
                    0,
                    [
                        .. Enumerable
                            .Range(0, 1_000)
                            .Select(i =>
                                RawRar.File4(
                                    [.. Encoding.ASCII.GetBytes($"{i:d4}"), .. BitConverter.GetBytes((long)i)],
                                    new byte[16],
                                    flags: 0x404
                                )
                            ),
                    ]
                ),
            ""
        );
    }
}
