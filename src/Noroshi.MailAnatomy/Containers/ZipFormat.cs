using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>ZIP (PKWARE APPNOTE.TXT 6.3.10) with the old cipher and WinZip's AES.</summary>
public sealed class ZipFormat : IContainerFormat, IRandomAccess
{
    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\x03\x04"u8)
        || bytes.StartsWith("PK\x05\x06"u8)
        || bytes.StartsWith("PK\x07\x08PK\x03\x04"u8)
        || bytes.StartsWith("PK00PK\x03\x04"u8);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) => OpenArchive(bytes, password);

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => ZipProbe.Create(bytes);

    internal static OpenedContainer OpenArchive(ReadOnlyMemory<byte> bytes, string? password)
    {
        var listing = ZipWalker.Read(bytes.Span);
        var records = listing.Records;
        var info = new ContainerInfo
        {
            Format = "zip",
            FormatVersion = records.Count == 0 ? null : Version(records.Max(record => record.Needed & 0xFF)),
            Encrypted = records.Exists(record => record.Encrypted),
            Encryption = Strongest(records),
            HostOs = records.Find(record => record.MadeBy != 0xFF00) is { } first ? ZipWords.HostOs(first.MadeBy) : null,
            Comment = listing.Comment,
            MultiVolume = listing.MultiVolume,
        };
        var opened = new OpenedContainer(info, Entries(bytes, records, password));
        opened.Findings.AddRange(listing.Findings);
        AddDoubles(records, opened.Findings);
        return opened;
    }

    private static IEnumerable<ContainerEntry> Entries(ReadOnlyMemory<byte> bytes, List<ZipRecord> records, string? password)
    {
        foreach (var record in records)
        {
            var findings = new List<Finding>(record.Findings);
            var opener = ZipContent.Opener(bytes, record, password, findings);
            string? target = null;
            if (record.IsLink)
            {
                target = opener is null ? "" : EntryNames.Decode(Streams.ReadAll(opener, 4_096) ?? []).Text;
            }

            yield return new ContainerEntry
            {
                Name = record.Name,
                NameCharset = record.Charset,
                Size = record.Size,
                PackedSize = record.Packed,
                ModifiedAt = record.ExactTime ?? ArchiveTimes.FromDos(record.DosTime),
                IsDirectory = record.IsDirectory,
                LinkTarget = target,
                Encrypted = record.Encrypted,
                Encryption = record.Encryption,
                Method = ZipWords.Method(record.Method),
                HostOs = record.MadeBy == 0xFF00 ? null : ZipWords.HostOs(record.MadeBy),
                Comment = record.Comment,
                Open = opener,
                Findings = findings,
            };
        }
    }

    private static void AddDoubles(List<ZipRecord> records, List<Finding> findings)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var twice = records.Find(record => !seen.Add(record.Name));
        if (twice is not null)
        {
            findings.Add(FindingCodes.Container.NameTwice.At(EntryNames.Short(twice.Name)));
        }
    }

    private static string Version(int needed) => $"{needed / 10}.{needed % 10}";

    private static string? Strongest(List<ZipRecord> records)
    {
        string[] order = ["aes-256", "aes-192", "aes-128", "pkware-strong", "zipcrypto"];
        return Array.Find(order, name => records.Exists(record => record.Encryption == name));
    }
}

/// <summary>A ZIP archive behind other data: a self-extracting program, or a file that is two things at once.</summary>
public sealed class ZipBehindPrefixFormat : IContainerFormat, IRandomAccess
{
    /// <summary>Bytes from the end in which the end record must begin: its own 22 and the longest comment.</summary>
    private const int Tail = 22 + 65_535;

    /// <inheritdoc/>
    public int Priority => 800;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes[Math.Max(0, bytes.Length - Tail)..].LastIndexOf("PK\x05\x06"u8) >= 0 && ZipWalker.HasDirectory(bytes);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) => ZipFormat.OpenArchive(bytes, password);

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => ZipProbe.Create(bytes);
}

/// <summary>Key check of a ZIP archive: the check bytes first, then the authentication code or the checksum of the smallest entry.</summary>
internal sealed class ZipProbe : IPasswordProbe
{
    /// <summary>Bytes unpacked at most to compare a checksum.</summary>
    private const long Limit = 16L << 20;

    private readonly ZipRecord _record;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly ZipRecord[] _others;
    private readonly ReadOnlyMemory<byte> _archive;

    private ZipProbe(ReadOnlyMemory<byte> archive, ZipRecord record, ZipRecord[] others)
    {
        _archive = archive;
        _record = record;
        _others = others;
        _data = Data(record);
    }

    /// <inheritdoc/>
    public double CostMilliseconds => _record.Aes is null ? 0.01 : 0.9;

    /// <inheritdoc/>
    public bool Conclusive => _record.Aes is not null || (_record is { Size: > 0, Method: 0 or > 6 } && _record.Size <= Limit);

    /// <summary>A probe over the smallest locked entry; null when none is locked.</summary>
    public static ZipProbe? Create(ReadOnlyMemory<byte> archive)
    {
        var locked = ZipWalker
            .Read(archive.Span)
            .Records.Where(record =>
                record
                    is { Encrypted: true, StrongEncryption: false, IsDirectory: false, DataOffset: >= 0, Packed: >= ZipCrypto.HeaderLength }
                && record.DataOffset + record.Packed <= archive.Length
            )
            .OrderBy(record => record.Size is null or 0)
            .ThenBy(record => record.Packed)
            .Take(9)
            .ToArray();
        return locked.Length == 0 ? null : new ZipProbe(archive, locked[0], locked[1..]);
    }

    /// <inheritdoc/>
    public bool Check(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        foreach (var reading in ZipPasswords.Readings(password))
        {
            if (ZipContent.Fits(_record, _data.Span, reading) && _others.All(other => FitsCheaply(other, reading)) && Confirms(reading))
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlyMemory<byte> Data(ZipRecord record) => _archive.Slice((int)record.DataOffset, (int)(record.Packed ?? 0));

    /// <summary>The other entries' check bytes narrow the old cipher down before anything is unpacked; an entry may have its own password.</summary>
    private bool FitsCheaply(ZipRecord other, byte[] reading) =>
        _record.Aes is not null || other.Aes is not null || _record.Size is > 0 || ZipContent.Fits(other, Data(other).Span, reading);

    private bool Confirms(byte[] reading)
    {
        var plain = ZipContent.Decrypt(_record, _data, reading);
        if (_record.Aes is not null)
        {
            return plain.WrongAtEnd is null;
        }

        return _record.Method is 1 or 2 or 3 or 4 or 5 or 6
            || Streams.ReadsToEnd(() => ZipContent.Open(_record, plain), Math.Min(Limit, (_record.Size ?? Limit) + 1));
    }
}
