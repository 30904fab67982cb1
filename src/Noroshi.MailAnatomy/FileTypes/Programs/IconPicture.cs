using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>A small picture out of an icon: a bitmap of 1, 4, 8, 24 or 32 bits with a mask. Compressed (PNG) pictures are not decoded.</summary>
/// <param name="Width">Points across.</param>
/// <param name="Height">Points down.</param>
/// <param name="Points">Colours, top left first, as AARRGGBB; alpha is 0 or 255.</param>
internal sealed record IconPicture(int Width, int Height, uint[] Points)
{
    private const int MaxSide = 64;

    /// <summary>Reads a bitmap as icons hold it; null when it is none or too large.</summary>
    public static IconPicture? Read(ReadOnlySpan<byte> bytes)
    {
        var header = (int)Math.Min(bytes.U32(0), 256);
        var (width, height, bits) = ((int)bytes.U32(4), (int)bytes.U32(8) / 2, bytes.U16(14));
        if (header < 40 || width is < 16 or > MaxSide || height is < 16 or > MaxSide || bits is not (1 or 4 or 8 or 24 or 32))
        {
            return null;
        }

        var colors = bits > 8 ? 0 : (int)Math.Min(bytes.U32(32) is 0 ? 1u << bits : bytes.U32(32), 256);
        var palette = bytes.Part(header, 4 * colors);
        var at = header + (4 * colors);
        var stride = ((width * bits) + 31) / 32 * 4;
        var maskStride = (width + 31) / 32 * 4;
        var mask = bytes.Part(at + (stride * height), maskStride * height);
        if (bytes.Length < at + (stride * height))
        {
            return null;
        }

        var points = new uint[width * height];
        var anyAlpha = false;
        for (var y = 0; y < height; y++)
        {
            var row = bytes.Slice(at + (stride * (height - 1 - y)), stride);
            for (var x = 0; x < width; x++)
            {
                var color = Color(row, x, bits, palette);
                points[(y * width) + x] = color;
                anyAlpha |= bits == 32 && color >> 24 != 0;
            }
        }

        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = (i % width, height - 1 - (i / width));
            var masked = (mask.U8((maskStride * y) + (x / 8)) >> (7 - (x % 8)) & 1) != 0;
            var visible = anyAlpha ? points[i] >> 24 >= 128 : !masked;
            points[i] = visible ? 0xFF00_0000 | points[i] : 0;
        }

        return new IconPicture(width, height, points);
    }

    private static uint Color(ReadOnlySpan<byte> row, int x, int bits, ReadOnlySpan<byte> palette) =>
        bits switch
        {
            32 => row.U32(4 * x),
            24 => (uint)(row.U8(3 * x) | (row.U8((3 * x) + 1) << 8) | (row.U8((3 * x) + 2) << 16)),
            8 => palette.U32(4 * row.U8(x)) & 0xFF_FFFF,
            4 => palette.U32(4 * ((row.U8(x / 2) >> (x % 2 == 0 ? 4 : 0)) & 15)) & 0xFF_FFFF,
            _ => palette.U32(4 * ((row.U8(x / 8) >> (7 - (x % 8))) & 1)) & 0xFF_FFFF,
        };
}
