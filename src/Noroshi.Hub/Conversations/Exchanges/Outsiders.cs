using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Conversations;

/// <summary>Somebody outside, as a mail names him.</summary>
/// <param name="Address">Address, lower case.</param>
/// <param name="Name">Display name; empty when there is none.</param>
internal sealed record Outsider(string Address, string Name);

/// <summary>Who the other side of a mail is.</summary>
internal static class Outsiders
{
    /// <summary>Recipients of an answer that are looked at.</summary>
    private const int MostRecipients = 50;

    /// <summary>The outsiders of a mail, the likeliest first: who wrote it when it came in, to whom it went when it went out.</summary>
    public static IReadOnlyList<Outsider> Of(ProvidedMail mail, OwnEstate estate)
    {
        var facts = mail.Facts;
        return mail.Direction switch
        {
            MailDirection.Inbound or null => WriterOf(facts, estate) is { } writer ? [writer] : [],
            MailDirection.Outbound =>
            [
                .. facts
                    .To.Concat(facts.Cc)
                    .Concat(facts.Bcc)
                    .Take(MostRecipients)
                    .Where(one => !estate.Holds(one.Address))
                    .Select(Of)
                    .OfType<Outsider>(),
            ],
            MailDirection.Internal or MailDirection.Provision => [],
        };
    }

    private static Outsider? WriterOf(MailFacts mail, OwnEstate estate) =>
        Of(
            Writer.OfForm(mail, estate)
                ?? Writer.BehindList(mail, estate)
                ?? mail.From
                ?? mail.Sender
                ?? (mail.ReplyTo.Count > 0 ? mail.ReplyTo[0] : null)
        ) ?? Of(new MailAddress("", mail.ReturnPath ?? ""));

    private static Outsider? Of(MailAddress? mailbox) =>
        mailbox is { Address: var address } && address.Trim() is { Length: > 0 } bare
            ? new Outsider(bare.ToLowerInvariant(), mailbox.Name == address ? "" : mailbox.Name)
            : null;
}
