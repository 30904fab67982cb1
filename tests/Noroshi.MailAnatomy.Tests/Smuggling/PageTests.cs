using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Smuggling;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Smuggling;

public sealed class PageTests
{
    public static TheoryData<string> Ways => ["base64", "pieces", "numbers", "hex", "link"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_file_a_page_builds_is_inside_under_its_name(string way)
    {
        var file = DocumentMaker.Zip(("a.exe", "x"));
        var found = Look(Make(way, "請求書.zip", file));

        Codes(found).ShouldContain("html.smuggling", StringComparer.Ordinal);
        Codes(found).ShouldContain("script.payload", StringComparer.Ordinal);
        found.Traits.Single(one => one.Name == "downloadName").Value.ShouldBe(way == "link" ? "a.zip" : "請求書.zip");
        var inner = found.Inner.ShouldHaveSingleItem();
        inner.Name.ShouldBe(way == "link" ? "a.zip" : "請求書.zip");
        using var stream = inner.Open.ShouldNotBeNull()();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.ToArray().ShouldBe(file);
    }

    [Fact]
    public void What_is_inside_is_typed_and_opened()
    {
        var facts = Dissector.File(
            PageMaker.Base64("a.zip", DocumentMaker.Zip(("b.exe", Encoding.Latin1.GetString(ProgramMaker.Pe())))),
            "page.html"
        );

        facts.Children.ShouldHaveSingleItem().Format.ShouldBe("zip");
        facts.Children[0].Children.ShouldHaveSingleItem().Name.ShouldBe("b.exe");
    }

    [Fact]
    public void A_form_hidden_in_escapes_asks_for_a_password()
    {
        var found = Look(PageMaker.HiddenForm("http://form.example/post"));

        Codes(found).ShouldBe(["html.password-form"]);
        found.Texts.ShouldContain(text => text.Contains("http://form.example/post", StringComparison.Ordinal));
    }

    [Fact]
    public void An_open_form_asks_for_a_password_too() =>
        Codes(Look("<html><form action='http://a.example/'><input type = password></form></html>"u8.ToArray()))
            .ShouldBe(["html.password-form"]);

    [Fact]
    public void A_script_that_leads_on_is_noticed()
    {
        var found = Look("<html><script>setTimeout(function(){window.location = 'http://next.example/a'}, 10)</script></html>"u8.ToArray());

        Codes(found).ShouldBe(["html.redirect"]);
        found.Traits.Single(one => one.Name == "externalTarget").Value.ShouldBe("http://next.example/a");
    }

    [Fact]
    public void A_picture_with_script_is_noticed()
    {
        Codes(Look(PageMaker.Picture("x()"))).ShouldBe(["svg.script"]);
        Codes(Look("<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject><p/></foreignObject></svg>"u8.ToArray()))
            .ShouldBe(["svg.script"]);
        Codes(Look("<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"4\"/></svg>"u8.ToArray())).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html><script src=\"https://cdn.example/jquery.min.js\"></script><p>type: password reset done</p></html>")]
    [InlineData("<html><script>var x = 'aGVsbG8='; function f() { return location.href; }</script></html>")]
    [InlineData(
        "<html><img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\"></html>"
    )]
    public void Ordinary_pages_are_quiet(string page)
    {
        var found = Look(Encoding.UTF8.GetBytes(page));

        found.Findings.ShouldBeEmpty();
        found.Inner.ShouldBeEmpty();
    }

    [Fact]
    public void Cut_and_flipped_pages_are_read_without_an_exception()
    {
        var random = new Random(20131017);
        foreach (var way in (string[])["base64", "pieces", "numbers", "hex", "link"])
        {
            var bytes = Make(way, "a.zip", DocumentMaker.Zip(("a.exe", "x")));
            for (var round = 0; round < 150; round++)
            {
                var copy = (byte[])bytes.Clone();
                copy[random.Next(8, copy.Length)] = (byte)random.Next(256);
                Look(copy[..random.Next(8, copy.Length + 1)]).ShouldNotBeNull();
            }
        }
    }

    private static byte[] Make(string way, string name, byte[] file) =>
        way switch
        {
            "base64" => PageMaker.Base64(name, file),
            "pieces" => PageMaker.Pieces(name, file),
            "numbers" => PageMaker.Numbers(name, file),
            "hex" => PageMaker.Hex(name, file),
            _ => PageMaker.DataLink("a.zip", file),
        };

    private static FileInspection Look(byte[] bytes)
    {
        var inspection = new FileInspection();
        if (FileTypeTable.Recognise(bytes) is var (recogniser, match))
        {
            recogniser.Inspect(bytes, match, inspection);
        }

        return inspection;
    }

    private static IEnumerable<string> Codes(FileInspection found) => found.Findings.Select(one => one.Code);
}
