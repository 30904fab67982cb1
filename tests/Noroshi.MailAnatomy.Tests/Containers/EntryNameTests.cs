using System.IO.Compression;
using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages;
using Noroshi.Makers;
using Noroshi.Makers.Cab;
using Noroshi.Makers.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Containers;

/// <summary>Names as every container decodes them.</summary>
public sealed class EntryNameTests
{
    private static readonly Encoding Cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932).ShouldNotBeNull();
    private static readonly Encoding Euc = CodePagesEncodingProvider.Instance.GetEncoding(51932).ShouldNotBeNull();

    /// <summary>髙橋.xls in CP932, the first character as the NEC selection and as the IBM extension.</summary>
    private static readonly byte[][] Takahashi =
    [
        [0xEE, 0xE0, 0x8B, 0xB4, .. ".xls"u8],
        [0xFB, 0xFC, 0x8B, 0xB4, .. ".xls"u8],
    ];

    [Fact]
    public void Both_spellings_of_an_extended_character_are_read()
    {
        foreach (var bytes in Takahashi)
        {
            EntryNames.Decode(bytes).ShouldBe(new EntryName("髙橋.xls", "shift_jis"));
            EntryNames.Decode(bytes, codePage: 932).ShouldBe(new EntryName("髙橋.xls", "shift_jis"));
        }
    }

    [Fact]
    public void An_extended_character_is_read_in_a_zip_an_lzh_a_cabinet_and_a_uuencoded_file()
    {
        foreach (var bytes in Takahashi)
        {
            var stem = bytes[..4];
            Names(Patched(ZipMaker.Zip([MadeFile.Text("QQQQ.xls", "x")]), stem)).ShouldBe(["髙橋.xls"]);
            Names(Patched(LzhMaker.Make(new LzhMember("QQQQ.xls", [1])), stem)).ShouldBe(["髙橋.xls"]);
            Names(Patched(CabMaker.Make(CabMethod.Stored, ("QQQQ.xls", [1])), stem)).ShouldBe(["髙橋.xls"]);
            Uuencode.Find([.. "begin 644 "u8, .. bytes, .. "\n#0V%T\n`\nend\n"u8], []).ShouldHaveSingleItem().Name.ShouldBe("髙橋.xls");
        }
    }

    [Theory]
    [InlineData("résumé.doc", "utf-8")]
    [InlineData("見積書.doc", "utf-8")]
    [InlineData("見積りのご案内.doc", "shift_jis")]
    [InlineData("ﾃｽﾄ結果.txt", "shift_jis")]
    [InlineData("ﾀｲﾄﾙ.txt", "shift_jis")]
    [InlineData("ﾃﾞｰﾀ.txt", "shift_jis")]
    [InlineData("ｺﾋﾟｰ.txt", "shift_jis")]
    [InlineData("ソ十表予能.xls", "shift_jis")]
    [InlineData("見積りのご案内.doc", "euc-jp")]
    [InlineData("資料.doc", "euc-jp")]
    [InlineData("性能表.csv", "euc-jp")]
    [InlineData("能力表.xls", "euc-jp")]
    [InlineData("会議資料.doc", "euc-jp")]
    [InlineData("見積書.doc", "euc-jp")]
    [InlineData("plain.doc", "us-ascii")]
    public void The_charset_of_a_name_shows_in_its_bytes(string name, string charset)
    {
        var encoding = charset switch
        {
            "shift_jis" => Cp932,
            "euc-jp" => Euc,
            _ => Encoding.UTF8,
        };

        EntryNames.Decode(encoding.GetBytes(name)).ShouldBe(new EntryName(name, charset));
    }

    [Fact]
    public void A_stated_code_page_wins_unless_the_bytes_are_none_of_it()
    {
        byte[] name = [0xE9, 0xE0, (byte)'.', (byte)'a'];

        EntryNames.Decode(name, codePage: 1252).ShouldBe(new EntryName("éà.a", "windows-1252"));
        EntryNames.Decode([.. Cp932.GetBytes("予定.a")], codePage: 65001).ShouldBe(new EntryName("予定.a", "shift_jis"));
        EntryNames.Decode([.. Cp932.GetBytes("予定.a")], codePage: 99_999).ShouldBe(new EntryName("予定.a", "shift_jis"));
    }

    [Fact]
    public void Bytes_that_fit_nothing_fall_back_to_the_code_page_of_the_system()
    {
        byte[] name = [0x82, (byte)'.', (byte)'a'];

        EntryNames.Decode(name).ShouldBe(new EntryName("é.a", "ibm437"));
        EntryNames.Decode(name, fallback: EntryNames.Japanese).Lossy.ShouldBeTrue();
        EntryNames.Decode([0xE9, (byte)'.'], fallback: EntryNames.Latin).ShouldBe(new EntryName("é.", "iso-8859-1"));
    }

    [Fact]
    public void Any_bytes_give_a_name() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Int[-1, 70_000], Gen.Bool)
            .Sample(
                (bytes, page, unix) =>
                {
                    var name = EntryNames.Decode(bytes, page, unix);
                    name.Text.Length.ShouldBeLessThanOrEqualTo(bytes.Length * 2);
                    name.Charset.ShouldNotBeEmpty();
                }
            );

    [Theory]
    [InlineData("資料.txt.gz", "資料.txt")]
    [InlineData("資料.TGZ", "資料.tar")]
    [InlineData("a.tbz2", "a.tar")]
    [InlineData("a.txz", "a.tar")]
    [InlineData("folder/a.b.xz", "a.b")]
    [InlineData("folder.d/noextension", "noextension")]
    [InlineData(".gz", ".gz")]
    public void Content_without_a_name_is_called_after_its_container(string container, string name) =>
        InnerNames.Of(container).ShouldBe(name);

    [Fact]
    public void A_gzip_stream_without_a_name_gets_the_name_of_its_file()
    {
        using var made = new MemoryStream();
        using (var gzip = new GZipStream(made, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("text"u8);
        }

        var file = Dissector.File(made.ToArray(), "報告.txt.gz");

        var inner = file.Children.ShouldHaveSingleItem();
        (inner.Name, inner.Path).ShouldBe(("報告.txt", "報告.txt.gz/報告.txt"));
    }

    [Fact]
    public void A_link_is_told_once_with_its_target()
    {
        var header = new byte[512];
        "link.txt"u8.CopyTo(header);
        "0000777\0"u8.CopyTo(header.AsSpan(100));
        "00000000000\0"u8.CopyTo(header.AsSpan(124));
        header[156] = (byte)'2';
        "/etc/passwd"u8.CopyTo(header.AsSpan(157));
        "ustar\x0000"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);

        var link = Dissector.File((byte[])[.. header, .. new byte[1024]], "a.tar").Children.ShouldHaveSingleItem();

        link.Findings.ShouldHaveSingleItem().ShouldBe(FindingCodes.Files.Link.At("a.tar/link.txt -> /etc/passwd"));
    }

    private static IEnumerable<string> Names(byte[] archive) => Outcome.Of(archive).Entries.Select(entry => entry.Entry.Name);

    private static byte[] Patched(byte[] archive, byte[] stem)
    {
        for (int at; (at = archive.AsSpan().IndexOf("QQQQ"u8)) >= 0; )
        {
            stem.CopyTo(archive, at);
        }

        return archive;
    }
}
