using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>What a search found.</summary>
/// <param name="Found">Per container in the order given: the candidate that fits, or null.</param>
/// <param name="Tried">Checks that were made in all.</param>
/// <param name="SpentMilliseconds">Declared cost of these checks; confirmations count as one check.</param>
/// <param name="BudgetExhausted">The budget ran out with containers still locked and candidates still untried.</param>
public sealed record PasswordSearchResult(
    IReadOnlyList<PasswordCandidate?> Found,
    int Tried,
    double SpentMilliseconds,
    bool BudgetExhausted
)
{
    /// <summary>Containers, by index, on which not every candidate was tried.</summary>
    public IReadOnlySet<int> Unfinished { get; init; } = new HashSet<int>();

    /// <summary>The findings of one container: found, not found, or stopped by the budget.</summary>
    /// <param name="container">Index of the container.</param>
    /// <param name="name">Name of the container for people.</param>
    public IReadOnlyList<Finding> FindingsOf(int container, string name) =>
        Found[container] is { } found ? [FindingCodes.Passwords.Found.At($"{name}: {found.Source}, {found.Where}")]
        : Unfinished.Contains(container) ? [FindingCodes.Passwords.NotFound.At(name), FindingCodes.Passwords.Budget.At(name)]
        : [FindingCodes.Passwords.NotFound.At(name)];
}

/// <summary>
/// Tries candidates against the locked containers of one mail until the budget is spent. The budget counts the declared cost of the
/// checks, not time: the same input gives the same result on a busy machine too (decision 2).
/// </summary>
public static class PasswordSearch
{
    /// <summary>Most candidates that are taken from the ranking, whatever the budget.</summary>
    public const int MaxCandidates = 20_000;

    /// <summary>Non-conclusive hits of one container that are confirmed at most: a check of one byte says yes to one in 256.</summary>
    public const int MaxConfirmations = 256;

    /// <summary>
    /// Tries each candidate, in its order, on every container that is still locked, cheap checks first. A password that opened one
    /// container has thereby been tried on all others at once, so one mail with several files under one password costs one find. Each
    /// container has an equal share of the budget first, so that a costly one cannot hide the others; what is left over is spent on those
    /// whose share did not suffice.
    /// </summary>
    /// <param name="probes">Checks of the locked containers; index is the container's.</param>
    /// <param name="ranked">Candidates, best first; read lazily.</param>
    /// <param name="budgetMilliseconds">Declared cost the search may have; 0 tries only candidates that come from elsewhere than the mail.</param>
    /// <param name="confirm">Opens an entry of the container with the password; asked only for hits of checks that are not conclusive.</param>
    public static PasswordSearchResult Find(
        IReadOnlyList<IPasswordProbe> probes,
        IEnumerable<PasswordCandidate> ranked,
        double budgetMilliseconds,
        Func<int, string, bool> confirm
    )
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(confirm);
        if (probes.Count == 0)
        {
            return new PasswordSearchResult([], 0, 0, false);
        }

        using var candidates = ranked.GetEnumerator();
        return new SearchRun(probes, budgetMilliseconds, confirm, candidates).Run();
    }
}
