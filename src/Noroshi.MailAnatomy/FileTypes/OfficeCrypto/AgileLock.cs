using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>A hash by the name of the XML descriptor (MS-OFFCRYPTO 2.3.4.10).</summary>
internal sealed record OfficeHash(HashAlgorithmName Name, int Length, double MicrosecondsPerRound)
{
    /// <summary>The hash of that name; null when it is not known.</summary>
    public static OfficeHash? Find(string? name) =>
        name?.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal) switch
        {
            "SHA1" => Sha1,
            "SHA256" => new(HashAlgorithmName.SHA256, 32, 0.45),
            "SHA384" => new(HashAlgorithmName.SHA384, 48, 0.59),
            "SHA512" => new(HashAlgorithmName.SHA512, 64, 0.59),
            "MD5" => new(HashAlgorithmName.MD5, 16, 0.4),
            _ => null,
        };

    /// <summary>SHA-1.</summary>
    public static OfficeHash Sha1 { get; } = new(HashAlgorithmName.SHA1, 20, 0.4);

    /// <summary>Hashes into the target.</summary>
    public void Hash(ReadOnlySpan<byte> data, Span<byte> target) => CryptographicOperations.HashData(Name, data, target);

    /// <summary>Hashes the pieces one after the other.</summary>
    public byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var joined = new byte[first.Length + second.Length];
        first.CopyTo(joined);
        second.CopyTo(joined.AsSpan(first.Length));
        return CryptographicOperations.HashData(Name, joined);
    }

    /// <summary>The hash of salt and password, hashed again and again with the number of the round in front.</summary>
    public byte[] Spin(byte[] salt, string password, int rounds)
    {
        var seed = Join(salt, Encoding.Unicode.GetBytes(password));
        var buffer = new byte[4 + Length];
        seed.CopyTo(buffer, 4);
        for (var round = 0; round < rounds; round++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, round);
            Hash(buffer, seed);
            seed.CopyTo(buffer, 4);
        }

        return seed;
    }
}

/// <summary>What the XML of agile encryption says of one key (MS-OFFCRYPTO 2.3.4.10, elements keyData and encryptedKey).</summary>
internal sealed record AgileKey(OfficeHash Hash, byte[] Salt, int BlockSize, int KeyBits)
{
    /// <summary>A key of the size the cipher wants: cut, or filled up with 0x36.</summary>
    public static byte[] Fit(ReadOnlySpan<byte> hash, int length)
    {
        var key = new byte[length];
        key.AsSpan().Fill(0x36);
        hash[..Math.Min(hash.Length, length)].CopyTo(key);
        return key;
    }

    /// <summary>Decrypts whole blocks by AES in CBC mode; a cut last block is dropped.</summary>
    public byte[] Decrypt(byte[] key, byte[] firstBlock, ReadOnlySpan<byte> data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(data[..(data.Length - (data.Length % BlockSize))], Fit(firstBlock, BlockSize), PaddingMode.None);
    }
}

/// <summary>The descriptor of agile encryption.</summary>
internal sealed record AgileDescriptor
{
    /// <summary>Key of the content.</summary>
    public required AgileKey Data { get; init; }

    /// <summary>Key of the password.</summary>
    public required AgileKey Password { get; init; }

    /// <summary>Rounds.</summary>
    public required int SpinCount { get; init; }

    /// <summary>Verifier, its hash and the key of the content, encrypted.</summary>
    public required byte[] VerifierInput { get; init; }

    /// <summary>Hash of the verifier, encrypted.</summary>
    public required byte[] VerifierHash { get; init; }

    /// <summary>Key of the content, encrypted.</summary>
    public required byte[] KeyValue { get; init; }

    /// <summary>Key of the integrity code, encrypted; empty when there is no code.</summary>
    public byte[] HmacKey { get; init; } = [];

    /// <summary>Integrity code, encrypted.</summary>
    public byte[] HmacValue { get; init; } = [];

    /// <summary>Reads the XML.</summary>
    /// <returns>Null when all is well, else why not.</returns>
    public static Finding? Read(ReadOnlySpan<byte> xml, out AgileDescriptor descriptor)
    {
        descriptor = Empty;
        var elements = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        try
        {
            ReadElements(xml, elements);
        }
        catch (XmlException error)
        {
            return FindingCodes.OfficeCrypto.Broken.At($"EncryptionInfo: line {error.LineNumber}, position {error.LinePosition}");
        }

        if (!elements.TryGetValue("keyData", out var data) || !elements.TryGetValue("encryptedKey", out var password))
        {
            return FindingCodes.OfficeCrypto.Unsupported.At("EncryptionInfo: no key for a password");
        }

        if (Key(data) is not { } dataKey || Key(password) is not { } passwordKey)
        {
            return FindingCodes.OfficeCrypto.Unsupported.At($"{Cipher(data)}; {Cipher(password)}");
        }

        var integrity = elements.GetValueOrDefault("dataIntegrity");
        if (
            !int.TryParse(password.GetValueOrDefault("spinCount"), System.Globalization.CultureInfo.InvariantCulture, out var spins)
            || spins < 0
        )
        {
            // Larger than any number: refused for its cost.
            spins = int.MaxValue;
        }

        descriptor = new AgileDescriptor
        {
            Data = dataKey,
            Password = passwordKey,
            SpinCount = spins,
            VerifierInput = Base64(password, "encryptedVerifierHashInput"),
            VerifierHash = Base64(password, "encryptedVerifierHashValue"),
            KeyValue = Base64(password, "encryptedKeyValue"),
            HmacKey = integrity is null ? [] : Base64(integrity, "encryptedHmacKey"),
            HmacValue = integrity is null ? [] : Base64(integrity, "encryptedHmacValue"),
        };
        return descriptor.VerifierInput.Length < 16 || descriptor.VerifierHash.Length < 16 || descriptor.KeyValue.Length < 16
            ? FindingCodes.OfficeCrypto.Broken.At("EncryptionInfo: verifier")
            : null;
    }

    private static AgileDescriptor Empty { get; } =
        new()
        {
            Data = new AgileKey(OfficeHash.Sha1, [], 16, 128),
            Password = new AgileKey(OfficeHash.Sha1, [], 16, 128),
            SpinCount = int.MaxValue,
            VerifierInput = [],
            VerifierHash = [],
            KeyValue = [],
        };

    private static void ReadElements(ReadOnlySpan<byte> xml, Dictionary<string, Dictionary<string, string>> elements)
    {
        using var reader = XmlReader.Create(
            new StringReader(Encoding.UTF8.GetString(xml)),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersFromEntities = 1_024,
            }
        );
        for (var nodes = 0; nodes < 256 && reader.Read(); nodes++)
        {
            if (reader.NodeType != XmlNodeType.Element || elements.ContainsKey(reader.LocalName))
            {
                continue;
            }

            var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
            elements[reader.LocalName] = attributes;
            while (reader.MoveToNextAttribute())
            {
                attributes.TryAdd(reader.LocalName, reader.Value);
            }

            reader.MoveToElement();
        }
    }

    private static string Cipher(Dictionary<string, string> element) =>
        $"{element.GetValueOrDefault("cipherAlgorithm")} {element.GetValueOrDefault("keyBits")} {element.GetValueOrDefault("cipherChaining")} {element.GetValueOrDefault("hashAlgorithm")}";

    /// <summary>A key that can be worked with: AES in CBC mode with a known hash.</summary>
    private static AgileKey? Key(Dictionary<string, string> element) =>
        element.GetValueOrDefault("cipherAlgorithm") == "AES"
        && element.GetValueOrDefault("cipherChaining") == "ChainingModeCBC"
        && element.GetValueOrDefault("blockSize") == "16"
        && element.GetValueOrDefault("keyBits") is "128" or "192" or "256"
        && OfficeHash.Find(element.GetValueOrDefault("hashAlgorithm")) is { } hash
        && Base64(element, "saltValue") is { Length: > 0 and <= 1_024 } salt
            ? new AgileKey(
                hash,
                salt,
                16,
                element["keyBits"] == "128" ? 128
                    : element["keyBits"] == "192" ? 192
                    : 256
            )
            : null;

    private static byte[] Base64(Dictionary<string, string> element, string name)
    {
        var text = element.GetValueOrDefault(name) ?? "";
        var bytes = new byte[Math.Min(text.Length, 4_096)];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : [];
    }
}

/// <summary>Agile encryption of a package (MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15).</summary>
internal sealed class AgileLock(AgileDescriptor descriptor, LockedStream package) : DocumentLock
{
    private const int Segment = 4_096;

    private static ReadOnlySpan<byte> ForVerifier => [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];

    private static ReadOnlySpan<byte> ForVerifierHash => [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];

    private static ReadOnlySpan<byte> ForKey => [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

    private static ReadOnlySpan<byte> ForHmacKey => [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6];

    private static ReadOnlySpan<byte> ForHmacValue => [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33];

    /// <inheritdoc/>
    public override string Encryption => $"office-agile-aes-{descriptor.Data.KeyBits}";

    /// <inheritdoc/>
    public override double CostMilliseconds => Math.Max(0.05, descriptor.SpinCount * descriptor.Password.Hash.MicrosecondsPerRound / 1_000);

    /// <inheritdoc/>
    public override byte[]? Unlock(string password)
    {
        var by = descriptor.Password;
        if (descriptor.SpinCount > OfficeLocks.MaxSpins)
        {
            return null;
        }

        var spun = by.Hash.Spin(by.Salt, password, descriptor.SpinCount);
        byte[] Open(ReadOnlySpan<byte> purpose, byte[] locked) =>
            by.Decrypt(AgileKey.Fit(by.Hash.Join(spun, purpose), by.KeyBits / 8), by.Salt, locked);

        var verifier = Open(ForVerifier, descriptor.VerifierInput);
        var expected = Open(ForVerifierHash, descriptor.VerifierHash);
        var length = Math.Min(by.Hash.Length, expected.Length);
        var salted = verifier.AsSpan(0, Math.Min(verifier.Length, by.Salt.Length));
        if (length < 16 || !by.Hash.Join(salted, []).AsSpan(0, length).SequenceEqual(expected.AsSpan(0, length)))
        {
            return null;
        }

        var key = Open(ForKey, descriptor.KeyValue);
        return key.Length * 8 < descriptor.Data.KeyBits ? null : key[..(descriptor.Data.KeyBits / 8)];
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decrypt(byte[] key, List<Finding> findings)
    {
        var locked = package.ToArray();
        if (locked.Length < 8)
        {
            findings.Add(FindingCodes.OfficeCrypto.Truncated.At("EncryptedPackage"));
            return ReadOnlyMemory<byte>.Empty;
        }

        if (!Intact(key, locked))
        {
            findings.Add(FindingCodes.OfficeCrypto.Integrity.At("HMAC"));
        }

        var by = descriptor.Data;
        var size = BinaryPrimitives.ReadInt64LittleEndian(locked);
        var plain = locked.AsMemory(8);
        using var aes = Aes.Create();
        aes.Key = key;
        Span<byte> number = stackalloc byte[4];
        var buffer = new byte[Segment];
        for (var (at, segment) = (0, 0); at + 16 <= plain.Length; at += Segment, segment++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, segment);
            var firstBlock = AgileKey.Fit(by.Hash.Join(by.Salt, number), 16);
            var part = plain.Span.Slice(at, Math.Min(Segment, plain.Length - at) & ~15);
            var written = aes.DecryptCbc(part, firstBlock, buffer, PaddingMode.None);
            buffer.AsSpan(0, written).CopyTo(part);
        }

        return StatedSize.Cut(plain, size, findings);
    }

    private bool Intact(byte[] key, byte[] locked)
    {
        if (descriptor.HmacKey.Length < 16 || descriptor.HmacValue.Length < 16)
        {
            return true;
        }

        var by = descriptor.Data;
        var hmacKey = by.Decrypt(key, by.Hash.Join(by.Salt, ForHmacKey), descriptor.HmacKey);
        var expected = by.Decrypt(key, by.Hash.Join(by.Salt, ForHmacValue), descriptor.HmacValue);
        var length = Math.Min(by.Hash.Length, expected.Length);
        var code = CryptographicOperations.HmacData(by.Hash.Name, hmacKey.AsSpan(0, Math.Min(by.Hash.Length, hmacKey.Length)), locked);
        return code.AsSpan(0, length).SequenceEqual(expected.AsSpan(0, length));
    }
}

/// <summary>Cuts the padding off a decrypted package.</summary>
internal static class StatedSize
{
    /// <summary>The first <paramref name="size"/> bytes, fewer when there are not so many.</summary>
    public static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> plain, long size, List<Finding> findings)
    {
        if (size >= 0 && size <= plain.Length)
        {
            return plain[..(int)size];
        }

        findings.Add(FindingCodes.OfficeCrypto.Truncated.At($"{size} bytes stated, {plain.Length} there"));
        return plain;
    }
}
