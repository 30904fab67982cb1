namespace Noroshi.Hub.Conversations;

internal static class EnvironmentQuestion
{
    public static FoundIntent? Suspicious(IReadOnlyList<ExchangeEntry> entries) => null;
}
