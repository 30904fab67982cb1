using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;

namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>A module as the <c>dir</c> stream lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stream">Stream that holds it.</param>
/// <param name="Offset">Where its compressed source starts; before it lies the performance cache. Negative when not stated.</param>
/// <param name="Kind"><c>module</c> or <c>class</c>, which includes documents and forms.</param>
internal sealed record VbaModule(string Name, string Stream, int Offset, string Kind);

/// <summary>What the <c>dir</c> stream (MS-OVBA 2.3.4.2) says.</summary>
internal sealed record VbaDirectory
{
    private const int MaxRecords = 20_000;
    private const int MaxModules = 512;
    private const int MaxReferences = 64;

    /// <summary>Windows code page of names and source.</summary>
    public int CodePage { get; private set; } = 1252;

    /// <summary>Language (LCID); 0 when not stated.</summary>
    public int Language { get; private set; }

    /// <summary>Name of the project.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its description.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Help file, a path.</summary>
    public string HelpFile { get; private set; } = "";

    /// <summary>Conditional compilation constants.</summary>
    public string Constants { get; private set; } = "";

    /// <summary>Libraries referred to, as stored.</summary>
    public List<string> References { get; } = [];

    /// <summary>Modules in their order.</summary>
    public List<VbaModule> Modules { get; } = [];

    /// <summary>Reads the unpacked stream; every record is an id, a size and that many bytes, but for one.</summary>
    public static VbaDirectory Read(ReadOnlySpan<byte> bytes)
    {
        var directory = new VbaDirectory();
        var cursor = new ByteCursor(bytes);
        VbaModule? module = null;
        for (var records = 0; cursor.Left >= 6 && records < MaxRecords; records++)
        {
            int id = cursor.U16();
            var size = cursor.U32();
            // MS-OVBA 2.3.4.2.1.11: the version states four bytes and has six.
            var body = cursor.Take(id == 0x0009 ? 6 : size);
            if (cursor.Failed)
            {
                break;
            }

            if (id is 0x0019 or 0x002B or 0x0010 && module is not null)
            {
                directory.Keep(module);
                module = null;
            }

            if (id == 0x0019)
            {
                var name = directory.Text(body);
                module = new VbaModule(name, name, -1, "module");
            }
            else if (module is not null)
            {
                module = directory.OfModule(module, id, body);
            }
            else
            {
                directory.OfProject(id, body);
            }
        }

        if (module is not null)
        {
            directory.Keep(module);
        }

        return directory;
    }

    private void Keep(VbaModule module)
    {
        if (Modules.Count < MaxModules)
        {
            Modules.Add(module);
        }
    }

    private VbaModule OfModule(VbaModule module, int id, ReadOnlySpan<byte> body) =>
        id switch
        {
            0x0047 => module with { Name = Wide(body) },
            0x001A => module with { Stream = Text(body) },
            0x0032 => module with { Stream = Wide(body) },
            0x0031 when body.Length >= 4 => module with { Offset = BinaryPrimitives.ReadInt32LittleEndian(body) },
            0x0022 => module with { Kind = "class" },
            _ => module,
        };

    private void OfProject(int id, ReadOnlySpan<byte> body)
    {
        switch (id)
        {
            case 0x0003 when body.Length >= 2:
                CodePage = BinaryPrimitives.ReadUInt16LittleEndian(body);
                break;
            case 0x0002 when body.Length >= 4:
                Language = BinaryPrimitives.ReadInt32LittleEndian(body);
                break;
            case 0x0004:
                Name = Text(body);
                break;
            case 0x0005:
                Description = Text(body);
                break;
            case 0x0006:
                HelpFile = Text(body);
                break;
            case 0x000C:
                Constants = Text(body);
                break;
            case 0x000D or 0x000E or 0x002F or 0x0033:
                Reference(id, body);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// MS-OVBA 2.3.4.2.2: registered libraries and controls hold a counted library id, projects hold two, the original id is bare.
    /// </summary>
    private void Reference(int id, ReadOnlySpan<byte> body)
    {
        if (References.Count >= MaxReferences)
        {
            return;
        }

        if (id == 0x0033)
        {
            References.Add(Text(body));
            return;
        }

        var cursor = new ByteCursor(body);
        for (var i = 0; i < (id == 0x000E ? 2 : 1); i++)
        {
            var library = cursor.Take(cursor.U32());
            if (library.Length > 0)
            {
                References.Add(Text(library));
            }
        }
    }

    private string Text(ReadOnlySpan<byte> body) => PropertySetReader.Decode(body[..Math.Min(body.Length, 4_096)], CodePage);

    private static string Wide(ReadOnlySpan<byte> body) => Encoding.Unicode.GetString(body[..Math.Min(body.Length, 4_096)]).TrimEnd('\0');
}

/// <summary>What the <c>PROJECT</c> stream (MS-OVBA 2.3.1) says: text in the project's code page.</summary>
internal sealed record VbaProjectText
{
    private const int MaxLines = 4_096;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>Id of the project; empty when it is not there or was wiped.</summary>
    public Guid Id { get; private set; }

    /// <summary>Name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Modules as <c>kind=name</c>.</summary>
    public List<string> Modules { get; } = [];

    /// <summary>How it is protected; empty for not at all.</summary>
    public List<string> Protection { get; } = [];

    /// <summary>Reads the stream.</summary>
    public static VbaProjectText Read(string text)
    {
        var project = new VbaProjectText();
        var lines = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            // Behind the first section come window positions.
            if (line.StartsWith("[") || lines++ > MaxLines)
            {
                break;
            }

            var equals = line.IndexOf('=');
            if (equals > 0)
            {
                project.Take(line[..equals].ToString(), line[(equals + 1)..].Trim('"').ToString());
            }
        }

        return project;
    }

    private void Take(string key, string value)
    {
        switch (key)
        {
            case "ID":
                Id = Guid.TryParse(value, out var id) ? id : Guid.Empty;
                break;
            case "Name":
                Name = value;
                break;
            case "Module" or "Class" or "Document" or "BaseClass" or "Package":
                var end = value.IndexOf('/', StringComparison.Ordinal);
                Modules.Add($"{key.ToLowerInvariant()}={(end < 0 ? value : value[..end])}");
                break;
            case "CMG" when Hidden(value) is { Length: >= 4 } state:
                Protect(state[0], 1, "user");
                Protect(state[0], 2, "host");
                Protect(state[0], 4, "vbe");
                break;
            case "DPB" when Hidden(value) is { Length: > 1 }:
                Protection.Add("password");
                break;
            case "GC" when Hidden(value) is [0, ..]:
                Protection.Add("hidden");
                break;
            default:
                break;
        }
    }

    private void Protect(byte state, int bit, string name)
    {
        if ((state & bit) != 0)
        {
            Protection.Add(name);
        }
    }

    /// <summary>Data Encryption of MS-OVBA 2.4.3: an obfuscation whose key travels with it.</summary>
    private static byte[] Hidden(string hex)
    {
        if (hex.Length is < 12 or > 1_024 || (hex.Length & 1) != 0 || hex.AsSpan().ContainsAnyExcept(HexDigits))
        {
            return [];
        }

        var bytes = Convert.FromHexString(hex);
        var seed = bytes[0];
        var plain = (byte)(seed ^ bytes[2]);
        var ignored = (seed & 6) / 2;
        var result = new List<byte>();
        for (var i = 3; i < bytes.Length; i++)
        {
            plain = (byte)(bytes[i] ^ (bytes[i - 2] + plain));
            result.Add(plain);
        }

        if (result.Count < ignored + 4)
        {
            return [];
        }

        var all = result.ToArray().AsSpan(ignored);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(all);
        return all.Slice(4, (int)Math.Min(length, all.Length - 4)).ToArray();
    }
}
