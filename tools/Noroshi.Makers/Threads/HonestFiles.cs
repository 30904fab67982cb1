using System.Text;
using Noroshi.Makers.Corpus;
using Noroshi.Makers.Images;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeBinary;
using Noroshi.Makers.OfficeCrypto;
using Noroshi.Makers.OpenXml;
using Noroshi.Makers.Pdf;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Scripts;

namespace Noroshi.Makers.Threads;

/// <summary>Files that honest people send to a window: documents, locked archives, logs with scripts, self-extractors, forms with macros.</summary>
internal static class HonestFiles
{
    private const string FormMacro =
        "Private Sub Workbook_Open()\r\n  Sheets(1).Activate\r\n  Range(\"B2\").Select\r\nEnd Sub\r\nSub Sum_Click()\r\n  Range(\"D9\").Value = Application.WorksheetFunction.Sum(Range(\"D2:D8\"))\r\nEnd Sub\r\n";

    private const string BusyMacro =
        "Private Sub Workbook_Open()\r\n  Sheets(1).Activate\r\nEnd Sub\r\nSub Save_Click()\r\n  Dim d\r\n  d = CreateObject(\"WScript.Shell\").SpecialFolders(\"Desktop\")\r\n  ActiveWorkbook.SaveCopyAs d & \"\\form.xlsm\"\r\nEnd Sub\r\n";

    private const string LetterMacro =
        "Sub AutoOpen()\r\n  ActiveDocument.Fields.Update\r\nEnd Sub\r\nSub Age()\r\n  MsgBox DateDiff(\"yyyy\", CDate(\"1990/4/1\"), Date)\r\nEnd Sub\r\n";

    /// <summary>A file of a kind.</summary>
    /// <param name="kind">Kind, as the shapes name it.</param>
    /// <param name="document">What the text calls it.</param>
    /// <param name="mark">Something of the thread, so that no two threads share a file.</param>
    /// <param name="password">Password of those that are locked.</param>
    public static (string Name, byte[] Content) Make(string kind, string document, string mark, string password) =>
        kind switch
        {
            "pdf" => ($"{document}.pdf", new PdfMaker().Line(Latin(mark)).Build()),
            "docx" => ($"{document}.docx", Letter(mark)),
            "xlsx" => ($"{document}.xlsx", Book(mark)),
            "pptx" => ($"{document}.ppt", new PresentationMaker().Text(mark).File().Build()),
            "jtd" => ($"{document}.jtd", IchitaroMaker.Document($"{document}\n{mark}")),
            "jpg" => ("写真.jpg", [.. PictureMaker.Jpeg(), .. Encoding.UTF8.GetBytes(mark)]),
            "png" => ("image001.png", PictureMaker.Png()),
            "txt" => ("error.log", Log(mark)),
            "xlsx-locked" => ($"{document}.xlsx", OfficeLocker.Agile(Book(mark), password)),
            "docm-clean" => ($"{document}.docm", WithMacro("word/document.xml", "ms-word.document", LetterMacro, mark)),
            "xlsm-clean" => ($"{document}.xlsm", WithMacro("xl/workbook.xml", "ms-excel.sheet", FormMacro, mark)),
            "xlsm-busy" => ($"{document}.xlsm", WithMacro("xl/workbook.xml", "ms-excel.sheet", BusyMacro, mark)),
            "url-file" => ("掲載ページ.url", Encoding.ASCII.GetBytes($"[InternetShortcut]\r\nURL=https://news.example/{Latin(mark)}\r\n")),
            "eml-bad" => ("不審なメール.eml", Suspicious(mark)),
            "zip-docs" => ($"{document}.zip", ZipMaker.Zip(Documents(document, mark))),
            "zip-locked" => ($"{document}.zip", ZipMaker.Zip(Documents(document, mark), Locked(password, ZipLock.Aes256))),
            "zip-locked-docs" => ($"{document}.zip", ZipMaker.Zip(Documents(document, mark), Locked(password, ZipLock.ZipCrypto))),
            "rar5-locked" => ($"{document}.rar", RarMaker.Rar5(Documents(document, mark), password)),
            "lzh-docs" => ($"{document}.lzh", LzhMaker.Make(new LzhMember($"{document}.docx", Letter(mark)))),
            "7z-docs" => ($"{document}.7z", SevenZipMaker.SevenZip(Documents(document, mark))),
            "zip-logs" => ("logs.zip", ZipMaker.Zip([new("app.log", Log(mark)), new("event.log", Log(mark + "2"))])),
            "zip-scripts" => ("logs.zip", ZipMaker.Zip(Scripts(mark))),
            "sfx-docs" => ($"{document}.exe", [.. Stub(mark), .. ZipMaker.Zip(Documents(document, mark))]),
            "sfx-locked" => (
                $"{document}.exe",
                [.. Stub(mark), .. ZipMaker.Zip(Documents(document, mark), Locked(password, ZipLock.Aes256))]
            ),
            "installer" => ("setup_v2.exe", Stub(mark)),
            "zip-installer" => (
                "update_v2.zip",
                ZipMaker.Zip([new("update/setup.exe", Stub(mark)), MadeFile.Text("update/readme.txt", mark)])
            ),
            _ => throw new FormatException($"no file '{kind}'"),
        };

    /// <summary>A letter with text of its own.</summary>
    public static byte[] Letter(string mark) => OpenXmlMaker.Letter($"<w:p><w:r><w:t>{mark}</w:t></w:r></w:p>").Build();

    /// <summary>A document with a project of macros.</summary>
    public static byte[] WithMacro(string part, string type, string source, string mark)
    {
        var folder = part[..part.IndexOf('/', StringComparison.Ordinal)];
        var module = folder == "word" ? "ThisDocument" : "ThisWorkbook";
        var root = folder == "word" ? "w:document" : "workbook";
        return new OpenXmlMaker()
            .Main(part, $"{type}.macroEnabled.main")
            .Properties("yamada", "sato")
            .Xml(part, root, folder == "word" ? $"<w:body><w:p><w:r><w:t>{mark}</w:t></w:r></w:p></w:body>" : "<sheets/>")
            .Rels($"{folder}/_rels/{part[(folder.Length + 1)..]}.rels", ("rId1", "vbaProject", "vbaProject.bin", false))
            .Part($"{folder}/vbaProject.bin", new VbaMaker().Module(module, source, isClass: true).Build())
            .Build();
    }

    /// <summary>Letters and figures of a text, for formats without Japanese.</summary>
    public static string Latin(string mark) => string.Concat(mark.Where(char.IsAsciiLetterOrDigit));

    private static ZipChoices Locked(string password, ZipLock kind) =>
        new()
        {
            Lock = kind,
            Password = password,
            Names = ZipNames.Cp932,
        };

    private static byte[] Book(string mark) =>
        new OpenXmlMaker()
            .Main("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.sheet.main")
            .Properties("yamada", "sato", "Microsoft Excel")
            .Xml("xl/workbook.xml", "workbook", "<sheets/>")
            .Part("xl/sharedStrings.xml", $"<sst><si><t>{mark}</t></si></sst>")
            .Build();

    /// <summary>A mail with a harmful archive that the sender got himself.</summary>
    private static byte[] Suspicious(string mark)
    {
        var (name, content) = HarmfulFiles.Make("bad-zip-exe", "請求書", mark, "");
        return new MailMaker()
            .Header(
                "Received",
                "from mail.sender.example ([203.0.113.9]) by mx.receiver.example with ESMTP; Thu, 17 Oct 2013 09:02:05 +0900"
            )
            .Header("Date", "Thu, 17 Oct 2013 09:02:00 +0900")
            .Header("From", "billing@sender.example")
            .Header("To", "someone@receiver.example")
            .Header("Subject", MailMaker.Word("請求書の件"))
            .Header("Message-ID", $"<{Latin(mark)}@sender.example>")
            .Header("MIME-Version", "1.0")
            .Mixed("請求書をお送りします。", Charsets.Jis, "iso-2022-jp", (name, content))
            .Done();
    }

    private static List<MadeFile> Documents(string document, string mark) =>
        [new($"{document}.docx", Letter(mark)), new($"{document}_別紙.xlsx", Book(mark))];

    private static byte[] Log(string mark) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i => $"2013-10-17 09:{i:00}:12 INFO {mark} step {i}\r\n")));

    private static List<MadeFile> Scripts(string mark) =>
        [
            new("logs/app.log", Log(mark)),
            new("logs/collect.bat", [.. ScriptMaker.Ordinary(), .. Encoding.ASCII.GetBytes($"rem {Latin(mark)}\r\n")]),
            new(
                "logs/total.js",
                Encoding.UTF8.GetBytes(
                    $"// {mark}\r\nfunction total(rows) {{ var t = 0; for (var i = 0; i < rows.length; i++) {{ t += rows[i]; }} return t; }}\r\nvar x = total([1, 2, 3]);\r\nconsole.log(x);\r\n"
                )
            ),
            new("logs/run.sh", Encoding.UTF8.GetBytes($"#!/bin/sh\n# {mark}\nset -e\nls -l /var/log > list.txt\n")),
        ];

    private static byte[] Stub(string mark) =>
        new PortableMaker()
            .Imports(("KERNEL32.DLL", ["ExitProcess", "CreateFileA"]), ("USER32.dll", ["MessageBoxA"]))
            .Version(("CompanyName", "例示システム株式会社"), ("FileDescription", "セットアップ"), ("ProductVersion", mark))
            .Build();
}
