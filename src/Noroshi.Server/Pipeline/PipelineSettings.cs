using Noroshi.Hub.Judgement;
using Noroshi.Server.Pipeline.Steps;

namespace Noroshi.Server.Pipeline;

/// <summary>How the pipeline works.</summary>
internal sealed record PipelineSettings
{
    /// <summary>How the steps that take mails apart go about their work.</summary>
    public StepManners Manners { get; init; } = new();

    /// <summary>CPU milliseconds for the password search of one item.</summary>
    public int PasswordBudgetMilliseconds { get; init; } = 4_000;

    /// <summary>Mails that the situation keeps at hand, some twenty-five kilobytes each; the others are read from the log when they are needed.</summary>
    public int MailsAtHand { get; init; } = MailShelf.Ordinary;

    /// <summary>
    /// The situation is not worked out for each of many old mails, but when the bulk lane pauses, and at least so often. Live mails do not wait.
    /// </summary>
    public TimeSpan BulkPause { get; init; } = TimeSpan.FromSeconds(30);
}
