using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.OfficeCrypto;

/// <summary>How a binary document is locked.</summary>
public enum BinaryLock
{
    /// <summary>Open.</summary>
    None,

    /// <summary>RC4 of 40 bits.</summary>
    Rc4,

    /// <summary>RC4 by way of CryptoAPI, 128 bits.</summary>
    CryptoApi,

    /// <summary>XOR obfuscation.</summary>
    Xor,
}

/// <summary>Word, Excel and PowerPoint documents of the binary formats, locked as MS-OFFCRYPTO 2.3.5 to 2.3.7 describes.</summary>
public static class BinaryLocker
{
    private static readonly byte[] Salt = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
    private static readonly byte[] Verifier = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0, 4, 5];

    /// <summary>Text that stands in every made document.</summary>
    public const string Text = "The text of the locked document, harmless.";

    /// <summary>A Word document.</summary>
    public static byte[] Doc(BinaryLock by, string password)
    {
        var main = new byte[4_608];
        main[0] = 0xEC;
        main[1] = 0xA5;
        main[2] = 0xC1;
        main[11] = 0x02;
        Encoding.ASCII.GetBytes(Text).CopyTo(main, 2_048);
        var table = new byte[4_200];
        Encoding.ASCII.GetBytes(Text).CopyTo(table, 1_024);
        var header = HeaderOf(by, password);
        var lockedMain = Crypt(by, password, main, 512);
        var lockedTable = Crypt(by, password, table, 512);
        main.AsSpan(0, 68).CopyTo(lockedMain);
        header.CopyTo(lockedTable, 0);
        if (by != BinaryLock.None)
        {
            lockedMain[11] |= (byte)(by == BinaryLock.Xor ? 0x81 : 0x01);
            BinaryPrimitives.WriteUInt32LittleEndian(lockedMain.AsSpan(14), by == BinaryLock.Xor ? XorWord(password) : (uint)header.Length);
        }

        return new CompoundMaker()
            .Stream("WordDocument", lockedMain)
            .Stream("1Table", lockedTable)
            .Stream("Data", Crypt(by, password, table, 512))
            .Build();
    }

    /// <summary>An Excel workbook.</summary>
    public static byte[] Xls(BinaryLock by, string password)
    {
        byte[] pass = by switch
        {
            BinaryLock.Xor => Record(
                0x2F,
                [0, 0, .. BitConverter.GetBytes((ushort)(XorWord(password) >> 16)), .. BitConverter.GetBytes((ushort)XorWord(password))]
            ),
            BinaryLock.None => [],
            _ => Record(0x2F, [1, 0, .. HeaderOf(by, password)]),
        };
        byte[] sheet = [0x00, 0x10, 0, 0, 0, 0, 6, 0, .. "Sheet1"u8];
        byte[] plain =
        [
            .. Record(0x0809, [0, 6, 5, 0, 0xBB, 0x0D, 0xCC, 7, 0, 0, 0, 0, 6, 0, 0, 0]),
            .. pass,
            .. Record(0x5C, [.. "sato".PadRight(112).Select(one => (byte)one)]),
            .. Record(0x85, sheet),
            .. Record(0x00FC, [1, 0, 0, 0, 1, 0, 0, 0, (byte)Text.Length, 0, 0, .. Encoding.ASCII.GetBytes(Text)]),
            .. Record(0x0042, [.. BitConverter.GetBytes((ushort)1200)]),
            .. Record(0x003C, new byte[4_300]),
            .. Record(0x000A, []),
        ];
        return new CompoundMaker().Stream("Workbook", by == BinaryLock.None ? plain : Book(by, password, plain)).Build();
    }

    /// <summary>A PowerPoint presentation; only CryptoAPI is used for these.</summary>
    public static byte[] Ppt(string password)
    {
        byte[] document =
        [
            0x0F,
            0,
            0xE8,
            0x03,
            .. BitConverter.GetBytes(4_200),
            .. Encoding.ASCII.GetBytes(Text),
            .. new byte[4_200 - Text.Length],
        ];
        byte[] slide = [0x0F, 0, 0xEE, 0x03, 32, 0, 0, 0, .. Encoding.ASCII.GetBytes(Text[..32])];
        var header = HeaderOf(BinaryLock.CryptoApi, password);
        byte[] session = [0x0F, 0, 0x14, 0x2F, .. BitConverter.GetBytes(header.Length), .. header];
        byte[] shown =
        [
            .. Rc4(BlockKey(BinaryLock.CryptoApi, password, 1), document),
            .. Rc4(BlockKey(BinaryLock.CryptoApi, password, 2), slide),
            .. session,
        ];
        byte[] directory =
        [
            0,
            0,
            0x72,
            0x17,
            16,
            0,
            0,
            0,
            .. BitConverter.GetBytes((3 << 20) | 1),
            0,
            0,
            0,
            0,
            .. BitConverter.GetBytes(document.Length),
            .. BitConverter.GetBytes(document.Length + slide.Length),
        ];
        byte[] edit =
        [
            0,
            0,
            0xF5,
            0x0F,
            0x20,
            0,
            0,
            0,
            .. new byte[4],
            0,
            0,
            0,
            3,
            .. new byte[4],
            .. BitConverter.GetBytes(shown.Length),
            1,
            0,
            0,
            0,
            4,
            0,
            0,
            0,
            .. new byte[4],
            3,
            0,
            0,
            0,
        ];
        byte[] user =
        [
            0,
            0,
            0xF6,
            0x0F,
            0x20,
            0,
            0,
            0,
            0x14,
            0,
            0,
            0,
            0xDF,
            0xC4,
            0xD1,
            0xF3,
            .. BitConverter.GetBytes(shown.Length + directory.Length),
            4,
            0,
            0xF4,
            3,
            3,
            0,
            0,
            0,
            .. "sato"u8,
            8,
            0,
            0,
            0,
        ];
        return new CompoundMaker().Stream("PowerPoint Document", [.. shown, .. directory, .. edit]).Stream("Current User", user).Build();
    }

    private static byte[] Record(int kind, byte[] body) =>
        [(byte)kind, (byte)(kind >> 8), (byte)body.Length, (byte)(body.Length >> 8), .. body];

    private static byte[] Book(BinaryLock by, string password, byte[] plain)
    {
        var locked = Crypt(by, password, plain, 1_024);
        var array = by == BinaryLock.Xor ? XorArray(password) : [];
        for (var at = 0; at < plain.Length; )
        {
            int kind = BinaryPrimitives.ReadUInt16LittleEndian(plain.AsSpan(at));
            int length = BinaryPrimitives.ReadUInt16LittleEndian(plain.AsSpan(at + 2));
            var open =
                kind is 0x0809 or 0x2F ? length
                : kind == 0x85 ? 4
                : 0;
            plain.AsSpan(at, 4 + open).CopyTo(locked.AsSpan(at));
            if (by == BinaryLock.Xor)
            {
                for (var i = open; i < length; i++)
                {
                    var one = plain[at + 4 + i];
                    locked[at + 4 + i] = (byte)((byte)((one << 5) | (one >> 3)) ^ array[(at + 4 + length + i) % 16]);
                }
            }

            at += 4 + length;
        }

        return locked;
    }

    private static byte[] Crypt(BinaryLock by, string password, byte[] plain, int block)
    {
        if (by == BinaryLock.None)
        {
            return [.. plain];
        }

        if (by == BinaryLock.Xor)
        {
            var array = XorArray(password);
            return [.. plain.Select((one, i) => one == 0 || (one ^ array[i % 16]) == 0 ? one : (byte)(one ^ array[i % 16]))];
        }

        return [.. plain.Chunk(block).SelectMany((part, i) => Rc4(BlockKey(by, password, i), part))];
    }

    private static byte[] HeaderOf(BinaryLock by, string password)
    {
        if (by is BinaryLock.None or BinaryLock.Xor)
        {
            return [];
        }

        var hash = by == BinaryLock.Rc4 ? MD5.HashData(Verifier) : SHA1.HashData(Verifier);
        var both = Rc4(BlockKey(by, password, 0), [.. Verifier, .. hash]);
        return by == BinaryLock.Rc4
            ? [1, 0, 1, 0, .. Salt, .. both]
            : [.. OfficeLocker.Header(4, 0x04, 0x6801, 128, Salt), .. both[..16], 20, 0, 0, 0, .. both[16..]];
    }

    private static byte[] BlockKey(BinaryLock by, string password, int block)
    {
        var text = Encoding.Unicode.GetBytes(password);
        if (by == BinaryLock.CryptoApi)
        {
            return SHA1.HashData([.. SHA1.HashData([.. Salt, .. text]), .. BitConverter.GetBytes(block)])[..16];
        }

        byte[] once = [.. MD5.HashData(text)[..5], .. Salt];
        return MD5.HashData([
            .. MD5.HashData([.. Enumerable.Repeat(once, 16).SelectMany(one => one)])[..5],
            .. BitConverter.GetBytes(block),
        ]);
    }

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (var (i, j) = (0, 0); i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
        }

        var result = new byte[data.Length];
        for (var (n, i, j) = (0, 0, 0); n < data.Length; n++)
        {
            i = (i + 1) & 0xFF;
            j = (j + state[i]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
            result[n] = (byte)(data[n] ^ state[(state[i] + state[j]) & 0xFF]);
        }

        return result;
    }

    /// <summary>Key in the high word, verifier in the low one. Only the password of the fixtures is known: the tables are the reader's.</summary>
    private static uint XorWord(string password) =>
        password == XorPassword ? (XorKey << 16) | XorVerifier : throw new ArgumentException("Only the fixed password.", nameof(password));

    private static byte[] XorArray(string password)
    {
        byte[] pad = [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00];
        var key = XorWord(password) >> 16;
        byte[] bytes = [.. Encoding.ASCII.GetBytes(password), .. pad[..(16 - password.Length)]];
        return
        [
            .. bytes.Select(
                (one, i) =>
                {
                    var mixed = (byte)(one ^ (i % 2 == 0 ? key : key >> 8));
                    return (byte)((mixed >> 1) | (mixed << 7));
                }
            ),
        ];
    }

    /// <summary>The password of documents locked by XOR.</summary>
    public const string XorPassword = "VelvetSweatshop";

    private const uint XorVerifier = 0x9A0A;
    private const uint XorKey = 0xB359;
}
