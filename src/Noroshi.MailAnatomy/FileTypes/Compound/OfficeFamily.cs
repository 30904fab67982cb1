using System.Buffers.Binary;
using System.Globalization;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>
/// Office 97-2003 documents and the wrapper of encrypted Office Open XML (MS-OFFCRYPTO). Word, Excel and PowerPoint say in their own
/// streams whether they are encrypted.
/// </summary>
internal sealed class OfficeFamily : ICompoundFamily
{
    private static readonly FileTypeMatch Doc = new(FileType.Office, "doc", ["doc", "dot", "wiz"]);
    private static readonly FileTypeMatch Xls = new(FileType.Office, "xls", ["xls", "xlt", "xla", "xlm", "xlc"]);
    private static readonly FileTypeMatch Ppt = new(FileType.Office, "ppt", ["ppt", "pps", "pot", "ppa"]);
    private static readonly FileTypeMatch Vsd = new(FileType.Office, "vsd", ["vsd", "vss", "vst"]);
    private static readonly FileTypeMatch Publisher = new(FileType.Office, "pub", ["pub"]);
    private static readonly FileTypeMatch Project = new(FileType.Office, "mpp", ["mpp", "mpt"]);
    private static readonly FileTypeMatch Sealed = new(
        FileType.Office,
        "ooxml",
        ["docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xlsb", "xltx", "xltm", "pptx", "pptm", "ppsx", "ppsm", "potx", "vsdx"]
    )
    {
        Encrypted = true,
    };

    /// <inheritdoc/>
    public int Priority => 20;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ref CompoundFile file)
    {
        if (file.FindStream("EncryptedPackage") is not null)
        {
            return Sealed with { Encryption = PackageEncryption(ref file) };
        }

        if (file.FindStream("WordDocument") is { } word)
        {
            return WithWordEncryption(ref file, word);
        }

        if ((file.FindStream("Workbook") ?? file.FindStream("Book")) is { } book)
        {
            return WithBookEncryption(file.Read(book, 16_384));
        }

        if ((file.FindStream("PowerPoint Document") ?? file.FindStream("PP97_DUALSTORAGE")) is not null)
        {
            return WithShowEncryption(ref file);
        }

        if (file.FindStream("VisioDocument") is not null)
        {
            return Vsd;
        }

        // Publisher keeps a Quill storage beside its Contents stream.
        return file.Find("Quill") is { IsStream: false } ? Publisher
            : file.Find("Props14") is not null || file.Find("Props12") is not null || file.Find("Props9") is not null ? Project
            : null;
    }

    /// <summary>MS-OFFCRYPTO 2.3.4: version 4.4 is agile, x.2 standard, x.3 extensible.</summary>
    private static string PackageEncryption(ref CompoundFile file)
    {
        var info = file.FindStream("EncryptionInfo") is { } entry ? file.Read(entry, 8) : [];
        if (info.Length < 4)
        {
            return file.Find("\u0006DataSpaces") is null ? "office" : "office-protected";
        }

        var major = BinaryPrimitives.ReadUInt16LittleEndian(info);
        var minor = BinaryPrimitives.ReadUInt16LittleEndian(info.AsSpan(2));
        return (major, minor) switch
        {
            (4, 4) => "office-agile",
            (_, 2) => "office-standard",
            (_, 3) => "office-extensible",
            _ => "office",
        };
    }

    /// <summary>MS-DOC 2.5.2: fEncrypted and fObfuscated of the base of the file information block.</summary>
    private static FileTypeMatch WithWordEncryption(ref CompoundFile file, CompoundEntry word)
    {
        var fib = file.Read(word, 32);
        if (fib.Length < 12)
        {
            return Doc;
        }

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(fib.AsSpan(10));
        var match = Doc with
        {
            FormatVersion = BinaryPrimitives.ReadUInt16LittleEndian(fib.AsSpan(2)).ToString("x4", CultureInfo.InvariantCulture),
        };
        if ((flags & 0x0100) == 0)
        {
            return match;
        }

        if ((flags & 0x8000) != 0)
        {
            return match with { Encrypted = true, Encryption = "office-xor" };
        }

        var table = file.FindStream((flags & 0x0200) != 0 ? "1Table" : "0Table");
        return match with { Encrypted = true, Encryption = Rc4Kind(table is { } entry ? file.Read(entry, 4) : []) };
    }

    private static string Rc4Kind(ReadOnlySpan<byte> version) =>
        version.Length >= 4 && BinaryPrimitives.ReadUInt16LittleEndian(version[2..]) == 2 ? "office-rc4-cryptoapi" : "office-rc4";

    /// <summary>MS-XLS 2.4.117: a FilePass record in the globals, soon after the BOF.</summary>
    private static FileTypeMatch WithBookEncryption(ReadOnlySpan<byte> book)
    {
        string? version = null;
        for (var (at, records) = (0, 0); at + 4 <= book.Length && records < 256; records++)
        {
            var kind = BinaryPrimitives.ReadUInt16LittleEndian(book[at..]);
            var body = book[(at + 4)..];
            int length = BinaryPrimitives.ReadUInt16LittleEndian(book[(at + 2)..]);
            body = body[..Math.Min(length, body.Length)];
            if (records == 0)
            {
                if (kind != 0x0809)
                {
                    break;
                }

                version =
                    body.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(body).ToString("x4", CultureInfo.InvariantCulture) : null;
            }
            else if (kind == 0x002F)
            {
                // BIFF5 has no type word: it knows the XOR method only.
                var rc4 = body.Length >= 6 && body[0] == 1;
                return Xls with { FormatVersion = version, Encrypted = true, Encryption = rc4 ? Rc4Kind(body[2..]) : "office-xor" };
            }
            else if (kind == 0x000A)
            {
                break;
            }

            at += 4 + length;
        }

        return Xls with
        {
            FormatVersion = version,
        };
    }

    /// <summary>MS-PPT 2.3.2: the header token of the current user tells an encrypted document.</summary>
    private static FileTypeMatch WithShowEncryption(ref CompoundFile file)
    {
        var user = file.FindStream("Current User") is { } entry ? file.Read(entry, 16) : [];
        return user.Length == 16 && BinaryPrimitives.ReadUInt32LittleEndian(user.AsSpan(12)) == 0xF3D1C4DF
            ? Ppt with
            {
                Encrypted = true,
                Encryption = "office-rc4-cryptoapi",
            }
            : Ppt;
    }
}
