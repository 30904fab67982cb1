using System.Buffers.Binary;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>7z (7zFormat.txt of the LZMA SDK), also with a locked header.</summary>
public sealed class SevenZipFormat : IContainerFormat
{
    /// <summary>Bytes of the signature header.</summary>
    private const int StartLength = 32;

    /// <summary>Bytes a packed header may unpack to.</summary>
    private const int MaxHeader = 32 << 20;

    private static ReadOnlySpan<byte> Signature => [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C];

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var keys = password is null ? null : new SevenZipKeys(password);
        var listing = Read(bytes, keys);
        var folders = listing.Folders;
        var locked = listing.HeaderEncrypted || folders.Any(folder => folder.Encrypted);
        var info = new ContainerInfo
        {
            Format = "7z",
            FormatVersion = listing.Version,
            Encrypted = locked,
            HeaderEncrypted = listing.HeaderEncrypted,
            Encryption = locked ? "aes-256" : null,
            HostOs = Host(listing),
            MultiVolume = listing.MultiVolume,
            Solid = folders.Any(folder => folder.Files.Count > 1),
        };
        var opened = new OpenedContainer(info, Entries(bytes, listing, keys));
        opened.Findings.AddRange(listing.Findings);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (listing.Files.Find(file => !seen.Add(file.Name)) is { } twice)
        {
            opened.Findings.Add(FindingCodes.Container.NameTwice.At(EntryNames.Short(twice.Name)));
        }

        return opened;
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => SevenZipProbe.Create(bytes);

    /// <summary>Reads the headers, unlocking them when there are keys.</summary>
    internal static SevenZipListing Read(ReadOnlyMemory<byte> bytes, SevenZipKeys? keys)
    {
        var listing = new SevenZipListing();
        var span = bytes.Span;
        if (span.Length < StartLength)
        {
            listing.Findings.Add(FindingCodes.Container.Truncated.At("signature header"));
            return listing;
        }

        listing.Version = $"{span[6]}.{span[7]}";
        if (ArchiveCrc32.Of(span[12..StartLength]) != BinaryPrimitives.ReadUInt32LittleEndian(span[8..]))
        {
            listing.Findings.Add(FindingCodes.Container.Damaged.At("checksum of the signature header"));
        }

        var offset = BinaryPrimitives.ReadUInt64LittleEndian(span[12..]);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(span[20..]);
        if (size == 0)
        {
            return listing;
        }

        if (offset > (ulong)(span.Length - StartLength) || size > (ulong)(span.Length - StartLength) - offset)
        {
            // Splitting only cuts the file: the header stands in the last part.
            listing.MultiVolume = true;
            listing.Findings.Add(FindingCodes.Container.VolumeMissing.At($"header at {offset} of {span.Length} bytes"));
            return listing;
        }

        var header = bytes.Slice(StartLength + (int)offset, (int)size);
        var end = StartLength + (int)offset + (int)size;
        if (end < span.Length && span[end..].ContainsAnyExcept((byte)0))
        {
            listing.Findings.Add(FindingCodes.Container.Suffix.At($"{span.Length - end} bytes"));
        }

        if (ArchiveCrc32.Of(header.Span) != BinaryPrimitives.ReadUInt32LittleEndian(span[28..]))
        {
            listing.Findings.Add(FindingCodes.Container.Damaged.At("checksum of the header"));
        }

        try
        {
            ReadHeader(bytes, header, listing, keys);
        }
        catch (InvalidDataException damage)
        {
            listing.Findings.Add(FindingCodes.Container.Damaged.At(damage.Message));
        }

        return listing;
    }

    private static void ReadHeader(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> header, SevenZipListing listing, SevenZipKeys? keys)
    {
        // A packed header may hold a packed header again; 7-Zip packs once.
        for (var depth = 0; depth < 4 && header.Length > 0; depth++)
        {
            var body = new SevenZipHeader(header.Span[1..], StartLength, bytes.Length - StartLength);
            switch (header.Span[0])
            {
                case 1:
                    body.ReadAll(listing);
                    return;
                case 0x17:
                    var folders = body.ReadStreams(out _, out _);
                    if (folders.Count != 1 || Unpack(bytes, folders[0], listing, keys) is not { } unpacked)
                    {
                        return;
                    }

                    header = unpacked;
                    break;
                default:
                    throw new InvalidDataException($"The 7z header is damaged: kind {header.Span[0]}.");
            }
        }

        if (header.Length > 0)
        {
            throw new InvalidDataException("The 7z header is packed within itself too often.");
        }
    }

    private static byte[]? Unpack(ReadOnlyMemory<byte> bytes, SevenZipFolder folder, SevenZipListing listing, SevenZipKeys? keys)
    {
        listing.HeaderFolder = folder;
        listing.HeaderEncrypted |= folder.Encrypted;
        var content = new SevenZipContent(bytes, folder, keys);
        if (content.Refusal() is { } refusal)
        {
            listing.StillLocked = folder.Encrypted;
            listing.Findings.Add(
                folder.Encrypted && keys is null && refusal.Code == FindingCodes.Container.PasswordNeeded.Code
                    ? FindingCodes.Container.NamesLocked.At("7z")
                    : refusal
            );
            return null;
        }

        if (content.ReadAll(MaxHeader) is { } header)
        {
            return header;
        }

        listing.StillLocked = folder.Encrypted;
        listing.Findings.Add(
            folder.Encrypted ? FindingCodes.Container.PasswordWrong.At("aes-256") : FindingCodes.Container.Damaged.At("packed header")
        );
        return null;
    }

    private static IEnumerable<ContainerEntry> Entries(ReadOnlyMemory<byte> bytes, SevenZipListing listing, SevenZipKeys? keys)
    {
        var contents = listing
            .Files.Select(file => file.Folder)
            .OfType<SevenZipFolder>()
            .Distinct(FolderIdentity.Instance)
            .ToDictionary(folder => folder, folder => new SevenZipContent(bytes, folder, keys), FolderIdentity.Instance);
        foreach (var file in listing.Files)
        {
            var findings = new List<Finding>();
            EntryNames.Inspect(file.Name, findings);
            var opener = Opener(file, contents, findings);
            string? target = null;
            if (file.IsLink)
            {
                target = opener is null ? "" : EntryNames.Decode(Streams.ReadAll(opener, 4_096) ?? []).Text;
            }

            var locked = file.Folder is { Encrypted: true };
            yield return new ContainerEntry
            {
                Name = file.Name,
                NameCharset = "utf-16",
                Size = file.Size,
                PackedSize = file.Folder is { Files.Count: 1 } alone ? alone.Streams.Sum(stream => stream.Length) : null,
                ModifiedAt = file.Time,
                IsDirectory = file.IsDirectory,
                LinkTarget = target,
                Encrypted = locked,
                Encryption = locked ? "aes-256" : null,
                Method = file.Folder?.Method,
                Open = opener,
                Findings = findings,
            };
        }
    }

    private static Func<Stream>? Opener(SevenZipFile file, Dictionary<SevenZipFolder, SevenZipContent> contents, List<Finding> findings)
    {
        if (file.IsDirectory || file.IsAnti)
        {
            return null;
        }

        if (file.Folder is not { } folder)
        {
            return static () => Stream.Null;
        }

        var content = contents[folder];
        if (content.Refusal() is { } refusal)
        {
            findings.Add(refusal);
            return null;
        }

        var crc = file.Crc ?? (folder.Files.Count == 1 ? folder.Crc : null);
        if (crc is null)
        {
            findings.Add(FindingCodes.Container.Unverified.At(EntryNames.Short(file.Name)));
        }

        return () =>
            new VerifiedStream(() => new BorrowedStream(content.Open(file.Offset)), new Expected(file.Size, crc), stopAtSize: true);
    }

    private static string? Host(SevenZipListing listing) =>
        listing.Files.Exists(file => (file.Attributes & 0x8000) != 0) ? "unix"
        : listing.Files.Exists(file => file.Attributes != 0) ? "windows"
        : null;

    /// <summary>Folders are told apart by identity: two may look alike.</summary>
    private sealed class FolderIdentity : IEqualityComparer<SevenZipFolder>
    {
        public static readonly FolderIdentity Instance = new();

        public bool Equals(SevenZipFolder? x, SevenZipFolder? y) => ReferenceEquals(x, y);

        public int GetHashCode(SevenZipFolder obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}

/// <summary>Key check of a 7z archive: the checksum of the locked header, else of the smallest locked file.</summary>
internal sealed class SevenZipProbe : IPasswordProbe
{
    /// <summary>Bytes decoded at most to compare a checksum.</summary>
    private const int Limit = 16 << 20;

    private readonly ReadOnlyMemory<byte> _archive;
    private readonly SevenZipFolder _folder;
    private readonly SevenZipFile? _file;

    private SevenZipProbe(ReadOnlyMemory<byte> archive, SevenZipFolder folder, SevenZipFile? file) =>
        (_archive, _folder, _file) = (archive, folder, file);

    /// <inheritdoc/>
    public double CostMilliseconds => 10.4 * Math.ScaleB(1, Power() - 19);

    /// <inheritdoc/>
    public bool Conclusive => (_file is null ? _folder.Crc : _file.Crc ?? _folder.Crc) is not null;

    /// <summary>A probe, null when nothing is locked or the lock is not checked here.</summary>
    public static SevenZipProbe? Create(ReadOnlyMemory<byte> archive)
    {
        var listing = SevenZipFormat.Read(archive, null);
        if (listing is { HeaderEncrypted: true, HeaderFolder: { } header })
        {
            return Usable(archive, header) ? new SevenZipProbe(archive, header, null) : null;
        }

        var file = listing
            .Files.Where(one =>
                one is { Folder.Encrypted: true, Size: > 0 } && one.Offset + one.Size <= Limit && Usable(archive, one.Folder)
            )
            .OrderBy(one => one.Offset + one.Size)
            .FirstOrDefault();
        return file?.Folder is { } folder ? new SevenZipProbe(archive, folder, file) : null;
    }

    /// <inheritdoc/>
    public bool Check(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        var content = new SevenZipContent(_archive, _folder, new SevenZipKeys(password));
        if (content.Refusal() is not null)
        {
            return false;
        }

        if (_file is not { } file)
        {
            return content.ReadAll(Limit) is { Length: > 0 } header && header[0] is 1 or 0x17;
        }

        var expected = new Expected(file.Size, file.Crc ?? (_folder.Files.Count == 1 ? _folder.Crc : null));
        return Streams.ReadsToEnd(
            () => new VerifiedStream(() => new BorrowedStream(content.Open(file.Offset)), expected, stopAtSize: true),
            Limit
        );
    }

    private static bool Usable(ReadOnlyMemory<byte> archive, SevenZipFolder folder) =>
        new SevenZipContent(archive, folder, new SevenZipKeys("")).Refusal() is null;

    private int Power() =>
        _folder
            .Coders.Where(coder => coder.Id == SevenZipCoder.Aes)
            .Select(coder => SevenZipKeys.ReadLock(coder.Properties)?.Power ?? 19)
            .Where(power => power <= SevenZipKeys.MaxPower)
            .DefaultIfEmpty(0)
            .Max();
}
