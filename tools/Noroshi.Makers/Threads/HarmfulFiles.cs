using System.Text;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeBinary;
using Noroshi.Makers.OneNote;
using Noroshi.Makers.OpenXml;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Rtf;
using Noroshi.Makers.Scripts;
using Noroshi.Makers.Shortcuts;
using Noroshi.Makers.Smuggling;

namespace Noroshi.Makers.Threads;

/// <summary>
/// Files with the structure of attacks. The programs in them return at once, the addresses are reserved ones, and the script lines are
/// never run: only their shape counts.
/// </summary>
internal static class HarmfulFiles
{
    private const string OpenMacro =
        "Sub Document_Open()\r\n  Dim u\r\n  u = \"ht\" & \"tp://\" & StrReverse(\"elpmaxe.orcam\") & \"/a\"\r\n  Shell \"cmd.exe /c echo \" & u\r\nEnd Sub\r\n";

    /// <summary>A file of a kind.</summary>
    public static (string Name, byte[] Content) Make(string kind, string document, string mark, string password)
    {
        var program = Named(document, mark);
        return kind switch
        {
            "bad-zip-exe" => ($"{document}.zip", ZipMaker.Zip([program])),
            "bad-zip-exe-locked" => ($"{document}.zip", ZipMaker.Zip([program], Locked(password))),
            "bad-zip-lnk" => ($"{document}.zip", ZipMaker.Zip([new($"{document}.pdf.lnk", Link(mark)), new("readme.txt", [.. "-"u8])])),
            "bad-zip-script" => ($"{document}.zip", ZipMaker.Zip([new($"{document}.js", ScriptMaker.Escapes("http://script.example/a"))])),
            "bad-rar4" => ($"{document}.rar", RarMaker.Rar4([program])),
            "bad-rar4-locked" => ($"{document}.rar", RarMaker.Rar4([program], password)),
            "bad-rar5" => ($"{document}.rar", RarMaker.Rar5([program])),
            "bad-rar5-unopened" => ($"{document}.rar", RarMaker.Rar5([program], "not told " + mark)),
            "bad-7z" => ($"{document}.7z", SevenZipMaker.SevenZip([program])),
            "bad-7z-locked" => ($"{document}.7z", SevenZipMaker.SevenZip([program], password)),
            "bad-lzh" => ($"{document}.lzh", LzhMaker.Make(new LzhMember(program.Name, program.Content))),
            "bad-iso" => ($"{document}.iso", IsoMaker.Make("DOC", true, ($"{document}.exe", program.Content))),
            "bad-doc" => Document(document, mark),
            "bad-docm" => ($"{document}.docm", HonestFiles.WithMacro("word/document.xml", "ms-word.document", OpenMacro, mark)),
            "bad-xls" => ($"{document}.xls", Sheet(mark)),
            "bad-jtd" => ($"{document}.jtd", Ichitaro(document, mark)),
            "bad-html" => ($"{document}.html", PageMaker.Base64($"{mark}.zip", ZipMaker.Zip([program]))),
            "bad-onenote" => ($"{document}.one", OneNoteMaker.Section(($"{document}.exe", @"C:\Users\admin\a.exe", program.Content))),
            "bad-sfx" => ($"{document}.exe", [.. Program(mark), .. ZipMaker.Zip([program])]),
            "bad-sfx-plain" => ($"{document}.exe", [.. ProgramMaker.Pe(), .. ZipMaker.Zip([new($"{document}.exe", Plain(mark))])]),
            "bad-sfx-locked" => (
                $"{document}.exe",
                [.. ProgramMaker.Pe(), .. ZipMaker.Zip([new($"{document}.exe", Plain(mark))], Locked("not told " + mark))]
            ),
            "bad-exe-icon" => ($"{document}.doc        .exe", Program(mark)),
            _ => throw new FormatException($"no file '{kind}'"),
        };
    }

    /// <summary>A program under one of the names that such programs bear; which one follows from the mark.</summary>
    private static MadeFile Named(string document, string mark)
    {
        var name = (mark.Length > 0 ? mark[^1] % 4 : 0) switch
        {
            0 => $"{document}.exe",
            1 => $"{document}.pdf.exe",
            2 => $"{document}\u202Efdp.scr",
            _ => $"{document}            .exe",
        };
        return new MadeFile(name, Program(mark));
    }

    private static byte[] Program(string mark) =>
        new PortableMaker()
            .Imports(("WS2_32.dll", ["#3", "send"]), ("KERNEL32.DLL", ["ExitProcess"]))
            .Icon((x, y) => PortableMaker.Page(x, y, 0x2B579A))
            .Resource(10, 1, Encoding.UTF8.GetBytes(mark))
            .Build();

    /// <summary>A program without any disguise.</summary>
    private static byte[] Plain(string mark) =>
        new PortableMaker().Imports(("KERNEL32.DLL", ["ExitProcess"])).Resource(10, 1, Encoding.UTF8.GetBytes(mark)).Build();

    private static byte[] Link(string mark) =>
        new LinkMaker()
            .Target("C:\\", "Windows", "System32", "cmd.exe")
            .Text(0x20, $"/c rem http://shortcut.example/{HonestFiles.Latin(mark)}")
            .Build();

    private static (string Name, byte[] Content) Document(string document, string mark) =>
        (mark.Length > 0 ? mark[^1] % 3 : 0) switch
        {
            0 => ($"{document}.doc", RtfMaker.WithObject(RtfMaker.Ole1("Equation.3", [.. new byte[64], .. Encoding.UTF8.GetBytes(mark)]))),
            1 => (
                $"{document}.doc",
                new VbaMaker()
                    .Module("ThisDocument", OpenMacro)
                    .AddTo(WordMaker.Document("本文 " + mark, ["admin", @"C:\work\a.doc"]), "Macros")
                    .Build()
            ),
            _ => ($"{document}.docx", OpenXmlMaker.RemoteTemplate($"http://template.example/{HonestFiles.Latin(mark)}.dotm")),
        };

    private static byte[] Sheet(string mark)
    {
        var book = new WorkbookMaker().Writer(mark).BuiltInName(1, hidden: true).Sheet("表紙", 0, 0);
        book.Sheet(
            "Macro1",
            2,
            1,
            WorkbookMaker.Formula(0, WorkbookMaker.Text("cmd.exe /c echo"), WorkbookMaker.Function(0x6E, 1)),
            WorkbookMaker.Formula(1, WorkbookMaker.Function(0x36, 0))
        );
        return book.File().Build();
    }

    /// <summary>A document whose body is padded out with a program, as documents that attack the word processor are.</summary>
    private static byte[] Ichitaro(string document, string mark) => [.. IchitaroMaker.Document($"{document}\n{mark}"), .. Program(mark)];

    private static ZipChoices Locked(string password) =>
        new()
        {
            Lock = ZipLock.Aes256,
            Password = password,
            Names = ZipNames.Utf8Flagged,
        };
}
