using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers.DiskImages;

/// <summary>
/// Optical disc images: ISO 9660 with Joliet or Rock Ridge names, and UDF. An image that holds both is read as UDF, as Windows does, and
/// said to hold both.
/// </summary>
public sealed class IsoFormat : IContainerFormat, ISingleContent
{
    private const int MarkAt = 32769;

    /// <inheritdoc/>
    public int Priority => 200;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length > MarkAt + 2048
        && (bytes[MarkAt..].StartsWith("CD001"u8) || bytes[MarkAt..].StartsWith("BEA01"u8))
        && (bytes[MarkAt] == 'C' || UdfVolume.IsMarked(bytes));

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var marked = UdfVolume.IsMarked(bytes.Span);
        var udf = marked ? UdfVolume.Read(bytes) : null;
        var iso = IsoReader.FindVolume(bytes.Span);
        var info = new ContainerInfo
        {
            Format = udf is not null || iso is null ? "udf" : "iso",
            DiskImage = true,
            FormatVersion =
                udf is not null ? udf.Revision
                : iso is null ? null
                : iso.Joliet >= 0 ? "iso9660+joliet"
                : "iso9660",
            HostOs = udf is not null ? Empty(udf.Writer) : iso?.System,
            Comment = Comment(udf?.Label ?? iso?.Label, iso?.Application),
        };
        return LazyContainer.Create(info, FindingCodes.DiskImages.Broken, findings => Entries(bytes, marked, udf, iso, findings));
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Comment(string? label, string? application) =>
        label is null ? application
        : application is null ? label
        : $"{label}; {application}";

    private static IEnumerable<ContainerEntry> Entries(
        ReadOnlyMemory<byte> bytes,
        bool marked,
        UdfVolume? udf,
        IsoReader.Volume? iso,
        List<Finding> findings
    )
    {
        if (udf is not null)
        {
            if (iso is not null)
            {
                findings.Add(FindingCodes.DiskImages.TwoFileSystems.At("ISO 9660 and UDF"));
            }

            return new UdfReader(bytes, udf, findings).Entries();
        }

        if (marked)
        {
            findings.Add(FindingCodes.DiskImages.Broken.At("the UDF volume cannot be entered"));
        }

        return iso is null ? [] : IsoReader.Entries(bytes, iso, findings);
    }
}
