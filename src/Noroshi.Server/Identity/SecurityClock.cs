namespace Noroshi.Server.Identity;

/// <summary>
/// The clock of passwords, codes, sessions, keys and idle accounts: always the machine's, never the one of a scenario that the rest of the hub
/// may run on. A type of its own, so that nobody hands in the other by mistake.
/// </summary>
internal sealed record SecurityClock(TimeProvider Time)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();
}
