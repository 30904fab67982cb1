using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline;

/// <summary>What the steps write to the log: names of steps, positions and codes, never content.</summary>
internal static partial class PipelineLog
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "Step {Step} lost its lease of lane {Lane}; it leases again.")]
    public static partial void LeaseLost(ILogger logger, string step, Lane lane);

    [LoggerMessage(
        EventId = 5002,
        Level = LogLevel.Error,
        Message = "Step {Step}, lane {Lane}: no room on the disk. Nothing was lost; the step goes on when there is room."
    )]
    public static partial void StorageFull(ILogger logger, string step, Lane lane);

    [LoggerMessage(
        EventId = 5008,
        Level = LogLevel.Error,
        Message = "Step {Step}: the store cannot do it now ({Reason}). Nothing was lost; the step tries again."
    )]
    public static partial void StorageWaits(ILogger logger, string step, string reason);

    [LoggerMessage(
        EventId = 5003,
        Level = LogLevel.Error,
        Message = "Step {Step} gave up entry {Position} ({Reason}). What was provided is kept; release it when the cause is gone."
    )]
    public static partial void GivenUp(ILogger logger, string step, long position, string reason);

    [LoggerMessage(
        EventId = 5004,
        Level = LogLevel.Warning,
        Message = "Step {Step} put off entry {Position} after try {Tries} ({Reason})."
    )]
    public static partial void PutOff(ILogger logger, string step, long position, int tries, string reason);

    [LoggerMessage(
        EventId = 5005,
        Level = LogLevel.Information,
        Message = "Situation at position {Position}: {Mails} mails, {Milliseconds} ms."
    )]
    public static partial void SituationMade(ILogger logger, long position, int mails, long milliseconds);

    [LoggerMessage(
        EventId = 5007,
        Level = LogLevel.Error,
        Message = "The situation cannot be worked out ({Reason}); the last one stays and it is tried again."
    )]
    public static partial void SituationFailed(ILogger logger, string reason);

    [LoggerMessage(
        EventId = 5006,
        Level = LogLevel.Information,
        Message = "Step {Step}: everything up to position {Until} is analysed anew."
    )]
    public static partial void ReanalysisDone(ILogger logger, string step, long until);
}
