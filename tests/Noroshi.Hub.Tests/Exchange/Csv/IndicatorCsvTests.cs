using System.Text;
using CsCheck;
using Noroshi.Exchange.Csv;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Tests.Exchange.Misp;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Csv;

public sealed class IndicatorCsvTests
{
    private static readonly DateTimeOffset Now = SampleItems.At.AddDays(1);

    [Fact]
    public void Excel_sees_the_marking_and_the_redistribution_first_on_every_row()
    {
        var bytes = IndicatorCsv.Of([SampleItems.First], ja: true, Now);
        var rows = Rows(bytes);

        bytes.AsSpan(0, 3).SequenceEqual(Encoding.UTF8.Preamble).ShouldBeTrue();
        rows[0][..2].ShouldBe(["取扱い(TLP)", "展開可能範囲"]);
        rows.Count.ShouldBe(7);
        rows.Skip(1).ShouldAllBe(row => row[0] == "TLP:AMBER" && row[1] == "受領組織内および登録済みのグループ会社(委託先への展開不可)");
        rows[2][6..9].ShouldBe(["203.0.113.9", "203[.]0[.]113[.]9", "不正接続先"]);
        rows[4][7].ShouldBe("hxxp://shop[.]example/img/gate.php");
    }

    [Fact]
    public void The_columns_are_the_same_in_both_languages_and_programs_get_fixed_words()
    {
        var (ja, en) = (
            Rows(IndicatorCsv.Of([SampleItems.First], ja: true, Now)),
            Rows(IndicatorCsv.Of([SampleItems.First], ja: false, Now))
        );

        en.ShouldAllBe(row => row.Count == ja[0].Count);
        en[0]
            .ShouldBe([
                "tlp",
                "redistribution",
                "pap",
                "expires",
                "state",
                "kind",
                "value",
                "value_defanged",
                "role",
                "mails",
                "hijacked",
                "country",
                "country_as_of",
                "country_source",
                "item",
                "version",
                "released",
                "indicator",
            ]);
        en[3][5..7].ShouldBe(["host", "shop.example"]);
        en[3][10].ShouldBe("suspected");
        en[1][1].ShouldBe("own+group");
    }

    [Fact]
    public void Retracted_and_expired_items_say_so()
    {
        Rows(IndicatorCsv.Of([SampleItems.Retracted], ja: true, Now))[1][4..8].ShouldBe(["撤回", "", "", ""]);
        Rows(IndicatorCsv.Of([SampleItems.First], ja: false, SampleItems.Item.Marking.ExpiresAt))[1][4].ShouldBe("expired");
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("　＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData(" =cmd|'/c calc'!A0")]
    public void No_cell_starts_a_formula(string value)
    {
        var row = Rows(IndicatorCsv.Of([With(value)], ja: false, Now))[1];

        row[6].ShouldStartWith("'");
        row[7].ShouldStartWith("'");
        row[6].ShouldNotContain("\t");
        row[6].ShouldNotContain("\r");
    }

    [Fact]
    public void Whatever_stands_in_a_value_it_stays_one_row_of_as_many_cells()
    {
        Gen.String.Sample(value =>
        {
            var rows = Rows(IndicatorCsv.Of([With("x" + value)], ja: false, Now));
            return rows.Count == 2 && rows[1].Count == 18;
        });
    }

    private static Release With(string value) =>
        SampleItems.First with
        {
            Item = SampleItems.Item with { Indicators = [SampleItems.Indicator(9, IndicatorKind.Subject, value, IndicatorRole.Delivery)] },
        };

    /// <summary>A reader of RFC 4180 of its own, so that writer and reader cannot agree on a mistake.</summary>
    private static List<List<string>> Rows(byte[] csv)
    {
        var text = Encoding.UTF8.GetString(csv.AsSpan(3));
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted)
            {
                if (letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append('"');
                    at++;
                }
                else if (letter == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(letter);
                }
            }
            else if (letter == '"')
            {
                quoted = true;
            }
            else if (letter == ',')
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (letter == '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                rows.Add(row);
                row = [];
            }
            else
            {
                cell.Append(letter);
            }
        }

        return rows;
    }
}
