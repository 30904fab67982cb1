using System.Text;
using AngleSharp.Html;

namespace Noroshi.MailAnatomy.Text;

/// <summary>Character references (HTML standard 13.2.5.72 ff.), the broken ones that browsers accept too.</summary>
internal static class HtmlEntities
{
    /// <summary>Longest name in the standard's table, <c>CounterClockwiseContourIntegral</c>.</summary>
    private const int LongestName = 31;

    /// <summary>Names of U+00A0 to U+00FF in order: those that need no semicolon.</summary>
    private static readonly string[] Latin1 = (
        "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot "
        + "cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc "
        + "Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute "
        + "THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde "
        + "ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"
    ).Split(' ');

    /// <summary>What windows-1252 has at 0x80 to 0x9F; 0 where it has nothing (HTML standard, numeric character reference end state).</summary>
    private static ReadOnlySpan<char> Windows1252 =>
        "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    /// <summary>Resolves one reference.</summary>
    /// <param name="text">Text that starts with <c>&amp;</c>.</param>
    /// <param name="inAttribute">In an attribute a name without semicolon before = or a letter stays as it is.</param>
    /// <param name="target">Room for at least two characters.</param>
    /// <param name="written">Characters put into <paramref name="target"/>.</param>
    /// <returns>Characters of <paramref name="text"/> used up; 0 when it is no reference.</returns>
    public static int Resolve(ReadOnlySpan<char> text, bool inAttribute, Span<char> target, out int written)
    {
        written = 0;
        if (text.Length < 3)
        {
            return 0;
        }

        if (text[1] == '#')
        {
            return Numeric(text, target, out written);
        }

        var length = 1;
        while (length < text.Length && length <= LongestName && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        var name = text[1..length];
        if (length < text.Length && text[length] == ';' && Named(name, target, out written))
        {
            return length + 1;
        }

        return WithoutSemicolon(text, name, inAttribute, target, out written);
    }

    /// <summary>Resolves all references of an attribute value.</summary>
    public static string DecodeAttribute(ReadOnlySpan<char> raw) => Decode(raw, inAttribute: true);

    /// <summary>Resolves all references.</summary>
    public static string Decode(ReadOnlySpan<char> raw, bool inAttribute)
    {
        if (!raw.Contains('&'))
        {
            return new string(raw);
        }

        var text = new StringBuilder(raw.Length);
        Span<char> target = stackalloc char[2];
        while (!raw.IsEmpty)
        {
            var amp = raw.IndexOf('&');
            if (amp < 0)
            {
                text.Append(raw);
                break;
            }

            text.Append(raw[..amp]);
            raw = raw[amp..];
            var used = Resolve(raw, inAttribute, target, out var written);
            text.Append(used == 0 ? raw[..1] : target[..written]);
            raw = raw[Math.Max(1, used)..];
        }

        return text.ToString();
    }

    private static int Numeric(ReadOnlySpan<char> text, Span<char> target, out int written)
    {
        written = 0;
        var hex = text[2] is 'x' or 'X';
        var at = hex ? 3 : 2;
        var first = at;
        long value = 0;
        while (at < text.Length && (hex ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])))
        {
            value = Math.Min(
                0x110000,
                (value * (hex ? 16 : 10)) + Convert.ToInt32(char.IsAsciiDigit(text[at]) ? text[at] - '0' : (text[at] | 0x20) - 'a' + 10)
            );
            at++;
        }

        if (at == first)
        {
            return 0;
        }

        if (value is >= 0x80 and <= 0x9F && Windows1252[(int)value - 0x80] != '\0')
        {
            value = Windows1252[(int)value - 0x80];
        }

        var rune = value > 0 && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar;
        written = rune.EncodeToUtf16(target);
        return at < text.Length && text[at] == ';' ? at + 1 : at;
    }

    private static bool Named(ReadOnlySpan<char> name, Span<char> target, out int written)
    {
        var common = Common(name);
        if (common != '\0')
        {
            target[0] = common;
            written = 1;
            return true;
        }

        var latin = name.Length <= 6 ? LatinIndex(name) : -1;
        if (latin >= 0)
        {
            target[0] = (char)(0xA0 + latin);
            written = 1;
            return true;
        }

        // The rare rest of the two thousand names comes from the table AngleSharp carries.
        var symbol = HtmlEntityProvider.Resolver.GetSymbol(string.Concat(name, ";"));
        written = symbol is { Length: 1 or 2 } ? symbol.Length : 0;
        symbol.AsSpan(0, written).CopyTo(target);
        return written > 0;
    }

    private static char Common(ReadOnlySpan<char> name) =>
        name switch
        {
            "amp" or "AMP" => '&',
            "lt" or "LT" => '<',
            "gt" or "GT" => '>',
            "quot" or "QUOT" => '"',
            "apos" => '\'',
            "nbsp" => '\u00A0',
            "copy" => '©',
            "hellip" => '…',
            "mdash" => '—',
            "ndash" => '–',
            "lsquo" => '‘',
            "rsquo" => '’',
            "ldquo" => '“',
            "rdquo" => '”',
            "bull" => '•',
            "middot" => '·',
            "zwnj" => '\u200C',
            "ensp" => '\u2002',
            "emsp" => '\u2003',
            "rarr" => '→',
            "larr" => '←',
            "trade" => '™',
            "euro" => '€',
            _ => '\0',
        };

    private static int LatinIndex(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < Latin1.Length; index++)
        {
            if (name.SequenceEqual(Latin1[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private static int WithoutSemicolon(
        ReadOnlySpan<char> text,
        ReadOnlySpan<char> name,
        bool inAttribute,
        Span<char> target,
        out int written
    )
    {
        for (var length = Math.Min(name.Length, 6); length >= 2; length--)
        {
            var part = name[..length];
            var found =
                part is "amp" or "lt" or "gt" or "quot" or "AMP" or "LT" or "GT" or "QUOT" ? Common(part)
                : LatinIndex(part) is >= 0 and var latin ? (char)(0xA0 + latin)
                : '\0';
            if (found == '\0')
            {
                continue;
            }

            var next = length + 1 < text.Length ? text[length + 1] : ' ';
            if (inAttribute && (next == '=' || char.IsAsciiLetterOrDigit(next)))
            {
                break;
            }

            target[0] = found;
            written = 1;
            return length + 1;
        }

        written = 0;
        return 0;
    }
}
