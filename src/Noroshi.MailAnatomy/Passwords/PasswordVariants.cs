using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>What people type when they read a password: other widths, other case, without the punctuation of the sentence.</summary>
internal static class PasswordVariants
{
    private const int MaxLength = 128;

    /// <summary>Variants of the value that differ from it, likeliest first.</summary>
    public static IEnumerable<string> Of(string value)
    {
        if (value.Length is 0 or > MaxLength)
        {
            yield break;
        }

        var plain = Normal(value);
        if (!string.Equals(plain, value, StringComparison.Ordinal))
        {
            yield return plain;
        }

        var trimmed = plain.Trim(
            ' ',
            '.',
            ',',
            ';',
            ':',
            '!',
            '?',
            '。',
            '、',
            '"',
            '\'',
            '「',
            '」',
            '『',
            '』',
            '(',
            ')',
            '[',
            ']',
            '<',
            '>'
        );
        if (trimmed.Length >= 2 && trimmed.Length < plain.Length)
        {
            yield return trimmed;
        }

        if (char.IsUpper(plain[0]))
        {
            yield return char.ToLowerInvariant(plain[0]) + plain[1..];
        }

        if (plain.Any(char.IsUpper))
        {
            yield return plain.ToLowerInvariant();
        }

        if (plain.Contains(' ', StringComparison.Ordinal))
        {
            yield return plain.Replace(" ", "", StringComparison.Ordinal);
        }

        if (plain.IndexOfAny(['‐', '‑', '–', '—', '−', 'ー', '“', '”', '’', '‘']) >= 0)
        {
            yield return Straight(plain);
        }
    }

    /// <summary>NFKC; the value itself when it is no valid Unicode.</summary>
    public static string Normal(string value)
    {
        try
        {
            var normal = UnicodeForms.Nfkc(value);
            return normal.Length is 0 or > MaxLength ? value : normal;
        }
        catch (ArgumentException)
        {
            // A lone surrogate: hostile text, nothing to normalise.
            return value;
        }
    }

    /// <summary>Typographic hyphens and quotes as a keyboard gives them: word processors put them in.</summary>
    private static string Straight(string value) =>
        string.Create(
            value.Length,
            value,
            static (straight, source) =>
            {
                for (var i = 0; i < straight.Length; i++)
                {
                    straight[i] = source[i] switch
                    {
                        '‐' or '‑' or '–' or '—' or '−' or 'ー' => '-',
                        '“' or '”' => '"',
                        '’' or '‘' => '\'',
                        var other => other,
                    };
                }
            }
        );
}
