using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.MailAnatomy.Text;
using Noroshi.Makers.Threads;

namespace Noroshi.Evaluate.Threads;

/// <summary>An authored thread as the hub reads it.</summary>
/// <param name="Authored">What its author knows.</param>
/// <param name="Mails">The mails that were handed in.</param>
/// <param name="Stated">What somebody states.</param>
/// <param name="Entries">Messages in order with what is found in them; roles as the hub gives them.</param>
/// <param name="Assessment">Assessment.</param>
/// <param name="Evidence">Reasons.</param>
/// <param name="Question">The question about the environment that is a reason for a live warning; null when there is none.</param>
internal sealed record ReadThread(
    AuthoredThread Authored,
    IReadOnlyList<ProvidedMail> Mails,
    IReadOnlyList<ManifestLine> Stated,
    IReadOnlyList<ExchangeEntry> Entries,
    Assessment Assessment,
    IReadOnlyList<ConversationEvidence> Evidence,
    FoundIntent? Question
)
{
    /// <summary>A warning of an attack to come: the question is a reason only as long as none came.</summary>
    public bool Live => Question is not null && Entries.All(entry => entry.Role != MessageRole.Attack);
}

/// <summary>Reads authored threads.</summary>
internal static class ReadThreads
{
    /// <summary>Search for passwords that nobody told is limited: it would find none, and there are many locked archives.</summary>
    private const int SearchMilliseconds = 60;

    private static IReadOnlyList<ReadThread>? _all;

    /// <summary>Every thread, read once a run.</summary>
    public static IReadOnlyList<ReadThread> All() => _all ??= [.. AuthoredThreads.All().Select(Of)];

    /// <summary>One thread.</summary>
    public static ReadThread Of(AuthoredThread thread)
    {
        var mails = Mails(thread);
        var stated = thread
            .Messages.Where(one => one.Kind == AuthoredKind.Stated)
            .Select(one => new ManifestLine
            {
                Organization = thread.Organization.Id,
                Window = WindowId(thread),
                Channel = "phone",
                StatedEvents = [new StatedEvent(one.Stated ?? "phone", one.At, "minute", one.Text)],
            })
            .ToList();
        var entries = Roles.Assign([.. thread.Messages.Select(one => Entry(one, mails))], thread.Linked);
        var (assessment, _, evidence) = Assessments.Of(entries, at => thread.Messages[at].Key);
        return new ReadThread(thread, [.. mails.Values], stated, entries, assessment, evidence, EnvironmentQuestion.Suspicious(entries));
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

    private static Dictionary<string, ProvidedMail> Mails(AuthoredThread thread)
    {
        var estate = Estates.Of(Members.Find(thread.Organization.Id));
        var handed = thread.Messages.Where(one => one.Kind == AuthoredKind.Mail).ToList();
        var first = handed.ToDictionary(one => one.Key, one => Dissect(one.Eml, estate, []), StringComparer.Ordinal);
        // A password in a mail opens the archives of the others, as a run over a folder does it.
        var told = first
            .Values.SelectMany(facts => facts.PasswordHints)
            .DistinctBy(hint => hint.Value, StringComparer.Ordinal)
            .ToList();
        return handed.ToDictionary(
            one => one.Key,
            one =>
            {
                var facts = first[one.Key];
                if (told.Count > 0 && facts.Attachments.SelectMany(Within).Any(file => file.Type == FileType.EncryptedUnopened))
                {
                    facts = Dissect(one.Eml, estate, told);
                }

                return Provided(thread, one, facts, estate);
            },
            StringComparer.Ordinal
        );
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

    private static ProvidedMail Provided(AuthoredThread thread, AuthoredMessage message, MailFacts facts, OwnEstate estate)
    {
        var outsider = facts.From?.Address == thread.Person || facts.Form is not null;
        return new ProvidedMail
        {
            Key = message.Key,
            File = $"{message.Key}.eml",
            Organization = thread.Organization.Id,
            Window = WindowId(thread),
            Direction = facts.Form is not null ? MailDirection.Inbound : Estates.DirectionOf(facts, estate),
            Channel = facts.Form is not null ? "form" : "mail",
            ReceivedAt = message.At,
            TimeSource = facts.ReceivedAt is null ? "date" : "received",
            Stated = message.Verdict is null && message.BadHosts.Count == 0 ? null : Line(thread, message),
            // Reserved names cannot stand in the table of free mail services.
            Facts =
                thread.FreeMail && outsider
                    ? facts with
                    {
                        Indicators = facts.Indicators with { SenderService = MailServiceClass.Webmail },
                    }
                    : facts,
        };
    }

    private static ManifestLine Line(AuthoredThread thread, AuthoredMessage message) =>
        new()
        {
            File = $"{message.Key}.eml",
            Organization = thread.Organization.Id,
            Window = WindowId(thread),
            Verdict = message.Verdict,
            Destinations = [.. message.BadHosts.Select(host => new Destination(host))],
        };

    private static string WindowId(AuthoredThread thread) => thread.Window.Split('@')[0];

    private static ExchangeEntry Entry(AuthoredMessage message, Dictionary<string, ProvidedMail> mails) =>
        message.Kind switch
        {
            AuthoredKind.Mail => ExchangeEntry.Of(mails[message.Key]),
            AuthoredKind.Hidden => new ExchangeEntry
            {
                Source = MessageSource.Quote,
                Quote = new QuotedMail(null, null, null, message.At, null, null, message.Text, 1),
                Direction = Way(message),
                At = message.At,
                Precision = TimePrecision.Minute,
                Intents = IntentFinder.In(message.Text),
            },
            AuthoredKind.Stated => new ExchangeEntry
            {
                Source = MessageSource.Stated,
                Stated = new StatedEvent(message.Stated ?? "phone", message.At, "minute", message.Text),
                Direction = Way(message),
                At = message.At,
                Precision = TimePrecision.Minute,
                Intents = IntentFinder.In(message.Text),
            },
        };

    private static MailDirection Way(AuthoredMessage message) =>
        message.Way switch
        {
            AuthoredWay.In => MailDirection.Inbound,
            AuthoredWay.Out => MailDirection.Outbound,
            AuthoredWay.Internal => MailDirection.Internal,
        };
}
