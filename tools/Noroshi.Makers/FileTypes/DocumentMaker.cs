using System.Globalization;
using System.IO.Compression;
using System.Text;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeBinary;

namespace Noroshi.Makers.FileTypes;

/// <summary>Small documents of every family, with the streams and parts that the published formats ask for.</summary>
public static class DocumentMaker
{
    /// <summary>Word 97-2003: a FIB, its table stream and summary.</summary>
    public static byte[] Doc(bool encrypted = false, bool macros = false)
    {
        var fib = new byte[4608];
        fib[0] = 0xEC;
        fib[1] = 0xA5;
        fib[2] = 0xC1;
        fib[11] = (byte)(0x02 | (encrypted ? 0x01 : 0));
        byte[] table = [1, 0, 1, 0, .. new byte[60]];
        var maker = new CompoundMaker()
            .Stream("WordDocument", fib)
            .Stream("1Table", table)
            .Stream("\u0005SummaryInformation", new byte[200]);
        return (macros ? new VbaMaker().Module("ThisDocument", "", isClass: true).AddTo(maker, "Macros") : maker).Build();
    }

    /// <summary>Excel 97-2003: BOF, with or without FilePass (type 1 is RC4), EOF.</summary>
    /// <param name="passType">-1 none, 0 XOR, 1 RC4, 2 RC4 by CryptoAPI.</param>
    public static byte[] Xls(int passType = -1)
    {
        byte[] bof = [0x09, 0x08, 0x10, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] pass = passType switch
        {
            0 => [0x2F, 0, 6, 0, 0, 0, 1, 2, 3, 4],
            1 => [0x2F, 0, 0x36, 0, 1, 0, 1, 0, 1, 0, .. new byte[48]],
            2 => [0x2F, 0, 0x36, 0, 1, 0, 2, 0, 2, 0, .. new byte[48]],
            _ => [],
        };
        byte[] book = [.. bof, .. pass, 0x0A, 0, 0, 0, .. new byte[4200]];
        return new CompoundMaker().Stream("Workbook", book).Stream("\u0005SummaryInformation", new byte[100]).Build();
    }

    /// <summary>PowerPoint 97-2003 with the token of the current user.</summary>
    public static byte[] Ppt(bool encrypted = false)
    {
        byte[] user =
        [
            0,
            0,
            0xF6,
            0x0F,
            0x20,
            0,
            0,
            0,
            0x14,
            0,
            0,
            0,
            .. encrypted ? new byte[] { 0xDF, 0xC4, 0xD1, 0xF3 } : [0x5F, 0xC0, 0x91, 0xE3],
            .. new byte[24],
        ];
        return new CompoundMaker().Stream("PowerPoint Document", new byte[5000]).Stream("Current User", user).Build();
    }

    /// <summary>An encrypted Office Open XML document.</summary>
    public static byte[] EncryptedPackage(int major, int minor, int version = 3) =>
        new CompoundMaker(version)
            .Stream("EncryptedPackage", new byte[6000])
            .Stream("EncryptionInfo", [(byte)major, 0, (byte)minor, 0, 0x40, 0, 0, 0, .. "<encryption/>"u8])
            .Stream("\u0006DataSpaces/Version", new byte[76])
            .Build();

    /// <summary>An Outlook item.</summary>
    public static byte[] Msg() =>
        new CompoundMaker()
            .Stream("__properties_version1.0", new byte[64])
            .Stream("__nameid_version1.0/__substg1.0_00020102", new byte[16])
            .Stream("__substg1.0_0037001F", Encoding.Unicode.GetBytes("件名"))
            .Stream("__attach_version1.0_#00000000/__properties_version1.0", new byte[8])
            .Build();

    /// <summary>A Windows Installer package: class identifier and packed table names.</summary>
    public static byte[] Msi(bool withClassId = true) =>
        new CompoundMaker { ClassId = withClassId ? new Guid("000c1084-0000-0000-c000-000000000046") : Guid.Empty }
            .Stream("\u4840\u3F3F\u4577\u446C\u3B6A", new byte[32])
            .Stream("\u4840\u3F7F\u4164\u422F\u4836", new byte[32])
            .Stream("\u0005SummaryInformation", new byte[64])
            .Build();

    /// <summary>An Ichitaro document of version 8 and later.</summary>
    public static byte[] Jtd(int version = 3) =>
        new CompoundMaker(version)
            .Stream("DocumentText", [.. "SsmgV.01"u8, 0, 0x1F, .. Encoding.BigEndianUnicode.GetBytes("調査のお願い"), .. new byte[5000]])
            .Stream("\u0004JSRV_SegmentInformation", [.. "VDA_DOC\0"u8, .. new byte[328]])
            .Stream("\u0004JSRV_SummaryInformation", new byte[400])
            .Stream("\u0005SummaryInformation", new byte[416])
            .Stream("DocumentViewStyles", new byte[500])
            .Stream("DocumentEditStyles", new byte[500])
            .Stream("Font", [.. "FontV.01"u8, .. new byte[200]])
            .Stream("DocumentMacro/\u0004JSRV_SegmentInformation", new byte[64])
            .Build();

    /// <summary>A compressed Ichitaro document; the member is named <paramref name="memberName"/> in a level-1 LHA header.</summary>
    public static byte[] CompressedJtd(string memberName = "")
    {
        var member = LzhMaker.MakeMember(new LzhMember(memberName, Jtd()) { Level = 1 });
        byte[] stream = [0x26, 0, .. "JustCompressedDocument"u8, .. new byte[14], .. member, 0];
        return new CompoundMaker()
            .Stream("JSCompDocument", stream)
            .Stream("\u0004JSRV_SegmentInformation", new byte[336])
            .Stream("\u0004JSRV_SummaryInformation", new byte[2294])
            .Stream("\u0005SummaryInformation", new byte[416])
            .Build();
    }

    /// <summary>Another document of the same company: its service streams, no Ichitaro text.</summary>
    public static byte[] OtherJustsystems() =>
        new CompoundMaker()
            .Stream("\u0004JSRV_SegmentInformation", new byte[336])
            .Stream("\u0004JSRV_SummaryInformation", new byte[800])
            .Stream("Contents", new byte[800])
            .Build();

    /// <summary>Ichitaro 4, 5 or 6.</summary>
    public static byte[] OldIchitaro(int version)
    {
        var bytes = new byte[512];
        "DOC"u8.CopyTo(bytes);
        bytes[43] = (byte)(0x10 + version);
        return bytes;
    }

    /// <summary>A ZIP file of the given members in their order.</summary>
    public static byte[] Zip(params (string Name, string Content)[] members)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(2013, 10, 17, 9, 0, 0, TimeSpan.Zero);
                using var writer = entry.Open();
                writer.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }

    /// <summary>An Office Open XML document whose main part has the given content type.</summary>
    public static byte[] OpenXml(string folder, string part, string contentType, bool macros = false)
    {
        var types = string.Create(
            CultureInfo.InvariantCulture,
            $"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/{folder}/{part}" ContentType="{contentType}"/></Types>"""
        );
        (string, string)[] members =
        [
            ("[Content_Types].xml", types),
            ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"),
            ($"{folder}/{part}", "<root/>"),
        ];
        return Zip(macros ? [.. members, ($"{folder}/vbaProject.bin", "x")] : members);
    }

    /// <summary>An OpenDocument file.</summary>
    public static byte[] OpenDocument(string mime, bool encrypted = false) =>
        Zip(
            ("mimetype", mime),
            ("content.xml", "<office:document-content/>"),
            (
                "META-INF/manifest.xml",
                encrypted ? "<manifest:manifest><manifest:encryption-data/></manifest:manifest>" : "<manifest:manifest/>"
            )
        );

    /// <summary>A PDF of one empty page.</summary>
    public static byte[] Pdf(bool encrypted = false, string before = "") =>
        Encoding.Latin1.GetBytes(
            before
                + "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
                + "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\n"
                + (encrypted ? "4 0 obj\n<</Filter/Standard/V 2/R 3/EncryptMetadata true>>\nendobj\n" : "")
                + "trailer\n<</Root 1 0 R/Size 5"
                + (encrypted ? "/Encrypt 4 0 R" : "")
                + ">>\nstartxref\n0\n%%EOF\n"
        );

    /// <summary>Rich text.</summary>
    public static byte[] Rtf(string head = "{\\rtf1\\ansi\\ansicpg932") =>
        Encoding.ASCII.GetBytes(head + "{\\fonttbl{\\f0 MS Mincho;}}\\f0\\fs20 text\\par}");

    /// <summary>The header of a OneNote section.</summary>
    public static byte[] OneNote() =>
        [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3, .. new byte[1008]];
}
