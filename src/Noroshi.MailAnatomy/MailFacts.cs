using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy;

/// <summary>What kind of wrapping a mail is.</summary>
public enum MailShape
{
    /// <summary>A mail of its own.</summary>
    Ordinary,

    /// <summary>Carries one or more mails that somebody reports by forwarding them as attachments.</summary>
    ForwardAsAttachment,

    /// <summary>RFC 3462 report (delivery status, disposition, feedback): the mail inside is quoted, not reported.</summary>
    Report,

    /// <summary>RFC 2046 multipart/digest.</summary>
    Digest,
}

/// <summary>A mailbox as written in a header.</summary>
/// <param name="Name">Decoded display name, empty when absent.</param>
/// <param name="Address">The address as written, without the angle brackets; may be invalid by RFC 5321.</param>
public sealed record MailAddress(string Name, string Address);

/// <summary>The facts of one mail. Unknown is null; lists are never null.</summary>
public sealed record MailFacts
{
    /// <summary>SHA-256 of the raw bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the raw bytes.</summary>
    public required long Size { get; init; }

    /// <summary>How the mail wraps others.</summary>
    public MailShape Shape { get; init; }

    /// <summary>Message-ID without angle brackets (RFC 5322 3.6.4).</summary>
    public string? MessageId { get; init; }

    /// <summary>First In-Reply-To identifier without angle brackets.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>References in their order, without angle brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Thread-Index (MS-OXOMSG 2.2.1.3) decoded; null when absent or not readable.</summary>
    public ThreadIndex? ThreadIndex { get; init; }

    /// <summary>The Date header with its own offset.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Time of the newest Received header.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>First From mailbox.</summary>
    public MailAddress? From { get; init; }

    /// <summary>Sender header.</summary>
    public MailAddress? Sender { get; init; }

    /// <summary>Return-Path without angle brackets; empty for the null path.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>Reply-To mailboxes.</summary>
    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];

    /// <summary>To mailboxes, groups flattened, at most <see cref="MailLimits.Addresses"/>.</summary>
    public IReadOnlyList<MailAddress> To { get; init; } = [];

    /// <summary>Cc mailboxes, groups flattened.</summary>
    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>Bcc mailboxes; only the sender's own copy has them as a rule.</summary>
    public IReadOnlyList<MailAddress> Bcc { get; init; } = [];

    /// <summary>Decoded subject on one line.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Received chain, newest hop first.</summary>
    public IReadOnlyList<Hop> Hops { get; init; } = [];

    /// <summary>Where the mail came in from outside, null when no external hop can be trusted.</summary>
    public Origin? Origin { get; init; }

    /// <summary>Verdicts of Authentication-Results, Received-SPF and ARC-Authentication-Results.</summary>
    public IReadOnlyList<AuthenticationVerdict> Authentication { get; init; } = [];

    /// <summary>Why the mail counts as automatic; null when a person may have sent it.</summary>
    public AutomaticMail? Automatic { get; init; }

    /// <summary>How the mail was composed; null when the header block could not be read.</summary>
    public CompositionFingerprint? Composition { get; init; }

    /// <summary>The body as text, taken apart.</summary>
    public BodyText Body { get; init; } = BodyText.Empty;

    /// <summary>Web-form notice; null when the mail is none.</summary>
    public WebFormNotice? Form { get; init; }

    /// <summary>Indicators of the mail's headers and body (those of files stand with the files).</summary>
    public IndicatorSet Indicators { get; init; } = IndicatorSet.Empty;

    /// <summary>Sentences that give a password for some attachment, best first.</summary>
    public IReadOnlyList<Passwords.PasswordCandidate> PasswordHints { get; init; } = [];

    /// <summary>Attached files in the order of the mail; mails in mail are files with <see cref="FileFacts.Mail"/>.</summary>
    public IReadOnlyList<FileFacts> Attachments { get; init; } = [];

    /// <summary>Typed facts about the making of the mail that its file format keeps beside it (Outlook items).</summary>
    public IReadOnlyList<Trait> Traits { get; init; } = [];

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>Limits of what one mail's facts hold.</summary>
public static class MailLimits
{
    /// <summary>Mailboxes kept per header.</summary>
    public const int Addresses = 1_000;

    /// <summary>References kept (first 10 and the last 90 of a longer list).</summary>
    public const int References = 100;

    /// <summary>Characters of body text kept.</summary>
    public const int TextCharacters = 1 << 20;

    /// <summary>Findings kept per mail or file.</summary>
    public const int Findings = 200;
}
