using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>
/// Shell links (MS-SHLLINK). Asked before the formats whose mark may stand behind other bytes: a document that a link carries for show must
/// not hide the link.
/// </summary>
internal sealed class LinkRecogniser : IFileTypeRecogniser
{
    private static readonly FileTypeMatch Lnk = new(FileType.Shortcut, "lnk", ["lnk"]);

    /// <summary>HeaderSize and LinkCLSID (2.1).</summary>
    private static ReadOnlySpan<byte> Start => [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    /// <inheritdoc/>
    public int Priority => 95;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Start) ? Lnk : null;

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(inspection);
        Polyglots.Add(bytes.Span, match, inspection);
        if (LinkReader.Read(bytes.Span) is { } link)
        {
            LinkReport.Add(link, bytes, inspection);
        }
    }
}
