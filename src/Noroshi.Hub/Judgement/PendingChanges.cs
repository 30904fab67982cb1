namespace Noroshi.Hub.Judgement;

/// <summary>
/// What came for each organisation and is not in it yet. Each organisation is brought back, changed and may be put aside again before the next
/// one is: a change of all of them needs no more room than a change of the largest.
/// </summary>
internal sealed class PendingChanges
{
    private readonly Dictionary<OrganizationPart, List<Action<OrganizationPart>>> _changes = [];

    /// <summary>The organisations concerned, in the order in which they were named.</summary>
    public IEnumerable<OrganizationPart> Parts => [.. _changes.Keys];

    /// <summary>Organisations of which nothing changes but what is around them.</summary>
    public static PendingChanges In(IEnumerable<OrganizationPart> parts)
    {
        var pending = new PendingChanges();
        foreach (var part in parts)
        {
            pending._changes.Add(part, []);
        }

        return pending;
    }

    /// <summary>Adds a change.</summary>
    public void Add(OrganizationPart part, Action<OrganizationPart> change)
    {
        if (!_changes.TryGetValue(part, out var changes))
        {
            _changes.Add(part, changes = []);
        }

        changes.Add(change);
    }

    /// <summary>Makes the changes of an organisation, which is at hand, in their order.</summary>
    public void Make(OrganizationPart part)
    {
        if (_changes.Remove(part, out var changes))
        {
            changes.ForEach(change => change(part));
        }
    }

    /// <summary>Whether something of an organisation is still to come.</summary>
    public bool Await(OrganizationPart part) => _changes.ContainsKey(part);
}
