using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.Justsystems;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>
/// Ichitaro 4 to 6, before compound files: <c>DOC</c>, and the version as 0x10 + version at offset 43 (the marks that libmagic documents).
/// </summary>
internal sealed class IchitaroRecogniser : IFileTypeRecogniser
{
    private static readonly FileTypeMatch Version4 = new(FileType.Justsystems, "jsw", ["jsw", "jxw", "jtd"]);
    private static readonly FileTypeMatch Version5 = new(FileType.Justsystems, "jaw", ["jaw", "jtw"]);
    private static readonly FileTypeMatch Version6 = new(FileType.Justsystems, "jbw", ["jbw", "juw"]);

    /// <inheritdoc/>
    public int Priority => 150;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        // Three letters are little evidence; the header that follows them is never text.
        if (bytes.Length < 64 || !bytes.StartsWith("DOC"u8) || bytes[..44].IndexOf((byte)0) < 0)
        {
            return null;
        }

        var match = bytes[43] switch
        {
            0x14 => Version4,
            0x15 => Version5,
            0x16 => Version6,
            _ => null,
        };
        return match is null ? null : match with { FormatVersion = (bytes[43] - 0x10).ToString(CultureInfo.InvariantCulture) };
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection) =>
        OldIchitaro.Add(bytes.Span, inspection);
}
