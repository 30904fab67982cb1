using System.Text;
using Noroshi.MailAnatomy.FileTypes.OpenXml;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.OpenXml;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.OpenXml;

public sealed class OpenXmlTests
{
    [Fact]
    public void A_letter_says_who_made_it()
    {
        var letter = Dissect(OpenXmlMaker.Letter().Build(), "letter.docx");

        letter.Format.ShouldBe("docx");
        Values(letter, "author").ShouldBe(["yamada"]);
        Values(letter, "lastAuthor").ShouldBe(["wang"]);
        Values(letter, "title").ShouldBe(["調査のお願い"]);
        Values(letter, "company").ShouldBe(["Example Lab"]);
        Values(letter, "application").ShouldBe(["Microsoft Office Word"]);
        Values(letter, "applicationVersion").ShouldBe(["14.0000"]);
        Values(letter, "template").ShouldBe(["Normal.dotm"]);
        Values(letter, "editingMinutes").ShouldBe(["7"]);
        Values(letter, "createdAt").ShouldBe(["2013-10-17T00:10:00Z"]);
        Values(letter, "savedAt").ShouldBe(["2013-10-17T09:25:00+09:00"]);
        Values(letter, "customProperty").ShouldBe(["KSOProductBuildVer=2052-9.1.0.4550"]);
        Values(letter, "rsidRoot").ShouldBe(["00A77427"]);
        Values(letter, "rsids").ShouldBe(["00123ABC 00A77427"]);
        Values(letter, "documentId").ShouldBe(["4F3A2B1C", "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}"]);
        Values(letter, "language").ShouldBe(["en-US", "zh-CN"]);
        letter.Findings.ShouldBeEmpty();
        letter.Children.ShouldBeEmpty();
    }

    [Fact]
    public void A_trait_says_where_it_stands() =>
        Dissect(OpenXmlMaker.Letter().Build(), "letter.docx")
            .Traits.Single(trait => trait.Name == "author")
            .Where.ShouldBe("docProps/core.xml creator");

    [Fact]
    public void Reviewers_are_contributors()
    {
        var letter = Dissect(OpenXmlMaker.Reviewed(), "reviewed.docx");

        Values(letter, "contributor").ShouldBe(["li", "zhang"]);
        Values(letter, "contributorAccount").ShouldBe(["S::li@example.com::0d9f9d1c-0000-4000-8000-000000000001"]);
    }

    [Theory]
    [InlineData("http://template.example.com/t.dotm", "ooxml.remote-template")]
    [InlineData("file:///\\\\host.example.com\\s\\t.dotm", "ooxml.remote-template")]
    [InlineData("\\\\10.0.0.1\\s\\t.dotm", "ooxml.remote-template")]
    public void A_template_on_a_server_is_suspicious(string target, string code)
    {
        var letter = Dissect(OpenXmlMaker.RemoteTemplate(target), "t.docx");

        Codes(letter).ShouldBe([code]);
        Values(letter, "externalTarget").ShouldBe([target]);
    }

    [Fact]
    public void A_template_on_the_makers_own_disk_is_a_trait()
    {
        var letter = Dissect(OpenXmlMaker.RemoteTemplate("file:///C:\\Users\\wang\\Templates\\t.dotm"), "t.docx");

        Codes(letter).ShouldBeEmpty();
        Values(letter, "templatePath").ShouldBe(["file:///C:\\Users\\wang\\Templates\\t.dotm"]);
    }

    [Fact]
    public void What_is_loaded_from_outside_is_noticed_and_links_are_indicators()
    {
        var letter = Dissect(OpenXmlMaker.Outside(), "o.docx");

        Codes(letter).ShouldBe(["ooxml.alt-chunk", "ooxml.odd-link", "ooxml.remote-content", "ooxml.remote-object"]);
        letter.Indicators.Urls.Select(url => url.Value).ShouldContain(one => one == "http://link.example.com/");
        letter.Indicators.Urls.Select(url => url.Value).ShouldContain(one => one == "http://pixel.example.com/1.png");
        letter.Children.ShouldHaveSingleItem().Format.ShouldBe("rtf");
    }

    [Fact]
    public void A_DDE_field_is_found_however_it_is_spread()
    {
        var letter = Dissect(OpenXmlMaker.Dde(), "d.docx");

        Codes(letter).ShouldBe(["ooxml.dde", "ooxml.remote-content"]);
        Values(letter, "commandLine").ShouldBe([@"c:\\windows\\system32\\calc.exe /x harmless", "note a b"]);
        Values(letter, "externalTarget").ShouldBe(["http://picture.example.com/p.png"]);
    }

    [Fact]
    public void Files_in_a_document_are_taken_out()
    {
        var inner = DocumentMaker.Doc(macros: true);
        var letter = Dissect(OpenXmlMaker.WithFiles(inner), "f.docm");

        letter
            .Children.Select(child => child.Name)
            .ShouldBe(["word/project.dat", "word/embeddings/oleObject1.bin", "word/media/image1.png"]);
        letter.Children[1].Format.ShouldBe("doc");
        Values(letter, "macros").ShouldBe(["vba"]);
    }

    [Fact]
    public void A_macro_project_in_a_type_without_macros_is_noticed() =>
        Codes(Dissect(OpenXmlMaker.Letter().Part("word/vbaProject.bin", "x").Build(), "m.docx"))
            .ShouldContain(one => one == "ooxml.macro-in-plain");

    [Fact]
    public void A_workbook_says_where_it_lay_and_what_it_hides()
    {
        var book = Dissect(OpenXmlMaker.Workbook(), "b.xlsx");

        Values(book, "originalPath").ShouldBe([@"C:\Users\wang\Desktop\targets\"]);
        Values(book, "printer").ShouldBe([@"\\srv\HP LaserJet"]);
        Values(book, "hiddenSheet").ShouldBe(["veryHidden Macro1"]);
        Values(book, "documentId").ShouldBe(["{11112222-3333-4444-5555-666677778888}"]);
        Values(book, "macros").ShouldBe(["xlm"]);
        Values(book, "dataConnection").ShouldBe(["Provider=X;Data Source=db.example.com", "select 1"]);
        Values(book, "commandLine").ShouldBe(["cmd /c rem harmless"]);
        Codes(book).ShouldBe(["ooxml.auto-name", "ooxml.dde", "ooxml.hidden-sheet", "ooxml.macro-sheet", "ooxml.remote-content"]);
        book.Indicators.Urls.Select(url => url.Value).ShouldContain(one => one == "http://shared.example.com/list");
        book.Indicators.Urls.Select(url => url.Value).ShouldContain(one => one == "http://sheet.example.com/x");
    }

    [Fact]
    public void A_binary_workbook_is_read_too()
    {
        var book = Dissect(OpenXmlMaker.BinaryWorkbook(), "b.xlsb");

        book.Format.ShouldBe("xlsb");
        Values(book, "originalPath").ShouldBe([@"D:\work\"]);
        Values(book, "hiddenSheet").ShouldBe(["veryHidden Secret"]);
        Codes(book).ShouldBe(["ooxml.auto-name", "ooxml.hidden-sheet"]);
        book.Indicators.Urls.ShouldHaveSingleItem().Value.ShouldBe("http://binary.example.com/");
    }

    [Fact]
    public void A_slide_that_runs_a_program_is_suspicious()
    {
        var show = Dissect(OpenXmlMaker.Show(), "s.pptx");

        Codes(show).ShouldBe(["ooxml.run-action"]);
        Values(show, "contributor").ShouldBe(["zhao"]);
        show.Indicators.Urls.ShouldHaveSingleItem().Value.ShouldBe("http://slide.example.com/");
    }

    [Fact]
    public void An_OpenDocument_text_is_read()
    {
        var text = Dissect(OpenXmlMaker.OpenDocumentText(), "t.odt");

        Values(text, "author").ShouldBe(["yamada"]);
        Values(text, "lastAuthor").ShouldBe(["wang"]);
        Values(text, "application").ShouldBe(["LibreOffice/4.1"]);
        Values(text, "editingMinutes").ShouldBe(["63"]);
        Values(text, "customProperty").ShouldBe(["部署=総務"]);
        Values(text, "printer").ShouldBe(["EPSON"]);
        Values(text, "macros").ShouldBe(["basic"]);
        Codes(text).ShouldBe(["odf.auto-script", "ooxml.remote-template"]);
        text.Indicators.Urls.Select(url => url.Value).ShouldContain(one => one == "http://basic.example.com/");
    }

    [Fact]
    public void A_locked_OpenDocument_says_that_it_was_not_opened()
    {
        var locked = Dissect(DocumentMaker.OpenDocument("application/vnd.oasis.opendocument.text", encrypted: true), "t.odt");

        locked.Encryption.ShouldBe("opendocument");
        Codes(locked).ShouldBe(["odf.locked"]);
    }

    [Theory]
    [InlineData("http://a.example.com/x", TargetPlace.Web)]
    [InlineData("\\\\host\\share\\x", TargetPlace.Share)]
    [InlineData("file://host/share/x", TargetPlace.Share)]
    [InlineData("file:///\\\\host\\share", TargetPlace.Share)]
    [InlineData("file:///C:/x", TargetPlace.Local)]
    [InlineData("C:\\x", TargetPlace.Local)]
    [InlineData("../x.xlsx", TargetPlace.Local)]
    [InlineData("mhtml:http://a.example.com/x!x-usc:http://a.example.com/x", TargetPlace.Odd)]
    [InlineData("ms-msdt:/id", TargetPlace.Odd)]
    [InlineData("search-ms:query=x", TargetPlace.Odd)]
    [InlineData("ms-word:ofe|u|https://a.example.com/x", TargetPlace.Inside)]
    [InlineData("mailto:a@example.com", TargetPlace.Inside)]
    [InlineData("#bookmark", TargetPlace.Inside)]
    internal void Places_of_targets(string target, TargetPlace place) => LinkTarget.Of(target).ShouldBe(place);

    [Fact]
    public void Backslashes_and_doubled_names_are_noticed()
    {
        var bytes = OpenXmlMaker.Letter().Part("word\\extra.xml", "<a/>").Part("WORD/DOCUMENT.XML", "<w/>").Build();

        Codes(Dissect(bytes, "b.docx")).ShouldBe(["ooxml.backslash", "ooxml.part-name"]);
    }

    [Fact]
    public void XML_in_UTF_16_is_read()
    {
        var core = Encoding.Unicode.GetBytes("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?><c><creator>山田</creator></c>");
        var bytes = new OpenXmlMaker()
            .Main("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document.main")
            .Part("docProps/core.xml", core)
            .Xml("word/document.xml", "w:document", "")
            .Build();

        Values(Dissect(bytes, "u.docx"), "author").ShouldBe(["山田"]);
    }

    [Fact]
    public void Documents_in_each_other_end_at_the_depth_limit()
    {
        var bytes = OpenXmlMaker.Letter().Build();
        for (var i = 0; i < 40; i++)
        {
            bytes = OpenXmlMaker.Letter().Part("word/embeddings/next.docx", bytes).Build();
        }

        var depth = 0;
        var file = Dissect(bytes, "n.docx");
        for (; file.Children.Count > 0; depth++)
        {
            file = file.Children[0];
        }

        depth.ShouldBe(8);
        Codes(file).ShouldBe(["limit.depth"]);
    }

    internal static FileFacts Dissect(byte[] bytes, string name) => Dissector.File(bytes, name);

    internal static string[] Values(FileFacts file, string trait) =>
        [.. file.Traits.Where(one => one.Name == trait).Select(one => one.Value)];

    internal static string[] Codes(FileFacts file) =>
        [.. file.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
