using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.Server.Analysis;

/// <summary>Writes MAIL and ATTACHMENT of the contract (schemas noroshi.analysis/1 and noroshi.dissection/1).</summary>
internal static class ContractJson
{
    /// <summary>For files and pipes: Japanese stays readable.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a terminal: the same values, with everything escaped that could move the cursor or the reading order.</summary>
    public static readonly JsonWriterOptions TerminalOptions = new() { Encoder = JavaScriptEncoder.Create(VisibleCharacters()) };

    /// <summary>The options for where standard output goes.</summary>
    public static JsonWriterOptions OptionsFor(bool redirected) => redirected ? Options : TerminalOptions;

    private static TextEncoderSettings VisibleCharacters()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters([
            .. Enumerable
                .Range(0, char.MaxValue + 1)
                .Select(value => (char)value)
                .Where(character =>
                    char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.PrivateUse
                ),
        ]);
        return settings;
    }

    /// <summary>MAIL.</summary>
    public static void WriteMail(Utf8JsonWriter json, ProvidedMail entry)
    {
        var facts = entry.Facts;
        json.WriteStartObject();
        json.WriteString("key", entry.Key);
        json.WriteString("carrier", entry.Carrier);
        json.WriteString("id", facts.Sha256.Length == 0 ? null : $"sha256:{facts.Sha256}");
        json.WriteString("file", entry.File);
        json.WriteString("organization", entry.Organization);
        json.WriteString("window", entry.Window);
        json.WriteString("direction", Word(entry.Direction));
        json.WriteString("channel", entry.Channel);
        json.WriteBoolean("automatic", facts.Automatic is not null);
        WriteIdentity(json, facts);
        WriteTime(json, "sentAt", facts.SentAt);
        WriteTime(json, "receivedAt", entry.ReceivedAt);
        json.WriteString("timeSource", entry.TimeSource);
        WritePeople(json, facts);
        json.WriteString("subject", facts.Subject);
        json.WriteString("text", facts.Body.Text);
        json.WriteBoolean("freeMail", facts.Indicators.SenderService == MailServiceClass.Webmail);
        json.WriteString("sendingService", facts.Composition?.SendingService);
        WriteHops(json, facts);
        WriteStrings(json, "urls", facts.Indicators.Urls.Select(url => url.Value));
        json.WriteStartArray("attachments");
        for (var i = 0; i < facts.Attachments.Count; i++)
        {
            WriteFile(json, facts.Attachments[i], entry.Reported.GetValueOrDefault(i));
        }

        json.WriteEndArray();
        WriteFindings(json, entry.Findings);
        WriteBeyond(json, facts);
        json.WriteEndObject();
    }

    /// <summary>ATTACHMENT.</summary>
    /// <param name="reported">Key of the entry that the attached mail has of its own; its facts stand there.</param>
    public static void WriteFile(Utf8JsonWriter json, FileFacts file, string? reported)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteString("displayedName", file.DisplayedName);
        json.WriteString("path", file.Path);
        json.WriteString("type", Word(file.Type));
        json.WriteString("format", file.Format);
        json.WriteString("formatVersion", file.FormatVersion);
        WriteNumber(json, "size", file.Size);
        json.WriteString("sha256", file.Sha256);
        json.WriteString("sha1", file.Sha1);
        json.WriteString("md5", file.Md5);
        json.WriteBoolean("encrypted", file.Encrypted);
        json.WriteBoolean("headerEncrypted", file.HeaderEncrypted);
        json.WriteString("encryption", file.Encryption);
        WritePassword(json, file.Password);
        json.WriteString("method", file.Method);
        json.WriteString("hostOs", file.HostOs);
        json.WriteString("comment", file.Comment);
        json.WriteString("modifiedAt", file.ModifiedAt);
        WriteOpensIn(json, file);
        WriteStrings(json, "disguises", file.Disguises.Select(Word));
        WriteTraits(json, file.Traits);
        WriteStrings(json, "urls", file.Indicators.Urls.Select(url => url.Value));
        WriteChildren(json, file, reported);
        WriteFindings(json, file.Findings);
        json.WriteEndObject();
    }

    private static void WriteChildren(Utf8JsonWriter json, FileFacts file, string? reported)
    {
        json.WriteString("reportedAs", reported);
        var inner = reported is null ? file.Mail : null;
        json.WriteStartArray("children");
        foreach (var child in file.Children.Concat(inner?.Attachments ?? []))
        {
            WriteFile(json, child, reported: null);
        }

        json.WriteEndArray();
        if (inner is null)
        {
            json.WriteNull("mail");
            return;
        }

        json.WriteStartObject("mail");
        WriteIdentity(json, inner);
        WriteTime(json, "sentAt", inner.SentAt);
        WriteTime(json, "receivedAt", inner.ReceivedAt);
        WritePeople(json, inner);
        json.WriteString("subject", inner.Subject);
        json.WriteString("text", inner.Body.Text);
        WriteHops(json, inner);
        WriteStrings(json, "urls", inner.Indicators.Urls.Select(url => url.Value));
        WriteFindings(json, inner.Findings);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, MailFacts facts)
    {
        json.WriteString("messageId", facts.MessageId);
        json.WriteString("inReplyTo", facts.InReplyTo);
        WriteStrings(json, "references", facts.References);
    }

    private static void WritePeople(Utf8JsonWriter json, MailFacts facts)
    {
        json.WritePropertyName("from");
        WriteAddress(json, facts.From);
        WriteAddresses(json, "replyTo", facts.ReplyTo);
        WriteAddresses(json, "to", facts.To);
        WriteAddresses(json, "cc", facts.Cc);
    }

    private static void WriteHops(Utf8JsonWriter json, MailFacts facts)
    {
        json.WriteStartArray("hops");
        foreach (var hop in facts.Hops)
        {
            json.WriteStartObject();
            json.WriteString("by", hop.By);
            json.WriteString("from", hop.From ?? hop.Helo);
            json.WriteString("helo", hop.Helo);
            json.WriteString("ip", hop.Ip);
            WriteTime(json, "at", hop.At);
            WriteNumber(json, "delaySeconds", hop.DelaySeconds);
            json.WriteString("with", hop.With);
            json.WriteBoolean("trusted", hop.Trusted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (facts.Origin is not { } origin)
        {
            json.WriteNull("origin");
            return;
        }

        json.WriteStartObject("origin");
        json.WriteString("ip", origin.Ip);
        json.WriteNull("country");
        json.WriteNull("countrySource");
        json.WriteString("host", origin.Host);
        json.WriteBoolean("certain", origin.Certain);
        json.WriteEndObject();
    }

    private static void WriteBeyond(Utf8JsonWriter json, MailFacts facts)
    {
        json.WriteString("shape", Word(facts.Shape));
        WriteTraits(json, facts.Traits);
        json.WriteString("language", facts.Body.Language);
        json.WriteString("charset", facts.Body.Charset);
        json.WriteString("automaticKind", facts.Automatic?.Kind);
        WriteBody(json, facts);
        json.WriteStartArray("authentication");
        foreach (var verdict in facts.Authentication)
        {
            json.WriteStartObject();
            json.WriteString("source", verdict.Source);
            json.WriteString("server", verdict.Server);
            json.WriteString("method", verdict.Method);
            json.WriteString("result", verdict.Result);
            json.WriteString("identity", verdict.Identity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteComposition(json, facts.Composition);
        json.WriteString("threadIndex", facts.ThreadIndex?.Raw);
        WriteForm(json, facts);
        json.WriteStartObject("indicators");
        WriteStrings(json, "domains", facts.Indicators.Domains);
        WriteStrings(json, "addresses", facts.Indicators.Addresses);
        WriteStrings(json, "ips", facts.Indicators.Ips);
        WriteStrings(json, "hashes", facts.Indicators.Hashes);
        json.WriteString("senderService", Word(facts.Indicators.SenderService));
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, MailFacts facts)
    {
        json.WriteStartArray("blocks");
        foreach (var block in facts.Body.Blocks)
        {
            json.WriteStartObject();
            json.WriteString("kind", Word(block.Kind));
            json.WriteNumber("firstLine", block.FirstLine);
            json.WriteNumber("lineCount", block.LineCount);
            json.WriteNumber("quoteDepth", block.QuoteDepth);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("quotes");
        foreach (var quote in facts.Body.Quotes)
        {
            json.WriteStartObject();
            json.WriteString("fromName", quote.FromName);
            json.WriteString("fromAddress", quote.FromAddress);
            json.WriteString("toAddress", quote.ToAddress);
            WriteTime(json, "sentAt", quote.SentAt);
            json.WriteString("sentAtText", quote.SentAtText);
            json.WriteString("subject", quote.Subject);
            json.WriteNumber("depth", quote.Depth);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteComposition(Utf8JsonWriter json, CompositionFingerprint? composition)
    {
        if (composition is null)
        {
            json.WriteNull("composition");
            return;
        }

        json.WriteStartObject("composition");
        json.WriteString("headerOrder", composition.HeaderOrder);
        json.WriteString("boundaryShape", composition.BoundaryShape);
        json.WriteString("messageIdShape", composition.MessageIdShape);
        json.WriteString("mailer", composition.Mailer);
        WriteStrings(json, "textEncodings", composition.TextEncodings);
        json.WriteString("timeZone", composition.TimeZone);
        json.WriteString("dateShape", composition.DateShape);
        json.WriteString("mimeTree", composition.MimeTree);
        json.WriteString("clientIp", composition.ClientIp);
        json.WriteEndObject();
    }

    private static void WriteForm(Utf8JsonWriter json, MailFacts facts)
    {
        if (facts.Form is not { } form)
        {
            json.WriteNull("form");
            return;
        }

        json.WriteStartObject("form");
        json.WriteString("name", form.PersonName);
        json.WriteString("address", form.PersonAddress);
        json.WriteString("subject", form.Subject);
        json.WriteString("message", form.Message);
        json.WriteString("evidence", form.Evidence);
        json.WriteEndObject();
    }

    private static void WriteOpensIn(Utf8JsonWriter json, FileFacts file)
    {
        json.WriteStartArray("opensIn");
        foreach (var program in file.OpensIn)
        {
            json.WriteStartObject();
            json.WriteString("program", program.Program);
            if (program.Opens is { } opens)
            {
                json.WriteBoolean("opens", opens);
            }
            else
            {
                json.WriteNull("opens");
            }

            json.WriteString("basis", program.Basis);
            json.WriteString("why", program.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTraits(Utf8JsonWriter json, IReadOnlyList<Trait> traits)
    {
        json.WriteStartObject("traits");
        foreach (var trait in traits.DistinctBy(trait => trait.Name, StringComparer.Ordinal))
        {
            json.WriteString(trait.Name, trait.Value);
        }

        json.WriteEndObject();

        // An object holds one value a name; files state several, and where each stands is evidence too.
        json.WriteStartArray("traitDetails");
        foreach (var trait in traits)
        {
            json.WriteStartObject();
            json.WriteString("name", trait.Name);
            json.WriteString("value", trait.Value);
            json.WriteString("where", trait.Where);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePassword(Utf8JsonWriter json, PasswordCandidate? password)
    {
        if (password is null)
        {
            json.WriteNull("password");
            return;
        }

        json.WriteStartObject("password");
        json.WriteString("value", password.Value);
        json.WriteString("source", password.Source);
        json.WriteString("where", password.Where);
        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("severity", Word(finding.Severity));
            json.WriteString("detail", finding.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, IReadOnlyList<MailAddress> addresses)
    {
        json.WriteStartArray(name);
        foreach (var address in addresses)
        {
            WriteAddress(json, address);
        }

        json.WriteEndArray();
    }

    private static void WriteAddress(Utf8JsonWriter json, MailAddress? address)
    {
        if (address is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("name", address.Name);
        json.WriteString("address", address.Address);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>A time of the contract (RFC 3339 with its offset), or null.</summary>
    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A whole number, or null.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string? Word(MailDirection? direction) => direction is { } value ? Word(value) : null;

    /// <summary>An enum value in the contract's spelling: <c>ForwardAsAttachment</c> is <c>forward-as-attachment</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => KebabWords<T>.Of(value);

    private static class KebabWords<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<T, string> Words = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

        public static string Of(T value) => Words[value];
    }
}
