using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>XOR obfuscation (MS-OFFCRYPTO 2.3.7); the array of 16 bytes is the same for Word and Excel.</summary>
/// <param name="key">Key as stored.</param>
/// <param name="verifier">Verifier as stored.</param>
internal sealed class XorCipher(ushort key, ushort verifier) : IStreamCipher
{
    private const int MaxPassword = 15;

    private static ReadOnlySpan<byte> Pad => [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00];

    private static ReadOnlySpan<ushort> InitialCodes =>
        [0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F, 0x84F9, 0x280C, 0xA96A, 0x4EC3];

    private static ReadOnlySpan<ushort> Matrix =>
        [
            0xAEFC,
            0x4DD9,
            0x9BB2,
            0x2745,
            0x4E8A,
            0x9D14,
            0x2A09,
            0x7B61,
            0xF6C2,
            0xFDA5,
            0xEB6B,
            0xC6F7,
            0x9DCF,
            0x2BBF,
            0x4563,
            0x8AC6,
            0x05AD,
            0x0B5A,
            0x16B4,
            0x2D68,
            0x5AD0,
            0x0375,
            0x06EA,
            0x0DD4,
            0x1BA8,
            0x3750,
            0x6EA0,
            0xDD40,
            0xD849,
            0xA0B3,
            0x5147,
            0xA28E,
            0x553D,
            0xAA7A,
            0x44D5,
            0x6F45,
            0xDE8A,
            0xAD35,
            0x4A4B,
            0x9496,
            0x390D,
            0x721A,
            0xEB23,
            0xC667,
            0x9CEF,
            0x29FF,
            0x53FE,
            0xA7FC,
            0x5FD9,
            0x47D3,
            0x8FA6,
            0x0F6D,
            0x1EDA,
            0x3DB4,
            0x7B68,
            0xF6D0,
            0xB861,
            0x60E3,
            0xC1C6,
            0x93AD,
            0x377B,
            0x6EF6,
            0xDDEC,
            0x45A0,
            0x8B40,
            0x06A1,
            0x0D42,
            0x1A84,
            0x3508,
            0x6A10,
            0xAA51,
            0x4483,
            0x8906,
            0x022D,
            0x045A,
            0x08B4,
            0x1168,
            0x76B4,
            0xED68,
            0xCAF1,
            0x85C3,
            0x1BA7,
            0x374E,
            0x6E9C,
            0x3730,
            0x6E60,
            0xDCC0,
            0xA9A1,
            0x4363,
            0x86C6,
            0x1DAD,
            0x3331,
            0x6662,
            0xCCC4,
            0x89A9,
            0x0373,
            0x06E6,
            0x0DCC,
            0x1021,
            0x2042,
            0x4084,
            0x8108,
            0x1231,
            0x2462,
            0x48C4,
        ];

    /// <inheritdoc/>
    public string Encryption => "office-xor";

    /// <inheritdoc/>
    public Finding? Refusal => null;

    /// <summary>The key word of a password (2.3.7.2).</summary>
    public static ushort KeyOf(ReadOnlySpan<byte> password)
    {
        var word = InitialCodes[password.Length - 1];
        var element = Matrix.Length - 1;
        for (var i = password.Length - 1; i >= 0; i--)
        {
            var one = password[i];
            for (var bit = 0; bit < 7; bit++, element--)
            {
                if ((one & 0x40) != 0)
                {
                    word ^= Matrix[element];
                }

                one <<= 1;
            }
        }

        return word;
    }

    /// <summary>The verifier of a password (2.3.7.1).</summary>
    public static ushort VerifierOf(ReadOnlySpan<byte> password)
    {
        var value = 0;
        for (var i = password.Length; i >= 0; i--)
        {
            var one = i == 0 ? password.Length : password[i - 1];
            value = ((value >> 14) & 1) ^ ((value << 1) & 0x7FFF) ^ one;
        }

        return (ushort)(value ^ 0xCE4B);
    }

    /// <summary>The 16 bytes of a password (2.3.7.2).</summary>
    public static byte[] ArrayOf(ReadOnlySpan<byte> password)
    {
        var word = KeyOf(password);
        var array = new byte[16];
        password.CopyTo(array);
        Pad[..(16 - password.Length)].CopyTo(array.AsSpan(password.Length));
        for (var i = 0; i < 16; i++)
        {
            var mixed = (byte)(array[i] ^ (i % 2 == 0 ? word : word >> 8));
            array[i] = (byte)((mixed >> 1) | (mixed << 7));
        }

        return array;
    }

    /// <inheritdoc/>
    public byte[]? Unlock(string password)
    {
        foreach (var reading in Readings(password))
        {
            if (reading.Length is > 0 and <= MaxPassword && VerifierOf(reading) == verifier && KeyOf(reading) == key)
            {
                return ArrayOf(reading);
            }
        }

        return null;
    }

    /// <summary>Word's way (2.3.7.6): the place in the stream chooses the byte, and nothing becomes or stays zero.</summary>
    public void Decrypt(byte[] key, Span<byte> stream, int blockSize)
    {
        for (var i = 0; i < stream.Length; i++)
        {
            var plain = (byte)(stream[i] ^ key[i % 16]);
            if (stream[i] != 0 && plain != 0)
            {
                stream[i] = plain;
            }
        }
    }

    /// <summary>Excel's way (2.3.7.3): place and length of the record choose the first byte.</summary>
    /// <param name="key">The 16 bytes.</param>
    /// <param name="record">Bytes of the record that are obfuscated.</param>
    /// <param name="from">Offset of the first of them in the stream, plus the length of the whole record.</param>
    public static void DecryptRecord(byte[] key, Span<byte> record, int from)
    {
        for (var i = 0; i < record.Length; i++)
        {
            record[i] = RotateRight5((byte)(record[i] ^ key[(from + i) % 16]));
        }
    }

    private static byte RotateRight5(byte value) => (byte)((value >> 5) | (value << 3));

    private static IEnumerable<byte[]> Readings(string password)
    {
        // Excel takes the low byte of each character, or the high one when that is zero; old programs the code page's bytes.
        yield return [.. password.Select(one => (byte)((one & 0xFF) != 0 ? one : one >> 8))];
        if (password.Any(one => one > 0x7F) && CodePagesEncodingProvider.Instance.GetEncoding(932) is { } shiftJis)
        {
            yield return shiftJis.GetBytes(password);
        }
    }
}
