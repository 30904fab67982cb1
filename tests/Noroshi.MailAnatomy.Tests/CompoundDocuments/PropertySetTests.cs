using System.Text;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.OfficeBinary;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.CompoundDocuments;

public sealed class PropertySetTests
{
    private static readonly DateTime Saved = new(2013, 10, 17, 0, 5, 6, DateTimeKind.Utc);

    [Fact]
    public void Summary_properties_become_traits_with_their_place()
    {
        var summary = PropertySetMaker
            .Summary()
            .Text(2, "調査票")
            .Text(3, "照会")
            .Text(4, "山田 太郎")
            .Text(5, "秘")
            .Text(6, "至急")
            .Text(7, "Normal.dot")
            .Text(8, "佐藤 花子")
            .Text(9, "12")
            .Ticks(10, TimeSpan.FromMinutes(95).Ticks)
            .Time(11, Saved.AddHours(1))
            .Time(12, Saved.AddDays(-1))
            .Time(13, Saved)
            .Number(14, 3)
            .Text(18, "Microsoft Office Word")
            .Build();

        var seen = new Inspected(WordMaker.Document("x").Stream("\u0005SummaryInformation", summary));

        seen.Values("title").ShouldContain("調査票", StringComparer.Ordinal);
        seen.Values("subject").ShouldBe(["照会"]);
        seen.Values("author").ShouldContain("山田 太郎", StringComparer.Ordinal);
        seen.Values("keywords").ShouldBe(["秘"]);
        seen.Values("comments").ShouldBe(["至急"]);
        seen.Values("template").ShouldBe(["Normal.dot"]);
        seen.Values("lastAuthor").ShouldContain("佐藤 花子", StringComparer.Ordinal);
        seen.Values("revision").ShouldBe(["12"]);
        seen.Values("editingMinutes").ShouldBe(["95"]);
        seen.Values("printedAt").ShouldBe(["2013-10-17T01:05:06Z"]);
        seen.Values("createdAt").ShouldBe(["2013-10-16T00:05:06Z"]);
        seen.Values("savedAt").ShouldBe(["2013-10-17T00:05:06Z"]);
        seen.Values("pages").ShouldBe(["3"]);
        seen.Values("application").ShouldBe(["Microsoft Office Word"]);
        seen.Values("codePage").ShouldBe(["932"]);
        seen.Values("writtenOn").ShouldBe(["Windows 6.1"]);
        seen.Where("savedAt").ShouldBe("SummaryInformation/lastSaved");
        seen.Codes.ShouldBeEmpty();
    }

    [Fact]
    public void Document_and_user_defined_properties_become_traits()
    {
        var document = PropertySetMaker
            .Document()
            .Text(2, "定例")
            .Text(14, "部長")
            .Text(15, "株式会社のろし")
            .Number(23, (14 << 16) | 6)
            .UserDefined()
            .Names((2, "_PID_HLINKS"), (3, "_PID_LINKBASE"), (4, "部署コード"), (5, "_PID_GUID"))
            .Blob(2, PropertySetMaker.Links("http://links.example.jp/a", @"\\files.example.jp\share\a.doc"))
            .Blob(3, Encoding.Unicode.GetBytes("http://base.example.jp/\0"))
            .Text(4, "A-17")
            .Blob(5, Encoding.Unicode.GetBytes("{11111111-2222-3333-4444-555555555555}\0"))
            .Build();

        var seen = new Inspected(WordMaker.Document("x").Stream("\u0005DocumentSummaryInformation", document));

        seen.Values("category").ShouldBe(["定例"]);
        seen.Values("manager").ShouldBe(["部長"]);
        seen.Values("company").ShouldBe(["株式会社のろし"]);
        seen.Values("applicationVersion").ShouldBe(["14.0006"]);
        seen.Values("hyperlinkBase").ShouldBe(["http://base.example.jp/"]);
        seen.Values("customProperty").ShouldBe(["部署コード=A-17"]);
        seen.Values("documentId").ShouldBe(["{11111111-2222-3333-4444-555555555555}"]);
        seen.Values("externalTarget").ShouldBe(["http://links.example.jp/a", @"\\files.example.jp\share\a.doc"]);
        seen.Text.ShouldContain("http://links.example.jp/a");
    }

    [Fact]
    public void Strings_in_a_code_page_other_than_stated_are_read_by_what_they_are()
    {
        // States Latin 1, holds Shift_JIS.
        var sjis = CodePagesEncodingProvider.Instance.GetEncoding(932).ShouldNotBeNull().GetBytes("田中商事株式会社の調査票について\0");
        var summary = PropertySetMaker.Summary(1252).Raw(4, [30, 0, 0, 0, (byte)sjis.Length, 0, 0, 0, .. sjis]).Build();

        new Inspected(WordMaker.Document("x").Stream("\u0005SummaryInformation", summary))
            .Values("author")
            .ShouldContain("田中商事株式会社の調査票について", StringComparer.Ordinal);
    }

    [Fact]
    public void A_template_with_a_path_is_an_original_path_and_a_remote_one_an_external_target()
    {
        Properties(7, @"C:\Users\yamada\Templates\調査.dot").Values("originalPath").ShouldBe([@"C:\Users\yamada\Templates\調査.dot"]);
        var remote = Properties(7, "http://template.example.jp/t.dot");
        remote.Values("externalTarget").ShouldBe(["http://template.example.jp/t.dot"]);
        remote.Values("originalPath").ShouldBeEmpty();
    }

    [Fact]
    public void Lying_offsets_and_counts_are_reported_and_the_rest_is_read()
    {
        var summary = PropertySetMaker.Summary().Text(4, "山田 太郎").Text(5, "x").Build();
        // The offset of the third property (behind the code page and the author).
        BitConverter.TryWriteBytes(summary.AsSpan(48 + 8 + 16 + 4), 0x7FFFFFFF);

        var seen = new Inspected(WordMaker.Document("x").Stream("\u0005SummaryInformation", summary));

        seen.Values("author").ShouldContain("山田 太郎", StringComparer.Ordinal);
        seen.Codes.ShouldBe(["compound.properties-damaged"]);
    }

    [Fact]
    public void Traits_are_capped_in_number_and_length()
    {
        var names = Enumerable.Range(2, 300).Select(id => ((uint)id, $"name{id}")).ToArray();
        var document = PropertySetMaker.Document().UserDefined().Names(names);
        foreach (var (id, _) in names)
        {
            document.Text(id, new string((char)('a' + (id % 26)), 3_000) + id);
        }

        var seen = new Inspected(WordMaker.Document("x").Stream("\u0005DocumentSummaryInformation", document.Build()));

        seen.TraitCount.ShouldBeLessThanOrEqualTo(64);
        seen.Traits.ShouldAllBe(trait => trait.Value.Length <= 1_024);
    }

    private static Inspected Properties(uint id, string value) =>
        new(
            new CompoundMaker()
                .Stream("Other", new byte[10])
                .Stream("\u0005SummaryInformation", PropertySetMaker.Summary().Text(id, value).Build())
        );

    [Theory]
    [InlineData("1024-values-are-one-megabyte")]
    [InlineData("1024-values-are-one-vector")]
    [InlineData("1024-dictionaries")]
    public void Properties_that_share_their_bytes_do_not_multiply_them(string variant)
    {
        var bytes = Noroshi.Makers.Hostile.HostileCompound.All.Single(input => input.Variant == variant).Make();
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = new Inspected(bytes);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(32 << 20);
    }
}
