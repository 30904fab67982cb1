using CsCheck;
using Noroshi.Hub.Search;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Search;

public sealed class SearchQueryTests
{
    private static readonly string[] Pieces =
    [
        "received:",
        "..",
        ">=",
        "from:",
        "\"",
        "-",
        "OR",
        " ",
        "　",
        "：",
        "ﾃｽﾄ",
        "2013-10",
        "\uD800",
        "[.]",
        "hxxp",
        "a",
    ];

    private static readonly SearchDocument Mail = new(
        "m-1",
        "power-a",
        new DateTimeOffset(2013, 10, 17, 0, 30, 0, TimeSpan.FromHours(9)),
        [
            new SearchText(SearchField.From, "山田 太郎 taro.yamada@mail.example.com"),
            new SearchText(SearchField.Subject, "製品に関するお問い合わせ"),
            new SearchText(
                SearchField.Body,
                "資料を hxxp://files[.]example[.]net/dl/a.php?id=7 に置きました。サーバーの設定は 192.0.2.7 です。やり取り型です。"
            ),
            new SearchText(SearchField.File, "見積書_2013.pdf.exe"),
            new SearchText(SearchField.Hash, "deadbeef00112233445566778899aabbccddeeff00112233445566778899aabb"),
            new SearchText(SearchField.Host, "files.example.net"),
            new SearchText(SearchField.Organization, "power-a 電力甲"),
            new SearchText(SearchField.Verdict, "targeted 標的型"),
        ]
    );

    [Theory]
    [InlineData("製品")]
    [InlineData("問合せ")]
    [InlineData("お問い合わせ")]
    [InlineData("やりとり型")]
    [InlineData("サーバ")]
    [InlineData("ｻｰﾊﾞｰの設定")]
    [InlineData("さーばー")]
    [InlineData("資")]
    [InlineData("example.com")]
    [InlineData("mail.example.com")]
    [InlineData("taro.yamada@mail.example.com")]
    [InlineData("yamada@mail.example.com")]
    [InlineData("files.example.net")]
    [InlineData("files[.]example[.]net")]
    [InlineData("hxxp://files.example.net/dl")]
    [InlineData("/dl/a.php")]
    [InlineData("192.0.2.7")]
    [InlineData("192.0.2")]
    [InlineData("deadbeef")]
    [InlineData("DEADBEEF0011")]
    [InlineData("hash:deadbeef00112233445566778899aabbccddeeff00112233445566778899aabb")]
    [InlineData("見積書_2013.pdf.exe")]
    [InlineData("file:exe")]
    [InlineData("pdf.exe")]
    [InlineData("山田太郎")]
    [InlineData("from:山田")]
    [InlineData("差出人：山田")]
    [InlineData("件名:製品 本文:資料")]
    [InlineData("nothing OR 製品")]
    [InlineData("製品 -nothing")]
    [InlineData("製品 AND 資料")]
    [InlineData("received:2013-10-17")]
    [InlineData("received:2013-10")]
    [InlineData("received:2013")]
    [InlineData("received:2013-10-01..2013-10-31 製品")]
    [InlineData("received:>=2013-10-17 received:<2013/10/18")]
    [InlineData("received:2013年10月17日")]
    [InlineData("受信日:2013年10月1日〜2013年10月31日")]
    [InlineData("organization:power-a verdict:targeted")]
    public void This_finds_the_mail(string text)
    {
        var parsed = SearchQueryParser.Parse(text, SearchFields.All);
        parsed.Problem.ShouldBeNull();
        parsed.Query.ShouldNotBeNull().Fits(Mail, SearchFields.All).ShouldBeTrue();
        // What fits is among the candidates: else the index would hide it.
        var tokens = SearchTokens.Of(Mail);
        foreach (var clause in parsed.Query.Clauses)
        {
            clause
                .Any(term =>
                    term.Tokens()
                        .Any(set => set.All(token => tokens.TryGetValue(token, out var fields) && fields.And(term.Fields).Bits != 0))
                )
                .ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("xample.com")]
    [InlineData("ample.net")]
    [InlineData("example.ne")]
    [InlineData("92.0.2.7")]
    [InlineData("eadbeef001122")]
    [InlineData("deadbee")]
    [InlineData("製品 -資料")]
    [InlineData("\"資料 製品\"")]
    [InlineData("subject:資料")]
    [InlineData("from:製品")]
    [InlineData("received:2013-10-16")]
    [InlineData("received:<2013-10-17")]
    [InlineData("received:>2013-10-17")]
    [InlineData("received:2013-10-17..2013-10-17 nothing")]
    public void This_does_not_find_the_mail(string text)
    {
        var query = SearchQueryParser.Parse(text, SearchFields.All).Query.ShouldNotBeNull();

        query.Fits(Mail, SearchFields.All).ShouldBeFalse();
    }

    [Fact]
    public void An_organisation_does_not_search_what_only_the_hub_knows()
    {
        foreach (var text in (string[])["verdict:targeted", "organization:power-a", "標的型", "電力甲"])
        {
            SearchQueryParser
                .Parse(text, SearchFields.OfMembers)
                .Query.ShouldNotBeNull()
                .Fits(Mail, SearchFields.OfMembers)
                .ShouldBeFalse(text);
        }

        var closed = SearchQueryParser.Parse("verdict:targeted", SearchFields.OfMembers).Notices;
        var unknown = SearchQueryParser.Parse("nosuch:targeted", SearchFields.OfMembers).Notices;
        closed.ShouldBe(unknown);
        closed[0].En.ShouldNotContain("verdict");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  　 ", "empty")]
    [InlineData("!!! ???", "empty")]
    [InlineData("OR OR", "empty")]
    [InlineData("received:yesterday", "no-date")]
    [InlineData("received:2013-13", "no-date")]
    [InlineData("received:2013-02-30", "no-date")]
    [InlineData("received:..", "no-date")]
    [InlineData("-received:2013", "received-stands-alone")]
    [InlineData("a OR received:2013", "received-stands-alone")]
    [InlineData("a OR -b", "minus-behind-or")]
    public void This_is_no_query_and_the_answer_says_why(string text, string code)
    {
        var parsed = SearchQueryParser.Parse(text, SearchFields.All);

        parsed.Query.ShouldBeNull();
        parsed.Problem.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public void Long_queries_are_refused_before_they_cost_anything()
    {
        SearchQueryParser.Parse(new string('a', 1_001), SearchFields.All).Problem.ShouldNotBeNull().Code.ShouldBe("query-too-long");
        SearchQueryParser.Parse(new string('a', 201), SearchFields.All).Problem.ShouldNotBeNull().Code.ShouldBe("term-too-long");
        SearchQueryParser
            .Parse(string.Join(' ', Enumerable.Range(0, 25)), SearchFields.All)
            .Problem.ShouldNotBeNull()
            .Code.ShouldBe("too-many-terms");
    }

    [Fact]
    public void A_name_that_is_no_field_is_text_and_that_is_said()
    {
        var parsed = SearchQueryParser.Parse("form:alice", SearchFields.All);

        parsed.Query.ShouldNotBeNull().Clauses[0][0].Text.Strict.ShouldBe("form:alice");
        parsed.Notices.ShouldHaveSingleItem().Code.ShouldBe("no-field");
        SearchQueryParser.Parse("http://example.com", SearchFields.All).Notices.ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_is_typed_gives_a_query_or_a_problem() =>
        Gen.OneOf(Gen.String[0, 80], Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece]).Array[0, 20].Select(string.Concat))
            .Sample(
                text =>
                {
                    var parsed = SearchQueryParser.Parse(text, SearchFields.OfMembers);
                    (parsed.Query is null).ShouldBe(parsed.Problem is not null);
                    parsed.Query?.Fits(Mail, SearchFields.OfMembers);
                },
                iter: 50_000
            );
}
