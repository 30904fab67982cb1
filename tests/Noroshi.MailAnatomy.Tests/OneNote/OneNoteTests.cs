using Noroshi.Makers.FileTypes;
using Noroshi.Makers.OneNote;
using Shouldly;
using Xunit;
using static Noroshi.MailAnatomy.Tests.OpenXml.OpenXmlTests;

namespace Noroshi.MailAnatomy.Tests.OneNote;

public sealed class OneNoteTests
{
    [Fact]
    public void Attached_files_are_taken_out_by_name()
    {
        var section = Dissect(
            OneNoteMaker.Section(
                ("note.txt", @"C:\Users\wang\note.txt", "harmless text"u8.ToArray()),
                ("table.doc", @"C:\Users\wang\table.doc", DocumentMaker.Doc())
            ),
            "s.one"
        );

        section.Children.Select(child => child.Name).ShouldBe(["note.txt", "table.doc"]);
        section.Children[1].Format.ShouldBe("doc");
        Values(section, "originalPath").ShouldBe([@"C:\Users\wang\note.txt", @"C:\Users\wang\table.doc"]);
        Values(section, "pageTitle").ShouldBe(["見積書"]);
        Values(section, "author").ShouldBe(["wang"]);
        section.Indicators.Urls.ShouldHaveSingleItem().Value.ShouldBe("http://note.example.com/");
        Codes(section).ShouldBeEmpty();
    }

    [Fact]
    public void A_program_is_suspicious_by_content_and_by_name()
    {
        Codes(Dissect(OneNoteMaker.Section(("picture.png", "x", ProgramMaker.Pe())), "s.one")).ShouldBe(["onenote.program"]);
        Codes(Dissect(OneNoteMaker.Section(("a.hta", "x", "words"u8.ToArray())), "s.one")).ShouldBe(["onenote.program"]);
    }

    [Fact]
    public void Strings_that_overlap_do_not_multiply_the_bytes()
    {
        var bytes = Noroshi.Makers.Hostile.HostileOfficeXml.All.Single(input => input.Variant == "strings-that-overlap").Make();
        var known = MailAnatomy.FileTypes.FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        var before = GC.GetAllocatedBytesForCurrentThread();

        known.Recogniser.Inspect(bytes, known.Match, new MailAnatomy.FileTypes.FileInspection());

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(32 << 20);
    }

    [Fact]
    public void Pictures_are_left_where_they_are() =>
        Dissect(OneNoteMaker.Section(("picture.png", "x", ProgramMaker.Png())), "s.one").Children.ShouldBeEmpty();

    [Fact]
    public void A_length_beyond_the_end_takes_what_is_there()
    {
        byte[] bytes = [.. OneNoteMaker.Section(), .. OneNoteMaker.FileData("0123"u8.ToArray(), long.MaxValue)];
        var section = Dissect(bytes, "s.one");

        Codes(section).ShouldBe(["onenote.broken"]);
        section.Children.Count.ShouldBe(1);
    }
}
