using System.Globalization;
using CsCheck;
using Noroshi.MailAnatomy.Passwords;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Passwords;

public sealed class PasswordPhrasesTests(ITestOutputHelper output)
{
    [Fact]
    public void Phrasings_the_grammar_was_adjusted_to_give_their_password_among_the_first_three()
    {
        var missed = PhraseCase.Missed(TunedPhrases.All);
        foreach (var one in missed)
        {
            output.WriteLine(one);
        }

        missed.ShouldBeEmpty();
    }

    [Fact]
    public void Of_the_phrasings_set_aside_at_least_95_percent_give_their_password_among_the_first_three()
    {
        var missed = PhraseCase.Missed(HeldOutPhrases.All);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{HeldOutPhrases.All.Count - missed.Count} of {HeldOutPhrases.All.Count}")
        );
        foreach (var one in missed)
        {
            output.WriteLine(one);
        }

        ((double)(HeldOutPhrases.All.Count - missed.Count) / HeldOutPhrases.All.Count).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public void Of_the_second_list_set_aside_at_least_95_percent_give_their_password_among_the_first_three()
    {
        var missed = PhraseCase.Missed(SecondHeldOutPhrases.All);
        foreach (var one in missed)
        {
            output.WriteLine(one);
        }

        ((double)(SecondHeldOutPhrases.All.Count - missed.Count) / SecondHeldOutPhrases.All.Count).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public void The_authored_set_is_large_and_half_of_it_is_set_aside()
    {
        (TunedPhrases.All.Count + HeldOutPhrases.All.Count).ShouldBeGreaterThanOrEqualTo(120);
        HeldOutPhrases
            .All.Select(one => one.Text)
            .Intersect(TunedPhrases.All.Select(one => one.Text), StringComparer.Ordinal)
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_text_that_names_a_password_without_giving_it_yields_none()
    {
        var bogus = TunedPhrases
            .WithoutPassword.Concat(HeldOutPhrases.WithoutPassword)
            .Select(text => (text, found: PasswordPhrases.Extract(text, "body", PhraseCase.Mail(text))))
            .Where(pair => pair.found.Count > 0)
            .Select(pair => $"{pair.text} gave {string.Join(" | ", pair.found.Select(one => one.Value))}")
            .ToList();
        foreach (var one in bogus)
        {
            output.WriteLine(one);
        }

        bogus.ShouldBeEmpty();
    }
}
