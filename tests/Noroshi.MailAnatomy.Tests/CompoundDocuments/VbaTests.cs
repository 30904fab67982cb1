using System.Text;
using Noroshi.MailAnatomy.FileTypes.Macros;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.OfficeBinary;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.CompoundDocuments;

public sealed class VbaTests
{
    private const string Quiet =
        "Sub Total()\r\n  Range(\"A1\").Value = 1 + 2 ' 合計を求める処理をここに書く\r\n  MsgBox \"おわり\"\r\nEnd Sub\r\n";

    private const string Loud =
        "Sub Document_Open()\r\n  Dim u\r\n  u = \"ht\" & \"tp://mac\" & Chr(114) & \"o.example.jp/\" & StrReverse(\"txt.a\")\r\n"
        + "  Shell \"cmd.exe /c echo \" & u\r\nEnd Sub\r\n";

    [Fact]
    public void A_project_by_itself_is_typed_and_told()
    {
        var seen = new Inspected(
            new VbaMaker("ChosaKit")
                .Module("ThisDocument", "", isClass: true)
                .Module("集計", Quiet)
                .Reference(0x0D, @"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation")
                .Reference(
                    0x2F,
                    @"*\G{AAAAAAAA-0000-0000-C000-000000000046}#2.0#0#C:\Users\yamada\AppData\Local\Temp\VBE\MSForms.exd#Forms"
                )
                .Reference(0x0E, @"*\CC:\Users\yamada\Documents\kit.dotm")
                .Build()
        );

        seen.Format.ShouldBe("vba-project");
        seen.Values("vbaProjectName").ShouldBe(["ChosaKit"]);
        seen.Values("vbaProjectId").ShouldBe(["{5A3C1E0B-7F2D-4B61-9C44-2E6A80D1F905}"]);
        seen.Values("vbaModule").ShouldBe(["document=ThisDocument", "module=集計"]);
        seen.Values("vbaReference").ShouldBe(["OLE Automation", "Forms", "kit.dotm"]);
        seen.Values("originalPath")
            .ShouldBe([@"C:\Users\yamada\AppData\Local\Temp\VBE\MSForms.exd", @"C:\Users\yamada\Documents\kit.dotm"]);
        seen.Values("macros").ShouldBe(["vba"]);
        seen.Values("codePage").ShouldBe(["932"]);
        seen.Values("vbaCodeHash").ShouldHaveSingleItem().Length.ShouldBe(64);
        seen.Text.ShouldContain("合計を求める");
        seen.Codes.ShouldBeEmpty();
    }

    [Fact]
    public void Code_that_runs_by_itself_and_starts_programs_is_reported_and_its_strings_are_put_together()
    {
        var seen = new Inspected(new VbaMaker().Module("ThisDocument", Loud).AddTo(WordMaker.Document("x"), "Macros"));

        seen.Format.ShouldBe("doc");
        seen.Codes.ShouldBe(["macro.auto-run", "macro.auto-run-program"]);
        seen.Detail("macro.auto-run").ShouldStartWith("Document_Open");
        seen.Detail("macro.auto-run-program").ShouldContain("cmd.exe");
        seen.Detail("macro.auto-run-program").ShouldContain("Shell");
        seen.Values("autoRun").ShouldBe(["Document_Open"]);
        seen.Text.ShouldContain("http://macro.example.jp/a.txt");
        seen.Values("vbaProjectName").ShouldBeEmpty();
    }

    [Fact]
    public void The_hash_of_code_ignores_layout_and_letter_case()
    {
        var one = new Inspected(new VbaMaker().Module("A", Loud).Build());
        var two = new Inspected(
            new VbaMaker("Other").Module("B", Loud.ToUpperInvariant().Replace("  ", "\t", StringComparison.Ordinal)).Build()
        );

        one.Values("vbaCodeHash").ShouldBe(two.Values("vbaCodeHash"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public void A_compiled_form_without_its_source_is_reported(string? source)
    {
        var maker = new VbaMaker { CompiledNames = "..Document_Open..Shell" };
        if (source is null)
        {
            maker.Module("ThisDocument", null);
        }
        else
        {
            maker.Module("ThisDocument", "");
        }

        new Inspected(maker.AddTo(WordMaker.Document("x"), "Macros")).Codes.ShouldContain("macro.source-removed", StringComparer.Ordinal);
    }

    [Fact]
    public void A_source_that_lacks_what_was_compiled_is_noted()
    {
        var maker = new VbaMaker { CompiledNames = "..Document_Open.." }.Module("ThisDocument", Quiet);

        new Inspected(maker.AddTo(WordMaker.Document("x"), "Macros")).Codes.ShouldBe(["macro.cache-differs"]);
    }

    [Fact]
    public void Modules_are_found_when_the_directory_is_damaged()
    {
        var file = new CompoundMaker()
            .Stream("WordDocument", new byte[4_096])
            .Stream("Macros/VBA/dir", new byte[40])
            .Stream("Macros/VBA/_VBA_PROJECT", new byte[20])
            .Stream(
                "Macros/VBA/Module1",
                [
                    .. new byte[77],
                    .. VbaMaker.Compress(Encoding.ASCII.GetBytes("Attribute VB_Name = \"Module1\"\r\n" + "Sub AutoOpen()\r\nEnd Sub\r\n")),
                ]
            );

        var seen = new Inspected(file);

        seen.Values("autoRun").ShouldBe(["AutoOpen"]);
        seen.Codes.ShouldBe(["macro.auto-run", "macro.damaged"]);
    }

    [Fact]
    public void A_password_of_a_project_is_told()
    {
        // Data Encryption of MS-OVBA 2.4.3 with seed 0x10 and project key 0x3F: a password hash is 29 bytes long.
        var maker = new VbaMaker { Lines = $"DPB=\"{Encrypt(new byte[29])}\"" }.Module("A", Quiet);
        var open = new VbaMaker { Lines = $"DPB=\"{Encrypt([0])}\"" }.Module("A", Quiet);

        new Inspected(maker.Build()).Values("vbaProtection").ShouldBe(["password"]);
        new Inspected(open.Build()).Values("vbaProtection").ShouldBeEmpty();
    }

    [Fact]
    public void Compressed_containers_unpack_to_what_was_packed()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"line {i % 17} of {i}\r\n")));

        VbaCompression.Unpack(VbaMaker.Compress(text), int.MaxValue, out var damaged).ShouldBe(text);
        damaged.ShouldBeFalse();
        VbaCompression.Unpack(VbaMaker.Compress(text), 5_000, out _).ShouldNotBeNull().Length.ShouldBe(5_000);
    }

    [Theory]
    [InlineData("x = \"a\" & \"bcd\"", "abcd")]
    [InlineData("x = Chr(104) & Chr$(&H74) + ChrW(116 - 0) & \"p\"", "http")]
    [InlineData("x = StrReverse(\"ptt\" & \"h\")", "http")]
    [InlineData("x = (\"ab\" & (\"cd\")) & \"ef\"", "abcdef")]
    [InlineData("x = \"say \"\"hi\"\" \" & \"now\"", "say \"hi\" now")]
    [InlineData("x = \"ab\" & _\r\n  \"cdef\"", "abcdef")]
    [InlineData("x = \"ht\"\r\nx = x & \"tp:\"\r\nx = x + \"//a\"", "http://a")]
    [InlineData("x = Chr(5 Xor 109) & Chr(2 * 52) & \"ab\"", "hhab")]
    public void Strings_taken_apart_are_put_together(string code, string whole) =>
        VbaStrings.Fold(code, out _).Split('\n').ShouldContain(whole, StringComparer.Ordinal);

    [Theory]
    [InlineData("x = \"only one\"")]
    [InlineData("' \"a\" & \"comment\"")]
    [InlineData("x = name & other")]
    public void What_is_no_chain_of_literals_gives_nothing(string code) => VbaStrings.Fold(code, out _).ShouldBeEmpty();

    [Fact]
    public void A_chain_of_a_hundred_thousand_pieces_ends()
    {
        var code = "x = " + string.Join(" & ", Enumerable.Repeat("Chr(65)", 100_000));

        VbaStrings.Fold(code, out _).Length.ShouldBeLessThan(300_000);
    }

    private static string Encrypt(byte[] data)
    {
        const byte Seed = 0x10;
        const byte Key = 0x3F;
        var output = new List<byte> { Seed, Seed ^ 2, Seed ^ Key };
        byte plain = Key;
        // Seed 0x10 asks for no ignored bytes.
        foreach (var value in (byte[])[.. BitConverter.GetBytes(data.Length), .. data])
        {
            output.Add((byte)(value ^ (output[^2] + plain)));
            plain = value;
        }

        return Convert.ToHexString([.. output]);
    }
}
