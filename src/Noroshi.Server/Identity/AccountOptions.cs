using Noroshi.Hub.Identity;

namespace Noroshi.Server.Identity;

/// <summary>Settings of accounts and sessions.</summary>
internal sealed record AccountOptions
{
    /// <summary>A session ends after so long without a request.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A session ends after so long in any case.</summary>
    public TimeSpan SessionLongest { get; init; } = TimeSpan.FromHours(12);

    /// <summary>An invitation is open for so long.</summary>
    public TimeSpan InvitationOpen { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Wrong sign-ins for one name from one address before it has to wait.</summary>
    public int SignInAttempts { get; init; } = 5;

    /// <summary>So long it waits.</summary>
    public TimeSpan SignInWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Wrong sign-ins in a row from wherever before the account is closed for a day.</summary>
    public int MostFailures { get; init; } = 100;

    /// <summary>A key is valid for so long when its maker says nothing.</summary>
    public TimeSpan KeyValid { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Idle accounts.</summary>
    public IdleTerms Idle { get; init; } = new();

    /// <summary>Domain that passkeys are bound to; null: the host of the request.</summary>
    public string? PasskeyDomain { get; init; }

    /// <summary>Why the settings make no sense; null when they do.</summary>
    public string? Fault =>
        SessionIdle <= TimeSpan.Zero || SessionLongest < SessionIdle
            ? "a session's idle time has to be positive and at most its longest time"
        : SignInAttempts < 1 || MostFailures < SignInAttempts
            ? "the number of sign-ins has to be at least 1, and that of one account not smaller"
        : KeyValid <= TimeSpan.Zero || InvitationOpen <= TimeSpan.Zero ? "keys and invitations have to be valid for some time"
        : Idle.Fault;
}
