using System.Buffers;
using ZstdSharp;

namespace Noroshi.Storage.Blobs;

/// <summary>zstd, only where it makes something smaller. What is unpacked was authenticated before and says its length.</summary>
internal static class Compression
{
    /// <summary>Mails and their documents are small and many: level 3 saves two percent and was a twentieth of what an import costs.</summary>
    private const int Level = 1;
    private const int Least = 64;

    [ThreadStatic]
    private static Compressor? s_compressor;

    [ThreadStatic]
    private static Decompressor? s_decompressor;

    /// <summary>The packed bytes; null when they would not be fewer.</summary>
    public static byte[]? Pack(ReadOnlySpan<byte> content)
    {
        if (content.Length < Least)
        {
            return null;
        }

        s_compressor ??= new Compressor(Level);
        var room = ArrayPool<byte>.Shared.Rent(Compressor.GetCompressBound(content.Length));
        try
        {
            var length = s_compressor.Wrap(content, room);
            return length < content.Length ? room.AsSpan(0, length).ToArray() : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>The bytes; null when they are not what was packed.</summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed, long length)
    {
        if (length is < 0 or > int.MaxValue)
        {
            return null;
        }

        s_decompressor ??= new Decompressor();
        var content = new byte[length];
        try
        {
            return s_decompressor.Unwrap(packed, content) == length ? content : null;
        }
        catch (ZstdException)
        {
            return null;
        }
    }
}
