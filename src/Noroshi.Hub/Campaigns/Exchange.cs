namespace Noroshi.Hub.Campaigns;

/// <summary>
/// What is clustered: one persona with one organisation. The mails of an exchange answer each other, so they stand or fall together.
/// </summary>
public sealed class Exchange
{
    /// <summary>Mails of an exchange that are compared with others: those that say most.</summary>
    public const int MostCompared = 6;

    private readonly List<int> _mails = [];

    internal Exchange(string id)
    {
        Id = id;
        Rank = new Feature(EvidenceFamily.Prior, "exchange", id).Id;
    }

    /// <summary>Id.</summary>
    public string Id { get; }

    /// <summary>Numbers of its mails in the index, in the order in which they came.</summary>
    public IReadOnlyList<int> Mails => _mails;

    /// <summary>A number drawn from the id: an order that nobody can choose and that does not depend on when a mail came.</summary>
    internal ulong Rank { get; }

    /// <summary>Values that identify, over all its mails.</summary>
    internal int Identifying { get; private set; }

    internal void Add(int mail, MailFeatures features)
    {
        _mails.Add(mail);
        Identifying = Math.Max(Identifying, features.Features.Count(feature => !EvidenceRules.Of(feature.Family).Generic));
    }

    /// <summary>The mails compared with others: the longest lists of features first, then by key.</summary>
    internal IEnumerable<MailFeatures> Compared(IFeatureIndex index) =>
        _mails
            .Select(index.Mail)
            .OrderByDescending(mail => mail.Payloads.Count)
            .ThenByDescending(mail => mail.Features.Count)
            .ThenBy(mail => mail.Key, StringComparer.Ordinal)
            .Take(MostCompared);
}

/// <summary>What an analyst decided of two exchanges; it outweighs all evidence.</summary>
/// <param name="A">Id of one exchange.</param>
/// <param name="B">Id of the other.</param>
/// <param name="Together">Must be in one campaign; otherwise must not.</param>
/// <param name="Reason">Why, in the analyst's words.</param>
public sealed record Decision(string A, string B, bool Together, string Reason);
