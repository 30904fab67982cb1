using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.Hub.Intake;

/// <summary>One mail as the hub knows it: the facts of its bytes, and what was said or worked out about its coming.</summary>
public sealed record ProvidedMail
{
    /// <summary>Unique among the mails under consideration.</summary>
    public required string Key { get; init; }

    /// <summary>Key of the mail that carried this one.</summary>
    public string? Carrier { get; init; }

    /// <summary>Where the mail stands: file, member, attached mail.</summary>
    public required string File { get; init; }

    /// <summary>Id of the organisation.</summary>
    public string? Organization { get; init; }

    /// <summary>Id of the contact window.</summary>
    public string? Window { get; init; }

    /// <summary>Direction; null when nothing is known of the organisation.</summary>
    public MailDirection? Direction { get; init; }

    /// <summary><c>mail</c>, <c>form</c> or what the manifest says.</summary>
    public required string Channel { get; init; }

    /// <summary>When the organisation received or sent it.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary><c>received</c>, <c>date</c> or <c>manifest</c>.</summary>
    public string? TimeSource { get; init; }

    /// <summary>The manifest's line, for what later steps need.</summary>
    public ManifestLine? Stated { get; init; }

    /// <summary>The facts.</summary>
    public required MailFacts Facts { get; init; }

    /// <summary>Findings of the facts and of the work on them.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Keys of the mails that this one carries, by position among the attachments.</summary>
    public IReadOnlyDictionary<int, string> Reported { get; init; } = new Dictionary<int, string>();

    /// <summary>Every file in the mail, outermost first; those of a mail that has an entry of its own are that entry's.</summary>
    public IEnumerable<FileFacts> AllFiles() => Facts.Attachments.Where((_, i) => !Reported.ContainsKey(i)).SelectMany(AllIn);

    private static IEnumerable<FileFacts> AllIn(FileFacts file) =>
        file.Children.Concat(file.Mail?.Attachments ?? []).SelectMany(AllIn).Prepend(file);
}
