using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// What is read of a mail by itself, read once: when one mail comes to an organisation of thousands, the others need not be read again.
/// What one pass does not ask for is forgotten with the next. For one thread at a time.
/// </summary>
internal sealed class MailReadings
{
    private const int LongestSignature = 2_000;
    private const int MostPhones = 3;

    private Dictionary<ProvidedMail, Reading> _readings = new(ReferenceEqualityComparer.Instance);
    private Dictionary<ProvidedMail, Reading> _before = new(ReferenceEqualityComparer.Instance);

    /// <summary>The exchanges of the last pass.</summary>
    public KnownDrafts Drafts { get; } = new();

    private sealed class Reading
    {
        public ProvidedMail? Settled { get; set; }

        public ThreadedMail? Threaded { get; set; }

        public ExchangeEntry? Entry { get; set; }

        public uint[]? Prints { get; set; }

        public IReadOnlyList<string>? Phones { get; set; }
    }

    /// <summary>Begins a pass over the mails.</summary>
    public void Begin() => (_before, _readings) = (_readings, new(ReferenceEqualityComparer.Instance));

    /// <summary>The mail with its direction; the same object as before when it is the same direction.</summary>
    public ProvidedMail Settled(ProvidedMail mail, OwnEstate estate, OwnEstate hub)
    {
        var settled = Directions.Settled(mail, estate, hub);
        if (ReferenceEquals(settled, mail))
        {
            return mail;
        }

        var reading = Of(mail);
        return reading.Settled = reading.Settled is { } known && known.Direction == settled.Direction ? known : settled;
    }

    /// <summary>What threading asks of the mail.</summary>
    public ThreadedMail Threaded(ProvidedMail mail)
    {
        var reading = Of(mail);
        return reading.Threaded ??= new ThreadedMail(mail);
    }

    /// <summary>The mail as a message of an exchange.</summary>
    public ExchangeEntry Entry(ProvidedMail mail)
    {
        var reading = Of(mail);
        return reading.Entry ??= ExchangeEntry.Of(mail);
    }

    /// <summary>Prints of what stands in the mail itself, for finding what quotes it.</summary>
    public IReadOnlyCollection<uint> Prints(ProvidedMail mail)
    {
        var reading = Of(mail);
        return reading.Prints ??= TextIndex.HashesOf(Ghosts.OwnText(mail));
    }

    /// <summary>Telephone numbers of the signature.</summary>
    public IReadOnlyList<string> Phones(ProvidedMail mail)
    {
        var reading = Of(mail);
        if (reading.Phones is null)
        {
            var signature = mail.Facts.Body.Of(BlockKind.Signature);
            reading.Phones =
            [
                .. PhoneNumbers.In(signature.Length <= LongestSignature ? signature : signature[..LongestSignature]).Take(MostPhones),
            ];
        }

        return reading.Phones;
    }

    private Reading Of(ProvidedMail mail)
    {
        if (!_readings.TryGetValue(mail, out var reading))
        {
            _readings[mail] = reading = _before.GetValueOrDefault(mail) ?? new Reading();
        }

        return reading;
    }
}
