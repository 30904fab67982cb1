using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers.DiskImages;

/// <summary>Disk images that are known but not read: FAT volumes, virtual disks. They are named, so that nobody takes them for harmless data.</summary>
public sealed class OtherImageFormat : IContainerFormat
{
    private const int SectorSize = 512;

    /// <inheritdoc/>
    public int Priority => 300;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => Kind(bytes) is not null;

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var kind = Kind(bytes.Span) ?? "img";
        return LazyContainer.Create(
            new ContainerInfo { Format = kind, DiskImage = true },
            FindingCodes.DiskImages.Broken,
            findings =>
            {
                findings.Add(FindingCodes.DiskImages.Unsupported.At(kind));
                return [];
            }
        );
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    private static string? Kind(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("vhdxfile"u8))
        {
            return "vhdx";
        }

        if (bytes.StartsWith("conectix"u8) || (bytes.Length >= SectorSize && bytes[^SectorSize..].StartsWith("conectix"u8)))
        {
            return "vhd";
        }

        // A boot sector: jump, its mark at the end, and a plausible count of bytes per sector; the name of the file system confirms it.
        if (bytes.Length < 2 * SectorSize || bytes[510] != 0x55 || bytes[511] != 0xAA || bytes[0] is not (0xEB or 0xE9))
        {
            return null;
        }

        var sector = BinaryPrimitives.ReadUInt16LittleEndian(bytes[11..]);
        if (sector is not (512 or 1024 or 2048 or 4096))
        {
            return null;
        }

        if (bytes[54..].StartsWith("FAT"u8) || bytes[82..].StartsWith("FAT32"u8))
        {
            return "fat";
        }

        return bytes[3..].StartsWith("NTFS"u8) ? "ntfs" : null;
    }
}
