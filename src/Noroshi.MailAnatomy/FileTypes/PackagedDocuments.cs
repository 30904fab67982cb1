using Noroshi.MailAnatomy.FileTypes.OpenXml;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>
/// Documents and programs that are ZIP files: Office Open XML (ECMA-376 part 2), OpenDocument, XPS, EPUB, Java and Android packages. Asked
/// before the ZIP container, which would know them too.
/// </summary>
internal sealed class PackagedDocuments : IFileTypeRecogniser
{
    private const int MostXml = 256 << 10;

    // The content type of the main part decides, as it does in Office; longer needles stand before those they contain.
    private static readonly (string Needle, FileTypeMatch Match)[] MainParts =
    [
        ("ms-word.document.macroEnabled.main", Office("docm")),
        ("ms-word.template.macroEnabledTemplate.main", Office("dotm")),
        ("wordprocessingml.document.main", Office("docx")),
        ("wordprocessingml.template.main", Office("dotx")),
        ("ms-excel.sheet.macroEnabled.main", Office("xlsm")),
        ("ms-excel.template.macroEnabled.main", Office("xltm")),
        ("ms-excel.addin.macroEnabled.main", Office("xlam")),
        ("ms-excel.sheet.binary.macroEnabled.main", Office("xlsb")),
        ("spreadsheetml.sheet.main", Office("xlsx")),
        ("spreadsheetml.template.main", Office("xltx")),
        ("ms-powerpoint.presentation.macroEnabled.main", Office("pptm")),
        ("ms-powerpoint.slideshow.macroEnabled.main", Office("ppsm")),
        ("ms-powerpoint.template.macroEnabled.main", Office("potm")),
        ("ms-powerpoint.addin.macroEnabled.main", Office("ppam")),
        ("presentationml.presentation.main", Office("pptx")),
        ("presentationml.slideshow.main", Office("ppsx")),
        ("presentationml.template.main", Office("potx")),
        ("ms-visio.drawing.macroEnabled.main", Office("vsdm")),
        ("ms-visio.drawing.main", Office("vsdx")),
        ("ms-package.xps-fixeddocument", new(FileType.Other, "xps", ["xps", "oxps"])),
    ];

    private static readonly (string Mime, FileTypeMatch Match)[] OpenDocuments =
    [
        ("application/vnd.oasis.opendocument.text-template", Office("ott")),
        ("application/vnd.oasis.opendocument.text", Office("odt")),
        ("application/vnd.oasis.opendocument.spreadsheet-template", Office("ots")),
        ("application/vnd.oasis.opendocument.spreadsheet", Office("ods")),
        ("application/vnd.oasis.opendocument.presentation", Office("odp")),
        ("application/vnd.oasis.opendocument.graphics", Office("odg")),
        ("application/epub+zip", new(FileType.Other, "epub", ["epub"])),
    ];

    private static readonly FileTypeMatch Jar = new(FileType.Executable, "jar", ["jar", "war", "ear"]);
    private static readonly FileTypeMatch Apk = new(FileType.Executable, "apk", ["apk"]);
    private static readonly FileTypeMatch Msix = new(FileType.Executable, "msix", ["msix", "appx"]);

    /// <inheritdoc/>
    public int Priority => 50;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (!ZipNames.TryRead(bytes, out var zip))
        {
            return null;
        }

        if (zip.IndexOf("[Content_Types].xml"u8) >= 0)
        {
            return OfficePackage(ref zip);
        }

        if (zip.IndexOf("mimetype"u8) >= 0 && OpenDocument(ref zip) is { } document)
        {
            return document;
        }

        if (zip.Has("AndroidManifest.xml"u8) && zip.Has("classes.dex"u8))
        {
            return Apk;
        }

        return zip.Has("META-INF/MANIFEST.MF"u8) && zip.HasEnding(".class"u8) ? Jar : null;
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        // Java, Android and Windows packages are programs, looked into by whoever knows programs.
        if (match.Type != FileType.Executable)
        {
            var sink = new TraitSink(inspection);
            var package = PackageReader.Open(bytes, sink);
            if (package.Has("[Content_Types].xml"))
            {
                OpenXmlInspector.Inspect(package, match, sink);
            }
            else
            {
                OpenDocumentInspector.Inspect(package, match, sink);
            }
        }

        Polyglots.Add(bytes.Span, match, inspection);
    }

    private static FileTypeMatch Office(string format) => new(FileType.Office, format, [format]);

    private static FileTypeMatch? OfficePackage(ref ZipNames zip)
    {
        if (zip.Has("AppxManifest.xml"u8))
        {
            return Msix;
        }

        var types = AsciiText(zip.Read("[Content_Types].xml"u8, MostXml));
        FileTypeMatch? first = null;
        var firstAt = int.MaxValue;
        foreach (var (needle, match) in MainParts)
        {
            var at = types.IndexOf(needle, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && at < firstAt && PartExists(ref zip, match.Format))
            {
                (first, firstAt) = (match, at);
            }
        }

        return first ?? ByFolders(ref zip);
    }

    /// <summary>A type that is declared for a part that is not there is a decoy.</summary>
    private static bool PartExists(ref ZipNames zip, string format) =>
        format[..3] switch
        {
            "doc" or "dot" => HasFolder(ref zip, "word/"u8) || !HasOfficeFolder(ref zip),
            "xls" or "xlt" or "xla" => HasFolder(ref zip, "xl/"u8) || !HasOfficeFolder(ref zip),
            "ppt" or "pps" or "pot" or "ppa" => HasFolder(ref zip, "ppt/"u8) || !HasOfficeFolder(ref zip),
            _ => true,
        };

    private static bool HasOfficeFolder(ref ZipNames zip) =>
        HasFolder(ref zip, "word/"u8) || HasFolder(ref zip, "xl/"u8) || HasFolder(ref zip, "ppt/"u8);

    private static bool HasFolder(ref ZipNames zip, ReadOnlySpan<byte> folder)
    {
        for (var i = 0; i < zip.Count; i++)
        {
            if (zip[i].StartsWith(folder))
            {
                return true;
            }
        }

        return false;
    }

    private static FileTypeMatch? ByFolders(ref ZipNames zip)
    {
        var macros = zip.HasEnding("vbaProject.bin"u8);
        return zip.Has("word/document.xml"u8) ? Office(macros ? "docm" : "docx")
            : zip.Has("xl/workbook.bin"u8) ? Office("xlsb")
            : zip.Has("xl/workbook.xml"u8) ? Office(macros ? "xlsm" : "xlsx")
            : zip.Has("ppt/presentation.xml"u8) ? Office(macros ? "pptm" : "pptx")
            : zip.Has("visio/document.xml"u8) ? Office("vsdx")
            : null;
    }

    private static FileTypeMatch? OpenDocument(ref ZipNames zip)
    {
        var mime = AsciiText(zip.Read("mimetype"u8, 128)).TrimEnd();
        foreach (var (wanted, match) in OpenDocuments)
        {
            if (mime.Equals(wanted, StringComparison.Ordinal))
            {
                return zip.Read("META-INF/manifest.xml"u8, MostXml).AsSpan().IndexOf("encryption-data"u8) >= 0
                    ? match with
                    {
                        Encrypted = true,
                        Encryption = "opendocument",
                    }
                    : match;
            }
        }

        return null;
    }

    /// <summary>XML as text, UTF-16 made narrow: content types are ASCII in either.</summary>
    private static string AsciiText(byte[] bytes) =>
        bytes is [0xFF, 0xFE, ..] ? System.Text.Encoding.Unicode.GetString(bytes)
        : bytes is [0xFE, 0xFF, ..] ? System.Text.Encoding.BigEndianUnicode.GetString(bytes)
        : System.Text.Encoding.Latin1.GetString(bytes);
}
