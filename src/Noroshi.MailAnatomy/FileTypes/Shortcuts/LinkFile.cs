namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Everything a shell link states (MS-SHLLINK), as stored: times and flags are raw, texts are decoded.</summary>
internal sealed record LinkFile
{
    public required LinkHeader Header { get; init; }

    /// <summary>Bytes of the IDList as it states; 0 when there is none.</summary>
    public int TargetSize { get; init; }

    public IReadOnlyList<ShellItem> Target { get; init; } = [];

    public LinkLocation? Location { get; init; }

    public string? Description { get; init; }

    public string? RelativePath { get; init; }

    public string? WorkingDirectory { get; init; }

    public string? Arguments { get; init; }

    public string? IconLocation { get; init; }

    public IReadOnlyList<LinkBlock> Blocks { get; init; } = [];

    /// <summary>The terminal block is there.</summary>
    public bool Terminated { get; init; }

    /// <summary>Offset behind the last byte that belongs to the link.</summary>
    public int End { get; init; }

    /// <summary>Charset that the texts of the system code page were decoded from; null when all were ASCII.</summary>
    public string? Charset { get; init; }

    /// <summary>A text states more characters than the shell reads, and what the shell takes for the next text lies within it.</summary>
    public bool Overlong { get; init; }

    /// <summary>What did not hold together, in order.</summary>
    public IReadOnlyList<string> Damage { get; init; } = [];

    public T? Block<T>()
        where T : LinkBlock => Blocks.OfType<T>().FirstOrDefault();
}

/// <summary>ShellLinkHeader (2.1).</summary>
internal sealed record LinkHeader(
    int Size,
    Guid Class,
    uint Flags,
    uint Attributes,
    ulong Created,
    ulong Accessed,
    ulong Modified,
    uint FileSize,
    int IconIndex,
    uint ShowCommand,
    ushort HotKey,
    ushort Reserved1,
    uint Reserved2,
    uint Reserved3
)
{
    public bool Has(LinkFlag flag) => (Flags & (uint)flag) != 0;
}

/// <summary>LinkFlags (2.1.1) that decide what is read.</summary>
[Flags]
internal enum LinkFlag : uint
{
    None = 0,
    TargetIdList = 1,
    LinkInfo = 2,
    Name = 4,
    RelativePath = 8,
    WorkingDirectory = 0x10,
    Arguments = 0x20,
    IconLocation = 0x40,
    Unicode = 0x80,
    ForceNoLinkInfo = 0x100,
    ExpandedString = 0x200,
    SeparateProcess = 0x400,
    DarwinId = 0x1000,
    RunAsUser = 0x2000,
    ExpandedIcon = 0x4000,
}

/// <summary>What an item of an IDList is.</summary>
internal enum ShellItemKind
{
    Unknown,
    Root,
    Volume,
    File,
    Network,
    Uri,
    ControlPanel,
    ControlPanelCategory,
    ControlPanelFile,
    UserFolder,
    Device,
    Delegate,
}

/// <summary>One shell item. Which fields are filled depends on the kind.</summary>
internal sealed record ShellItem(byte Type, int Size, ShellItemKind Kind)
{
    /// <summary>Sort index, flags or content flags, after the kind.</summary>
    public byte Flags { get; init; }

    public uint Signature { get; init; }

    /// <summary>Folder, volume or control panel applet.</summary>
    public Guid? Folder { get; init; }

    /// <summary>Stored name: the short one of a file, drive, share, URI, path of a control panel file.</summary>
    public string? Name { get; init; }

    public string? LongName { get; init; }

    public string? LocalizedName { get; init; }

    public string? Description { get; init; }

    public string? Comments { get; init; }

    public uint FileSize { get; init; }

    /// <summary>FAT date (low word) and time (high word), UTC.</summary>
    public uint Modified { get; init; }

    public uint Created { get; init; }

    public uint Accessed { get; init; }

    public ushort Attributes { get; init; }

    /// <summary>Entry (low 48 bits) and sequence of the file in the NTFS file table; 0 for none.</summary>
    public ulong MftReference { get; init; }

    public ShellItem? Inner { get; init; }

    public Guid? DelegateClass { get; init; }

    public Guid? DelegateFolder { get; init; }
}

/// <summary>LinkInfo (2.3).</summary>
internal sealed record LinkLocation(uint Size, uint HeaderSize, uint Flags)
{
    public uint VolumeOffset { get; init; }

    public uint BasePathOffset { get; init; }

    public uint NetworkOffset { get; init; }

    public uint SuffixOffset { get; init; }

    public LinkVolume? Volume { get; init; }

    public string? BasePath { get; init; }

    public string? Suffix { get; init; }

    public LinkNetwork? Network { get; init; }

    /// <summary>The whole path as the shell joins it; null when no base is stated.</summary>
    public string? Path => (BasePath ?? Network?.Name) is { Length: > 0 } start ? Join(start, Suffix ?? "") : null;

    private static string Join(string start, string rest) => rest.Length == 0 || start.EndsWith('\\') ? start + rest : $"{start}\\{rest}";
}

/// <summary>VolumeID (2.3.1).</summary>
internal sealed record LinkVolume(uint Size, uint DriveType, uint Serial, uint LabelOffset, string Label);

/// <summary>CommonNetworkRelativeLink (2.3.2).</summary>
internal sealed record LinkNetwork(uint Size, uint Flags, uint NameOffset, uint DeviceOffset, uint Provider, string? Name, string? Device);

/// <summary>A block of ExtraData (2.5).</summary>
internal abstract record LinkBlock(int At, int Size, uint Signature);

/// <summary>Path with variables: of the target, the icon or the installer's descriptor.</summary>
internal sealed record PathBlock(int At, int Size, uint Signature, string Ansi, string Unicode) : LinkBlock(At, Size, Signature)
{
    public string Value => Unicode.Length > 0 ? Unicode : Ansi;
}

/// <summary>ConsoleDataBlock: the 16-bit and 32-bit fields in stored order, as <see cref="LinkBlocks"/> names them.</summary>
internal sealed record ConsoleBlock(int At, int Size, uint Signature, IReadOnlyDictionary<string, long> Values, string FaceName)
    : LinkBlock(At, Size, Signature);

internal sealed record CodePageBlock(int At, int Size, uint Signature, uint CodePage) : LinkBlock(At, Size, Signature);

internal sealed record TrackerBlock(int At, int Size, uint Signature) : LinkBlock(At, Size, Signature)
{
    public uint Length { get; init; }

    public uint Version { get; init; }

    public required string Machine { get; init; }

    public Guid Volume { get; init; }

    public Guid File { get; init; }

    public Guid BirthVolume { get; init; }

    public Guid BirthFile { get; init; }
}

internal sealed record SpecialFolderBlock(int At, int Size, uint Signature, uint Folder, uint Offset) : LinkBlock(At, Size, Signature);

internal sealed record KnownFolderBlock(int At, int Size, uint Signature, Guid Folder, uint Offset) : LinkBlock(At, Size, Signature);

internal sealed record ShimBlock(int At, int Size, uint Signature, string Layer) : LinkBlock(At, Size, Signature);

internal sealed record PropertyBlock(int At, int Size, uint Signature, IReadOnlyList<PropertyStorage> Storages)
    : LinkBlock(At, Size, Signature);

internal sealed record IdListBlock(int At, int Size, uint Signature, IReadOnlyList<ShellItem> Items) : LinkBlock(At, Size, Signature);

internal sealed record UnknownBlock(int At, int Size, uint Signature) : LinkBlock(At, Size, Signature);

/// <summary>Serialized property storage (MS-PROPSTORE 2.2).</summary>
internal sealed record PropertyStorage(uint Size, uint Version, Guid Format, IReadOnlyList<PropertyValue> Values);

/// <summary>One property; named ones have a name, others a number.</summary>
/// <param name="Size">Bytes as stated.</param>
/// <param name="Id">Number; 0 for named ones.</param>
/// <param name="Name">Name; null for numbered ones.</param>
/// <param name="Type">VARIANT type (MS-OLEPS 2.15).</param>
/// <param name="Value">The value as text; null for empty ones and for types that carry no text, number, time or id.</param>
internal sealed record PropertyValue(uint Size, uint Id, string? Name, ushort Type, string? Value);
