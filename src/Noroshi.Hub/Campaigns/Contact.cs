namespace Noroshi.Hub.Campaigns;

/// <summary>Where two clusters touch: of each, the members with a strong link to the other, at most twelve.</summary>
internal sealed class Contact
{
    private readonly (Cluster Cluster, List<Exchange> Members) _one;
    private readonly (Cluster Cluster, List<Exchange> Members) _other;

    public Contact(Cluster one, Cluster other)
    {
        _one = (one, []);
        _other = (other, []);
    }

    /// <summary>Number of the offer that stands; 0 for none.</summary>
    public long Offer { get; set; }

    /// <summary>
    /// Whether enough members touch on both sides: a quarter of the cluster, or of twelve, and never one of several, which may be chance.
    /// </summary>
    public bool IsBroad => IsEnough(_one) && IsEnough(_other);

    /// <summary>The clusters, the smaller id first.</summary>
    public (Cluster One, Cluster Other) InOrder() =>
        string.CompareOrdinal(_one.Cluster.First, _other.Cluster.First) <= 0
            ? (_one.Cluster, _other.Cluster)
            : (_other.Cluster, _one.Cluster);

    /// <summary>Members of a cluster that touch the other one.</summary>
    public List<Exchange> Of(Cluster cluster) => _one.Cluster == cluster ? _one.Members : _other.Members;

    /// <summary>Notes a member that touches the other cluster.</summary>
    public void Touch(Cluster cluster, Exchange member)
    {
        var members = Of(cluster);
        var place = members.BinarySearch(member, ByRank.Instance);
        if (place < 0 && ~place < CandidateSearch.Representatives)
        {
            members.Insert(~place, member);
            if (members.Count > CandidateSearch.Representatives)
            {
                members.RemoveAt(CandidateSearch.Representatives);
            }
        }
    }

    /// <summary>Takes over what touched where a cluster that has merged was before.</summary>
    /// <param name="contact">Contact of the merged cluster with the same neighbour.</param>
    /// <param name="merged">The merged cluster.</param>
    /// <param name="heir">The cluster into which it merged.</param>
    public void Take(Contact contact, Cluster merged, Cluster heir)
    {
        foreach (var member in contact.Of(merged))
        {
            Touch(heir, member);
        }

        var neighbour = contact._one.Cluster == merged ? contact._other.Cluster : contact._one.Cluster;
        foreach (var member in contact.Of(neighbour))
        {
            Touch(neighbour, member);
        }
    }

    /// <summary>An offer made before no longer counts.</summary>
    public void Withdraw() => Offer = 0;

    private static bool IsEnough((Cluster Cluster, List<Exchange> Members) side) =>
        side.Members.Count * 4 >= Math.Min(CandidateSearch.Representatives, side.Cluster.Members.Count)
        && side.Members.Count >= Math.Min(2, side.Cluster.Members.Count);
}
