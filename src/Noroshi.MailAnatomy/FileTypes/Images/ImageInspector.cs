using System.Globalization;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Pdf;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Images;

/// <summary>Looks into a picture without decoding it: size, who made it, and what stands behind its end.</summary>
internal static class ImageInspector
{
    /// <summary>Pixels from which decoding would cost gigabytes.</summary>
    public const long Flood = 250_000_000;

    private static ReadOnlySpan<byte> Padding => [0, (byte)'\r', (byte)'\n', (byte)' ', 0xFF];

    private const int MaxXmp = 256 << 10;

    /// <summary>Fills the inspection. Never throws on bytes.</summary>
    public static void Inspect(ReadOnlyMemory<byte> bytes, string format, FileInspection inspection)
    {
        var span = bytes.Span;
        var walk = ImageWalk.Through(span, format);
        var exif = new ExifReader(walk.Exif);
        var width = walk.Width > 0 ? walk.Width : exif.Number(0x100);
        var height = walk.Height > 0 ? walk.Height : exif.Number(0x101);
        if (width > 0 && height > 0)
        {
            var size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
            inspection.Traits.Add(TraitKinds.Images.Size.Of(size, "header"));
            if (width > Flood / height)
            {
                inspection.Findings.Add(FindingCodes.Images.PixelFlood.At(size));
            }
        }

        Made(exif, inspection);
        foreach (var (keyword, value) in walk.Texts)
        {
            var kind = keyword switch
            {
                "Software" => TraitKinds.Common.Application,
                "Author" => TraitKinds.Common.Author,
                "Title" => TraitKinds.Common.Title,
                "Comment" or "Description" => TraitKinds.Common.Comments,
                "Creation Time" => TraitKinds.Common.CreatedAt,
                _ => null,
            };
            if (kind is not null)
            {
                Add(inspection, kind, value, "text " + keyword);
            }
        }

        if (!walk.Xmp.IsEmpty)
        {
            PdfMetadata.AddPacket(walk.Xmp[..Math.Min(walk.Xmp.Length, MaxXmp)], inspection);
        }

        if (walk.End > 0 && walk.End < bytes.Length)
        {
            Behind(bytes[walk.End..], walk.End, inspection);
        }
    }

    private static void Made(ExifReader exif, FileInspection inspection)
    {
        Add(inspection, TraitKinds.Images.Camera, $"{exif.Text(0x10F)} {exif.Text(0x110)}".Trim(), "EXIF Make, Model");
        Add(inspection, TraitKinds.Images.CameraSerial, exif.Text(0xA431), "EXIF BodySerialNumber");
        Add(inspection, TraitKinds.Common.Application, exif.Text(0x131), "EXIF Software");
        Add(inspection, TraitKinds.Common.Author, exif.Text(0x13B), "EXIF Artist");
        Add(inspection, TraitKinds.Common.MachineId, exif.Text(0x13C), "EXIF HostComputer");
        Add(inspection, TraitKinds.Common.CreatedAt, Date(exif.Text(0x9003)), "EXIF DateTimeOriginal");
        Add(inspection, TraitKinds.Common.SavedAt, Date(exif.Text(0x132)), "EXIF DateTime");
        if (exif.HasPlace)
        {
            Add(inspection, TraitKinds.Images.Place, "present", "EXIF GPS");
        }
    }

    /// <summary><c>2013:10:17 09:02:03</c> as RFC 3339 without an offset; as it stands when it is something else.</summary>
    private static string Date(string text) =>
        DateTime.TryParseExact(text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : "";

    private static void Behind(ReadOnlyMemory<byte> rest, int at, FileInspection inspection)
    {
        // Padding is no data, and phones put a second picture behind the first.
        var start = rest.Span.TrimStart(Padding);
        if (start.Length < 4 || start.StartsWith((ReadOnlySpan<byte>)[0xD8, 0xFF]))
        {
            return;
        }

        var data = rest[(rest.Length - start.Length)..];
        var where = string.Create(CultureInfo.InvariantCulture, $"{data.Length} bytes at {at}");
        var found = FileTypeTable.Recognise(data.Span);
        var archive = ContainerFormats.Recognise(data.Span);
        if (archive is null && (found is null || found.Value.Match.Type is FileType.Other or FileType.Image))
        {
            inspection.Findings.Add(FindingCodes.Images.TrailingData.At(where));
            return;
        }

        // A second format was remarked on already.
        if (!inspection.Findings.Exists(one => one.Code == FindingCodes.FileTypes.Polyglot.Code))
        {
            inspection.Findings.Add(FindingCodes.Images.HiddenFile.At($"{where}: {found?.Match.Format ?? "archive"}"));
        }

        inspection.Inner.Add(
            new ContainerEntry
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"behind-{at}"),
                Size = data.Length,
                Open = () => new ReadOnlyMemoryStream(data),
            }
        );
    }

    private static void Add(FileInspection inspection, TraitKind kind, string value, string where)
    {
        if (value.Length > 0 && !inspection.Traits.Exists(one => one.Name == kind.Name && one.Value == value))
        {
            inspection.Traits.Add(kind.Of(value, where));
        }
    }
}
