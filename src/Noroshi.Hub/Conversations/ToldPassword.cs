using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Tells a mail that gives a password from one that only speaks of it: the search for passwords tries every word that might be one, and
/// words of quoted mails too.
/// </summary>
internal static class ToldPassword
{
    private static readonly string[] Marks =
    [
        "パスワード",
        "password",
        "passwd",
        "passphrase",
        "pass:",
        "pass ",
        "pw:",
        "pw ",
        "暗証",
        "解凍キー",
        "キー:",
    ];

    /// <summary>Whether a person's text gives this value as a password.</summary>
    public static bool In(string written, string value)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(value);
        var text = UnicodeForms.Nfkc(written);
        var folded = UnicodeForms.Nfkc(value);
        return IsLikely(folded, text)
            && text.Contains(folded, StringComparison.Ordinal)
            && Marks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Letters of one case alone are a word of the sentence, unless they stand behind a colon, in brackets, or in Japanese.</summary>
    private static bool IsLikely(string value, string text)
    {
        if (value.Length < 3 || !value.Any(char.IsAsciiLetterOrDigit))
        {
            return false;
        }

        var plain = value.All(character => char.IsAsciiLetterLower(character) || character is '.' or '?' or ',' or '!');
        if (!plain)
        {
            return true;
        }

        var at = text.IndexOf(value, StringComparison.Ordinal);
        var before = at < 0 ? "" : text[Math.Max(0, at - 3)..at].Trim();
        return before.Length > 0 && (before[^1] is ':' or '「' or '"' or '“' or '\'' || before[^1] > 0x3000);
    }
}
