using System.Text;
using Noroshi.Makers.Cab;
using Noroshi.Makers.Corpus;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.Lzh;

namespace Noroshi.Makers.Hostile;

/// <summary>Archives whose names want more than to be read.</summary>
public static partial class HostileArchives
{
    /// <summary>How each format writes one file of a given name.</summary>
    private static readonly IReadOnlyList<(string Format, Func<string, byte[]> Make)> Named =
    [
        ("zip", name => RawZip.Make(new RawZipEntry(name) { Flags = 0x800 })),
        ("tar", name => RawTar.Make(RawTar.Entry(Encoding.UTF8.GetBytes(name), "content"u8.ToArray()))),
        ("rar4", name => RawRar.Make4(0, RawRar.File4(Encoding.UTF8.GetBytes(name), "content"u8.ToArray()))),
        ("rar5", name => RawRar.Make5(0, RawRar.File5(Encoding.UTF8.GetBytes(name), "content"u8.ToArray()))),
        ("7z", name => RawSevenZip.One(name, "content"u8.ToArray(), RawSevenZip.Copy, 7, HostileArchivesBytes.Crc32("content"u8))),
        ("lzh", name => LzhMaker.Make(new LzhMember(name, "content"u8.ToArray()) { Method = "-lh0-", Level = 1 })),
        ("cab", name => CabMaker.Make(CabMethod.Stored, (name, "content"u8.ToArray()))),
        (
            "gz",
            name =>
                new ByteText()
                    .B(0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 2, 3)
                    .Add(Encoding.UTF8.GetBytes(name))
                    .B(0)
                    .Add(HostileArchivesBytes.Deflate("content"u8.ToArray()))
                    .U32(HostileArchivesBytes.Crc32("content"u8))
                    .U32(7)
                    .Done()
        ),
    ];

    private static IEnumerable<HostileInput> Paths()
    {
        (string Kind, string Name)[] names =
        [
            ("dot-dot", "../../../../etc/cron.d/noroshi"),
            ("dot-dot-inside", "a/../../b.txt"),
            ("backslash-dot-dot", @"..\..\windows\win.ini"),
            ("absolute", "/etc/noroshi.conf"),
            ("drive", "C:/windows/noroshi.ini"),
            ("unc", @"\\192.0.2.1\share\a.txt"),
            ("device", "CON"),
            ("device-with-extension", "folder/aux.txt"),
        ];
        foreach (var (format, make) in Named)
        {
            foreach (var (kind, name) in names)
            {
                // A gzip name has no folders of its own; its readers take the last part.
                yield return new("archive/path", $"{format}-{kind}", () => make(name), format == "gz" ? null : "");
            }
        }

        yield return new(
            "archive/path",
            "tar-pax-path",
            () => RawTar.Make(RawTar.Pax(("path", "../../pax.txt")), RawTar.Entry("a"u8.ToArray(), [1])),
            ""
        );
        yield return new(
            "archive/path",
            "tar-gnu-long-name",
            () =>
                RawTar.Make(
                    RawTar.Entry("././@LongLink"u8.ToArray(), "../../gnu.txt\0"u8.ToArray(), 'L'),
                    RawTar.Entry("a"u8.ToArray(), [1])
                ),
            ""
        );
        yield return new(
            "archive/path",
            "zip-unicode-extra-field",
            () =>
            {
                var name = "../../up.txt"u8.ToArray();
                var extra = new ByteText()
                    .U16(0x7075)
                    .U16(5 + name.Length)
                    .B(1)
                    .U32(HostileArchivesBytes.Crc32("good.txt"u8))
                    .Add(name)
                    .Done();
                return RawZip.Make(new RawZipEntry("good.txt") { Extra = extra });
            },
            ""
        );
        yield return new(
            "archive/path",
            "lzh-folder-header",
            () => LzhMaker.Make(new LzhMember("../../up.txt", [1]) { Method = "-lh0-", Level = 2 }),
            ""
        );
        yield return new("archive/path", "iso-joliet", () => IsoMaker.Make("UP", joliet: true, (@"..\..\up.txt", [1])), "");
        yield return new("archive/path", "many-in-one", () => RawZip.Make([.. names.Select(one => new RawZipEntry(one.Name))]), "");
    }

    private static IEnumerable<HostileInput> LongNames()
    {
        var letters = new string('n', 65_535);
        foreach (var (format, make) in Named.Where(one => one.Format is not ("tar" or "lzh" or "rar4")))
        {
            yield return new("archive/long-name", $"{format}-64k", () => make(letters), format == "gz" ? null : "");
        }

        yield return new(
            "archive/long-name",
            "rar4-32k",
            () => RawRar.Make4(0, RawRar.File4(Encoding.ASCII.GetBytes(letters[..32_000]), [])),
            ""
        );
        yield return new(
            "archive/long-name",
            "zip-64k-of-folders",
            () => RawZip.Make(new RawZipEntry(string.Concat(Enumerable.Repeat("a/", 32_000)) + "a.txt")),
            ""
        );
        yield return new(
            "archive/long-name",
            "tar-pax-1-MB",
            () => RawTar.Make(RawTar.Pax(("path", new string('p', 1 << 20))), RawTar.Entry("a"u8.ToArray(), [1])),
            ""
        );
        yield return new(
            "archive/long-name",
            "tar-gnu-20-MB",
            () => RawTar.Make(RawTar.Entry("././@LongLink"u8.ToArray(), new byte[20 << 20], 'L'), RawTar.Entry("a"u8.ToArray(), [1]))
        );
        yield return new(
            "archive/long-name",
            "lzh-64k",
            () => LzhMaker.Make(new LzhMember(letters[..64_000], [1]) { Method = "-lh0-" }),
            ""
        );
        yield return new(
            "archive/long-name",
            "lzh-level-3-1-MB",
            () => LzhMaker.Make(new LzhMember(new string('n', 1 << 20), [1]) { Method = "-lh0-", Level = 3 }),
            ""
        );
        yield return new(
            "archive/long-name",
            "rar5-name-length-2-to-the-60",
            () => RawRar.Make5(0, RawRar.File5("a"u8.ToArray(), [1], nameLength: 1ul << 60)),
            ""
        );
        yield return new("archive/long-name", "zip-comment-64k", () => RawZip.Make([new RawZipEntry("a.txt")], new string('c', 65_535)));
    }

    private static IEnumerable<HostileInput> Links()
    {
        const uint UnixLink = 0xA1FF;
        yield return new(
            "archive/link",
            "zip-symlink",
            () => RawZip.Make(new RawZipEntry("link", "/etc/passwd") { MadeBy = 0x031E, Attributes = (long)UnixLink << 16 }),
            ""
        );
        yield return new(
            "archive/link",
            "zip-symlink-then-file-through-it",
            () =>
                RawZip.Make(
                    new RawZipEntry("dir", "/tmp") { MadeBy = 0x031E, Attributes = (long)UnixLink << 16 },
                    new RawZipEntry("dir/file.txt")
                ),
            ""
        );
        yield return new(
            "archive/link",
            "zip-symlink-of-1-MB",
            () =>
                RawZip.Make(
                    new RawZipEntry("link", new string('/', 1 << 20)) { MadeBy = 0x031E, Attributes = (long)UnixLink << 16 }.Deflated()
                ),
            ""
        );
        foreach (
            var (type, kind) in ((char, string)[])
                [
                    ('1', "hard"),
                    ('2', "symbolic"),
                    ('3', "character-device"),
                    ('4', "block-device"),
                    ('6', "pipe"),
                    ('7', "contiguous"),
                    ('D', "dump"),
                    ('V', "label"),
                    ('M', "volume"),
                ]
        )
        {
            yield return new(
                "archive/link",
                $"tar-{kind}",
                () => RawTar.Make(RawTar.Entry("link"u8.ToArray(), [], type, "../../etc/passwd")),
                type is >= '1' and <= '6' ? "" : null
            );
        }

        yield return new(
            "archive/link",
            "tar-pax-linkpath",
            () => RawTar.Make(RawTar.Pax(("linkpath", "/etc/passwd")), RawTar.Entry("link"u8.ToArray(), [], '2')),
            ""
        );
        yield return new(
            "archive/link",
            "rar4-unix",
            () => RawRar.Make4(0, RawRar.File4("link"u8.ToArray(), "/etc/passwd"u8.ToArray(), host: 3, attributes: UnixLink)),
            ""
        );
        foreach (var kind in (int[])[1, 2, 3, 4, 5])
        {
            // Extra record 5: unix link, Windows link, junction, hard link, copy.
            var record = new ByteText().B(5, (byte)kind, 0, 11).Add("/etc/passwd").Done();
            yield return new(
                "archive/link",
                $"rar5-redirection-{kind}",
                () => RawRar.Make5(0, RawRar.File5("link"u8.ToArray(), [], [(byte)record.Length, .. record])),
                ""
            );
        }

        yield return new(
            "archive/link",
            "7z-unix",
            () =>
                RawSevenZip.One(
                    "link",
                    "/etc/passwd"u8.ToArray(),
                    RawSevenZip.Copy,
                    11,
                    HostileArchivesBytes.Crc32("/etc/passwd"u8),
                    0x8000 | (UnixLink << 16)
                ),
            ""
        );
        yield return new(
            "archive/link",
            "lzh-unix",
            () =>
                LzhMaker.Make(
                    new LzhMember("link|/etc/passwd", [])
                    {
                        Method = "-lhd-",
                        HostOs = 'U',
                        Extensions = [(0x50, [0xFF, 0xA1])],
                    }
                ),
            ""
        );
    }

    private static IEnumerable<HostileInput> TwoNames()
    {
        yield return new(
            "archive/two-names",
            "zip-local-and-central",
            () => RawZip.Make(new RawZipEntry("harmless.txt") { LocalName = "evil.exe"u8.ToArray() }),
            "container."
        );
        yield return new(
            "archive/two-names",
            "zip-unicode-field-differs",
            () =>
            {
                var extra = new ByteText().U16(0x7075).U16(13).B(1).U32(HostileArchivesBytes.Crc32("harm.txt"u8)).Add("evil.exe").Done();
                return RawZip.Make(new RawZipEntry("harm.txt") { Extra = extra }, new RawZipEntry("b.txt"));
            }
        );
        yield return new(
            "archive/two-names",
            "zip-same-name-twice",
            () => RawZip.Make(new RawZipEntry("a.txt", "1"), new RawZipEntry("A.TXT", "2"), new RawZipEntry("a.txt", "3")),
            "container."
        );
        yield return new(
            "archive/two-names",
            "zip-hidden-entry-between",
            () =>
            {
                var hidden = new RawZipEntry("hidden.exe", "MZ");
                var first = new RawZipEntry("a.txt");
                byte[] body = [.. RawZip.Local(first), .. first.Bytes, .. RawZip.Local(hidden), .. hidden.Bytes];
                var central = RawZip.Central(first, 0);
                return [.. body, .. central, .. RawZip.End(1, central.Length, body.Length)];
            },
            "container."
        );
        foreach (var (format, make) in Named.Where(one => one.Format is not ("gz" or "cab")))
        {
            if (format is not "7z")
            {
                yield return new("archive/odd-name", $"{format}-nul", () => make("report.txt\0.exe"), format is "tar" or "lzh" ? null : "");
            }

            yield return new("archive/odd-name", $"{format}-rlo", () => make("report\u202Etxt.exe"));
            yield return new("archive/odd-name", $"{format}-controls", () => make("a\r\nb\u001B[2Jc.txt"), "");
            yield return new("archive/odd-name", $"{format}-empty", () => make(""));
        }

        // The second byte of these letters in CP932 is 0x5C, a backslash to careless readers.
        var name = Charsets.ShiftJis.GetBytes("性能表ソ能予十.txt");
        yield return new("archive/odd-name", "zip-0x5C", () => RawZip.Make(new RawZipEntry(name, "content"u8.ToArray())));
        yield return new("archive/odd-name", "rar4-0x5C", () => RawRar.Make4(0, RawRar.File4(name, [1])));
        yield return new("archive/odd-name", "tar-0x5C", () => RawTar.Make(RawTar.Entry(name, [1])));
        yield return new(
            "archive/odd-name",
            "zip-invalid-utf8-with-flag",
            () => RawZip.Make(new RawZipEntry([0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80], [1]) { Flags = 0x800 })
        );
        yield return new(
            "archive/odd-name",
            "7z-half-surrogates",
            () => RawSevenZip.One("a\uD800\uDC00\uD800.txt", [1], RawSevenZip.Copy, 1, HostileArchivesBytes.Crc32([1]))
        );
        yield return new(
            "archive/odd-name",
            "rar4-unicode-loop",
            () => RawRar.Make4(0, RawRar.File4([.. "a.txt\0"u8, 0x30, .. Enumerable.Repeat((byte)0xFF, 4_000)], [1], flags: 0x200))
        );
    }
}
