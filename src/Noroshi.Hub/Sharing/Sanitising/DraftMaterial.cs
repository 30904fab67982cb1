using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing.Drafts;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>A mail with the provision that brought it.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Provision">Id of the provision.</param>
public sealed record GivenMail(ProvidedMail Mail, string Provision);

/// <summary>A malicious destination with the provision that it is known from.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Provision">Id of the provision; null: the hub's own knowledge.</param>
/// <param name="Mails">Keys of the mails that lead to it.</param>
public sealed record GivenDestination(Destination Destination, string? Provision, IReadOnlyList<string> Mails);

/// <summary>What the hub knows of what an item shall be about.</summary>
public sealed record DraftMaterial
{
    /// <summary>The attacker's mails and the members' replies.</summary>
    public required IReadOnlyList<GivenMail> Mails { get; init; }

    /// <summary>Exchanges that shall be told.</summary>
    public IReadOnlyList<Conversation> Conversations { get; init; } = [];

    /// <summary>Malicious destinations.</summary>
    public IReadOnlyList<GivenDestination> Destinations { get; init; } = [];

    /// <summary>The series that the mails belong to; null when none shall be told.</summary>
    public Campaign? Campaign { get; init; }

    /// <summary>The community.</summary>
    public required Members Members { get; init; }
}

/// <summary>What an analyst wants.</summary>
public sealed record DraftOrder
{
    /// <summary>Kind.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>Audience.</summary>
    public required Audience Audience { get; init; }

    /// <summary>Marking.</summary>
    public required Marking Marking { get; init; }

    /// <summary>Whom to ask.</summary>
    public required BothLanguages Contact { get; init; }

    /// <summary>Texts in place of those that the facts suggest, with the provisions that each rests on; null: as suggested.</summary>
    public IReadOnlyList<DraftPart<DraftText>>? Texts { get; init; }

    /// <summary>Words of single mails to be quoted, by key.</summary>
    public IReadOnlyDictionary<string, string> Excerpts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Values of indicators, and keys of mails and exchanges, that shall not be told.</summary>
    public IReadOnlyList<string> Omitted { get; init; } = [];
}

/// <summary>A draft with what was done to make it.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Diffs">Every field of the attacker's mails as given and as it would leave.</param>
public sealed record MadeDraft(ItemDraft Draft, IReadOnlyList<FieldDiff> Diffs);
