using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Conversations;

/// <summary>One message of an exchange while it is being read: a mail, a mail known from a quote, or an event that somebody states.</summary>
internal sealed record ExchangeEntry
{
    /// <summary>How we know of it.</summary>
    public required MessageSource Source { get; init; }

    /// <summary>The mail; null for quotes and statements.</summary>
    public ProvidedMail? Mail { get; init; }

    /// <summary>The quote; null otherwise.</summary>
    public QuotedMail? Quote { get; init; }

    /// <summary>The statement; null otherwise.</summary>
    public StatedEvent? Stated { get; init; }

    /// <summary>Which way it went.</summary>
    public required MailDirection Direction { get; init; }

    /// <summary>Received for what came in, sent for what went out.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How exactly <see cref="At"/> is known.</summary>
    public TimePrecision Precision { get; init; }

    /// <summary>Window.</summary>
    public string? Window { get; init; }

    /// <summary>A machine wrote it.</summary>
    public bool Automatic { get; init; }

    /// <summary>Intents.</summary>
    public IReadOnlyList<FoundIntent> Intents { get; init; } = [];

    /// <summary>Structural evidence of a payload.</summary>
    public IReadOnlyList<ConversationEvidence> Payload { get; init; } = [];

    /// <summary>Role.</summary>
    public MessageRole Role { get; init; }

    /// <summary>Other copies of the mail: handed in twice, or by two windows.</summary>
    public IReadOnlyList<ProvidedMail> Copies { get; init; } = [];

    /// <summary>The own person's mail that passes on the one this entry is known from; what is attached to it came from the outsider.</summary>
    public ProvidedMail? PassedOnBy { get; init; }

    /// <summary>Nothing tells which way it went: it is neither the outsider's nor an answer to him.</summary>
    public bool Undirected { get; init; }

    /// <summary>The entry of a mail.</summary>
    /// <param name="mail">The mail; without a direction it counts as inbound, since windows hand in what they got.</param>
    public static ExchangeEntry Of(ProvidedMail mail)
    {
        var direction = mail.Direction ?? MailDirection.Inbound;
        var inbound = direction == MailDirection.Inbound;
        var payload = inbound ? PayloadEvidence.In(mail) : [];
        return new ExchangeEntry
        {
            Source = MessageSource.Mail,
            Mail = mail,
            Direction = direction,
            // What went out is dated by its sender, what came in by the organisation's own server.
            At = inbound ? mail.ReceivedAt ?? mail.Facts.SentAt : mail.Facts.SentAt ?? mail.ReceivedAt,
            Precision = TimePrecision.Minute,
            Window = mail.Window,
            Automatic = IsAutomatic(mail, inbound, payload),
            Intents = IntentFinder.In(mail),
            Payload = payload,
        };
    }

    /// <summary>
    /// A form's server sends the notice, but a person typed it; and so with a list of the organisation's own. What brings a payload is not
    /// believed when it calls itself automatic: an attacker could hide behind one header. A mail server's report returns what others sent.
    /// </summary>
    private static bool IsAutomatic(ProvidedMail mail, bool inbound, IReadOnlyList<ConversationEvidence> payload) =>
        mail.Facts.Automatic is { Kind: not "list" } automatic
        && !(inbound && mail.Facts.Form is not null)
        && (automatic.Kind == "report" || !PayloadEvidence.IsAttack(payload));

    /// <summary>Whether it has an intent.</summary>
    public bool Has(Intent intent) => Intents.Any(found => found.Intent == intent);

    /// <summary>Came from the outsider, and no machine wrote it.</summary>
    public bool FromOutsider => Direction == MailDirection.Inbound && !Automatic && !Undirected;

    /// <summary>A person of the organisation answers.</summary>
    public bool IsReply => Direction == MailDirection.Outbound && !Automatic && !Undirected && Stated?.Kind is null or "reply";

    /// <summary>Files of the mail, outermost first.</summary>
    public IEnumerable<FileFacts> Files => (Mail ?? PassedOnBy)?.AllFiles() ?? [];

    /// <summary>Files attached to the mail itself.</summary>
    public IReadOnlyList<FileFacts> Attached => (Mail ?? PassedOnBy)?.Facts.Attachments ?? [];

    /// <summary>What the person wrote.</summary>
    public string Written =>
        Mail is { } mail ? mail.Facts.Form?.Message ?? mail.Facts.Body.Of(BlockKind.New) : Quote?.Text ?? Stated?.Text ?? "";
}
