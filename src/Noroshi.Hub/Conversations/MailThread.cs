namespace Noroshi.Hub.Conversations;

/// <summary>What tells that a mail answers another.</summary>
internal enum ParentBasis
{
    /// <summary>In-Reply-To, References with the same canonical subject, or Thread-Index.</summary>
    Header,

    /// <summary>No usable header: quoted lines, attribution, subject, people and gap together.</summary>
    Content,
}

/// <summary>A mail and the one it answers.</summary>
/// <param name="Child">Key of the mail.</param>
/// <param name="Parent">Key of the mail it answers; null when that one is not here (an empty container), or when we abstain.</param>
/// <param name="Basis">What tells it.</param>
/// <param name="Margin">How far the chosen parent is ahead of the next, 0 to 1; 1 for headers.</param>
internal sealed record ParentLink(string Child, string? Parent, ParentBasis Basis, double Margin);

/// <summary>Mails that belong together by their headers or by what they quote.</summary>
/// <param name="Mails">Keys, ordered by time, then key.</param>
/// <param name="Parents">One for each mail that answers another, in the order of <paramref name="Mails"/>.</param>
internal sealed record MailThread(IReadOnlyList<string> Mails, IReadOnlyList<ParentLink> Parents);

/// <summary>
/// The messages of one persona's exchange with one organisation before it is judged: mails, mails known from quotes, and stated events,
/// in order of time.
/// </summary>
/// <param name="Id">Id, drawn from its first mail.</param>
/// <param name="Organization">Organisation; null when unknown.</param>
/// <param name="Personas">Addresses of the outsider, lower case, in order of appearance.</param>
/// <param name="Entries">Messages in order; roles are not given yet.</param>
/// <param name="Probable">Reasons for joins that are only probable (the same persona within 30 days).</param>
internal sealed record DraftExchange(
    string Id,
    string? Organization,
    IReadOnlyList<string> Personas,
    IReadOnlyList<ExchangeEntry> Entries,
    IReadOnlyList<string> Probable
);

/// <summary>What the campaigns say of an exchange.</summary>
/// <param name="Linked">It belongs to a campaign, or its mails are judged targeted: what the outsider writes without harm is reconnaissance.</param>
/// <param name="Live">Why an attack is expected; null when there is no reason.</param>
internal sealed record Suspicion(bool Linked, ConversationEvidence? Live)
{
    /// <summary>Nothing is known.</summary>
    public static Suspicion None { get; } = new(false, null);
}
