using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.Server.Analysis;

/// <summary>What is known of an input before it is read.</summary>
/// <param name="File">Path relative to the folder given, with <c>/</c>.</param>
/// <param name="Organization">Organisation by manifest or folder.</param>
/// <param name="Window">Window by manifest or folder.</param>
/// <param name="Stated">The manifest's line.</param>
internal sealed record Provenance(string File, Organization? Member, string? Organization, string? Window, ManifestLine? Stated);

/// <summary>Makes entries of facts: a forward gives the carrier and what it carries.</summary>
internal static class MailEntries
{
    /// <summary>Entries of one dissected mail, the carrier first.</summary>
    public static IReadOnlyList<ProvidedMail> Of(MailFacts facts, string file, Provenance provenance, IReadOnlyList<Finding> extra)
    {
        var entries = new List<ProvidedMail>();
        Add(facts, file, carrier: null, provenance, extra, entries);
        return entries;
    }

    /// <summary>A mail whose inside is not read (.msg, locked, or no mail but by its name): the file's digest and findings stand for it.</summary>
    public static MailFacts Unread(FileFacts file) =>
        new()
        {
            Sha256 = file.Sha256 ?? "",
            Size = file.Size ?? 0,
            Findings = file.Type switch
            {
                FileType.EncryptedUnopened => [.. file.Findings, FindingCodes.Run.LockedMail.At(file.Path)],
                FileType.Mail => file.Findings,
                _ => [.. file.Findings, FindingCodes.Mail.Unparseable.At(file.Path)],
            },
            Attachments = file.Children,
        };

    private static void Add(
        MailFacts facts,
        string file,
        string? carrier,
        Provenance provenance,
        IReadOnlyList<Finding> extra,
        List<ProvidedMail> entries
    )
    {
        var reported = new Dictionary<int, string>();
        var inner = new List<(MailFacts Facts, string File)>();
        for (var i = 0; facts.Shape == MailShape.ForwardAsAttachment && i < facts.Attachments.Count; i++)
        {
            if (facts.Attachments[i] is { Type: FileType.Mail, Format: "eml" or "msg" } attached)
            {
                var innerFile = $"{file}!{inner.Count + 1}";
                reported[i] = innerFile;
                inner.Add((attached.Mail ?? Unread(attached), innerFile));
            }
        }

        // What a manifest states is said of the reported mail, not of its envelope.
        var stated = inner.Count > 0 ? null : provenance.Stated;
        var (time, source) = Time(facts, stated);
        entries.Add(
            new ProvidedMail
            {
                Key = file,
                Carrier = carrier,
                File = file,
                Organization = provenance.Organization,
                Window = provenance.Window,
                Direction =
                    inner.Count > 0
                        ? MailDirection.Provision
                        : stated?.Direction ?? Estates.DirectionOf(facts, Estates.Of(provenance.Member)),
                Channel =
                    stated?.Channel is "mail" or "form" ? stated.Channel
                    : facts.Form is null ? "mail"
                    : "form",
                ReceivedAt = time,
                TimeSource = source,
                Stated = stated,
                Facts = facts,
                Findings = [.. facts.Findings, .. extra],
                Reported = reported,
            }
        );
        foreach (var (mail, innerFile) in inner)
        {
            Add(mail, innerFile, file, provenance, [], entries);
        }
    }

    private static (DateTimeOffset? At, string? Source) Time(MailFacts facts, ManifestLine? stated)
    {
        if (stated?.ReceivedAt is { } manifest)
        {
            return (manifest, "manifest");
        }

        return facts.ReceivedAt is { } received ? (received, "received")
            : facts.SentAt is { } sent ? (sent, "date")
            : (null, null);
    }
}

/// <summary>Keys are unique in a run: where several paths or archive members have the same name, a number is added.</summary>
internal sealed class EntryKeys
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Gives the entries of one piece their keys, carriers and carried mails alike.</summary>
    /// <param name="entries">Entries, keyed by their file; each piece is given once.</param>
    public List<ProvidedMail> Assign(IReadOnlyList<ProvidedMail> entries)
    {
        var result = new List<ProvidedMail>(entries.Count);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var reported = new List<(int At, ProvidedMail Entry)>();
        foreach (var entry in entries)
        {
            var key = entry.Key;
            for (var times = 2; !_used.Add(key); times++)
            {
                key = $"{entry.Key}#{times}";
            }

            names[entry.Key] = key;
            if (entry.Reported.Count > 0)
            {
                reported.Add((result.Count, entry));
            }

            // A carrier stands before what it carries, so its new key is known.
            result.Add(entry with { Key = key, Carrier = entry.Carrier is { } carrier ? names[carrier] : null });
            Rename(reported, result, names, entry.Key);
        }

        return result;
    }

    private static void Rename(
        List<(int At, ProvidedMail Entry)> reported,
        List<ProvidedMail> result,
        Dictionary<string, string> names,
        string latest
    )
    {
        if (names[latest] == latest)
        {
            return;
        }

        // The nearest carrier before the mail is its own, also where a name occurs twice in one piece.
        for (var i = reported.Count - 1; i >= 0; i--)
        {
            if (reported[i].Entry.Reported.Values.Contains(latest, StringComparer.Ordinal))
            {
                var at = reported[i].At;
                result[at] = result[at] with
                {
                    Reported = result[at].Reported.ToDictionary(one => one.Key, one => one.Value == latest ? names[latest] : one.Value),
                };
                return;
            }
        }
    }
}
