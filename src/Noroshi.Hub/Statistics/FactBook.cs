namespace Noroshi.Hub.Statistics;

/// <summary>
/// The facts as drawn last, and the roll-up over them. Drawing anew changes the roll-up by what differs. For one thread at a time.
/// </summary>
public sealed class FactBook
{
    private Dictionary<(Type, string), Fact> _facts = [];

    /// <summary>The sums.</summary>
    public RollUp RollUp { get; } = new();

    /// <summary>The facts, in no order.</summary>
    public IReadOnlyCollection<Fact> Facts => _facts.Values;

    /// <summary>Takes the facts over: all of them, not only what is new.</summary>
    /// <exception cref="ArgumentException">Two facts of a kind have one id.</exception>
    public void Put(IEnumerable<Fact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var now = facts.ToDictionary(one => (one.GetType(), one.Id));
        foreach (var (key, fact) in now)
        {
            if (_facts.Remove(key, out var old))
            {
                if (old == fact)
                {
                    continue;
                }

                RollUp.Remove(old);
            }

            RollUp.Add(fact);
        }

        foreach (var gone in _facts.Values)
        {
            RollUp.Remove(gone);
        }

        _facts = now;
    }

    /// <summary>Ids of the things that a figure of a period counts, ordinal: what its number leads to.</summary>
    /// <param name="id">Id of a figure whose numerator is a count of things.</param>
    /// <param name="period">The period.</param>
    /// <param name="group">Of one industry group; null: of all.</param>
    public IReadOnlyList<string> BehindOf(string id, Period period, string? group = null)
    {
        var region = id.StartsWith("c2Region.", StringComparison.Ordinal) ? id["c2Region.".Length..].Split('.')[0] : null;
        if (region is not null || id is "destinations")
        {
            return
            [
                .. RollUp
                    .Of(period)
                    .Countries.Value.Where(one => region is null || one.Value == region)
                    .Select(one => one.Key)
                    .Order(StringComparer.Ordinal),
            ];
        }

        var category = id switch
        {
            "freeMail" => "sender.freeMail",
            "providers" => "provided",
            "uniqueMails" or "samples" => "judgedTargeted",
            _ => id.EndsWith(".known", StringComparison.Ordinal) ? id[..^".known".Length] : id,
        };
        return
        [
            .. _facts
                .Values.Where(one =>
                    period.Contains(one.At)
                    && (group is null || (one.Group ?? Categories.NoGroup) == group)
                    && Categories.Of(one).Contains(category, StringComparer.Ordinal)
                )
                .Select(one => one.Id)
                .Order(StringComparer.Ordinal),
        ];
    }
}
