using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers.Cab;

/// <summary>Microsoft cabinets ([MS-CAB]): stored and MSZIP are unpacked, Quantum and LZX listed.</summary>
public sealed class CabFormat : IContainerFormat
{
    private const int HeaderSize = 36;

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderSize
        && bytes.StartsWith("MSCF"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == 0
        && bytes[25] == 1;

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        if (!Recognises(bytes.Span))
        {
            return LazyContainer.Create(
                new ContainerInfo { Format = "cab" },
                FindingCodes.Cab.Broken,
                static findings =>
                {
                    findings.Add(FindingCodes.Cab.Broken.At("the header cannot be read"));
                    return [];
                }
            );
        }

        var cabinet = CabDirectory.Read(bytes);
        var info = new ContainerInfo
        {
            Format = "cab",
            FormatVersion = $"{bytes.Span[25]}.{bytes.Span[24]}",
            HostOs = "Windows",
            MultiVolume = (cabinet.Flags & (CabDirectory.HasPrevious | CabDirectory.HasNext)) != 0,
            Solid = cabinet.Files.Count > cabinet.Folders.Count,
        };
        return LazyContainer.Create(info, FindingCodes.Cab.Broken, findings => Entries(bytes, cabinet, findings));
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    private static IEnumerable<ContainerEntry> Entries(ReadOnlyMemory<byte> bytes, CabDirectory cabinet, List<Finding> findings)
    {
        findings.AddRange(cabinet.Findings);
        var reading = new CabReading(bytes, cabinet.BlockReserve);
        foreach (var file in cabinet.Files)
        {
            var notes = new List<Finding>();
            var name =
                (file.Attributes & CabFile.NameIsUtf8) != 0
                    ? EntryNames.DecodeUtf8(file.Name.Span)
                    : EntryNames.Decode(file.Name.Span, fallback: EntryNames.Japanese);
            var folder = file.Folder < cabinet.Folders.Count ? cabinet.Folders[file.Folder] : null;
            yield return new ContainerEntry
            {
                Name = EntryNames.Separate(name.Text),
                NameCharset = name.Charset,
                Size = file.Size,
                ModifiedAt = ArchiveTimes.FromDos(file.Time),
                Method = folder?.MethodName,
                HostOs = "Windows",
                Open = Content(file, folder, reading, notes),
                Findings = notes,
            };
        }
    }

    private static Func<Stream>? Content(CabFile file, CabFolder? folder, CabReading reading, List<Finding> notes)
    {
        if (file.Folder >= CabFile.FirstContinued)
        {
            notes.Add(
                FindingCodes.Cab.Volume.At(
                    file.Folder == CabFile.FirstContinued ? "began in the cabinet before" : "goes on in the next cabinet"
                )
            );
            return null;
        }

        if (folder is null)
        {
            notes.Add(FindingCodes.Cab.Broken.At($"folder {file.Folder} does not exist"));
            return null;
        }

        if (folder.Method is not (CabFolder.Stored or CabFolder.MsZip))
        {
            notes.Add(FindingCodes.Cab.MethodUnsupported.At(folder.MethodName));
            return null;
        }

        return () => new CabFileStream(reading, folder, file.Offset, file.Size);
    }
}

/// <summary>The reader of the folder in hand, shared by its files so that a folder is unpacked once, not once per file.</summary>
internal sealed class CabReading(ReadOnlyMemory<byte> cabinet, int blockReserve)
{
    // Bytes that may be unpacked only to be skipped; files in an order made to cost time hit this.
    private const long MostSkipped = 128L << 20;

    private CabFolderReader? _reader;
    private long _skipped;

    /// <summary>A reader that stands at a place of a folder.</summary>
    /// <exception cref="InvalidDataException">The place cannot be reached.</exception>
    public CabFolderReader MoveTo(CabFolder folder, long offset)
    {
        if (_reader is null || !ReferenceEquals(_reader.Folder, folder) || _reader.Position > offset)
        {
            _reader = new CabFolderReader(cabinet, folder, blockReserve);
            _skipped += CabInflate.BlockSize;
        }

        Span<byte> skipped = stackalloc byte[4096];
        while (_reader.Position < offset)
        {
            var count = _reader.Read(skipped[..(int)Math.Min(skipped.Length, offset - _reader.Position)]);
            _skipped += count;
            if (count == 0 || _skipped > MostSkipped)
            {
                throw new InvalidDataException(count == 0 ? "The file lies behind the end of its folder." : "Too much had to be skipped.");
            }
        }

        return _reader;
    }
}

internal sealed class CabFileStream(CabReading reading, CabFolder folder, long offset, long size) : ForwardStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, size - _read);
        if (wanted == 0)
        {
            return 0;
        }

        var count = reading.MoveTo(folder, offset + _read).Read(buffer[..wanted]);
        if (count == 0)
        {
            throw new InvalidDataException($"The content ends after {_read} of {size} bytes.");
        }

        _read += count;
        return count;
    }
}
