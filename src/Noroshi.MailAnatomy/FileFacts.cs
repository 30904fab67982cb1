using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy;

/// <summary>Kind of a file by its content, never by its name.</summary>
public enum FileType
{
    /// <summary>Nothing of the list.</summary>
    Other,

    /// <summary>Microsoft Office documents and templates, RTF, OneNote.</summary>
    Office,

    /// <summary>Ichitaro, Hanako and other JustSystems documents.</summary>
    Justsystems,

    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>Programs (PE, ELF, Mach-O, DOS, MSI).</summary>
    Executable,

    /// <summary>Shell link, .url, .desktop, .webloc.</summary>
    Shortcut,

    /// <summary>js, vbs, hta, wsf, bat, ps1 and the like.</summary>
    Script,

    /// <summary>HTML and SVG.</summary>
    Html,

    /// <summary>Raster images.</summary>
    Image,

    /// <summary>A mail (RFC 5322, mbox, .msg).</summary>
    Mail,

    /// <summary>A file that holds files.</summary>
    Archive,

    /// <summary>A file that holds a file system.</summary>
    DiskImage,

    /// <summary>Locked, and nothing opened it: what it is cannot be known.</summary>
    EncryptedUnopened,
}

/// <summary>How a name or an icon pretends to be another type.</summary>
public enum Disguise
{
    /// <summary>Bidirectional controls change the reading order.</summary>
    Rlo,

    /// <summary>A document's extension before the real one.</summary>
    DoubleExtension,

    /// <summary>Runs of spaces (or look-alike blanks) push the extension out of sight.</summary>
    Padding,

    /// <summary>Extension and content disagree.</summary>
    ExtensionMismatch,

    /// <summary>The icon is that of another type.</summary>
    Icon,

    /// <summary>Letters of another script stand for similar ones.</summary>
    Homograph,
}

/// <summary>A typed fact about who made a file and how, with where it stands.</summary>
/// <param name="Name">camelCase name of the trait, e.g. <c>author</c>, <c>originalPath</c>, <c>machineId</c>.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Where">Where in the file it stands.</param>
public sealed record Trait(string Name, string Value, string Where);

/// <summary>What a program that people use does with an archive.</summary>
/// <param name="Program">Name with version or era.</param>
/// <param name="Opens">True, false, or null when the sources do not say.</param>
/// <param name="Basis"><c>tried</c> when somebody opened such a file with it, <c>format</c> when inferred from documented formats.</param>
/// <param name="Why">Reason with its source.</param>
public sealed record OpensIn(string Program, bool? Opens, string Basis, string Why);

/// <summary>The facts of one file: an attachment, a member of an archive, or a file given by itself.</summary>
public sealed record FileFacts
{
    /// <summary>Stored name, decoded, control characters kept.</summary>
    public required string Name { get; init; }

    /// <summary>What a victim sees in a file list: bidi applied, blanks as blanks.</summary>
    public required string DisplayedName { get; init; }

    /// <summary>Names of the containers and this file joined by <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Kind by content.</summary>
    public FileType Type { get; init; }

    /// <summary>Format within the kind: <c>rar5</c>, <c>docx</c>, <c>jtd</c>, <c>pe32</c>, …; <c>unknown</c> when none fits.</summary>
    public string Format { get; init; } = "unknown";

    /// <summary>Version of the format as the file states it.</summary>
    public string? FormatVersion { get; init; }

    /// <summary>Bytes; null when the content could not be read.</summary>
    public long? Size { get; init; }

    /// <summary>Lower-case hex; null when the content could not be read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Lower-case hex.</summary>
    public string? Sha1 { get; init; }

    /// <summary>Lower-case hex.</summary>
    public string? Md5 { get; init; }

    /// <summary>A password is needed for the content.</summary>
    public bool Encrypted { get; init; }

    /// <summary>A password is needed even for the list of names.</summary>
    public bool HeaderEncrypted { get; init; }

    /// <summary><c>aes-256</c>, <c>aes-128</c>, <c>zipcrypto</c>, …</summary>
    public string? Encryption { get; init; }

    /// <summary>Compression method as the format names it, for members of archives.</summary>
    public string? Method { get; init; }

    /// <summary>System the archive or entry says it was made on.</summary>
    public string? HostOs { get; init; }

    /// <summary>Comment of the archive or entry.</summary>
    public string? Comment { get; init; }

    /// <summary>Time stored for the entry; offset is null when the format has local time only.</summary>
    public string? ModifiedAt { get; init; }

    /// <summary>The password that opened it.</summary>
    public Passwords.PasswordCandidate? Password { get; init; }

    /// <summary>What common programs do with it; archives only.</summary>
    public IReadOnlyList<OpensIn> OpensIn { get; init; } = [];

    /// <summary>Pretences.</summary>
    public IReadOnlyList<Disguise> Disguises { get; init; } = [];

    /// <summary>Typed facts about the making of the file.</summary>
    public IReadOnlyList<Trait> Traits { get; init; } = [];

    /// <summary>Files inside.</summary>
    public IReadOnlyList<FileFacts> Children { get; init; } = [];

    /// <summary>The mail, when the file is one.</summary>
    public MailFacts? Mail { get; init; }

    /// <summary>Indicators found in the file.</summary>
    public Indicators.IndicatorSet Indicators { get; init; } = MailAnatomy.Indicators.IndicatorSet.Empty;

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
