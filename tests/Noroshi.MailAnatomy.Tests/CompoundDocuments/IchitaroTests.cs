using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes.Justsystems;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.CompoundDocuments;

public sealed class IchitaroTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_ichitaro_document_tells_its_maker_and_its_text(bool pieces)
    {
        var seen = new Inspected(IchitaroMaker.Document(pieces: pieces));

        seen.Format.ShouldBe("jtd");
        seen.Values("author").ShouldBe(["山田 太郎"]);
        seen.Values("title").ShouldBe(["照会の件"]);
        seen.Values("originalPath").ShouldBe([@"N:\企画課\照会\調査票.jtd"]);
        seen.Values("application").ShouldBe(["一太郎 13 文書"]);
        seen.Values("applicationVersion").ShouldBe(["13"]);
        seen.Values("createdAt").ShouldBe(["2013-08-05T01:20:00Z"]);
        seen.Values("fontNames").ShouldBe(["ＭＳ 明朝, ＭＳ ゴシック"]);
        seen.Text.ShouldContain("調査のお願い\n詳しくは http://jtd.example.jp/a をご覧ください。漢字");
        seen.Text.ShouldNotContain("かんじ");
        seen.Codes.ShouldBeEmpty();
        seen.Inner.ShouldHaveSingleItem().Name.ShouldBe("FigureData/Figure1.png");
    }

    [Fact]
    public void A_compressed_document_says_the_same_and_holds_the_same_file()
    {
        var plain = IchitaroMaker.Document();
        var packed = IchitaroMaker.Compressed(plain);

        var outer = new Inspected(packed);

        outer.Format.ShouldBe("jtdc");
        outer.Traits.ShouldBe(new Inspected(plain).Traits);
        outer.Text.ShouldContain("http://jtd.example.jp/a");
        var inner = outer.Inner.ShouldHaveSingleItem();
        inner.Name.ShouldBe("document.jtd");
        Hashes.Sha256Of(inner.Bytes).ShouldBe(Hashes.Sha256Of(plain));
        outer.Codes.ShouldBeEmpty();
    }

    [Fact]
    public void Text_of_the_own_summary_alone_is_enough_for_the_author()
    {
        var file = new CompoundMaker()
            .Stream("DocumentText", IchitaroMaker.BlockStore([IchitaroMaker.Text("本文")]))
            .Stream("\u0004JSRV_SummaryInformation", IchitaroMaker.OwnSummary(("見出し", "件名"), ("作成者", "鈴木 一郎")));

        var seen = new Inspected(file);

        seen.Values("author").ShouldBe(["鈴木 一郎"]);
        seen.Where("author").ShouldBe("JSRV_SummaryInformation/作成者");
    }

    [Fact]
    public void A_list_of_streams_that_states_other_sizes_is_reported() =>
        new Inspected(IchitaroMaker.Document(wrongSizes: true)).Codes.ShouldBe(["ichitaro.segment-mismatch"]);

    [Fact]
    public void A_block_store_that_does_not_hold_together_is_read_from_its_marks()
    {
        byte[] stream = [.. "SsmgV.01"u8, 0xFF, 0xFF, 0, 0x1F, .. System.Text.Encoding.BigEndianUnicode.GetBytes("照会事項")];

        IchitaroText.Read(stream).ShouldBe("照会事項");
    }

    [Theory]
    [InlineData(4, "jsw")]
    [InlineData(5, "jaw")]
    [InlineData(6, "jbw")]
    public void Versions_4_to_6_tell_title_and_text(int version, string format)
    {
        var seen = new Inspected(IchitaroMaker.Old(version, "回覧", "次の資料をご覧ください http://old.example.jp/"));

        seen.Format.ShouldBe(format);
        seen.Values("title").ShouldBe(["回覧"]);
        seen.Text.ShouldBe("次の資料をご覧ください http://old.example.jp/");
    }

    [Fact]
    public void A_packed_document_that_unpacks_without_end_stops_at_the_limit()
    {
        var member = LzhMaker.MakeMember(new LzhMember("a.jtd", new byte[40 << 20]) { Level = 1 });

        var seen = new Inspected(IchitaroMaker.Wrapped(member));

        seen.Codes.ShouldContain("ichitaro.packed-unreadable", StringComparer.Ordinal);
    }
}
