using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// Groups of near-identical mails, mail by mail. Mails with the same text, sender and attachments are one unique mail; unique mails of one
/// shape whose texts are alike are one group. The outcome does not depend on the order in which mails come: two unique mails that share a band of
/// their sketches are compared, and once a band is shared by <see cref="Crowd"/> of them, sharing it is enough, so that a hundred thousand
/// variants of one text cost as little as one.
/// <para>For one thread at a time. Nothing is taken out: after an erasure the groups are made anew.</para>
/// </summary>
/// <param name="likeness">Texts from this likeness on are one.</param>
public sealed class NearIdenticalGroups(double likeness)
{
    /// <summary>Sets are counted up to here; more is "at least".</summary>
    public const int MostCounted = 1_000;

    /// <summary>Unique mails in a band that are still compared one by one.</summary>
    private const int Crowd = 48;

    private const int Bands = 6;
    private const int HashesOfBand = 5;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _unique = [];
    private readonly List<Variant> _variants = [];
    private readonly Dictionary<ulong, Band> _bands = [];
    private readonly Dictionary<string, HashSet<ulong>> _payloads = new(StringComparer.Ordinal);

    /// <summary>Groups by the usual likeness.</summary>
    public NearIdenticalGroups()
        : this(CommunityRules.Usual.AlikePercent / 100.0) { }

    /// <summary>Mails.</summary>
    public int Count => _keys.Count;

    /// <summary>Adds a mail; false when its key is known already.</summary>
    public bool Add(NearIdenticalMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (!_keys.Add(mail.Key))
        {
            return false;
        }

        var id = mail.UniqueId ^ (mail.Shape * 0x9E3779B97F4A7C15UL);
        if (!_unique.TryGetValue(id, out var number))
        {
            number = _variants.Count;
            _variants.Add(new Variant(number, id, [.. mail.Sketch]));
            _unique.Add(id, number);
            foreach (var band in BandsOf(mail))
            {
                Enter(band, number);
            }
        }

        Root(number).Tally.Add(mail);
        var destinations = mail.Destinations().ToList();
        foreach (var payload in mail.Payloads)
        {
            if (!_payloads.TryGetValue(payload, out var known))
            {
                _payloads.Add(payload, known = []);
            }

            Tally.AddUpTo(known, destinations);
        }

        return true;
    }

    /// <summary>The group of an id that a group has or had; null when there is none.</summary>
    public NearIdenticalGroup? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return
            id.Length == 16
            && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unique)
            && _unique.TryGetValue(unique, out var number)
            ? GroupOf(Root(number))
            : null;
    }

    /// <summary>The group that a mail is in, or would be in if it has a known unique id; null when it was never added.</summary>
    public NearIdenticalGroup? Of(NearIdenticalMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return _unique.TryGetValue(mail.UniqueId ^ (mail.Shape * 0x9E3779B97F4A7C15UL), out var number) ? GroupOf(Root(number)) : null;
    }

    /// <summary>All groups, newest first.</summary>
    public IEnumerable<NearIdenticalGroup> All() =>
        _variants
            .Where(variant => variant.Parent == variant.Number)
            .Select(GroupOf)
            .OrderByDescending(group => group.Last)
            .ThenBy(group => group.Id, StringComparer.Ordinal);

    private NearIdenticalGroup GroupOf(Variant root)
    {
        var counts = root.Tally.Payloads.Select(payload => _payloads.TryGetValue(payload, out var known) ? known.Count : 0);
        return root.Tally.ToGroup(NearIdenticalGroup.IdOf(root.Smallest), root.Unique, counts.Append(0).Max());
    }

    private void Enter(ulong key, int number)
    {
        if (!_bands.TryGetValue(key, out var band))
        {
            _bands.Add(key, new Band(number, null));
            return;
        }

        if (band.Others is not { } others)
        {
            others = [];
            _bands[key] = band with { Others = others };
        }

        if (others.Count + 1 >= Crowd)
        {
            Unite(band.First, number);
            return;
        }

        foreach (var other in others.Prepend(band.First))
        {
            if (TextSketch.Likeness(_variants[other].Sketch, _variants[number].Sketch) >= likeness)
            {
                Unite(other, number);
            }
        }

        others.Add(number);
        if (others.Count + 1 == Crowd)
        {
            foreach (var other in others)
            {
                Unite(band.First, other);
            }
        }
    }

    /// <summary>
    /// Bands: of the sketch's hashes, mixed anew for each place, the smallest. Texts that are alike have most of them in common.
    /// </summary>
    private static IEnumerable<ulong> BandsOf(NearIdenticalMail mail)
    {
        if (mail.Sketch.Count == 0)
        {
            yield break;
        }

        for (var band = 0UL; band < Bands; band++)
        {
            var key = Mix(mail.Shape + band);
            for (var place = 0UL; place < HashesOfBand; place++)
            {
                var seed = Mix((band * HashesOfBand) + place + 1);
                var smallest = ulong.MaxValue;
                foreach (var hash in mail.Sketch)
                {
                    smallest = Math.Min(smallest, Mix(hash ^ seed));
                }

                key = Mix(key ^ smallest);
            }

            yield return key;
        }
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private Variant Root(int number)
    {
        var root = _variants[number];
        while (root.Parent != root.Number)
        {
            _variants[number].Parent = root.Parent;
            number = root.Parent;
            root = _variants[number];
        }

        return root;
    }

    private void Unite(int one, int other)
    {
        var (a, b) = (Root(one), Root(other));
        if (a == b)
        {
            return;
        }

        // The larger takes the smaller in.
        var (into, from) = a.Tally.Size >= b.Tally.Size ? (a, b) : (b, a);
        from.Parent = into.Number;
        into.Smallest = Math.Min(into.Smallest, from.Smallest);
        into.Unique += from.Unique;
        into.Tally.Add(from.Tally);
        from.Tally = Tally.Empty;
    }

    private readonly record struct Band(int First, List<int>? Others);

    /// <summary>A unique mail; a root holds what is known of its group.</summary>
    private sealed class Variant(int number, ulong id, ulong[] sketch)
    {
        public int Number { get; } = number;

        public ulong[] Sketch => sketch;

        public int Parent { get; set; } = number;

        public ulong Smallest { get; set; } = id;

        public int Unique { get; set; } = 1;

        public Tally Tally { get; set; } = new();
    }

    /// <summary>What is counted of a group.</summary>
    private sealed class Tally
    {
        private readonly SortedSet<string> _organizations = new(StringComparer.Ordinal);
        private readonly HashSet<ulong> _windows = [];
        private readonly HashSet<ulong> _recipients = [];
        private readonly HashSet<ulong> _destinations = [];
        private (DateTimeOffset At, string Key, IReadOnlyList<string> Payloads) _first = (DateTimeOffset.MaxValue, "\uFFFF", []);
        private DateTimeOffset? _last;

        public static Tally Empty { get; } = new();

        public int Size { get; private set; }

        public IReadOnlyList<string> Payloads => _first.Payloads;

        public void Add(NearIdenticalMail mail)
        {
            Size++;
            if (mail.Organization is { } organization)
            {
                AddOrganization(organization);
                AddUpTo(_windows, mail.Window is { } window ? [NearIdenticalMail.Hash($"{organization}\n{window}")] : []);
            }

            AddUpTo(_recipients, mail.Recipients);
            AddUpTo(_destinations, mail.Destinations());
            First((mail.ReceivedAt ?? DateTimeOffset.MaxValue, mail.Key, mail.Payloads));
            _last = Later(_last, mail.ReceivedAt);
        }

        public void Add(Tally other)
        {
            Size += other.Size;
            foreach (var organization in other._organizations)
            {
                AddOrganization(organization);
            }

            AddUpTo(_windows, other._windows);
            AddUpTo(_recipients, other._recipients);
            AddUpTo(_destinations, other._destinations);
            First(other._first);
            _last = Later(_last, other._last);
        }

        public static void AddUpTo(HashSet<ulong> set, IEnumerable<ulong> more)
        {
            foreach (var one in more)
            {
                if (set.Count >= MostCounted)
                {
                    return;
                }

                set.Add(one);
            }
        }

        public NearIdenticalGroup ToGroup(string id, int unique, int payloadDestinations) =>
            new()
            {
                Id = id,
                Representative = _first.Key,
                Size = Size,
                UniqueMails = unique,
                Organizations = [.. _organizations],
                Windows = _windows.Count,
                Recipients = _recipients.Count,
                Destinations = _destinations.Count,
                PayloadDestinations = payloadDestinations,
                First = _first.At == DateTimeOffset.MaxValue ? null : _first.At,
                Last = _last,
            };

        /// <summary>Keeps the smallest ids, so that the list does not depend on the order.</summary>
        private void AddOrganization(string organization)
        {
            if (_organizations.Add(organization) && _organizations.Count > MostCounted && _organizations.Max is { } last)
            {
                _organizations.Remove(last);
            }
        }

        private void First((DateTimeOffset At, string Key, IReadOnlyList<string> Payloads) other)
        {
            var (a, b) = (_first.At.UtcTicks, other.At.UtcTicks);
            if (b < a || (b == a && string.CompareOrdinal(other.Key, _first.Key) < 0))
            {
                _first = other;
            }
        }

        private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
            one is { } a && other is { } b ? (b > a ? b : a) : one ?? other;
    }
}
