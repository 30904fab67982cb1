using System.Text;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Which addresses are one persona to an organisation. Only what people do not share by accident joins two addresses: a family name, a
/// company's telephone or a mail service never does.
/// </summary>
internal sealed class PersonaBook
{
    private const int ShortestLocalPart = 6;

    /// <summary>Addresses of one person whose answers go to the same place.</summary>
    private const int MostPointing = 5;

    /// <summary>Parts before the @ that belong to a task, not to a person.</summary>
    private static readonly string[] Tasks =
    [
        "noreply",
        "donotreply",
        "support",
        "customer",
        "service",
        "contact",
        "inquiry",
        "webmaster",
        "postmaster",
        "newsletter",
        "account",
        "information",
        "toiawase",
    ];

    private readonly Dictionary<string, string> _above = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _first = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _answersTo = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<(string Address, string? Name)>> _pointing = new(StringComparer.Ordinal);
    private readonly List<(string One, string Reason)> _reasons = [];

    /// <summary>Takes note of where answers to a mail from outside go.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="writer">Who wrote it.</param>
    /// <param name="estate">Own addresses, which are nobody's outside.</param>
    public void Note(ProvidedMail mail, Outsider writer, OwnEstate estate)
    {
        // A list points answers to itself, and is addressed in the same mail.
        var facts = mail.Facts;
        if (
            facts.Form is null
            && AnswersTo(mail) is { } to
            && to.Address != writer.Address
            && !estate.Holds(to.Address)
            && !facts
                .To.Concat(facts.Cc)
                .Take(50)
                .Any(one => string.Equals(one.Address.Trim(), to.Address, StringComparison.OrdinalIgnoreCase))
        )
        {
            if (!_answersTo.TryGetValue(writer.Address, out var places))
            {
                _answersTo[writer.Address] = places = new HashSet<string>(StringComparer.Ordinal);
            }

            places.Add(to.Address);
            _pointing.TryAdd(to.Address, []);
            _pointing[to.Address].Add((writer.Address, FullName(writer.Name)));
        }
    }

    /// <summary>Who is meant by a writer: behind a service's address stands whoever answers go to.</summary>
    public Outsider Behind(ProvidedMail mail, Outsider writer) =>
        _answersTo.TryGetValue(writer.Address, out var places) && places.Count > 1 && AnswersTo(mail) is { } person ? person : writer;

    /// <summary>Takes note of what a mail from outside tells of its writer.</summary>
    /// <param name="writer">Who wrote it.</param>
    /// <param name="thread">Thread in which it stands.</param>
    /// <param name="phones">Telephone numbers of its signature.</param>
    public void Add(Outsider writer, string thread, IReadOnlyList<string> phones)
    {
        var address = writer.Address;
        var name = FullName(writer.Name);
        foreach (var phone in phones)
        {
            if (name is not null)
            {
                Join($"phone\n{phone}\n{name}", address, $"same-phone: {phone}");
            }

            // In one thread the telephone alone tells, but for colleagues, who share it.
            var key = $"thread\n{thread}\n{phone}";
            if (!_first.TryGetValue(key, out var other) || Directions.DomainOf(other) != Directions.DomainOf(address))
            {
                Join(key, address, $"same-phone: {phone}");
            }
        }

        if (name is null)
        {
            return;
        }

        Join($"thread\n{thread}\n{name}", address, $"same-name: {writer.Name}");
        if (LocalPart(address) is { } local)
        {
            Join($"local\n{local}\n{name}", address, $"same-name-and-local-part: {writer.Name}");
        }
    }

    /// <summary>
    /// Joins addresses with where their answers go. An address whose answers go to several places is a service's; then the places are the
    /// personas, and the service is none.
    /// </summary>
    public void JoinReplies()
    {
        foreach (var (address, places) in _answersTo.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (places.Count == 1 && places.First() is var place && IsOnePersons(_pointing[place]))
            {
                Union(address, place, $"same-reply-to: {place}");
            }
        }
    }

    /// <summary>One address points there, or a few of one name; others are a list's members or a company's people.</summary>
    private static bool IsOnePersons(HashSet<(string Address, string? Name)> pointing) =>
        pointing.Count == 1
        || (pointing.Count <= MostPointing && pointing.First().Name is { } name && pointing.All(one => one.Name == name));

    /// <summary>The persona of an address: the same text for all its addresses.</summary>
    public string Of(string address)
    {
        var top = address;
        while (_above.TryGetValue(top, out var next))
        {
            top = next;
        }

        // Halves every later way.
        while (_above.TryGetValue(address, out var next) && next != top)
        {
            _above[address] = top;
            address = next;
        }

        return top;
    }

    /// <summary>Why addresses are one persona, by persona; ordinal.</summary>
    public ILookup<string, string> Reasons() =>
        _reasons
            .Distinct()
            .OrderBy(one => one.Reason, StringComparer.Ordinal)
            .ToLookup(one => Of(one.One), one => one.Reason, StringComparer.Ordinal);

    /// <summary>A name that is more than a family name, plain; null when it is not.</summary>
    internal static string? FullName(string name)
    {
        var plain = PlainText.Of(name);
        var parts = UnicodeForms
            .Nfkc(name)
            .Split([' ', '・', ',', '.'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var enough =
            parts.Length >= 2
                ? plain.Length >= 3 && parts.All(part => part.Length >= 1)
                : plain.Length >= 4 && plain.All(letter => letter >= '\u3040');
        return enough && !plain.Contains('@') ? plain : null;
    }

    private static Outsider? AnswersTo(ProvidedMail mail) =>
        mail.Facts.ReplyTo.Count == 1 && mail.Facts.ReplyTo[0] is { Address: { Length: > 0 } address } one
            ? new Outsider(address.Trim().ToLowerInvariant(), one.Name)
            : null;

    /// <summary>Letters of the part before the @: who moves on adds a number or a dot.</summary>
    private static string? LocalPart(string address)
    {
        var at = address.LastIndexOf('@');
        var letters = new string([.. address.Take(Math.Max(0, at)).Where(char.IsLetter)]);
        return letters.Length >= ShortestLocalPart && !Tasks.Any(task => letters.StartsWith(task, StringComparison.Ordinal))
            ? letters
            : null;
    }

    private void Join(string key, string address, string reason)
    {
        if (!_first.TryGetValue(key, out var other))
        {
            _first[key] = address;
        }
        else if (other != address)
        {
            Union(other, address, reason);
        }
    }

    private void Union(string one, string other, string reason)
    {
        var (a, b) = (Of(one), Of(other));
        if (a == b)
        {
            return;
        }

        // The ordinally smaller stands for both: the same whatever came first.
        var (top, below) = string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
        _above[below] = top;
        _reasons.Add((one, reason));
    }
}
