using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Exchanges of the last pass over an organisation, with what they were made from. What an exchange asks of the rest of the organisation
/// (is this address the persona's, does that quote stand elsewhere) is asked again: as long as the answers are the same, so is the exchange.
/// </summary>
internal sealed class KnownDrafts
{
    private Dictionary<string, Made> _made = new(StringComparer.Ordinal);
    private Dictionary<string, Made> _before = new(StringComparer.Ordinal);
    private OwnSide? _side;

    private sealed record Made(
        Spell Spell,
        IReadOnlyList<CopiedMail> Mails,
        IReadOnlyList<(string Address, bool Is)> Personas,
        IReadOnlyList<(string From, long Minute, bool Stands)> Elsewhere,
        DraftExchange Draft
    );

    /// <summary>Begins a pass. Another side forgets everything: whose a quote is hangs on it.</summary>
    public void Begin(OwnSide side)
    {
        _before = _side is { } known && Same(known, side) ? _made : new(StringComparer.Ordinal);
        _made = new(StringComparer.Ordinal);
        _side = side;
    }

    /// <summary>The exchange of a spell: that of the last pass where it was made from the same, else a new one.</summary>
    /// <param name="spell">The spell.</param>
    /// <param name="mails">Its mails with their copies.</param>
    /// <param name="rest">What the rest of the organisation answers.</param>
    /// <param name="make">Makes it.</param>
    public DraftExchange Of(Spell spell, IReadOnlyList<CopiedMail> mails, IRest rest, Func<IRest, DraftExchange> make)
    {
        if (!_before.TryGetValue(spell.Mails[0], out var made) || !Holds(made, spell, mails, rest))
        {
            var asked = new Asked(rest);
            var draft = make(asked);
            made = new Made(spell, mails, asked.Personas, asked.Elsewhere, draft);
        }

        _made[spell.Mails[0]] = made;
        return made.Draft;
    }

    private static bool Holds(Made made, Spell spell, IReadOnlyList<CopiedMail> mails, IRest rest) =>
        made.Spell.Persona == spell.Persona
        && made.Spell.Outsiders.SequenceEqual(spell.Outsiders)
        && made.Spell.Probable.SequenceEqual(spell.Probable, StringComparer.Ordinal)
        && made.Mails.Count == mails.Count
        && made.Mails.Zip(mails).All(pair => Same(pair.First, pair.Second))
        && made.Personas.All(one => rest.IsPersona(one.Address) == one.Is)
        && made.Elsewhere.All(one => rest.WasSent(one.From, one.Minute) == one.Stands);

    private static bool Same(CopiedMail one, CopiedMail other) =>
        ReferenceEquals(one.Mail, other.Mail)
        && one.Others.Count == other.Others.Count
        && one.Others.Zip(other.Others).All(pair => ReferenceEquals(pair.First, pair.Second));

    private static bool Same(OwnSide one, OwnSide other) =>
        one.Id == other.Id && ReferenceEquals(one.Record, other.Record) && Same(one.Estate, other.Estate) && Same(one.Hub, other.Hub);

    private static bool Same(OwnEstate one, OwnEstate other) =>
        one.Domains.SequenceEqual(other.Domains, StringComparer.Ordinal)
        && one.Hosts.SequenceEqual(other.Hosts, StringComparer.Ordinal)
        && one.Networks.SequenceEqual(other.Networks, StringComparer.Ordinal);

    /// <summary>Writes down what was asked, and the answers.</summary>
    private sealed class Asked(IRest rest) : IRest
    {
        public List<(string Address, bool Is)> Personas { get; } = [];

        public List<(string From, long Minute, bool Stands)> Elsewhere { get; } = [];

        public bool IsPersona(string address)
        {
            var answer = rest.IsPersona(address);
            Personas.Add((address, answer));
            return answer;
        }

        public bool WasSent(string from, long minute)
        {
            var answer = rest.WasSent(from, minute);
            Elsewhere.Add((from, minute, answer));
            return answer;
        }
    }
}

/// <summary>What an exchange asks of the rest of its organisation.</summary>
internal interface IRest
{
    /// <summary>Whether an address is the persona's.</summary>
    bool IsPersona(string address);

    /// <summary>Whether the organisation has a mail of a sender and a minute.</summary>
    bool WasSent(string from, long minute);
}
