using System.Text;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes.Similarity;
using Noroshi.Makers.Programs;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Similarity;

public sealed class TlshTests
{
    /// <summary>Digests of the original implementation (3.4.4, without the prefix of later ones).</summary>
    [Theory]
    [InlineData(256, "E4D095F39D18C3C52746553080901210A044C4D6B31CCC75623DD2056D7025FC70B9D4")]
    [InlineData(300, "00E07DE28A348A892245557041504224A084C0C6772CD875B23CA3196E6015F860A994")]
    [InlineData(656, "98F068D29A244D8B6155555450D5E311B2C08592B31CE976A2BCF3846FD541FC30C6A4")]
    [InlineData(657, "B20168D29A244D8B6155555450D5E311B6C08592B31CE976A2BCF3846FD541FC30C6A4")]
    [InlineData(1000, "F311CCC15A294E4F27058588105FF512A3844193B77CE8F591ADF2D87FD860FC604468")]
    [InlineData(3199, "67615DC7B8638A1D701AC92807DEF203219294E7D77C4C6D550DE5CA6FFC64E4150B74")]
    [InlineData(3200, "BC615DC7B8638A1D701AC92807DEF203219294E7D77C4C6D550DE5CA6FFC64E4150B74")]
    [InlineData(10000, "0622AFD36C37856F1108CC184703F2633285ADE2B778C87EDA45E0DA4BEAD8D9D3059A")]
    [InlineData(70000, "156312C23C75553F30A9CC285FA3A5A37296183F27F05C848EDBA2F90B8619B646B149")]
    public void The_digest_is_that_of_the_original(int length, string digest) => Tlsh.Of(Bytes(length)).ShouldBe("T1" + digest);

    [Fact]
    public void Too_few_and_too_uniform_bytes_have_none()
    {
        Tlsh.Of(Bytes(49)).ShouldBeNull();
        Tlsh.Of(new byte[5_000]).ShouldBeNull();
        Tlsh.Of(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 2_000)))).ShouldBeNull();
        Tlsh.Of(Bytes(50)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(
        "E4D095F39D18C3C52746553080901210A044C4D6B31CCC75623DD2056D7025FC70B9D4",
        "00E07DE28A348A892245557041504224A084C0C6772CD875B23CA3196E6015F860A994",
        146
    )]
    [InlineData(
        "98F068D29A244D8B6155555450D5E311B2C08592B31CE976A2BCF3846FD541FC30C6A4",
        "B20168D29A244D8B6155555450D5E311B6C08592B31CE976A2BCF3846FD541FC30C6A4",
        3
    )]
    [InlineData(
        "F311CCC15A294E4F27058588105FF512A3844193B77CE8F591ADF2D87FD860FC604468",
        "156312C23C75553F30A9CC285FA3A5A37296183F27F05C848EDBA2F90B8619B646B149",
        724
    )]
    [InlineData(
        "BC615DC7B8638A1D701AC92807DEF203219294E7D77C4C6D550DE5CA6FFC64E4150B74",
        "0622AFD36C37856F1108CC184703F2633285ADE2B778C87EDA45E0DA4BEAD8D9D3059A",
        309
    )]
    [InlineData(
        "E4D095F39D18C3C52746553080901210A044C4D6B31CCC75623DD2056D7025FC70B9D4",
        "156312C23C75553F30A9CC285FA3A5A37296183F27F05C848EDBA2F90B8619B646B149",
        827
    )]
    public void The_distance_is_that_of_the_original(string one, string other, int distance)
    {
        Tlsh.Distance(one, other).ShouldBe(distance);
        Tlsh.Distance("T1" + other, "T1" + one).ShouldBe(distance);
        Tlsh.Distance(one, one).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("T1")]
    [InlineData("T1ZZ")]
    public void What_is_no_digest_has_no_distance(string text) => Tlsh.Distance(text, text).ShouldBeNull();

    [Fact]
    public void Programs_get_a_digest_and_plain_text_none()
    {
        var files = new FileDissector(new DissectionRequest(), new Budget());

        files
            .Describe("a", "", new PortableMaker { Overlay = Bytes(9_000) }.Build(), 0)
            .Facts.Traits.ShouldContain(trait => trait.Name == "tlsh");
        files
            .Describe("a", "", Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 900))), 0)
            .Facts.Traits.ShouldNotContain(trait => trait.Name == "tlsh");
    }

    /// <summary>A fixed series that any language can repeat: a linear congruence, its middle bits.</summary>
    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        var state = 20_131_017u;
        for (var i = 0; i < length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            bytes[i] = (byte)((state >> 20) % 61);
        }

        return bytes;
    }
}
