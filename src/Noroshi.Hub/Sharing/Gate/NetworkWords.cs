using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>
/// Finds addresses of known ranges in a text, in any notation that a resolver or a person takes: dotted with decimal, octal or hexadecimal parts,
/// one number, with dashes or <c>[.]</c>, reversed for the DNS, IPv6 in full or short, and ranges that end in <c>.0/24</c>, <c>.x</c> or <c>.*</c>.
/// </summary>
internal sealed class NetworkWords
{
    private const int LongestSix = 80;

    private static readonly SearchValues<char> OfTokens = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-_*[]%"
    );

    private static readonly SearchValues<char> OfSix = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly SearchValues<char> Blanks = SearchValues.Create([
        .. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(char.IsWhiteSpace),
    ]);

    private readonly List<(IPNetwork Network, IdentityTerm Term)> _networks = [];

    public NetworkWords(IEnumerable<IdentityTerm> terms)
    {
        foreach (var term in terms.Where(term => term.Kind == IdentityKind.Network))
        {
            foreach (var network in Parse(term.Value))
            {
                _networks.Add((network, term));
            }
        }
    }

    /// <summary>Ranges that a word names: CIDR, one address, or first and last with a dash.</summary>
    public static IReadOnlyList<IPNetwork> Parse(string value)
    {
        if (NetworkText.Parse(value.Trim()) is { } network)
        {
            return [network];
        }

        var ends = value.Split(['-', '~', '～'], StringSplitOptions.TrimEntries);
        return ends.Length == 2 && IPAddress.TryParse(ends[0], out var first) && IPAddress.TryParse(ends[1], out var last)
            ? Between(first, last)
            : [];
    }

    /// <summary>Words whose ranges are named in a text.</summary>
    public IEnumerable<IdentityTerm> Find(string text)
    {
        if (_networks.Count == 0 || !(text.AsSpan().ContainsAnyInRange('0', '9') || text.Contains("::", StringComparison.Ordinal)))
        {
            yield break;
        }

        // As it stands, written from its end, and with what was put between its digits taken out.
        var closed = text.AsSpan().ContainsAny(Blanks) ? string.Concat(text.Where(character => !char.IsWhiteSpace(character))) : text;
        var readings = ReferenceEquals(closed, text) ? new[] { text, Reversed(text) } : [text, Reversed(text), closed];
        foreach (var address in readings.SelectMany(Addresses))
        {
            foreach (var (network, term) in _networks)
            {
                if (Overlaps(network, address))
                {
                    yield return term;
                }
            }
        }
    }

    private static string Reversed(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    /// <summary>Every address or range that some part of a text can be read as.</summary>
    internal static IEnumerable<IPNetwork> Addresses(string text)
    {
        for (var at = 0; at < text.Length; )
        {
            var before = text.AsSpan(at).IndexOfAny(OfTokens);
            if (before < 0)
            {
                yield break;
            }

            at += before;
            var length = text.AsSpan(at).IndexOfAnyExcept(OfTokens);
            var end = length < 0 ? text.Length : at + length;
            if (MayBeAddress(text.AsSpan(at, end - at)))
            {
                foreach (var address in Readings(text[at..end]))
                {
                    yield return address;
                }
            }

            at = end;
        }
    }

    /// <summary>Most words are rejected without being taken apart: an address has parts, or is one number of nine or ten digits.</summary>
    private static bool MayBeAddress(ReadOnlySpan<char> token) =>
        (token.ContainsAnyInRange('0', '9') || token.IndexOf("::", StringComparison.Ordinal) >= 0)
        && (
            token.Length is 9 or 10
            || token.ContainsAny('[', ']')
            || token.Count('.') + token.Count('-') + token.Count('_') + token.Count(':') >= 2
        );

    private static IEnumerable<IPNetwork> Readings(string token)
    {
        var plain = token.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        if (!plain.Any(char.IsAsciiDigit) && !plain.Contains("::", StringComparison.Ordinal))
        {
            yield break;
        }

        if (plain.Length <= LongestSix && plain.Count(character => character == ':') >= 2)
        {
            var bare = plain.Split('%')[0].Trim('.', '-', '_');
            if (
                !bare.AsSpan().ContainsAnyExcept(OfSix)
                && IPAddress.TryParse(bare, out var six)
                && six.AddressFamily == AddressFamily.InterNetworkV6
            )
            {
                yield return Single(six.IsIPv4MappedToIPv6 ? six.MapToIPv4() : six);
            }
        }

        foreach (var four in Fours(plain))
        {
            yield return four;
        }

        if (OneNumber(plain) is { } number)
        {
            yield return Single(number);
        }
    }

    /// <summary>Four parts in a row, in both orders (the DNS turns them round).</summary>
    private static IEnumerable<IPNetwork> Fours(string token)
    {
        if (!HasNumbersInARow(token))
        {
            yield break;
        }

        var parts = token.Split(['.', '-', '_', ':'], StringSplitOptions.RemoveEmptyEntries);
        for (var from = 0; from + 3 < parts.Length || from + 3 == parts.Length && parts.Length == 3; from++)
        {
            if (
                Octet(parts[from], last: true, first: false) is { } one
                && Octet(parts[from + 1], last: false, first: false) is { } two
                && Octet(parts[from + 2], last: false, first: false) is { } three
            )
            {
                if (parts.Length > 3 && Octet(parts[from + 3], last: false, first: true) is { } four)
                {
                    yield return Single(new IPAddress([one, two, three, four]));
                    yield return Single(new IPAddress([four, three, two, one]));
                }
                else if (parts.Length == 3 || parts[from + 3] is "x" or "X" or "*" or "xxx")
                {
                    yield return new IPNetwork(new IPAddress([one, two, three, 0]), 24);
                }
            }

            if (parts.Length == 3)
            {
                yield break;
            }
        }
    }

    /// <summary>Whether two parts beside one another are numbers: the second and third part of an address are, whatever sticks to its ends.</summary>
    private static bool HasNumbersInARow(ReadOnlySpan<char> token)
    {
        var before = false;
        foreach (var range in token.SplitAny('.', '-', '_', ':'))
        {
            var part = token[range];
            if (part.Length > 0)
            {
                var number = Octet(part, last: false, first: false) is not null;
                if (number && before)
                {
                    return true;
                }

                before = number;
            }
        }

        return false;
    }

    /// <summary>One part: decimal, 0x hexadecimal, octal with a leading zero. Letters may stick to the first and last one (<c>host192-0-2-1a</c>).</summary>
    private static byte? Octet(ReadOnlySpan<char> text, bool last, bool first)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return byte.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        }

        if (last)
        {
            text = text.TrimStart("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        }

        if (first)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            text = digits < 0 ? text : text[..digits];
        }

        if (text.Length is 0 or > 4 || text.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        if (text.Length > 1 && text[0] == '0' && text.IndexOfAny('8', '9') < 0)
        {
            var octal = 0;
            foreach (var digit in text)
            {
                octal = (octal * 8) + (digit - '0');
            }

            return octal <= byte.MaxValue ? (byte)octal : null;
        }

        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static IPAddress? OneNumber(string token)
    {
        uint value;
        if (token.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && token.Length == 10)
        {
            return uint.TryParse(token.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
                ? Address(value)
                : null;
        }

        return token.Length is 9 or 10 && uint.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            ? Address(value)
            : null;
    }

    private static IPAddress Address(uint value) => new([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    private static IPNetwork Single(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);

    private static bool Overlaps(IPNetwork known, IPNetwork named) =>
        known.BaseAddress.AddressFamily == named.BaseAddress.AddressFamily
        && (known.Contains(named.BaseAddress) || (named.PrefixLength < 32 && named.Contains(known.BaseAddress)));

    /// <summary>The ranges that cover everything from a first to a last address.</summary>
    private static IReadOnlyList<IPNetwork> Between(IPAddress first, IPAddress last)
    {
        if (first.AddressFamily != last.AddressFamily)
        {
            return [];
        }

        var bits = first.GetAddressBytes().Length * 8;
        var from = new BigInteger(first.GetAddressBytes(), isUnsigned: true, isBigEndian: true);
        var to = new BigInteger(last.GetAddressBytes(), isUnsigned: true, isBigEndian: true);
        var networks = new List<IPNetwork>();
        while (from <= to && networks.Count < 2 * bits)
        {
            var free = from.IsZero ? bits : (int)BigInteger.TrailingZeroCount(from);
            while (free > 0 && from + (BigInteger.One << free) - 1 > to)
            {
                free--;
            }

            var bytes = new byte[bits / 8];
            var number = from.ToByteArray(isUnsigned: true, isBigEndian: true);
            number.CopyTo(bytes, bytes.Length - number.Length);
            networks.Add(new IPNetwork(new IPAddress(bytes), bits - free));
            from += BigInteger.One << free;
        }

        return networks;
    }
}
