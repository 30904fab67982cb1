using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Makers.Pdf;

/// <summary>Encrypts what <see cref="PdfMaker"/> writes by the standard security handler (ISO 32000-2, 7.6). Fixed salts: same input, same file.</summary>
/// <param name="revision">2 (RC4 of 40 bits), 3 (RC4 of 128 bits), 4 (AES-128), 5 or 6 (AES-256).</param>
/// <param name="user">User password, empty for a file that opens for all.</param>
/// <param name="owner">Owner password.</param>
public sealed class PdfEncryption(int revision, string user, string owner)
{
    private const int Permissions = -44;

    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");
    private static readonly byte[] NewKey = [.. Enumerable.Range(1, 32).Select(one => (byte)(one * 7))];

    private byte[] _key = [];

    private int Length => revision == 2 ? 5 : 16;

    /// <summary>The encryption dictionary; makes the key of the file.</summary>
    public string Dictionary(byte[] id)
    {
        return revision >= 5 ? NewDictionary() : OldDictionary(id);
    }

    /// <summary>Makes the key before the first object is written.</summary>
    public PdfEncryption Ready(byte[] id)
    {
        _ = Dictionary(id);
        return this;
    }

    /// <summary>Encrypts the data of a stream.</summary>
    public byte[] Encrypt(int number, byte[] data)
    {
        if (_key.Length == 0)
        {
            Ready(PdfMaker.Id);
        }

        if (revision >= 5)
        {
            return Aes(NewKey, data);
        }

        byte[] seed = [.. _key, (byte)number, (byte)(number >> 8), (byte)(number >> 16), 0, 0, .. revision == 4 ? "sAlT"u8 : default];
        var key = MD5.HashData(seed)[..Math.Min(16, Length + 5)];
        return revision == 4 ? Aes(key, data) : Rc4(key, data);
    }

    /// <summary>Encrypts the strings of a dictionary; they come out in hexadecimal.</summary>
    public string EncryptStrings(int number, string dictionary)
    {
        var text = new StringBuilder();
        for (var i = 0; i < dictionary.Length; i++)
        {
            if (dictionary[i] == '<' && i + 1 < dictionary.Length && dictionary[i + 1] == '<')
            {
                text.Append("<<");
                i++;
            }
            else if (dictionary[i] is '(' or '<')
            {
                var end = dictionary[i] == '<' ? dictionary.IndexOf('>', i) : End(dictionary, i);
                var inside = dictionary[(i + 1)..end];
                var bytes =
                    dictionary[i] == '<'
                        ? Convert.FromHexString(inside)
                        : Encoding.Latin1.GetBytes(
                            inside.Replace("\\(", "(", StringComparison.Ordinal).Replace("\\)", ")", StringComparison.Ordinal)
                        );
                text.Append('<').Append(Convert.ToHexString(Encrypt(number, bytes))).Append('>');
                i = end;
            }
            else
            {
                text.Append(dictionary[i]);
            }
        }

        return text.ToString();
    }

    private static int End(string text, int start)
    {
        var end = start + 1;
        while (text[end] != ')')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return end;
    }

    private string OldDictionary(byte[] id)
    {
        var ownerKey = MD5.HashData(Pad(owner));
        for (var i = 0; revision >= 3 && i < 50; i++)
        {
            ownerKey = MD5.HashData(ownerKey);
        }

        var o = Rounds(ownerKey[..Length], Pad(user));
        var permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, Permissions);
        var digest = MD5.HashData((byte[])[.. Pad(user), .. o, .. permissions, .. id]);
        for (var i = 0; revision >= 3 && i < 50; i++)
        {
            digest = MD5.HashData(digest);
        }

        _key = digest[..Length];
        var u = revision == 2 ? Rc4(_key, Padding) : [.. Rounds(_key, MD5.HashData((byte[])[.. Padding, .. id])), .. new byte[16]];
        var filter =
            revision == 4 ? "/V 4/Length 128/CF<</StdCF<</CFM/AESV2/AuthEvent/DocOpen/Length 16>>>>/StmF/StdCF/StrF/StdCF"
            : revision == 3 ? "/V 2/Length 128"
            : "/V 1";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<</Filter/Standard{filter}/R {revision}/O<{Convert.ToHexString(o)}>/U<{Convert.ToHexString(u)}>/P {Permissions}>>"
        );
    }

    private byte[] Rounds(byte[] key, byte[] data)
    {
        for (var round = 0; round < (revision >= 3 ? 20 : 1); round++)
        {
            data = Rc4([.. key.Select(one => (byte)(one ^ round))], data);
        }

        return data;
    }

    private string NewDictionary()
    {
        byte[] userSalts = [.. "usersaltuserkeys"u8];
        byte[] ownerSalts = [.. "ownersalownerkey"u8];
        _key = NewKey;
        byte[] u = [.. Hash(user, userSalts[..8], []), .. userSalts];
        var ue = Wrap(Hash(user, userSalts[8..], []));
        byte[] o = [.. Hash(owner, ownerSalts[..8], u), .. ownerSalts];
        var oe = Wrap(Hash(owner, ownerSalts[8..], u));
        byte[] permissions = [0xD4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. "Tadb"u8, 1, 2, 3, 4];
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = NewKey;
        var perms = aes.EncryptEcb(permissions, PaddingMode.None);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<</Filter/Standard/V 5/Length 256/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF/R {revision}/O<{Convert.ToHexString(o)}>/U<{Convert.ToHexString(u)}>/OE<{Convert.ToHexString(oe)}>/UE<{Convert.ToHexString(ue)}>/Perms<{Convert.ToHexString(perms)}>/P {Permissions}>>"
        );
    }

    private static byte[] Wrap(byte[] key)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        return aes.EncryptCbc(NewKey, new byte[16], PaddingMode.None);
    }

    private byte[] Hash(string password, byte[] salt, byte[] more)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        var key = SHA256.HashData((byte[])[.. bytes, .. salt, .. more]);
        if (revision == 5)
        {
            return key;
        }

        using var aes = System.Security.Cryptography.Aes.Create();
        var round = 0;
        byte[] e;
        do
        {
            byte[] once = [.. bytes, .. key, .. more];
            var all = Enumerable.Repeat(once, 64).SelectMany(one => one).ToArray();
            aes.Key = key[..16];
            e = aes.EncryptCbc(all, key[16..32], PaddingMode.None);
            key = (e.Take(16).Sum(one => one) % 3) switch
            {
                0 => SHA256.HashData(e),
                1 => SHA384.HashData(e),
                _ => SHA512.HashData(e),
            };
            round++;
        } while (round < 64 || e[^1] > round - 32);

        return key[..32];
    }

    private static byte[] Pad(string password)
    {
        var bytes = Encoding.Latin1.GetBytes(password);
        return [.. ((byte[])[.. bytes, .. Padding])[..32]];
    }

    private static byte[] Aes(byte[] key, byte[] data)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        byte[] iv = [.. "fixed first block"u8[..16]];
        return [.. iv, .. aes.EncryptCbc(data, iv)];
    }

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = Enumerable.Range(0, 256).Select(one => (byte)one).ToArray();
        var j = 0;
        for (var i = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }

        var result = new byte[data.Length];
        var (x, y) = (0, 0);
        for (var i = 0; i < data.Length; i++)
        {
            x = (x + 1) & 255;
            y = (y + state[x]) & 255;
            (state[x], state[y]) = (state[y], state[x]);
            result[i] = (byte)(data[i] ^ state[(state[x] + state[y]) & 255]);
        }

        return result;
    }
}
