using System.Numerics;
using System.Runtime.InteropServices;

namespace Noroshi.Hub.Campaigns;

/// <summary>
/// The index in memory. Most values belong to one mail only: those cost a table entry and nothing else, so that a million mails fit.
/// </summary>
public sealed class MemoryFeatureIndex(MailPlace places) : IFeatureIndex
{
    /// <summary>An index whose representatives are chosen by unique id and key.</summary>
    public MemoryFeatureIndex()
        : this(MailPlace.Plain) { }

    /// <summary>Tables: one large table would need twice its size whenever it grows.</summary>
    private const int Shards = 64;

    private readonly List<MailFeatures> _mails = [];
    private readonly Stack<int> _free = [];
    private readonly Dictionary<ulong, int> _unique = [];
    private readonly Dictionary<ulong, List<int>> _twins = [];
    private readonly Dictionary<ulong, int> _withTwin = [];
    private readonly Dictionary<ulong, Entry>[] _entries = [.. Enumerable.Range(0, Shards).Select(_ => new Dictionary<ulong, Entry>())];
    private readonly List<Posting> _postings = [];
    private readonly Stack<int> _freePostings = [];
    private readonly Dictionary<ulong, Feature> _interned = [];

    /// <summary>The mail that has the value, or the posting when several have.</summary>
    /// <param name="First">Number of the first mail.</param>
    /// <param name="Posting">Place of the posting, from 1; 0 when there is one mail.</param>
    private readonly record struct Entry(int First, int Posting);

    private sealed class Posting(int first)
    {
        private int[] _numbers = [first, -1];

        public int Count { get; private set; } = 1;

        public int Frequency { get; set; } = 1;

        /// <summary>Kept from the moment when the value becomes popular.</summary>
        public List<int>? Representatives { get; set; }

        public IReadOnlyList<int> Numbers(int most) => new ArraySegment<int>(_numbers, 0, Math.Min(most, Count));

        public void Add(int number)
        {
            if (Count == _numbers.Length)
            {
                Array.Resize(ref _numbers, Count * 2);
            }

            _numbers[Count++] = number;
        }

        public void Remove(int number)
        {
            _numbers[Array.IndexOf(_numbers, number, 0, Count)] = _numbers[Count - 1];
            Count--;
        }
    }

    /// <inheritdoc/>
    public int Count => _mails.Count - _free.Count;

    /// <inheritdoc/>
    public int UniqueMails => _unique.Count;

    /// <inheritdoc/>
    public int Add(MailFeatures mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var kept = mail.Sharing(Interned(mail));
        if (_free.TryPop(out var number))
        {
            _mails[number] = kept;
        }
        else
        {
            number = _mails.Count;
            _mails.Add(kept);
        }

        var twin = !_unique.TryAdd(mail.UniqueId, number);
        if (twin)
        {
            TwinsOf(mail.UniqueId).Add(number);
        }

        foreach (var id in IdsOf(mail))
        {
            Enter(id, number, !twin || CountTwin(id, mail.UniqueId) == 1);
        }

        return number;
    }

    /// <inheritdoc/>
    public void Remove(int number)
    {
        var mail = _mails[number];
        var twins = _twins.GetValueOrDefault(mail.UniqueId);
        twins?.Remove(number);
        if (twins is null or { Count: 0 })
        {
            _unique.Remove(mail.UniqueId);
            _twins.Remove(mail.UniqueId);
        }

        foreach (var id in IdsOf(mail))
        {
            Leave(id, number, twins is null || DiscountTwin(id, mail.UniqueId) == 0);
        }

        // Nothing of a mail that was withdrawn stays: values nobody else has go with it.
        foreach (var feature in mail.Features)
        {
            if (Mails(feature.Id) == 0)
            {
                _interned.Remove(feature.Id);
            }
        }

        _mails[number] = Gone;
        _free.Push(number);
    }

    /// <inheritdoc/>
    public MailFeatures Mail(int number) => _mails[number];

    /// <inheritdoc/>
    public int Frequency(ulong feature) =>
        !TableOf(feature).TryGetValue(feature, out var entry) ? 0
        : entry.Posting == 0 ? 1
        : _postings[entry.Posting - 1].Frequency;

    /// <inheritdoc/>
    public int Mails(ulong feature, int most = int.MaxValue) =>
        !TableOf(feature).TryGetValue(feature, out var entry) ? 0
        : entry.Posting == 0 ? 1
        : _postings[entry.Posting - 1].Count;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<ulong, int>> Repeated()
    {
        foreach (var table in _entries)
        {
            foreach (var (id, entry) in table)
            {
                if (entry.Posting > 0 && _postings[entry.Posting - 1].Frequency > 1)
                {
                    yield return new(id, _postings[entry.Posting - 1].Frequency);
                }
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Postings(ulong feature, int most) =>
        most < 1 || !TableOf(feature).TryGetValue(feature, out var entry) ? []
        : entry.Posting == 0 ? [entry.First]
        : _postings[entry.Posting - 1].Numbers(most);

    /// <inheritdoc/>
    public IReadOnlyList<int> Representatives(ulong feature) =>
        !TableOf(feature).TryGetValue(feature, out var entry) ? []
        : entry.Posting == 0 ? [entry.First]
        : [.. (_postings[entry.Posting - 1].Representatives ?? RepresentativesOf(_postings[entry.Posting - 1])).Order()];

    private Dictionary<ulong, Entry> TableOf(ulong feature) => _entries[feature % Shards];

    /// <summary>A value is kept once, however many mails have it.</summary>
    private Feature[] Interned(MailFeatures mail)
    {
        var features = new Feature[mail.Features.Count];
        for (var i = 0; i < features.Length; i++)
        {
            var feature = mail.Features[i];
            features[i] =
                _interned.TryGetValue(feature.Id, out var known) ? known
                : Mails(feature.Id) == 0 ? feature
                : _interned[feature.Id] = feature;
        }

        return features;
    }

    /// <summary>Mails of one unique id, from the second one on; then it is counted which values they have.</summary>
    private List<int> TwinsOf(ulong unique)
    {
        if (!_twins.TryGetValue(unique, out var twins))
        {
            _twins[unique] = twins = [_unique[unique]];
            foreach (var id in IdsOf(_mails[_unique[unique]]))
            {
                CountTwin(id, unique);
            }
        }

        return twins;
    }

    private int CountTwin(ulong id, ulong unique) => ++CollectionsMarshal.GetValueRefOrAddDefault(_withTwin, TwinKey(id, unique), out _);

    private int DiscountTwin(ulong id, ulong unique)
    {
        var left = --CollectionsMarshal.GetValueRefOrAddDefault(_withTwin, TwinKey(id, unique), out _);
        if (left == 0)
        {
            _withTwin.Remove(TwinKey(id, unique));
        }

        return left;
    }

    private static ulong TwinKey(ulong id, ulong unique) => id ^ (BitOperations.RotateLeft(unique, 23) * 0x9E3779B97F4A7C15UL);

    private void Enter(ulong id, int number, bool counts)
    {
        var table = TableOf(id);
        if (!table.TryGetValue(id, out var entry))
        {
            table[id] = new Entry(number, 0);
            return;
        }

        if (entry.Posting == 0)
        {
            entry = entry with { Posting = NewPosting(entry.First) };
            table[id] = entry;
        }

        var posting = _postings[entry.Posting - 1];
        posting.Add(number);
        posting.Frequency += counts ? 1 : 0;
        if (posting.Representatives is { } kept)
        {
            Represent(kept, number);
        }
        else if (posting.Count > CandidateSearch.Rare)
        {
            posting.Representatives = RepresentativesOf(posting);
        }
    }

    private int NewPosting(int first)
    {
        if (_freePostings.TryPop(out var place))
        {
            _postings[place - 1] = new Posting(first);
            return place;
        }

        _postings.Add(new Posting(first));
        return _postings.Count;
    }

    private void Leave(ulong id, int number, bool counted)
    {
        var table = TableOf(id);
        var entry = table[id];
        if (entry.Posting == 0)
        {
            table.Remove(id);
            return;
        }

        var posting = _postings[entry.Posting - 1];
        posting.Remove(number);
        posting.Frequency -= counted ? 1 : 0;
        if (posting.Count == 0)
        {
            table.Remove(id);
            _freePostings.Push(entry.Posting);
        }
        else if (posting.Count <= CandidateSearch.Rare)
        {
            posting.Representatives = null;
        }
        else if (posting.Representatives is { } kept && kept.Contains(number))
        {
            posting.Representatives = RepresentativesOf(posting);
        }
    }

    private List<int> RepresentativesOf(Posting posting)
    {
        var kept = new List<int>(CandidateSearch.Representatives + 1);
        foreach (var number in posting.Numbers(int.MaxValue))
        {
            Represent(kept, number);
        }

        return kept;
    }

    /// <summary>Keeps those that come first, one for each unique mail.</summary>
    private void Represent(List<int> kept, int number)
    {
        var mail = _mails[number];
        var own = places.Of(mail);
        var twin = kept.FindIndex(one => places.AreTwins(places.Of(_mails[one]), own));
        if (twin >= 0)
        {
            var order = own.CompareTo(places.Of(_mails[kept[twin]]));
            order = order == 0 ? string.CompareOrdinal(mail.Key, _mails[kept[twin]].Key) : order;
            kept[twin] = order < 0 ? number : kept[twin];
            return;
        }

        var place = kept.FindIndex(one => own < places.Of(_mails[one]));
        kept.Insert(place < 0 ? kept.Count : place, number);
        if (kept.Count > CandidateSearch.Representatives)
        {
            kept.RemoveAt(kept.Count - 1);
        }
    }

    private static MailFeatures Gone { get; } =
        new()
        {
            Key = "",
            Exchange = "",
            UniqueId = 0,
            Features = [],
        };

    /// <summary>What a mail is found by: its values and the hashes of its sketch, without doubles.</summary>
    private static IEnumerable<ulong> IdsOf(MailFeatures mail) =>
        mail.Features.Select(feature => feature.Id).Concat(mail.Sketch).Distinct();
}
