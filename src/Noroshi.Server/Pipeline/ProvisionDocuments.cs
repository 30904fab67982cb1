using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Intake.Given;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.Server.Analysis;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Pipeline;

/// <summary>
/// Makes the documents of a provision. A mail's key says where in the provision it stands, so every later analysis gives the same mail the
/// same key and no other mail ever gets it; what is found no more gets an empty document.
/// </summary>
internal sealed class ProvisionDocuments
{
    private readonly OpenProvision _provision;
    private readonly Community _community;
    private readonly FreshMails _fresh;
    private readonly Dictionary<string, MailDocument?> _old = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly List<NewDocument> _documents = [];
    private bool _replacesAll;

    /// <summary>Documents of a provision.</summary>
    /// <param name="provision">The provision.</param>
    /// <param name="community">The organisations.</param>
    /// <param name="fresh">Takes what is written, for the steps that read it next.</param>
    /// <param name="old">Entries of kind <see cref="DocumentKinds.Mail"/> so far, by position.</param>
    public ProvisionDocuments(OpenProvision provision, Community community, FreshMails fresh, IReadOnlyList<LogEntry> old)
    {
        (_provision, _community, _fresh) = (provision, community, fresh);
        foreach (var entry in old)
        {
            if (entry.Body is { IsEmpty: true })
            {
                _old.Remove(entry.Subject);
            }
            else
            {
                _old[entry.Subject] = MailDocument.Read(entry);
            }
        }
    }

    /// <summary>What the provision states without mails.</summary>
    public void AddStated()
    {
        if (_provision.Header.Stated.Count > 0)
        {
            var held = _provision.Header.Quarantine is not null;
            Add(DocumentKinds.Stated, Number, new StatedDocument(held, _provision.Header.Stated).ToJson());
        }
    }

    /// <summary>Everything that the provision holds, in place of what earlier analyses found.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="unreadable">
    /// Items whose bytes are not there any more, because their term is over or their file is damaged. What was found in them earlier stays: it
    /// has a term of its own.
    /// </param>
    public void AddAll(IReadOnlyList<FoundPiece> found, IReadOnlyList<int> unreadable)
    {
        _replacesAll = true;
        foreach (var item in unreadable)
        {
            _written.UnionWith(_old.Keys.Where(key => MailKey.IsOf(_provision, item, key)));
        }

        foreach (var item in found.GroupBy(piece => piece.Item))
        {
            var names = new EntryKeys();
            foreach (var piece in item)
            {
                AddMails(item.Key, names.Assign(Given(piece.Entries.Mails)), onlyOpened: false);
            }

            AddFindings(item.Key, [.. item.SelectMany(piece => piece.Entries.Others)]);
        }
    }

    /// <summary>Mails of which more is open than before, and those that came to light with that.</summary>
    public void AddOpened(IReadOnlyList<FoundPiece> found)
    {
        foreach (var piece in found)
        {
            AddMails(piece.Item, new EntryKeys().Assign(Given(piece.Entries.Mails)), onlyOpened: true);
        }
    }

    /// <summary>The documents.</summary>
    public IReadOnlyList<NewDocument> Done()
    {
        if (_replacesAll)
        {
            foreach (var gone in _old.Keys.Where(key => !_written.Contains(key)).Order(StringComparer.Ordinal))
            {
                Add(DocumentKinds.Mail, gone, []);
                Add(DocumentKinds.Anatomy, gone, []);
            }
        }

        return _documents;
    }

    private string Number => ReceiptCode.Of(_provision.Stored.Id);

    /// <summary>A letter to the hub carries the mail that it is about; what came by another way is that mail itself.</summary>
    private IReadOnlyList<ProvidedMail> Given(IReadOnlyList<ProvidedMail> mails) =>
        _provision.Header is { Way: GivingWay.Smtp, Organization: var organization, Envelope: var envelope }
            ? GivenMails.Of(
                mails,
                Estates.Of(_community.Find(organization)),
                new OwnEstate(
                    [],
                    [],
                    [.. _community.Current.Hub?.MailHosts ?? [], .. envelope?.Domain is { } domain ? [domain] : Array.Empty<string>()]
                )
            )
            : mails;

    private void AddMails(int item, IReadOnlyList<ProvidedMail> mails, bool onlyOpened)
    {
        // Names within the item become keys; carriers and what they carry name each other by them.
        var keyOf = mails.ToDictionary(mail => mail.Key, mail => MailKey.Of(_provision, item, mail.Key), StringComparer.Ordinal);
        foreach (var mail in mails)
        {
            var key = keyOf[mail.Key];
            if (onlyOpened && _old.GetValueOrDefault(key) is { } old && SecondMails.Opened(mail) <= SecondMails.Opened(old.Mail))
            {
                continue;
            }

            var named = AgreedPasswords.Without(
                mail with
                {
                    Key = key,
                    Carrier = mail.Carrier is { } carrier ? keyOf[carrier] : null,
                    Reported = mail.Reported.ToDictionary(one => one.Key, one => keyOf[one.Value]),
                }
            );
            Write(named, item);
        }
    }

    private void Write(ProvidedMail mail, int item)
    {
        var known = KnownMail.Of(mail, _community.Find(mail.Organization));
        var held = _provision.Header.Quarantine is not null;
        _written.Add(mail.Key);
        var document = MailDocument.Of(known, item, held);
        var body = document.ToJson();
        _fresh.Put(_provision.Stored.Id, body, document);
        Add(DocumentKinds.Mail, mail.Key, body);
        var output = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(output, ContractJson.Options))
        {
            ContractJson.WriteMail(json, mail);
        }

        Add(DocumentKinds.Anatomy, mail.Key, output.WrittenSpan.ToArray());
    }

    private void AddFindings(int item, IReadOnlyList<OtherFile> others)
    {
        var number = 0;
        foreach (var other in others)
        {
            var findings = EntryFindings.Of(other.Facts).ToList();
            if (FoundPiece.IsLockedFile(other.Facts))
            {
                findings.Add(FindingCodes.Run.LockedMail.At(other.File));
            }
            else if (!other.OfMails)
            {
                findings.Add(FindingCodes.Run.NoMail.At(other.File));
            }

            if (findings.Count > 0)
            {
                number++;
                var subject = string.Create(CultureInfo.InvariantCulture, $"{Number}:{item + 1}.{number}");
                Add(DocumentKinds.Finding, subject, new FindingDocument(item, other.File, findings).ToJson());
            }
        }
    }

    private void Add(string kind, string subject, byte[] body) =>
        _documents.Add(new NewDocument(_provision.Stored.Id, kind, RetentionClass.PersonalData, body, subject));
}

/// <summary>Keys of mails: number of the provision, dash, number of the item, and where in the item the mail stands.</summary>
internal static class MailKey
{
    /// <summary>The key of a mail.</summary>
    /// <param name="provision">Its provision.</param>
    /// <param name="item">Place of the item, from 0.</param>
    /// <param name="name">Unique name within the item: <c>a.eml</c>, <c>box.mbox!17</c>, <c>fwd.eml!1</c>, <c>a.zip!dir/x.eml</c>.</param>
    public static string Of(OpenProvision provision, int item, string name)
    {
        var start = StartOf(provision, item);
        var itself = item < provision.Header.Items.Count ? provision.Header.Items[item].Name : OpenProvision.NameOf(item);
        if (name == itself)
        {
            return start;
        }

        var within = name.StartsWith(itself, StringComparison.Ordinal) ? name[itself.Length..] : name;
        return IsNumbers(within) ? start + within.Replace('!', '.') : $"{start}.x{HashOf(name)}";
    }

    /// <summary>Whether a key is that of a mail in an item.</summary>
    public static bool IsOf(OpenProvision provision, int item, string key)
    {
        var start = StartOf(provision, item);
        return key == start || key.StartsWith($"{start}.", StringComparison.Ordinal);
    }

    private static string StartOf(OpenProvision provision, int item) =>
        string.Create(CultureInfo.InvariantCulture, $"{ReceiptCode.Of(provision.Stored.Id)}-{item + 1}");

    /// <summary>Numbers behind exclamation marks, few and short: they stand for themselves.</summary>
    private static bool IsNumbers(string within) =>
        within is ['!', _, ..] and { Length: <= 40 }
        && within[1..].Split('!').All(part => part.Length is > 0 and < 10 && part.All(char.IsAsciiDigit));

    /// <summary>Names of members are their makers' words and may not stand in the open: 64 bits of their hash do.</summary>
    private static string HashOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
}
