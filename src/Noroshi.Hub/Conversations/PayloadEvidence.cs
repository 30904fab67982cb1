using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Structural evidence that a mail carries a payload: what the files are, not what anybody thinks of them. A locked archive that nobody
/// opened is none; honest customers send them every day (未確認(暗号化)).
/// </summary>
public static class PayloadEvidence
{
    /// <summary>From here on a mail counts as an attack.</summary>
    public const decimal Attack = 6;

    private const int MostLinks = 50;
    private const int MostEvidence = 50;

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
        var links = LinkHosts(mail).ToList();
        var carries = mail.AllFiles().Any(file => file.Type != FileType.Image);
        if (mail.Stated?.Verdict is "targeted" && (carries || links.Count > 0))
        {
            found.Add(new ConversationEvidence("payload.judged", "targeted", 12));
        }

        AddDestinations(found, mail, links, carries);

        var files = mail.AllFiles().ToList();
        var setting = new Lazy<ProgramSetting>(() => ProgramSetting.Of(mail, files));
        foreach (var file in files)
        {
            var own = new List<ConversationEvidence>();
            AddProgram(own, file, setting);
            AddDocument(own, file, setting);
            found.AddRange(own.Exists(one => one.Bits >= Attack) && setting.Value.IsReported(file) ? [Reported(file)] : own);
        }

        return
        [
            .. found
                .DistinctBy(one => (one.Code, one.Detail))
                .OrderByDescending(one => one.Bits)
                .ThenBy(one => one.Detail, StringComparer.Ordinal)
                .Take(MostEvidence),
        ];
    }

    /// <summary>Whether the evidence makes the mail an attack.</summary>
    public static bool IsAttack(IReadOnlyList<ConversationEvidence> evidence) => evidence.Any(one => one.Bits >= Attack);

    /// <summary>
    /// Hosts of the links that the writer put into this mail: those of his signature, of quotes and of pictures are not meant to be followed.
    /// A link whose host stands nowhere in the text hides behind other words.
    /// </summary>
    internal static IEnumerable<string> LinkHosts(ProvidedMail? mail)
    {
        if (mail is null || mail.Facts.Indicators.Urls.Count == 0)
        {
            return [];
        }

        var written = mail.Facts.Form?.Message ?? mail.Facts.Body.Of(BlockKind.New);
        var text = mail.Facts.Body.Text;
        return mail
            .Facts.Indicators.Urls.Where(url =>
                url.Where is "body" or "html-link" or "subject"
                && (
                    url.Defanged
                    || written.Contains(url.Host, StringComparison.OrdinalIgnoreCase)
                    || !text.Contains(url.Host, StringComparison.OrdinalIgnoreCase)
                )
            )
            .Take(MostLinks)
            .Select(url => url.Host);
    }

    /// <summary>Malicious destinations (不正接続先) that somebody observed: where the link leads, or where what is attached connects.</summary>
    private static void AddDestinations(List<ConversationEvidence> found, ProvidedMail mail, List<string> links, bool carries)
    {
        foreach (var destination in mail.Stated?.Destinations ?? [])
        {
            var host = destination.Host.Trim('.');
            var leads =
                host.Length > 0
                && links.Exists(link =>
                    link.EndsWith(host, StringComparison.OrdinalIgnoreCase)
                    && (link.Length == host.Length || link[link.Length - host.Length - 1] == '.')
                );
            if (leads || carries)
            {
                found.Add(new ConversationEvidence("payload.destination", host, leads ? 10 : 8));
            }
        }
    }

    /// <summary>Somebody shows the window a mail that he got: what is in that mail was sent to him, not by him.</summary>
    private static ConversationEvidence Reported(FileFacts file) => new("payload.reported-mail", file.DisplayedName, 4);

    private static void AddProgram(List<ConversationEvidence> found, FileFacts file, Lazy<ProgramSetting> setting)
    {
        if (file.Type is not (FileType.Executable or FileType.Shortcut or FileType.Script))
        {
            return;
        }

        var what = $"{file.DisplayedName} ({file.Format})";
        if (file.Format is "url" or "webloc" && file.Findings.All(finding => finding.Severity != Severity.Suspicious))
        {
            // Leads to a page and runs nothing.
            found.Add(new ConversationEvidence("payload.link-file", what, 2));
            return;
        }

        if (file.Disguises.Any(disguise => disguise is Disguise.Rlo or Disguise.DoubleExtension or Disguise.Padding or Disguise.Icon))
        {
            found.Add(new ConversationEvidence("payload.disguised", file.DisplayedName, 10));
        }

        if (setting.Value.IsOpenly(file))
        {
            // Still a risk, and the evidence says so; alone it does not make an honest supplier's thread an attack.
            found.Add(new ConversationEvidence("payload.program-declared", what, 4));
            return;
        }

        found.Add(new ConversationEvidence("payload.program", what, 8));
    }

    private static void AddDocument(List<ConversationEvidence> found, FileFacts file, Lazy<ProgramSetting> setting)
    {
        foreach (var (code, bits) in Telling)
        {
            if (file.Findings.FirstOrDefault(finding => finding.Code == code) is { } finding)
            {
                var openly = setting.Value.IsOpenMacro(finding, file);
                found.Add(
                    new ConversationEvidence(
                        openly ? "payload.macro-declared" : "payload.document",
                        $"{file.DisplayedName}: {code}",
                        openly ? 4 : bits
                    )
                );
            }
        }

        if (file.Type is not (FileType.Office or FileType.Justsystems or FileType.Pdf))
        {
            return;
        }

        if (file.Children.Any(child => child.Type is FileType.Executable or FileType.Script))
        {
            found.Add(new ConversationEvidence("payload.document", $"{file.DisplayedName}: program inside", 9));
        }

        if (file.Findings.Any(finding => finding.Severity == Severity.Suspicious))
        {
            found.Add(new ConversationEvidence("payload.suspicious", file.DisplayedName, 3));
        }
    }
}
