using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Rtf;
using Shouldly;
using Xunit;
using static Noroshi.MailAnatomy.Tests.OpenXml.OpenXmlTests;

namespace Noroshi.MailAnatomy.Tests.Rtf;

public sealed class RtfTests
{
    private static readonly byte[] Inner = DocumentMaker.Doc();

    [Fact]
    public void A_letter_says_who_made_it()
    {
        var letter = Dissect(RtfMaker.Letter(), "letter.rtf");

        Values(letter, "author").ShouldBe(["yamada"]);
        Values(letter, "lastAuthor").ShouldBe(["wang"]);
        Values(letter, "company").ShouldBe(["Example Lab"]);
        Values(letter, "title").ShouldBe(["調査"]);
        Values(letter, "application").ShouldBe(["Riched20 6.1.7601"]);
        Values(letter, "createdAt").ShouldBe(["2013-10-17T09:05:00"]);
        Values(letter, "rsids").ShouldBe(["00830000 00A77427"]);
        Values(letter, "templatePath").ShouldBe([@"C:\Users\wang\t.dotx"]);
        Values(letter, "codePage").ShouldBe(["932"]);
        Values(letter, "language").ShouldBe(["en-US", "ja-JP"]);
        letter.Findings.ShouldBeEmpty();
        letter
            .Indicators.Urls.Select(url => url.Value)
            .ShouldBe(["http://link.example.com/", "http://body.example.com/"], ignoreOrder: true);
    }

    [Fact]
    public void An_object_is_taken_out_whole_however_it_is_written()
    {
        var data = RtfMaker.Ole1("Word.Document.8", Inner);
        foreach (var bytes in new[] { RtfMaker.WithObject(data), RtfMaker.Obfuscated(data), RtfMaker.Binary(data) })
        {
            var child = Dissect(bytes, "o.rtf").Children.ShouldHaveSingleItem();

            child.Format.ShouldBe("doc");
            child.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Inner)));
        }
    }

    [Fact]
    public void Broken_up_data_are_remarked_on() =>
        Codes(Dissect(RtfMaker.Obfuscated(RtfMaker.Ole1("Equation.3", Inner)), "o.rtf"))
            .ShouldBe(["rtf.auto-update", "rtf.equation", "rtf.header", "rtf.obfuscated-object", "rtf.object"]);

    [Fact]
    public void An_ordinary_object_is_only_noted()
    {
        var facts = Dissect(RtfMaker.WithObject(RtfMaker.Ole1("Excel.Sheet.8", Inner)), "o.rtf");

        Codes(facts).ShouldBe(["rtf.object"]);
        Values(facts, "objectClass").ShouldBe(["Package", "Excel.Sheet.8"]);
    }

    [Fact]
    public void A_package_tells_where_its_file_lay()
    {
        var package = RtfMaker.Package("note.txt", @"C:\Users\wang\Desktop\note.txt", @"C:\Temp\note.txt", "harmless"u8.ToArray());
        var facts = Dissect(RtfMaker.WithObject(RtfMaker.Ole1("Package", package)), "p.rtf");

        Values(facts, "originalPath").ShouldBe([@"C:\Users\wang\Desktop\note.txt", @"C:\Temp\note.txt"]);
        var child = facts.Children.ShouldHaveSingleItem();
        child.Name.ShouldBe("note.txt");
        child.Size.ShouldBe(8);
    }

    [Fact]
    public void A_linked_object_leads_outside()
    {
        byte[] link = [1, 5, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, .. "htmlfile\0"u8, 24, 0, 0, 0, .. "http://obj.example.com/\0"u8, 0, 0, 0, 0];
        var facts = Dissect(RtfMaker.WithObject(link, "\\objautlink\\objupdate"), "l.rtf");

        Codes(facts).ShouldBe(["rtf.auto-update", "rtf.linked-object", "rtf.object"]);
        Values(facts, "externalTarget").ShouldBe(["http://obj.example.com/"]);
    }

    [Theory]
    [InlineData("{\\*\\template http://template.example.com/x}")]
    [InlineData("{\\*\\template \\'68ttp://template.example.com/x}")]
    [InlineData("{\\*\\template \\u104?ttp://template.example.com/x}")]
    [InlineData("{\\*\\template \\u-65432?ttp://template.example.com/x}")]
    public void A_template_on_a_server_is_suspicious(string text)
    {
        var facts = Dissect(RtfMaker.Document(text), "t.rtf");

        Codes(facts).ShouldBe(["rtf.remote-template"]);
        Values(facts, "externalTarget").ShouldBe(["http://template.example.com/x"]);
    }

    [Fact]
    public void Fields_are_joined_and_judged()
    {
        var facts = Dissect(
            RtfMaker.Document(
                "{\\field{\\*\\fldinst {DDE}{AUTO c:\\\\\\\\windows\\\\\\\\calc.exe }{\"a\"}}{\\fldrslt x}}{\\field{\\*\\fldinst INCLUDEPICTURE \"http://p.example.com/p.png\" MERGEFORMAT \\\\d}{\\fldrslt }}"
            ),
            "f.rtf"
        );

        Codes(facts).ShouldBe(["rtf.dde", "rtf.remote-content"]);
        Values(facts, "commandLine").ShouldHaveSingleItem().ShouldContain("calc.exe");
    }

    [Fact]
    public void Data_behind_the_end_are_noted() =>
        Codes(Dissect([.. RtfMaker.Letter(), .. new byte[40], .. "0123456789abcdef0123456789abcdef"u8], "t.rtf"))
            .ShouldBe(["rtf.trailing"]);
}
