using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Intake.Given;

/// <summary>
/// Understands what a provision's mails hold: a letter to the hub that carries the mail it is about (attached, in an archive, or in its text),
/// a copy of the window's own answer to somebody outside (the hub stands in the envelope only), or the mail itself, passed on as it came.
/// </summary>
public static class GivenMails
{
    /// <summary>Mails taken out of archives of one letter.</summary>
    private const int MostOfArchives = 1_000;

    private const int Deepest = 4;

    /// <summary>
    /// The entries with what they carry, each carrier before what it carries. A mail that was forwarded as text gets an entry of its own whose
    /// key is the carrier's with <c>!inline</c>.
    /// </summary>
    /// <param name="entries">Entries of one piece, as taken apart.</param>
    /// <param name="giver">What the giver's organisation calls its own; unknown is allowed.</param>
    /// <param name="hub">Where the hub takes mail.</param>
    public static IReadOnlyList<ProvidedMail> Of(IReadOnlyList<ProvidedMail> entries, OwnEstate giver, OwnEstate hub)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(giver);
        ArgumentNullException.ThrowIfNull(hub);
        var result = new List<ProvidedMail>(entries.Count);
        foreach (var entry in entries)
        {
            var sides = new Sides(giver.Domains.Count > 0 ? giver : OfSender(entry.Facts), hub);
            result.AddRange(Read(entry, sides).Select(WithNotice));
        }

        return result;
    }

    private static List<ProvidedMail> Read(ProvidedMail entry, Sides sides)
    {
        if (
            entry.Stated?.Direction is not null
            || entry.Facts.Shape is MailShape.Report or MailShape.Digest
            || (entry.Reported.Count == 0 && !IsLetter(entry.Facts, sides))
        )
        {
            return [entry];
        }

        var carried = new Dictionary<int, string>(entry.Reported);
        var inside = Attached(entry, sides, carried);
        var locked = entry.Facts.Attachments.Any(file => LockedIn(file, 0));
        if (inside.Count == 0 && entry.Reported.Count == 0 && InlineForwards.Of(entry.Facts, sides) is { } inline)
        {
            var key = $"{entry.File}!inline";
            inside.Add(Reported(entry, key, inline.Facts) with { Direction = inline.Direction, TimeSource = QuoteTime(inline.Facts) });

            // What was attached to the forwarded mail is attached to the forwarding one.
            for (var i = 0; i < entry.Facts.Attachments.Count; i++)
            {
                carried[i] = key;
            }
        }

        var empty = inside.Count == 0 && entry.Reported.Count == 0;
        if (empty && !locked && entry.Carrier is not null)
        {
            return [entry];
        }

        List<Finding> told =
        [
            .. locked ? [FindingCodes.Intake.LockedMails.At("")] : Array.Empty<Finding>(),
            .. empty && entry.Facts.Attachments.Count == 0 ? [FindingCodes.Intake.NothingForwarded.At("")] : Array.Empty<Finding>(),
        ];
        return [entry with { Direction = MailDirection.Provision, Reported = carried, Findings = [.. entry.Findings, .. told] }, .. inside];
    }

    /// <summary>
    /// A letter to the hub: from the giver's side to nobody outside, or to the hub alone. Whoever writes to others outside hands in a copy of
    /// what he wrote; what others wrote to him is the mail itself.
    /// </summary>
    private static bool IsLetter(MailFacts mail, Sides sides)
    {
        var recipients = mail.To.Concat(mail.Cc).ToList();
        var ours = sides.Giver.Holds(mail.From?.Address) || sides.Giver.Holds(mail.Sender?.Address);
        var toHub = recipients.Count > 0 && recipients.TrueForAll(one => sides.Hub.Holds(one.Address));
        return toHub || (ours && recipients.TrueForAll(one => sides.IsOurs(one.Address)) && !IsFromOutside(mail, sides));
    }

    /// <summary>A web form's notice and a list's post bear an own address, but somebody outside wrote them.</summary>
    private static bool IsFromOutside(MailFacts mail, Sides sides) =>
        Writer.OfForm(mail, sides.Giver) is not null || Writer.BehindList(mail, sides.Giver) is not null;

    /// <summary>Mails attached, also without a word that says "forward", and those in attached archives.</summary>
    private static List<ProvidedMail> Attached(ProvidedMail entry, Sides sides, Dictionary<int, string> carried)
    {
        var found = new List<ProvidedMail>();
        var number = carried.Count;
        for (var i = 0; i < entry.Facts.Attachments.Count; i++)
        {
            var file = entry.Facts.Attachments[i];
            if (carried.ContainsKey(i))
            {
                continue;
            }

            if (IsMail(file))
            {
                number++;
                carried[i] = $"{entry.File}!{number}";
                found.AddRange(Taken(entry, file, carried[i], sides));
            }
            else
            {
                // The archive stays the letter's file: a password that comes later is tried on the letter.
                found.AddRange(
                    InArchive(file, file.Name, 0)
                        .Take(MostOfArchives)
                        .SelectMany(one => Taken(entry, one.Mail, $"{entry.File}!{one.Name}", sides))
                );
            }
        }

        return found;
    }

    private static List<ProvidedMail> Taken(ProvidedMail carrier, FileFacts file, string key, Sides sides)
    {
        var facts = file.Mail ?? Unread(file);
        return Read(Reported(carrier, key, facts) with { Direction = Estates.DirectionOf(facts, sides.Giver) }, sides);
    }

    private static IEnumerable<(FileFacts Mail, string Name)> InArchive(FileFacts archive, string name, int depth)
    {
        if (archive.Type is not (FileType.Archive or FileType.DiskImage) || depth >= Deepest)
        {
            yield break;
        }

        foreach (var child in archive.Children)
        {
            if (IsMail(child))
            {
                yield return (child, $"{name}!{child.Name}");
            }
            else
            {
                foreach (var one in InArchive(child, $"{name}!{child.Name}", depth + 1))
                {
                    yield return one;
                }
            }
        }
    }

    private static bool IsMail(FileFacts file) => file is { Type: FileType.Mail, Format: "eml" or "msg" };

    /// <summary>A mail, going by its name, that stays shut: only the name can say what a locked file is.</summary>
    private static bool LockedIn(FileFacts file, int depth) =>
        (
            file.Type == FileType.EncryptedUnopened
            && (
                file.Name.EndsWith(".eml", StringComparison.OrdinalIgnoreCase)
                || file.Name.EndsWith(".msg", StringComparison.OrdinalIgnoreCase)
            )
        )
        || (
            depth < Deepest && file.Type is FileType.Archive or FileType.DiskImage && file.Children.Any(child => LockedIn(child, depth + 1))
        );

    private static MailFacts Unread(FileFacts file) =>
        new()
        {
            Sha256 = file.Sha256 ?? "",
            Size = file.Size ?? 0,
            Findings = file.Findings,
            Attachments = file.Children,
        };

    private static ProvidedMail Reported(ProvidedMail carrier, string key, MailFacts facts) =>
        new()
        {
            Key = key,
            Carrier = carrier.Key,
            File = key,
            Organization = carrier.Organization,
            Window = carrier.Window,
            Channel = facts.Form is null ? "mail" : "form",
            ReceivedAt = facts.ReceivedAt ?? facts.SentAt,
            TimeSource =
                facts.ReceivedAt is not null ? "received"
                : facts.SentAt is not null ? "date"
                : null,
            Facts = facts,
            Findings = facts.Findings,
        };

    private static string? QuoteTime(MailFacts facts) => facts.SentAt is null ? null : "quote";

    private static ProvidedMail WithNotice(ProvidedMail mail) =>
        GatewayNotices.In(mail.Facts with { Attachments = [.. mail.Facts.Attachments.Where((_, i) => !mail.Reported.ContainsKey(i))] })
            is { } kind
            ? mail with
            {
                Findings = [.. mail.Findings, FindingCodes.Intake.AttachmentRemoved.At(kind)],
            }
            : mail;

    /// <summary>Of an organisation that nothing is known of, what its sender shows: the domain, of a free-mail user only the address.</summary>
    private static OwnEstate OfSender(MailFacts mail)
    {
        var domain = Directions.DomainOf(mail.From?.Address);
        return domain is null || FreeMail.Classify(domain) != MailServiceClass.None ? OwnEstate.Unknown : new OwnEstate([], [], [domain]);
    }
}
