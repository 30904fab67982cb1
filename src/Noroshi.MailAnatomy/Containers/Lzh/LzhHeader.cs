namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>One header of an LZH archive, as stored; names stay bytes until <see cref="LzhPath"/> decodes them.</summary>
internal sealed record LzhHeader
{
    /// <summary>Level 0 to 3.</summary>
    public required int Level { get; init; }

    /// <summary>Method with its hyphens.</summary>
    public required string Method { get; init; }

    /// <summary>Where the packed data starts.</summary>
    public long DataStart { get; set; }

    /// <summary>Packed size as stated.</summary>
    public long PackedSize { get; set; }

    /// <summary>Size as stated.</summary>
    public long Size { get; set; }

    /// <summary>CRC-16 of the content; null when the header has none.</summary>
    public ushort? DataCrc { get; set; }

    /// <summary>Letter of the system; NUL when not stated.</summary>
    public char HostOs { get; set; }

    /// <summary>Name as stored, possibly with folders.</summary>
    public ReadOnlyMemory<byte> Name { get; set; }

    /// <summary>Folder of the extended header, parted by 0xFF.</summary>
    public ReadOnlyMemory<byte> Directory { get; set; }

    /// <summary>Name in UTF-16 (extended header 0x44).</summary>
    public ReadOnlyMemory<byte> NameUtf16 { get; set; }

    /// <summary>Folder in UTF-16, parted by U+FFFF (extended header 0x45).</summary>
    public ReadOnlyMemory<byte> DirectoryUtf16 { get; set; }

    /// <summary>Comment as stored.</summary>
    public ReadOnlyMemory<byte> Comment { get; set; }

    /// <summary>Windows code page of the names; 0 when not stated.</summary>
    public int CodePage { get; set; }

    /// <summary>Unix mode; 0 when not stated.</summary>
    public int UnixMode { get; set; }

    /// <summary>DOS time as local time without offset, or a moment with <c>Z</c>; null when not readable.</summary>
    public string? ModifiedAt { get; set; }

    /// <summary>Its -lh7- is the method of LHARK.</summary>
    public bool IsLhark { get; set; }

    /// <summary>The header's own checksum or CRC holds; null when it has none.</summary>
    public bool? ChecksumOk { get; set; }

    /// <summary>The chain of extended headers is broken.</summary>
    public bool ExtensionsBroken { get; set; }
}
