using System.Buffers;
using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>
/// Parts of a document that is a ZIP file (ECMA-376 part 2, clause 7; OpenDocument 1.3 part 2), read under the one budget. Names are
/// compared as Office compares them: letter case ignored, backslashes taken for slashes.
/// </summary>
internal sealed class PackageReader
{
    /// <summary>Bytes of one part that are looked at.</summary>
    public const int MaxPart = 8 << 20;

    /// <summary>Bytes of all parts together.</summary>
    private const long MaxTotal = 64 << 20;

    private const int MaxParts = 10_000;

    private readonly ReadOnlyMemory<byte> _archive;
    private readonly TraitSink _sink;
    private readonly Dictionary<string, ZipRecord> _parts = new(StringComparer.OrdinalIgnoreCase);
    private long _left = MaxTotal;

    private PackageReader(ReadOnlyMemory<byte> archive, TraitSink sink)
    {
        _archive = archive;
        _sink = sink;
    }

    /// <summary>Names of the parts in stored order, slashes made forward, none in front.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Reads the directory and remarks on names that no writer of documents makes.</summary>
    public static PackageReader Open(ReadOnlyMemory<byte> bytes, TraitSink sink)
    {
        var package = new PackageReader(bytes, sink);
        var listing = ZipWalker.Read(bytes.Span);
        foreach (var finding in listing.Findings)
        {
            if (
                finding.Code == FindingCodes.Container.HiddenEntry.Code
                || finding.Code == FindingCodes.Container.Overlap.Code
                || finding.Code == FindingCodes.Container.TwoDirectories.Code
            )
            {
                sink.Inspection.Findings.Add(finding);
            }
        }

        foreach (var record in listing.Records)
        {
            if (package.Names.Count >= MaxParts)
            {
                sink.Add(FindingCodes.OpenXml.PartLimit, $"{listing.Records.Count} parts");
                break;
            }

            package.AddPart(record);
        }

        return package;
    }

    /// <summary>Whether there is a part of that name.</summary>
    public bool Has(string name) => _parts.ContainsKey(name);

    /// <summary>Bytes the archive states for the part unpacked; 0 when unknown.</summary>
    public long SizeOf(string name) => _parts.TryGetValue(name, out var record) ? record.Size ?? 0 : 0;

    /// <summary>
    /// The first <paramref name="most"/> bytes of a part; null when there is none, or when it cannot be unpacked at all. What came out
    /// before damage is given. Whether the part was longer stands in <paramref name="cut"/>.
    /// </summary>
    public byte[]? Read(string name, out bool cut, int most = MaxPart)
    {
        cut = false;
        if (!_parts.TryGetValue(name, out var record) || record.IsDirectory || _left <= 0)
        {
            return null;
        }

        if (Opener(record) is not { } open)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        using var kept = new MemoryStream();
        try
        {
            using var stream = open();
            int count;
            while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                _left -= count;
                if (_sink.Inspection.Budget.TakeBytes(count, kept.Length + count, _archive.Length) is { } limit)
                {
                    _left = 0;
                    _sink.Add(limit, name);
                    break;
                }

                kept.Write(buffer, 0, count);
                if (kept.Length > most || _left <= 0)
                {
                    cut = true;
                    break;
                }
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Decoders throw many types on damaged input; what came out before is kept.
            _sink.Add(FindingCodes.Files.Damaged, $"{name}: {error.GetType().Name} after {kept.Length} bytes");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        kept.SetLength(Math.Min(kept.Length, most));
        return kept.ToArray();
    }

    /// <summary>A part as a file inside; null when there is none or it cannot be read.</summary>
    public ContainerEntry? Entry(string name) =>
        _parts.TryGetValue(name, out var record) && Opener(record) is { } open
            ? new ContainerEntry
            {
                Name = record.Name,
                Size = record.Size,
                PackedSize = record.Packed,
                Open = open,
            }
            : null;

    private Func<Stream>? Opener(ZipRecord record)
    {
        if (record.Encrypted)
        {
            _sink.Add(FindingCodes.OpenXml.PartLocked, record.Name);
            return null;
        }

        return ZipContent.Opener(_archive, record, password: null, record.Findings);
    }

    private void AddPart(ZipRecord record)
    {
        if (record.IsDirectory)
        {
            return;
        }

        var name = record.Name;
        if (StoredWithBackslash(record))
        {
            _sink.Add(FindingCodes.OpenXml.Backslash, name);
        }

        if (name.StartsWith('/') || name.Contains("../", StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal))
        {
            _sink.Add(FindingCodes.OpenXml.PartName, record.Name);
            name = name.TrimStart('/');
        }

        if (_parts.TryAdd(name, record))
        {
            Names.Add(name);
        }
        else
        {
            _sink.Add(FindingCodes.OpenXml.PartName, $"{record.Name} twice");
        }
    }

    /// <summary>The names of the records have slashes already; the local header has the bytes as stored.</summary>
    private bool StoredWithBackslash(ZipRecord record)
    {
        if (record.LocalOffset < 0 || record.LocalOffset > _archive.Length - 30)
        {
            return false;
        }

        var header = _archive.Span[(int)record.LocalOffset..];
        var name = header[30..];
        return name[..Math.Min(name.Length, BinaryPrimitives.ReadUInt16LittleEndian(header[26..]))].Contains((byte)'\\');
    }
}
