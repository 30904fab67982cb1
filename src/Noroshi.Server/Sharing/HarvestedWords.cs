using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>
/// Words that provisions showed of their providers (recipients, hosts, people), in memory only: taken from the log at each start, with the
/// mails, and forgotten with the last mail that showed them.
/// </summary>
internal sealed class HarvestedWords : IForgets
{
    /// <summary>Words of one organisation. A flood of made-up recipients must not push out what stands in the dictionaries; more is not taken.</summary>
    private const int MostOfOne = 20_000;

    /// <summary>Words by owner, with the number of mails that show each.</summary>
    private readonly Dictionary<string, Dictionary<IdentityTerm, int>> _terms = new(StringComparer.Ordinal);

    /// <summary>What each mail shows. Mails of one window mostly show the same: equal lists are one.</summary>
    private readonly Dictionary<string, TermList> _mails = new(StringComparer.Ordinal);

    private readonly Dictionary<TermList, TermList> _lists = [];
    private readonly Lock _gate = new();

    /// <summary>Changes with each change of the words.</summary>
    public long Version { get; private set; }

    /// <summary>Takes the words of a mail.</summary>
    public void Add(ProvidedMail mail, Organization? provider)
    {
        if (mail.Organization is not { } owner || provider is null)
        {
            return;
        }

        var shown = IdentityTerms.Harvested(mail, Estates.Of(provider));
        lock (_gate)
        {
            Forget(mail.Key);
            if (!_terms.TryGetValue(owner, out var own))
            {
                _terms[owner] = own = [];
            }

            var taken = new List<IdentityTerm>();
            foreach (var term in shown)
            {
                var count = own.GetValueOrDefault(term);
                if (count > 0 || own.Count < MostOfOne)
                {
                    own[term] = count + 1;
                    taken.Add(term);
                    Version += count == 0 ? 1 : 0;
                }
            }

            if (taken.Count > 0)
            {
                var list = new TermList(taken);
                _mails[mail.Key] = _lists.TryGetValue(list, out var known) ? known : _lists[list] = list;
            }
        }
    }

    /// <summary>All words.</summary>
    public IReadOnlyList<IdentityTerm> All()
    {
        lock (_gate)
        {
            return [.. _terms.Values.SelectMany(own => own.Keys)];
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        lock (_gate)
        {
            foreach (
                var key in erased.Mails.Concat(erased.Documents.Where(one => one.Kind == DocumentKinds.Mail).Select(one => one.Subject))
            )
            {
                Forget(key);
            }

            // Lists that no mail has any more go with the words.
            foreach (var list in _lists.Keys.Except(_mails.Values).ToList())
            {
                _lists.Remove(list);
            }
        }

        return Task.CompletedTask;
    }

    private void Forget(string key)
    {
        if (!_mails.Remove(key, out var list))
        {
            return;
        }

        foreach (var term in list.Terms)
        {
            if (_terms.TryGetValue(term.Owner, out var own) && own.TryGetValue(term, out var count))
            {
                if (count > 1)
                {
                    own[term] = count - 1;
                }
                else
                {
                    own.Remove(term);
                    Version++;
                }
            }
        }
    }

    /// <summary>Words in their order; equal by content.</summary>
    private sealed class TermList(IReadOnlyList<IdentityTerm> terms) : IEquatable<TermList>
    {
        public IReadOnlyList<IdentityTerm> Terms => terms;

        public bool Equals(TermList? other) => other is not null && terms.SequenceEqual(other.Terms);

        public override bool Equals(object? obj) => Equals(obj as TermList);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var term in terms)
            {
                hash.Add(term);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>The union of all members' dictionaries, made anew when one of them changes.</summary>
internal sealed class IdentityBook(Community community, HarvestedWords harvested)
{
    private readonly Lock _gate = new();
    private (long Community, long Harvested) _made = (-1, -1);
    private IdentityGuard? _guard;

    /// <summary>The guard as of now.</summary>
    public IdentityGuard Current
    {
        get
        {
            lock (_gate)
            {
                var versions = (community.Version, harvested.Version);
                if (_guard is null || _made != versions)
                {
                    _guard = new IdentityGuard(community.Current.Organizations.SelectMany(IdentityTerms.Of).Concat(harvested.All()));
                    _made = versions;
                }

                return _guard;
            }
        }
    }
}
