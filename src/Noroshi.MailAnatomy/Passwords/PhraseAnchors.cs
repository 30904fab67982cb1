using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>The trigger words indexed for the search.</summary>
internal static class PhraseAnchors
{
    /// <summary>All trigger words at once.</summary>
    public static readonly PhraseSet All = PhraseSet.AnyCase([.. PhraseWords.Triggers.Select(trigger => trigger.Word)]);

    private static readonly Dictionary<char, Trigger[]> ByFirst = PhraseWords
        .Triggers.GroupBy(trigger => trigger.Word[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(trigger => trigger.Word.Length).ToArray());

    /// <summary>Words that begin with this character, longest first.</summary>
    public static Trigger[] By(char first) => ByFirst.TryGetValue(char.ToLowerInvariant(first), out var found) ? found : [];
}
