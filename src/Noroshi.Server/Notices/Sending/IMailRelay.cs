using MimeKit;

namespace Noroshi.Server.Notices.Sending;

/// <summary>How an attempt to send ended.</summary>
internal enum Sent
{
    /// <summary>The relay has it.</summary>
    Accepted,

    /// <summary>Another attempt may succeed.</summary>
    Later,

    /// <summary>No attempt will succeed.</summary>
    Never,

    /// <summary>There is no relay.</summary>
    NoRelay,
}

/// <summary>How an attempt to send ended, and why.</summary>
/// <param name="Sent">How.</param>
/// <param name="Why">Code: <c>smtp-550</c>, <c>connection</c>; no text of a server.</param>
internal sealed record SendResult(Sent Sent, string? Why = null);

/// <summary>Hands mails to the relay. Two implementations: SMTP, and the tests'.</summary>
internal interface IMailRelay
{
    /// <summary>Hands over one mail, with the null return path, to one address.</summary>
    Task<SendResult> SendAsync(MimeMessage mail, string to, CancellationToken cancellation);
}
