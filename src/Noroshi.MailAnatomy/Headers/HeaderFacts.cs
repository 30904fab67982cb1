using System.Net;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Own hosts, networks and domains of the organisation that received a mail: what may be believed of a Received chain.</summary>
/// <param name="Hosts">Host names (or suffixes starting with a dot) of own and contracted mail servers.</param>
/// <param name="Networks">Own address ranges.</param>
/// <param name="Domains">Own mail domains.</param>
public sealed record OwnEstate(IReadOnlyList<string> Hosts, IReadOnlyList<string> Networks, IReadOnlyList<string> Domains)
{
    /// <summary>Nothing is known.</summary>
    public static OwnEstate Unknown { get; } = new([], [], []);

    /// <summary>Whether an address is at an own domain or below one; case does not count.</summary>
    /// <param name="address">An address, <c>name@domain</c>.</param>
    public bool Holds(string? address)
    {
        var at = address?.LastIndexOf('@') ?? -1;
        if (address is null || at < 0)
        {
            return false;
        }

        var domain = address.AsSpan(at + 1);
        foreach (var own in Domains)
        {
            if (
                own.Length > 0
                && domain.EndsWith(own, StringComparison.OrdinalIgnoreCase)
                && (domain.Length == own.Length || domain[^(own.Length + 1)] == '.')
            )
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One Received header (RFC 5321 4.4), read leniently.</summary>
public sealed record Hop
{
    /// <summary>Host that wrote the header.</summary>
    public string? By { get; init; }

    /// <summary>Address of the host that wrote the header, canonical text, when it says so (Exchange does).</summary>
    public string? ByIp { get; init; }

    /// <summary>What the peer called itself (HELO/EHLO).</summary>
    public string? Helo { get; init; }

    /// <summary>Name the receiving host found for the peer (reverse lookup), when it says so.</summary>
    public string? From { get; init; }

    /// <summary>
    /// The receiving host did not confirm <see cref="From"/>, or says that the name does not lead back to the address
    /// ("may be forged"): whoever owns the address can have chosen it.
    /// </summary>
    public bool FromUnconfirmed { get; init; }

    /// <summary>Address of the peer, canonical text.</summary>
    public string? Ip { get; init; }

    /// <summary>Time with its offset.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Seconds since the next older hop; negative when clocks disagree.</summary>
    public long? DelaySeconds { get; init; }

    /// <summary>Protocol after <c>with</c>.</summary>
    public string? With { get; init; }

    /// <summary>Recipient after <c>for</c>.</summary>
    public string? For { get; init; }

    /// <summary>Written by a host of the own estate, so that what it says of its peer is believed.</summary>
    public bool Trusted { get; init; }
}

/// <summary>The first trustworthy external peer of a mail.</summary>
/// <param name="Ip">Address of the peer.</param>
/// <param name="Host">Its name by reverse lookup or HELO.</param>
/// <param name="HopIndex">Index into the hops (newest first) of the header that names it.</param>
/// <param name="Certain">True when an own host wrote that header; false when the estate is unknown and the newest public address was taken.</param>
public sealed record Origin(string Ip, string? Host, int HopIndex, bool Certain);

/// <summary>One verdict of an authentication method.</summary>
/// <param name="Source">Header: <c>authentication-results</c>, <c>received-spf</c>, <c>arc</c>.</param>
/// <param name="Server">authserv-id, the host that judged; null when absent.</param>
/// <param name="Method"><c>spf</c>, <c>dkim</c>, <c>dmarc</c>, <c>arc</c>, …</param>
/// <param name="Result"><c>pass</c>, <c>fail</c>, <c>softfail</c>, <c>none</c>, … lower case.</param>
/// <param name="Identity">Domain or address judged; null when absent.</param>
public sealed record AuthenticationVerdict(string Source, string? Server, string Method, string Result, string? Identity);

/// <summary>Thread-Index of Outlook and Exchange (MS-OXOMSG 2.2.1.3).</summary>
/// <param name="Conversation">GUID and start time of the conversation (22 bytes), lower-case hex: equal in all mails of a thread.</param>
/// <param name="StartedAt">Start of the conversation, UTC.</param>
/// <param name="Replies">Number of 5-byte reply blocks.</param>
/// <param name="Raw">All bytes, lower-case hex; a reply's value starts with its parent's.</param>
public sealed record ThreadIndex(string Conversation, DateTimeOffset? StartedAt, int Replies, string Raw);

/// <summary>Why a mail counts as automatic.</summary>
/// <param name="Kind"><c>auto-reply</c>, <c>receipt</c> (受付番号), <c>bulk</c>, <c>list</c>, <c>report</c>.</param>
/// <param name="Evidence">Header or phrase.</param>
public sealed record AutomaticMail(string Kind, string Evidence);

/// <summary>How a mail was put together; values are chosen so that equal habits give equal text.</summary>
public sealed record CompositionFingerprint
{
    /// <summary>Names of the sender-side headers in their order, joined by comma, trace headers left out.</summary>
    public string HeaderOrder { get; init; } = "";

    /// <summary>Shape of the MIME boundaries: letters A/a, digits 9, hex h, other characters kept, runs counted.</summary>
    public string? BoundaryShape { get; init; }

    /// <summary>Shape of the Message-ID, same alphabet, domain left out.</summary>
    public string? MessageIdShape { get; init; }

    /// <summary>X-Mailer or User-Agent as written.</summary>
    public string? Mailer { get; init; }

    /// <summary>Charset and transfer encoding of the text parts, e.g. <c>iso-2022-jp/7bit</c>.</summary>
    public IReadOnlyList<string> TextEncodings { get; init; } = [];

    /// <summary>Offset of the Date header, <c>+0900</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>MIME tree, e.g. <c>mixed(alternative(plain,html),rar)</c>.</summary>
    public string MimeTree { get; init; } = "";

    /// <summary>Form of the Date header, e.g. whether day names, leading zeros and zone names are used.</summary>
    public string? DateShape { get; init; }

    /// <summary>Sending service as far as the headers say (free-mail web front, ESP), null when unknown.</summary>
    public string? SendingService { get; init; }

    /// <summary>Client address of a web-mail front (X-Originating-IP and kin).</summary>
    public string? ClientIp { get; init; }
}

/// <summary>An address with a prefix length, <c>192.0.2.0/24</c> or <c>2001:db8::/32</c>; a bare address is a network of one.</summary>
public static class NetworkText
{
    /// <summary>Reads a network; null when the text is none.</summary>
    public static IPNetwork? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
