using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Makers;

/// <summary>Writes 7z archives of stored files byte by byte (7zFormat.txt of the LZMA SDK), locked or not; one folder per file.</summary>
public static class SevenZipMaker
{
    /// <summary>Binary logarithm of the rounds, as 7-Zip writes it.</summary>
    private const int Power = 19;

    /// <summary>A 7z archive.</summary>
    /// <param name="files">Files, none empty.</param>
    /// <param name="password">Password; null for an open archive.</param>
    /// <param name="encryptHeader">Locks the names too.</param>
    public static byte[] SevenZip(IReadOnlyList<MadeFile> files, string? password = null, bool encryptHeader = false)
    {
        ArgumentNullException.ThrowIfNull(files);
        var key = password is null ? null : Derive(password);
        var iv = ArchiveBytes.Noise("7z", 16);
        var body = new FieldWriter();
        var packed = new List<int>();
        foreach (var file in files)
        {
            var data = key is null ? file.Content : ArchiveBytes.EncryptCbc(key, iv, file.Content);
            packed.Add(data.Length);
            body.Add(data);
        }

        var header = Header(files, packed, key is null ? null : iv);
        if (encryptHeader && key is not null)
        {
            var locked = ArchiveBytes.EncryptCbc(key, iv, header);
            var at = body.Length;
            body.Add(locked);
            header = PackedHeader(header, locked.Length, at, iv);
        }

        var start = new FieldWriter().U64((ulong)body.Length).U64((ulong)header.Length).U32(ArchiveBytes.Crc32(header)).ToArray();
        return new FieldWriter()
            .Add([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4])
            .U32(ArchiveBytes.Crc32(start))
            .Add(start)
            .Add(body.ToArray())
            .Add(header)
            .ToArray();
    }

    private static byte[] Header(IReadOnlyList<MadeFile> files, List<int> packed, byte[]? iv)
    {
        var header = new FieldWriter().U8(1).U8(4).U8(6).Number(0).Number((ulong)files.Count).U8(9);
        foreach (var size in packed)
        {
            header.Number((ulong)size);
        }

        header.U8(0).U8(7).U8(11).Number((ulong)files.Count).U8(0);
        foreach (var _ in files)
        {
            Folder(header, iv);
        }

        header.U8(12);
        foreach (var file in files)
        {
            header.Number((ulong)file.Content.Length);
        }

        header.U8(10).U8(1);
        foreach (var file in files)
        {
            header.U32(ArchiveBytes.Crc32(file.Content));
        }

        header.U8(0).U8(8).U8(0).U8(0).U8(5).Number((ulong)files.Count);
        var names = files.SelectMany(file => Encoding.Unicode.GetBytes(file.Name + "\0")).ToArray();
        header.U8(17).Number((ulong)names.Length + 1).U8(0).Add(names);
        header.U8(20).Number((ulong)(files.Count * 8) + 2).U8(1).U8(0);
        foreach (var file in files)
        {
            header.U64((ulong)file.Modified.ToFileTimeUtc());
        }

        return header.U8(0).U8(0).ToArray();
    }

    private static byte[] PackedHeader(byte[] header, int packed, long at, byte[] iv)
    {
        var streams = new FieldWriter().U8(0x17).U8(6).Number((ulong)at).Number(1).U8(9).Number((ulong)packed).U8(0);
        streams.U8(7).U8(11).Number(1).U8(0);
        Folder(streams, iv);
        return streams.U8(12).Number((ulong)header.Length).U8(10).U8(1).U32(ArchiveBytes.Crc32(header)).U8(0).U8(0).ToArray();
    }

    /// <summary>One coder: copy, or AES with a first block of 16 bytes and no salt.</summary>
    private static void Folder(FieldWriter target, byte[]? iv)
    {
        target.Number(1);
        if (iv is null)
        {
            target.U8(1).U8(0);
            return;
        }

        target.U8(0x24).Add([0x06, 0xF1, 0x07, 0x01]).Number(18).U8(0x40 | Power).U8(15).Add(iv);
    }

    private static byte[] Derive(string password)
    {
        var seed = Encoding.Unicode.GetBytes(password);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var counter = new byte[8];
        for (var round = 0; round < 1 << Power; round++)
        {
            BitConverter.TryWriteBytes(counter, (long)round);
            sha.AppendData(seed);
            sha.AppendData(counter);
        }

        return sha.GetHashAndReset();
    }
}
