namespace Noroshi.Hub.Conversations;

/// <summary>
/// Tells a probing question about the recipient's environment from that of a sender whose document could not be opened.
/// </summary>
internal static class EnvironmentQuestion
{
    /// <summary>The words of the question that is a reason to expect an attack; null when there is none.</summary>
    /// <param name="entries">Messages of one exchange, in order of time.</param>
    public static FoundIntent? Suspicious(IReadOnlyList<ExchangeEntry> entries) =>
        entries
            .Where(entry => entry.FromOutsider)
            .Select(entry => entry.Intents.FirstOrDefault(found => found.Intent == Intent.WhichUnarchiver))
            .FirstOrDefault(found => found is not null);
}
