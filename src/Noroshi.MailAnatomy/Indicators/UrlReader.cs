using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>A URL taken apart.</summary>
/// <param name="Value">Scheme and host in lower case, host IDNA ASCII, the rest as written.</param>
/// <param name="Host">Host without brackets.</param>
/// <param name="Domain">Registrable domain.</param>
/// <param name="IsAddress">The host is an IP address.</param>
/// <param name="ObfuscatedHost">The host was a number or percent-encoded.</param>
/// <param name="MisleadingUser">The part before @ looks like a host.</param>
internal readonly record struct ReadUrl(
    string Value,
    string Host,
    string? Domain,
    bool IsAddress,
    bool ObfuscatedHost,
    bool MisleadingUser
);

/// <summary>Takes URLs apart the way browsers do (WHATWG URL 4.4), as far as the host is concerned.</summary>
internal static class UrlReader
{
    /// <summary>Longest URL kept, characters.</summary>
    public const int MaxLength = 4_096;

    private const int MaxAuthority = 512;

    /// <summary>Reads a URL with scheme and "//".</summary>
    public static ReadUrl? Read(ReadOnlySpan<char> url)
    {
        var colon = url.IndexOf(':');
        if (colon <= 0 || url.Length > MaxLength || url.Length < colon + 4)
        {
            return null;
        }

        var after = url[(colon + 1)..].TrimStart("/\\");
        var end = after.IndexOfAny("/?#\\");
        var authority = end < 0 ? after : after[..end];
        var rest = end < 0 ? default : after[end..];
        if (authority.Length is 0 or > MaxAuthority)
        {
            return null;
        }

        var at = authority.LastIndexOf('@');
        var user = at < 0 ? default : authority[..(at + 1)];
        var host = Host(authority[(at + 1)..], out var port, out var isAddress, out var obfuscated);
        if (host is null)
        {
            return null;
        }

        Span<char> scheme = stackalloc char[16];
        var length = colon <= scheme.Length ? url[..colon].ToLowerInvariant(scheme) : 0;
        var shown = isAddress && host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        var start =
            user.IsEmpty && scheme[..length] is "http" ? "http://"
            : user.IsEmpty && scheme[..length] is "https" ? "https://"
            : string.Concat(scheme[..length], "://", user);
        var value = string.Concat(start, shown, port, rest);
        return new ReadUrl(value, host, isAddress ? null : Domain(host), isAddress, obfuscated, LooksLikeHost(user));
    }

    /// <summary>Registrable domain of a canonical host.</summary>
    public static string? Domain(string host)
    {
        var start = PublicSuffix.RegistrableStart(host);
        return start < 0 ? null : host[start..];
    }

    /// <summary>Reads four numbers as they stand in text: decimal, no zeros in front, 0 to 255.</summary>
    public static bool IsPlainIPv4(ReadOnlySpan<char> text)
    {
        if (text.Length is < 7 or > 15 || !char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            var fits =
                part.Length is >= 1 and <= 3
                && byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && (part.Length == 1 || part[0] != '0');
            if (!fits || ++parts > 4)
            {
                return false;
            }
        }

        return parts == 4;
    }

    private static bool LooksLikeHost(ReadOnlySpan<char> user)
    {
        if (user.IsEmpty)
        {
            return false;
        }

        var name = user[..^1];
        var colon = name.IndexOf(':');
        name = colon < 0 ? name : name[..colon];
        return name.Contains('.') || name.Contains("%2e", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Host(ReadOnlySpan<char> text, out string port, out bool isAddress, out bool obfuscated)
    {
        (port, isAddress, obfuscated) = ("", false, false);
        if (text.IsEmpty)
        {
            return null;
        }

        if (text[0] == '[')
        {
            var close = text.IndexOf(']');
            if (close < 0 || !IPAddress.TryParse(text[1..close], out var six) || six.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return null;
            }

            isAddress = true;
            port = Port(text[(close + 1)..]);
            return six.ToString();
        }

        var colon = text.IndexOf(':');
        if (colon >= 0)
        {
            port = Port(text[colon..]);
            text = text[..colon];
        }

        var decoded = text;
        if (text.Contains('%'))
        {
            obfuscated = true;
            decoded = Uri.UnescapeDataString(new string(text));
        }

        decoded = decoded.TrimEnd('.');
        if (TryNumber(decoded, out var four))
        {
            isAddress = true;
            var canonical = new IPAddress([(byte)(four >> 24), (byte)(four >> 16), (byte)(four >> 8), (byte)four]).ToString();
            obfuscated |= !decoded.SequenceEqual(canonical);
            return canonical;
        }

        return HostName.Canonical(decoded);
    }

    private static string Port(ReadOnlySpan<char> text)
    {
        var digits = text.Length > 1 && text[0] == ':' ? text[1..] : default;
        return digits.Length is > 0 and <= 5 && !digits.ContainsAnyExceptInRange('0', '9') ? new string(text) : "";
    }

    /// <summary>inet_aton: one to four parts, decimal, 0x hexadecimal or 0 octal; the last fills what is left.</summary>
    private static bool TryNumber(ReadOnlySpan<char> host, out uint address)
    {
        address = 0;
        if (host.IsEmpty || !char.IsAsciiDigit(host[0]))
        {
            return false;
        }

        ulong value = 0;
        var parts = 0;
        foreach (var range in host.Split('.'))
        {
            if (++parts > 4 || !Part(host[range], out var part))
            {
                return false;
            }

            var isLast = range.End.Value >= host.Length;
            if (!isLast)
            {
                if (part > 255)
                {
                    return false;
                }

                value = (value << 8) | part;
                continue;
            }

            var bits = 8 * (5 - parts);
            if (part >> bits != 0)
            {
                return false;
            }

            value = (value << bits) | part;
        }

        address = (uint)value;
        return true;
    }

    private static bool Part(ReadOnlySpan<char> part, out ulong value)
    {
        value = 0;
        if (part.Length is 0 or > 24)
        {
            return false;
        }

        var radix = 10u;
        if (part.Length > 1 && part[0] == '0')
        {
            radix = part[1] is 'x' or 'X' ? 16u : 8u;
            part = part[(radix == 16 ? 2 : 1)..];
        }

        foreach (var character in part)
        {
            var digit = char.IsAsciiHexDigit(character)
                ? (uint)Convert.ToInt32(char.IsAsciiDigit(character) ? character - '0' : (character | 0x20) - 'a' + 10)
                : 16;
            if (digit >= radix || value > uint.MaxValue)
            {
                return false;
            }

            value = (value * radix) + digit;
        }

        return value <= uint.MaxValue;
    }
}
