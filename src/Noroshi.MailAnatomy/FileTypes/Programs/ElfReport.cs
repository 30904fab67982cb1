using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>What an ELF program states: processor, loader, ids of the build (System V ABI, chapters 4 and 5).</summary>
internal static class ElfReport
{
    private const int MaxHeaders = 128;
    private const int MaxNotes = 32;

    /// <summary>Fills the inspection.</summary>
    public static void Add(ReadOnlySpan<byte> bytes, FileInspection inspection)
    {
        if (bytes.Length < 52)
        {
            return;
        }

        var elf = new Elf(bytes);
        inspection.Traits.Add(TraitKinds.Program.Machine.Of(MachineName(elf.U16(18)), "ELF header"));
        var wide = elf.Wide;
        var (table, size, count) = (elf.Address(wide ? 32 : 28), elf.U16(wide ? 54 : 42), elf.U16(wide ? 56 : 44));
        for (var i = 0; i < Math.Min(count, (ushort)MaxHeaders) && size >= 32; i++)
        {
            var at = table + ((long)size * i);
            var content = bytes.Part(elf.Address(at + (wide ? 8 : 4)), elf.Address(at + (wide ? 32 : 16)));
            switch (elf.U32(at))
            {
                case 3:
                    inspection.Traits.Add(
                        TraitKinds.Program.Interpreter.Of(
                            Encoding.Latin1.GetString(content[..Math.Min(content.Length, 256)].UntilNil()),
                            "PT_INTERP"
                        )
                    );
                    break;
                case 4:
                    Notes(content, elf.BigEndian, inspection);
                    break;
            }
        }
    }

    private static void Notes(ReadOnlySpan<byte> notes, bool bigEndian, FileInspection inspection)
    {
        var elf = new Elf(notes, bigEndian);
        long at = 0;
        for (var i = 0; i < MaxNotes && at + 12 <= notes.Length; i++)
        {
            var (nameSize, size, type) = (elf.U32(at), elf.U32(at + 4), elf.U32(at + 8));
            var name = notes.Part(at + 12, nameSize).UntilNil();
            var content = notes.Part(at + 12 + ((nameSize + 3L) & ~3L), Math.Min(size, 256));
            if (type == 3 && name.SequenceEqual("GNU"u8) && content.Length >= 8)
            {
                inspection.Traits.Add(TraitKinds.Program.BuildId.Of(Convert.ToHexStringLower(content), "note GNU"));
            }
            else if (type == 4 && name.SequenceEqual("Go"u8) && !content.IsEmpty)
            {
                inspection.Traits.Add(TraitKinds.Program.GoBuildId.Of(Encoding.Latin1.GetString(content), "note Go"));
            }

            at += 12 + ((nameSize + 3L) & ~3L) + ((size + 3L) & ~3L);
        }
    }

    private static string MachineName(ushort machine) =>
        machine switch
        {
            3 => "x86",
            8 => "mips",
            20 => "ppc",
            21 => "ppc64",
            40 => "arm",
            62 => "x64",
            183 => "arm64",
            243 => "riscv",
            _ => "elf-" + machine.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    /// <summary>Fields in the byte order and width that the file states.</summary>
    private readonly ref struct Elf(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public Elf(ReadOnlySpan<byte> bytes)
            : this(bytes, bytes.U8(5) == 2) { }

        public bool BigEndian { get; } = bigEndian;

        public bool Wide => _bytes.U8(4) == 2;

        public ushort U16(long at) => BigEndian ? BinaryPrimitives.ReverseEndianness(_bytes.U16(at)) : _bytes.U16(at);

        public uint U32(long at) => BigEndian ? BinaryPrimitives.ReverseEndianness(_bytes.U32(at)) : _bytes.U32(at);

        /// <summary>An address or offset; one behind all files when it is beyond 63 bits.</summary>
        public long Address(long at)
        {
            var value =
                !Wide ? U32(at)
                : BigEndian ? BinaryPrimitives.ReverseEndianness(_bytes.U64(at))
                : _bytes.U64(at);
            return value > int.MaxValue ? int.MaxValue : (long)value;
        }
    }
}
