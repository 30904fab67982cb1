using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.OfficeBinary;

/// <summary>Writes VBA projects (MS-OVBA): harmless, for their code is text that nothing runs.</summary>
public sealed class VbaMaker(string name = "VBAProject", int codePage = 932)
{
    private readonly List<(string Name, string Source, byte[] Cache, bool Class)> _modules = [];
    private readonly List<(int Kind, string Library)> _references = [];

    /// <summary>Id of the project.</summary>
    public string Id { get; init; } = "{5A3C1E0B-7F2D-4B61-9C44-2E6A80D1F905}";

    /// <summary>Names the compiled project has.</summary>
    public string CompiledNames { get; init; } = "";

    /// <summary>More lines of the PROJECT stream.</summary>
    public string Lines { get; init; } = "";

    /// <summary>A module; a source of null writes none.</summary>
    public VbaMaker Module(string module, string? source, string cache = "compiled form", bool isClass = false)
    {
        _modules.Add(
            (module, source is null ? "\0" : $"Attribute VB_Name = \"{module}\"\r\n{source}", Encoding.ASCII.GetBytes(cache), isClass)
        );
        return this;
    }

    /// <summary>A reference as the dir stream stores it; kind 0x0D for libraries, 0x0E for projects, 0x2F for controls.</summary>
    public VbaMaker Reference(int kind, string library)
    {
        _references.Add((kind, library));
        return this;
    }

    /// <summary>Adds the project's streams under a storage (<c>""</c> for the root).</summary>
    public CompoundMaker AddTo(CompoundMaker file, string storage)
    {
        var prefix = storage.Length == 0 ? "" : storage + "/";
        file.Stream(prefix + "VBA/dir", Compress(Dir()));
        file.Stream(prefix + "VBA/_VBA_PROJECT", [0xCC, 0x61, 0xB2, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(CompiledNames), 0]);
        foreach (var module in _modules)
        {
            file.Stream(prefix + "VBA/" + module.Name, [.. module.Cache, .. module.Source == "\0" ? [] : Compress(Bytes(module.Source))]);
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"ID=\"{Id}\"\r\n");
        foreach (var module in _modules)
        {
            text.Append(module.Class ? $"Document={module.Name}/&H00000000\r\n" : $"Module={module.Name}\r\n");
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"Name=\"{name}\"\r\nHelpContextID=\"0\"\r\n{Lines}\r\n[Host Extender Info]\r\n&H00000001={{0}};VBE;&H00000000\r\n"
        );
        return file.Stream(prefix + "PROJECT", Bytes(text.ToString()));
    }

    /// <summary>The project as a file of its own, as Office Open XML keeps it.</summary>
    public byte[] Build() => AddTo(new CompoundMaker(), "").Build();

    /// <summary>Compressed container with copies (MS-OVBA 2.4.1.3).</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var container = new List<byte> { 1 };
        for (var at = 0; at < bytes.Length; at += 4_096)
        {
            var chunk = CompressChunk(bytes[at..Math.Min(bytes.Length, at + 4_096)]);
            container.AddRange([(byte)(chunk.Count - 1), (byte)(0xB0 | ((chunk.Count - 1) >> 8))]);
            container.AddRange(chunk);
        }

        return [.. container];
    }

    private static List<byte> CompressChunk(ReadOnlySpan<byte> bytes)
    {
        var output = new List<byte>();
        for (var at = 0; at < bytes.Length; )
        {
            var flagsAt = output.Count;
            output.Add(0);
            for (var bit = 0; bit < 8 && at < bytes.Length; bit++)
            {
                var bits = 4;
                while (at > 1 << bits)
                {
                    bits++;
                }

                var (distance, length) = Longest(bytes, at, Math.Min(1 << bits, at), (0xFFFF >> bits) + 3);
                if (length >= 3)
                {
                    var token = ((distance - 1) << (16 - bits)) | (length - 3);
                    output.AddRange([(byte)token, (byte)(token >> 8)]);
                    output[flagsAt] |= (byte)(1 << bit);
                    at += length;
                }
                else
                {
                    output.Add(bytes[at++]);
                }
            }
        }

        return output;
    }

    private static (int Distance, int Length) Longest(ReadOnlySpan<byte> bytes, int at, int reach, int most)
    {
        var (best, bestLength) = (0, 0);
        for (var distance = 1; distance <= reach; distance++)
        {
            var length = 0;
            while (length < most && at + length < bytes.Length && bytes[at + length] == bytes[at + length - distance])
            {
                length++;
            }

            if (length > bestLength)
            {
                (best, bestLength) = (distance, length);
            }
        }

        return (best, bestLength);
    }

    private byte[] Dir()
    {
        var dir = new List<byte>();
        void Record(int id, byte[] body) => dir.AddRange([.. Short(id), .. Word((uint)body.Length), .. body]);
        Record(0x01, Word(3));
        Record(0x02, Word(1041));
        Record(0x14, Word(1041));
        Record(0x03, Short(codePage));
        Record(0x04, Bytes(name));
        Record(0x05, []);
        Record(0x40, []);
        Record(0x06, []);
        Record(0x3D, []);
        Record(0x07, Word(0));
        Record(0x08, Word(0));
        dir.AddRange([.. Short(0x09), .. Word(4), .. Word(1), .. Short(2)]);
        Record(0x0C, []);
        Record(0x3C, []);
        foreach (var (kind, library) in _references)
        {
            Record(0x16, "Library"u8.ToArray());
            var bytes = Bytes(library);
            Record(
                kind,
                kind == 0x0E
                    ? [.. Word((uint)bytes.Length), .. bytes, .. Word(0), .. Word(1), .. Short(2)]
                    : [.. Word((uint)bytes.Length), .. bytes, .. Word(0), .. Short(0)]
            );
        }

        Record(0x0F, Short(_modules.Count));
        Record(0x13, Short(0xFFFF));
        foreach (var module in _modules)
        {
            Record(0x19, Bytes(module.Name));
            Record(0x47, Encoding.Unicode.GetBytes(module.Name));
            Record(0x1A, Bytes(module.Name));
            Record(0x32, Encoding.Unicode.GetBytes(module.Name));
            Record(0x31, Word((uint)module.Cache.Length));
            Record(0x1E, Word(0));
            Record(0x2C, Short(0xFFFF));
            Record(module.Class ? 0x22 : 0x21, []);
            Record(0x2B, []);
        }

        Record(0x10, []);
        return [.. dir];
    }

    private byte[] Bytes(string text) => (CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.Latin1).GetBytes(text);

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
