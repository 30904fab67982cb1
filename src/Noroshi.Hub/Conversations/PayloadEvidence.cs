using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Structural evidence that a mail carries a payload: what the files are, not what anybody thinks of them. A locked archive that nobody
/// opened is none; honest customers send them every day (未確認(暗号化)).
/// </summary>
public static class PayloadEvidence
{
    /// <summary>From here on a mail counts as an attack.</summary>
    public const decimal Attack = 6;

    /// <summary>
    /// Findings that by themselves make a document a payload: what runs, loads or unpacks without being asked. Codes of the files'
    /// inspection; a test holds them against the table.
    /// </summary>
    internal static IReadOnlyList<(string Code, decimal Bits)> Telling { get; } =
    [
        ("macro.auto-run-program", 8),
        ("macro.source-removed", 8),
        ("macro.sheet-program", 8),
        ("compound.exploited-class", 8),
        ("field.dde", 7),
        ("field.runs-program", 8),
        ("ooxml.remote-template", 8),
        ("ooxml.dde", 7),
        ("ooxml.macro-sheet", 7),
        ("ooxml.remote-object", 7),
        ("ooxml.run-action", 7),
        ("rtf.equation", 8),
        ("rtf.remote-template", 8),
        ("rtf.dde", 7),
        ("rtf.obfuscated-object", 8),
        ("pdf.launch", 8),
        ("pdf.open-action", 6),
        ("html.smuggling", 8),
        ("onenote.program", 8),
    ];

    /// <summary>The evidence, heaviest first; empty when nothing speaks for a payload.</summary>
    public static IReadOnlyList<ConversationEvidence> In(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var found = new List<ConversationEvidence>();
        if (mail.Stated?.Verdict is "targeted" && (mail.Facts.Attachments.Count > 0 || mail.Facts.Indicators.Urls.Count > 0))
        {
            found.Add(new ConversationEvidence("payload.judged", "targeted", 12));
        }

        foreach (var file in mail.AllFiles())
        {
            AddFile(found, file);
        }

        return
        [
            .. found
                .DistinctBy(one => (one.Code, one.Detail))
                .OrderByDescending(one => one.Bits)
                .ThenBy(one => one.Detail, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether the evidence makes the mail an attack.</summary>
    public static bool IsAttack(IReadOnlyList<ConversationEvidence> evidence) => evidence.Any(one => one.Bits >= Attack);

    private static void AddFile(List<ConversationEvidence> found, FileFacts file)
    {
        if (file.Type is FileType.Executable or FileType.Shortcut or FileType.Script)
        {
            // Honest people do not send programs to an inquiry window; a script as plain text (.sh, .py) may be part of a question.
            var bits = file.Type == FileType.Script && file.Format is "sh" or "py" or "shell" or "python" ? 3 : 8;
            found.Add(new ConversationEvidence("payload.program", $"{file.DisplayedName} ({file.Format})", bits));
        }

        if (
            file.Disguises.Any(disguise => disguise is Disguise.Rlo or Disguise.DoubleExtension or Disguise.Padding or Disguise.Icon)
            && file.Type is FileType.Executable or FileType.Shortcut or FileType.Script
        )
        {
            found.Add(new ConversationEvidence("payload.disguised", file.DisplayedName, 10));
        }

        foreach (var (code, bits) in Telling)
        {
            if (file.Findings.Any(finding => finding.Code == code))
            {
                found.Add(new ConversationEvidence("payload.document", $"{file.DisplayedName}: {code}", bits));
            }
        }

        if (
            file.Type is FileType.Office or FileType.Justsystems or FileType.Pdf
            && file.Children.Any(child => child.Type is FileType.Executable or FileType.Script)
        )
        {
            found.Add(new ConversationEvidence("payload.document", $"{file.DisplayedName}: program inside", 9));
        }

        if (
            file.Findings.Any(finding => finding.Severity == Severity.Suspicious)
            && file.Type is FileType.Office or FileType.Justsystems or FileType.Pdf
        )
        {
            found.Add(new ConversationEvidence("payload.suspicious", file.DisplayedName, 3));
        }
    }
}
