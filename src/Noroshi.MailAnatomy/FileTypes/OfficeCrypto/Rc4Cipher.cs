using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>A cipher of binary documents.</summary>
internal interface IStreamCipher
{
    /// <summary>Name in the contract's words.</summary>
    string Encryption { get; }

    /// <summary>Why no password is tried; null when they are.</summary>
    Finding? Refusal { get; }

    /// <summary>What the keys of the blocks are made of, when the password fits.</summary>
    byte[]? Unlock(string password);

    /// <summary>Decrypts a stream from its beginning in place, in blocks of that size with keys of their own.</summary>
    void Decrypt(byte[] key, Span<byte> stream, int blockSize);
}

/// <summary>RC4 itself; .NET has none.</summary>
internal ref struct Rc4
{
    private readonly Span<byte> _state;
    private byte _i;
    private byte _j;

    /// <summary>Sets the key up in 256 bytes that the caller owns.</summary>
    public Rc4(ReadOnlySpan<byte> key, Span<byte> state)
    {
        _state = state[..256];
        for (var i = 0; i < 256; i++)
        {
            _state[i] = (byte)i;
        }

        byte j = 0;
        for (var i = 0; i < 256; i++)
        {
            j += (byte)(_state[i] + key[i % key.Length]);
            (_state[i], _state[j]) = (_state[j], _state[i]);
        }
    }

    /// <summary>Goes on through the key stream.</summary>
    public void Apply(Span<byte> data)
    {
        foreach (ref var one in data)
        {
            _i++;
            _j += _state[_i];
            (_state[_i], _state[_j]) = (_state[_j], _state[_i]);
            one ^= _state[(byte)(_state[_i] + _state[_j])];
        }
    }
}

/// <summary>RC4 of 40 bits (MS-OFFCRYPTO 2.3.6) and by way of CryptoAPI (2.3.5).</summary>
internal sealed class Rc4Cipher : IStreamCipher
{
    private readonly byte[] _salt;
    private readonly byte[] _input;
    private readonly byte[] _hash;
    private readonly int _keyBits;
    private readonly bool _cryptoApi;

    private Rc4Cipher(byte[] salt, byte[] input, byte[] hash, int keyBits, bool cryptoApi)
    {
        _salt = salt;
        _input = input;
        _hash = hash;
        _keyBits = keyBits;
        _cryptoApi = cryptoApi;
    }

    /// <inheritdoc/>
    public string Encryption => _cryptoApi ? "office-rc4-cryptoapi" : "office-rc4";

    /// <inheritdoc/>
    public Finding? Refusal { get; private init; }

    /// <summary>Reads an encryption header, its version first; null when it makes no sense.</summary>
    public static Rc4Cipher? Read(ReadOnlySpan<byte> header)
    {
        if (header.Length < 52)
        {
            return null;
        }

        var major = BinaryPrimitives.ReadUInt16LittleEndian(header);
        var minor = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
        if (minor == 1)
        {
            return new Rc4Cipher(header.Slice(4, 16).ToArray(), header.Slice(20, 16).ToArray(), header.Slice(36, 16).ToArray(), 40, false);
        }

        if (minor != 2 || major is not (2 or 3 or 4) || CryptoApiVerifier.Read(header[4..]) is not { } verifier)
        {
            return null;
        }

        return new Rc4Cipher(verifier.Salt, verifier.Input, verifier.Hash[..20], verifier.KeyBits, cryptoApi: true)
        {
            Refusal =
                verifier.Algorithm is 0 or 0x6801 && verifier.KeyBits is >= 40 and <= 128
                    ? null
                    : FindingCodes.OfficeCrypto.Unsupported.At($"algorithm {verifier.Algorithm:x4}, {verifier.KeyBits} bits"),
        };
    }

    /// <inheritdoc/>
    public byte[]? Unlock(string password)
    {
        var text = Encoding.Unicode.GetBytes(password);
        var material = _cryptoApi ? SHA1.HashData([.. _salt, .. text]) : Truncated(text);
        Span<byte> state = stackalloc byte[256];
        var rc4 = new Rc4(Key(material, 0), state);
        Span<byte> input = stackalloc byte[16];
        _input.CopyTo(input);
        rc4.Apply(input);
        Span<byte> expected = stackalloc byte[20];
        expected = expected[.._hash.Length];
        _hash.CopyTo(expected);
        rc4.Apply(expected);
        Span<byte> actual = stackalloc byte[20];
        var length = _cryptoApi ? SHA1.HashData(input, actual) : MD5.HashData(input, actual);
        return actual[..length].SequenceEqual(expected) ? material : null;
    }

    /// <inheritdoc/>
    public void Decrypt(byte[] key, Span<byte> stream, int blockSize)
    {
        Span<byte> state = stackalloc byte[256];
        for (var (at, block) = (0, 0u); at < stream.Length; at += blockSize, block++)
        {
            new Rc4(Key(key, block), state).Apply(stream.Slice(at, Math.Min(blockSize, stream.Length - at)));
        }
    }

    /// <summary>Decrypts bytes with the key of one block, however long they are (MS-PPT persist objects).</summary>
    public void DecryptBlock(byte[] key, Span<byte> bytes, uint block)
    {
        Span<byte> state = stackalloc byte[256];
        new Rc4(Key(key, block), state).Apply(bytes);
    }

    private byte[] Truncated(byte[] password)
    {
        var first = MD5.HashData(password);
        var buffer = new byte[16 * 21];
        for (var i = 0; i < 16; i++)
        {
            first.AsSpan(0, 5).CopyTo(buffer.AsSpan(i * 21));
            _salt.CopyTo(buffer, (i * 21) + 5);
        }

        return MD5.HashData(buffer)[..5];
    }

    private byte[] Key(byte[] material, uint block)
    {
        Span<byte> seed = stackalloc byte[material.Length + 4];
        material.CopyTo(seed);
        BinaryPrimitives.WriteUInt32LittleEndian(seed[material.Length..], block);
        if (!_cryptoApi)
        {
            return MD5.HashData(seed);
        }

        var hash = SHA1.HashData(seed);
        // 40 bits are stretched to 128 with zeros (2.3.5.2).
        return _keyBits == 40 ? [.. hash[..5], .. new byte[11]] : hash[..(_keyBits / 8)];
    }
}
