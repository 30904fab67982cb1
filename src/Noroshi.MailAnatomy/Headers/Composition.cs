using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Describes how a mail was put together, so that mails of the same hand and tool give the same text.</summary>
internal static class Composition
{
    private const int MaxHeaders = 60;

    /// <summary>
    /// Headers that servers and receivers add, and those that depend on the occasion (a reply has In-Reply-To, a copy has Cc),
    /// not on the tool.
    /// </summary>
    private static readonly FrozenSet<string> LeftOut = new[]
    {
        "Received",
        "Return-Path",
        "Delivered-To",
        "Envelope-To",
        "Delivery-Date",
        "Original-Recipient",
        "Authentication-Results",
        "Received-SPF",
        "DKIM-Signature",
        "DomainKey-Signature",
        "DKIM-Filter",
        "Status",
        "Content-Length",
        "Lines",
        "Precedence",
        "In-Reply-To",
        "References",
        "Cc",
        "Bcc",
        "Reply-To",
        "Thread-Index",
        "Sender",
        "Errors-To",
        "Mailing-List",
        "Apparently-To",
        "Priority",
        "X-Received",
        "X-Original-To",
        "X-UIDL",
        "X-UID",
        "X-Status",
        "X-Keywords",
        "X-Account-Key",
        "X-Envelope-From",
        "X-Envelope-To",
        "X-Return-Path",
        "X-Apparently-To",
        "X-Rcpt-To",
        "X-RCPT",
        "X-Loop",
        "X-Sequence",
        "X-Mailing-List",
        "X-Priority",
        "X-Scanned-By",
        "X-Brightmail-Tracker",
        "X-OlkEid",
        "X-Evolution-Source",
        "X-SenderID",
        "X-Sender-IP",
        "X-OriginatorOrg",
        "X-Gm-Message-State",
        "X-YMail-OSG",
        "X-YahooFilteredBulk",
        "X-SID-PRA",
        "X-SID-Result",
        "X-AUTH-Result",
        "X-DKIM",
        "X-Greylist",
        "X-Mozilla-Keys",
        "X-EOPAttributedMessage",
        "X-TM-AS-Product-Ver",
        "X-Nonspam",
        "X-Filter",
        "X-Policyd-Weight",
        "X-Message-Info",
        "X-Message-Delivery",
        "X-Message-Status",
        "X-IncomingHeaderCount",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] LeftOutStarts =
    [
        "ARC-",
        "List-",
        "Resent-",
        "Old-",
        "X-MS-Exchange-",
        "X-Microsoft-",
        "X-Forefront-",
        "X-MS-",
        "X-Google-",
        "X-GM-",
        "X-Gmail-",
        "X-Spam",
        "X-Virus",
        "X-Antivirus",
        "X-IronPort-",
        "X-Barracuda-",
        "X-Proofpoint-",
        "X-Amavis",
        "X-TM-",
        "X-TMASE",
        "X-Mozilla-",
        "X-MDAV",
        "X-MDRcpt",
        "X-MDRemote",
        "X-MDArrival",
        "X-Spf",
        "X-ML-",
        "X-Forwarded-",
        "X-Delivered-",
        "X-Resolved-",
        "X-SES-",
        "X-Matching-",
        "X-FireEye",
        "X-Cisco",
        "X-MIMETrack",
        "X-MailScanner",
        "X-CMAE",
        "X-SA-",
        "X-Bogosity",
        "X-DSPAM",
        "X-Symantec",
        "X-Sophos",
        "X-FortiMail",
        "X-FEAS",
        "X-Trend",
    ];

    private static readonly FrozenSet<string> ClientHeaders = new[]
    {
        "X-Originating-IP",
        "X-Originating-Ip-Address",
        "X-OriginalArrivalIP",
        "X-Sender-IP",
        "X-SenderIP",
        "X-Client-IP",
        "X-ClientAddr",
        "X-Source-IP",
        "X-SourceIP",
        "X-Remote-IP",
        "X-Remote-Addr",
        "X-Remote-Host",
        "X-AOL-IP",
        "X-Yahoo-Post-IP",
        "X-Yahoo-Client-IP",
        "X-EIP",
        "X-IP",
        "X-Posting-IP",
        "X-HTTP-Posting-IP",
        "X-Web-Client-IP",
        "X-Mail-Client-IP",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Describes the mail.</summary>
    /// <param name="headers">Headers of the mail.</param>
    /// <param name="mimeTree">MIME tree as text.</param>
    /// <param name="textEncodings">Charset and transfer encoding of the text parts.</param>
    /// <param name="boundary">Boundary of the outermost multipart; null when there is none.</param>
    /// <param name="hops">Received chain, newest first; without it hosts do not help to name the service.</param>
    /// <param name="origin">First trustworthy external peer: newer hops are the receiver's own.</param>
    public static CompositionFingerprint Describe(
        HeaderBlock headers,
        string mimeTree,
        IReadOnlyList<string> textEncodings,
        string? boundary,
        IReadOnlyList<Hop>? hops = null,
        Origin? origin = null
    )
    {
        ArgumentNullException.ThrowIfNull(headers);
        var date = headers.First("Date");
        var messageId = headers.First("Message-ID");
        var mailer = headers.First("X-Mailer") ?? headers.First("User-Agent") ?? headers.First("X-MimeOLE");
        return new CompositionFingerprint
        {
            HeaderOrder = Order(headers),
            BoundaryShape = boundary is null ? null : IdentifierShape.Of(boundary),
            MessageIdShape = messageId is null ? null : IdentifierShape.OfMessageId(messageId),
            Mailer = mailer is { Length: > 0 } ? Excerpt.Of(mailer) : null,
            TextEncodings = textEncodings,
            TimeZone = date is null ? null : Zone(date),
            MimeTree = mimeTree,
            DateShape = date is null ? null : Headers.DateShape.Of(date),
            SendingService = Service(headers, messageId, mailer, hops ?? [], origin),
            ClientIp = Client(headers, hops ?? []),
        };
    }

    private static string Order(HeaderBlock headers)
    {
        var order = new StringBuilder(256);
        var count = 0;
        foreach (var field in headers.Fields)
        {
            var name = field.Name;
            if (name.Length is 0 or > 80 || LeftOut.Contains(name) || StartsLeftOut(name))
            {
                continue;
            }

            if (++count > MaxHeaders)
            {
                break;
            }

            if (order.Length > 0)
            {
                order.Append(',');
            }

            order.Append(name);
        }

        return order.ToString();
    }

    private static bool StartsLeftOut(string name)
    {
        // Every beginning of the list starts with one of these letters; nearly no header a mailer writes does.
        if (name[0] is not ('X' or 'x' or 'A' or 'a' or 'L' or 'l' or 'R' or 'r' or 'O' or 'o') || !name.Contains('-'))
        {
            return false;
        }

        foreach (var start in LeftOutStarts)
        {
            if (name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>+0900; -0000 is kept apart, because it says that the sender's zone is not told (RFC 5322 3.3).</summary>
    private static string? Zone(string date)
    {
        if (MailDate.Parse(date, out var flaws) is not { } parsed || flaws.HasFlag(DateFlaws.Zone))
        {
            return null;
        }

        var minutes = (int)parsed.Offset.TotalMinutes;
        return minutes == 0 && date.Contains("-0000", StringComparison.Ordinal)
            ? "-0000"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00}"
            );
    }

    private static string? Service(HeaderBlock headers, string? messageId, string? mailer, IReadOnlyList<Hop> hops, Origin? origin)
    {
        var best = SendingServices.Rows.Length;
        foreach (var field in headers.Fields)
        {
            if (field.Name.Length > 2 && field.Name[1] == '-')
            {
                best = Math.Min(best, SendingServices.ByHeader(field.Name));
            }
        }

        if (messageId is not null)
        {
            best = Math.Min(best, SendingServices.ByMessageId(messageId.AsSpan(messageId.LastIndexOf('@') + 1).Trim().TrimEnd('>')));
        }

        if (mailer is not null)
        {
            best = Math.Min(best, SendingServices.ByMailer(mailer));
        }

        best = Math.Min(best, ByHost(hops, origin?.HopIndex ?? 0));
        return best < SendingServices.Rows.Length ? SendingServices.Rows[best].Service : null;
    }

    /// <summary>The peer of the border, and what the hosts behind it call themselves.</summary>
    private static int ByHost(IReadOnlyList<Hop> hops, int border)
    {
        var best = SendingServices.Rows.Length;
        for (var index = border; index < hops.Count && index < border + 20; index++)
        {
            best = Math.Min(best, SendingServices.ByHost(hops[index].From ?? hops[index].Helo));
            if (index > border)
            {
                best = Math.Min(best, SendingServices.ByHost(hops[index].By));
            }
        }

        return best;
    }

    private static string? Client(HeaderBlock headers, IReadOnlyList<Hop> hops)
    {
        foreach (var field in headers.Fields)
        {
            if (field.Name.Length >= 4 && field.Name[0] is 'X' or 'x' && ClientHeaders.Contains(field.Name))
            {
                var value = field.Value.AsSpan().Trim();
                var end = value.IndexOfAny(',', ' ', ';');
                if (IpText.Read(end < 0 ? value : value[..end]) is { } ip)
                {
                    return ip;
                }
            }
        }

        for (var index = hops.Count - 1; index >= 0; index--)
        {
            if (hops[index].Ip is { } ip && hops[index].With is { } with && with.StartsWith("HTTP", StringComparison.OrdinalIgnoreCase))
            {
                return ip;
            }
        }

        return null;
    }
}
