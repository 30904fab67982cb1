using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>How a RAR 5 header or file is locked.</summary>
/// <param name="Count">Binary logarithm of the rounds of the key derivation.</param>
/// <param name="Salt">16 bytes.</param>
/// <param name="Iv">16 bytes; empty for headers, which carry one each.</param>
/// <param name="Check">8 bytes of password check; null when absent or damaged.</param>
/// <param name="Tweaked">The checksum is keyed.</param>
internal sealed record Rar5Lock(int Count, byte[] Salt, byte[] Iv, byte[]? Check, bool Tweaked);

/// <summary>A file of a RAR archive.</summary>
internal sealed record RarFile
{
    /// <summary>Decoded name with <c>/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Charset of the name.</summary>
    public string? Charset { get; init; }

    /// <summary>RAR 5 rather than RAR 1.5 to 4.</summary>
    public bool Rar5 { get; init; }

    /// <summary>Offset of the packed data.</summary>
    public long DataOffset { get; init; }

    /// <summary>Packed bytes.</summary>
    public long Packed { get; init; }

    /// <summary>Unpacked bytes; null when unknown.</summary>
    public long? Size { get; init; }

    /// <summary>CRC-32 of the content, keyed when the lock says so.</summary>
    public uint? Crc { get; init; }

    /// <summary>BLAKE2sp of the content.</summary>
    public byte[]? Blake2 { get; init; }

    /// <summary>Version of the packer: 15, 20, 26, 29, 36 or, for RAR 5, 50 and 70.</summary>
    public int Version { get; init; }

    /// <summary>0 stored to 5 best.</summary>
    public int Method { get; init; }

    /// <summary>Compression information as RAR 5 stores it, or the dictionary bits of RAR 4.</summary>
    public int Dictionary { get; init; }

    /// <summary>Uses the dictionary of the file before.</summary>
    public bool Solid { get; init; }

    /// <summary>Needs a password.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Salt of RAR 3 and 4.</summary>
    public byte[]? Salt { get; init; }

    /// <summary>Lock of RAR 5.</summary>
    public Rar5Lock? Lock { get; init; }

    /// <summary>A folder.</summary>
    public bool IsDirectory { get; init; }

    /// <summary>Target of a link or a reference to an equal file.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Begins in the volume before.</summary>
    public bool SplitBefore { get; init; }

    /// <summary>Goes on in the next volume.</summary>
    public bool SplitAfter { get; init; }

    /// <summary>System.</summary>
    public string? HostOs { get; init; }

    /// <summary>Time.</summary>
    public string? Time { get; init; }

    /// <summary>What was noticed.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Cipher in the contract's words.</summary>
    public string? Encryption =>
        !Encrypted ? null
        : Rar5 ? "aes-256"
        : Version >= 29 ? "rar3-aes-128"
        : Version >= 20 ? "rar2"
        : "rar1.5";
}

/// <summary>A RAR archive as its headers describe it.</summary>
internal sealed record RarListing
{
    /// <summary>RAR 5.</summary>
    public bool Rar5 { get; init; }

    /// <summary>Offset of the signature.</summary>
    public int Start { get; init; }

    /// <summary>Files in stored order.</summary>
    public List<RarFile> Files { get; } = [];

    /// <summary>The service entry that holds the comment.</summary>
    public RarFile? CommentFile { get; set; }

    /// <summary>The comment is UTF-16.</summary>
    public bool CommentIsUtf16 { get; set; }

    /// <summary>About the archive.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Headers need a password.</summary>
    public bool HeaderEncrypted { get; set; }

    /// <summary>Lock of RAR 5 headers.</summary>
    public Rar5Lock? HeaderLock { get; set; }

    /// <summary>Offset of the first locked header.</summary>
    public int LockedFrom { get; set; }

    /// <summary>Headers stayed locked.</summary>
    public bool StillLocked { get; set; }

    /// <summary>One volume of several.</summary>
    public bool MultiVolume { get; set; }

    /// <summary>Solid.</summary>
    public bool Solid { get; set; }

    /// <summary>A file with content was listed.</summary>
    public bool ContentSeen { get; set; }

    /// <summary>Recovery data.</summary>
    public bool Recovery { get; set; }

    /// <summary>An end mark was there.</summary>
    public bool EndSeen { get; set; }

    /// <summary>Offset behind the last block.</summary>
    public long End { get; set; }
}

/// <summary>Words for the numbers of RAR archives.</summary>
internal static class RarWords
{
    /// <summary>System of RAR 1.5 to 4.</summary>
    public static string Host4(int value) =>
        value switch
        {
            0 => "ms-dos",
            1 => "os-2",
            2 => "windows",
            3 => "unix",
            4 => "macintosh",
            5 => "beos",
            _ => $"os-{value}",
        };

    /// <summary>System of RAR 5.</summary>
    public static string Host5(ulong value) =>
        value switch
        {
            0 => "windows",
            1 => "unix",
            _ => $"os-{value}",
        };

    /// <summary>Method with its level.</summary>
    public static string Method(RarFile file) =>
        file.Method == 0 ? "store" : $"rar{(file.Rar5 ? file.Version / 10 : (file.Version + 1) / 10)}-m{file.Method}";
}
