using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Campaigns;

/// <summary>A kind of evidence: values of one family say much the same thing, so they are discounted among themselves.</summary>
public enum EvidenceFamily
{
    /// <summary>The starting point: two mails at random hardly ever come from one attacker.</summary>
    [JsonStringEnumMemberName("prior")]
    Prior,

    /// <summary>Files and inner files by hash.</summary>
    [JsonStringEnumMemberName("file-hash")]
    FileHash,

    /// <summary>Who made the documents, shortcuts, programs and archives.</summary>
    [JsonStringEnumMemberName("document-trait")]
    DocumentTrait,

    /// <summary>Hosts, domains and paths to which the mail or its payload leads.</summary>
    [JsonStringEnumMemberName("destination")]
    Destination,

    /// <summary>The whole sender address.</summary>
    [JsonStringEnumMemberName("sender-address")]
    SenderAddress,

    /// <summary>Who the sender says he is: name, local part, reply-to.</summary>
    [JsonStringEnumMemberName("persona")]
    Persona,

    /// <summary>Where the mail came from on the network.</summary>
    [JsonStringEnumMemberName("origin")]
    Origin,

    /// <summary>How the mail was put together.</summary>
    [JsonStringEnumMemberName("composition")]
    Composition,

    /// <summary>What is written.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>First contacts at several windows within the hour.</summary>
    [JsonStringEnumMemberName("time-burst")]
    TimeBurst,

    /// <summary>Whom it was meant for.</summary>
    [JsonStringEnumMemberName("target")]
    Target,
}

/// <summary>One value of one mail that another mail may share.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Kind">Kind within the family, as the background table names it.</param>
/// <param name="Value">The value as people read it.</param>
public sealed record Feature(EvidenceFamily Family, string Kind, string Value)
{
    /// <summary>64 bits that stand for family, kind and value in indexes: the first eight bytes of a SHA-256.</summary>
    public ulong Id { get; } = IdOf(Family, Kind, Value);

    /// <summary>By id: mails are compared value by value, millions of times.</summary>
    public bool Equals(Feature? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    private static ulong IdOf(EvidenceFamily family, string kind, string value)
    {
        var text = $"{(int)family}\n{kind}\n{value}";
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return BitConverter.ToUInt64(digest);
    }
}

/// <summary>What the campaigns know of one mail: features, place and time. No text, no bytes.</summary>
public sealed record MailFeatures
{
    /// <summary>Key of the mail.</summary>
    public required string Key { get; init; }

    /// <summary>Exchange it belongs to (one persona with one organisation); the key when it stands alone.</summary>
    public required string Exchange { get; init; }

    /// <summary>Same text, sender and attachments: near-identical mails count once in every rarity.</summary>
    public required ulong UniqueId { get; init; }

    /// <summary>Organisation that received it.</summary>
    public string? Organization { get; init; }

    /// <summary>Contact window that received it.</summary>
    public string? Window { get; init; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>First mail of its exchange.</summary>
    public bool FirstContact { get; init; }

    /// <summary>SHA-256 of payloads in it, lower-case hex: an identical one links by itself.</summary>
    public IReadOnlyList<string> Payloads { get; init; } = [];

    /// <summary>Bottom-k sketch of the text, ascending; empty when the text is too short.</summary>
    public IReadOnlyList<ulong> Sketch
    {
        get;
        init => field = value as ulong[] ?? [.. value];
    } = Array.Empty<ulong>();

    /// <summary>The features, ordered by family and id, without doubles.</summary>
    public required IReadOnlyList<Feature> Features
    {
        get => _values;
        init
        {
            _values = value as Feature[] ?? [.. value];
            _ids = new ulong[_values.Length];
            _places = new ushort[_values.Length];
            for (var i = 0; i < _values.Length; i++)
            {
                (_ids[i], _places[i]) = (_values[i].Id, (ushort)i);
            }

            Array.Sort(_ids, _places);
            Habits = CounterEvidence.HabitsOf(_values);
        }
    }

    /// <summary>The same mail, its values kept as equal ones that are there already, in the same order.</summary>
    internal MailFeatures Sharing(Feature[] values)
    {
        var copy = this with { };
        copy._values = values;
        return copy;
    }

    private Feature[] _values = [];

    // Ids side by side: comparing two mails must not fetch every value of both.
    private readonly ulong[] _ids = [];
    private readonly ushort[] _places = [];

    /// <summary>The features for comparing.</summary>
    internal ReadOnlySpan<Feature> Values => _values;

    /// <summary>Values of the kinds that may speak against a link, by number of the kind.</summary>
    internal IReadOnlyList<string?> Habits { get; private init; } = [];

    /// <summary>Ids of the features, ascending.</summary>
    internal ReadOnlySpan<ulong> Ids => _ids;

    /// <summary>The feature whose id stands at a place of <see cref="Ids"/>.</summary>
    internal Feature ValueAt(int place) => _values[_places[place]];

    /// <summary>The sketch for comparing.</summary>
    internal ReadOnlySpan<ulong> Hashes => Sketch as ulong[];
}
