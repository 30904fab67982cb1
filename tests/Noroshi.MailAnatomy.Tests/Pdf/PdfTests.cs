using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.Makers.Pdf;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Pdf;

public sealed class PdfTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_made_the_document_and_with_what_is_a_trait(bool packed)
    {
        var (_, found) = Look(new PdfMaker { Packed = packed }.Build());

        Values(found, "author").ShouldBe(["Taro Yamada"]);
        Values(found, "title").ShouldBe(["請求書"]);
        Values(found, "application").ShouldBe(["Writer 2.0"]);
        Values(found, "producer").ShouldBe(["Made Library 1.4"]);
        Values(found, "createdAt").ShouldBe(["2013-10-17T09:02:03+09:00"]);
        Values(found, "savedAt").ShouldBe(["2013-10-18T00:00:00"]);
        Values(found, "documentId").ShouldBe([Convert.ToHexStringLower(PdfMaker.Id)]);
        Values(found, "pages").ShouldBe(["1"]);
        Values(found, "pdfCrossReference").ShouldBe([packed ? "stream" : "table"]);
        found.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_of_the_page_is_looked_through(bool packed)
    {
        var (_, found) = Look(
            new PdfMaker { Packed = packed }
                .Line("see http://page.example/a")
                .Build()
        );

        found.Texts.ShouldContain(text => text.Contains("Quarterly figures", StringComparison.Ordinal));
        found.Texts.ShouldContain(text => text.Contains("http://page.example/a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_script_that_runs_by_itself_is_found(bool packed, bool asStream)
    {
        const string Source = "app.alert('http://script.example/');";
        var (_, found) = Look(
            new PdfMaker { Packed = packed }
                .Script(Source, asStream)
                .Build()
        );

        Codes(found).ShouldBe(["pdf.javascript", "pdf.open-action"], ignoreOrder: true);
        found.Texts.ShouldContain(Source, StringComparer.Ordinal);
        Values(found, "pdfKeywords").ShouldHaveSingleItem().ShouldContain("JavaScript=1");
    }

    [Fact]
    public void Going_to_the_first_page_is_no_action() =>
        Codes(Look(new PdfMaker().Catalog("/OpenAction[3 0 R/Fit]").Build()).Found).ShouldBeEmpty();

    [Fact]
    public void A_field_that_formats_what_is_typed_does_not_start_by_itself()
    {
        var maker = new PdfMaker();
        var field = maker.Add("<</FT/Tx/T(a)/AA<</F<</S/JavaScript/JS(x)>>>>>>");

        Codes(Look(maker.Catalog($"/AcroForm<</Fields[{field} 0 R]>>").Build()).Found).ShouldBe(["pdf.javascript"]);
    }

    [Fact]
    public void A_page_that_acts_when_shown_starts_by_itself() =>
        Codes(Look(new PdfMaker().Page("/AA<</O<</S/URI/URI(http://o.example/)>>>>").Build()).Found).ShouldBe(["pdf.open-action"]);

    [Fact]
    public void A_launch_action_gives_the_command_line()
    {
        var maker = new PdfMaker();
        var launch = maker.Add(@"<</S/Launch/Win<</F(cmd.exe)/P(/c echo http://launch.example/x)>>>>");
        var (_, found) = Look(maker.Catalog($"/OpenAction {launch} 0 R").Build());

        Values(found, "commandLine").ShouldBe(["cmd.exe /c echo http://launch.example/x"]);
        Codes(found).ShouldBe(["pdf.launch", "pdf.open-action"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_embedded_file_is_inside(bool packed)
    {
        var content = Encoding.ASCII.GetBytes("the content");
        var (_, found) = Look(
            new PdfMaker { Packed = packed }
                .File("資料.exe", content)
                .Build()
        );

        var inner = found.Inner.ShouldHaveSingleItem();
        inner.Name.ShouldBe("資料.exe");
        inner.Size.ShouldBe(content.Length);
        using var stream = inner.Open.ShouldNotBeNull()();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.ToArray().ShouldBe(content);
        Codes(found).ShouldBe(["pdf.embedded-file"]);
    }

    [Fact]
    public void Links_are_targets_and_text()
    {
        var (_, found) = Look(new PdfMaker().Link("http://link.example/a").Build());

        Values(found, "externalTarget").ShouldBe(["http://link.example/a"]);
        found.Texts.ShouldContain("http://link.example/a", StringComparer.Ordinal);
        found.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_form_says_where_it_sends_its_fields()
    {
        var maker = new PdfMaker();
        maker.Add("<</S/SubmitForm/F<</FS/URL/F(http://form.example/post)>>>>");
        var (_, found) = Look(maker.Build());

        Codes(found).ShouldBe(["pdf.submit-form"]);
        Values(found, "externalTarget").ShouldBe(["http://form.example/post"]);
    }

    [Theory]
    [InlineData(@"\\\\files.example\\share\\a.pdf", true)]
    [InlineData("http://files.example/a.pdf", true)]
    [InlineData("appendix.pdf", false)]
    public void Reading_a_file_of_another_machine_is_suspicious(string target, bool suspicious)
    {
        var maker = new PdfMaker();
        maker.Add($"<</S/GoToR/D[0/Fit]/F({target})>>");

        Codes(Look(maker.Build()).Found).ShouldBe(suspicious ? ["pdf.remote-target"] : []);
    }

    [Fact]
    public void Keywords_spelled_with_escapes_are_read_and_reported()
    {
        var maker = new PdfMaker();
        var script = maker.Add("<</S/J#61vaScr#69pt/J#53(x)>>");

        Codes(Look(maker.Catalog($"/Open#41ction {script} 0 R").Build()).Found)
            .ShouldBe(["pdf.javascript", "pdf.open-action", "pdf.obfuscated-name"], ignoreOrder: true);
    }

    [Fact]
    public void Escapes_that_names_need_are_ordinary()
    {
        var maker = new PdfMaker();
        maker.Add("<</Type/Font/BaseFont/MS#20Gothic#2CBold/Name/A#42C>>");

        Codes(Look(maker.Build()).Found).ShouldBeEmpty();
    }

    [Fact]
    public void Data_around_the_file_and_updates_are_noticed()
    {
        var bytes = new PdfMaker().Build();
        byte[] updated = [.. bytes, .. "7 0 obj\n<</A 1>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"u8];

        var (_, around) = Look([.. "leading\n"u8, .. bytes, .. "and more behind"u8]);

        Codes(around).ShouldBe(["pdf.leading-data", "pdf.trailing-data"], ignoreOrder: true);
        Values(Look(updated).Found, "pdfUpdates").ShouldBe(["1"]);
        Codes(Look(updated).Found).ShouldBeEmpty();
    }

    [Fact]
    public void A_broken_file_still_shows_its_actions()
    {
        var bytes = new PdfMaker().Script("x()").Build();
        var cut = bytes[..Encoding.Latin1.GetString(bytes).IndexOf("xref", StringComparison.Ordinal)];

        Codes(Look(cut).Found).ShouldContain("pdf.javascript", StringComparer.Ordinal);
    }

    [Fact]
    public void Lies_about_lengths_hide_nothing()
    {
        var text = Encoding.Latin1.GetString(new PdfMaker().Script("x()", asStream: true).Build());
        foreach (var length in (string[])["/Length 0", "/Length 99999999", "/Length -5", "/Length 1 0 R"])
        {
            var lying = text.Replace("/Length 3>>", length + ">>", StringComparison.Ordinal);

            Look(Encoding.Latin1.GetBytes(lying)).Found.Texts.ShouldContain(text => text == "x()", length);
        }
    }

    [Fact]
    public void A_page_tree_that_loops_is_odd()
    {
        var text = Encoding.Latin1.GetString(new PdfMaker().Build()).Replace("/Kids[3 0 R]", "/Kids[2 0 R]", StringComparison.Ordinal);

        Codes(Look(Encoding.Latin1.GetBytes(text)).Found).ShouldBe(["pdf.odd-structure"]);
    }

    [Fact]
    public void Cut_and_flipped_files_are_read_without_an_exception()
    {
        var random = new Random(20131017);
        foreach (var packed in (bool[])[false, true])
        {
            var bytes = new PdfMaker { Packed = packed }
                .Script("x()")
                .File("a.txt", [1, 2, 3])
                .Link("http://a.example/")
                .Build();
            for (var round = 0; round < 250; round++)
            {
                var copy = bytes[..random.Next(20, bytes.Length)];
                Look(copy);
                copy = (byte[])bytes.Clone();
                for (var flips = 0; flips < 6; flips++)
                {
                    copy[random.Next(10, copy.Length)] = (byte)random.Next(256);
                }

                foreach (var inner in Look(copy).Found.Inner)
                {
                    inner.Name.ShouldNotBeNull();
                }
            }
        }
    }

    internal static (FileTypeMatch Match, FileInspection Found) Look(byte[] bytes)
    {
        var (recogniser, match) = FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        match.Type.ShouldBe(FileType.Pdf);
        var inspection = new FileInspection();
        recogniser.Inspect(bytes, match, inspection);
        return (match, inspection);
    }

    internal static IEnumerable<string> Values(FileInspection found, string trait) =>
        found.Traits.Where(one => one.Name == trait).Select(one => one.Value);

    internal static IEnumerable<string> Codes(FileInspection found) => found.Findings.Select(one => one.Code);
}
