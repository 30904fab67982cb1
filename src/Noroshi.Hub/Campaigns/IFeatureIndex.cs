namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Where the campaigns look values up. Two implementations: in memory for <c>analyze</c> and tests, and the store's. Mails are known by a
/// number that the index gives, ascending in the order in which they came.
/// </summary>
public interface IFeatureIndex
{
    /// <summary>Mails.</summary>
    int Count { get; }

    /// <summary>Unique mails: near-identical ones count once.</summary>
    int UniqueMails { get; }

    /// <summary>Adds a mail.</summary>
    /// <returns>Its number.</returns>
    int Add(MailFeatures mail);

    /// <summary>The mail of a number that <see cref="Add"/> gave.</summary>
    MailFeatures Mail(int number);

    /// <summary>Unique mails that have the value; 0 when none has.</summary>
    int Frequency(ulong feature);

    /// <summary>Numbers of mails that have the value, ascending.</summary>
    /// <param name="feature">Id of the value.</param>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<int> Postings(ulong feature, int most);

    /// <summary>
    /// At most <see cref="CandidateSearch.Representatives"/> mails that stand for all that have the value: those with the smallest unique
    /// ids, so that the choice does not depend on the order in which mails came.
    /// </summary>
    IReadOnlyList<int> Representatives(ulong feature);
}

/// <summary>The index in memory.</summary>
public sealed class MemoryFeatureIndex : IFeatureIndex
{
    private readonly List<MailFeatures> _mails = [];
    private readonly HashSet<ulong> _unique = [];
    private readonly Dictionary<ulong, Posting> _postings = [];
    private readonly Dictionary<Feature, Feature> _interned = [];

    private sealed class Posting
    {
        public int Frequency { get; set; }

        public List<int> Mails { get; } = new(1);

        public List<(ulong Unique, string Key, int Number)> Representatives { get; } = new(1);
    }

    /// <inheritdoc/>
    public int Count => _mails.Count;

    /// <inheritdoc/>
    public int UniqueMails => _unique.Count;

    /// <inheritdoc/>
    public int Add(MailFeatures mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var number = _mails.Count;
        // A value is kept once, however many mails have it.
        var features = mail.Features.Select(feature =>
            _interned.TryGetValue(feature, out var known) ? known : _interned[feature] = feature
        );
        _mails.Add(mail with { Features = [.. features] });
        var unique = _unique.Add(mail.UniqueId);
        foreach (var id in IdsOf(mail))
        {
            if (!_postings.TryGetValue(id, out var posting))
            {
                _postings[id] = posting = new Posting();
            }

            posting.Mails.Add(number);
            posting.Frequency += unique ? 1 : 0;
            Represent(posting.Representatives, (mail.UniqueId, mail.Key, number));
        }

        return number;
    }

    /// <inheritdoc/>
    public MailFeatures Mail(int number) => _mails[number];

    /// <inheritdoc/>
    public int Frequency(ulong feature) => _postings.TryGetValue(feature, out var posting) ? posting.Frequency : 0;

    /// <inheritdoc/>
    public IReadOnlyList<int> Postings(ulong feature, int most) =>
        !_postings.TryGetValue(feature, out var posting) ? []
        : posting.Mails.Count <= most ? posting.Mails
        : posting.Mails.GetRange(0, most);

    /// <inheritdoc/>
    public IReadOnlyList<int> Representatives(ulong feature) =>
        _postings.TryGetValue(feature, out var posting) ? [.. posting.Representatives.Select(one => one.Number).Order()] : [];

    /// <summary>Keeps the smallest, one for each unique mail.</summary>
    private static void Represent(List<(ulong Unique, string Key, int Number)> kept, (ulong Unique, string Key, int Number) mail)
    {
        var twin = kept.FindIndex(one => one.Unique == mail.Unique);
        if (twin >= 0)
        {
            kept[twin] = string.CompareOrdinal(mail.Key, kept[twin].Key) < 0 ? mail : kept[twin];
            return;
        }

        var place = kept.FindIndex(one => mail.Unique < one.Unique);
        kept.Insert(place < 0 ? kept.Count : place, mail);
        if (kept.Count > CandidateSearch.Representatives)
        {
            kept.RemoveAt(kept.Count - 1);
        }
    }

    /// <summary>What a mail is found by: its values and the hashes of its sketch.</summary>
    private static IEnumerable<ulong> IdsOf(MailFeatures mail) =>
        mail.Features.Select(feature => feature.Id).Concat(mail.Sketch).Distinct();
}
