using System.Reflection;
using Noroshi.Hub.Journal;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Journal;

public sealed class JournalActionsTests
{
    [Fact]
    public void Every_constant_stands_in_the_table_once()
    {
        var constants = typeof(JournalActions)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => field.GetRawConstantValue() as string ?? "")
            .ToList();

        constants.Count.ShouldBeGreaterThan(40);
        JournalActions.All.Select(action => action.Code).ShouldBe(constants, StringComparer.Ordinal, ignoreOrder: true);
    }

    [Fact]
    public void Every_action_is_thing_dot_done_with_words_in_both_languages()
    {
        foreach (var action in JournalActions.All)
        {
            var parts = action.Code.Split('.');
            parts.Length.ShouldBe(2, action.Code);
            parts.ShouldAllBe(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterLower(letter) || letter == '-'));
            action.Ja.ShouldContain(letter => letter > '぀', action.Code);
            action.En.ShouldAllBe(letter => letter >= ' ' && letter <= '~');
            JournalActions.Find(action.Code).ShouldBe(action);
        }
    }

    [Fact]
    public void A_code_of_another_version_is_unknown_and_not_an_error() => JournalActions.Find("thing.of-tomorrow").ShouldBeNull();
}
