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
    /// <summary>The findings of one container: found, not found, or stopped by the budget.</summary>
    /// <param name="container">Index of the container.</param>
    /// <param name="name">Name of the container for people.</param>
    public IReadOnlyList<Finding> FindingsOf(int container, string name) =>
        Found[container] is { } found ? [FindingCodes.Passwords.Found.At($"{name}: {found.Source}, {found.Where}")]
        : BudgetExhausted ? [FindingCodes.Passwords.NotFound.At(name), FindingCodes.Passwords.Budget.At(name)]
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
    /// container has thereby been tried on all others at once, so one mail with several files under one password costs one find.
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

        var found = new PasswordCandidate?[probes.Count];
        var confirmations = new int[probes.Count];
        var locked = Enumerable.Range(0, probes.Count).OrderBy(index => probes[index].CostMilliseconds).ToList();
        var tried = 0;
        var taken = 0;
        var spent = 0.0;
        foreach (var candidate in locked.Count == 0 ? [] : ranked)
        {
            var given = IsGiven(candidate);
            if (budgetMilliseconds <= 0 && !given)
            {
                continue;
            }

            if (++taken > MaxCandidates)
            {
                return new PasswordSearchResult(found, tried, spent, true);
            }

            for (var i = 0; i < locked.Count; )
            {
                var index = locked[i];
                if (!given && spent + probes[index].CostMilliseconds > budgetMilliseconds)
                {
                    return new PasswordSearchResult(found, tried, spent, true);
                }

                tried++;
                spent += probes[index].CostMilliseconds;
                if (Fits(probes[index], index, candidate.Value, confirmations, confirm))
                {
                    found[index] = candidate;
                    locked.RemoveAt(i);
                }
                else
                {
                    i++;
                }
            }

            if (locked.Count == 0)
            {
                break;
            }
        }

        return new PasswordSearchResult(found, tried, spent, false);
    }

    /// <summary>Passwords from elsewhere are few and chosen: they are tried whatever the budget.</summary>
    private static bool IsGiven(PasswordCandidate candidate) =>
        candidate.Source is "given" or "second-mail" or "conversation" or "campaign";

    private static bool Fits(IPasswordProbe probe, int index, string password, int[] confirmations, Func<int, string, bool> confirm) =>
        probe.Check(password) && (probe.Conclusive || confirmations[index]++ < MaxConfirmations && confirm(index, password));
}
