using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Sharing;

/// <summary>
/// Words that provisions showed of their providers (recipients, hosts, people), in memory only: taken from the log at each start, with the
/// mails. Words of erased mails stay until then; that can only make the gate stricter.
/// </summary>
internal sealed class HarvestedWords
{
    /// <summary>Words of one organisation. A flood of made-up recipients must not push out what stands in the dictionaries; more is not taken.</summary>
    private const int MostOfOne = 20_000;

    private readonly Dictionary<string, HashSet<IdentityTerm>> _terms = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Grows with each new word.</summary>
    public long Version { get; private set; }

    /// <summary>Takes the words of a mail.</summary>
    public void Add(ProvidedMail mail, Organization? provider)
    {
        if (mail.Organization is not { } owner || provider is null)
        {
            return;
        }

        var terms = IdentityTerms.Harvested(mail, Estates.Of(provider));
        lock (_gate)
        {
            if (!_terms.TryGetValue(owner, out var own))
            {
                _terms[owner] = own = [];
            }

            foreach (var term in terms)
            {
                if (own.Count < MostOfOne && own.Add(term))
                {
                    Version++;
                }
            }
        }
    }

    /// <summary>All words.</summary>
    public IReadOnlyList<IdentityTerm> All()
    {
        lock (_gate)
        {
            return [.. _terms.Values.SelectMany(own => own)];
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
