using System.Buffers.Binary;
using Noroshi.MailAnatomy.FileTypes.Images;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Raster images and metafiles by their signatures.</summary>
internal sealed class ImageRecogniser : IFileTypeRecogniser
{
    private static readonly FileTypeMatch Png = new(FileType.Image, "png", ["png", "apng"]);
    private static readonly FileTypeMatch Jpg = new(FileType.Image, "jpg", ["jpg", "jpeg", "jpe", "jfif", "jif", "thm"]);
    private static readonly FileTypeMatch Gif = new(FileType.Image, "gif", ["gif"]);
    private static readonly FileTypeMatch Bmp = new(FileType.Image, "bmp", ["bmp", "dib", "rle"]);
    private static readonly FileTypeMatch Tif = new(FileType.Image, "tif", ["tif", "tiff", "nef", "dng", "cr2", "arw"]);
    private static readonly FileTypeMatch Ico = new(FileType.Image, "ico", ["ico"]);
    private static readonly FileTypeMatch Cur = new(FileType.Image, "cur", ["cur"]);
    private static readonly FileTypeMatch Webp = new(FileType.Image, "webp", ["webp"]);
    private static readonly FileTypeMatch Heic = new(FileType.Image, "heic", ["heic", "heif", "hif"]);
    private static readonly FileTypeMatch Avif = new(FileType.Image, "avif", ["avif"]);
    private static readonly FileTypeMatch Emf = new(FileType.Image, "emf", ["emf"]);
    private static readonly FileTypeMatch Wmf = new(FileType.Image, "wmf", ["wmf"]);
    private static readonly FileTypeMatch Psd = new(FileType.Image, "psd", ["psd", "psb"]);
    private static readonly FileTypeMatch Jp2 = new(FileType.Image, "jp2", ["jp2", "jpx", "j2k"]);

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12)
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(bytes) switch
        {
            0x89504E47 => Png,
            0x47494638 => bytes[4] is (byte)'7' or (byte)'9' && bytes[5] == 'a' ? Gif : null,
            0x49492A00 or 0x4D4D002A or 0x49492B00 or 0x4D4D002B => Tif,
            0x52494646 => bytes[8..].StartsWith("WEBP"u8) ? Webp : null,
            0x38425053 => bytes[4] == 0 && bytes[5] is 1 or 2 ? Psd : null,
            0x00000100 => IsIcon(bytes) ? Ico : null,
            0x00000200 => IsIcon(bytes) ? Cur : null,
            0x01000000 => bytes.Length >= 44 && bytes[40..].StartsWith(" EMF"u8) ? Emf : null,
            0xD7CDC69A => Wmf,
            0x0000000C => bytes[4..].StartsWith("jP  "u8) ? Jp2 : null,
            0x01000900 => bytes[5] == 3 || bytes[4] == 0 ? Wmf : null,
            _ when bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF => Jpg,
            _ when bytes[0] == 'B' && bytes[1] == 'M' => IsBitmap(bytes) ? Bmp : null,
            _ => bytes[4..].StartsWith("ftyp"u8) ? ByBrand(bytes[8..]) : null,
        };
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(inspection);
        Polyglots.Add(bytes.Span, match, inspection);
        ImageInspector.Inspect(bytes, match.Format, inspection);
    }

    /// <summary>Two letters are little: the size of the information header is one of a few.</summary>
    private static bool IsBitmap(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    private static bool IsIcon(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 22
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) is > 0 and < 1024
        && bytes[9] == 0
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[18..]) is >= 22 and < 1 << 24;

    private static FileTypeMatch? ByBrand(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("avif"u8) || brand.StartsWith("avis"u8) ? Avif
        : brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8) ? Heic
        : null;
}
