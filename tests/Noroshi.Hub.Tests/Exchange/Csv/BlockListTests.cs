using System.Text;
using Noroshi.Exchange.Csv;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Tests.Exchange.Misp;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Csv;

public sealed class BlockListTests
{
    private static readonly DateTimeOffset Now = SampleItems.At.AddDays(1);

    [Fact]
    public void A_list_holds_one_value_a_line_under_its_marking()
    {
        var text = Text("ip", SampleItems.First);

        Values(text).ShouldBe(["203.0.113.9"]);
        text.ShouldContain("# TLP:AMBER PAP:GREEN");
        text.ShouldContain("# 展開可能範囲: 受領組織内および登録済みのグループ会社");
        Values(Text("sender", SampleItems.First)).ShouldBe(["asker@mail.example"]);
        Values(Text("sha256", SampleItems.First)).ShouldBe([new string('a', 64)]);
    }

    [Fact]
    public void The_host_of_a_hijacked_site_is_left_out_and_its_exact_url_is_not()
    {
        var hosts = Text("host", SampleItems.First);

        Values(hosts).ShouldBeEmpty();
        hosts.ShouldContain("# 除外: 悪用された正規サイト");
        Values(Text("url", SampleItems.First)).ShouldBe(["http://shop.example/img/gate.php"]);
    }

    [Fact]
    public void What_is_expired_retracted_or_not_to_be_blocked_is_left_out()
    {
        Values(Text("ip", SampleItems.Retracted)).ShouldBeEmpty();
        Values(
                Text(
                    "ip",
                    SampleItems.First with
                    {
                        Item = SampleItems.Item with { Marking = SampleItems.Item.Marking with { Pap = Pap.Amber } },
                    }
                )
            )
            .ShouldBeEmpty();
        var late = Encoding.UTF8.GetString(BlockList.Of("ip", [SampleItems.First], SampleItems.Item.Marking.ExpiresAt));
        Values(late).ShouldBeEmpty();
        late.ShouldContain("期限切れ");
    }

    [Fact]
    public void A_list_of_several_items_is_marked_like_the_strictest()
    {
        var strict = SampleItems.First with
        {
            Item = SampleItems.Item with
            {
                Id = Guid.Empty,
                Marking = SampleItems.Item.Marking with { Tlp = Tlp.AmberStrict, Redistribution = Redistribution.OwnOrganizationOnly },
            },
        };

        var text = Text("ip", SampleItems.First, strict);

        text.ShouldContain("# TLP:AMBER+STRICT");
        text.ShouldContain("受領組織内のみ");
        Values(text).ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public void A_value_cannot_add_a_line_or_a_comment()
    {
        var forged = SampleItems.First with
        {
            Item = SampleItems.Item with
            {
                Indicators =
                [
                    SampleItems.Indicator(7, IndicatorKind.Sender, "a@b.example\nbank.example", IndicatorRole.Delivery),
                    SampleItems.Indicator(8, IndicatorKind.Sender, "#c@d.example", IndicatorRole.Delivery),
                ],
            },
        };

        Values(Text("sender", forged)).ShouldBeEmpty();
    }

    [Fact]
    public void There_is_no_other_list()
    {
        BlockList.Names.ShouldAllBe(name => Text(name, SampleItems.First).StartsWith("# Noroshi block list: "));
        Should.Throw<ArgumentException>(() => Text("subject", SampleItems.First));
    }

    private static string Text(string name, params Release[] releases) => Encoding.UTF8.GetString(BlockList.Of(name, releases, Now));

    private static IEnumerable<string> Values(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');
}
