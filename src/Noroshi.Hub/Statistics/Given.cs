using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Statistics;

/// <summary>A provision as far as figures ask for it.</summary>
/// <param name="Id">Id.</param>
/// <param name="ReceivedAt">When the hub received it.</param>
/// <param name="Intake"><c>member</c>, <c>desk</c> or <c>hub</c>; null when it was erased.</param>
/// <param name="Organization">Who gave it; null when nobody or nobody knows.</param>
public sealed record GivenProvision(string Id, DateTimeOffset ReceivedAt, string? Intake, string? Organization)
{
    /// <summary>Id of the one that it adds to (追加提供); null when it stands for itself.</summary>
    public string? AddsTo { get; init; }

    /// <summary>It waits for a person.</summary>
    public bool Waits { get; init; }

    /// <summary>It was written down long after it was received: its clocks tell nothing.</summary>
    public bool TakenInLater { get; init; }
}

/// <summary>A mail as far as figures ask for it: what its bytes and its provider say, without verdict. Small, since all of them are kept.</summary>
public sealed record GivenMail
{
    /// <summary>Key.</summary>
    public required string Key { get; init; }

    /// <summary>Id of the provision.</summary>
    public required string Provision { get; init; }

    /// <summary>Hash of its bytes: the same again is a repeat.</summary>
    public required string Bytes { get; init; }

    /// <summary>Hash of text, sender and attachments.</summary>
    public required ulong Unique { get; init; }

    /// <summary>It came in from outside; what the organisation wrote and what carries others counts for repeats only.</summary>
    public bool FromOutside { get; init; }

    /// <summary>What it attacks with.</summary>
    public PayloadType? Payload { get; init; }

    /// <summary>Container.</summary>
    public string? Container { get; init; }

    /// <summary>The container is locked.</summary>
    public bool Locked { get; init; }

    /// <summary>The writer put a link into it.</summary>
    public bool Link { get; init; }

    /// <summary>Class of the sender.</summary>
    public SenderClass Sender { get; init; }

    /// <summary>Address of the first host outside that can be trusted.</summary>
    public string? OriginIp { get; init; }

    /// <summary>Verdict that the provider stated.</summary>
    public Verdict? Stated { get; init; }

    /// <summary>SHA-256 of malicious files.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Destinations as stated.</summary>
    public IReadOnlyList<Destination> Destinations { get; init; } = [];

    /// <summary>From a mail with its features.</summary>
    public static GivenMail Of(ProvidedMail mail, MailFeatures features, string provision)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(features);
        var container = MailCounting.ContainerOf(mail);
        return new GivenMail
        {
            Key = mail.Key,
            Provision = provision,
            Bytes = mail.Facts.Sha256,
            Unique = features.UniqueId,
            FromOutside = mail.Direction is null or MailDirection.Inbound,
            Payload = MailCounting.PayloadOf(mail),
            Container = container?.Format,
            Locked = container?.Locked ?? false,
            Link = MailCounting.HasLink(mail),
            Sender = MailCounting.SenderOf(mail.Facts),
            OriginIp = mail.Facts.Origin?.Ip,
            Stated = IntakeList.VerdictOf(mail.Stated?.Verdict),
            Samples = features.Payloads,
            Destinations = mail.Stated?.Destinations ?? [],
        };
    }
}
