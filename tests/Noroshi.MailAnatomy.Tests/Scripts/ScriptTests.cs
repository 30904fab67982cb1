using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Scripts;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Scripts;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Scripts;

public sealed class ScriptTests
{
    private const string Encoded =
        "#@~^TwAAAA==-mD~DP{Px\u007Fh,9lD+c#p@#@&r6P`D~@!,F#,`~NKm!:nxO DkOV\u007F~',JHGMW/4r,@$~hK.0JI,8@#@&kBYAAA==^#~@";

    [Fact]
    public void An_encoded_command_is_decoded()
    {
        var found = Look(ScriptMaker.EncodedCommand());

        Codes(found)
            .ShouldBe(
                ["script.download", "script.execute", "script.evade", "script.disguised", "script.encoded-command"],
                ignoreOrder: true
            );
        found.Texts.ShouldContain(text => text.StartsWith("Write-Output", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Addresses_in_codes_and_escapes_are_read(bool codes)
    {
        const string Address = "http://hidden.example/payload";
        var found = Look(codes ? ScriptMaker.CharacterCodes(Address) : ScriptMaker.Escapes(Address));

        found.Texts[0].ShouldNotContain(Address);
        found.Texts.ShouldContain(text => text.Contains(Address, StringComparison.Ordinal));
        Codes(found).ShouldContain("script.disguised", StringComparer.Ordinal);
        Codes(found).ShouldContain(codes ? "script.download" : "script.execute", StringComparer.Ordinal);
    }

    [Fact]
    public void Carets_are_dropped()
    {
        var found = Look(ScriptMaker.Carets());

        found.Findings.ShouldContain(one => one.Code == "script.download" && one.Detail.Contains("-urlcache", StringComparison.Ordinal));
        Codes(found).ShouldContain("script.disguised", StringComparer.Ordinal);
    }

    [Fact]
    public void A_file_in_base64_is_inside()
    {
        var found = Look(ScriptMaker.Carrier(ProgramMaker.Pe()));

        Inner(found).ShouldBe(ProgramMaker.Pe());
        Codes(found).ShouldContain("script.payload", StringComparer.Ordinal);
        Codes(found).ShouldContain("script.disguised", StringComparer.Ordinal);
        found.Traits.Single(one => one.Name == "longStrings").Value.ShouldBe("1");
    }

    [Fact]
    public void A_file_in_numbers_is_inside() => Inner(Look(ScriptMaker.Numbers(ProgramMaker.Pe()))).ShouldBe(ProgramMaker.Pe());

    [Fact]
    public void An_ordinary_batch_file_is_nothing_to_worry_about()
    {
        var found = Look(ScriptMaker.Ordinary());

        found.Findings.ShouldBeEmpty();
        found.Traits.Select(one => one.Name).ShouldBe(["scriptKind", "entropy"]);
        found.Texts.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_encoded_script_is_decoded() =>
        ScriptEncoderTable.Decode(Encoded).ShouldBe("var t = new Date();\r\nif (t < 1) { document.title = \"Noroshi @ work\"; }\r\n");

    [Theory]
    [InlineData("x = \"a\" & \"b\" & \"c\"", "x = \"abc\"")]
    [InlineData("x = 'a' +\r\n  'b'", "x = 'ab'")]
    [InlineData("x = \"a\" & y & \"b\"", "x = \"a\" & y & \"b\"")]
    [InlineData("x = (\"a\"+\"b\")", "x = (\"ab\")")]
    [InlineData("don't + can't", "don't + can't")]
    public void Pieces_are_joined(string source, string plain) => Deobfuscation.Joined(source).ShouldBe(plain);

    [Theory]
    [InlineData("String.fromCharCode(104, 0x74,116)", "\"htt\"")]
    [InlineData("Chr(&H68) & ChrW(116)", "\"h\" & \"t\"")]
    [InlineData("[char]104+[char]116", "\"h\"+\"t\"")]
    [InlineData("Chr(100+4)", "\"h\"")]
    [InlineData("chr(n)", "chr(n)")]
    [InlineData("chr(", "chr(")]
    public void Characters_by_number_are_read(string source, string plain) => Deobfuscation.Characters(source).ShouldBe(plain);

    [Theory]
    [InlineData(@"\x68\x74\x74\x70", "http")]
    [InlineData("%68%74%74%70", "http")]
    [InlineData("%u0068%u0074%u0074%u0070", "http")]
    [InlineData("&#104;&#x74;&#116;&#112;", "http")]
    [InlineData("100% and 50%", "100% and 50%")]
    [InlineData(@"\x6", @"\x6")]
    public void Escapes_are_read(string source, string plain) => Deobfuscation.Escaped(source).ShouldBe(plain);

    [Fact]
    public void Shift_jis_sources_are_read() =>
        ScriptInspector.Decode([.. "rem "u8, 0x93, 0xFA, 0x96, 0x7B, .. "\r\n"u8]).ShouldBe("rem 日本\r\n");

    [Fact]
    public void Cut_and_flipped_scripts_are_read_without_an_exception()
    {
        var random = new Random(20131017);
        byte[][] all =
        [
            ScriptMaker.EncodedCommand(),
            ScriptMaker.CharacterCodes("http://a.example/"),
            ScriptMaker.Escapes("http://a.example/"),
            ScriptMaker.Carrier(ProgramMaker.Pe()),
            ScriptMaker.Numbers([.. Enumerable.Range(0, 200).Select(one => (byte)one)]),
            Encoding.ASCII.GetBytes(Encoded),
        ];
        foreach (var bytes in all)
        {
            for (var round = 0; round < 200; round++)
            {
                var copy = (byte[])bytes.Clone();
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
                copy = copy[..random.Next(1, copy.Length + 1)];
                var inspection = new FileInspection();
                ScriptInspector.Inspect(copy, "js", inspection);
                inspection.Texts.ShouldNotBeEmpty();
            }
        }
    }

    private static FileInspection Look(byte[] bytes)
    {
        var (recogniser, match) = FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        match.Type.ShouldBe(FileType.Script);
        var inspection = new FileInspection();
        recogniser.Inspect(bytes, match, inspection);
        return inspection;
    }

    private static byte[] Inner(FileInspection found)
    {
        using var stream = found.Inner.ShouldHaveSingleItem().Open.ShouldNotBeNull()();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static IEnumerable<string> Codes(FileInspection found) => found.Findings.Select(one => one.Code);
}
