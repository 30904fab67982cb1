using System.IO.Compression;
using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.OfficeCrypto;
using Noroshi.MailAnatomy.FileTypes.OneNote;
using Noroshi.MailAnatomy.FileTypes.OpenXml;
using Noroshi.MailAnatomy.FileTypes.Rtf;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.OfficeCrypto;
using Noroshi.Makers.OneNote;
using Noroshi.Makers.OpenXml;
using OfficeRtfMaker = Noroshi.Makers.Rtf.RtfMaker;

namespace Noroshi.Fuzz.Targets;

/// <summary>
/// Packages of Open XML and OpenDocument. Besides whole packages there is a flat form, whose parts stand one behind the other and are packed
/// for each try: a change within deflated data would say nothing to the reader of the parts.
/// </summary>
internal sealed class PackageTarget : IFuzzTarget
{
    private const string Mark = "\u0001part:";

    public string Name => "ooxml";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            Mark + "word/document.xml\n",
            Mark + "word/_rels/document.xml.rels\n",
            Mark + "[Content_Types].xml\n",
            Mark + "word/settings.xml\n",
            Mark + "xl/workbook.xml\n",
            Mark + "xl/sharedStrings.xml\n",
            Mark + "xl/worksheets/sheet1.bin\n",
            Mark + "ppt/slides/slide1.xml\n",
            Mark + "content.xml\n",
            Mark + "META-INF/manifest.xml\n",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "<![CDATA[",
            "&#x41;",
            "<w:instrText>",
            "<w:fldSimple w:instr=\" DDE \">",
            "<w:fldChar w:fldCharType=\"begin\"/>",
            "TargetMode=\"External\"",
            "attachedTemplate",
            "oleObject",
            "<f>HYPERLINK(",
            "state=\"veryHidden\"",
            "xlink:href=\"",
        }
            .Concat(["<w:rsid w:val=\"00AA\"/>", "<w:author>", "<ddeLink ddeService=\"a\" ddeTopic=\"b\">", "xmlns:w=\"x\"", "</", "/>"])
            .Select(Encoding.UTF8.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds()
    {
        byte[][] packages =
        [
            OpenXmlMaker.Letter().Build(),
            OpenXmlMaker.Reviewed(),
            OpenXmlMaker.RemoteTemplate(),
            OpenXmlMaker.Outside(),
            OpenXmlMaker.Dde(),
            OpenXmlMaker.WithFiles([.. "inner"u8]),
            OpenXmlMaker.Workbook(),
            OpenXmlMaker.BinaryWorkbook(),
            OpenXmlMaker.Show(),
            OpenXmlMaker.OpenDocumentText(),
        ];
        return packages.Concat(packages.Select(Flat));
    }

    public void Run(byte[] bytes) => Inspecting.Run(bytes.AsSpan().StartsWith("PK"u8) ? bytes : Packed(bytes));

    private static byte[] Flat(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var flat = new MemoryStream();
        foreach (var entry in zip.Entries)
        {
            flat.Write(Encoding.Latin1.GetBytes(Mark + entry.FullName + "\n"));
            using var part = entry.Open();
            part.CopyTo(flat);
        }

        return flat.ToArray();
    }

    private static byte[] Packed(ReadOnlySpan<byte> flat)
    {
        const int most = 40;
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < most && flat.IndexOf(Encoding.Latin1.GetBytes(Mark)) is >= 0 and var at; i++)
            {
                flat = flat[(at + Mark.Length)..];
                var end = flat.IndexOf((byte)'\n');
                if (end is < 1 or > 200)
                {
                    continue;
                }

                var next = flat.IndexOf(Encoding.Latin1.GetBytes(Mark));
                using var part = zip.CreateEntry(Encoding.Latin1.GetString(flat[..end]), CompressionLevel.NoCompression).Open();
                part.Write(flat[(end + 1)..(next < 0 ? flat.Length : Math.Max(next, end + 1))]);
            }
        }

        return package.ToArray();
    }
}

/// <summary>Documents under a password. Keys are tried where a try is cheap: the price of the others is the search's to count.</summary>
internal sealed class OfficeLockTarget : IFuzzTarget
{
    private const double MaxCost = 20;
    private readonly OfficeLockFormat _format = new();

    public string Name => "office-lock";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[] { "spinCount=\"1\"", "saltSize=\"16\"", "blockSize=\"16\"", "keyBits=\"128\"", "hashSize=\"20\"", "SHA1", "SHA384", "AES" }
            .Concat(["ChainingModeCBC", "ChainingModeCFB", "saltValue=\"", "encryptedKeyValue=\"", "cipherAlgorithm=\""])
            .Select(Encoding.ASCII.GetBytes),
        [4, 0, 4, 0, 0x40, 0, 0, 0],
        [4, 0, 2, 0],
        [1, 0, 1, 0],
        [0x2F, 0],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        byte[] package = [.. "PK\x03\x04 not much of a package"u8];
        yield return OfficeLocker.Agile(package, "infected", new AgileChoices { Spins = 3 });
        yield return OfficeLocker.Agile(
            package,
            "infected",
            new AgileChoices
            {
                Spins = 3,
                Hash = "SHA1",
                KeyBits = 128,
            }
        );
        yield return OfficeLocker.Standard(package, "infected");
        yield return BinaryLocker.Doc(BinaryLock.Rc4, "infected");
        yield return BinaryLocker.Doc(BinaryLock.CryptoApi, "infected");
        yield return BinaryLocker.Doc(BinaryLock.Xor, BinaryLocker.XorPassword);
        yield return BinaryLocker.Xls(BinaryLock.Rc4, "infected");
        yield return BinaryLocker.Xls(BinaryLock.CryptoApi, "infected");
        yield return BinaryLocker.Xls(BinaryLock.Xor, BinaryLocker.XorPassword);
        yield return BinaryLocker.Ppt("infected");
    }

    public void Run(byte[] bytes)
    {
        if (!_format.Recognises(bytes))
        {
            return;
        }

        ContainerTarget.Read(_format.Open(bytes, password: null), bytes.Length);
        if (_format.CreateProbe(bytes) is { CostMilliseconds: < MaxCost } probe)
        {
            probe.Check("VelvetSweatshop");
            probe.Check("");
            ContainerTarget.Read(_format.Open(bytes, "infected"), bytes.Length);
            ContainerTarget.Read(_format.Open(bytes, BinaryLocker.XorPassword), bytes.Length);
        }

        Inspecting.Run(bytes);
    }
}

internal sealed class RtfTarget : IFuzzTarget
{
    public string Name => "rtf";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            @"{\rtf1",
            @"{\rt",
            @"{\object\objemb",
            @"{\*\objdata ",
            @"{\*\objclass Package}",
            @"\objupdate",
            @"\objautlink",
            @"\bin4 ",
            @"\bin-1 ",
            @"\'d0",
            @"\u-1?",
            @"\uc0 ",
            @"{\*\datastore ",
            @"{\*\template ",
            @"{\field{\*\fldinst INCLUDEPICTURE ""http://a.example/""}}",
            @"{\info{\author a}}",
        }
            .Concat([
                @"{\*\generator b}",
                @"{\*\rsidtbl \rsid1}",
                @"{\pict\pngblip 89504e47}",
                @"\dn1 ",
                "0105000002000000",
                "d0cf11e0a1b11ae1",
            ])
            .Concat(["{", "}", @"\*", @"\~"])
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var package = OfficeRtfMaker.Ole1("Package", OfficeRtfMaker.Package("a.exe", @"C:\a.exe", @"C:\t\a.exe", [.. "MZ content"u8]));
        var document = OfficeRtfMaker.Ole1("Word.Document.8", [.. DocumentMaker.Doc().AsSpan(0, 1_024)]);
        return
        [
            OfficeRtfMaker.Letter(),
            OfficeRtfMaker.WithObject(package),
            OfficeRtfMaker.WithObject(document, @"\objautlink\objupdate"),
            OfficeRtfMaker.Obfuscated(package),
            OfficeRtfMaker.Binary(package),
            OfficeRtfMaker.Document(@"{\pict\pngblip 89504e470d0a1a0a}{\*\datastore d0cf11e0}{\*\template http://a.example/t.dotm}"),
            DocumentMaker.Rtf(),
        ];
    }

    public void Run(byte[] bytes)
    {
        var inspection = new FileInspection();
        RtfInspector.Inspect(bytes, new TraitSink(inspection));
        Inspecting.Read(inspection, bytes.Length);
    }
}

internal sealed class OneNoteTarget : IFuzzTarget
{
    public string Name => "onenote";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        new Guid("BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC").ToByteArray(),
        new Guid("71FBA722-0F79-4A0B-BB13-899256426B24").ToByteArray(),
        BitConverter.GetBytes(0x1C001D9Cu),
        BitConverter.GetBytes(0x1C001D9Du),
        BitConverter.GetBytes(0x1C001E20u),
        BitConverter.GetBytes(0x1C001D75u),
        BitConverter.GetBytes(0x24001CF3u),
        [0xFF, 0xFF, 0xFF, 0x7F],
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            OneNoteMaker.Section(("a.hta", @"Z:\a.hta", [.. "<hta:application>"u8]), ("b.png", "b", ProgramMaker.Png())),
            OneNoteMaker.Section(),
            [.. OneNoteMaker.Section(), .. OneNoteMaker.FileData(new byte[20], long.MaxValue)],
            [.. OneNoteMaker.Section(), .. OneNoteMaker.FileData(new byte[20], -1)],
        ];

    public void Run(byte[] bytes)
    {
        var inspection = new FileInspection();
        OneNoteInspector.Inspect(bytes, new TraitSink(inspection));
        Inspecting.Read(inspection, bytes.Length);
    }
}
