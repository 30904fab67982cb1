namespace Noroshi.MailAnatomy.Passwords;

/// <summary>What the password search knows about the mail around a locked file.</summary>
public sealed record PasswordContext
{
    /// <summary>Decoded subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Body text, LF or CRLF lines.</summary>
    public string Text { get; init; } = "";

    /// <summary>The Date header with its own offset: passwords are dates of the writer's own calendar day.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>First From mailbox.</summary>
    public MailAddress? From { get; init; }

    /// <summary>To and Cc mailboxes.</summary>
    public IReadOnlyList<MailAddress> Recipients { get; init; } = [];

    /// <summary>Stored names of the attached files.</summary>
    public IReadOnlyList<string> AttachmentNames { get; init; } = [];

    /// <summary>Passwords known from elsewhere, best first; they are tried before everything else.</summary>
    public IReadOnlyList<PasswordCandidate> Known { get; init; } = [];
}
