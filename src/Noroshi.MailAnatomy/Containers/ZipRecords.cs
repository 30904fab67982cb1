using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>WinZip's AES extra field (0x9901).</summary>
/// <param name="Version">1: the CRC is stored; 2: it is not.</param>
/// <param name="KeyBits">128, 192 or 256.</param>
/// <param name="Method">Compression under the encryption.</param>
internal sealed record ZipAes(int Version, int KeyBits, int Method);

/// <summary>One entry of a ZIP archive, both of its headers read (APPNOTE.TXT 4.3.7 and 4.3.12).</summary>
internal sealed record ZipRecord
{
    /// <summary>Decoded name with <c>/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Charset of the name.</summary>
    public required string Charset { get; init; }

    /// <summary>General purpose flags.</summary>
    public int Flags { get; init; }

    /// <summary>Compression method; for AES the one beneath.</summary>
    public int Method { get; init; }

    /// <summary>Checksum; zero when the writer knew none.</summary>
    public uint Crc { get; init; }

    /// <summary>DOS time.</summary>
    public uint DosTime { get; init; }

    /// <summary>Packed bytes; null when unknown.</summary>
    public long? Packed { get; init; }

    /// <summary>Unpacked bytes; null when unknown.</summary>
    public long? Size { get; init; }

    /// <summary>Offset of the local header; negative when it lies elsewhere.</summary>
    public long LocalOffset { get; init; }

    /// <summary>Offset of the data; negative when there is no local header.</summary>
    public long DataOffset { get; init; } = -1;

    /// <summary>Version and system that made it.</summary>
    public int MadeBy { get; init; }

    /// <summary>Version needed to extract.</summary>
    public int Needed { get; init; }

    /// <summary>External attributes.</summary>
    public uint Attributes { get; init; }

    /// <summary>Volume the entry begins in.</summary>
    public int Disk { get; init; }

    /// <summary>AES field.</summary>
    public ZipAes? Aes { get; init; }

    /// <summary>PKWARE's strong encryption (0x0017 or flag 6).</summary>
    public bool StrongEncryption { get; init; }

    /// <summary>Comment.</summary>
    public string? Comment { get; init; }

    /// <summary>Time from an extra field.</summary>
    public string? ExactTime { get; init; }

    /// <summary>What was noticed.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Needs a password.</summary>
    public bool Encrypted => (Flags & 1) != 0;

    /// <summary>Sizes and checksum follow the data.</summary>
    public bool Descriptor => (Flags & 8) != 0;

    /// <summary>Made on a Unix system, whose mode stands in the high word of the attributes.</summary>
    public int UnixMode => (MadeBy >> 8) is 3 or 19 ? (int)(Attributes >> 16) : 0;

    /// <summary>A folder.</summary>
    public bool IsDirectory =>
        Name.EndsWith('/') || (UnixMode & 0xF000) == 0x4000 || ((MadeBy >> 8) == 0 && (Attributes & 0x10) != 0 && Size is null or 0);

    /// <summary>A symbolic link.</summary>
    public bool IsLink => (UnixMode & 0xF000) == 0xA000;

    /// <summary>Cipher in the contract's words.</summary>
    public string? Encryption =>
        !Encrypted ? null
        : Aes is { } aes ? $"aes-{aes.KeyBits}"
        : StrongEncryption ? "pkware-strong"
        : "zipcrypto";
}

/// <summary>A ZIP archive as its headers describe it.</summary>
internal sealed record ZipListing
{
    /// <summary>Entries in the order of the directory, hidden ones last.</summary>
    public List<ZipRecord> Records { get; } = [];

    /// <summary>About the archive.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Archive comment.</summary>
    public string? Comment { get; set; }

    /// <summary>One volume of several.</summary>
    public bool MultiVolume { get; set; }

    /// <summary>Bytes before the first entry.</summary>
    public long Prefix { get; set; }
}

/// <summary>Words for the numbers of a ZIP archive.</summary>
internal static class ZipWords
{
    /// <summary>Method as APPNOTE.TXT 4.4.5 names it.</summary>
    public static string Method(int method) =>
        method switch
        {
            0 => "store",
            1 => "shrink",
            >= 2 and <= 5 => $"reduce{method - 1}",
            6 => "implode",
            8 => "deflate",
            9 => "deflate64",
            12 => "bzip2",
            14 => "lzma",
            93 => "zstd",
            95 => "xz",
            98 => "ppmd",
            99 => "aes",
            _ => $"method-{method}",
        };

    /// <summary>System by the high byte of "version made by" (4.4.2).</summary>
    public static string HostOs(int madeBy) =>
        (madeBy >> 8) switch
        {
            0 => "fat",
            1 => "amiga",
            2 => "openvms",
            3 => "unix",
            4 => "vm-cms",
            5 => "atari",
            6 => "hpfs",
            7 => "macintosh",
            8 => "z-system",
            9 => "cp-m",
            10 => "ntfs",
            11 => "mvs",
            12 => "vse",
            13 => "acorn-risc",
            14 => "vfat",
            15 => "mvs-alternate",
            16 => "beos",
            17 => "tandem",
            18 => "os-400",
            19 => "darwin",
            var other => $"os-{other}",
        };
}
