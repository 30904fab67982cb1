using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Noroshi.Exchange.Reports;
using Noroshi.Exchange.Reports.Data;
using Noroshi.Hub.Reports.Documents;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Reports;

/// <summary>JSON package and CSV.</summary>
public sealed class ReportDataTests
{
    public static TheoryData<string> Texts() => [.. NaughtyTexts.All];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_package_follows_its_schema_and_bound_numbers_name_their_figures(bool ja)
    {
        var package = Package(SampleReport.Of(ja));
        Problems(package).ShouldBeEmpty();
        var keys = package["figures"].ShouldNotBeNull().AsArray().Select(one => (string?)one?["key"]).ToList();
        keys.Count.ShouldBe(6);
        var bound = Numbers(package).ToList();
        bound.Count.ShouldBe(11);
        bound.ShouldAllBe(key => keys.Contains(key));
        var japan = package["figures"].ShouldNotBeNull().AsArray().Single(one => (string?)one?["key"] == "FY2020/c2Region.JP").ShouldNotBeNull();
        ((int?)japan["numerator"]).ShouldBe(31);
        ((int?)japan["denominator"]).ShouldBe(100);
        ((string?)japan["unit"]).ShouldBe("percent");
        ((string?)japan["population"]).ShouldBe("destinations");
        ((string?)japan["state"]).ShouldBe("final");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_breaks_the_package(string text) => Problems(Package(SampleReport.Of(ja: true, text))).ShouldBeEmpty();

    [Fact]
    public void The_schema_notices_what_is_missing_wrong_or_too_much()
    {
        var package = Package(SampleReport.Of(ja: true));
        package.AsObject().Remove("marking");
        package["form"] = "poster";
        package["more"] = 1;
        package["figures"].ShouldNotBeNull()[0].ShouldNotBeNull()["numerator"] = "many";
        Problems(package).Count.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public void The_data_of_one_figure_is_a_package_with_one_block_and_the_figures_it_names()
    {
        var part = JsonNode.Parse(JsonReportWriter.OfPart(SampleReport.Of(ja: true), "figure-1").ShouldNotBeNull()).ShouldNotBeNull();
        Problems(part).ShouldBeEmpty();
        part["figures"].ShouldNotBeNull().AsArray().Count.ShouldBe(4);
        part["sections"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        JsonReportWriter.OfPart(SampleReport.Of(ja: true), "figure-9").ShouldBeNull();
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        JsonReportWriter.Of(SampleReport.Of(ja: false)).ShouldBe(JsonReportWriter.Of(SampleReport.Of(ja: false)));

    [Fact]
    public void A_table_is_CSV_with_a_byte_order_mark_and_plain_numbers()
    {
        var table = SampleReport.Of(ja: true).Tables().First();
        var bytes = TableCsv.Of(table);
        bytes.AsSpan(0, 3).SequenceEqual(Encoding.UTF8.Preamble).ShouldBeTrue();
        Encoding.UTF8.GetString(bytes.AsSpan(3)).ShouldBe("区分,2019年度,2020年度\r\n情報提供件数,241,384\r\nうち電力,1204,-12.5%\r\n");
    }

    [Fact]
    public void A_cell_of_CSV_that_would_be_a_formula_is_text()
    {
        var table = new TableBlock
        {
            Id = "table-1",
            Caption = "",
            Columns = [new TableColumn("=1+1"), new TableColumn("N", true)],
            Rows = [[[new TextRun("@x"), new FootnoteRun("(*1)", 1)], [new TextRun("-1-cmd")]], [[new TextRun("a,\"b\"")], [new TextRun("-5")]]],
        };
        Encoding.UTF8.GetString(TableCsv.Of(table).AsSpan(3)).ShouldBe("'=1+1,N\r\n'@x,'-1-cmd\r\n\"a,\"\"b\"\"\",-5\r\n");
    }

    [Theory]
    [InlineData("1,204", 1204, false)]
    [InlineData("-12.5%", -0.125, true)]
    [InlineData("31%", 0.31, true)]
    [InlineData("7", 7, false)]
    public void A_printed_number_is_read_back(string text, double value, bool percent)
    {
        var number = CellNumber.Of(text).ShouldNotBeNull();
        ((double)number.Value).ShouldBe(value, 1e-12);
        number.Percent.ShouldBe(percent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("11~15")]
    [InlineData("2013年度")]
    [InlineData("1e5")]
    [InlineData("%")]
    [InlineData("99999999999999999999999999999999")]
    public void What_is_no_printed_number_stays_text(string text) => CellNumber.Of(text).ShouldBeNull();

    private static JsonNode Package(ReportDocument document) => JsonNode.Parse(JsonReportWriter.Of(document)).ShouldNotBeNull();

    private static IEnumerable<string?> Numbers(JsonNode? node) =>
        node switch
        {
            JsonObject one => one.Where(pair => pair.Key == "figure").Select(pair => (string?)pair.Value)
                .Concat(one.SelectMany(pair => Numbers(pair.Value))),
            JsonArray many => many.SelectMany(Numbers),
            _ => [],
        };

    private static List<string> Problems(JsonNode package, [CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "../../../../docs/schemas/report-1.json"));
        using var schema = JsonDocument.Parse(File.ReadAllBytes(path));
        using var document = JsonDocument.Parse(package.ToJsonString());
        return [.. new SchemaCheck(schema.RootElement).Of(document.RootElement)];
    }
}
