namespace Noroshi.Server.Smtp;

/// <summary>What the mail intake writes to the log: never an address, a name or a word of a mail.</summary>
internal static partial class SmtpLog
{
    [LoggerMessage(2001, LogLevel.Information, "SMTP: bytes behind STARTTLS in the clear were thrown away")]
    public static partial void PlaintextDropped(ILogger log);

    [LoggerMessage(2002, LogLevel.Information, "SMTP: TLS handshake failed")]
    public static partial void HandshakeFailed(ILogger log);

    [LoggerMessage(2003, LogLevel.Warning, "SMTP: authentication failed")]
    public static partial void AuthenticationFailed(ILogger log);

    [LoggerMessage(2004, LogLevel.Error, "SMTP: a mail was not stored ({Error}); its sender was asked to come again")]
    public static partial void DeliveryFailed(ILogger log, string error);

    [LoggerMessage(2005, LogLevel.Information, "SMTP: a connection was turned away, {Connections} are open")]
    public static partial void TurnedAway(ILogger log, int connections);

    [LoggerMessage(2006, LogLevel.Error, "SMTP: a connection ended by an error of the program ({Error})")]
    public static partial void SessionFailed(ILogger log, string error);
}
