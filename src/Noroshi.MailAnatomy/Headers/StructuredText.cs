using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Walks comments and quoted strings of RFC 5322 3.2 in linear time, however unbalanced they are.
/// One instance per header: it remembers that a closer is missing, so that no later opener searches for it again.
/// </summary>
internal ref struct StructuredText(ReadOnlySpan<char> text)
{
    /// <summary>Deepest nesting of comments that is believed; deeper text is skipped up to the next closing parenthesis.</summary>
    public const int MaxCommentDepth = 64;

    private static readonly SearchValues<char> InComment = SearchValues.Create("()\\");

    private readonly ReadOnlySpan<char> text = text;
    private bool unbalancedComments;
    private bool noMoreCloses;
    private bool noMoreQuotes;

    /// <summary>Index after the comment that opens at <paramref name="open"/>; <paramref name="open"/> + 1 when nothing closes it.</summary>
    public int CommentEnd(int open)
    {
        if (!unbalancedComments)
        {
            var depth = 0;
            var at = open;
            while (at < text.Length)
            {
                var next = text[at..].IndexOfAny(InComment);
                if (next < 0)
                {
                    break;
                }

                at += next;
                if (text[at] == '\\')
                {
                    at += 2;
                    continue;
                }

                depth += text[at] == '(' ? 1 : -1;
                at++;
                if (depth == 0)
                {
                    return at;
                }

                if (depth > MaxCommentDepth)
                {
                    break;
                }
            }

            unbalancedComments = true;
        }

        var close = noMoreCloses ? -1 : text[open..].IndexOf(')');
        noMoreCloses = close < 0;
        return close < 0 ? open + 1 : open + close + 1;
    }

    /// <summary>Index after the quoted string that opens at <paramref name="open"/>; <paramref name="open"/> + 1 when nothing closes it.</summary>
    public int QuoteEnd(int open)
    {
        if (noMoreQuotes)
        {
            return open + 1;
        }

        for (var at = open + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '"')
            {
                return at + 1;
            }
        }

        noMoreQuotes = true;
        return open + 1;
    }

    /// <summary>True for the blanks of header text; NUL counts because damaged mail has it where blanks were.</summary>
    public static bool IsBlank(char letter) => letter is ' ' or '\t' or '\r' or '\n' or '\0' or '\u3000' or '\u00a0';
}

/// <summary>Addresses of hosts as headers write them.</summary>
internal static class IpText
{
    /// <summary>
    /// Canonical text of an address that may stand in brackets, with <c>IPv6:</c> before and a port or zone after it; null when it is none.
    /// IPv4 takes decimal octets only: leading zeros are read as decimal, as mail servers mean them.
    /// </summary>
    public static string? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length is 0 or > 80)
        {
            return null;
        }

        if (text[0] == '[')
        {
            var close = text.IndexOf(']');
            text = (close < 0 ? text[1..] : text[1..close]).Trim();
        }

        if (text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
        {
            text = text[5..];
        }

        return text.Length < 2 || !(char.IsAsciiHexDigit(text[0]) || text[0] == ':') ? null : Canonical(text);
    }

    /// <summary>True for addresses that never come from outside: private, shared, loopback, link-local, unspecified, multicast.</summary>
    public static bool IsInternal(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal
                || address.IsIPv6UniqueLocal
                || address.IsIPv6SiteLocal
                || address.IsIPv6Multicast
                || IPAddress.IsLoopback(address)
                || address.Equals(IPAddress.IPv6Any)
                || IsGoogleInternal(address);
        }

        Span<byte> octets = stackalloc byte[4];
        return !address.TryWriteBytes(octets, out _)
            || octets[0] is 0 or 10 or 127 or >= 224
            || (octets[0] == 172 && octets[1] is >= 16 and <= 31)
            || (octets[0] == 192 && octets[1] == 168)
            || (octets[0] == 169 && octets[1] == 254)
            || (octets[0] == 100 && octets[1] is >= 64 and <= 127);
    }

    /// <summary>Gmail numbers its inner hosts 2002:a00::/24, the 6to4 form of 10.0.0.0/8 (RFC 3056).</summary>
    private static bool IsGoogleInternal(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        return address.TryWriteBytes(octets, out _) && octets[0] == 0x20 && octets[1] == 0x02 && octets[2] == 10;
    }

    private static string? Canonical(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0 || (text.IndexOf('.') is var dot && dot >= 0 && dot < colon))
        {
            return FourOctets(colon < 0 ? text : text[..colon]);
        }

        var zone = text.IndexOf('%');
        if (zone >= 0)
        {
            text = text[..zone];
        }

        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static string? FourOctets(ReadOnlySpan<char> text)
    {
        Span<int> octets = stackalloc int[4];
        octets.Clear();
        var part = 0;
        var digits = 0;
        foreach (var letter in text)
        {
            if (letter == '.' && digits > 0 && part < 3)
            {
                part++;
                digits = 0;
            }
            else if (char.IsAsciiDigit(letter) && digits < 3)
            {
                octets[part] = (octets[part] * 10) + (letter - '0');
                digits++;
            }
            else
            {
                return null;
            }
        }

        return part == 3 && digits > 0 && octets[0] < 256 && octets[1] < 256 && octets[2] < 256 && octets[3] < 256
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{octets[0]}.{octets[1]}.{octets[2]}.{octets[3]}")
            : null;
    }
}
