using System.Buffers.Binary;
using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.Programs;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Programs: PE and the older forms behind an MZ header, ELF, Mach-O, Java classes, Android bytecode.</summary>
internal sealed class ProgramRecogniser : IFileTypeRecogniser
{
    /// <summary>The Windows loader takes no more (PE format, COFF file header).</summary>
    private const int MaxSections = 96;

    private static readonly string[] PeExtensions =
    [
        "exe",
        "scr",
        "com",
        "pif",
        "dll",
        "ocx",
        "cpl",
        "sys",
        "ax",
        "drv",
        "efi",
        "mui",
        "xll",
        "tsp",
        "acm",
        "node",
        "pyd",
        "wll",
        "cmd",
        "bat",
    ];

    private static readonly FileTypeMatch Pe32 = new(FileType.Executable, "pe32", PeExtensions);
    private static readonly FileTypeMatch Pe64 = new(FileType.Executable, "pe32+", PeExtensions);
    private static readonly FileTypeMatch Ne = new(FileType.Executable, "ne", ["exe", "scr", "dll", "com", "drv", "fon", "cpl"]);
    private static readonly FileTypeMatch Le = new(FileType.Executable, "le", ["exe", "vxd", "386", "com"]);
    private static readonly FileTypeMatch Dos = new(FileType.Executable, "dos", ["exe", "com", "scr", "pif", "sys"]);
    private static readonly FileTypeMatch Elf = new(FileType.Executable, "elf", ["elf", "so", "o", "bin", "ko", "axf", "out", "run"]);
    private static readonly FileTypeMatch MachO = new(FileType.Executable, "mach-o", ["dylib", "o", "bundle", "macho"]);
    private static readonly FileTypeMatch JavaClass = new(FileType.Executable, "class", ["class"]);
    private static readonly FileTypeMatch Dex = new(FileType.Executable, "dex", ["dex"]);

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
        {
            return null;
        }

        if (bytes.StartsWith("MZ"u8) || bytes.StartsWith("ZM"u8))
        {
            return BehindMz(bytes);
        }

        if (bytes.StartsWith("\u007FELF"u8) && bytes[4] is 1 or 2)
        {
            return Elf with { FormatVersion = bytes[4] == 1 ? "32" : "64" };
        }

        return BinaryPrimitives.ReadUInt32BigEndian(bytes) switch
        {
            0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE => MachO,
            // Universal binaries and Java classes share their first word; the second counts architectures or is the class version.
            0xCAFEBABE or 0xCAFEBABF => BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) is > 0 and < 30 ? MachO : JavaClass,
            0x6465780A => Dex,
            _ => null,
        };
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(inspection);
        var span = bytes.Span;
        if (match.Format is "pe32" or "pe32+" && PeHeaderAt(span) is var at and > 0)
        {
            AddPeTraits(span[at..], inspection);
            if (PeFile.Read(bytes) is { } pe)
            {
                PeReport.Add(pe, inspection);
            }
        }
        else if (match.Format == "elf")
        {
            ElfReport.Add(span, inspection);
        }
        else if (match.Format == "mach-o")
        {
            MachOReport.Add(span, inspection);
        }

        Polyglots.Add(span, match, inspection);
    }

    /// <summary>Whether the bytes start with a Windows program.</summary>
    internal static bool IsPe(ReadOnlySpan<byte> bytes) => bytes.StartsWith("MZ"u8) && PeHeaderAt(bytes) > 0;

    private static int PeHeaderAt(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 0x40)
        {
            return -1;
        }

        var at = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x3C..]);
        return at >= 4 && at <= (uint)bytes.Length - 26 && bytes[(int)at..].StartsWith("PE\0\0"u8) ? (int)at : -1;
    }

    private static FileTypeMatch? BehindMz(ReadOnlySpan<byte> bytes)
    {
        if (PeHeaderAt(bytes) is var at and > 0)
        {
            return BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 24)..]) == 0x20B ? Pe64 : Pe32;
        }

        if (bytes.Length < 28)
        {
            return null;
        }

        if (bytes.Length >= 0x40)
        {
            var next = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x3C..]);
            var header = next >= 0x40 && next <= (uint)bytes.Length - 2 ? bytes[(int)next..] : default;
            if (header.StartsWith("NE"u8))
            {
                return Ne;
            }

            if (header.StartsWith("LE"u8) || header.StartsWith("LX"u8))
            {
                return Le;
            }
        }

        // Prose may begin with these two letters: bytes on the last page, pages and header size have bounds that letters do not keep.
        int lastPage = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        int pages = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        int paragraphs = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        return lastPage <= 512 && pages > 0 && paragraphs is >= 1 and < 0x2000 ? Dos : null;
    }

    private static void AddPeTraits(ReadOnlySpan<byte> header, FileInspection inspection)
    {
        var machine = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        inspection.Traits.Add(TraitKinds.Program.Machine.Of(MachineName(machine), "COFF header"));
        var stamp = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        inspection.Traits.Add(
            TraitKinds.Program.CompiledAt.Of(
                DateTimeOffset.FromUnixTimeSeconds(stamp).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                "COFF header"
            )
        );
        var sections = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        if (sections is 0 or > MaxSections)
        {
            inspection.Findings.Add(FindingCodes.FileTypes.OddProgram.At($"{sections} sections"));
        }

        var isDll = (BinaryPrimitives.ReadUInt16LittleEndian(header[22..]) & 0x2000) != 0;
        inspection.Traits.Add(TraitKinds.Program.IsDll.Of(isDll ? "true" : "false", "COFF header"));
        // The field stands at the same place in both forms of the optional header.
        if (header.Length >= 24 + 70)
        {
            inspection.Traits.Add(
                TraitKinds.Program.Subsystem.Of(
                    SubsystemName(BinaryPrimitives.ReadUInt16LittleEndian(header[(24 + 68)..])),
                    "optional header"
                )
            );
        }
    }

    private static string MachineName(ushort machine) =>
        machine switch
        {
            0x014C => "x86",
            0x8664 => "x64",
            0x01C0 or 0x01C4 => "arm",
            0xAA64 => "arm64",
            0x0200 => "ia64",
            0x0EBC => "ebc",
            _ => "0x" + machine.ToString("x4", CultureInfo.InvariantCulture),
        };

    private static string SubsystemName(ushort subsystem) =>
        subsystem switch
        {
            1 => "native",
            2 => "windows-gui",
            3 => "windows-console",
            9 => "windows-ce",
            >= 10 and <= 13 => "efi",
            _ => subsystem.ToString(CultureInfo.InvariantCulture),
        };
}
