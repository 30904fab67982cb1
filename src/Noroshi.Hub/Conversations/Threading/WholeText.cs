namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Text that can be normalised.</summary>
internal static class WholeText
{
    /// <summary>The text with U+FFFD for each half of a surrogate pair.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
            ? text
            : string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
