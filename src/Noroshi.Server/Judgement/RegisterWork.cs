using System.Security.Cryptography;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>Contacts, disclosures and destinations: what is only written down, never changed behind anybody's back.</summary>
internal sealed class RegisterWork(
    Register<ContactNote> contacts,
    Register<Disclosure> disclosures,
    Register<Destination> destinations,
    HubRecords records,
    TimeProvider time
)
{
    private static readonly string[] Ways = ["phone", "meeting", "letter", "other"];
    private const int LongestText = 10_000;

    /// <summary>Writes a contact down.</summary>
    public async Task<string> NoteAsync(Actor by, ContactOrder order)
    {
        ProblemException.ThrowIf(
            !Ways.Contains(order.How, StringComparer.Ordinal),
            $"how は {string.Join(", ", Ways)} のいずれかです。",
            $"'how' is one of {string.Join(", ", Ways)}."
        );
        ProblemException.ThrowIf(
            string.IsNullOrWhiteSpace(order.Text) || order.Text.Length > LongestText,
            $"メモは1文字から{LongestText}文字までです。",
            $"A note has 1 to {LongestText} characters."
        );
        ProblemException.ThrowIf(
            order.At > time.GetUtcNow().AddMinutes(5),
            "連絡の日時が将来になっています。",
            "A contact cannot lie in the future."
        );
        var id = NewId();
        var note = new ContactNote(order.About, order.How, order.With, order.At, order.Text.Trim(), by.Id);
        await records.ChangeAsync(async () =>
            (
                [contacts.Put(id, note, RetentionClass.PersonalData, await records.AboutAsync(order.About))],
                [new JournalRecord(by.Id, JournalActions.ContactLogged, order.About, id)]
            )
        );
        return id;
    }

    /// <summary>Writes a disclosure down.</summary>
    public async Task<string> DiscloseAsync(Actor by, DisclosureOrder order)
    {
        var disclosure = new Disclosure(
            order.About,
            order.To,
            order.Basis,
            order.What,
            order.ProviderTold,
            order.WhyNotTold,
            time.GetUtcNow(),
            by.Id
        );
        if (disclosure.Problem() is { } problem)
        {
            throw new ProblemException(
                ProblemKind.Unprocessable,
                $"開示は記録していません: {problem.Ja}。",
                $"The disclosure was not written down: {problem.En}."
            );
        }

        var id = NewId();
        await records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.DisclosureMade, order.About, id)],
            disclosures.Put(id, disclosure)
        );
        return id;
    }

    /// <summary>
    /// Sets what is known of a malicious destination (不正接続先). Country, day and source belong together: a country without them cannot be
    /// checked later.
    /// </summary>
    public async Task DestinationAsync(Actor by, string host, Destination destination)
    {
        ProblemException.ThrowIf(
            !string.Equals(host, destination.Host, StringComparison.Ordinal) || host.Length is 0 or > 253,
            "アドレスのホストと本文のホストを同じにしてください(1文字から253文字まで)。",
            "The host in the address is the one in the body, 1 to 253 characters."
        );
        ProblemException.ThrowIf(
            destination.Country is not null && (destination.CountryAsOf is null || string.IsNullOrWhiteSpace(destination.CountrySource)),
            "国には、調べた日(countryAsOf)と出典(countrySource)が必要です。",
            "A country needs the day it was looked up (countryAsOf) and the database (countrySource)."
        );
        ProblemException.ThrowIf(
            destination.Hijacked is not (null or "no" or "suspected" or "confirmed"),
            "hijacked は no、suspected、confirmed のいずれかです。",
            "'hijacked' is no, suspected or confirmed."
        );
        await records.ChangeAsync(
            [
                new JournalRecord(
                    by.Id,
                    JournalActions.DestinationChanged,
                    Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(host)))[..16]
                ),
            ],
            destinations.Put(host, destination)
        );
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
