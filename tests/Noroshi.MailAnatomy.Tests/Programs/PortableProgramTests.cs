using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Programs;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Programs;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Programs;

public sealed class PortableProgramTests
{
    private static readonly Guid Symbols = new("11111111-2222-3333-4444-555555555555");

    internal static byte[] Full(bool wide) =>
        new PortableMaker { Wide = wide, Overlay = DocumentMaker.Pdf() }
            .Rich(0, (0x0103, 26_213, 7), (0x00FF, 26_213, 1))
            .Imports(("WS2_32.dll", ["#3", "send", "#9999"]), ("KERNEL32.DLL", ["ExitProcess"]), ("comctl32.ocx", ["#17"]))
            .Exports("nothing.dll", "Alpha", "beta")
            .Pdb(Symbols, 3, "C:\\作業\\試験\\nothing.pdb")
            .Version(
                ("CompanyName", "例示株式会社"),
                ("OriginalFilename", "nothing.exe"),
                ("InternalName", "nothing"),
                ("FileVersion", "1.2.3.4")
            )
            .Resource(
                24,
                1,
                Encoding.UTF8.GetBytes(
                    "<assembly><assemblyIdentity name=\"Example.Nothing\"/><requestedExecutionLevel level='asInvoker'/></assembly>"
                )
            )
            .Icon((x, y) => PortableMaker.Page(x, y, 0x2B579A))
            .Resource(10, 7, ProgramMaker.Pe())
            .Build();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_program_tells_who_built_it(bool wide)
    {
        var traits = Inspect(Full(wide))
            .Traits.Where(trait => trait.Name != "originalName")
            .ToDictionary(trait => trait.Name, trait => trait.Value, StringComparer.Ordinal);

        traits["originalPath"].ShouldBe("C:\\作業\\試験\\nothing.pdb");
        traits["pdbId"].ShouldBe($"{Symbols}-3");
        traits["company"].ShouldBe("例示株式会社");
        traits["internalName"].ShouldBe("nothing");
        traits["fileVersion"].ShouldBe("1.2.3.4");
        traits["language"].ShouldBe("0x0411");
        traits["manifestName"].ShouldBe("Example.Nothing");
        traits["executionLevel"].ShouldBe("asInvoker");
        traits["richTools"].ShouldBe("259.26213x7 255.26213x1");
        traits["exports"].ShouldBe("2: Alpha beta");
        traits["exportHash"].ShouldBe(Convert.ToHexStringLower(SHA256.HashData("alpha,beta"u8)));
        traits["overlay"].ShouldStartWith($"{DocumentMaker.Pdf().Length} bytes at ");
        traits["sections"].ShouldStartWith(".text:512:");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_hash_of_imports_names_known_numbers_and_drops_extensions(bool wide) =>
        Inspect(Full(wide))
            .Traits.Single(trait => trait.Name == "impHash")
            .Value.ShouldBe(
                Convert.ToHexStringLower(
                    MD5.HashData("ws2_32.closesocket,ws2_32.send,ws2_32.ord9999,kernel32.exitprocess,comctl32.ord17"u8)
                )
            );

    [Fact]
    public void A_program_within_and_a_document_behind_are_files_inside()
    {
        var inspection = Inspect(Full(wide: false));

        inspection.Inner.Select(entry => entry.Name.Split('@')[0]).ShouldBe(["resource 10/7", "overlay"]);
        inspection.Inner[1].Size.ShouldBe(DocumentMaker.Pdf().Length);
        inspection.Findings.ShouldContain(finding => finding.Code == "program.inner-program");
    }

    [Fact]
    public void An_archive_behind_a_program_is_left_to_the_containers() =>
        Inspect([.. new PortableMaker().Build(), .. DocumentMaker.Zip(("a.txt", "x"))]).Inner.ShouldBeEmpty();

    [Theory]
    [InlineData(0x2B579Au, "word")]
    [InlineData(0x217346u, "excel")]
    [InlineData(0xD24726u, "powerpoint")]
    [InlineData(0xC80A1Eu, "pdf")]
    [InlineData(0x777777u, null)]
    [InlineData(0x8040C0u, null)]
    public void A_page_with_a_folded_corner_and_one_colour_is_a_document(uint color, string? family)
    {
        var inspection = Inspect(new PortableMaker().Icon((x, y) => PortableMaker.Page(x, y, color)).Build());

        inspection.IconOfAnotherType.ShouldBe(family is not null);
        inspection.Traits.SingleOrDefault(trait => trait.Name == "iconFamily")?.Value.ShouldBe(family);
        inspection.Findings.Exists(finding => finding.Code == "program.document-icon").ShouldBe(family is not null);
    }

    [Fact]
    public void A_folder_is_yellow_and_has_a_tab()
    {
        static uint Folder(int x, int y) => y < 5 || y > 27 || (y < 9 && x > 12) ? 0 : 0xFFFFD35A;

        Inspect(new PortableMaker().Icon(Folder).Build()).IconOfAnotherType.ShouldBeTrue();
    }

    [Theory]
    [InlineData("square")]
    [InlineData("disc")]
    [InlineData("page-two-colours")]
    public void Other_emblems_are_none(string shape)
    {
        uint Draw(int x, int y) =>
            shape switch
            {
                "square" => 0xFF2B579A,
                "disc" => ((x - 16) * (x - 16)) + ((y - 16) * (y - 16)) < 200 ? 0xFFC80A1E : 0,
                _ => PortableMaker.Page(x, y, x < 16 ? 0x2B579Au : 0x217346u),
            };

        Inspect(new PortableMaker().Icon(Draw).Build()).IconOfAnotherType.ShouldBeFalse();
    }

    [Fact]
    public void Signs_of_tampering_are_remarked_on()
    {
        Codes(new PortableMaker { Stamp = 0 }.Build()).ShouldBe(["program.stamp"]);
        Codes(new PortableMaker { Checksum = 1 }.Build()).ShouldBe(["program.checksum"]);
        Codes(new PortableMaker { DataSection = "UPX1" }.Build()).ShouldBe(["program.packed"]);
        Codes(new PortableMaker { CodeFlags = 0xE000_0020 }.Build()).ShouldBe(["program.writable-code"]);
        Codes(new PortableMaker().Rich(1, (1, 2, 3)).Build()).ShouldBe(["program.rich-forged"]);
    }

    [Fact]
    public void A_program_without_oddities_has_no_findings()
    {
        var plain = new PortableMaker().Rich(0, (0x0103, 26_213, 7)).Imports(("KERNEL32.dll", ["ExitProcess"])).Build();
        var pe = PeFile.Read(plain).ShouldNotBeNull();

        Codes(plain).ShouldBeEmpty();
        Codes(
                new PortableMaker { Checksum = pe.ComputeChecksum() }
                    .Rich(0, (0x0103, 26_213, 7))
                    .Imports(("KERNEL32.dll", ["ExitProcess"]))
                    .Build()
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void This_assembly_states_its_module_and_framework()
    {
        var type = typeof(PortableProgramTests);
        var clr = ClrHeader.Read(PeFile.Read(File.ReadAllBytes(type.Assembly.Location)).ShouldNotBeNull()).ShouldNotBeNull();

        clr.Mvid.ShouldBe(type.Module.ModuleVersionId);
        clr.Module.ShouldBe(type.Module.Name);
        clr.Framework.ShouldBe(".NETCoreApp,Version=v10.0");
        clr.TypeLib.ShouldBeNull();
    }

    [Fact]
    public void Build_ids_of_elf_and_mach_o_are_told()
    {
        byte[] note = [4, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0, .. "GNU\0"u8, 1, 2, 3, 4, 5, 6, 7, 8];
        byte[] elf = [.. ProgramMaker.Elf(), .. new byte[64 + 56]];
        elf[32] = 64;
        elf[54] = 56;
        elf[56] = 1;
        elf[64] = 4;
        elf[64 + 8] = 120;
        elf[64 + 32] = (byte)note.Length;
        note.CopyTo(elf, 120);
        byte[] macho =
        [
            .. ProgramMaker.MachO()[..16],
            1,
            0,
            0,
            0,
            24,
            0,
            0,
            0,
            .. new byte[8],
            0x1B,
            0,
            0,
            0,
            24,
            0,
            0,
            0,
            .. Symbols.ToByteArray(bigEndian: true),
        ];

        Inspect(elf).Traits.ShouldContain(trait => trait.Name == "buildId" && trait.Value == "0102030405060708");
        Inspect(macho).Traits.ShouldContain(trait => trait.Name == "imageUuid" && trait.Value == Symbols.ToString());
    }

    private static List<string> Codes(byte[] bytes) => [.. Inspect(bytes).Findings.Select(finding => finding.Code)];

    private static FileInspection Inspect(byte[] bytes)
    {
        var inspection = new FileInspection();
        var (recogniser, match) = FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        recogniser.Inspect(bytes, match, inspection);
        return inspection;
    }
}
