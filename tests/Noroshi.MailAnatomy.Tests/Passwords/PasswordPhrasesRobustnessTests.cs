using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Noroshi.MailAnatomy.Passwords;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Passwords;

public sealed class PasswordPhrasesRobustnessTests
{
    private static readonly string[] Fragments =
    [
        "パスワード",
        "PW",
        "pass",
        "：",
        ":",
        "は",
        "「",
        "」",
        "『",
        "(",
        ")",
        "（",
        "）",
        "<",
        ">",
        "[",
        "]",
        "\"",
        "'",
        "abc123",
        "a b c 1 2",
        "１２３４",
        "\n",
        "\r\n",
        " ",
        "　",
        "です",
        "。",
        "以下",
        "本日の日付",
        "電話番号の下4桁",
        "下9",
        "下",
        "03-1234-5678",
        "@より前",
        "※",
        "半角",
        "----",
        "\ud800",
        "\udc00",
        "\u202e",
        "前半",
        "後半",
        "key",
        "use ",
        "解凍",
        "と入力",
        "\0",
        "ﾊﾟｽ",
        "ファイル名と同じ",
        "+81",
        "-",
        "*",
    ];

    [Fact]
    public void Any_mixture_of_the_grammars_own_pieces_is_read_without_harm() =>
        Gen.Int[0, Fragments.Length - 1]
            .Select(i => Fragments[i])
            .Array[0, 40]
            .Select(string.Concat)
            .Sample(
                text =>
                {
                    var found = PasswordPhrases.Extract(text, "body", PhraseCase.Mail(text));
                    found.Count.ShouldBeLessThanOrEqualTo(64);
                    found.ShouldAllBe(one => one.Value.Length > 0 && one.Value.Length <= 256);
                    PasswordPhrases.Promises(text).Count.ShouldBeLessThanOrEqualTo(2);
                },
                iter: 3_000,
                threads: 1
            );

    [Fact]
    public void Folding_changes_full_width_ASCII_and_blanks_and_nothing_else_at_every_place()
    {
        var all = string.Create(
            0x10000,
            0,
            static (span, _) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = (char)i;
                }
            }
        );
        for (var skip = 0; skip < 40; skip++)
        {
            var folded = PhraseText.Fold(all[skip..]);
            folded.Length.ShouldBe(all.Length - skip);
            for (var i = 0; i < folded.Length; i++)
            {
                var c = (char)(i + skip);
                var expected =
                    c is >= '！' and <= '～' ? (char)(c - '！' + '!')
                    : c is '\t' or '\u00A0' or '\u3000' ? ' '
                    : c;
                if (folded[i] != expected)
                {
                    folded[i].ShouldBe(expected, $"U+{(int)c:X4}");
                }
            }
        }
    }

    [Fact]
    public void Every_trigger_word_passes_the_quick_reject()
    {
        var rejected = PhraseWords
            .Triggers.Where(trigger => !PhraseScanner.MayHold($"あ {trigger.Word} x"))
            .Select(trigger => trigger.Word)
            .ToList();
        rejected.ShouldBeEmpty();
    }

    [Fact]
    public void The_line_named_is_the_line_of_the_value()
    {
        var found = PasswordPhrases.Extract("一行目\r\n\r\nパスワードは下記です。\r\n\r\n  abc123\r\n以上");
        found[0].ShouldBe(new PasswordCandidate("abc123", "same-mail", "body line 5"));
    }

    [Fact]
    public void Full_width_values_come_in_half_width_and_as_written() =>
        PasswordPhrases.Extract("ＰＷ：ａｂｃ１２３").Take(2).Select(one => one.Value).ShouldBe(["abc123", "ａｂｃ１２３"]);

    [Fact]
    public void A_value_before_a_full_stop_comes_without_and_with_it() =>
        PasswordPhrases.Extract("The password is abc123.").Select(one => one.Value).ShouldBe(["abc123", "abc123."]);

    [Fact]
    public void Passwords_of_two_files_in_one_mail_are_both_among_the_first_three()
    {
        var found = PasswordPhrases
            .Extract("資料A.zip のパスワード：kiku-01\n資料B.zip のパスワード：ume-02")
            .Take(3)
            .Select(one => one.Value)
            .ToList();
        found.ShouldContain("kiku-01", StringComparer.Ordinal);
        found.ShouldContain("ume-02", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("ご連絡です。\nパスワードは別メールでお送りします。", "password.promised-separately", "body line 2")]
    [InlineData("The password will be sent in a separate e-mail.", "password.promised-separately", "body line 1")]
    [InlineData("パスワードは前回と同じです。", "password.same-as-before", "body line 1")]
    [InlineData("Use the same password as usual.", "password.same-as-before", "body line 1")]
    public void A_password_that_is_promised_or_the_same_is_a_finding(string text, string code, string where)
    {
        var finding = PasswordPhrases.Promises(text).ShouldHaveSingleItem();
        finding.Code.ShouldBe(code);
        finding.Detail.ShouldBe(where);
    }

    [Theory]
    [InlineData("パスワードはabc123です。資料は別途お送りします。")]
    [InlineData("資料は別途お送りします。")]
    [InlineData("")]
    public void A_password_that_is_given_is_no_promise(string text) => PasswordPhrases.Promises(text).ShouldBeEmpty();

    [Theory]
    [InlineData("パスワード")]
    [InlineData("パスワードは「")]
    [InlineData("パスワード：\n")]
    [InlineData("pass (")]
    [InlineData("pw=a b c 1 2 3 ")]
    [InlineData("key\n\n\n\n")]
    [InlineData("解凍キー 前半：abc 後半：")]
    [InlineData("パスワードは本日の日付です 電話番号の下4桁 03-1234-5678 @より前 ")]
    public void A_mebibyte_that_repeats_one_piece_is_read_in_a_second(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        var watch = Stopwatch.StartNew();
        PasswordPhrases.Extract(text, "body", PhraseCase.Mail(text));
        PasswordPhrases.Promises(text);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(30);
    }

    [Theory]
    [InlineData(
        "en",
        "Dear colleagues,\nthank you for attending the meeting on Monday. We discussed the schedule of the next quarter and agreed on three milestones.\n"
    )]
    [InlineData(
        "ja",
        "お世話になっております。日の出精機の山田です。先日はお忙しいところお時間をいただき、ありがとうございました。（資料はお持ちの通りです）\n"
    )]
    public void An_ordinary_body_of_3_kb_costs_at_most_a_fold_of_its_text(string language, string sentence)
    {
        var text = string.Concat(Enumerable.Repeat(sentence, 3_000 / System.Text.Encoding.UTF8.GetByteCount(sentence) + 1));
        PasswordPhrases.Extract(text).ShouldBeEmpty(language);

        // No trigger word stands in it: at most one folded copy is made for the search, no lines, no candidates.
        var before = GC.GetAllocatedBytesForCurrentThread();
        PasswordPhrases.Extract(text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((2 * text.Length) + 512, language);
    }
}
