using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>What a Mach-O program states: processor, UUID, identifiers of its code signature.</summary>
internal static class MachOReport
{
    private const int MaxArchitectures = 4;
    private const int MaxCommands = 256;
    private const int MaxBlobs = 16;
    private const uint CodeDirectory = 0xFADE_0C02;

    /// <summary>Fills the inspection.</summary>
    public static void Add(ReadOnlySpan<byte> bytes, FileInspection inspection)
    {
        if (bytes.Length < 28)
        {
            return;
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (magic is not (0xCAFEBABE or 0xCAFEBABF))
        {
            Image(bytes, inspection);
            return;
        }

        var (size, count) = (magic == 0xCAFEBABF ? 32 : 20, Big(bytes, 4));
        for (var i = 0; i < Math.Min(count, MaxArchitectures); i++)
        {
            var at = 8 + (size * i);
            long offset = magic == 0xCAFEBABF ? ((long)Big(bytes, at + 8) << 32) | Big(bytes, at + 12) : Big(bytes, at + 8);
            Image(bytes.Part(offset, bytes.Length), inspection);
        }
    }

    private static uint Big(ReadOnlySpan<byte> bytes, long at) => BinaryPrimitives.ReverseEndianness(bytes.U32(at));

    private static void Image(ReadOnlySpan<byte> bytes, FileInspection inspection)
    {
        var magic = bytes.U32(0);
        var big = magic is 0xCEFAEDFE or 0xCFFAEDFE;
        if (magic is not (0xFEEDFACE or 0xFEEDFACF) && !big)
        {
            return;
        }

        var wide = magic is 0xFEEDFACF or 0xCFFAEDFE;
        inspection.Traits.Add(TraitKinds.Program.Machine.Of(MachineName(big ? Big(bytes, 4) : bytes.U32(4)), "Mach-O header"));
        long at = wide ? 32 : 28;
        var count = Math.Min(big ? Big(bytes, 16) : bytes.U32(16), MaxCommands);
        for (var i = 0; i < count && at + 8 <= bytes.Length; i++)
        {
            var command = big ? Big(bytes, at) : bytes.U32(at);
            var size = big ? Big(bytes, at + 4) : bytes.U32(at + 4);
            if (size < 8)
            {
                return;
            }

            if (command == 0x1B && bytes.Length >= at + 24)
            {
                inspection.Traits.Add(
                    TraitKinds.Program.ImageId.Of(new Guid(bytes.Slice((int)at + 8, 16), bigEndian: true).ToString(), "LC_UUID")
                );
            }
            else if (command == 0x1D)
            {
                Signature(bytes.Part(big ? Big(bytes, at + 8) : bytes.U32(at + 8), bytes.Length), inspection);
            }

            at += size;
        }
    }

    /// <summary>SuperBlob of the code signature, always big-endian: index of type and offset, each offset a blob.</summary>
    private static void Signature(ReadOnlySpan<byte> blob, FileInspection inspection)
    {
        for (var i = 0; i < Math.Min(Big(blob, 8), MaxBlobs); i++)
        {
            var directory = blob.Part(Big(blob, 16 + (8 * i)), blob.Length);
            if (directory.Length < 44 || Big(directory, 0) != CodeDirectory)
            {
                continue;
            }

            Text(TraitKinds.Program.BundleId, directory.Part(Big(directory, 20), 256), inspection);
            if (Big(directory, 8) >= 0x20200 && Big(directory, 48) is var team and > 0)
            {
                Text(TraitKinds.Program.TeamId, directory.Part(team, 64), inspection);
            }

            return;
        }
    }

    private static void Text(TraitKind kind, ReadOnlySpan<byte> bytes, FileInspection inspection)
    {
        var text = Encoding.UTF8.GetString(bytes.UntilNil());
        if (text.Length > 0)
        {
            inspection.Traits.Add(kind.Of(text, "code signature"));
        }
    }

    private static string MachineName(uint machine) =>
        machine switch
        {
            7 => "x86",
            0x0100_0007 => "x64",
            12 => "arm",
            0x0100_000C => "arm64",
            18 => "ppc",
            _ => "0x" + machine.ToString("x8", System.Globalization.CultureInfo.InvariantCulture),
        };
}
