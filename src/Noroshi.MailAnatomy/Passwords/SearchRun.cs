namespace Noroshi.MailAnatomy.Passwords;

/// <summary>One search: who is still locked, what was spent on whom, and where each stopped.</summary>
/// <param name="probes">Checks of the locked containers.</param>
/// <param name="budget">Declared cost that all checks together may have, milliseconds.</param>
/// <param name="confirm">Opens an entry with the password.</param>
/// <param name="ranked">Candidates, best first.</param>
internal sealed class SearchRun(
    IReadOnlyList<IPasswordProbe> probes,
    double budget,
    Func<int, string, bool> confirm,
    IEnumerator<PasswordCandidate> ranked
)
{
    private readonly PasswordCandidate?[] _found = new PasswordCandidate?[probes.Count];
    private readonly int[] _confirmations = new int[probes.Count];
    private readonly double[] _spentOn = new double[probes.Count];

    /// <summary>Per container the number of the candidate at which its share was used up; -1 while it is not.</summary>
    private readonly int[] _stoppedAt = [.. Enumerable.Repeat(-1, probes.Count)];

    /// <summary>Containers without a password, cheapest check first.</summary>
    private readonly List<int> _locked = [.. Enumerable.Range(0, probes.Count).OrderBy(index => probes[index].CostMilliseconds)];

    /// <summary>Candidates read so far: containers that were stopped go back to those they have not seen.</summary>
    private readonly List<PasswordCandidate> _taken = [];

    /// <summary>There are more candidates than are ever tried.</summary>
    private bool _cut;
    private int _tried;
    private double _spent;

    /// <summary>Tries the candidates.</summary>
    public PasswordSearchResult Run()
    {
        var read = TryWithShares();
        TryWithRest(read);
        var unfinished = _locked.Where(index => _cut || _stoppedAt[index] >= 0).ToHashSet();
        return new PasswordSearchResult(_found, _tried, _spent, unfinished.Count > 0) { Unfinished = unfinished };
    }

    /// <summary>Every container with its own share; says how many candidates that took.</summary>
    private int TryWithShares()
    {
        var share = budget / Math.Max(1, probes.Count);
        for (var number = 0; _locked.Exists(index => _stoppedAt[index] < 0); number++)
        {
            if (Candidate(number) is not { } candidate)
            {
                break;
            }

            var given = IsGiven(candidate);
            var opened = false;
            for (var i = 0; i < _locked.Count; )
            {
                var index = _locked[i];
                if (!given && _stoppedAt[index] < 0 && _spentOn[index] + probes[index].CostMilliseconds > share)
                {
                    _stoppedAt[index] = number;
                }

                var fits = (given || _stoppedAt[index] < 0) && Try(index, candidate);
                opened |= fits;
                i += fits ? 0 : 1;
            }

            if (opened && !given)
            {
                TryOnStopped(candidate);
            }
        }

        return _taken.Count;
    }

    /// <summary>The best guess there is for a container that was stopped is a password that opened another.</summary>
    private void TryOnStopped(PasswordCandidate candidate)
    {
        foreach (var index in _locked.Where(index => _stoppedAt[index] >= 0).ToList())
        {
            if (CanPay(index))
            {
                Try(index, candidate);
            }
        }
    }

    /// <summary>What the shares left over goes to those that were stopped, best candidates first, cheap checks first.</summary>
    /// <param name="read">Candidates that were read before: of these, the given ones were tried on everybody.</param>
    private void TryWithRest(int read)
    {
        var from = _locked.Where(index => _stoppedAt[index] >= 0).Select(index => _stoppedAt[index]).DefaultIfEmpty(int.MaxValue).Min();
        for (var number = from; _locked.Exists(index => _stoppedAt[index] >= 0 && CanPay(index)); number++)
        {
            if (Candidate(number) is not { } candidate)
            {
                // Who came to the end has seen all.
                Array.ForEach([.. _locked.Where(index => _stoppedAt[index] == number)], index => _stoppedAt[index] = -1);
                return;
            }

            var given = IsGiven(candidate);
            for (var i = 0; i < _locked.Count; )
            {
                var index = _locked[i];
                if (_stoppedAt[index] != number || !(given || CanPay(index)))
                {
                    i++;
                    continue;
                }

                _stoppedAt[index]++;
                i += !(given && number < read) && Try(index, candidate) ? 0 : 1;
            }
        }
    }

    private bool CanPay(int index) => _spent + probes[index].CostMilliseconds <= budget;

    /// <summary>The candidate with that number, counted without those that the budget does not allow; null behind the last.</summary>
    private PasswordCandidate? Candidate(int number)
    {
        while (_taken.Count <= number && number < int.MaxValue && ranked.MoveNext())
        {
            if (budget <= 0 && !IsGiven(ranked.Current))
            {
                continue;
            }

            if (_taken.Count == PasswordSearch.MaxCandidates)
            {
                _cut = true;
                return null;
            }

            _taken.Add(ranked.Current);
        }

        return number < _taken.Count ? _taken[number] : null;
    }

    private bool Try(int index, PasswordCandidate candidate)
    {
        _tried++;
        _spent += probes[index].CostMilliseconds;
        _spentOn[index] += probes[index].CostMilliseconds;
        var probe = probes[index];
        var fits =
            probe.Check(candidate.Value)
            && (probe.Conclusive || (_confirmations[index]++ < PasswordSearch.MaxConfirmations && confirm(index, candidate.Value)));
        if (fits)
        {
            _found[index] = candidate;
            _locked.Remove(index);
        }

        return fits;
    }

    /// <summary>Passwords from elsewhere are few and chosen: they are tried whatever the budget.</summary>
    private static bool IsGiven(PasswordCandidate candidate) =>
        candidate.Source is "given" or "second-mail" or "conversation" or "campaign";
}
