using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Scripts;
using Noroshi.MailAnatomy.FileTypes.Smuggling;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Messages;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Images;
using Noroshi.Makers.Scripts;
using Noroshi.Makers.Smuggling;

namespace Noroshi.Fuzz.Targets;

/// <summary>Scripts; the length chooses the language.</summary>
internal sealed class ScriptTarget : IFuzzTarget
{
    private static readonly string[] Formats = ["ps1", "vbs", "js", "bat", "jse", "hta", "wsf", "py"];

    public string Name => "script";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "powershell -enc ",
            "FromBase64String('",
            "Chr(104) & ",
            "ChrW(&H68)",
            "String.fromCharCode(104,116)",
            "unescape('%68%74')",
            "eval(",
            "\\x68\\u0074",
            "'+'",
            "\" & \"",
            "`",
            "^",
            "-join",
            "[char]104",
            "-f 'a','b'",
            "{1}{0}",
            "StrReverse(",
        }
            .Concat([
                "#@~^AAAAAA==",
                "^#~@",
                "atob(\"",
                "TVqQAAMAAAAEAAAA",
                "%comspec:~0,1%",
                "set a=b\r\n",
                "http://a.example/",
                "-replace 'a','b'",
            ])
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            ScriptMaker.EncodedCommand(),
            ScriptMaker.CharacterCodes("http://a.example/b"),
            ScriptMaker.Escapes("http://a.example/b"),
            ScriptMaker.Carets(),
            ScriptMaker.Carrier(ProgramMaker.Png()),
            ScriptMaker.Numbers(ProgramMaker.Png()),
            ScriptMaker.Ordinary(),
            Encoding.Unicode.GetBytes("\uFEFF$a = 'ht' + 'tp' -replace 'x','y'; (\"{1}{0}\" -f 'b','a') | iex; [char]65+[char]66\r\n"),
            [.. "#@~^CAAAAA==@#@&dCVVG@#@&wQMAAA==^#~@"u8],
        ];

    public void Run(byte[] bytes)
    {
        var inspection = new FileInspection();
        ScriptInspector.Inspect(bytes, Formats[bytes.Length % Formats.Length], inspection);
        Inspecting.Read(inspection, bytes.Length);
    }
}

/// <summary>Pages that build a file in the browser.</summary>
internal sealed class PageTarget : IFuzzTarget
{
    public string Name => "page";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "<script>",
            "</script>",
            "atob('",
            "new Blob([",
            "msSaveOrOpenBlob(",
            "a.download='b.zip'",
            "createObjectURL(",
            "new Uint8Array([",
            "unescape('%3C",
            "document.write(",
            "data:application/zip;base64,UEsDBA==",
            "<form action=",
            "type=\"password\"",
            "window.location=",
            "<svg>",
            "<meta http-equiv=refresh content=\"0;url=http://a.example/\">",
        }
            .Concat(["<iframe src=", "onload=\"", "&#x41;", "\\x41", "String.fromCharCode(", "fromhex", "'+'"])
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var file = ProgramMaker.Png();
        return
        [
            PageMaker.Base64("a.zip", file),
            PageMaker.Pieces("a.iso", file),
            PageMaker.Numbers("a.exe", file),
            PageMaker.Hex("a.zip", file),
            PageMaker.DataLink("a.zip", file),
            PageMaker.HiddenForm("http://a.example/p"),
            PageMaker.Picture("location='http://a.example/'"),
        ];
    }

    public void Run(byte[] bytes)
    {
        var inspection = new FileInspection();
        PageInspector.Inspect(ScriptInspector.Decode(bytes), picture: bytes.Length % 2 == 1, inspection);
        Inspecting.Read(inspection, bytes.Length);
    }
}

internal sealed class PictureTarget : IFuzzTarget
{
    public string Name => "picture";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0xFF, 0xE1],
        [0xFF, 0xD9],
        [0xFF, 0xDA],
        [.. "Exif\0\0"u8],
        [.. "II*\0"u8],
        [.. "MM\0*"u8],
        [.. "IHDR"u8],
        [.. "iTXt"u8],
        [.. "zTXt"u8],
        [.. "IEND"u8],
        [.. "GIF89a"u8],
        [0x21, 0xFE],
        [0x21, 0xFF, 0x0B],
        [0x69, 0x87],
        [0x88, 0x25],
        [.. "PK\x03\x04"u8],
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            PictureMaker.Jpeg(),
            PictureMaker.Jpeg(big: true),
            PictureMaker.Png(),
            ProgramMaker.Gif(),
            ProgramMaker.Bmp(),
            ProgramMaker.Tif(),
            ProgramMaker.Ico(),
            ProgramMaker.Emf(),
            PictureMaker.Exif(),
            [.. ProgramMaker.Png(), .. "PK\x03\x04 behind"u8],
            [.. PictureMaker.Jpeg(), .. "MZ behind"u8],
        ];

    public void Run(byte[] bytes) => Inspecting.Run(bytes);
}

/// <summary>Cutting a mail into its parts and decoding them, without what follows.</summary>
internal sealed class MimeSplitterTarget : IFuzzTarget
{
    private const long MaxBytes = 4 << 20;

    public string Name => "mime-splitter";

    public IReadOnlyList<byte[]> Dictionary => MailSeeds.Words;

    public IEnumerable<byte[]> Seeds() => MailSeeds.All().Concat(MailSeeds.Hostile());

    public void Run(byte[] bytes)
    {
        var headers = RawHeaders.Parse(bytes, [], out var bodyOffset);
        MimeTree.Parse(bytes, MimeHead.Of(headers), bodyOffset, [], new Budget(MaxBytes));
    }
}
