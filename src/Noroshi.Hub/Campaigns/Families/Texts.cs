using System.Globalization;
using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>
/// What is written: whole lines of new text, phone numbers of the signature, and glyphs of another script that slipped in. How alike two
/// texts are as a whole is told by their <see cref="TextSketch"/>.
/// </summary>
internal sealed class Texts : IEvidenceSource
{
    /// <summary>Shorter lines are greetings and fragments. A CJK character says about as much as two and a half letters.</summary>
    private const int ShortestLine = 16;

    private const int LongestLine = 200;

    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.Text;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        var body = mail.Facts.Body;
        var written = mail.Facts.Form?.Message ?? body.Of(BlockKind.New);
        foreach (var line in written.Split('\n'))
        {
            var plain = PlainText.Of(line);
            if (PlainText.Weight(plain) >= ShortestLine && plain.Length <= LongestLine && !StockPhrases.IsStock(plain))
            {
                yield return new Feature(EvidenceFamily.Text, "line", plain);
            }
        }

        var signature = body.Of(BlockKind.Signature);
        foreach (var phone in PhoneNumbers.In(signature))
        {
            yield return new Feature(EvidenceFamily.Text, "phone", phone);
        }

        foreach (var line in signature.Split('\n'))
        {
            var plain = PlainText.Of(line);
            if (Affiliations.IsOne(plain))
            {
                yield return new Feature(EvidenceFamily.Text, "affiliation", plain);
            }
        }

        if (body.Language == "ja")
        {
            foreach (var slip in ForeignGlyphs.Find(written))
            {
                yield return new Feature(EvidenceFamily.Text, "glyph", slip.Glyph);
            }
        }
    }
}

/// <summary>Text without what two copies of it differ in by accident.</summary>
public static class PlainText
{
    /// <summary>NFKC, lower case, without blanks and controls.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var character in UnicodeForms.Nfkc(text))
        {
            if (character < '\u0080')
            {
                if (character is > ' ' and < '\u007F')
                {
                    plain.Append(char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character);
                }
            }
            else if (
                !char.IsWhiteSpace(character)
                && !char.IsControl(character)
                && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format
            )
            {
                plain.Append(char.ToLowerInvariant(character));
            }
        }

        return plain.ToString();
    }

    /// <summary>How much a text says, in letters: a CJK character counts two and a half.</summary>
    public static int Weight(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var halves = 0;
        foreach (var character in text)
        {
            halves += character >= '\u3040' ? 5 : 2;
        }

        return halves / 2;
    }
}
