using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Server.Intake;

/// <summary>
/// A ZIP with one stored member under the traditional password (APPNOTE 6.1), which every unarchiver and sandbox opens. It keeps scanners and
/// fingers off a sample; it is no secrecy, which TLS and the access rules give.
/// </summary>
internal sealed class PasswordZip
{
    private const int HeadLength = 12;
    private const ushort Flags = 0x0801;
    private static readonly uint[] Table = MakeTable();
    private uint _first = 0x12345678;
    private uint _second = 0x23456789;
    private uint _third = 0x34567890;

    private PasswordZip(string password)
    {
        foreach (var one in Encoding.ASCII.GetBytes(password))
        {
            Turn(one);
        }
    }

    /// <summary>Makes it.</summary>
    public static byte[] Of(string name, ReadOnlySpan<byte> content, string password)
    {
        var crc = ~Next(uint.MaxValue, content);
        var cipher = new PasswordZip(password);
        Span<byte> head = stackalloc byte[HeadLength];
        RandomNumberGenerator.Fill(head);
        head[^1] = (byte)(crc >> 24);
        var member = Encoding.UTF8.GetBytes(name);
        var size = (uint)(content.Length + HeadLength);
        var zip = new byte[30 + member.Length + size + 46 + member.Length + 22];
        var local = zip.AsSpan(0, 30);
        BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034b50);
        Common(local[4..], crc, size, (uint)content.Length, member.Length);
        member.CopyTo(zip.AsSpan(30));
        var body = zip.AsSpan(30 + member.Length, (int)size);
        head.CopyTo(body);
        content.CopyTo(body[HeadLength..]);
        cipher.Seal(body);

        var start = 30 + member.Length + (int)size;
        var central = zip.AsSpan(start, 46);
        BinaryPrimitives.WriteUInt32LittleEndian(central, 0x02014b50);
        BinaryPrimitives.WriteUInt16LittleEndian(central[4..], 20);
        Common(central[6..], crc, size, (uint)content.Length, member.Length);
        member.CopyTo(zip.AsSpan(start + 46));
        var end = zip.AsSpan(start + 46 + member.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)(46 + member.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)start);
        return zip;
    }

    /// <summary>What both headers have: version, flags, stored, a fixed time, sum, sizes, length of the name.</summary>
    private static void Common(Span<byte> at, uint crc, uint size, uint plain, int name)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(at[8..], 0x21);
        BinaryPrimitives.WriteUInt32LittleEndian(at[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(at[14..], size);
        BinaryPrimitives.WriteUInt32LittleEndian(at[18..], plain);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)name);
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            table[i] = value;
        }

        return table;
    }

    private static uint Next(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            crc = Table[(byte)(crc ^ one)] ^ (crc >> 8);
        }

        return crc;
    }

    private void Turn(byte plain)
    {
        _first = Next(_first, [plain]);
        _second = ((_second + (byte)_first) * 134775813) + 1;
        _third = Next(_third, [(byte)(_second >> 24)]);
    }

    private void Seal(Span<byte> bytes)
    {
        foreach (ref var one in bytes)
        {
            var key = (ushort)(_third | 2);
            var plain = one;
            one ^= (byte)((key * (key ^ 1)) >> 8);
            Turn(plain);
        }
    }
}
