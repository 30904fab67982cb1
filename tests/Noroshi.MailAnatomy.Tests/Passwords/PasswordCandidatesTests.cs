using Noroshi.MailAnatomy.Passwords;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Passwords;

public sealed class PasswordCandidatesTests
{
    private static readonly PasswordContext Full = new()
    {
        Subject = "見積書の送付 PW:subj55",
        Text = "お世話になっております。\nパスワードはKx7mQ2です。\n管理番号 ZZ-4471 をご確認ください。",
        SentAt = new DateTimeOffset(2013, 5, 1, 0, 30, 0, TimeSpan.FromHours(9)),
        From = new MailAddress("Taro Yamada", "taro.yamada@mail.hinode.co.jp"),
        Recipients = [new MailAddress("", "madoguchi@fujimi.example")],
        AttachmentNames = ["資料(pass_1234).zip"],
        Known = [new PasswordCandidate("fromcampaign", "campaign", "campaign 12")],
    };

    private static readonly IReadOnlyList<PasswordCandidate> Ranked = [.. PasswordCandidates.Ranked(Full)];

    private static int Rank(string value) =>
        Ranked
            .Select((candidate, index) => (candidate.Value, index))
            .First(pair => string.Equals(pair.Value, value, StringComparison.Ordinal))
            .index;

    [Fact]
    public void Candidates_come_in_the_order_known_phrases_dates_names_list_tokens()
    {
        string[] order = ["fromcampaign", "Kx7mQ2", "subj55", "1234", "20130501", "taro.yamada", "infected", "ZZ-4471"];
        order.Select(Rank).ShouldBeInOrder();
        order
            .Select(value => Ranked[Rank(value)].Source)
            .ShouldBe(["campaign", "same-mail", "same-mail", "same-mail", "date", "token", "list", "token"]);
    }

    [Theory]
    [InlineData("20130501", "2013-05-01")]
    [InlineData("130501", "2013-05-01")]
    [InlineData("0501", "2013-05-01")]
    [InlineData("2013-05-01", "2013-05-01")]
    [InlineData("2013/05/01", "2013-05-01")]
    [InlineData("01052013", "2013-05-01")]
    [InlineData("H250501", "2013-05-01")]
    [InlineData("250501", "2013-05-01")]
    [InlineData("平成25", "2013-05-01")]
    [InlineData("H25", "2013-05-01")]
    [InlineData("20130430", "2013-04-30")]
    [InlineData("20130502", "2013-05-02")]
    public void Forms_of_the_writers_own_day_and_its_neighbours_are_candidates(string value, string day)
    {
        var candidate = Ranked[Rank(value)];
        candidate.Source.ShouldBe("date");
        candidate.Where.ShouldBe($"Date header, {day}");
    }

    [Theory]
    [InlineData(2019, 4, 30, "H310430")]
    [InlineData(2019, 5, 1, "R010501")]
    [InlineData(2024, 1, 15, "R6")]
    [InlineData(1989, 1, 7, "S640107")]
    [InlineData(1989, 1, 8, "H010108")]
    public void The_era_is_that_of_the_day(int year, int month, int day, string value)
    {
        var sentAt = new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.FromHours(9));
        var candidate = PasswordCandidates
            .Ranked(new PasswordContext { SentAt = sentAt })
            .First(one => string.Equals(one.Value, value, StringComparison.Ordinal));
        candidate.Where.ShouldBe(
            $"Date header, {new DateOnly(year, month, day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}"
        );
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59+00:00")]
    public void The_ends_of_the_calendar_have_one_neighbour(string sentAt)
    {
        var context = new PasswordContext { SentAt = DateTimeOffset.Parse(sentAt, System.Globalization.CultureInfo.InvariantCulture) };
        PasswordCandidates
            .Ranked(context)
            .Where(one => one.Source == "date")
            .Select(one => one.Where)
            .Distinct(StringComparer.Ordinal)
            .Count()
            .ShouldBe(2);
    }

    [Fact]
    public void No_candidate_comes_twice() => Ranked.Select(one => one.Value).ShouldBeUnique(StringComparer.Ordinal);

    [Fact]
    public void Names_of_people_domains_and_files_are_candidates()
    {
        string[] names = ["taro", "yamada", "hinode", "mail.hinode.co.jp", "Taro", "madoguchi", "fujimi", "資料(pass_1234)", "hinode2013"];
        names.ShouldBeSubsetOf(Ranked.Select(one => one.Value), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("資料(pass_1234).zip", "1234")]
    [InlineData("report_PW-abc77.zip", "abc77")]
    [InlineData("見積(パスワードはmori).lzh", "mori")]
    [InlineData("図面【ＰＷ：ｋｔ０１】.rar", "kt01")]
    [InlineData("data_pass1234.7z", "1234")]
    [InlineData("data_pass1234.7z", "pass1234")]
    public void A_password_in_the_name_of_the_file_is_found(string fileName, string password)
    {
        var found = PasswordCandidates
            .Ranked(new PasswordContext { AttachmentNames = [fileName] })
            .Where(one => one.Source == "same-mail")
            .Select(one => one.Value);
        found.ShouldContain(password, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("ｐａｓｓ１２３", "pass123")]
    [InlineData("Secret9", "secret9")]
    [InlineData("abc123。", "abc123")]
    [InlineData("ab–12", "ab-12")]
    [InlineData("ｻｸﾗ2014", "サクラ2014")]
    public void Known_passwords_are_also_tried_as_people_retype_them(string known, string variant)
    {
        var ranked = PasswordCandidates
            .Ranked(new PasswordContext { Known = [new PasswordCandidate(known, "given", "command line")] })
            .ToList();
        ranked[0].Value.ShouldBe(known);
        ranked.Take(5).ShouldContain(new PasswordCandidate(variant, "given", "command line"));
    }

    [Fact]
    public void The_passwords_of_common_test_archives_are_in_the_list()
    {
        string[] expected = ["infected", "test", "testpassword", "password", "virus", "malware", "1234", "12345678"];
        expected.ShouldBeSubsetOf(PasswordCandidates.Ranked(new PasswordContext()).Select(one => one.Value), StringComparer.Ordinal);
    }

    [Fact]
    public void Reading_only_the_first_candidate_does_not_read_the_rest_of_a_large_mail()
    {
        var text = string.Concat(Enumerable.Repeat("word0 word1 word2 ", 50_000));
        var known = new PasswordCandidate("k", "given", "command line");
        var context = new PasswordContext { Text = text, Known = [known] };
        var before = GC.GetAllocatedBytesForCurrentThread();
        PasswordCandidates.Ranked(context).First().ShouldBe(known);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Tokens_of_a_text_that_is_all_words_are_bounded()
    {
        var text = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"word{i}"));
        PasswordCandidates.Ranked(new PasswordContext { Text = text }).Count().ShouldBeLessThan(5_000);
    }

    [Fact]
    public void A_lone_surrogate_is_a_candidate_like_any_other() =>
        PasswordCandidates
            .Ranked(new PasswordContext { Known = [new PasswordCandidate("a\ud800b", "given", "x")] })
            .First()
            .Value.ShouldBe("a\ud800b");
}
