using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Makers;

/// <summary>How a made ZIP archive is locked.</summary>
public enum ZipLock
{
    /// <summary>Open.</summary>
    None,

    /// <summary>The old cipher.</summary>
    ZipCrypto,

    /// <summary>WinZip's AES-256, AE-2.</summary>
    Aes256,
}

/// <summary>How names are written.</summary>
public enum ZipNames
{
    /// <summary>UTF-8 with flag 11.</summary>
    Utf8Flagged,

    /// <summary>UTF-8 without the flag, as old Macs write them.</summary>
    Utf8Bare,

    /// <summary>CP932 without the flag, as Windows in Japan writes them.</summary>
    Cp932,

    /// <summary>EUC-JP without the flag.</summary>
    EucJp,
}

/// <summary>Choices for <see cref="ZipMaker"/>.</summary>
public sealed record ZipChoices
{
    /// <summary>Password; needed for a lock.</summary>
    public string Password { get; init; } = "";

    /// <summary>Lock.</summary>
    public ZipLock Lock { get; init; }

    /// <summary>Names.</summary>
    public ZipNames Names { get; init; }

    /// <summary>Compresses with deflate.</summary>
    public bool Deflate { get; init; } = true;

    /// <summary>Archive comment.</summary>
    public string Comment { get; init; } = "";
}

/// <summary>Writes ZIP archives byte by byte (APPNOTE.TXT 6.3.10).</summary>
public static class ZipMaker
{
    /// <summary>A ZIP archive.</summary>
    public static byte[] Zip(IReadOnlyList<MadeFile> files, ZipChoices? choices = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        choices ??= new ZipChoices();
        var archive = new FieldWriter();
        var directory = new FieldWriter();
        foreach (var file in files)
        {
            var offset = archive.Length;
            var name = NameBytes(file.Name, choices.Names);
            var packed = choices.Deflate ? Deflate(file.Content) : file.Content;
            var method = choices.Deflate ? 8 : 0;
            var crc = ArchiveBytes.Crc32(file.Content);
            var data = Encrypt(packed, crc, file.Name, choices);
            byte[] extra = choices.Lock == ZipLock.Aes256 ? [0x01, 0x99, 7, 0, 2, 0, (byte)'A', (byte)'E', 3, (byte)method, 0] : [];
            var common = new FieldWriter()
                .U16(choices.Lock == ZipLock.Aes256 ? 51 : 20)
                .U16((choices.Lock == ZipLock.None ? 0 : 1) | (choices.Names == ZipNames.Utf8Flagged ? 0x800 : 0))
                .U16(choices.Lock == ZipLock.Aes256 ? 99 : method)
                .U32(ArchiveBytes.DosTime(file.Modified))
                .U32(choices.Lock == ZipLock.Aes256 ? 0 : crc)
                .U32((uint)data.Length)
                .U32((uint)file.Content.Length)
                .U16(name.Length)
                .U16(extra.Length)
                .ToArray();
            archive.Add("PK\x03\x04"u8).Add(common).Add(name).Add(extra).Add(data);
            directory.Add("PK\x01\x02"u8).U16(20).Add(common).U16(0).U16(0).U16(0).U32(0x20).U32((uint)offset).Add(name).Add(extra);
        }

        var comment = Encoding.UTF8.GetBytes(choices.Comment);
        var start = archive.Length;
        archive
            .Add(directory.ToArray())
            .Add("PK\x05\x06"u8)
            .U16(0)
            .U16(0)
            .U16(files.Count)
            .U16(files.Count)
            .U32((uint)directory.Length)
            .U32((uint)start)
            .U16(comment.Length)
            .Add(comment);
        return archive.ToArray();
    }

    private static byte[] NameBytes(string name, ZipNames names) =>
        names switch
        {
            ZipNames.Utf8Flagged or ZipNames.Utf8Bare => Encoding.UTF8.GetBytes(name),
            ZipNames.Cp932 => CodePagesEncodingProvider.Instance.GetEncoding(932)?.GetBytes(name) ?? [],
            ZipNames.EucJp => CodePagesEncodingProvider.Instance.GetEncoding(51932)?.GetBytes(name) ?? [],
        };

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Encrypt(byte[] plain, uint crc, string name, ZipChoices choices) =>
        choices.Lock switch
        {
            ZipLock.None => plain,
            ZipLock.ZipCrypto => OldCipher(plain, crc, name, choices.Password),
            ZipLock.Aes256 => Aes256(plain, name, choices.Password),
        };

    private static byte[] OldCipher(byte[] plain, uint crc, string name, string password)
    {
        uint key0 = 0x12345678;
        uint key1 = 0x23456789;
        uint key2 = 0x34567890;
        foreach (var value in Encoding.UTF8.GetBytes(password))
        {
            Update(value);
        }

        byte[] all = [.. ArchiveBytes.Noise($"zip/{name}", 11), (byte)(crc >> 24), .. plain];
        for (var i = 0; i < all.Length; i++)
        {
            var value = all[i];
            var half = (key2 | 2) & 0xFFFF;
            all[i] = (byte)(value ^ (byte)((half * (half ^ 1)) >> 8));
            Update(value);
        }

        return all;

        void Update(byte value)
        {
            key0 = ArchiveBytes.CrcStep(key0, value);
            key1 = ((key1 + (byte)key0) * 134775813) + 1;
            key2 = ArchiveBytes.CrcStep(key2, (byte)(key1 >> 24));
        }
    }

    private static byte[] Aes256(byte[] plain, string name, string password)
    {
        var salt = ArchiveBytes.Noise($"zip/{name}", 16);
        var keys = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, 1_000, HashAlgorithmName.SHA1, 66);
        using var aes = Aes.Create();
        aes.Key = keys[..32];
        var cipherText = (byte[])plain.Clone();
        var counter = new byte[16];
        for (var at = 0; at < plain.Length; at += 16)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(counter, (uint)(at / 16) + 1);
            var stream = aes.EncryptEcb(counter, PaddingMode.None);
            for (var i = 0; i < 16 && at + i < plain.Length; i++)
            {
                cipherText[at + i] ^= stream[i];
            }
        }

        return [.. salt, .. keys[64..], .. cipherText, .. HMACSHA1.HashData(keys[32..64], cipherText).Take(10)];
    }
}
