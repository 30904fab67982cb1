using System.Text.Json;
using Noroshi.Hub.Search;

namespace Noroshi.Server.Search;

/// <summary>Gathers what of a MAIL object is searched. Fields that are missing say nothing; how deep and how much is bounded.</summary>
internal sealed class MailTexts
{
    private const int MostTexts = 5_000;
    private const int DeepestFile = 16;
    private readonly List<SearchText> _all = [];

    /// <summary>The texts.</summary>
    public IReadOnlyList<SearchText> All => _all;

    /// <summary>Adds a text, if there is one.</summary>
    public void Add(SearchField field, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text) && _all.Count < MostTexts)
        {
            _all.Add(new SearchText(field, text));
        }
    }

    /// <summary>Adds a mail with its files.</summary>
    public void AddMail(JsonElement mail)
    {
        Add(SearchField.Subject, TextOf(mail, "subject"));
        Add(SearchField.Body, TextOf(mail, "text"));
        Add(SearchField.File, TextOf(mail, "file"));
        Add(SearchField.Hash, TextOf(mail, "id").Replace("sha256:", "", StringComparison.Ordinal));
        AddPeople(mail);
        AddHeaders(mail);
        AddForm(mail);
        AddUrls(mail);
        if (mail.TryGetProperty("indicators", out var found) && found.ValueKind == JsonValueKind.Object)
        {
            AddEach(SearchField.Host, found, "domains");
            AddEach(SearchField.Ip, found, "ips");
            AddEach(SearchField.Hash, found, "hashes");
        }

        foreach (var file in ItemsOf(mail, "attachments"))
        {
            AddFile(file, 0);
        }
    }

    /// <summary>A text of an object; empty when there is none.</summary>
    public static string TextOf(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    /// <summary>Name and address of a person.</summary>
    public static string AddressOf(JsonElement from, string name) =>
        from.TryGetProperty(name, out var person) && person.ValueKind == JsonValueKind.Object ? Person(person) : "";

    /// <summary>Names of the outer files.</summary>
    public static IReadOnlyList<string> NamesOf(JsonElement mail, int most) =>
        [.. ItemsOf(mail, "attachments").Take(most).Select(file => TextOf(file, "displayedName"))];

    private static string Person(JsonElement person) => $"{TextOf(person, "name")} <{TextOf(person, "address")}>".TrimStart();

    private static IEnumerable<JsonElement> ItemsOf(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : [];

    private void AddPeople(JsonElement mail)
    {
        Add(SearchField.From, AddressOf(mail, "from"));
        foreach (var person in ItemsOf(mail, "replyTo"))
        {
            Add(SearchField.From, Person(person));
        }

        foreach (var person in ItemsOf(mail, "to").Concat(ItemsOf(mail, "cc")))
        {
            Add(SearchField.To, Person(person));
        }
    }

    private void AddHeaders(JsonElement mail)
    {
        Add(SearchField.Header, TextOf(mail, "messageId"));
        Add(SearchField.Header, TextOf(mail, "inReplyTo"));
        AddEach(SearchField.Header, mail, "references");
        Add(SearchField.Header, TextOf(mail, "sendingService"));
        foreach (var hop in ItemsOf(mail, "hops"))
        {
            Add(SearchField.Header, TextOf(hop, "by"));
            Add(SearchField.Host, TextOf(hop, "from"));
            Add(SearchField.Host, TextOf(hop, "helo"));
            Add(SearchField.Ip, TextOf(hop, "ip"));
        }

        if (mail.TryGetProperty("origin", out var origin))
        {
            Add(SearchField.Ip, TextOf(origin, "ip"));
            Add(SearchField.Host, TextOf(origin, "host"));
        }

        if (mail.TryGetProperty("composition", out var composition))
        {
            Add(SearchField.Header, TextOf(composition, "mailer"));
            Add(SearchField.Ip, TextOf(composition, "clientIp"));
        }
    }

    private void AddForm(JsonElement mail)
    {
        if (mail.TryGetProperty("form", out var form))
        {
            Add(SearchField.From, $"{TextOf(form, "name")} {TextOf(form, "address")}");
            Add(SearchField.Subject, TextOf(form, "subject"));
        }
    }

    private void AddUrls(JsonElement of)
    {
        foreach (var url in ItemsOf(of, "urls").Where(url => url.ValueKind == JsonValueKind.String))
        {
            var text = url.GetString() ?? "";
            Add(SearchField.Url, text);
            if (Uri.TryCreate(text, UriKind.Absolute, out var uri))
            {
                Add(uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? SearchField.Ip : SearchField.Host, uri.IdnHost);
            }
        }
    }

    private void AddFile(JsonElement file, int depth)
    {
        if (depth > DeepestFile || _all.Count >= MostTexts)
        {
            return;
        }

        Add(SearchField.File, TextOf(file, "name"));
        Add(SearchField.File, TextOf(file, "displayedName"));
        Add(SearchField.File, TextOf(file, "comment"));
        Add(SearchField.Hash, TextOf(file, "sha256"));
        Add(SearchField.Hash, TextOf(file, "sha1"));
        Add(SearchField.Hash, TextOf(file, "md5"));
        AddUrls(file);
        foreach (var trait in ItemsOf(file, "traitDetails"))
        {
            Add(SearchField.File, TextOf(trait, "value"));
        }

        if (file.TryGetProperty("mail", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            Add(SearchField.Subject, TextOf(inner, "subject"));
            Add(SearchField.Body, TextOf(inner, "text"));
            AddPeople(inner);
            AddHeaders(inner);
            AddUrls(inner);
        }

        foreach (var child in ItemsOf(file, "children"))
        {
            AddFile(child, depth + 1);
        }
    }

    private void AddEach(SearchField field, JsonElement from, string name)
    {
        foreach (var item in ItemsOf(from, name).Where(item => item.ValueKind == JsonValueKind.String))
        {
            Add(field, item.GetString());
        }
    }
}
