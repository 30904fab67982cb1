using System.Text;

namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>Normal forms of strangers' text (Unicode Standard Annex 15).</summary>
public static class UnicodeForms
{
    /// <summary>
    /// NFKC. .NET refuses text with half a surrogate pair or U+FFFE, and anybody can write those into a mail: they become U+FFFD first. Never
    /// throws; the text itself when it is ASCII.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Nfkc(string text) => Form(text, NormalizationForm.FormKC);

    /// <summary>NFKD, for taking letters and their marks apart; the same care.</summary>
    /// <param name="text">Any text.</param>
    public static string Nfkd(string text) => Form(text, NormalizationForm.FormKD);

    /// <summary>The text with U+FFFD for what no encoder takes: each half of a surrogate pair, and U+FFFE.</summary>
    /// <param name="text">Any text.</param>
    public static string Whole(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
        {
            text = string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
        }

        return text.Replace('\uFFFE', '\uFFFD');
    }

    private static string Form(string text, NormalizationForm form)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text) ? text : StringNormalizationExtensions.Normalize(Whole(text), form);
    }
}
