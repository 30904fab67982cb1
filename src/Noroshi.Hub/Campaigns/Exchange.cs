namespace Noroshi.Hub.Campaigns;

/// <summary>
/// What is clustered: one persona with one organisation. The mails of an exchange answer each other, so they stand or fall together.
/// </summary>
public sealed class Exchange
{
    /// <summary>Mails of an exchange that are compared with others: those that say most.</summary>
    public const int MostCompared = 6;

    private readonly List<int> _mails = new(1);
    private readonly List<int> _compared = new(1);
    private HashSet<Exchange>? _near;

    internal Exchange(string id, int number)
    {
        Id = id;
        Number = number;
        Rank = new Feature(EvidenceFamily.Prior, "exchange", id).Id;
    }

    /// <summary>Id.</summary>
    public string Id { get; }

    /// <summary>Numbers of its mails in the index, in the order in which they came.</summary>
    public IReadOnlyList<int> Mails => _mails;

    /// <summary>Number within the engine; says nothing, and differs from run to run.</summary>
    internal int Number { get; }

    /// <summary>A number drawn from the id: an order that nobody can choose and that does not depend on when a mail came.</summary>
    internal ulong Rank { get; }

    /// <summary>Values that identify, of the mail that has most.</summary>
    internal int Identifying { get; private set; }

    /// <summary>Numbers of the mails compared with others: most payloads, then most values first, then by key.</summary>
    internal IReadOnlyList<int> Compared => _compared;

    /// <summary>Exchanges linked to this one.</summary>
    internal IReadOnlyCollection<Exchange> Near => _near ?? (IReadOnlyCollection<Exchange>)[];

    /// <summary>Where it belongs; null while it stands alone.</summary>
    internal Cluster? Cluster { get; set; }

    /// <summary>Takes a mail in.</summary>
    /// <returns>The mail that is not compared with others because of it, perhaps itself; null when all are.</returns>
    internal int? Add(int number, IFeatureIndex index)
    {
        var mail = index.Mail(number);
        _mails.Add(number);
        var identifying = 0;
        foreach (var feature in mail.Values)
        {
            identifying += EvidenceRules.Identifies(feature) ? 1 : 0;
        }

        Identifying = Math.Max(Identifying, identifying);
        var place = _compared.Count;
        while (place > 0 && SaysMore(mail, index.Mail(_compared[place - 1])))
        {
            place--;
        }

        if (place >= MostCompared)
        {
            return number;
        }

        _compared.Insert(place, number);
        if (_compared.Count <= MostCompared)
        {
            return null;
        }

        var last = _compared[MostCompared];
        _compared.RemoveAt(MostCompared);
        return last;
    }

    internal void Join(Exchange other)
    {
        (_near ??= []).Add(other);
        (other._near ??= []).Add(this);
    }

    internal void Leave()
    {
        foreach (var near in Near)
        {
            near._near?.Remove(this);
        }

        _near = null;
    }

    private static bool SaysMore(MailFeatures one, MailFeatures other) =>
        one.Payloads.Count != other.Payloads.Count ? one.Payloads.Count > other.Payloads.Count
        : one.Features.Count != other.Features.Count ? one.Features.Count > other.Features.Count
        : string.CompareOrdinal(one.Key, other.Key) < 0;
}

/// <summary>What an analyst decided of two exchanges; it outweighs all evidence.</summary>
/// <param name="A">Id of one exchange.</param>
/// <param name="B">Id of the other.</param>
/// <param name="Together">Must be in one campaign; otherwise must not.</param>
/// <param name="Reason">Why, in the analyst's words.</param>
public sealed record Decision(string A, string B, bool Together, string Reason);
