namespace Noroshi.Hub.Identity;

/// <summary>After how long without use what happens to an account.</summary>
public sealed record IdleTerms
{
    /// <summary>Its owner is warned.</summary>
    public TimeSpan Warned { get; init; } = TimeSpan.FromDays(60);

    /// <summary>It is suspended.</summary>
    public TimeSpan Suspended { get; init; } = TimeSpan.FromDays(90);

    /// <summary>It is removed.</summary>
    public TimeSpan Removed { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Why the terms make no sense; null when they do.</summary>
    public string? Fault =>
        Warned > TimeSpan.Zero && Warned < Suspended && Suspended < Removed
            ? null
            : "idle accounts have to be warned before they are suspended, and suspended before they are removed";
}

/// <summary>What is due for an account.</summary>
public enum IdleMeasure
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Warn its owner.</summary>
    Warn,

    /// <summary>Suspend it.</summary>
    Suspend,

    /// <summary>Remove it.</summary>
    Remove,
}

/// <summary>Life of accounts that nobody uses.</summary>
public static class IdleAccounts
{
    /// <summary>
    /// What is due. One measure after the other: after a long stand-still of the hub nobody is removed without having been warned and
    /// suspended before. The last administrator is warned only.
    /// </summary>
    /// <param name="user">Account.</param>
    /// <param name="onlyAdministrator">Nobody else administers the hub.</param>
    /// <param name="terms">Terms.</param>
    /// <param name="now">Now.</param>
    public static IdleMeasure Due(User user, bool onlyAdministrator, IdleTerms terms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(terms);
        var unused = now - (user.LastUsedAt ?? user.CreatedAt);
        return user.State switch
        {
            UserState.Removed => IdleMeasure.None,
            UserState.Suspended => user.SuspendedFor == SuspendedIdle
            && unused >= terms.Removed
            && now - user.SuspendedAt >= terms.Removed - terms.Suspended
                ? IdleMeasure.Remove
                : IdleMeasure.None,
            UserState.Active or UserState.Invited => user.WarnedAt is not { } warned
                ? unused >= terms.Warned
                    ? IdleMeasure.Warn
                    : IdleMeasure.None
                : !onlyAdministrator && unused >= terms.Suspended && now - warned >= terms.Suspended - terms.Warned
                    ? IdleMeasure.Suspend
                    : IdleMeasure.None,
        };
    }

    /// <summary>Reason of a suspension for want of use.</summary>
    public const string SuspendedIdle = "idle";

    /// <summary>The account after a measure.</summary>
    public static User Apply(User user, IdleMeasure measure, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(user);
        return measure switch
        {
            IdleMeasure.None => user,
            IdleMeasure.Warn => user with { WarnedAt = now },
            IdleMeasure.Suspend => user with { State = UserState.Suspended, SuspendedFor = SuspendedIdle, SuspendedAt = now },
            IdleMeasure.Remove => Removed(user),
        };
    }

    /// <summary>What stays of somebody who was removed: the id that the journal names, where he belonged, nothing that lets anybody in.</summary>
    public static User Removed(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new User
        {
            Id = user.Id,
            UserName = "",
            Organization = user.Organization,
            State = UserState.Removed,
            CreatedAt = user.CreatedAt,
            LastUsedAt = user.LastUsedAt,
        };
    }
}
