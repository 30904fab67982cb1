using System.Runtime.InteropServices;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Judgement;

/// <summary>The exchanges of all organisations by id and by mail, each under an id of its own.</summary>
internal sealed class CardBook
{
    private readonly Dictionary<string, ExchangeCard> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExchangeCard> _byMail = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _drawn = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contested = new(StringComparer.Ordinal);
    private readonly Dictionary<DraftExchange, string> _renamed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The exchange of an id.</summary>
    public ExchangeCard? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The exchange of a mail.</summary>
    public ExchangeCard? ByMail(string key) => _byMail.GetValueOrDefault(key);

    /// <summary>Mails with the exchange they stand in.</summary>
    public static IEnumerable<KeyValuePair<string, ExchangeCard>> MailsOf(IEnumerable<ExchangeCard> cards)
    {
        foreach (var card in cards)
        {
            foreach (var key in card.Mails)
            {
                yield return new(key, card);
            }
        }
    }

    /// <summary>Forgets the exchanges of a part before they are worked out again.</summary>
    public void Forget(OrganizationPart part)
    {
        Close(part);
        foreach (var draft in part.Drafts)
        {
            _renamed.Remove(draft);
            ref var drawn = ref CollectionsMarshal.GetValueRefOrAddDefault(_drawn, draft.Id, out _);
            if (--drawn > 0)
            {
                _contested.Add(draft.Id);
            }
            else
            {
                _drawn.Remove(draft.Id);
            }
        }
    }

    /// <summary>Takes note of the ids that the exchanges of a part have drawn.</summary>
    public void Note(OrganizationPart part)
    {
        foreach (var draft in part.Drafts)
        {
            if (++CollectionsMarshal.GetValueRefOrAddDefault(_drawn, draft.Id, out _) > 1)
            {
                _contested.Add(draft.Id);
            }
        }
    }

    /// <summary>Settles who has an id that several have drawn, as <see cref="Exchanges.Named"/> does. Gives the parts concerned.</summary>
    /// <param name="parts">All parts, in an order that does not depend on the way here.</param>
    public IReadOnlyCollection<OrganizationPart> Settle(IEnumerable<OrganizationPart> parts)
    {
        if (_contested.Count == 0)
        {
            return [];
        }

        var concerned = parts
            .Where(part => part.HasDrawn(_contested))
            .SelectMany(part => part.Drafts.Where(draft => _contested.Contains(draft.Id)).Select(draft => (Part: part, Draft: draft)))
            .ToList();
        foreach (var (draft, id) in Exchanges.Named(concerned.Select(one => one.Draft)))
        {
            if (id == draft.Id)
            {
                _renamed.Remove(draft);
            }
            else
            {
                _renamed[draft] = id;
            }
        }

        _contested.Clear();
        return [.. concerned.Select(one => one.Part).Distinct()];
    }

    /// <summary>The id of an exchange among all.</summary>
    public string NameOf(DraftExchange draft) => _renamed.GetValueOrDefault(draft, draft.Id);

    /// <summary>Takes a part's exchanges out.</summary>
    public void Close(OrganizationPart part)
    {
        foreach (var card in part.Cards)
        {
            if (_byId.TryGetValue(card.Id, out var known) && known == card)
            {
                _byId.Remove(card.Id);
            }
        }

        foreach (var (key, card) in MailsOf(part.Cards))
        {
            if (_byMail.TryGetValue(key, out var known) && known == card)
            {
                _byMail.Remove(key);
            }
        }
    }

    /// <summary>Puts a part's exchanges in.</summary>
    public void Open(OrganizationPart part)
    {
        foreach (var card in part.Cards)
        {
            _byId[card.Id] = card;
        }

        foreach (var (key, card) in MailsOf(part.Cards))
        {
            _byMail.TryAdd(key, card);
        }
    }
}
