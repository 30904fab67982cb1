namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Mail as text (RFC 5322), mbox (RFC 4155) and web archives (RFC 2557), which share the form of mail.</summary>
internal sealed class MailRecogniser : IFileTypeRecogniser
{
    private const int HeaderWindow = 4_096;

    private static readonly FileTypeMatch Eml = new(FileType.Mail, "eml", ["eml", "mail", "emlx", "mht", "mbox", "mbs", "txt"]);
    private static readonly FileTypeMatch Mbox = new(FileType.Mail, "mbox", ["mbox", "mbx", "mbs", "eml", "txt"]);
    private static readonly FileTypeMatch Mhtml = new(FileType.Html, "mhtml", ["mht", "mhtml"]);

    /// <inheritdoc/>
    public int Priority => 800;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || bytes[..Math.Min(bytes.Length, 512)].IndexOf((byte)':') < 0)
        {
            return null;
        }

        var evidence = MailText.Look(bytes);
        if (evidence.Http)
        {
            return null;
        }

        if (evidence.Mbox && evidence.Known >= 1)
        {
            return Mbox;
        }

        if (evidence.Known >= 2 && IsWebArchive(bytes, evidence))
        {
            return Mhtml;
        }

        return evidence is { Known: >= 2, Telling: >= 1 } ? Eml : null;
    }

    /// <summary>
    /// Browsers write From: &lt;Saved by …&gt;; Word and its imitators write no From at all. A mail with related parts has a sender, a
    /// recipient or a Message-ID.
    /// </summary>
    private static bool IsWebArchive(ReadOnlySpan<byte> bytes, MailText.Evidence evidence)
    {
        Span<byte> buffer = stackalloc byte[HeaderWindow];
        var sample = TextSample.Read(bytes, buffer);
        if (sample.IndexOf("<saved by "u8) >= 0)
        {
            return true;
        }

        return evidence.Telling - (sample.IndexOf("x-mimeole:"u8) >= 0 ? 1 : 0) <= 0
            && sample.IndexOf("mime-version:"u8) >= 0
            && sample.IndexOf("multipart/related"u8) >= 0;
    }
}
