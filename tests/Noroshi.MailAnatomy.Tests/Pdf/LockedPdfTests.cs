using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Makers.Pdf;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Pdf;

public sealed class LockedPdfTests
{
    public static TheoryData<int, bool> Kinds =>
        new(from revision in (int[])[2, 3, 4, 5, 6] from packed in (bool[])[false, true] select (revision, packed));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_passwords_fit_and_no_other(int revision, bool packed)
    {
        var bytes = Made(revision, packed, "himitsu", "aruji");
        var probe = new PdfLockFormat().CreateProbe(bytes).ShouldNotBeNull();

        probe.Conclusive.ShouldBeTrue();
        probe.Check("himitsu").ShouldBeTrue();
        probe.Check("aruji").ShouldBeTrue();
        probe.Check("himits").ShouldBeFalse();
        probe.Check("").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Locked_and_opened_the_document_says_the_same(int revision, bool packed)
    {
        var plain = PdfTests.Look(Maker(null, packed).Build()).Found;
        var node = Dissect(Made(revision, packed, "himitsu", "aruji"), "himitsu");

        node.Type.ShouldBe(FileType.Pdf);
        node.Encrypted.ShouldBe(true);
        node.Encryption.ShouldBe(
            revision switch
            {
                2 => "pdf-rc4-40",
                3 => "pdf-rc4-128",
                4 => "pdf-aes-128",
                _ => "pdf-aes-256",
            }
        );
        node.Password.ShouldNotBeNull().Value.ShouldBe("himitsu");
        var inner = node.Children.ShouldHaveSingleItem();
        inner.Type.ShouldBe(FileType.Pdf);
        foreach (var trait in (string[])["author", "title", "producer", "documentId", "externalTarget", "pages"])
        {
            inner.Traits.Where(one => one.Name == trait).Select(one => one.Value).ShouldBe(PdfTests.Values(plain, trait), trait);
        }

        inner.Findings.Select(one => one.Code).ShouldBe(PdfTests.Codes(plain), ignoreOrder: true);
        inner.Children.ShouldHaveSingleItem().Sha256.ShouldBe(Hashes.Sha256Of("inside"u8));
        inner.Indicators.Urls.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_opens_for_all_is_looked_into_at_once(int revision, bool packed)
    {
        var node = Dissect(Made(revision, packed, "", "aruji"), null);

        node.Encrypted.ShouldNotBe(true);
        node.Traits.ShouldContain(one => one.Name == "author" && one.Value == "Taro Yamada");
        node.Findings.Select(one => one.Code)
            .ShouldBe(["pdf.encrypted-open", "pdf.javascript", "pdf.open-action", "pdf.embedded-file"], ignoreOrder: true);
        node.Children.ShouldHaveSingleItem().Sha256.ShouldBe(Hashes.Sha256Of("inside"u8));
    }

    [Fact]
    public void Without_the_password_it_waits_and_stays_a_document()
    {
        var node = Dissect(Made(4, packed: false, "himitsu", "aruji"), "falsch");

        node.Type.ShouldBe(FileType.Pdf);
        node.Encrypted.ShouldBe(true);
        node.Children.ShouldBeEmpty();
        node.Findings.Select(one => one.Code).ShouldContain("file.locked", StringComparer.Ordinal);
    }

    [Fact]
    public void A_japanese_password_of_an_old_program_fits()
    {
        var bytes = new PdfMaker
        {
            Encryption = new PdfEncryption(
                3,
                Encoding.Latin1.GetString(CodePagesEncodingProvider.Instance.GetEncoding(932).ShouldNotBeNull().GetBytes("秘密")),
                "x"
            ),
        }.Build();

        new PdfLockFormat().CreateProbe(bytes).ShouldNotBeNull().Check("秘密").ShouldBeTrue();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_peer_reads_what_is_made_and_locks_what_is_opened(int revision) =>
        PeerTool.InFolder(folder =>
        {
            var locked = Path.Combine(folder, "locked.pdf");
            File.WriteAllBytes(locked, Made(revision, packed: false, "himitsu", "aruji"));
            PeerTool.Run(folder, "qpdf", "--password=himitsu", "--check", "locked.pdf");
            File.WriteAllBytes(Path.Combine(folder, "plain.pdf"), Maker(null, packed: true).Build());
            string[] kind = revision switch
            {
                2 => ["40", "--"],
                3 => ["128", "--use-aes=n", "--"],
                4 => ["128", "--use-aes=y", "--"],
                5 => ["256", "--force-R5", "--"],
                _ => ["256", "--"],
            };
            PeerTool.Run(folder, "qpdf", ["--allow-weak-crypto", "--encrypt", "naibu", "aruji", .. kind, "plain.pdf", "peer.pdf"]);

            var node = Dissect(File.ReadAllBytes(Path.Combine(folder, "peer.pdf")), "naibu");

            node.Children.ShouldHaveSingleItem().Children.ShouldHaveSingleItem().Sha256.ShouldBe(Hashes.Sha256Of("inside"u8));
            var opened = Path.Combine(folder, "opened.pdf");
            using var stream = new PdfLockFormat().Open(File.ReadAllBytes(locked), "himitsu").Entries.Single().Open.ShouldNotBeNull()();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            File.WriteAllBytes(opened, copy.ToArray());
            PeerTool.Run(folder, "qpdf", "--check", "opened.pdf");
        });

    private static PdfMaker Maker(PdfEncryption? encryption, bool packed) =>
        new PdfMaker { Encryption = encryption, Packed = packed }
            .Script("app.alert('http://script.example/')")
            .File("a.txt", "inside"u8.ToArray())
            .Link("http://link.example/a");

    private static byte[] Made(int revision, bool packed, string user, string owner) =>
        Maker(new PdfEncryption(revision, user, owner), packed).Build();

    private static FileFacts Dissect(byte[] bytes, string? password)
    {
        var request = new DissectionRequest
        {
            Name = "a.pdf",
            Candidates = password is null ? [] : [new PasswordCandidate(password, "given", "request")],
        };
        return Dissector.File(bytes, "a.pdf", request);
    }
}
