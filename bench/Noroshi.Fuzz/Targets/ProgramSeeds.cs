using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using Noroshi.Makers.Programs;

namespace Noroshi.Fuzz.Targets;

/// <summary>Programs with what the makers do not write: tables of .NET, a signature.</summary>
internal static class ProgramSeeds
{
    /// <summary>A library of .NET with one empty type.</summary>
    public static byte[] Managed()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Seed, Version=1.2.3.4"), typeof(object).Assembly);
        assembly.DefineDynamicModule("seed.dll").DefineType("A.B", TypeAttributes.Public).CreateType();
        using var stream = new MemoryStream();
        assembly.Save(stream);
        return stream.ToArray();
    }

    /// <summary>A program whose signature has the shape of one and proves nothing.</summary>
    public static byte[] Signed()
    {
        byte[] cms = [.. Cms()];
        byte[] table = [.. BitConverter.GetBytes(cms.Length + 8), 0, 2, 2, 0, .. cms];
        var program = new PortableMaker { Overlay = table }.Build();
        const int directory = 0x100 + 24 + 96 + (4 * 8);
        BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(directory), program.Length - table.Length);
        BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(directory + 4), table.Length);
        return program;
    }

    private static byte[] Cms()
    {
        byte[] oid = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];
        byte[] indirect = [6, 10, 0x2B, 6, 1, 4, 1, 0x82, 0x37, 2, 1, 4];
        byte[] sha256 = [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
        byte[] version = [2, 1, 1];
        byte[] serial = [2, 3, 1, 2, 3];
        var digest = Der(0x30, Der(0x30, sha256, [5, 0]), Der(4, new byte[32]));
        var info = Der(0x30, indirect, Der(0xA0, Der(0x30, Der(0x30, indirect), digest)));
        var certificate = Der(
            0x30,
            Der(0x30, Der(0xA0, [2, 1, 2]), serial, Der(0x30, sha256), Named("Issuer"), Der(0x30), Named("Subject"), Der(0x30))
        );
        var signer = Der(0x30, version, Der(0x30, Named("Issuer"), serial), Der(0x30, sha256));
        return Der(0x30, oid, Der(0xA0, Der(0x30, version, Der(0x31, Der(0x30, sha256)), info, Der(0xA0, certificate), Der(0x31, signer))));
    }

    private static byte[] Named(string name) =>
        Der(0x30, Der(0x31, Der(0x30, [6, 3, 0x55, 4, 3], Der(0x0C, Encoding.UTF8.GetBytes(name)))));

    private static byte[] Der(byte tag, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        return content.Length < 128
            ? [tag, (byte)content.Length, .. content]
            : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];
    }
}
