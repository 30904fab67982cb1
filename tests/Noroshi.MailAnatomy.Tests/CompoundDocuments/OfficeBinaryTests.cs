using System.Text;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.OfficeBinary;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.CompoundDocuments;

public sealed class OfficeBinaryTests
{
    [Fact]
    public void Word_tells_who_saved_where_and_who_took_part()
    {
        var seen = new Inspected(
            WordMaker.Document("Mixed text 日本語の本文です。", ["山田", @"C:\Users\yamada\調査.doc", "sato", @"\\nas\share\a.doc"])
        );

        seen.Values("contributor").ShouldBe(["山田", "sato", "鈴木 一郎"]);
        seen.Values("originalPath").ShouldBe([@"C:\Users\yamada\調査.doc", @"\\nas\share\a.doc"]);
        seen.Values("author").ShouldBe(["山田 太郎"]);
        seen.Values("lastAuthor").ShouldBe(["佐藤 花子"]);
        seen.Values("language").ShouldBe(["0411"]);
        seen.Text.ShouldBe("Mixed text 日本語の本文です。");
        seen.Where("contributor").ShouldBe("1Table/SttbSavedBy/0");
    }

    [Fact]
    public void Fields_of_word_that_start_programs_or_load_are_reported()
    {
        var text =
            "Text "
            + WordMaker.Field(@"DDEAUTO c:\\windows\\system32\\cmd.exe ""/k echo""")
            + WordMaker.Field(@"INCLUDEPICTURE ""http://pic.example.jp/a.png"" \d")
            + WordMaker.Field(@"HYPERLINK ""http://link.example.jp/""");

        var seen = new Inspected(WordMaker.Document(text));

        seen.Codes.ShouldBe(["field.dde", "field.remote-content"]);
        seen.Values("commandLine").ShouldHaveSingleItem().ShouldStartWith("DDEAUTO");
        seen.Values("externalTarget").ShouldBe(["http://pic.example.jp/a.png", "http://link.example.jp/"]);
    }

    [Fact]
    public void A_field_hidden_in_the_result_of_another_is_put_together()
    {
        var text = "\u0013 DDE" + "\u0013 QUOTE 65 \u0014AUTO\u0015" + " cmd \"/k\" \u0014x\u0015";

        new Inspected(WordMaker.Document(text)).Detail("field.dde").ShouldBe("DDEAUTO cmd \"/k\"");
    }

    [Fact]
    public void A_template_on_another_machine_is_reported()
    {
        var seen = new Inspected(WordMaker.Document("x", template: @"\\203.0.113.5\t\a.dot"));

        seen.Codes.ShouldBe(["field.remote-content"]);
        seen.Values("externalTarget").ShouldBe([@"\\203.0.113.5\t\a.dot"]);
    }

    [Fact]
    public void Macro_sheets_are_shown_with_their_formulas()
    {
        var book = new WorkbookMaker()
            .Writer("山田 太郎")
            .BuiltInName(1, hidden: true)
            .Sheet("表紙", 0, 0)
            .Sheet(
                "Macro1",
                2,
                1,
                WorkbookMaker.Formula(
                    0,
                    WorkbookMaker.Number(99),
                    WorkbookMaker.FixedFunction(0x6F),
                    WorkbookMaker.Text("md.exe /c echo"),
                    WorkbookMaker.Join(),
                    WorkbookMaker.Function(0x6E, 1)
                ),
                WorkbookMaker.Formula(1, WorkbookMaker.Function(0x36, 0))
            );

        var seen = new Inspected(book.File());

        seen.Format.ShouldBe("xls");
        seen.Values("lastAuthor").ShouldBe(["山田 太郎"]);
        seen.Values("macros").ShouldBe(["xlm"]);
        seen.Values("hiddenSheet").ShouldBe(["veryHidden: Macro1"]);
        seen.Values("autoRun").ShouldBe(["Auto_Open (hidden)"]);
        seen.Values("commandLine").ShouldBe(["=EXEC(\"cmd.exe /c echo\")"]);
        seen.Where("commandLine").ShouldBe("Workbook/Macro1!A1");
        seen.Codes.ShouldBe(["macro.auto-run", "macro.hidden-sheet", "macro.sheet-program"]);
        seen.Text.ShouldContain("A2: =HALT()");
    }

    [Fact]
    public void Links_of_workbooks_and_dde_are_told_and_shared_strings_are_read_across_records()
    {
        var book = new WorkbookMaker()
            .Linked("\u0001\u0001C調\u0003".Replace("調", "Users\u0003yamada", StringComparison.Ordinal) + "b.xls")
            .Linked("cmd\u0003/c echo")
            .Shared("照会先は http://sst.example.jp/ です", "二番目")
            .Sheet("Sheet1", 0, 0, WorkbookMaker.Record(0x1B8, [.. new byte[28], .. OleObjectMaker.UrlMoniker("http://cell.example.jp/")]));

        var seen = new Inspected(book.File());

        seen.Values("originalPath").ShouldBe([@"C:\Users\yamada\b.xls"]);
        seen.Values("commandLine").ShouldBe(["cmd|/c echo"]);
        seen.Values("externalTarget").ShouldBe(["http://cell.example.jp/"]);
        seen.Codes.ShouldBe(["field.dde"]);
        seen.Text.ShouldContain("照会先は http://sst.example.jp/ です\n二番目");
    }

    [Fact]
    public void Presentations_tell_who_saved_and_what_a_click_does()
    {
        var project = new VbaMaker("Deck").Module("Module1", "Sub Auto_Open()\r\nEnd Sub\r\n").Build();
        var deck = new PresentationMaker()
            .Text("表紙の文字")
            .Link("http://slide.example.jp/")
            .Runs(@"C:\Windows\System32\calc.exe")
            .Object(project);

        var seen = new Inspected(deck.File());

        seen.Format.ShouldBe("ppt");
        seen.Values("lastAuthor").ShouldBe(["山田 太郎"]);
        seen.Values("externalTarget").ShouldBe(["http://slide.example.jp/"]);
        seen.Values("commandLine").ShouldBe([@"C:\Windows\System32\calc.exe"]);
        seen.Codes.ShouldBe(["field.runs-program"]);
        seen.Text.ShouldContain("表紙の文字");
        seen.Inner.ShouldHaveSingleItem().Bytes.ShouldBe(project);
        new Inspected(seen.Inner[0].Bytes).Values("vbaProjectName").ShouldBe(["Deck"]);
    }

    [Fact]
    public void Packed_files_are_handed_over_with_the_paths_of_their_maker()
    {
        var data = Encoding.ASCII.GetBytes("content of the packed file");
        var native = OleObjectMaker.Native(
            "invoice.pdf",
            @"C:\Users\yamada\work\invoice.exe",
            @"C:\Users\yamada\AppData\Local\Temp\invoice.exe",
            data
        );

        var seen = new Inspected(WordMaker.Document("x").Stream("ObjectPool/_1/\u0001Ole10Native", native));

        seen.Values("originalName").ShouldBe(["invoice.pdf"]);
        seen.Values("originalPath").ShouldBe([@"C:\Users\yamada\work\invoice.exe", @"C:\Users\yamada\AppData\Local\Temp\invoice.exe"]);
        seen.Detail("compound.package").ShouldStartWith("invoice.pdf (invoice.exe)");
        seen.Inner.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(inner => inner.Name.ShouldBe("invoice.exe"), inner => inner.Bytes.ShouldBe(data));
    }

    [Fact]
    public void Embedded_documents_become_files_of_their_own()
    {
        var book = new WorkbookMaker().Writer("inner user").Sheet("A", 0, 0).Stream();
        var seen = new Inspected(
            WordMaker
                .Document("x")
                .Stream("ObjectPool/_7/Workbook", book)
                .Stream("ObjectPool/_7/\u0001CompObj", OleObjectMaker.CompObj("Worksheet", "Excel.Sheet.8"))
                .Stream("ObjectPool/_7/Deep/Stream", new byte[5_000])
        );

        seen.Values("objectClass").ShouldBe(["Excel.Sheet.8"]);
        var inner = seen.Inner.ShouldHaveSingleItem();
        inner.Name.ShouldBe("ObjectPool/_7.xls");
        var inside = new Inspected(inner.Bytes);
        inside.Format.ShouldBe("xls");
        inside.Values("lastAuthor").ShouldBe(["inner user"]);
        inside.Codes.ShouldBeEmpty();
    }

    [Fact]
    public void Linked_objects_and_exploited_classes_are_reported()
    {
        var seen = new Inspected(
            WordMaker
                .Document("x")
                .Stream("ObjectPool/_1/\u0001Ole", OleObjectMaker.UrlLink("http://evil.example.jp/x.hta"))
                .Stream("ObjectPool/_2/\u0001CompObj", OleObjectMaker.CompObj("Microsoft Equation", "Equation.3"))
                .Stream("ObjectPool/_2/Equation Native", new byte[60])
                .Stream("ObjectPool/_3/\u0001Ole", [.. new byte[20], .. OleObjectMaker.FileMoniker(@"C:\Users\yamada\linked.xls")])
        );

        seen.Codes.ShouldBe(["compound.exploited-class", "compound.remote-link"]);
        seen.Values("externalTarget").ShouldBe(["http://evil.example.jp/x.hta"]);
        seen.Values("originalPath").ShouldBe([@"C:\Users\yamada\linked.xls"]);
        seen.Text.ShouldContain("http://evil.example.jp/x.hta");
    }

    [Fact]
    public void Data_behind_the_last_sector_is_reported_and_handed_over()
    {
        var file = WordMaker.Document("x").Build();
        var behind = Enumerable.Range(0, 3_000).Select(i => (byte)((i * 7) | 1)).ToArray();

        var seen = new Inspected([.. file, .. behind]);

        seen.Detail("compound.trailing-data").ShouldBe($"3000 bytes@{file.Length}");
        seen.Inner.ShouldHaveSingleItem().Bytes.ShouldBe(behind);
    }

    [Fact]
    public void Times_and_class_of_the_root_are_traits()
    {
        var file = new CompoundMaker { ClassId = new Guid("00020906-0000-0000-c000-000000000046") }.Stream("WordDocument", new byte[64]);
        var bytes = file.Build();
        var root = (BitConverter.ToInt32(bytes, 0x30) + 1) * 512;
        BitConverter.TryWriteBytes(bytes.AsSpan(root + 108), new DateTime(2013, 9, 9, 8, 7, 6, DateTimeKind.Utc).ToFileTimeUtc());

        var seen = new Inspected(bytes);

        seen.Values("classId").ShouldBe(["{00020906-0000-0000-c000-000000000046}"]);
        seen.Values("storageTime").ShouldBe(["2013-09-09T08:07:06Z"]);
    }
}
