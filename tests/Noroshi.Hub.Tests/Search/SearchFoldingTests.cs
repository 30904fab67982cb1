using CsCheck;
using Noroshi.Hub.Search;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Search;

public sealed class SearchFoldingTests
{
    [Theory]
    [InlineData("ﾃｽﾄ㈱", "てすと(株)")]
    [InlineData("ＰＤＦファイル", "pdf ﾌｧｲﾙ")]
    [InlineData("山田　太郎", "山田太郎")]
    [InlineData("添付ファイ\r\nルを", "添付ファイルを")]
    [InlineData("佐々木", "佐佐木")]
    [InlineData("いすゞ", "イスズ")]
    [InlineData("髙﨑", "高崎")]
    [InlineData("霞ヶ関", "霞ケ関")]
    [InlineData("サ―バ", "サーバ")]
    [InlineData("zero\u200Bwidth", "zerowidth")]
    [InlineData("ゼロ\u00AD幅", "ゼロ幅")]
    [InlineData("サイバー・セキュリティ", "サイバーセキュリティ")]
    [InlineData("hxxps://mail[.]example[.]com/a", "https://mail.example.com/a")]
    [InlineData("info[at]example(dot)com", "INFO@example.com")]
    [InlineData("192[.]0[.]2[.]7", "192.0.2.7")]
    [InlineData("hxxp[://]example[.com", "http://example.com")]
    public void Two_ways_of_writing_are_one(string written, string meant) =>
        SearchFolding.Of(written).Strict.ShouldBe(SearchFolding.Of(meant).Strict);

    [Theory]
    [InlineData("やり取り型", "やりとり型")]
    [InlineData("サーバー", "サーバ")]
    [InlineData("コンピューターの", "コンピュータの")]
    [InlineData("お問い合わせ", "お問合せ")]
    [InlineData("ウィルス", "ウイルス")]
    [InlineData("打ち合わせ", "打合せ")]
    public void Two_spellings_are_one_loosely_and_two_strictly(string one, string other)
    {
        SearchFolding.Of(one).Loose.ShouldBe(SearchFolding.Of(other).Loose);
        SearchFolding.Of(one).Strict.ShouldNotBe(SearchFolding.Of(other).Strict, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("キー", "キ")]
    [InlineData("ビール", "ビル")]
    [InlineData("example.com", "example com")]
    [InlineData("至急】資料", "至急資料")]
    [InlineData("foo-bar", "foobar")]
    public void What_differs_stays_different(string one, string other) =>
        SearchFolding.Of(one).Loose.ShouldNotBe(SearchFolding.Of(other).Loose, StringComparer.Ordinal);

    [Fact]
    public void Brackets_that_disguise_nothing_are_separators()
    {
        SearchFolding.Of("[重要] お知らせ (1)").Strict.ShouldBe("重要 オ知ラセ 1");
        SearchFolding.Of("see [at] the end").Strict.ShouldBe("see at the end");
    }

    [Fact]
    public void Any_text_folds_to_words_with_single_separators_between_them() =>
        Gen.String[0, 60]
            .Sample(
                text =>
                {
                    var folded = SearchFolding.Of(text).Strict;
                    for (var at = 0; at < folded.Length; at++)
                    {
                        var stands = SearchFolding.IsCjk(folded[at]) || SearchFolding.IsWord(folded[at]);
                        var between =
                            at > 0
                            && at + 1 < folded.Length
                            && (SearchFolding.IsCjk(folded[at - 1]) || SearchFolding.IsWord(folded[at - 1]))
                            && (SearchFolding.IsCjk(folded[at + 1]) || SearchFolding.IsWord(folded[at + 1]));
                        (stands || between).ShouldBeTrue(folded);
                    }
                },
                iter: 20_000
            );

    [Fact]
    public void A_part_of_a_japanese_text_is_found_in_the_whole() =>
        Gen.Char["あいうアイカガー々ゝ漢字山取りやサバヤリ。 a1.-"]
            .Array[1, 40]
            .SelectMany(text => Gen.Int[0, text.Length - 1].Select(Gen.Int[1, 8], (from, length) => (text, from, length)))
            .Sample(
                sample =>
                {
                    var text = new string(sample.text);
                    var part = new string([.. text.Skip(sample.from).Take(sample.length)]);
                    // A part that begins or ends inside a word, a joiner or before a repetition mark is another text.
                    if (part.Any(letter => !SearchFolding.IsCjk(letter) || letter is 'ー' or '々' or 'ゝ'))
                    {
                        return;
                    }

                    var document = new SearchDocument("1", "a", DateTimeOffset.UnixEpoch, [new SearchText(SearchField.Body, text)]);
                    var query = SearchQueryParser.Parse($"\"{part}\"", SearchFields.All).Query.ShouldNotBeNull();
                    query.Fits(document, SearchFields.All).ShouldBeTrue($"{part} in {text}");
                    var tokens = SearchTokens.Of(document);
                    query.Clauses[0][0].Tokens().Any(set => set.All(tokens.ContainsKey)).ShouldBeTrue($"tokens of {part} in {text}");
                },
                iter: 20_000
            );
}
