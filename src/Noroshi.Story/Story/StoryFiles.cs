using System.Globalization;
using System.Text;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.OfficeBinary;
using Noroshi.Makers.OpenXml;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Rtf;
using Noroshi.Makers.Scripts;
using Noroshi.Makers.Shortcuts;

namespace Noroshi.Makers.Story;

/// <summary>What a document or program of this world says of its maker; whatever is not given is this seed's own.</summary>
/// <param name="Seed">Everything else is drawn from it.</param>
internal sealed record Maker(string Seed)
{
    /// <summary>Author of documents.</summary>
    public string? Author { get; init; }

    /// <summary>Folder on the maker's machine.</summary>
    public string? Folder { get; init; }

    /// <summary>Name of the machine in shortcuts.</summary>
    public string? Machine { get; init; }

    /// <summary>Stamp of the linker.</summary>
    public uint? Stamp { get; init; }

    /// <summary>Chance of this maker.</summary>
    public Dice Dice => new("file/" + Seed);
}

/// <summary>
/// Files of this world. None does harm: programs return at once, macros and formulas are text that says so, addresses are example names.
/// </summary>
internal static class StoryFiles
{
    private static readonly string[] Functions =
    [
        "ExitProcess",
        "GetTickCount",
        "Sleep",
        "CreateFileA",
        "ReadFile",
        "WriteFile",
        "CloseHandle",
        "GetTempPathA",
        "GetModuleHandleA",
        "LoadLibraryA",
        "GetProcAddress",
        "VirtualAlloc",
        "HeapAlloc",
        "GetLastError",
        "lstrcpyA",
        "lstrcatA",
        "CreateThread",
        "WaitForSingleObject",
        "GetVersion",
        "GetCommandLineA",
    ];

    /// <summary>A program whose only instruction returns.</summary>
    /// <param name="maker">Maker.</param>
    /// <param name="icon">Draws the icon of a document.</param>
    public static byte[] Program(Maker maker, bool icon = false)
    {
        var dice = maker.Dice;
        var drawn = new PortableMaker
        {
            Stamp = maker.Stamp ?? (uint)(0x4F80_0000 + dice.Below(0x03A0_0000)),
            Overlay = dice.Bytes(1_500 + dice.Below(4_000)),
        }.Imports(("KERNEL32.dll", [.. dice.Shuffled(Functions).Take(5 + dice.Below(6))]));
        if (icon)
        {
            var color = (uint)dice.Below(0xFF_FFFF);
            drawn = drawn.Icon((x, y) => PortableMaker.Page(x, y, color));
        }

        return drawn.Build();
    }

    /// <summary>A Word 97 document with a macro that runs when it opens.</summary>
    public static byte[] Word(Maker maker, string title, string text)
    {
        var dice = maker.Dice;
        var author = maker.Author ?? $"{Names.Person(dice)} {dice.Hex(2)}";
        var macro =
            $"Sub Document_Open()\r\n  Dim {Word(dice)}\r\n  {Word(dice)} = \"{dice.Letters(20)}\"\r\n  Shell \"cmd.exe /c rem {dice.Letters(12)}\"\r\nEnd Sub\r\n";
        return new VbaMaker($"P{dice.Letters(7)}") { Id = $"{{{dice.Id().ToString().ToUpperInvariant()}}}" }
            .Module("ThisDocument", macro)
            .AddTo(
                WordMaker.Document(
                    text,
                    [author, $"{FolderOf(maker, dice)}{title}.doc"],
                    people: (title + dice.Hex(2), author, author, author)
                ),
                "Macros"
            )
            .Build();
    }

    /// <summary>An Excel 97 workbook with a macro sheet that runs when it opens.</summary>
    public static byte[] Sheet(Maker maker, string title)
    {
        var dice = maker.Dice;
        return new WorkbookMaker()
            .BuiltInName(1, hidden: true)
            .Sheet(title, 0, 0)
            .Sheet(
                "Macro1",
                2,
                1,
                WorkbookMaker.Formula(0, WorkbookMaker.Text($"cmd.exe /c rem {dice.Letters(14)}"), WorkbookMaker.Function(0x6E, 1)),
                WorkbookMaker.Formula(1, WorkbookMaker.Function(0x36, 0))
            )
            .Shared($"{title} {dice.Hex(6)}", "数量", "単価")
            .File()
            .Build();
    }

    /// <summary>An RTF document with a broken-up object.</summary>
    public static byte[] Rtf(Maker maker)
    {
        var dice = maker.Dice;
        return RtfMaker.Obfuscated(
            RtfMaker.Ole1(
                "Package",
                RtfMaker.Package($"{dice.Letters(6)}.txt", $"C:\\{dice.Letters(8)}.txt", $"C:\\{dice.Letters(8)}.tmp", dice.Bytes(300))
            )
        );
    }

    /// <summary>An Ichitaro document.</summary>
    public static byte[] Ichitaro(Maker maker, string title, string text)
    {
        var dice = maker.Dice;
        var author = maker.Author ?? $"{Names.Person(dice)} {dice.Hex(2)}";
        var made = new DateTime(2012, 4, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(dice.Below(900_000));
        return IchitaroMaker.Document(
            text,
            author,
            $"{FolderOf(maker, dice)}{title}.jtd",
            title: $"{title} {dice.Hex(3)}",
            created: made,
            figure: dice.Bytes(80)
        );
    }

    /// <summary>A shortcut that starts a command that is a remark.</summary>
    public static byte[] Link(Maker maker)
    {
        var dice = maker.Dice;
        var folder = $"C:\\{dice.Letters(6)}\\{dice.Letters(9)}.exe";
        return new LinkMaker { Time = new DateTime(2011, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(dice.Below(1_200_000)) }
            .Location((uint)dice.Next(), $"V{dice.Letters(6)}", Encoding.ASCII.GetBytes(folder))
            .Text(0x20, $"/c rem {dice.Letters(24)}")
            .Tracker(maker.Machine ?? $"pc-{dice.Letters(7).ToLowerInvariant()}", dice.Id(), dice.Id())
            .Build();
    }

    /// <summary>A script whose address is built from character codes.</summary>
    public static byte[] Script(Maker maker) => ScriptMaker.CharacterCodes($"http://{maker.Dice.Hex(9)}.kari.example/{maker.Dice.Hex(4)}");

    /// <summary>A page with a script that says nothing and runs when the page opens.</summary>
    public static byte[] Pdf(Maker maker, bool active = true)
    {
        var dice = maker.Dice;
        string[] objects =
        [
            active ? "<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>" : "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>",
            Stream($"BT 20 100 Td ({dice.Letters(40)}) Tj ET"),
            $"<</S/JavaScript/JS (var {Word(dice)} = \\({dice.Below(100_000)}\\);)>>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var at = 0; at < objects.Length - (active ? 0 : 1); at++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{at + 1} 0 obj\n{objects[at]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        places.ForEach(place => file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {places.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>An ordinary letter (docx) without macros.</summary>
    public static byte[] Letter(Maker maker, string text) =>
        new OpenXmlMaker()
            .Main("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document.main")
            .Xml("word/document.xml", "w:document", $"<w:body><w:p><w:r><w:t>{text} {maker.Dice.Hex(8)}</w:t></w:r></w:p></w:body>")
            .Build();

    /// <summary>A table of values as text.</summary>
    public static byte[] Table(Maker maker)
    {
        var dice = maker.Dice;
        var lines = Enumerable
            .Range(1, 8)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},{dice.Below(10_000)},{dice.Below(10_000)}"));
        return Encoding.UTF8.GetBytes("no,a,b\r\n" + string.Join("\r\n", lines) + "\r\n");
    }

    private static string Stream(string content) => $"<</Length {content.Length}>>\nstream\n{content}\nendstream";

    private static string Word(Dice dice) => "v" + dice.Letters(6);

    private static string FolderOf(Maker maker, Dice dice) =>
        maker.Folder ?? $@"C:\Users\{dice.Letters(6).ToLowerInvariant()}\{dice.Letters(5)}\";
}
