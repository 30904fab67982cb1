using System.Buffers.Binary;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.Images;

/// <summary>Pictures with the metadata that cameras and programs write.</summary>
public static class PictureMaker
{
    /// <summary>An EXIF structure of one camera, with its serial number and a place.</summary>
    public static byte[] Exif(bool big = false)
    {
        (int Tag, string Text)[] first =
        [
            (0x10F, "Made"),
            (0x110, "Model 7"),
            (0x131, "Editor 3.1"),
            (0x132, "2013:10:17 09:02:03"),
            (0x13B, "Taro Yamada"),
        ];
        (int Tag, string Text)[] second = [(0x9003, "2013:10:16 08:00:00"), (0xA431, "SN-001234")];
        var bytes = new byte[600];
        var data = 300;
        void U16(int at, int value)
        {
            if (big)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
            }
        }

        void U32(int at, int value)
        {
            if (big)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
            }
        }

        void Entry(int at, int tag, string? text, int number)
        {
            U16(at, tag);
            U16(at + 2, text is null ? 4 : 2);
            U32(at + 4, text is null ? 1 : text.Length + 1);
            U32(at + 8, text is null ? number : data);
            if (text is not null)
            {
                Encoding.ASCII.GetBytes(text, bytes.AsSpan(data));
                data += text.Length + 1;
            }
        }

        Encoding.ASCII.GetBytes(big ? "MM" : "II", bytes);
        U16(2, 42);
        U32(4, 8);
        U16(8, first.Length + 2);
        for (var i = 0; i < first.Length; i++)
        {
            Entry(10 + (12 * i), first[i].Tag, first[i].Text, 0);
        }

        Entry(10 + (12 * first.Length), 0x8769, null, 120);
        Entry(22 + (12 * first.Length), 0x8825, null, 180);
        U16(120, second.Length);
        for (var i = 0; i < second.Length; i++)
        {
            Entry(122 + (12 * i), second[i].Tag, second[i].Text, 0);
        }

        U16(180, 4);
        return bytes;
    }

    /// <summary>A JPEG picture of the given size with EXIF and XMP; it holds no pixels.</summary>
    public static byte[] Jpeg(int width = 640, int height = 480, bool big = false)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. Exif(big)];
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. "<x xmpMM:DocumentID=\"xmp.did:0001\" xmp:CreatorTool='Painter 9'/>"u8];
        return
        [
            0xFF,
            0xD8,
            .. Segment(0xE1, exif),
            .. Segment(0xE1, xmp),
            .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            0x12,
            0xFF,
            0x00,
            0x34,
            0xFF,
            0xD0,
            0x56,
            0xFF,
            0xD9,
        ];
    }

    /// <summary>A PNG picture with texts.</summary>
    public static byte[] Png()
    {
        var png = ProgramMaker.Png();
        return [.. png[..33], .. Chunk("tEXt", "Software\0Painter 9"u8), .. Chunk("iTXt", "Author\0\0\0\0\0Hanako"u8), .. png[33..]];
    }

    private static byte[] Segment(byte mark, byte[] data) => [0xFF, mark, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] Chunk(string name, ReadOnlySpan<byte> data) =>
        [0, 0, (byte)(data.Length >> 8), (byte)data.Length, .. Encoding.ASCII.GetBytes(name), .. data, 0, 0, 0, 0];
}
