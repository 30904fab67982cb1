using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Makers.Threads;

namespace Noroshi.Evaluate.Alarms;

/// <summary>A message of an authored thread with what the hub made of it.</summary>
/// <param name="Authored">What its author knows; null for a message that the hub saw and nobody wrote.</param>
/// <param name="Entry">As the hub has it, with its role; null when the hub missed it.</param>
internal sealed record ReadMessage(AuthoredMessage? Authored, ExchangeEntry? Entry);

/// <summary>An authored thread as the hub reads it.</summary>
/// <param name="Authored">What its author knows.</param>
/// <param name="Messages">Messages in order.</param>
/// <param name="Exchanges">Number of exchanges that the hub made of it; one when it did well.</param>
/// <param name="MixedWith">Other threads whose mails the hub put into the same exchange.</param>
/// <param name="Assessment">Assessment, the gravest when there are several exchanges.</param>
/// <param name="Evidence">Reasons.</param>
/// <param name="Question">The question about the environment that is a reason for a live warning; null when there is none.</param>
internal sealed record ReadThread(
    AuthoredThread Authored,
    IReadOnlyList<ReadMessage> Messages,
    int Exchanges,
    IReadOnlyList<string> MixedWith,
    Assessment Assessment,
    IReadOnlyList<ConversationEvidence> Evidence,
    FoundIntent? Question
)
{
    /// <summary>A warning of an attack to come: the question is a reason only as long as none came.</summary>
    public bool Live => Question is not null && Messages.All(one => one.Entry?.Role != MessageRole.Attack);
}

/// <summary>Reads authored threads: every mail of all of them together, as a run over a folder does.</summary>
internal static class ReadThreads
{
    /// <summary>Search for passwords that nobody told is limited: it would find none, and there are many locked archives.</summary>
    private const int SearchMilliseconds = 60;

    private static IReadOnlyList<ReadThread>? _all;

    /// <summary>Every thread, read once a run.</summary>
    public static IReadOnlyList<ReadThread> All() => _all ??= Of([.. AuthoredThreads.All()]);

    /// <summary>Some threads, their mails together.</summary>
    public static IReadOnlyList<ReadThread> Of(IReadOnlyList<AuthoredThread> threads)
    {
        var drafts = Exchanges.Of([.. threads.SelectMany(Mails)], Members, []);
        var of = threads
            .SelectMany(thread => thread.Messages.Select(one => (one.Key, thread.Name)))
            .ToDictionary(one => one.Key, one => one.Name, StringComparer.Ordinal);
        var byThread = drafts
            .SelectMany(draft =>
                draft
                    .Entries.Select(entry => entry.Mail?.Key)
                    .OfType<string>()
                    .Select(key => of[key])
                    .Distinct(StringComparer.Ordinal)
                    .Select(name => (name, draft))
            )
            .ToLookup(one => one.name, one => one.draft, StringComparer.Ordinal);
        return
        [
            .. threads.Select(thread =>
            {
                var own = byThread[thread.Name].ToList();
                var mixed = own.SelectMany(draft => draft.Entries).Select(entry => entry.Mail?.Key).OfType<string>().Select(key => of[key]);
                return Read(thread, own, [.. mixed.Where(name => name != thread.Name).Distinct(StringComparer.Ordinal)]);
            }),
        ];
    }

    private static ReadThread Read(AuthoredThread thread, IReadOnlyList<DraftExchange> drafts, IReadOnlyList<string> mixed)
    {
        var assigned = drafts.Select(draft => Roles.Assign(draft.Entries, thread.Linked)).ToList();
        var built = drafts.Select(draft => ConversationBuilder.Build(draft, new Suspicion(thread.Linked, null), 1)).ToList();
        return new ReadThread(
            thread,
            Match(thread, [.. assigned.SelectMany(entries => entries)]),
            drafts.Count,
            mixed,
            built.Select(one => one.Assessment).DefaultIfEmpty(Assessment.None).Max(),
            [.. built.SelectMany(one => one.Evidence)],
            assigned.Select(EnvironmentQuestion.Suspicious).FirstOrDefault(question => question is not null)
        );
    }

    /// <summary>Mails by their keys, statements and quotes by their times, quotes without a time by their order.</summary>
    private static List<ReadMessage> Match(AuthoredThread thread, List<ExchangeEntry> entries)
    {
        var found = new List<ReadMessage>();
        foreach (var one in thread.Messages)
        {
            var entry = entries.Find(entry =>
                one.Kind switch
                {
                    AuthoredKind.Mail => entry.Mail?.Key == one.Key,
                    AuthoredKind.Stated => entry.Source == MessageSource.Stated && entry.At == one.At,
                    AuthoredKind.Hidden => entry.Source == MessageSource.Quote
                        && (entry.At is null || (entry.At - one.At)?.Duration() < TimeSpan.FromMinutes(2)),
                }
            );
            found.Add(new ReadMessage(one, entry));
            if (entry is not null)
            {
                entries.Remove(entry);
            }
        }

        found.AddRange(entries.Where(entry => entry.Mail is null).Select(entry => new ReadMessage(null, entry)));
        return found;
    }

    /// <summary>The community of the authored threads.</summary>
    public static Members Members { get; } =
        new()
        {
            Organizations =
            [
                .. AuthoredThreads.Organizations.Select(one => new Organization
                {
                    Id = one.Id,
                    NameJa = one.Name,
                    NameEn = one.NameEn,
                    Domains = [one.Domain],
                    MailHosts = [$"mx.{one.Domain}"],
                    Networks = [one.Network],
                    Contractors = [new Contractor([one.ContractorDomain])],
                }),
            ],
        };

    private static IEnumerable<ProvidedMail> Mails(AuthoredThread thread)
    {
        var estate = Estates.Of(Members.Find(thread.Organization.Id));
        var handed = thread.Messages.Where(one => one.Kind == AuthoredKind.Mail).ToList();
        var first = handed.ConvertAll(one => Dissect(one.Eml, estate, []));
        // A password in a mail opens the archives of the others, as a run over a folder does it.
        var told = first.SelectMany(facts => facts.PasswordHints).DistinctBy(hint => hint.Value, StringComparer.Ordinal).ToList();
        return handed.Zip(first, (one, facts) => Provided(thread, one, facts, estate, told));
    }

    private static MailFacts Dissect(byte[] eml, OwnEstate estate, IReadOnlyList<PasswordCandidate> candidates) =>
        Dissector.Mail(
            eml,
            new DissectionRequest
            {
                Kind = InputKind.Mail,
                Estate = estate,
                Candidates = candidates,
                PasswordBudgetMilliseconds = SearchMilliseconds,
            }
        );

    private static IEnumerable<FileFacts> Within(FileFacts file) => file.Children.SelectMany(Within).Prepend(file);

    private static ProvidedMail Provided(
        AuthoredThread thread,
        AuthoredMessage message,
        MailFacts read,
        OwnEstate estate,
        IReadOnlyList<PasswordCandidate> told
    )
    {
        var locked = told.Count > 0 && read.Attachments.SelectMany(Within).Any(file => file.Type == FileType.EncryptedUnopened);
        var facts = locked ? Dissect(message.Eml, estate, told) : read;
        return new ProvidedMail
        {
            Key = message.Key,
            File = $"{message.Key}.eml",
            Organization = thread.Organization.Id,
            Window = WindowId(thread),
            Channel = "mail",
            ReceivedAt = message.At,
            TimeSource = facts.ReceivedAt is null ? "date" : "received",
            Stated = Line(thread, message),
            // Reserved names cannot stand in the table of free mail services.
            Facts =
                thread.FreeMail && facts.From?.Address == thread.Person
                    ? facts with
                    {
                        Indicators = facts.Indicators with { SenderService = MailServiceClass.Webmail },
                    }
                    : facts,
        };
    }

    /// <summary>What was said when the mail was handed in; with the first mail of a thread come the replies and calls that people state.</summary>
    private static ManifestLine Line(AuthoredThread thread, AuthoredMessage message) =>
        new()
        {
            File = $"{message.Key}.eml",
            Organization = thread.Organization.Id,
            Window = WindowId(thread),
            Verdict = message.Verdict,
            Destinations = [.. message.BadHosts.Select(host => new Destination(host))],
            StatedEvents =
                message.Key == thread.Messages[0].Key
                    ?
                    [
                        .. thread
                            .Messages.Where(one => one.Kind == AuthoredKind.Stated)
                            .Select(one => new StatedEvent(one.Stated ?? "phone", one.At, "minute", one.Text)),
                    ]
                    : [],
        };

    private static string WindowId(AuthoredThread thread) => thread.Window.Split('@')[0];
}
