using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>A coder of a 7z folder.</summary>
/// <param name="Id">Method number.</param>
/// <param name="Inputs">Streams in (packed side).</param>
/// <param name="Outputs">Streams out.</param>
/// <param name="Properties">Properties of the method.</param>
internal sealed record SevenZipCoder(ulong Id, int Inputs, int Outputs, byte[] Properties)
{
    /// <summary>AES-256 with SHA-256 key derivation.</summary>
    public const ulong Aes = 0x06F10701;

    /// <summary>LZMA.</summary>
    public const ulong Lzma = 0x030101;

    /// <summary>LZMA2.</summary>
    public const ulong Lzma2 = 0x21;

    /// <summary>PPMd.</summary>
    public const ulong Ppmd = 0x030401;

    /// <summary>Name of the method (7zFormat.txt, Methods.txt).</summary>
    public string Name =>
        Id switch
        {
            0 => "copy",
            3 => "delta",
            4 or 0x03030103 => "bcj",
            0x0303011B => "bcj2",
            5 or 0x03030205 => "ppc",
            6 or 0x03030401 => "ia64",
            7 or 0x03030501 => "arm",
            8 or 0x03030701 => "armt",
            9 or 0x03030805 => "sparc",
            0xA => "arm64",
            0xB => "riscv",
            Lzma2 => "lzma2",
            Lzma => "lzma",
            Ppmd => "ppmd",
            0x040108 => "deflate",
            0x040109 => "deflate64",
            0x040202 => "bzip2",
            0x04F71101 => "zstd",
            0x04F71102 => "brotli",
            0x04F71104 => "lz4",
            Aes => "aes-256",
            _ => $"method-{Id:x}",
        };
}

/// <summary>A folder of a 7z archive: packed streams, coders and how they are bound.</summary>
internal sealed record SevenZipFolder
{
    /// <summary>Coders, numbered as stored.</summary>
    public required IReadOnlyList<SevenZipCoder> Coders { get; init; }

    /// <summary>Pairs (stream in, stream out) that are bound.</summary>
    public required IReadOnlyList<(int In, int Out)> Binds { get; init; }

    /// <summary>Streams in that are fed by the packed streams, in their order.</summary>
    public required IReadOnlyList<int> Packed { get; init; }

    /// <summary>Bytes of every stream out.</summary>
    public long[] Sizes { get; set; } = [];

    /// <summary>CRC-32 of the result.</summary>
    public uint? Crc { get; set; }

    /// <summary>Where the packed streams stand: offset in the file and length.</summary>
    public List<(long Offset, long Length)> Streams { get; } = [];

    /// <summary>Files in it.</summary>
    public List<SevenZipFile> Files { get; } = [];

    /// <summary>Needs a password.</summary>
    public bool Encrypted => Coders.Any(coder => coder.Id == SevenZipCoder.Aes);

    /// <summary>Bytes of the result: the stream out that is bound to nothing.</summary>
    public long Size
    {
        get
        {
            for (var i = Sizes.Length - 1; i >= 0; i--)
            {
                if (!Binds.Any(bind => bind.Out == i))
                {
                    return Sizes[i];
                }
            }

            return 0;
        }
    }

    /// <summary>Method names, the packed side last.</summary>
    public string Method => string.Join('+', Coders.Where(coder => coder.Id != SevenZipCoder.Aes).Select(coder => coder.Name));
}

/// <summary>A file of a 7z archive.</summary>
internal sealed record SevenZipFile
{
    /// <summary>Name with <c>/</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Folder, null when empty.</summary>
    public SevenZipFolder? Folder { get; set; }

    /// <summary>Place in the folder's result.</summary>
    public long Offset { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>CRC-32.</summary>
    public uint? Crc { get; set; }

    /// <summary>A folder of the file system.</summary>
    public bool IsDirectory { get; set; }

    /// <summary>Deletes a file when unpacked.</summary>
    public bool IsAnti { get; set; }

    /// <summary>Time.</summary>
    public string? Time { get; set; }

    /// <summary>Windows attributes, Unix mode in the high word.</summary>
    public uint Attributes { get; set; }

    /// <summary>A symbolic link of a Unix maker.</summary>
    public bool IsLink => (Attributes & 0x8000) != 0 && ((Attributes >> 16) & 0xF000) == 0xA000;
}

/// <summary>A 7z archive as its header describes it.</summary>
internal sealed record SevenZipListing
{
    /// <summary>Version of the format.</summary>
    public string? Version { get; set; }

    /// <summary>Folders.</summary>
    public IReadOnlyList<SevenZipFolder> Folders { get; set; } = [];

    /// <summary>Files in stored order.</summary>
    public List<SevenZipFile> Files { get; } = [];

    /// <summary>The folder that holds the header, when the header is packed.</summary>
    public SevenZipFolder? HeaderFolder { get; set; }

    /// <summary>The header is locked.</summary>
    public bool HeaderEncrypted { get; set; }

    /// <summary>The header could not be opened.</summary>
    public bool StillLocked { get; set; }

    /// <summary>One volume of several.</summary>
    public bool MultiVolume { get; set; }

    /// <summary>About the archive.</summary>
    public List<Finding> Findings { get; } = [];
}
