using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Hands the parts of a package that are files of their own over to whoever knows them.</summary>
internal static class InnerParts
{
    private const int MaxInner = 64;

    /// <summary>Parts of other extensions whose first bytes are looked at.</summary>
    private const int MaxLooks = 512;

    private static readonly string[] FileFolders =
    [
        "embeddings/",
        "activex/",
        "afchunk",
        "attachedtoolbars",
        "vbaproject",
        "oleobject",
        "scripts/",
    ];

    /// <summary>Adds the inner files of a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="named">Parts that a relationship declares to be files (objects, chunks, macro projects).</param>
    /// <param name="sink">Takes the files.</param>
    public static void Add(PackageReader package, IReadOnlySet<string> named, TraitSink sink)
    {
        var looks = 0;
        foreach (var name in package.Names)
        {
            if (Printer(name))
            {
                ReadPrinter(package, name, sink);
                continue;
            }

            if (!named.Contains(name) && !IsFile(name) && !(looks++ < MaxLooks && IsStranger(package, name)))
            {
                continue;
            }

            if (sink.Inspection.Inner.Count >= MaxInner)
            {
                sink.Add(FindingCodes.OpenXml.PartLimit, $"more than {MaxInner} files inside");
                return;
            }

            if (package.Entry(name) is { } entry)
            {
                sink.Inspection.Inner.Add(entry);
            }
        }
    }

    /// <summary>Preview picture: its hash, because previews outlive edits.</summary>
    public static void Thumbnail(PackageReader package, TraitSink sink)
    {
        foreach (var name in package.Names)
        {
            if (
                (
                    name.StartsWith("docProps/thumbnail.", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("Thumbnails/", StringComparison.OrdinalIgnoreCase)
                )
                && package.Read(name, out var cut) is { Length: > 0 } bytes
                && !cut
            )
            {
                sink.Add(TraitKinds.OfficeDocument.Thumbnail, Convert.ToHexStringLower(SHA256.HashData(bytes)), name);
                return;
            }
        }
    }

    private static bool Printer(string name) =>
        name.Contains("printerSettings/", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase);

    /// <summary>A DEVMODE of Windows begins with 32 characters of the printer's name; macOS writes a property list instead.</summary>
    private static void ReadPrinter(PackageReader package, string name, TraitSink sink)
    {
        if (package.Read(name, out _, 1_024) is not { Length: >= 72 } bytes)
        {
            return;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(64));
        var text = Encoding.Unicode.GetString(bytes.AsSpan(0, 64));
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        if (version is >= 0x0300 and <= 0x0600 && end != 0 && bytes[0] != '<')
        {
            sink.Add(TraitKinds.OfficeDocument.Printer, end < 0 ? text : text[..end], name);
        }
    }

    private static bool IsFile(string name)
    {
        if (Extension(name) is "xml" or "rels")
        {
            return false;
        }

        foreach (var folder in FileFolders)
        {
            if (name.Contains(folder, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A part whose beginning is none of what documents consist of: programs, scripts and archives that were slipped in.</summary>
    private static bool IsStranger(PackageReader package, string name)
    {
        var extension = Extension(name);
        if (name.Equals("mimetype", StringComparison.OrdinalIgnoreCase) || package.SizeOf(name) == 0)
        {
            return false;
        }

        if (package.Read(name, out _, 64) is not { Length: > 0 } start)
        {
            return false;
        }

        return extension switch
        {
            "xml"
            or "rels"
            or "vml"
            or "rdf"
            or "xhtml"
            or "html"
            or "htm"
            or "opf"
            or "ncx"
            or "fdoc"
            or "fpage"
            or "fdseq"
            or "xsl"
            or "xsd" => !IsMarkup(start),
            "png"
            or "jpg"
            or "jpeg"
            or "jpe"
            or "gif"
            or "bmp"
            or "tif"
            or "tiff"
            or "emf"
            or "wmf"
            or "emz"
            or "wmz"
            or "svg"
            or "ico"
            or "wdp"
            or "jxr"
            or "webp"
            or "pct"
            or "pict"
            or "svm" => !IsPicture(start),
            "wav" or "mp3" or "mp4" or "m4a" or "m4v" or "mov" or "avi" or "wmv" or "wma" or "mid" => IsDanger(start),
            // Binary workbooks are all .bin; fonts are scrambled or not.
            "bin" or "fntdata" or "odttf" or "ttf" or "otf" or "woff" or "sigs" or "p7s" or "psmdcp" or "css" or "json" or "mf" => IsDanger(
                start
            ),
            _ => true,
        };
    }

    private static string Extension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 || name.IndexOf('/', dot) >= 0 ? "" : name[(dot + 1)..].ToLowerInvariant();
    }

    private static bool IsMarkup(ReadOnlySpan<byte> start)
    {
        var text = start.TrimStart(" \t\r\n\0"u8);
        return text.IsEmpty || text[0] == '<' || text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) || text[0] is 0xFE or 0xFF;
    }

    private static bool IsPicture(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
        || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])
        || start.StartsWith("GIF8"u8)
        || start.StartsWith("BM"u8)
        || start.StartsWith("II"u8)
        || start.StartsWith("MM"u8)
        || start.StartsWith("RIFF"u8)
        || start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
        || start.StartsWith((ReadOnlySpan<byte>)[1, 0, 0, 0])
        || start.StartsWith((ReadOnlySpan<byte>)[0xD7, 0xCD, 0xC6, 0x9A])
        || start.StartsWith((ReadOnlySpan<byte>)[1, 0, 9, 0])
        || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0])
        || start.StartsWith("VCLMTF"u8)
        || IsMarkup(start);

    /// <summary>Programs, compound files, archives, documents, markup that scripts.</summary>
    private static bool IsDanger(ReadOnlySpan<byte> start) =>
        start.StartsWith("MZ"u8)
        || start.StartsWith((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F'])
        || start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
        || start.StartsWith((ReadOnlySpan<byte>)[0x4C, 0, 0, 0, 1, 0x14, 2])
        || start.StartsWith("PK\u0003\u0004"u8)
        || start.StartsWith("Rar!"u8)
        || start.StartsWith("7z\u00BC"u8[..2])
        || start.StartsWith("{\\rt"u8)
        || start.StartsWith("%PDF"u8)
        || start.StartsWith("MSCF"u8)
        || start.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
}
