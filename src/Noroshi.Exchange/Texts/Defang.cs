using System.Text;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Texts;

/// <summary>Writes values so that no program makes a link of them: <c>hxxp</c>, <c>[.]</c>, <c>[:]</c>.</summary>
internal static class Defang
{
    /// <summary>The value of an indicator as people read it.</summary>
    public static string Of(SanitisedIndicator indicator) => Of(indicator.Kind, indicator.Value);

    /// <summary>A value of a kind as people read it. Names of files and hashes are no links.</summary>
    public static string Of(IndicatorKind kind, string value) =>
        kind switch
        {
            IndicatorKind.Sender or IndicatorKind.MessageId => value[..(value.LastIndexOf('@') + 1)]
                + Dots(value[(value.LastIndexOf('@') + 1)..]),
            IndicatorKind.Ip => value.Contains(':', StringComparison.Ordinal)
                ? value.Replace(":", "[:]", StringComparison.Ordinal)
                : Dots(value),
            IndicatorKind.Host => Dots(value),
            IndicatorKind.Url => Url(value),
            IndicatorKind.Subject => Text(value),
            IndicatorKind.Sha256 or IndicatorKind.Sha1 or IndicatorKind.Md5 or IndicatorKind.FileName => value,
        };

    /// <summary>Text that may hold addresses: dots between letters or digits, and schemes.</summary>
    public static string Text(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        for (var at = 0; at < text.Length; at++)
        {
            var inside =
                at > 0 && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1]);
            result.Append(text[at] == '.' && inside ? "[.]" : text[at].ToString());
        }

        return result.ToString().Replace("://", "[://]", StringComparison.Ordinal);
    }

    private static string Url(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return Dots(url);
        }

        var rest = url[(scheme + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var host = end < 0 ? rest : rest[..end];
        return url[..scheme].Replace("ttp", "xxp", StringComparison.OrdinalIgnoreCase) + "://" + Dots(host) + rest[host.Length..];
    }

    private static string Dots(string text) => text.Replace(".", "[.]", StringComparison.Ordinal);
}
