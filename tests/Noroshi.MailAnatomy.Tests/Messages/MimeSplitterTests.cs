using System.Text;
using MimeKit.Encodings;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Messages;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Messages;

public sealed class MimeSplitterTests
{
    /// <summary>Lines that mean something to a splitter; mails made of them at random meet every branch.</summary>
    private static readonly string[] Lines =
    [
        "--a",
        "--a--",
        "--ab",
        "--ab--",
        "--a ",
        "---a",
        "--",
        "----",
        "",
        "",
        "text",
        "a: b",
        " ; x=folded",
        "Content-Type: multipart/mixed; boundary=a",
        "Content-Type: multipart/alternative; boundary=\"ab\"",
        "Content-Type: multipart/digest; boundary=ab",
        "Content-Type: multipart/mixed",
        "Content-Type: message/rfc822",
        "Content-Type: text/html; charset=utf-8",
        "Content-Type: text/rfc822-headers",
        "Content-Type: (comment) application / zip",
        "Content-Type: text",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Disposition: attachment; filename=a.zip",
        "YWJj=ZGVm",
        "=41=\tB=",
    ];

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Random_structures_have_the_leaves_another_reader_finds(string lineEnd)
    {
        var random = new Random(7);
        for (var round = 0; round < 6_000; round++)
        {
            var mail = new StringBuilder("From: a@example.jp").Append(lineEnd);
            mail.Append(Lines[random.Next(13, 22)]).Append(lineEnd).Append(lineEnd);
            for (var i = random.Next(24); i > 0; i--)
            {
                mail.Append(Lines[random.Next(Lines.Length)]).Append(lineEnd);
            }

            var bytes = Encoding.ASCII.GetBytes(mail.ToString());
            var expected = MimeKitOracle.ByMimeKit(bytes);
            if (expected is not null)
            {
                MimeKitOracle.ByNoroshi(bytes).ShouldBe(expected, mail.ToString());
            }
        }
    }

    [Fact]
    public void Mails_of_the_corpora_have_the_leaves_another_reader_finds()
    {
        var different = new List<string>();
        var compared = 0;
        foreach (
            var file in Directory
                .EnumerateFiles(Corpora.Folder("mails-ja"), "*.eml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
        {
            var message = FrontEnd.Prepare(File.ReadAllBytes(file)).Message.ToArray();
            if (MimeKitOracle.ByMimeKit(message) is { } expected)
            {
                compared++;
                if (!expected.SequenceEqual(MimeKitOracle.ByNoroshi(message)))
                {
                    different.Add(Path.GetFileName(file));
                }
            }
        }

        compared.ShouldBeGreaterThan(300);
        different.ShouldBeEmpty();
    }

    [Fact]
    public void Transfer_encodings_of_any_bytes_decode_as_by_another_reader()
    {
        var random = new Random(11);
        var letters = "ABab01+/===\r\n\n \t~!zZ9fF"u8.ToArray();
        for (var round = 0; round < 6_000; round++)
        {
            var raw = new byte[random.Next(120)];
            for (var i = 0; i < raw.Length; i++)
            {
                raw[i] = random.Next(40) == 0 ? (byte)random.Next(256) : letters[random.Next(round % 2 == 0 ? 8 : letters.Length)];
            }

            Decoded(raw, TransferEncoding.Base64).ShouldBe(By(new Base64Decoder(), raw), Convert.ToHexString(raw));
            Decoded(raw, TransferEncoding.QuotedPrintable).ShouldBe(By(new QuotedPrintableDecoder(), raw), Convert.ToHexString(raw));
        }
    }

    [Fact]
    public void Uuencoded_part_is_decoded_from_its_begin_line_on()
    {
        var raw = "noise\r\nbegin 644 a.txt\r\n#0V%T\r\n \r\nend\r\n"u8.ToArray();
        Encoding.ASCII.GetString(Decoded(raw, TransferEncoding.Uuencode)).ShouldBe("Cat");
        Decoded("no file here\n"u8.ToArray(), TransferEncoding.Uuencode).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--a\n\none\n--a--\n", false)]
    [InlineData("--a\n\none\n", true)]
    [InlineData("--a\n\none\n--a--</html>\n", true)]
    [InlineData("--a\n\none --a--\n", true)]
    [InlineData("no part\n", true)]
    public void Missing_end_boundary_is_told_by_the_structure(string body, bool missing)
    {
        var findings = new List<Finding>();
        Tree($"Content-Type: multipart/mixed; boundary=a\n\n{body}", findings);
        findings.Select(finding => finding.Code).ShouldBe(missing ? [FindingCodes.Mail.MissingEnd.Code] : []);
    }

    [Fact]
    public void Inner_multipart_of_the_same_boundary_takes_the_lines()
    {
        var tree = Tree(
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/related; boundary=a\n\n--a\n\nx\n--a--\n--a\n\ny\n--a--\n",
            []
        );
        tree.Shape.ShouldBe("mixed(related(plain),plain)");
    }

    [Fact]
    public void Boundary_is_compared_byte_by_byte_whatever_its_charset()
    {
        byte[] name = [0x8B, 0xAB, 0x8A, 0x45];
        byte[] mail =
        [
            .. "Content-Type: multipart/mixed; boundary=\""u8,
            .. name,
            .. "\"\n\n--"u8,
            .. name,
            .. "\n\nx\n--"u8,
            .. name,
            .. "--\n"u8,
        ];
        MimeKitOracle.ByNoroshi(mail).Count.ShouldBe(1);
    }

    [Fact]
    public void Many_empty_parts_take_no_more_entries_than_the_budget_has()
    {
        var findings = new List<Finding>();
        var mail = "Content-Type: multipart/mixed; boundary=a\n\n" + string.Concat(Enumerable.Repeat("--a\n\n", 20_000));
        var tree = Tree(mail, findings);
        tree.Leaves.Count.ShouldBe(10_000);
        findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Limits.Entries.Code);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_a_leaf()
    {
        var mail = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            mail.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\n\n--b").Append(i).Append('\n');
        }

        var tree = Tree(mail.ToString(), []);
        tree.Leaves.ShouldHaveSingleItem().Path.Count(c => c == '.').ShouldBe(MimeSplitter.MaxDepth);
    }

    [Fact]
    public void Long_damaged_base64_takes_linear_time()
    {
        var raw = new byte[4 << 20];
        raw.AsSpan().Fill((byte)'A');
        for (var i = 0; i < raw.Length; i += 5)
        {
            raw[i] = (byte)'.';
        }

        Decoded(raw, TransferEncoding.Base64).Length.ShouldBe((raw.Length - ((raw.Length + 4) / 5)) / 4 * 3);
    }

    private static MimeTree Tree(string mail, List<Finding> findings)
    {
        var bytes = Encoding.ASCII.GetBytes(mail);
        var headers = RawHeaders.Parse(bytes, [], out var bodyOffset);
        return MimeTree.Parse(bytes, MimeHead.Of(headers), bodyOffset, findings, new Budget());
    }

    private static byte[] Decoded(byte[] raw, TransferEncoding encoding) => TransferCoding.Decode(raw, encoding, "1", []).ToArray();

    private static byte[] By(IMimeDecoder decoder, byte[] raw)
    {
        var output = new byte[decoder.EstimateOutputLength(raw.Length)];
        return output[..decoder.Decode(raw, 0, raw.Length, output)];
    }
}
