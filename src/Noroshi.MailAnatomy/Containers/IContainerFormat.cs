using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// A format that holds files. One sealed class with a parameterless constructor per format: it is found by itself
/// (see <see cref="ContainerFormats"/>), so a new container is one new file.
/// </summary>
public interface IContainerFormat
{
    /// <summary>Lower is asked first; signatures at offset 0 use 100, weaker evidence more.</summary>
    int Priority { get; }

    /// <summary>Whether the bytes are of this format, by content. Must not throw and must be quick (no full parse).</summary>
    bool Recognises(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Opens the container. Never throws on bytes: damage is a finding of the returned object, also when it shows only while the entries
    /// are read. <paramref name="password"/> is tried on whatever is locked.
    /// </summary>
    OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password);

    /// <summary>A key check for a locked container; null when it is not locked or the format has no check.</summary>
    IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes);
}

/// <summary>Marks formats in which no ZIP archive stands at the end by right: single streams and disk images.</summary>
internal interface ISingleContent;

/// <summary>
/// Marks formats whose entries can be opened in any order, also after the others were listed, unless they were compressed together
/// (<see cref="ContainerInfo.Solid"/>).
/// </summary>
internal interface IRandomAccess;

/// <summary>What the container says of itself.</summary>
public sealed record ContainerInfo
{
    /// <summary>Format in the contract's words: <c>zip</c>, <c>rar4</c>, <c>rar5</c>, <c>7z</c>, <c>lzh</c>, <c>tar</c>, <c>gz</c>, <c>cab</c>, <c>iso</c>, …</summary>
    public required string Format { get; init; }

    /// <summary>A disk image rather than an archive.</summary>
    public bool DiskImage { get; init; }

    /// <summary>Version the container states.</summary>
    public string? FormatVersion { get; init; }

    /// <summary>Some entry needs a password.</summary>
    public bool Encrypted { get; init; }

    /// <summary>The list of names needs a password.</summary>
    public bool HeaderEncrypted { get; init; }

    /// <summary>Strongest encryption seen: <c>aes-256</c>, <c>aes-192</c>, <c>aes-128</c>, <c>zipcrypto</c>, <c>rar3-aes-128</c>, …</summary>
    public string? Encryption { get; init; }

    /// <summary>System it was made on.</summary>
    public string? HostOs { get; init; }

    /// <summary>Archive comment.</summary>
    public string? Comment { get; init; }

    /// <summary>One volume of several.</summary>
    public bool MultiVolume { get; init; }

    /// <summary>Entries are compressed together.</summary>
    public bool Solid { get; init; }
}

/// <summary>A container whose entries are read one after the other. The entries may be enumerated once.</summary>
/// <param name="info">What the container says of itself, complete before the entries are read.</param>
/// <param name="entries">The entries; the stream of one is valid until the next is asked for.</param>
public sealed class OpenedContainer(ContainerInfo info, IEnumerable<ContainerEntry> entries)
{
    /// <summary>What the container says of itself.</summary>
    public ContainerInfo Info { get; } = info;

    /// <summary>The entries in stored order. Enumeration never throws on bytes.</summary>
    public IEnumerable<ContainerEntry> Entries { get; } = entries;

    /// <summary>Findings about the container; complete only after the entries were enumerated.</summary>
    public List<Finding> Findings { get; } = [];
}

/// <summary>One entry of a container.</summary>
public sealed record ContainerEntry
{
    /// <summary>Name as text with the stored separators made <c>/</c>; never used as a path.</summary>
    public required string Name { get; init; }

    /// <summary>Charset the name was decoded from.</summary>
    public string? NameCharset { get; init; }

    /// <summary>Size the container states; null when it does not.</summary>
    public long? Size { get; init; }

    /// <summary>Packed size the container states.</summary>
    public long? PackedSize { get; init; }

    /// <summary>RFC 3339 with offset when the format has one, else local <c>yyyy-MM-ddTHH:mm:ss</c>.</summary>
    public string? ModifiedAt { get; init; }

    /// <summary>A folder.</summary>
    public bool IsDirectory { get; init; }

    /// <summary>Target when the entry is a link.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Needs a password.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Encryption of this entry.</summary>
    public string? Encryption { get; init; }

    /// <summary>Compression method as the format names it.</summary>
    public string? Method { get; init; }

    /// <summary>System the entry was made on.</summary>
    public string? HostOs { get; init; }

    /// <summary>Comment of the entry.</summary>
    public string? Comment { get; init; }

    /// <summary>
    /// Opens the content; null when it cannot be read (locked, method unknown, volume missing) and <see cref="Findings"/> says why.
    /// The stream may throw anything while it is read; the caller turns that into a finding. A wrong checksum is an
    /// <see cref="InvalidDataException"/> at the end of the stream.
    /// </summary>
    public Func<Stream>? Open { get; init; }

    /// <summary>What was noticed about the entry.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
