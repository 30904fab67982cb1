using System.Globalization;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Misp;

/// <summary>
/// The attacker's mails and files as objects. They tell how things hang together; what machines look for are the indicators, so none of these
/// attributes is for machines.
/// </summary>
internal sealed class MispMails(SanitisedItem item)
{
    private const string Delivery = "Payload delivery";
    private const int MostFiles = 1_000;

    private readonly List<MispObject> _files = [];

    /// <summary>The objects: a mail, then its files, in the order of the item.</summary>
    public IReadOnlyList<MispObject> All()
    {
        var objects = new List<MispObject>();
        var shownBy = item
            .Indicators.SelectMany(one => one.Mails.Select(label => (Label: label, one.Id)))
            .ToLookup(pair => pair.Label, pair => pair.Id, StringComparer.Ordinal);
        foreach (var mail in item.Mails)
        {
            _files.Clear();
            var roots = mail.Files.Select((file, at) => AddFile(file, $"{mail.Label}/{at}")).OfType<Guid>().ToList();
            var attributes = new Parts(item.Id, $"mail/{mail.Label}");
            AddHead(attributes, mail);
            AddWay(attributes, mail);
            if (attributes.List.Count > 0)
            {
                objects.Add(
                    new MispObject
                    {
                        Id = IdOf(mail.Label),
                        Template = MispTemplate.Email,
                        Attributes = attributes.List,
                        References = [.. References(mail, roots, [.. shownBy[mail.Label]])],
                        Comment = CommentOf(mail),
                        FirstSeen = mail.At,
                    }
                );
            }

            objects.AddRange(_files);
        }

        return objects;
    }

    /// <summary>Id of the object of a mail.</summary>
    public Guid IdOf(string label) => MispIds.Of(item.Id, "mail", label);

    private IEnumerable<MispReference> References(SanitisedMail mail, IReadOnlyList<Guid> files, IReadOnlyList<Guid> indicators)
    {
        var (id, n) = (IdOf(mail.Label), 0);
        MispReference To(Guid target, string relation) =>
            new(MispIds.Of(item.Id, "reference", string.Create(CultureInfo.InvariantCulture, $"{id:N}/{n++}")), target, relation);

        foreach (var file in files)
        {
            yield return To(file, "contains");
        }

        foreach (var answered in mail.Answers.Where(label => item.Mails.Any(one => one.Label == label)))
        {
            yield return To(IdOf(answered), "related-to");
        }

        foreach (var indicator in indicators.Distinct())
        {
            yield return To(indicator, "related-to");
        }
    }

    private static void AddHead(Parts to, SanitisedMail mail)
    {
        to.Add("from", "email-src", Delivery, mail.From?.Address);
        to.Add("from-display-name", "email-src-display-name", Delivery, mail.From?.Name);
        to.Add("reply-to", "email-reply-to", Delivery, mail.ReplyTo?.Address);
        to.Add("reply-to-display-name", "email-dst-display-name", Delivery, mail.ReplyTo?.Name);
        to.Add("subject", "email-subject", Delivery, mail.Subject);
        to.Add("message-id", "email-message-id", Delivery, mail.MessageId, quiet: true);
        to.Add("x-mailer", "email-x-mailer", Delivery, mail.Mailer, quiet: true);
        foreach (var file in mail.Files.Take(MostFiles))
        {
            to.Add("attachment", "email-attachment", Delivery, file.Name);
        }
    }

    private static void AddWay(Parts to, SanitisedMail mail)
    {
        to.Add("ip-src", "ip-src", Delivery, mail.ClientIp);
        foreach (var hop in mail.Hops.Take(100))
        {
            to.Add("received-header-ip", "ip-src", Delivery, hop.Ip);
            to.Add("received-header-hostname", "hostname", Delivery, hop.From);
        }
    }

    private static string CommentOf(SanitisedMail mail)
    {
        var parts = new List<string> { mail.Label };
        if (mail.At is not null)
        {
            parts.Add(
                mail.Precision switch
                {
                    TimePrecision.Minute => "時刻は分単位 / time to the minute",
                    TimePrecision.Hour => "時刻は時間単位 / time to the hour",
                    TimePrecision.Day => "日付のみ / day only",
                }
            );
        }

        parts.AddRange(mail.Authentication.Take(20).Select(one => $"{one.Method}={one.Result}"));
        if (mail.OriginCountry is { } country)
        {
            parts.Add($"送信元の国 / sent from {country}");
        }

        if (mail.SendingService is { } service)
        {
            parts.Add(service);
        }

        parts.AddRange(mail.Findings.Take(50));
        return PlainText.Line(string.Join("; ", parts), 2_000);
    }

    private Guid? AddFile(SanitisedFile file, string place)
    {
        if (_files.Count >= MostFiles)
        {
            return null;
        }

        var attributes = new Parts(item.Id, $"file/{place}");
        attributes.Add("filename", "filename", Delivery, file.Name, quiet: true);
        attributes.Add("size-in-bytes", "size-in-bytes", "Other", file.Size.ToString(CultureInfo.InvariantCulture), quiet: true);
        attributes.Add("sha256", "sha256", Delivery, file.Sha256);
        attributes.Add("sha1", "sha1", Delivery, file.Sha1);
        attributes.Add("md5", "md5", Delivery, file.Md5);
        attributes.Add("text", "text", "Other", FileFacts.Of(file), quiet: true);
        var id = MispIds.Of(item.Id, "file", place);
        var at = _files.Count;
        var made = new MispObject
        {
            Id = id,
            Template = MispTemplate.File,
            Attributes = attributes.List,
        };
        _files.Add(made);
        var children = file.Children.Select((child, n) => AddFile(child, $"{place}/{n}")).OfType<Guid>().ToList();
        _files[at] = made with
        {
            References =
            [
                .. children.Select(child => new MispReference(MispIds.Of(item.Id, "reference", $"{id:N}/{child:N}"), child, "contains")),
            ],
        };
        return id;
    }

    /// <summary>Attributes of one object; each has its id from its name and place.</summary>
    private sealed class Parts(Guid item, string place)
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public List<MispAttribute> List { get; } = [];

        public void Add(string relation, string type, string category, string? value, bool quiet = false)
        {
            var clean = PlainText.Line(value ?? "", MispAttribute.Longest).Trim();
            if (clean.Length == 0)
            {
                return;
            }

            _counts[relation] = _counts.GetValueOrDefault(relation) + 1;
            List.Add(
                new MispAttribute
                {
                    Id = MispIds.Of(
                        item,
                        "attribute",
                        string.Create(CultureInfo.InvariantCulture, $"{place}/{relation}/{_counts[relation]}")
                    ),
                    Type = type,
                    Category = category,
                    Value = clean,
                    Relation = relation,
                    NoCorrelation = quiet,
                }
            );
        }
    }
}
