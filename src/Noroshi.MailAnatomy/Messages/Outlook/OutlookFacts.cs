using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Facts that stand in the properties of an Outlook item where the header block is silent, and where both disagree.</summary>
internal static class OutlookFacts
{
    private const uint ReminderSound = 0x851F;

    /// <summary>Completes the facts of the header block.</summary>
    /// <param name="facts">Facts of the header block.</param>
    /// <param name="item">The item.</param>
    /// <param name="received">The block is the one the item was received with.</param>
    /// <param name="findings">Gets what was noticed.</param>
    public static MailFacts Complete(MailFacts facts, OutlookItem item, bool received, List<Finding> findings)
    {
        if (received)
        {
            Compare(facts, item, findings);
        }

        Notice(item, findings);
        var properties = item.Properties;
        var from = facts.From ?? item.From;
        return facts with
        {
            ThreadIndex = facts.ThreadIndex ?? Index(item),
            SentAt = facts.SentAt ?? properties.Time(MapiIds.ClientSubmitTime),
            ReceivedAt = facts.ReceivedAt ?? (item.IsOwn || item.IsUnsent ? null : properties.Time(MapiIds.DeliveryTime)),
            From = from,
            Sender = facts.Sender ?? (received ? null : Other(item.Sender, from)),
            ReplyTo = facts.ReplyTo.Count > 0 || received ? facts.ReplyTo : item.ReplyTo(),
            To = facts.To.Count > 0 ? facts.To : item.People(1),
            Cc = facts.Cc.Count > 0 ? facts.Cc : item.People(2),
            Bcc = facts.Bcc.Count > 0 ? facts.Bcc : item.People(3),
            Subject = facts.Subject.Length > 0 ? facts.Subject : item.Subject,
            Traits = OutlookTraits.Of(item),
        };
    }

    /// <summary>What the class of the item adds when body and attachments are known.</summary>
    public static MailFacts Finish(MailFacts facts, OutlookItem item, bool received) =>
        facts with
        {
            Shape = item.IsReport ? MailShape.Report : facts.Shape,
            Automatic = facts.Automatic ?? (item.IsReport ? new AutomaticMail("report", item.Class) : Template(item)),
            // Made of properties the order of headers says nothing about the sender's program.
            Composition = received ? facts.Composition : null,
        };

    private static AutomaticMail? Template(OutlookItem item) =>
        item.Class.StartsWith("IPM.Note.Rules.", StringComparison.OrdinalIgnoreCase) ? new AutomaticMail("auto-reply", item.Class) : null;

    private static ThreadIndex? Index(OutlookItem item) =>
        item.Properties.Bytes(MapiIds.ConversationIndex) is { Length: >= 22 and <= 4_096 } index
            ? ThreadIndexParser.Parse(Convert.ToBase64String(index.Span))
            : null;

    private static MailAddress? Other(MailAddress? sender, MailAddress? from) =>
        sender is null || string.Equals(sender.Address, from?.Address, StringComparison.OrdinalIgnoreCase) ? null : sender;

    private static void Compare(MailFacts facts, OutlookItem item, List<Finding> findings)
    {
        var subject = item.Subject;
        if (facts.Subject.Length > 0 && subject.Length > 0 && !SameText(facts.Subject, subject))
        {
            findings.Add(FindingCodes.Outlook.SubjectDiffers.At($"{Excerpt.Of(facts.Subject)} / {Excerpt.Of(subject)}"));
        }

        if (
            facts.From?.Address is { } header
            && item.From?.Address is { } stored
            && header.Contains('@', StringComparison.Ordinal)
            && stored.Contains('@', StringComparison.Ordinal)
            && !header.Equals(stored, StringComparison.OrdinalIgnoreCase)
        )
        {
            findings.Add(FindingCodes.Outlook.SenderDiffers.At($"{Excerpt.Of(header)} / {Excerpt.Of(stored)}"));
        }
    }

    /// <summary>Equal but for blanks: header and store fold lines each in their own way.</summary>
    private static bool SameText(string first, string second)
    {
        var (a, b) = (0, 0);
        while (true)
        {
            while (a < first.Length && IsBlank(first[a]))
            {
                a++;
            }

            while (b < second.Length && IsBlank(second[b]))
            {
                b++;
            }

            if (a == first.Length || b == second.Length)
            {
                return a == first.Length && b == second.Length;
            }

            if (first[a++] != second[b++])
            {
                return false;
            }
        }
    }

    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || char.IsControl(character);

    private static void Notice(OutlookItem item, List<Finding> findings)
    {
        var kind = item.Class;
        if (!kind.StartsWith("IPM.Note", StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(FindingCodes.Outlook.OtherItem.At(Excerpt.Of(kind)));
        }

        if (item.IsUnsent)
        {
            findings.Add(FindingCodes.Outlook.Unsent.At("PidTagMessageFlags"));
        }

        // CVE-2023-23397: Outlook fetched this sound from the server named, with the credentials of the reader.
        if (
            item.NamedLine(NamedProperties.Common, ReminderSound) is { } sound
            && (sound.StartsWith(@"\\", StringComparison.Ordinal) || sound.StartsWith("//", StringComparison.Ordinal))
        )
        {
            findings.Add(FindingCodes.Outlook.RemoteSound.At(Excerpt.Of(sound)));
        }
    }
}
