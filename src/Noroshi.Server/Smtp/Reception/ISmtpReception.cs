using System.Net;
using Noroshi.Server.Smtp.Protocol;

namespace Noroshi.Server.Smtp.Reception;

/// <summary>
/// What the protocol asks the hub. The protocol knows nothing of members, keys and stores; the hub knows nothing of lines.
/// </summary>
internal interface ISmtpReception
{
    /// <summary>Whose key that is; null when it is nobody's. Called under TLS only.</summary>
    ValueTask<SmtpAccount?> AuthenticateAsync(SmtpPeer peer, string user, string secret, CancellationToken cancellation);

    /// <summary>
    /// To whom a mail to that recipient is attributed; null when it is none. Takes the same time for all that are none: no store is asked, no
    /// branch taken early.
    /// </summary>
    IntakeGrant? Resolve(SmtpPeer peer, SmtpPath recipient);

    /// <summary>Keeps a mail. Ends with <see cref="SmtpVerdict.Accepted"/> only when it survives a power cut. Not cancelled by a lost connection.</summary>
    Task<SmtpVerdict> DeliverAsync(SmtpMail mail);
}

/// <summary>What becomes of a mail.</summary>
internal enum SmtpVerdict
{
    /// <summary>It is durable: 250.</summary>
    Accepted,

    /// <summary>It is not kept; the sender's server comes again: 451.</summary>
    TryAgain,

    /// <summary>No room: 452.</summary>
    NoRoom,

    /// <summary>Coming again would not help: 554.</summary>
    Refused,
}

/// <summary>Who is at the other end.</summary>
/// <param name="Address">Its address; an IPv4 address in IPv6 form is given as IPv4.</param>
/// <param name="Helo">What it calls itself, at most 255 printable characters; proves nothing.</param>
/// <param name="Tls">TLS version, null without TLS.</param>
/// <param name="Account">Whose key it showed.</param>
internal sealed record SmtpPeer(IPAddress Address, string Helo, string? Tls, SmtpAccount? Account);

/// <summary>Who authenticated.</summary>
/// <param name="Key">Id of the key.</param>
/// <param name="Organization">Organisation.</param>
/// <param name="Window">The window that the key is for, if for one.</param>
/// <param name="User">The user whose key it is, if one person's.</param>
internal sealed record SmtpAccount(string Key, string Organization, string? Window, string? User);

/// <summary>How a mail is attributed.</summary>
internal enum GrantKind
{
    /// <summary>By an intake address.</summary>
    Address,

    /// <summary>By SMTP AUTH.</summary>
    Account,

    /// <summary>By a relay network.</summary>
    Relay,
}

/// <summary>An accepted recipient.</summary>
/// <param name="Kind">How.</param>
/// <param name="Id">Id of the address, key or relay: never the address itself.</param>
/// <param name="Organization">Organisation.</param>
/// <param name="Window">Window.</param>
/// <param name="User">User.</param>
internal sealed record IntakeGrant(GrantKind Kind, string Id, string Organization, string? Window, string? User);

/// <summary>A mail as it came.</summary>
internal sealed record SmtpMail
{
    /// <summary>Who handed it in.</summary>
    public required SmtpPeer Peer { get; init; }

    /// <summary>MAIL FROM; empty for the null path. Proves nothing.</summary>
    public required string From { get; init; }

    /// <summary>Accepted recipients, each once.</summary>
    public required IReadOnlyList<IntakeGrant> Recipients { get; init; }

    /// <summary>The bytes, dots undone; valid until the delivery ends.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>When the end of the mail was read.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
