using CsCheck;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Naming;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

public sealed class FileNameTests
{
    private static readonly FileTypeMatch Pe = new(FileType.Executable, "pe32", ["exe", "scr", "dll"]);
    private static readonly FileTypeMatch Rtf = new(FileType.Office, "rtf", ["rtf"]);
    private static readonly FileTypeMatch Text = new(FileType.Other, "text", ["txt"]);
    private static readonly FileTypeMatch Jpg = new(FileType.Image, "jpg", ["jpg", "jpeg"]);

    [Theory]
    [InlineData("report\u202Efdp.exe", "reportexe.pdf")]
    [InlineData("調査票\u202Etxt.scr", "調査票rcs.txt")]
    [InlineData("a\u202Ecod.\u202Dexe", "aexe.doc")]
    [InlineData("list\u202Exslx.(1)\u202C.exe", "list(1).xlsx.exe")]
    [InlineData("a\u2067\u202Egpj.\u202C\u2069.exe", "a.jpg.exe")]
    [InlineData("photo\u202Egpj.scr", "photorcs.jpg")]
    [InlineData("re\u200Bport\uFEFF.pdf", "report.pdf")]
    [InlineData("report.pdf        .exe", "report.pdf        .exe")]
    [InlineData("資料\u3000\u3000\u3000.exe", "資料\u3000\u3000\u3000.exe")]
    [InlineData("a\u0001b.txt", "a\uFFFDb.txt")]
    [InlineData("会議（案）.docx", "会議（案）.docx")]
    [InlineData("\u202E", "")]
    [InlineData("😀\u202E😀gpj.exe", "😀exe.jpg😀")]
    public void What_a_victim_sees_is_the_name_as_it_is_drawn(string stored, string drawn) => FileNames.Displayed(stored).ShouldBe(drawn);

    [Theory]
    // Cases of UAX #9, drawn from left to right: letters in stored order run from the right in Hebrew.
    [InlineData("abc אבג def", "abc גבא def")]
    [InlineData("אבג 123", "123 גבא", "right-to-left words first, then the number to their left")]
    [InlineData("a אב(גד) b", "a (דג)בא b")]
    [InlineData("\u202Bcar \u202Aאבג\u202C 5\u202C", "car גבא 5")]
    public void Honest_right_to_left_names_are_drawn_by_the_same_rules(string stored, string drawn, string? why = null) =>
        FileNames.Displayed(stored).ShouldBe(drawn, why);

    [Theory]
    [InlineData("report\u202Efdp.exe", "report‹RLO›fdp.exe")]
    [InlineData("a\u2066b\u2069\u200B.txt", "a‹LRI›b‹PDI›‹ZWSP›.txt")]
    [InlineData("a.pdf    .exe", "a.pdf‹SP×4›.exe")]
    [InlineData("資料 その\u30001.pdf", "資料 その\u30001.pdf")]
    [InlineData("資料\u3000\u3000\u3000.exe", "資料‹U+3000×3›.exe")]
    [InlineData("a\u00A0b\r\n.txt", "a‹NBSP›b‹CR›‹LF›.txt")]
    [InlineData("a‹RLO›b", "a‹U+2039›RLO‹U+203A›b")]
    public void What_has_no_picture_is_spelled_out(string stored, string visible) => FileNames.Visible(stored).ShouldBe(visible);

    [Fact]
    public void Half_of_a_surrogate_pair_is_spelled_out() =>
        FileNames.Visible(string.Concat("x", (char)0xD800, "y")).ShouldBe("x‹U+D800›y");

    [Theory]
    [InlineData("report\u202Efdp.exe", Disguise.Rlo)]
    [InlineData("a\u2067b\u2069.txt", Disguise.Rlo)]
    [InlineData("report.pdf.exe", Disguise.DoubleExtension)]
    [InlineData("report.PDF.Exe", Disguise.DoubleExtension)]
    [InlineData("報告書.docx .scr", Disguise.DoubleExtension)]
    [InlineData("見積.xls.lnk", Disguise.DoubleExtension)]
    [InlineData("a.jtd.js", Disguise.DoubleExtension)]
    [InlineData("a.pdf.iso", Disguise.DoubleExtension)]
    [InlineData("a.pdf.exe.", Disguise.DoubleExtension)]
    [InlineData("a.p\u200Bdf.exe", Disguise.DoubleExtension)]
    [InlineData("dir/a.pdf.exe", Disguise.DoubleExtension)]
    [InlineData("a   .exe", Disguise.Padding)]
    [InlineData("資料\u3000\u3000\u3000.exe", Disguise.Padding)]
    [InlineData("a\u2800 \u00A0.scr", Disguise.Padding)]
    [InlineData("invоice.pdf", Disguise.Homograph)]
    [InlineData("report.ехе", Disguise.Homograph)]
    [InlineData("report．ｅｘｅ", Disguise.Homograph)]
    [InlineData("請求書.ｅｘｅ", Disguise.Homograph)]
    [InlineData("pаypal.html", Disguise.Homograph)]
    [InlineData("Ｐaypal.html", Disguise.Homograph)]
    public void A_pretending_name_is_noticed(string stored, Disguise disguise) => FileNames.Disguises(stored, null).ShouldBe([disguise]);

    [Fact]
    public void A_padded_double_extension_is_both() =>
        FileNames.Disguises("report.pdf                                   .exe", Pe).ShouldBe([Disguise.DoubleExtension, Disguise.Padding]);

    [Theory]
    [InlineData("議事録（案）　その２.docx")]
    [InlineData("ＡＢＣ資料Ver2.pdf")]
    [InlineData("【重要】お知らせ.pdf")]
    [InlineData("Δt測定結果_α版.xlsx")]
    [InlineData("βversion.zip")]
    [InlineData("μSv.csv")]
    [InlineData("(´Д｀)メモ.txt")]
    [InlineData("отчет.pdf")]
    [InlineData("Отчет 2013 final.pdf")]
    [InlineData("Ομάδα.doc")]
    [InlineData("ﾊﾝｶｸ.txt")]
    [InlineData("ver1.2.3.exe")]
    [InlineData("setup.x64.exe")]
    [InlineData("report.2013.10.17.pdf")]
    [InlineData("archive.tar.gz")]
    [InlineData("report.pdf.zip")]
    [InlineData("see   notes and more.pdf")]
    [InlineData("הצעה\u200E.pdf")]
    [InlineData("no extension")]
    [InlineData("")]
    public void An_honest_name_is_left_alone(string stored) => FileNames.Disguises(stored, null).ShouldBeEmpty();

    [Fact]
    public void An_extension_of_another_format_is_a_mismatch()
    {
        FileNames.Disguises("a.pdf", Pe).ShouldBe([Disguise.ExtensionMismatch]);
        FileNames.Disguises("a.jpg", Rtf).ShouldBe([Disguise.ExtensionMismatch]);
        FileNames.Disguises("a.exe", Text).ShouldBe([Disguise.ExtensionMismatch]);
        FileNames.Disguises("a.docx", new FileTypeMatch(FileType.Archive, "rar5", [])).ShouldBe([Disguise.ExtensionMismatch]);
    }

    [Fact]
    public void Equal_neutral_unknown_and_missing_extensions_are_no_mismatch()
    {
        FileNames.Disguises("a.jpeg", Jpg).ShouldBeEmpty();
        FileNames.Disguises("a.JPG", Jpg).ShouldBeEmpty();
        FileNames.Disguises("a.scr", Pe).ShouldBeEmpty();
        FileNames.Disguises("a.dat", Pe).ShouldBeEmpty();
        FileNames.Disguises("a.tmp", Pe).ShouldBeEmpty();
        FileNames.Disguises("a.20131017", Pe).ShouldBeEmpty();
        FileNames.Disguises("a", Pe).ShouldBeEmpty();
        FileNames.Disguises("a.pdf", null).ShouldBeEmpty();
        FileNames.Disguises("a.ini", Text).ShouldBeEmpty();
        FileNames.Disguises("a.html", Text).ShouldBeEmpty();
        FileNames.Disguises("a.zip", new FileTypeMatch(FileType.Archive, "zip", [])).ShouldBeEmpty();
    }

    [Fact]
    public void A_neighbouring_format_under_a_customary_extension_is_a_note_only()
    {
        FileNames.Disguises("a.doc", Rtf).ShouldBeEmpty();
        FileNames.Note("a.doc", Rtf).ShouldNotBeNull().Code.ShouldBe("type.other-clothes");
        FileNames.Note("a.rtf", Rtf).ShouldBeNull();
        FileNames.Note("a.pdf", Rtf).ShouldBeNull();
    }

    [Theory]
    [InlineData("a.PDF ", "pdf")]
    [InlineData("a.b/c", "")]
    [InlineData("x\\y.Exe.", "")]
    [InlineData("x.e\u200Bxe", "exe")]
    public void The_extension_is_the_one_that_counts(string stored, string extension) => FileNames.Extension(stored).ShouldBe(extension);

    [Fact]
    public void No_name_throws_and_what_is_drawn_has_no_controls() =>
        Gen.Char["abc.123 \u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u200Bאבג١٢(）[」,+%\u0000\uD83D\uDE00\u3000"]
            .Array[0, 60]
            .Sample(
                letters =>
                {
                    var stored = new string(letters);
                    var drawn = FileNames.Displayed(stored);
                    FileNames.Disguises(stored, Pe).Count.ShouldBeLessThanOrEqualTo(5);
                    FileNames.Visible(stored).ShouldNotContain('\u202E');
                    drawn
                        .Any(letter => letter is '\0' or '\u200B' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
                        .ShouldBeFalse();
                    // Nothing is lost or made up: the same letters in another order, brackets turned.
                    Letters(drawn).ShouldBe(Letters(stored));
                },
                iter: 5_000,
                threads: 1
            );

    [Fact]
    public void A_name_of_a_hundred_thousand_controls_is_done_in_a_moment()
    {
        var stored = string.Concat(Enumerable.Repeat("\u202Ea\u2067", 100_000)) + ".exe";
        var watch = System.Diagnostics.Stopwatch.StartNew();

        FileNames.Displayed(stored).Length.ShouldBeGreaterThan(0);
        FileNames.Disguises(stored, Pe).ShouldContain(Disguise.Rlo);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private static string Letters(string text) =>
        string.Concat(text.Where(letter => letter is 'a' or 'b' or 'c' or '1' or '2' or '3' or '.' or 'א' or 'ב').Order());
}
