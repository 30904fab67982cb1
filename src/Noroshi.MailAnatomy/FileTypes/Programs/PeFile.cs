using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>A section as its header states it.</summary>
/// <param name="Name">Name up to the first nil, other than letters kept.</param>
/// <param name="VirtualSize">Bytes in memory.</param>
/// <param name="Address">Address in memory, relative to the image.</param>
/// <param name="RawSize">Bytes in the file.</param>
/// <param name="RawAt">Offset in the file.</param>
/// <param name="Flags">Characteristics.</param>
internal sealed record PeSection(string Name, uint VirtualSize, uint Address, uint RawSize, uint RawAt, uint Flags)
{
    public bool Runs => (Flags & 0x2000_0000) != 0;

    public bool Writable => (Flags & 0x8000_0000) != 0;
}

/// <summary>Headers of a Windows program (PE format): read leniently, every address checked before it is used.</summary>
internal sealed class PeFile
{
    /// <summary>The Windows loader takes no more.</summary>
    public const int MaxSections = 96;

    public const int Exports = 0;
    public const int Imports = 1;
    public const int Resources = 2;
    public const int Security = 4;
    public const int Debug = 6;
    public const int ThreadStorage = 9;
    public const int DelayImports = 13;
    public const int Clr = 14;

    private readonly (uint Address, uint Size)[] _directories;

    private PeFile(ReadOnlyMemory<byte> bytes, int headerAt)
    {
        Bytes = bytes;
        HeaderAt = headerAt;
        var span = bytes.Span;
        OptionalAt = headerAt + 24;
        OptionalSize = span.U16(headerAt + 20);
        Wide = span.U16(OptionalAt) == 0x20B;
        StatedSections = span.U16(headerAt + 6);
        var count = Math.Min(span.U32(OptionalAt + (Wide ? 108 : 92)), 16);
        _directories = new (uint, uint)[count];
        var at = OptionalAt + (Wide ? 112 : 96);
        for (var i = 0; i < count; i++)
        {
            _directories[i] = (span.U32(at + (8 * i)), span.U32(at + (8 * i) + 4));
        }

        Sections = ReadSections(span);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>Offset of the signature.</summary>
    public int HeaderAt { get; }

    public int OptionalAt { get; }

    public int OptionalSize { get; }

    /// <summary>64-bit addresses.</summary>
    public bool Wide { get; }

    public ushort StatedSections { get; }

    public IReadOnlyList<PeSection> Sections { get; }

    public ushort Machine => Span.U16(HeaderAt + 4);

    public uint Stamp => Span.U32(HeaderAt + 8);

    public ushort Characteristics => Span.U16(HeaderAt + 22);

    public uint EntryPoint => Span.U32(OptionalAt + 16);

    public ulong ImageBase => Wide ? Span.U64(OptionalAt + 24) : Span.U32(OptionalAt + 28);

    public uint FileAlignment => Span.U32(OptionalAt + 36);

    public uint HeaderSize => Span.U32(OptionalAt + 60);

    public uint Checksum => Span.U32(OptionalAt + 64);

    public int ChecksumAt => OptionalAt + 64;

    public ushort Subsystem => Span.U16(OptionalAt + 68);

    public ushort DllCharacteristics => Span.U16(OptionalAt + 70);

    /// <summary>Offset of the entry of a directory in the optional header; -1 when the header has none.</summary>
    public int DirectoryAt(int index) => index < _directories.Length ? OptionalAt + (Wide ? 112 : 96) + (8 * index) : -1;

    /// <summary>Address and size of a directory; zeros when there is none.</summary>
    public (uint Address, uint Size) Directory(int index) => index < _directories.Length ? _directories[index] : (0u, 0u);

    /// <summary>Reads the headers; null when the bytes are no such program.</summary>
    public static PeFile? Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        var at = span.U32(0x3C);
        return span.Length >= 0x40 && at >= 4 && at <= (uint)span.Length - 26 && span.U32(at) == 0x4550 ? new PeFile(bytes, (int)at) : null;
    }

    /// <summary>Offset in the file of an address; -1 when no section holds it.</summary>
    public int Offset(uint address)
    {
        foreach (var section in Sections)
        {
            var size = Math.Max(section.VirtualSize, section.RawSize);
            if (address >= section.Address && address - section.Address < size)
            {
                long at = (long)RawStart(section) + (address - section.Address);
                return at < Bytes.Length ? (int)at : -1;
            }
        }

        var first = Sections.Count == 0 ? uint.MaxValue : Sections.Min(section => section.Address);
        return address < first && address < (uint)Bytes.Length ? (int)address : -1;
    }

    /// <summary>Bytes at an address, at most so many; empty when there are none.</summary>
    public ReadOnlySpan<byte> At(uint address, long length) => Offset(address) is >= 0 and var at ? Span.Part(at, length) : [];

    /// <summary>Text at an address up to its nil; null when nothing is there or it does not end within the length.</summary>
    public string? Text(uint address, int maxLength)
    {
        var bytes = At(address, maxLength);
        var end = bytes.IndexOf((byte)0);
        return end < 0 ? null : System.Text.Encoding.Latin1.GetString(bytes[..end]);
    }

    /// <summary>Offset behind everything that the headers name; the length of the file when nothing stands behind.</summary>
    public int OverlayAt()
    {
        long end = OptionalAt + OptionalSize;
        foreach (var section in Sections)
        {
            var sum = (long)section.RawAt + section.RawSize;
            end = sum <= Bytes.Length ? Math.Max(end, sum) : end;
        }

        return (int)Math.Min(end, Bytes.Length);
    }

    /// <summary>The checksum as it should be (IMAGEHLP): words added up with their carry, the field itself left out, plus the length.</summary>
    public uint ComputeChecksum()
    {
        var span = Span;
        ulong sum = 0;
        var words = span.Length & ~1;
        for (var i = 0; i < words; i += 2)
        {
            sum += i >= ChecksumAt && i < ChecksumAt + 4 ? 0u : (uint)(span[i] | (span[i + 1] << 8));
        }

        sum += words < span.Length ? span[words] : 0u;
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (uint)(sum + (ulong)span.Length);
    }

    /// <summary>The loader rounds starts down to the sectors of old disks.</summary>
    private uint RawStart(PeSection section) => FileAlignment >= 0x200 ? section.RawAt & ~0x1FFu : section.RawAt;

    private List<PeSection> ReadSections(ReadOnlySpan<byte> span)
    {
        var sections = new List<PeSection>();
        var at = OptionalAt + OptionalSize;
        for (var i = 0; i < Math.Min(StatedSections, (ushort)MaxSections) && at + 40 <= span.Length; i++, at += 40)
        {
            sections.Add(
                new PeSection(
                    System.Text.Encoding.Latin1.GetString(span.Slice(at, 8)).TrimEnd('\0'),
                    span.U32(at + 8),
                    span.U32(at + 12),
                    span.U32(at + 16),
                    span.U32(at + 20),
                    span.U32(at + 36)
                )
            );
        }

        return sections;
    }
}
