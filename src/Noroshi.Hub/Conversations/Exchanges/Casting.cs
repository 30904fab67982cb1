using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Conversations;

/// <summary>Mails of one thread that are one persona's with one organisation.</summary>
/// <param name="Persona">The persona's mark in the <see cref="PersonaBook"/>.</param>
/// <param name="Mails">Keys, by time, then key.</param>
/// <param name="Outsiders">The outsiders as the mails name them, in order of appearance.</param>
internal sealed record CastThread(string Persona, IReadOnlyList<string> Mails, IReadOnlyList<Outsider> Outsiders);

/// <summary>Splits threads by persona: a conversation is one persona's with one organisation.</summary>
internal sealed class Casting(IReadOnlyDictionary<string, ProvidedMail> mails, OwnEstate estate, MailReadings readings)
{
    private readonly Dictionary<string, Outsider> _outsiders = new(StringComparer.Ordinal);

    /// <summary>Personas found.</summary>
    public PersonaBook Book { get; } = new();

    /// <summary>The threads by persona. A thread among own people that shows no outsider gives nothing.</summary>
    public IReadOnlyList<CastThread> Of(IReadOnlyList<MailThread> threads)
    {
        var all = threads.SelectMany(thread => thread.Mails).Select(key => mails[key]).ToList();
        foreach (var mail in all.Where(IsInbound))
        {
            if (Outsiders.Of(mail, estate) is [var writer, ..])
            {
                Book.Note(mail, writer, estate);
            }
        }

        Book.JoinReplies();
        foreach (var thread in threads)
        {
            foreach (var mail in thread.Mails.Select(key => mails[key]).Where(IsInbound))
            {
                if (Outsiders.Of(mail, estate) is [var writer, ..])
                {
                    var person = Book.Behind(mail, writer);
                    _outsiders[mail.Key] = person;
                    Book.Add(person, thread.Mails[0], readings.Phones(mail));
                }
            }
        }

        return [.. threads.SelectMany(Split)];
    }

    /// <summary>Somebody outside wrote it. A mail server's report is nobody's: it belongs to the exchange of the mail that it reports on.</summary>
    private static bool IsInbound(ProvidedMail mail) =>
        mail is { Direction: null or MailDirection.Inbound } && mail.Facts.Automatic is not { Kind: "report" };

    private List<CastThread> Split(MailThread thread)
    {
        var wrote = thread
            .Mails.Where(_outsiders.ContainsKey)
            .Select(key => Book.Of(_outsiders[key].Address))
            .ToHashSet(StringComparer.Ordinal);
        var parents = thread
            .Parents.Where(link => link.Parent is not null)
            .ToDictionary(link => link.Child, link => link.Parent ?? "", StringComparer.Ordinal);
        var cast = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in thread.Mails)
        {
            if (PersonaOf(mails[key], wrote, parents, cast) is { } persona)
            {
                cast[key] = persona;
            }
        }

        Fill(thread, cast);
        return
        [
            .. thread
                .Mails.Where(cast.ContainsKey)
                .GroupBy(key => cast[key], StringComparer.Ordinal)
                .Select(group => new CastThread(
                    group.Key,
                    [.. group],
                    [.. group.SelectMany(OutsidersOf).Where(one => Book.Of(one.Address) == group.Key).Distinct()]
                )),
        ];
    }

    /// <summary>Whose exchange a mail belongs to; null when the mail itself does not tell.</summary>
    private string? PersonaOf(ProvidedMail mail, HashSet<string> wrote, Dictionary<string, string> parents, Dictionary<string, string> cast)
    {
        var parent = parents.TryGetValue(mail.Key, out var key) && cast.TryGetValue(key, out var persona) ? persona : null;
        if (_outsiders.TryGetValue(mail.Key, out var writer))
        {
            return Book.Of(writer.Address);
        }

        if (mail.Direction == MailDirection.Outbound)
        {
            // An answer may go to several: whom it answers goes first, then who wrote at all.
            var recipients = Outsiders.Of(mail, estate).Select(one => Book.Of(one.Address)).ToList();
            return parent is not null && (recipients.Count == 0 || recipients.Contains(parent))
                ? parent
                : recipients.Find(wrote.Contains) ?? recipients.FirstOrDefault();
        }

        return parent ?? Quoted(mail);
    }

    /// <summary>The outsider whose mail an own person passes on.</summary>
    private string? Quoted(ProvidedMail mail) =>
        mail.Facts.Body.Quotes.Take(4).FirstOrDefault(quote => quote.FromAddress is { } address && !estate.Holds(address))
            is { FromAddress: { } from }
            ? Book.Of(from.Trim().ToLowerInvariant())
            : null;

    /// <summary>Mails that do not tell themselves belong to the persona before them in the thread, the first ones to the one after.</summary>
    private static void Fill(MailThread thread, Dictionary<string, string> cast)
    {
        var last = thread.Mails.Where(cast.ContainsKey).Select(key => cast[key]).FirstOrDefault();
        if (last is null)
        {
            return;
        }

        foreach (var key in thread.Mails)
        {
            last = cast.GetValueOrDefault(key, last);
            cast[key] = last;
        }
    }

    private IReadOnlyList<Outsider> OutsidersOf(string key) =>
        _outsiders.TryGetValue(key, out var writer) ? [writer]
        : mails[key].Direction == MailDirection.Outbound ? Outsiders.Of(mails[key], estate)
        : [];
}
