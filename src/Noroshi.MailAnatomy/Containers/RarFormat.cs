using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>RAR 1.5 to 4 and RAR 5.</summary>
public sealed class RarFormat : IContainerFormat, IRandomAccess
{
    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => IsSignature(bytes);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) => OpenArchive(bytes, 0, password);

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => RarProbe.Create(bytes, 0);

    internal static bool IsSignature(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("Rar!\x1A\x07\0"u8) || bytes.StartsWith("Rar!\x1A\x07\x01\0"u8);

    internal static RarListing Read(ReadOnlySpan<byte> bytes, int start, RarKeys? keys) =>
        bytes[start..].StartsWith("Rar!\x1A\x07\x01\0"u8) ? Rar5Walker.Read(bytes, start, keys) : Rar4Walker.Read(bytes, start, keys);

    internal static OpenedContainer OpenArchive(ReadOnlyMemory<byte> bytes, int start, string? password)
    {
        var keys = password is null ? null : new RarKeys(password);
        var listing = Read(bytes.Span, start, keys);
        var content = new RarContent(bytes, listing.Files, keys);
        var locked = listing.Files.FindAll(file => file.Encrypted);
        var info = new ContainerInfo
        {
            Format = listing.Rar5 ? "rar5" : "rar4",
            FormatVersion = Version(listing),
            Encrypted = listing.HeaderEncrypted || locked.Count > 0,
            HeaderEncrypted = listing.HeaderEncrypted,
            Encryption = listing.HeaderEncrypted ? (listing.Rar5 ? "aes-256" : "rar3-aes-128") : locked.FirstOrDefault()?.Encryption,
            HostOs = listing.Files.FirstOrDefault()?.HostOs,
            Comment = Comment(bytes, listing, keys),
            MultiVolume = listing.MultiVolume,
            Solid = listing.Solid,
        };
        var opened = new OpenedContainer(info, Entries(listing, content));
        opened.Findings.AddRange(listing.Findings);
        Judge(listing, password, opened.Findings);
        return opened;
    }

    private static void Judge(RarListing listing, string? password, List<Finding> findings)
    {
        if (listing.StillLocked && password is null)
        {
            findings.Add(FindingCodes.Container.NamesLocked.At(listing.Rar5 ? "rar5" : "rar4"));
        }

        if (listing.MultiVolume)
        {
            findings.Add(FindingCodes.Container.VolumeMissing.At("rar volume"));
        }

        if (listing.Files.Count == 0 && !listing.StillLocked && !listing.EndSeen && findings.Count == 0)
        {
            findings.Add(FindingCodes.Container.Truncated.At("no file header"));
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (listing.Files.Find(file => !seen.Add(file.Name)) is { } twice)
        {
            findings.Add(FindingCodes.Container.NameTwice.At(EntryNames.Short(twice.Name)));
        }
    }

    private static IEnumerable<ContainerEntry> Entries(RarListing listing, RarContent content)
    {
        foreach (var file in listing.Files)
        {
            var findings = new List<Finding>(file.Findings);
            var opener = content.Opener(file, findings);
            var target = file.LinkTarget;
            if (target is "" && opener is not null)
            {
                target = EntryNames.Decode(Streams.ReadAll(opener, 4_096) ?? []).Text;
            }

            yield return new ContainerEntry
            {
                Name = file.Name,
                NameCharset = file.Charset,
                Size = file.Size,
                PackedSize = file.Packed,
                ModifiedAt = file.Time,
                IsDirectory = file.IsDirectory,
                LinkTarget = target,
                Encrypted = file.Encrypted,
                Encryption = file.Encryption,
                Method = RarWords.Method(file),
                HostOs = file.HostOs,
                Open = opener,
                Findings = findings,
            };
        }
    }

    private static string? Version(RarListing listing)
    {
        if (listing.Files.Count == 0)
        {
            return listing.Rar5 ? "5.0" : null;
        }

        var version = listing.Files.Max(file => file.Version);
        return $"{version / 10}.{version % 10}";
    }

    private static string? Comment(ReadOnlyMemory<byte> bytes, RarListing listing, RarKeys? keys)
    {
        if (listing.CommentFile is not { } file || file.Size is > 1 << 18 || (file.Encrypted && keys is null))
        {
            return null;
        }

        var content = new RarContent(bytes, [file], keys);
        if (content.Opener(file, []) is null || Streams.ReadAll(() => content.Open(file), 1 << 18) is not { } raw)
        {
            return null;
        }

        var text =
            listing.Rar5 ? Encoding.UTF8.GetString(raw)
            : listing.CommentIsUtf16 ? Encoding.Unicode.GetString(raw)
            : EntryNames.Decode(raw).Text;
        return text.TrimEnd('\0');
    }
}

/// <summary>A RAR archive behind a program: the self-extracting form.</summary>
public sealed class RarSelfExtractingFormat : IContainerFormat, IRandomAccess
{
    /// <summary>Bytes in which the format's own programs look for the signature.</summary>
    private const int Searched = 1 << 20;

    /// <inheritdoc/>
    public int Priority => 810;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => Find(bytes) > 0;

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var start = Math.Max(0, Find(bytes.Span));
        var opened = RarFormat.OpenArchive(bytes, start, password);
        opened.Findings.Add(FindingCodes.Container.SelfExtracting.At($"rar at {start}"));
        return opened;
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => RarProbe.Create(bytes, Math.Max(0, Find(bytes.Span)));

    private static int Find(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("MZ"u8))
        {
            return -1;
        }

        var head = bytes[..Math.Min(bytes.Length, Searched)];
        var from = 2;
        for (var tries = 0; tries < 16; tries++)
        {
            var at = head[from..].IndexOf("Rar!\x1A\x07"u8);
            if (at < 0)
            {
                return -1;
            }

            if (RarFormat.IsSignature(bytes[(from + at)..]))
            {
                return from + at;
            }

            from += at + 6;
        }

        return -1;
    }
}

/// <summary>Key check of a RAR archive: check value, else header checksum, else the checksum of the smallest file.</summary>
internal sealed class RarProbe : IPasswordProbe
{
    /// <summary>Bytes unpacked at most to compare a checksum.</summary>
    private const long Limit = 16L << 20;

    private readonly ReadOnlyMemory<byte> _archive;
    private readonly RarListing _listing;
    private readonly RarFile? _file;

    private RarProbe(ReadOnlyMemory<byte> archive, RarListing listing, RarFile? file) =>
        (_archive, _listing, _file) = (archive, listing, file);

    private Rar5Lock? Lock => _listing.HeaderEncrypted ? _listing.HeaderLock : _file?.Lock;

    /// <inheritdoc/>
    public double CostMilliseconds => _listing.Rar5 ? 7.6 * Math.ScaleB(1, (Lock?.Count ?? 15) - 15) : 5.5;

    /// <inheritdoc/>
    public bool Conclusive => !_listing.HeaderEncrypted || _listing.Rar5;

    /// <summary>A probe, null when nothing is locked or the lock is not checked here.</summary>
    public static RarProbe? Create(ReadOnlyMemory<byte> archive, int start)
    {
        var listing = RarFormat.Read(archive.Span, start, null);
        if (listing.HeaderEncrypted)
        {
            var known = !listing.Rar5 || listing.HeaderLock is { Count: <= RarKeys.MaxCount };
            return known ? new RarProbe(archive, listing, null) : null;
        }

        var locked = listing.Files.FindAll(file =>
            file is { Encrypted: true, IsDirectory: false }
            && (file.Rar5 ? file.Lock is { Count: <= RarKeys.MaxCount } : file.Version >= 29)
        );
        var quick = locked.Find(file => file.Lock?.Check is not null);
        var whole = locked
            .Where(file => file is { SplitBefore: false, SplitAfter: false, Solid: false, Size: > 0 and <= Limit })
            .OrderBy(file => file.Packed)
            .FirstOrDefault();
        return (quick ?? whole) is { } chosen ? new RarProbe(archive, listing, chosen) : null;
    }

    /// <inheritdoc/>
    public bool Check(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        var keys = new RarKeys(password);
        if (Lock is { } by && keys.Rar5Fits(by) is { } fits)
        {
            return fits;
        }

        if (_listing.HeaderEncrypted)
        {
            return _listing.Rar5 ? Rar5Walker.Opens(_archive.Span, _listing, keys) : Rar4Walker.Opens(_archive.Span, _listing, keys);
        }

        if (_file is not { } file)
        {
            return false;
        }

        var content = new RarContent(_archive, [file], keys);
        return content.Opener(file, []) is { } opener && Streams.ReadsToEnd(opener, Limit + 1);
    }
}
