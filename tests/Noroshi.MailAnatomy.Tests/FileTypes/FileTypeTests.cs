using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Naming;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

public sealed class FileTypeTests
{
    public static TheoryData<string> Names => [.. TypeCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_format_is_recognised_by_content(string name)
    {
        var wanted = TypeCases.Named(name);

        var found = FileTypeTable.Recognise(wanted.Bytes);

        found.ShouldNotBeNull();
        (found.Value.Match.Type, found.Value.Match.Format, found.Value.Match.Encryption).ShouldBe(
            (wanted.Type, wanted.Format, wanted.Encryption)
        );
        found.Value.Match.Encrypted.ShouldBe(wanted.Encryption is not null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_honest_file_is_no_polyglot_and_its_tables_hold_together(string name)
    {
        var bytes = TypeCases.Named(name).Bytes;

        // What an active file would do is remarked on elsewhere: here the format alone is asked. A shortened RTF header is no work of an
        // honest program, and is said so.
        Inspect(bytes)
            .Findings.Where(one =>
                one.Code.StartsWith("type.", StringComparison.Ordinal) || one.Code == "rtf.header" || one.Severity == Severity.Damaged
            )
            .Select(one => one.Code)
            .ShouldBe(name == "rtf-short" ? ["rtf.header"] : []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_prefix_of_a_file_and_no_flipped_byte_throws(string name)
    {
        var bytes = TypeCases.Named(name).Bytes;
        for (var length = 0; length < bytes.Length; length += length < 600 ? 1 : 97)
        {
            Examine(bytes[..length]);
        }

        for (var at = 0; at < Math.Min(bytes.Length, 2_000); at += 3)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0xFF;
            Examine(changed);
        }
    }

    [Fact]
    public void Random_bytes_behind_every_signature_never_throw()
    {
        var heads = TypeCases.All.Select(each => each.Bytes[..Math.Min(each.Bytes.Length, 32)]).ToArray();
        Gen.Select(Gen.Int[0, heads.Length - 1], Gen.Byte.Array[0, 1_500])
            .Sample((head, tail) => Examine([.. heads[head], .. tail]), iter: 3_000, threads: 1);
    }

    [Fact]
    public void Random_bytes_are_of_no_known_type()
    {
        // A fixed series: whatever signature would match by chance shows here.
        var random = new Random(20131017);
        var taken = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[2_048];
            random.NextBytes(bytes);
            taken += FileTypeTable.Recognise(bytes) is null ? 0 : 1;
        }

        taken.ShouldBeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData("quarterly.pdf")]
    [InlineData("photo.jpg")]
    [InlineData("memo.jtd")]
    [InlineData("list.xlsx")]
    [InlineData("readme.txt")]
    public void A_wrong_extension_never_wins(string name)
    {
        var found = FileTypeTable.Recognise(ProgramMaker.Pe());

        found.ShouldNotBeNull();
        found.Value.Match.Format.ShouldBe("pe32");
        FileNames.Disguises(name, found.Value.Match).ShouldBe([Disguise.ExtensionMismatch]);
    }

    [Fact]
    public void A_program_states_machine_compile_time_subsystem_and_whether_it_is_a_library()
    {
        var traits = Inspect(ProgramMaker.Pe(wide: true, dll: true))
            .Traits.ToDictionary(trait => trait.Name, trait => trait.Value, StringComparer.Ordinal);

        traits["machine"].ShouldBe("x64");
        traits["compiledAt"].ShouldBe("2013-10-17T08:41:36Z");
        traits["isDll"].ShouldBe("true");
        traits["subsystem"].ShouldBe("windows-gui");
    }

    [Theory]
    [InlineData("doc-macros")]
    [InlineData("docm")]
    [InlineData("xlsm")]
    public void Macros_are_a_trait(string name) =>
        Inspect(TypeCases.Named(name).Bytes).Traits.ShouldContain(trait => trait.Name == "macros");

    [Fact]
    public void A_document_without_macros_has_no_such_trait() =>
        Inspect(TypeCases.Named("docx").Bytes).Traits.ShouldNotContain(trait => trait.Name == "macros");

    [Fact]
    public void A_document_inside_a_document_does_not_name_the_outer_one()
    {
        var bytes = new CompoundMaker().Stream("Workbook", TypeCasesBook()).Stream("MBD0001/WordDocument", new byte[4_608]).Build();

        Format(bytes).ShouldBe("xls");
    }

    [Fact]
    public void A_content_type_for_a_part_that_is_not_there_is_a_decoy()
    {
        var bytes = DocumentMaker.Zip(
            (
                "[Content_Types].xml",
                "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
                    + "<Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>"
            ),
            ("xl/workbook.xml", "<x/>")
        );

        Format(bytes).ShouldBe("xlsm");
    }

    [Fact]
    public void An_ordinary_zip_is_left_to_the_containers() =>
        FileTypeTable
            .Recognise(DocumentMaker.Zip(("資料.pdf", "x"), ("word/readme.txt", "x"), ("META-INF/MANIFEST.MF", "x")))
            .ShouldBeNull();

    [Fact]
    public void A_document_cut_before_its_directory_is_known_by_its_local_headers()
    {
        var bytes = TypeCases.Named("docx").Bytes;
        var directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);

        Format(bytes[..directory]).ShouldBe("docx");
    }

    [Fact]
    public void Text_that_begins_like_an_old_ichitaro_document_is_text() =>
        Format(Encoding.ASCII.GetBytes("DOCUMENT 4711 of the archive, see the list\t\u001B below for its parts and its many pages."))
            .ShouldBe("text");

    private static byte[] TypeCasesBook() => [0x09, 0x08, 0x10, 0, 0, 6, 5, 0, .. new byte[12], 0x0A, 0, 0, 0, .. new byte[5_000]];

    private static string? Format(byte[] bytes) => FileTypeTable.Recognise(bytes)?.Match.Format;

    private static void Examine(byte[] bytes) => Inspect(bytes);

    private static FileInspection Inspect(byte[] bytes)
    {
        var inspection = new FileInspection();
        if (FileTypeTable.Recognise(bytes) is var (recogniser, match))
        {
            recogniser.Inspect(bytes, match, inspection);
        }

        foreach (var recogniser2 in FileTypeTable.All)
        {
            recogniser2.Recognise(bytes);
        }

        return inspection;
    }
}
