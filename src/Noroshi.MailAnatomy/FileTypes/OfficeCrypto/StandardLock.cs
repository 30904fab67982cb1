using System.Buffers.Binary;
using System.Security.Cryptography;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>Standard encryption of a package, as Office 2007 writes it: AES in ECB mode, SHA-1 (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9).</summary>
internal sealed class StandardLock : DocumentLock
{
    private const int Rounds = 50_000;

    private readonly CryptoApiVerifier _verifier;
    private readonly LockedStream _package;

    private StandardLock(CryptoApiVerifier verifier, LockedStream package)
    {
        _verifier = verifier;
        _package = package;
    }

    /// <inheritdoc/>
    public override string Encryption => $"office-standard-aes-{_verifier.KeyBits}";

    /// <inheritdoc/>
    public override double CostMilliseconds => Rounds * OfficeHash.Sha1.MicrosecondsPerRound / 1_000;

    /// <summary>Reads EncryptionInfo behind its version.</summary>
    public static DocumentLock Create(ReadOnlySpan<byte> info, LockedStream package, IReadOnlyList<string> defaults)
    {
        if (CryptoApiVerifier.Read(info) is not { } verifier)
        {
            return new ClosedLock("office-standard") { Refusal = FindingCodes.OfficeCrypto.Broken.At("EncryptionInfo") };
        }

        // 0x660E to 0x6610 are AES of 128, 192 and 256 bits; 0 leaves it to the flags, which say AES then.
        return verifier.Algorithm is 0 or 0x660E or 0x660F or 0x6610 && verifier.KeyBits is 128 or 192 or 256
            ? new StandardLock(verifier, package) { Defaults = defaults }
            : new ClosedLock("office-standard")
            {
                Refusal = FindingCodes.OfficeCrypto.Unsupported.At($"algorithm {verifier.Algorithm:x4}, {verifier.KeyBits} bits"),
            };
    }

    /// <inheritdoc/>
    public override byte[]? Unlock(string password)
    {
        var spun = OfficeHash.Sha1.Spin(_verifier.Salt, password, Rounds);
        var last = OfficeHash.Sha1.Join(spun, (ReadOnlySpan<byte>)[0, 0, 0, 0]);
        byte[] both = [.. Derive(last, 0x36), .. Derive(last, 0x5C)];
        var key = both[..(_verifier.KeyBits / 8)];
        using var aes = Aes.Create();
        aes.Key = key;
        var input = aes.DecryptEcb(_verifier.Input, PaddingMode.None);
        var expected = aes.DecryptEcb(_verifier.Hash.AsSpan(0, _verifier.Hash.Length & ~15), PaddingMode.None);
        return expected.Length >= 20 && SHA1.HashData(input).AsSpan().SequenceEqual(expected.AsSpan(0, 20)) ? key : null;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decrypt(byte[] key, List<Finding> findings)
    {
        var locked = _package.ToArray();
        if (locked.Length < 8)
        {
            findings.Add(FindingCodes.OfficeCrypto.Truncated.At("EncryptedPackage"));
            return ReadOnlyMemory<byte>.Empty;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var plain = aes.DecryptEcb(locked.AsSpan(8, (locked.Length - 8) & ~15), PaddingMode.None);
        return StatedSize.Cut(plain, BinaryPrimitives.ReadInt64LittleEndian(locked), findings);
    }

    private static byte[] Derive(byte[] hash, byte fill)
    {
        Span<byte> pad = stackalloc byte[64];
        pad.Fill(fill);
        for (var i = 0; i < hash.Length; i++)
        {
            pad[i] ^= hash[i];
        }

        return SHA1.HashData(pad);
    }
}

/// <summary>EncryptionHeader and EncryptionVerifier (MS-OFFCRYPTO 2.3.2 and 2.3.3).</summary>
internal sealed record CryptoApiVerifier(uint Algorithm, int KeyBits, byte[] Salt, byte[] Input, byte[] Hash)
{
    /// <summary>Reads both; they begin with the flags.</summary>
    public static CryptoApiVerifier? Read(ReadOnlySpan<byte> info)
    {
        var cursor = new ByteCursor(info);
        cursor.U32();
        var header = cursor.U32();
        if (cursor.Failed || header < 32 || header > (uint)cursor.Left)
        {
            return null;
        }

        var start = cursor.Position;
        cursor.U32();
        cursor.U32();
        var algorithm = cursor.U32();
        cursor.U32();
        var keyBits = cursor.U32();
        var at = start + (int)header;
        if (cursor.Failed || keyBits > 512 || info.Length < at + 40)
        {
            return null;
        }

        var saltSize = BinaryPrimitives.ReadUInt32LittleEndian(info[at..]);
        var hashSize = BinaryPrimitives.ReadUInt32LittleEndian(info[(at + 36)..]);
        var hash = info[(at + 40)..];
        return saltSize == 16 && hashSize == 20 && hash.Length >= 20
            ? new CryptoApiVerifier(
                algorithm,
                keyBits == 0 ? 40 : (int)keyBits,
                info.Slice(at + 4, 16).ToArray(),
                info.Slice(at + 20, 16).ToArray(),
                hash[..Math.Min(32, hash.Length)].ToArray()
            )
            : null;
    }
}
