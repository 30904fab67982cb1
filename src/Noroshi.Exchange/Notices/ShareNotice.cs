using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Text;
using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Notices;

/// <summary>What a mail needs besides the item; all of it is given, so that the same gives the same bytes.</summary>
public sealed record NoticeEnvelope
{
    /// <summary>Address of the hub.</summary>
    public required string From { get; init; }

    /// <summary>Name of the hub before it.</summary>
    public required string FromName { get; init; }

    /// <summary>Address of the receiver.</summary>
    public required string To { get; init; }

    /// <summary>Message-ID without angle brackets, random.</summary>
    public required string MessageId { get; init; }

    /// <summary>Message-IDs of the notices of earlier versions to the same receiver, oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Date.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Boundary of its parts; random, of letters and digits.</summary>
    public required string Boundary { get; init; }
}

/// <summary>Why a mail holds nothing of what it announces.</summary>
public enum PointerReason
{
    /// <summary>The receiver has no key on file.</summary>
    NoKey,

    /// <summary>The key on file has expired.</summary>
    KeyExpired,

    /// <summary>The key on file cannot be used.</summary>
    KeyUnusable,
}

/// <summary>
/// The mail about a released version. Its subject has a fixed form and is never encrypted: above TLP:GREEN it holds no title. Its body is text in
/// Japanese and English, its attachment the indicators as CSV.
/// </summary>
public static class ShareNotice
{
    /// <summary>Number by which people name an item on the telephone: the first eight digits of its random id.</summary>
    public static string NumberOf(SanitisedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var digits = item.Id.ToString("N").ToUpperInvariant();
        return $"{digits[..4]}-{digits[4..8]}";
    }

    /// <summary>Whether the content may go in a mail that anybody on its way can read.</summary>
    public static bool MayGoPlain(Marking marking)
    {
        ArgumentNullException.ThrowIfNull(marking);
        return marking.Tlp <= Tlp.Green;
    }

    /// <summary>The subject: <c>[Noroshi][TLP:AMBER][注意喚起] 3F2A-9C1D 第2版</c>, with the title up to TLP:GREEN.</summary>
    public static string SubjectOf(SanitisedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var state =
            item.Retracted ? "撤回"
            : item.Version > 1 ? $"第{item.Version.ToString(CultureInfo.InvariantCulture)}版"
            : "";
        var head = $"[Noroshi][{MarkingWords.Label(item.Marking.Tlp)}][{ItemWords.Kind(item.Kind).Ja}] {NumberOf(item)}";
        var title = MayGoPlain(item.Marking) ? PlainText.Line(item.Title.Ja, 120) : "";
        return string.Join(' ', new[] { head, state, title }.Where(part => part.Length > 0));
    }

    /// <summary>The whole notice. Who hands it to a relay in the clear has asked <see cref="MayGoPlain"/> first.</summary>
    public static MimeMessage Whole(Release release, NoticeEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(envelope);
        var mail = Shell(release.Item, envelope);
        var parts = new Multipart("mixed") { Boundary = $"=_{envelope.Boundary}" };
        parts.Add(Text(NoticeText.Of(release)));
        if (release.Item is { Retracted: false, Indicators.Count: > 0 })
        {
            parts.Add(
                new MimePart("text", "csv")
                {
                    ContentType = { Charset = "utf-8" },
                    ContentDisposition = new ContentDisposition(ContentDisposition.Attachment)
                    {
                        FileName = string.Create(
                            CultureInfo.InvariantCulture,
                            $"noroshi-{NumberOf(release.Item).ToLowerInvariant()}-v{release.Item.Version}.csv"
                        ),
                    },
                    ContentTransferEncoding = ContentEncoding.Base64,
                    Content = new MimeContent(new MemoryStream(IndicatorCsv.Of([release], ja: true, release.At), writable: false)),
                }
            );
        }

        mail.Body = parts;
        return mail;
    }

    /// <summary>A notice without content: where to read, and why it does not stand here.</summary>
    public static MimeMessage Pointer(Release release, NoticeEnvelope envelope, PointerReason reason)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(envelope);
        var mail = Shell(release.Item, envelope);
        mail.Body = Text(NoticeText.Pointer(release, reason));
        return mail;
    }

    /// <summary>The bytes that go to the relay: CRLF, 7 bit.</summary>
    public static byte[] Bytes(MimeMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        using var bytes = new MemoryStream();
        mail.WriteTo(Format, bytes);
        return bytes.ToArray();
    }

    /// <summary>How mails are written.</summary>
    internal static FormatOptions Format { get; } = MadeFormat();

    private static FormatOptions MadeFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    private static MimeMessage Shell(SanitisedItem item, NoticeEnvelope envelope)
    {
        var mail = new MimeMessage
        {
            Subject = SubjectOf(item),
            Date = envelope.Date,
            MessageId = envelope.MessageId,
        };
        mail.From.Add(new MailboxAddress(PlainText.Line(envelope.FromName, 100), envelope.From));
        mail.To.Add(new MailboxAddress("", envelope.To));
        foreach (var earlier in envelope.References.TakeLast(20))
        {
            mail.References.Add(earlier);
        }

        if (envelope.References.Count > 0)
        {
            mail.InReplyTo = envelope.References[^1];
        }

        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        return mail;
    }

    private static TextPart Text(string text) =>
        new(TextFormat.Plain) { ContentTransferEncoding = ContentEncoding.Base64, Text = text.ReplaceLineEndings("\r\n") };
}
