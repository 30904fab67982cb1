using System.Net;
using System.Net.Sockets;
using System.Text;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>
/// What an indicator looks for, in the STIX pattern language (STIX 2.1, part 9). A value is always one string literal: whatever stands in it, it cannot
/// end the literal. Addresses of receivers stand in no pattern: an item has none.
/// </summary>
internal static class StixPatterns
{
    /// <summary>The pattern.</summary>
    public static string Of(SanitisedIndicator indicator)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        var value = indicator.Value;
        return indicator.Kind switch
        {
            IndicatorKind.Sender => Equal("email-message:from_ref.value", value),
            IndicatorKind.Ip => Equal(IsVersion6(value) ? "ipv6-addr:value" : "ipv4-addr:value", value),
            IndicatorKind.Host => Host(value),
            IndicatorKind.Url => Told("url:value", value, label: false),
            IndicatorKind.Sha256 => Equal("file:hashes.'SHA-256'", value),
            IndicatorKind.Sha1 => Equal("file:hashes.'SHA-1'", value),
            IndicatorKind.Md5 => Equal("file:hashes.MD5", value),
            IndicatorKind.FileName => Equal("file:name", value),
            IndicatorKind.Subject => Equal("email-message:subject", value),
            IndicatorKind.MessageId => Equal("email-message:message_id", value),
        };
    }

    /// <summary>Whether the text is an IPv6 address.</summary>
    public static bool IsVersion6(string value) =>
        IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static string Host(string value) =>
        IPAddress.TryParse(value, out _)
            ? Equal(IsVersion6(value) ? "ipv6-addr:value" : "ipv4-addr:value", value)
            : Told("domain-name:value", value, label: true);

    private static string Equal(string path, string value) => $"[{path} = {Literal(value)}]";

    /// <summary>Equal, unless parts in braces stand for what was unique to a victim: those are any text up to the next separator.</summary>
    private static string Told(string path, string value, bool label)
    {
        var expression = new StringBuilder("^");
        var (at, unique, query) = (0, false, false);
        while (at < value.Length)
        {
            if (value[at] == '{' && EndOfToken(value, at) is { } end)
            {
                // Separators differ: a label ends at a dot, a part of a path at a slash, a value of a query at an ampersand.
                expression.Append(
                    label ? "[^.]+"
                    : query ? "[^&#]*"
                    : "[^/?#]*"
                );
                (at, unique) = (end, true);
                continue;
            }

            query |= value[at] == '?';
            Quote(expression, value[at]);
            at++;
        }

        return unique ? $"[{path} MATCHES {Literal(expression.Append('$').ToString())}]" : Equal(path, value);
    }

    /// <summary>Behind the brace that ends a name of small letters and hyphens; null when it is none of the hub's.</summary>
    private static int? EndOfToken(string value, int open)
    {
        var at = open + 1;
        while (at < value.Length && at - open <= 32 && (char.IsAsciiLetterLower(value[at]) || value[at] == '-'))
        {
            at++;
        }

        return at < value.Length && at > open + 1 && value[at] == '}' ? at + 1 : null;
    }

    private static void Quote(StringBuilder expression, char character)
    {
        if ("\\^$.|?*+()[]{}".Contains(character, StringComparison.Ordinal))
        {
            expression.Append('\\');
        }

        expression.Append(character);
    }

    /// <summary>A string literal: a backslash stands before quote and backslash, nothing else is special (grammar of STIX 2.1, 9.3).</summary>
    private static string Literal(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
