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
    private Dictionary<Exchange, LinkWeight>? _near;
    private Dictionary<Exchange, Hint>? _hints;

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

    /// <summary>Exchanges linked to this one, with the weight of the evidence.</summary>
    internal IReadOnlyDictionary<Exchange, LinkWeight> Near => _near ?? Nobody;

    /// <summary>Exchanges whose likeness is suggested only.</summary>
    internal IReadOnlyDictionary<Exchange, Hint> Hints => _hints ?? NoHints;

    /// <summary>Counts changes of its mails: whoever worked something out of them sees whether it still holds.</summary>
    internal int Version { get; private set; }

    private static readonly Dictionary<Exchange, LinkWeight> Nobody = [];
    private static readonly Dictionary<Exchange, Hint> NoHints = [];

    /// <summary>Where it belongs; null while it stands alone.</summary>
    internal Cluster? Cluster { get; set; }

    /// <summary>Takes a mail in.</summary>
    /// <returns>The mail that is not compared with others because of it, perhaps itself; null when all are.</returns>
    internal int? Add(int number, IFeatureIndex index)
    {
        var mail = index.Mail(number);
        Version++;
        _mails.Add(number);
        Identifying = Math.Max(Identifying, IdentifyingIn(mail));
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

    /// <summary>Gives a mail up; what is left is as if it had never been there.</summary>
    /// <returns>The mail that is compared with others in its stead; null when there is none.</returns>
    internal int? Remove(int number, IFeatureIndex index)
    {
        var before = _compared.ToArray();
        var left = _mails.FindAll(one => one != number);
        _mails.Clear();
        _compared.Clear();
        Identifying = 0;
        Version++;
        foreach (var one in left)
        {
            Add(one, index);
        }

        foreach (var one in _compared)
        {
            if (Array.IndexOf(before, one) < 0)
            {
                return one;
            }
        }

        return null;
    }

    internal void Join(Exchange other, LinkWeight weight)
    {
        (_near ??= [])[other] = weight;
        (other._near ??= [])[this] = weight;
    }

    internal void Suggest(Exchange other, Hint hint)
    {
        (_hints ??= [])[other] = hint;
        (other._hints ??= [])[this] = hint;
    }

    internal void Leave()
    {
        foreach (var near in Near.Keys)
        {
            near._near?.Remove(this);
        }

        foreach (var other in Hints.Keys)
        {
            other._hints?.Remove(this);
        }

        _near = null;
        _hints = null;
    }

    private static int IdentifyingIn(MailFeatures mail)
    {
        var identifying = 0;
        foreach (var feature in mail.Values)
        {
            identifying += EvidenceRules.Identifies(feature) ? 1 : 0;
        }

        return identifying;
    }

    private static bool SaysMore(MailFeatures one, MailFeatures other) =>
        one.Payloads.Count != other.Payloads.Count ? one.Payloads.Count > other.Payloads.Count
        : one.Features.Count != other.Features.Count ? one.Features.Count > other.Features.Count
        : string.CompareOrdinal(one.Key, other.Key) < 0;
}

/// <summary>A likeness of two exchanges that is worth a look.</summary>
/// <param name="tenths">Weight in tenths of a bit.</param>
/// <param name="a">Key of the mail that stands for one exchange, the smaller.</param>
/// <param name="b">Key of the other's.</param>
internal sealed class Hint(int tenths, string a, string b)
{
    public int Tenths { get; } = tenths;

    public string A { get; } = a;

    public string B { get; } = b;

    /// <summary>With its reasons, once they were asked for.</summary>
    public Link? Told { get; set; }
}

/// <summary>What an analyst decided of two exchanges; it outweighs all evidence.</summary>
/// <param name="A">Id of one exchange.</param>
/// <param name="B">Id of the other.</param>
/// <param name="Together">Must be in one campaign; otherwise must not.</param>
/// <param name="Reason">Why, in the analyst's words.</param>
public sealed record Decision(string A, string B, bool Together, string Reason);
