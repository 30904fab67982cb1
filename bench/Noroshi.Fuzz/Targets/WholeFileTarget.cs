using Noroshi.MailAnatomy;
using Noroshi.Makers;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Hostile;
using Noroshi.Makers.Lzh;

namespace Noroshi.Fuzz.Targets;

/// <summary>Any file as an attachment would be: every recogniser, inspection and container, to the bytes that the hub reads.</summary>
internal sealed class WholeFileTarget : IFuzzTarget
{
    private const int MaxLength = 16 << 10;
    private readonly FrameCheck _check = new();

    public string Name => "whole-file";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "PK\x03\x04"u8],
        [.. "MZ"u8],
        [.. "PE\0\0"u8],
        [.. "%PDF-1.4"u8],
        [.. "{\\rtf1"u8],
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        [.. "L\0\0\0\x01\x14\x02\0"u8],
        [.. "Rar!\x1A\x07"u8],
        [.. "[Content_Types].xml"u8],
        [.. "<html>"u8],
        [.. "From: a@b.example\r\n"u8],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        IReadOnlyList<MadeFile> files = [MadeFile.Text("a.txt", "noroshi"), new("b.exe", ProgramMaker.Pe())];
        byte[][] made =
        [
            DocumentMaker.Doc(macros: true),
            DocumentMaker.Xls(passType: 0),
            DocumentMaker.Ppt(),
            DocumentMaker.Msg(),
            DocumentMaker.Jtd(),
            DocumentMaker.OldIchitaro(6),
            DocumentMaker.OpenXml(
                "word",
                "document.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            ),
            DocumentMaker.OpenDocument("application/vnd.oasis.opendocument.text"),
            DocumentMaker.Pdf(),
            DocumentMaker.Pdf(encrypted: true),
            DocumentMaker.Rtf(),
            DocumentMaker.OneNote(),
            ProgramMaker.Pe(),
            ProgramMaker.Pe(wide: true, dll: true),
            ProgramMaker.Dos(),
            ProgramMaker.Elf(),
            ProgramMaker.MachO(),
            ProgramMaker.Lnk(),
            ProgramMaker.Png(),
            ProgramMaker.Jpg(),
            ProgramMaker.Gif(),
            ProgramMaker.Ico(),
            ProgramMaker.Riff("WAVE"),
            ProgramMaker.Ftyp("isom"),
            ProgramMaker.Emf(),
            ZipMaker.Zip(files, new() { Lock = ZipLock.ZipCrypto, Password = "infected" }),
            ZipMaker.Zip([new("inner.zip", ZipMaker.Zip(files)), new("m.eml", [.. "Subject: a\r\n\r\nb\r\n"u8])]),
            LzhMaker.Make(new LzhMember("a.exe", ProgramMaker.Pe())),
            [.. ProgramMaker.Pe(), .. ZipMaker.Zip(files)],
            [.. "<html><script>document.write(unescape('%41'))</script></html>"u8],
            [.. "Set a = CreateObject(\"WScript.Shell\")\r\n"u8],
            [.. "[InternetShortcut]\r\nURL=http://a.example/\r\n"u8],
            .. MailSeeds.All().Take(5),
        ];
        return made.Concat(HostileDocuments.All.Where(input => IsSmall(input.Group)).Select(input => input.Make()))
            .Where(bytes => bytes.Length <= MaxLength);
    }

    /// <summary>The other groups are made of millions of pieces; making them costs seconds and memory at each start.</summary>
    private static bool IsSmall(string group) =>
        group is "document/ole-fat" or "document/ole-directory" or "document/ichitaro" or "document/program" or "document/picture";

    public void Run(byte[] bytes)
    {
        _check.Dissect(bytes, InputKind.File, "sample.bin");
        if (bytes.Length % 4 == 0)
        {
            _check.Dissect(bytes, InputKind.Auto, "sample.bin");
        }
    }
}
