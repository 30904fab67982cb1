using System.Buffers.Binary;

namespace Noroshi.Makers.FileTypes;

/// <summary>Programs that do nothing, shortcuts that lead nowhere, and pictures of one point.</summary>
public static class ProgramMaker
{
    /// <summary>A PE file whose only instruction returns.</summary>
    public static byte[] Pe(bool wide = false, bool dll = false, uint stamp = 0x525FA2C0)
    {
        var bytes = new byte[0x400];
        "MZ"u8.CopyTo(bytes);
        void Short(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        Short(2, 0x90);
        Short(4, 3);
        Short(8, 4);
        Word(0x3C, 0x80);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(0x80));
        Short(0x84, wide ? 0x8664 : 0x014C);
        Short(0x86, 1);
        Word(0x88, stamp);
        Short(0x94, wide ? 0xF0 : 0xE0);
        Short(0x96, 0x0102 | (dll ? 0x2000 : 0));
        const int Optional = 0x98;
        Short(Optional, wide ? 0x20B : 0x10B);
        Word(Optional + 16, 0x1000);
        Word(Optional + 32, 0x1000);
        Word(Optional + 36, 0x200);
        Short(Optional + 40, 6);
        Short(Optional + 48, 6);
        Word(Optional + 56, 0x2000);
        Word(Optional + 60, 0x200);
        Short(Optional + 68, 2);
        Word(Optional + (wide ? 108 : 92), 16);
        var section = Optional + (wide ? 0xF0 : 0xE0);
        ".text"u8.CopyTo(bytes.AsSpan(section));
        Word(section + 8, 0x10);
        Word(section + 12, 0x1000);
        Word(section + 16, 0x200);
        Word(section + 20, 0x200);
        Word(section + 36, 0x60000020);
        bytes[0x200] = 0xC3;
        return bytes;
    }

    /// <summary>A DOS program: terminate.</summary>
    public static byte[] Dos()
    {
        var bytes = new byte[0x40];
        "MZ"u8.CopyTo(bytes);
        bytes[2] = 0x40;
        bytes[4] = 1;
        bytes[8] = 2;
        ReadOnlySpan<byte> code = [0xB8, 0x00, 0x4C, 0xCD, 0x21];
        code.CopyTo(bytes.AsSpan(0x20));
        return bytes;
    }

    /// <summary>The header of a 64-bit ELF program.</summary>
    public static byte[] Elf() =>
        [
            0x7F,
            (byte)'E',
            (byte)'L',
            (byte)'F',
            2,
            1,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            2,
            0,
            0x3E,
            0,
            1,
            0,
            0,
            0,
            .. new byte[28],
            0x40,
            0,
            0x38,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        ];

    /// <summary>The header of a 64-bit Mach-O program.</summary>
    public static byte[] MachO() => [0xCF, 0xFA, 0xED, 0xFE, 7, 0, 0, 1, 3, 0, 0, 0, 2, 0, 0, 0, .. new byte[16]];

    /// <summary>A shell link (MS-SHLLINK) with a relative path only.</summary>
    public static byte[] Lnk(string target = "..\\nowhere.txt")
    {
        var header = new byte[0x4C];
        ReadOnlySpan<byte> start = [0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, 0x88, 0, 0, 0];
        start.CopyTo(header);
        header[60] = 1;
        return [.. header, (byte)target.Length, 0, .. System.Text.Encoding.Unicode.GetBytes(target), 0, 0, 0, 0];
    }

    /// <summary>A PNG of one point.</summary>
    public static byte[] Png() =>
        Convert.FromHexString(
            "89504E470D0A1A0A0000000D4948445200000001000000010806000000"
                + "1F15C4890000000D4944415478DA63FCCFC0500F0004850180"
                + "84A98C210000000049454E44AE426082"
        );

    /// <summary>A JPEG header, and an end mark.</summary>
    public static byte[] Jpg() => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    /// <summary>A GIF of one point.</summary>
    public static byte[] Gif() =>
        [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    /// <summary>A bitmap of one point.</summary>
    public static byte[] Bmp() =>
        [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], 0, 0, 0, 0];

    /// <summary>A TIFF header with an empty directory.</summary>
    public static byte[] Tif() => [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>An icon of one small picture.</summary>
    public static byte[] Ico() => [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0x28, 1, 0, 0, 22, 0, 0, 0, 40, 0, 0, 0, .. new byte[256]];

    /// <summary>A RIFF file of the given kind.</summary>
    public static byte[] Riff(string kind) =>
        [.. "RIFF"u8, 36, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(kind), .. "fmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, .. new byte[24]];

    /// <summary>An ISO base media file of the given brand.</summary>
    public static byte[] Ftyp(string brand) =>
        [0, 0, 0, 24, .. "ftyp"u8, .. System.Text.Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. "mif1heic"u8];

    /// <summary>The header of an enhanced metafile.</summary>
    public static byte[] Emf() => [1, 0, 0, 0, 88, 0, 0, 0, .. new byte[32], .. " EMF"u8, 0, 0, 1, 0, .. new byte[40]];
}
