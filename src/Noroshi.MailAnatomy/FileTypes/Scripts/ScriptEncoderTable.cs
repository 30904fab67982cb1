using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Scripts;

/// <summary>
/// Decodes what Microsoft's Script Encoder wrote (JScript.Encode, VBScript.Encode): each character is replaced by one of three alphabets,
/// which of them by its place modulo 64.
/// </summary>
internal static class ScriptEncoderTable
{
    private const int MaxBlocks = 64;
    private const string Start = "#@~^";
    private const string End = "==^#~@";

    /// <summary>Three substitutes each for tab and 0x20 to 0x7E; characters that are escaped in pairs have question marks.</summary>
    private const string Substitutes =
        "64376950 7E2C225A654A4572613A5B5E79665D59755B274C42764560637623622A654D435F5133 7E53424F52205220637A264A21545A467138202B7926663263 2A572A586C767F2B"
        + "477B462530522C314F296C3D6949703F3F3F27787B3F3F3F675F513F3F3F62297A41247E5A2F3B6639473233 41736F774D215643755F71282639427 87C466E534A64485C74"
        + "31486772367D6E4B68707D35495D223F6A554B503A6A69602E236A7F09712870 6F3565497D745C242C5D2D7727544459373F257B6D7C3D7C236C436D3438286D5E314E5B39"
        + "2B6E7F3057366F4C547434346B72624C254E33563056735E3A6873785509 57474B7732613B3524442E4D2F646B594F44453B215C2D37684153366158587A48"
        + "79222E096050756B2D384E29553D3F";

    private const string Alphabets = "1201202002021020102011200210200211020201011201021020112001120102";

    private static readonly char[][] Plain = Tables();

    /// <summary>The text with every encoded block decoded; null when there is none.</summary>
    public static string? Decode(string text)
    {
        var at = text.IndexOf(Start, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var result = new StringBuilder(text.Length);
        var from = 0;
        for (var blocks = 0; at >= 0 && blocks < MaxBlocks; blocks++)
        {
            // Mark, six characters of length, "==".
            var body = at + 12;
            if (body > text.Length || text[at + 10] != '=')
            {
                break;
            }

            var end = text.IndexOf(End, body, StringComparison.Ordinal);
            // In front of the end mark stand six characters of a sum.
            var stop = end < 0 ? text.Length : Math.Max(body, end - 6);
            result.Append(text.AsSpan(from, at - from));
            Block(text.AsSpan(body, stop - body), result);
            from = end < 0 ? text.Length : end + End.Length;
            at = text.IndexOf(Start, from, StringComparison.Ordinal);
        }

        return from == 0 ? null : result.Append(text.AsSpan(from)).ToString();
    }

    private static void Block(ReadOnlySpan<char> text, StringBuilder result)
    {
        var place = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '@' && i + 1 < text.Length && Escaped(text[i + 1]) is var plain and not '\0')
            {
                result.Append(plain);
                place++;
                i++;
            }
            else if (c < 0x80)
            {
                result.Append(c is '\t' or >= ' ' ? Plain[Alphabets[place % 64] - '0'][c] : c);
                place++;
            }
            else
            {
                result.Append(c);
            }
        }
    }

    private static char Escaped(char c) =>
        c switch
        {
            '#' => '\r',
            '&' => '\n',
            '!' => '<',
            '*' => '>',
            '$' => '@',
            _ => '\0',
        };

    private static char[][] Tables()
    {
        char[][] tables = [Identity(), Identity(), Identity()];
        var digits = Substitutes.Replace(" ", "", StringComparison.Ordinal);
        for (var i = 0; i < digits.Length / 2; i++)
        {
            var substitute = byte.Parse(digits.AsSpan(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var plain = i < 3 ? '\t' : (char)(31 + (i / 3));
            if (plain is not ('<' or '>' or '@'))
            {
                tables[i % 3][substitute] = plain;
            }
        }

        return tables;
    }

    private static char[] Identity() => [.. Enumerable.Range(0, 128).Select(one => (char)one)];
}
