namespace Noroshi.Server.Hosting;

/// <summary>What the host logs: ids and codes, never content, addresses or names.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1001, LogLevel.Information, "The hub is running")]
    public static partial void Running(this ILogger logger);

    [LoggerMessage(1002, LogLevel.Information, "The hub is stopping")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(1003, LogLevel.Critical, "The store has failed; the process ends")]
    public static partial void StoreFailed(this ILogger logger);

    [LoggerMessage(1004, LogLevel.Error, "A part of the hub did not end in order: {ErrorType}")]
    public static partial void EndedBadly(this ILogger logger, string errorType);

    [LoggerMessage(1010, LogLevel.Error, "Request {RequestId} failed: {ErrorType} in {Code}")]
    public static partial void RequestFailed(this ILogger logger, string requestId, string errorType, string code);

    [LoggerMessage(1011, LogLevel.Debug, "Request {RequestId}: {Action} {Route} {Status} in {Milliseconds} ms")]
    public static partial void RequestDone(
        this ILogger logger,
        string requestId,
        string action,
        string route,
        int status,
        double milliseconds
    );

    [LoggerMessage(1020, LogLevel.Warning, "The certificate files cannot be used ({ErrorType}); the last good certificate stays in use")]
    public static partial void BadCertificate(this ILogger logger, string errorType);

    [LoggerMessage(1021, LogLevel.Information, "Certificate {Id} is in use, valid until {Until}")]
    public static partial void Certificate(this ILogger logger, string id, DateTimeOffset until);

    [LoggerMessage(
        1030,
        LogLevel.Warning,
        "The control socket cannot be made ({ErrorType}); backup and fsck work only while the hub is stopped"
    )]
    public static partial void NoControl(this ILogger logger, string errorType);

    [LoggerMessage(1031, LogLevel.Error, "A call through the control socket failed: {ErrorType}")]
    public static partial void ControlFailed(this ILogger logger, string errorType);
}
