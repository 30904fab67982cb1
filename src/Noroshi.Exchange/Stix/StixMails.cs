using System.Globalization;
using System.Net;
using System.Text.Json;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>The attacker's mails as observables, and as observed data where a time is told.</summary>
internal static class StixMails
{
    /// <summary>Adds a mail.</summary>
    /// <returns>Ids to refer to: observed data where there is some, else the observables themselves. A mail of an exchange has intervals
    /// only, and a time that nobody knows is not made up.</returns>
    public static IReadOnlyList<string> Add(StixPage page, SanitisedMail mail)
    {
        var label = mail.Label;
        var from = Sender(page, mail.From, label + "/from");
        Sender(page, mail.ReplyTo, label + "/reply-to", out var reply);
        var files = mail.Files.Select((file, i) => StixFiles.Add(page, file, $"{label}/file {i + 1}", 0)).ToList();
        var message = Message(page, mail, from, [.. files.Select(one => one.Id)]);
        List<string> all = [message];
        all.AddRange(from is null ? [] : [from]);
        all.AddRange(reply is null ? [] : [reply]);
        all.AddRange(files.SelectMany(one => one.All));
        all.AddRange(Addresses(page, mail));
        all.AddRange(mail.Urls.SelectMany((url, i) => Url(page, url, $"{label}/url {i + 1}")));
        List<string> once = [.. all.Distinct(StringComparer.Ordinal)];
        if (mail.At is not { } at)
        {
            return once;
        }

        var observed = page.Add(
            "observed-data",
            label,
            json =>
            {
                json.Time("first_observed", at);
                json.Time("last_observed", End(at, mail.Precision));
                json.WriteNumber("number_observed", 1);
                json.Texts("object_refs", once);
            }
        );
        return [observed, .. once];
    }

    /// <summary>The end of the time that is told: to the hour it lies somewhere within it.</summary>
    private static DateTimeOffset End(DateTimeOffset at, TimePrecision precision) =>
        precision switch
        {
            TimePrecision.Minute => at,
            TimePrecision.Hour => Later(at, TimeSpan.FromHours(1)),
            TimePrecision.Day => Later(at, TimeSpan.FromDays(1)),
        };

    private static DateTimeOffset Later(DateTimeOffset at, TimeSpan span) =>
        at.UtcDateTime > DateTime.MaxValue - span ? at : at + span - TimeSpan.FromMilliseconds(1);

    private static string? Sender(StixPage page, SanitisedSender? sender, string place) => Sender(page, sender, place, out _);

    private static string? Sender(StixPage page, SanitisedSender? sender, string place, out string? id)
    {
        id = sender?.Address is not { Length: > 0 } address
            ? null
            : page.Observable(
                "email-addr",
                address + "\n" + sender.Name,
                place,
                json =>
                {
                    json.WriteString("value", address);
                    json.Text("display_name", sender.Name);
                }
            );
        return id;
    }

    private static string Message(StixPage page, SanitisedMail mail, string? from, IReadOnlyList<string> files) =>
        page.Observable(
            "email-message",
            mail.Label,
            mail.Label,
            json =>
            {
                json.WriteBoolean("is_multipart", files.Count > 0);
                json.Text("from_ref", from);
                json.Text("message_id", mail.MessageId);
                json.Text("subject", mail.Subject);
                Headers(json, mail);
                if (files.Count > 0)
                {
                    json.WriteStartArray("body_multipart");
                    foreach (var file in files)
                    {
                        json.WriteStartObject();
                        json.WriteString("content_disposition", "attachment");
                        json.WriteString("body_raw_ref", file);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                }

                json.WriteStartObject("extensions");
                Anatomy(json, mail);
                json.WriteEndObject();
            }
        );

    private static void Headers(Utf8JsonWriter json, SanitisedMail mail)
    {
        var reply = mail.ReplyTo?.Address;
        if (string.IsNullOrEmpty(mail.Mailer) && string.IsNullOrEmpty(mail.ClientIp) && string.IsNullOrEmpty(reply))
        {
            return;
        }

        json.WriteStartObject("additional_header_fields");
        json.Text("Reply-To", reply);
        json.Text("X-Mailer", mail.Mailer);
        json.Text("X-Originating-IP", mail.ClientIp);
        json.WriteEndObject();
    }

    private static void Anatomy(Utf8JsonWriter json, SanitisedMail mail)
    {
        StixExtensions.Begin(json, StixExtensions.Anatomy);
        json.WriteString("label", mail.Label);
        json.WriteString("window", StixWords.Name(mail.To));
        json.WriteString("recipients", StixWords.Name(mail.Recipients));
        if (mail.At is not null)
        {
            json.WriteString("precision", StixWords.Name(mail.Precision));
        }

        json.Text("sender_name", mail.From is { Address: null } ? mail.From.Name : null);
        json.Text("sending_service", mail.SendingService);
        json.Text("origin_country", mail.OriginCountry);
        json.Texts("answers", mail.Answers);
        json.Texts("findings", mail.Findings);
        json.Text("excerpt", mail.Excerpt);
        json.Texts("url_templates", mail.Urls.Where(url => !IsWhole(url)));
        List(
            json,
            "hops",
            mail.Hops,
            hop =>
            {
                json.Text("from", hop.From);
                json.Text("ip", hop.Ip);
                json.Text("by", hop.By);
            }
        );
        List(
            json,
            "authentication",
            mail.Authentication,
            verdict =>
            {
                json.WriteString("method", verdict.Method);
                json.WriteString("result", verdict.Result);
                json.Text("domain", verdict.Domain);
                json.Text("selector", verdict.Selector);
                json.Text("algorithm", verdict.Algorithm);
            }
        );
        json.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> list, Action<T> body)
    {
        if (list.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var one in list)
        {
            json.WriteStartObject();
            body(one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> Addresses(StixPage page, SanitisedMail mail)
    {
        var places = new List<(string? Ip, string Place)> { (mail.ClientIp, mail.Label + "/client") };
        places.AddRange(mail.Hops.Select((hop, i) => (hop.Ip, string.Create(CultureInfo.InvariantCulture, $"{mail.Label}/hop {i + 1}"))));
        foreach (var (ip, place) in places)
        {
            if (ip is not null && IPAddress.TryParse(ip, out _))
            {
                var type = StixPatterns.IsVersion6(ip) ? "ipv6-addr" : "ipv4-addr";
                yield return page.Observable(type, ip, place, json => json.WriteString("value", ip));
            }
        }
    }

    /// <summary>A URL as it stands; one with a part left out is no URL and stands in the extension, but its host is one.</summary>
    private static IEnumerable<string> Url(StixPage page, string url, string place)
    {
        if (IsWhole(url))
        {
            yield return page.Observable("url", url, place, json => json.WriteString("value", url));
        }

        if (HostOf(url) is { } host)
        {
            yield return page.Observable("domain-name", host, place + "/host", json => json.WriteString("value", host));
        }
    }

    private static bool IsWhole(string url) =>
        url.All(character => character is > ' ' and < '\x7F' and not ('{' or '}' or '<' or '>' or '"' or '\\' or '^' or '`' or '|'))
        && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && parsed.Host.Length > 0;

    private static string? HostOf(string url)
    {
        var begin = url.IndexOf("://", StringComparison.Ordinal);
        if (begin < 0)
        {
            return null;
        }

        var rest = url[(begin + 3)..];
        var end = rest.AsSpan().IndexOfAny("/?#:");
        var host = end < 0 ? rest : rest[..end];
        var isName = host.Length is > 0 and <= 253 && host.All(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or '_');
        return isName && host.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(host, out _) ? host.ToLowerInvariant() : null;
    }
}
