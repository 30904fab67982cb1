using System.Text;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>
/// Addresses, hosts and URLs written so that no program makes a link of them: <c>hxxp</c> and <c>[.]</c>. A file name too many is harmless;
/// a live link in a report is not.
/// </summary>
public static class Defanged
{
    /// <summary>Last labels that are far more often an extension than a top-level domain; names of files stay as they are.</summary>
    private static readonly HashSet<string> Extensions = new(
        (
            "7z arj bat bin bmp bz2 cab chm cmd csv dll dmg doc docm docx dot dotm eml exe gif gz hta htm html ico img inf iso jar jpeg jpg "
            + "js jse json jtd jtdc jtt jttc lha lnk log lzh msg msi odt one pdf pif png ppt pptm pptx ps1 py rar reg rtf scr sh svg tar tgz "
            + "tif tiff tmp txt url vbe vbs wsf xls xlsb xlsm xlsx xml xz zip"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>A host, an address on the network or a mail address.</summary>
    public static string Host(string value) => Dots(value);

    /// <summary>Any text: what looks like a URL, a mail address, a host or an IP address in it is defanged.</summary>
    public static string Text(string text)
    {
        if (!text.Contains('.', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        var at = 0;
        while (at < text.Length)
        {
            var end = at;
            while (end < text.Length && IsOfToken(text[end]))
            {
                end++;
            }

            if (end == at)
            {
                result.Append(text[at++]);
                continue;
            }

            result.Append(Token(text[at..end]));
            at = end;
        }

        return result.ToString();
    }

    private static bool IsOfToken(char character) =>
        char.IsAsciiLetterOrDigit(character) || "-._~:/?#@!$&*+,;=%[]".Contains(character, StringComparison.Ordinal);

    private static string Token(string token)
    {
        var scheme = token.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var before = token[..scheme].Replace("ttp", "xxp", StringComparison.OrdinalIgnoreCase);
            return $"{before}://{Dots(token[(scheme + 3)..])}";
        }

        return token.Contains('@', StringComparison.Ordinal) || IsHost(token) ? Dots(token) : token;
    }

    /// <summary>Of a mail address only the domain: the part before the @ leads nowhere.</summary>
    private static string Dots(string text)
    {
        var domain = text.LastIndexOf('@') + 1;
        return text[..domain] + text[domain..].Replace("[.]", ".", StringComparison.Ordinal).Replace(".", "[.]", StringComparison.Ordinal);
    }

    /// <summary>Whether the token, up to a port or path, is a name of two labels or more or an IPv4 address.</summary>
    private static bool IsHost(string token)
    {
        var end = token.AsSpan().IndexOfAny('/', ':', '?');
        var labels = (end < 0 ? token : token[..end]).Trim('.', ',', ';', '!', '?').Split('.');
        if (
            labels.Length < 2
            || Array.Exists(labels, label => label.Length == 0 || !label.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_'))
        )
        {
            return false;
        }

        var last = labels[^1];
        return labels.Length == 4 && Array.TrueForAll(labels, label => label.All(char.IsAsciiDigit))
            || (last.Length >= 2 && last.Any(char.IsAsciiLetter) && !Extensions.Contains(last));
    }
}
