using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.OfficeCrypto;

/// <summary>Choices for an agile lock.</summary>
public sealed record AgileChoices
{
    /// <summary>Hash by its name in the XML.</summary>
    public string Hash { get; init; } = "SHA512";

    /// <summary>Bits of both keys.</summary>
    public int KeyBits { get; init; } = 256;

    /// <summary>Rounds that are computed.</summary>
    public int Spins { get; init; } = 1_000;

    /// <summary>Rounds that are stated; null states the computed ones.</summary>
    public string? StatedSpins { get; init; }

    /// <summary>Changes the encrypted content after its integrity code was made.</summary>
    public bool Tampered { get; init; }

    /// <summary>Changes the XML before it is written.</summary>
    public Func<string, string> Xml { get; init; } = xml => xml;
}

/// <summary>Locks packages as MS-OFFCRYPTO 2.3.4 describes. Salts and keys are fixed, so that fixtures are the same every time.</summary>
public static class OfficeLocker
{
    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)((i * 37) + (seed * 101) + 11);
        }

        return bytes;
    }

    /// <summary>Agile encryption.</summary>
    public static byte[] Agile(byte[] package, string password, AgileChoices? choices = null)
    {
        choices ??= new AgileChoices();
        var hash = new HashAlgorithmName(choices.Hash);
        var length = CryptographicOperations.HashData(hash, []).Length;
        byte[] Hash(params byte[][] parts) => CryptographicOperations.HashData(hash, [.. parts.SelectMany(part => part)]);
        byte[] Fit(byte[] bytes, int size) => [.. bytes.Take(size), .. Enumerable.Repeat((byte)0x36, Math.Max(0, size - bytes.Length))];
        byte[] Encrypt(byte[] key, byte[] iv, byte[] data)
        {
            using var aes = Aes.Create();
            aes.Key = key;
            byte[] padded = [.. data, .. new byte[(16 - (data.Length % 16)) % 16]];
            return aes.EncryptCbc(padded, Fit(iv, 16), PaddingMode.None);
        }

        var (dataSalt, salt, secret) = (Bytes(16, 1), Bytes(16, 2), Bytes(choices.KeyBits / 8, 3));
        var spun = Hash(salt, Encoding.Unicode.GetBytes(password));
        for (var i = 0; i < choices.Spins; i++)
        {
            spun = Hash(BitConverter.GetBytes(i), spun);
        }

        byte[] Locked(byte[] purpose, byte[] data) => Encrypt(Fit(Hash(spun, purpose), choices.KeyBits / 8), salt, data);
        var verifier = Bytes(16, 4);
        var content = new List<byte>(BitConverter.GetBytes((long)package.Length));
        for (var (at, segment) = (0, 0); at < package.Length; at += 4_096, segment++)
        {
            content.AddRange(
                Encrypt(secret, Hash(dataSalt, BitConverter.GetBytes(segment)), package[at..Math.Min(package.Length, at + 4_096)])
            );
        }

        var stream = content.ToArray();
        var hmacKey = Bytes(length, 5);
        var hmac = CryptographicOperations.HmacData(hash, hmacKey, stream);
        if (choices.Tampered)
        {
            stream[^1] ^= 1;
        }

        string Text(byte[] bytes) => Convert.ToBase64String(bytes);
        string Key(byte[] keySalt) =>
            $"saltSize=\"16\" blockSize=\"16\" keyBits=\"{choices.KeyBits}\" hashSize=\"{length}\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"{choices.Hash}\" saltValue=\"{Text(keySalt)}\"";
        var xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<encryption xmlns=\"http://schemas.microsoft.com/office/2006/encryption\" xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\">"
            + $"<keyData {Key(dataSalt)}/><dataIntegrity encryptedHmacKey=\"{Text(Encrypt(secret, Hash(dataSalt, [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6]), hmacKey))}\""
            + $" encryptedHmacValue=\"{Text(Encrypt(secret, Hash(dataSalt, [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33]), hmac))}\"/>"
            + $"<keyEncryptors><keyEncryptor uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><p:encryptedKey spinCount=\"{choices.StatedSpins ?? choices.Spins.ToString(System.Globalization.CultureInfo.InvariantCulture)}\" {Key(salt)}"
            + $" encryptedVerifierHashInput=\"{Text(Locked([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], verifier))}\""
            + $" encryptedVerifierHashValue=\"{Text(Locked([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], Hash(verifier)))}\""
            + $" encryptedKeyValue=\"{Text(Locked([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], secret))}\"/></keyEncryptor></keyEncryptors></encryption>";
        return Compound([4, 0, 4, 0, 0x40, 0, 0, 0, .. Encoding.UTF8.GetBytes(choices.Xml(xml))], stream);
    }

    /// <summary>Standard encryption of AES-128, as Office 2007 writes it.</summary>
    public static byte[] Standard(byte[] package, string password)
    {
        var salt = Bytes(16, 6);
        var spun = SHA1.HashData([.. salt, .. Encoding.Unicode.GetBytes(password)]);
        for (var i = 0; i < 50_000; i++)
        {
            spun = SHA1.HashData([.. BitConverter.GetBytes(i), .. spun]);
        }

        spun = SHA1.HashData([.. spun, 0, 0, 0, 0]);
        var pad = Enumerable.Repeat((byte)0x36, 64).ToArray();
        for (var i = 0; i < spun.Length; i++)
        {
            pad[i] ^= spun[i];
        }

        using var aes = Aes.Create();
        aes.Key = SHA1.HashData(pad)[..16];
        var verifier = Bytes(16, 7);
        byte[] info =
        [
            .. Header(3, 0x24, 0x660E, 128, salt),
            .. aes.EncryptEcb(verifier, PaddingMode.None),
            20,
            0,
            0,
            0,
            .. aes.EncryptEcb((byte[])[.. SHA1.HashData(verifier), .. new byte[12]], PaddingMode.None),
        ];
        byte[] padded = [.. package, .. new byte[(16 - (package.Length % 16)) % 16]];
        return Compound(info, [.. BitConverter.GetBytes((long)package.Length), .. aes.EncryptEcb(padded, PaddingMode.None)]);
    }

    /// <summary>Version, flags, EncryptionHeader and the beginning of EncryptionVerifier.</summary>
    internal static byte[] Header(int major, int flags, int algorithm, int keyBits, byte[] salt)
    {
        var name = Encoding.Unicode.GetBytes("Microsoft Enhanced RSA and AES Cryptographic Provider\0");
        var header = new byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(header, flags);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), algorithm);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), 0x8004);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), keyBits);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), algorithm == 0x6801 ? 1 : 24);
        return
        [
            (byte)major,
            0,
            2,
            0,
            .. BitConverter.GetBytes(flags),
            .. BitConverter.GetBytes(header.Length + name.Length),
            .. header,
            .. name,
            16,
            0,
            0,
            0,
            .. salt,
        ];
    }

    private static byte[] Compound(byte[] info, byte[] package) =>
        new CompoundMaker()
            .Stream("EncryptedPackage", package)
            .Stream("EncryptionInfo", info)
            .Stream("\u0006DataSpaces/Version", new byte[76])
            .Build();
}
