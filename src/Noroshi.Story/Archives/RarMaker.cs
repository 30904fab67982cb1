using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Makers;

/// <summary>
/// Writes RAR archives of stored files byte by byte, locked or not: no free program makes RAR, and tests of locked ones need samples of
/// their own. Follows the published format notes (RAR 5.0 archive format; technote of RAR 4); compresses nothing.
/// </summary>
public static class RarMaker
{
    /// <summary>Binary logarithm of the rounds of RAR 5, as WinRAR writes it.</summary>
    private const int Count5 = 15;

    /// <summary>A RAR 4 archive.</summary>
    /// <param name="files">Files.</param>
    /// <param name="password">Password; null for an open archive.</param>
    /// <param name="encryptHeaders">Locks the names too.</param>
    public static byte[] Rar4(IReadOnlyList<MadeFile> files, string? password = null, bool encryptHeaders = false)
    {
        ArgumentNullException.ThrowIfNull(files);
        var salt = ArchiveBytes.Noise("rar4", 8);
        (byte[] Key, byte[] Iv)? key = password is null ? null : Derive4(password, salt);
        var headerKey = encryptHeaders ? key : null;
        var archive = new FieldWriter().Add("Rar!\x1A\x07\0"u8);
        archive.Add(Seal4(new FieldWriter().U8(0x73).U16(headerKey is null ? 0 : 0x80).U16(13).Add(new byte[6]).ToArray()));
        foreach (var file in files)
        {
            var data = key is { } lockedBy ? ArchiveBytes.EncryptCbc(lockedBy.Key, lockedBy.Iv, file.Content) : file.Content;
            Header4(archive, File4(file, data.Length, key is null ? null : salt), salt, headerKey);
            archive.Add(data);
        }

        Header4(archive, new FieldWriter().U8(0x7B).U16(0x4000).U16(7).ToArray(), salt, headerKey);
        return archive.ToArray();
    }

    /// <summary>A RAR 5 archive.</summary>
    /// <param name="files">Files.</param>
    /// <param name="password">Password; null for an open archive.</param>
    /// <param name="encryptHeaders">Locks the names too.</param>
    /// <param name="comment">Comment of the archive.</param>
    public static byte[] Rar5(IReadOnlyList<MadeFile> files, string? password = null, bool encryptHeaders = false, string? comment = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var keys = password is null ? null : new Keys5(password, ArchiveBytes.Noise("rar5", 16));
        var archive = new FieldWriter().Add("Rar!\x1A\x07\x01\0"u8);
        Keys5? headerKeys = null;
        if (encryptHeaders && keys is not null)
        {
            archive.Add(Seal5(new FieldWriter().Vint(4).Vint(0).Vint(0).Vint(1).U8(Count5).Add(keys.Salt).Add(keys.Check).ToArray()));
            headerKeys = keys;
        }

        Header5(archive, new FieldWriter().Vint(1).Vint(0).Vint(0).ToArray(), headerKeys);
        if (comment is not null)
        {
            Member5(archive, 3, new MadeFile("CMT", Encoding.UTF8.GetBytes(comment)), headerKeys, headerKeys);
        }

        foreach (var file in files)
        {
            Member5(archive, 2, file, keys, headerKeys);
        }

        Header5(archive, new FieldWriter().Vint(5).Vint(0).Vint(0).ToArray(), headerKeys);
        return archive.ToArray();
    }

    private static byte[] File4(MadeFile file, int packed, byte[]? salt)
    {
        var oem = CodePagesEncodingProvider.Instance.GetEncoding(932)?.GetBytes(file.Name.Replace('/', '\\')) ?? [];
        var unicode = !Ascii.IsValid(file.Name);
        var name = unicode ? [.. oem, 0, .. Unicode4(file.Name.Replace('/', '\\'))] : oem;
        var flags = 0x8000 | (salt is null ? 0 : 0x404) | (unicode ? 0x200 : 0);
        var header = new FieldWriter()
            .U8(0x74)
            .U16(flags)
            .U16(32 + name.Length + (salt?.Length ?? 0))
            .U32((uint)packed)
            .U32((uint)file.Content.Length)
            .U8(2)
            .U32(ArchiveBytes.Crc32(file.Content))
            .U32(ArchiveBytes.DosTime(file.Modified))
            .U8(29)
            .U8(0x30)
            .U16(name.Length)
            .U32(0x20)
            .Add(name);
        return header.Add(salt ?? []).ToArray();
    }

    /// <summary>Every character whole: flags of four times "two bytes follow" before each four characters.</summary>
    private static byte[] Unicode4(string name)
    {
        var encoded = new FieldWriter().U8(0);
        for (var i = 0; i < name.Length; i++)
        {
            if (i % 4 == 0)
            {
                encoded.U8(0xAA);
            }

            encoded.U16(name[i]);
        }

        return encoded.ToArray();
    }

    private static void Header4(FieldWriter archive, byte[] header, byte[] salt, (byte[] Key, byte[] Iv)? key)
    {
        var whole = Seal4(header);
        archive.Add(key is { } by ? [.. salt, .. ArchiveBytes.EncryptCbc(by.Key, by.Iv, whole)] : whole);
    }

    private static byte[] Seal4(byte[] header) =>
        [.. new FieldWriter().U16((int)(ArchiveBytes.Crc32(header) & 0xFFFF)).ToArray(), .. header];

    /// <summary>SHA-1 over 262,144 rounds of password, salt and round number; the first block is gathered on the way.</summary>
    private static (byte[] Key, byte[] Iv) Derive4(string password, byte[] salt)
    {
        byte[] seed = [.. Encoding.Unicode.GetBytes(password), .. salt];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var iv = new byte[16];
        for (var round = 0; round < 0x40000; round++)
        {
            sha.AppendData(seed);
            sha.AppendData([(byte)round, (byte)(round >> 8), (byte)(round >> 16)]);
            if (round % 0x4000 == 0)
            {
                iv[round / 0x4000] = sha.GetCurrentHash()[19];
            }
        }

        var digest = sha.GetCurrentHash();
        var key = new byte[16];
        for (var i = 0; i < 16; i++)
        {
            key[i] = digest[(i & ~3) + 3 - (i & 3)];
        }

        return (key, iv);
    }

    private static void Member5(FieldWriter archive, ulong type, MadeFile file, Keys5? keys, Keys5? headerKeys)
    {
        var iv = ArchiveBytes.Noise($"rar5/{file.Name}", 16);
        var data = keys is null ? file.Content : ArchiveBytes.EncryptCbc(keys.Key, iv, file.Content);
        var extra = keys is null
            ? []
            : new FieldWriter().Vint(1).Vint(0).Vint(3).U8(Count5).Add(keys.Salt).Add(iv).Add(keys.Check).ToArray();
        byte[] record = extra.Length == 0 ? [] : [.. new FieldWriter().Vint((ulong)extra.Length).ToArray(), .. extra];
        var crc = ArchiveBytes.Crc32(file.Content);
        var name = Encoding.UTF8.GetBytes(file.Name);
        var header = new FieldWriter().Vint(type).Vint(record.Length > 0 ? 3u : 2u);
        if (record.Length > 0)
        {
            header.Vint((ulong)record.Length);
        }

        header.Vint((ulong)data.Length).Vint(type == 2 ? 6u : 4u).Vint((ulong)file.Content.Length).Vint(0x20);
        if (type == 2)
        {
            header.U32((uint)new DateTimeOffset(file.Modified).ToUnixTimeSeconds());
        }

        header.U32(keys is null ? crc : keys.Keyed(crc)).Vint(0).Vint(0).Vint((ulong)name.Length).Add(name).Add(record);
        Header5(archive, header.ToArray(), headerKeys);
        archive.Add(data);
    }

    private static void Header5(FieldWriter archive, byte[] header, Keys5? keys)
    {
        var whole = Seal5(header);
        if (keys is null)
        {
            archive.Add(whole);
            return;
        }

        var iv = ArchiveBytes.Noise($"rar5 header at {archive.Length}", 16);
        archive.Add(iv).Add(ArchiveBytes.EncryptCbc(keys.Key, iv, whole));
    }

    private static byte[] Seal5(byte[] header)
    {
        byte[] body = [.. new FieldWriter().Vint((ulong)header.Length).ToArray(), .. header];
        return [.. new FieldWriter().U32(ArchiveBytes.Crc32(body)).ToArray(), .. body];
    }

    /// <summary>The three values of one PBKDF2 run: key, key of the checksums, password check.</summary>
    private sealed class Keys5
    {
        private readonly byte[] _hashKey;

        public Keys5(string password, byte[] salt)
        {
            Salt = salt;
            Key = Derive(password, salt, 0);
            _hashKey = Derive(password, salt, 16);
            var check = new byte[8];
            var value = Derive(password, salt, 32);
            for (var i = 0; i < value.Length; i++)
            {
                check[i % 8] ^= value[i];
            }

            Check = [.. check, .. SHA256.HashData(check).Take(4)];
        }

        public byte[] Salt { get; }

        public byte[] Key { get; }

        public byte[] Check { get; }

        public uint Keyed(uint crc)
        {
            var digest = HMACSHA256.HashData(_hashKey, new FieldWriter().U32(crc).ToArray());
            uint folded = 0;
            for (var i = 0; i < digest.Length; i += 4)
            {
                folded ^= BinaryPrimitives.ReadUInt32LittleEndian(digest.AsSpan(i));
            }

            return folded;
        }

        private static byte[] Derive(string password, byte[] salt, int more) =>
            Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, (1 << Count5) + more, HashAlgorithmName.SHA256, 32);
    }
}
