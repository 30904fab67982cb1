using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>A resource.</summary>
/// <param name="Type">Number of the type; 0 when it has a name.</param>
/// <param name="TypeName">Name of the type.</param>
/// <param name="Id">Number within the type; 0 when it has a name.</param>
/// <param name="Name">Name within the type.</param>
/// <param name="Language">Language.</param>
/// <param name="At">Offset in the file.</param>
/// <param name="Size">Bytes, as far as they are there.</param>
internal sealed record PeResource(uint Type, string? TypeName, uint Id, string? Name, uint Language, int At, int Size);

/// <summary>The tree of resources: three levels (type, name, language), so that a folder that names itself ends nowhere.</summary>
internal sealed class PeResources
{
    public const uint Icon = 3;
    public const uint RawData = 10;
    public const uint IconGroup = 14;
    public const uint Version = 16;
    public const uint Manifest = 24;

    private const int MaxEntries = 4_096;
    private const int MaxFound = 1_024;

    private readonly PeFile _pe;
    private readonly int _start;
    private readonly List<PeResource> _found = [];
    private int _left = MaxEntries;

    private PeResources(PeFile pe, int start) => (_pe, _start) = (pe, start);

    /// <summary>Tables lead outside or go on for ever.</summary>
    public bool Damaged { get; private set; }

    /// <summary>What was found, in stored order.</summary>
    public IReadOnlyList<PeResource> All => _found;

    /// <summary>Reads the tree; null when there is none.</summary>
    public static PeResources? Read(PeFile pe)
    {
        var (address, size) = pe.Directory(PeFile.Resources);
        if (address == 0 || size == 0)
        {
            return null;
        }

        var start = pe.Offset(address);
        var tree = new PeResources(pe, start);
        if (start < 0)
        {
            tree.Damaged = true;
        }
        else
        {
            tree.Types();
        }

        return tree;
    }

    private void Types()
    {
        foreach (var (type, folder) in Entries(0))
        {
            if (!IsFolder(folder))
            {
                continue;
            }

            foreach (var (name, languages) in Entries(folder & 0x7FFF_FFFF))
            {
                if (!IsFolder(languages))
                {
                    Leaf(type, name, 0, languages);
                    continue;
                }

                foreach (var (language, leaf) in Entries(languages & 0x7FFF_FFFF))
                {
                    if (IsFolder(leaf))
                    {
                        Damaged = true;
                    }
                    else
                    {
                        Leaf(type, name, language, leaf);
                    }
                }
            }
        }
    }

    private List<(uint Id, uint Target)> Entries(uint offset)
    {
        var span = _pe.Span;
        var at = (long)_start + offset;
        var count = span.U16(at + 12) + span.U16(at + 14);
        var entries = new List<(uint, uint)>();
        for (var i = 0; i < count; i++)
        {
            var entry = at + 16 + (8L * i);
            if (entry + 8 > span.Length || _left-- <= 0)
            {
                Damaged = true;
                break;
            }

            entries.Add((span.U32(entry), span.U32(entry + 4)));
        }

        return entries;
    }

    private void Leaf(uint type, uint name, uint language, uint leaf)
    {
        var span = _pe.Span;
        var at = (long)_start + leaf;
        var content = _pe.Offset(span.U32(at));
        var size = span.U32(at + 4);
        if (at + 16 > span.Length || content < 0 || _found.Count >= MaxFound)
        {
            Damaged = true;
            return;
        }

        _found.Add(
            new PeResource(
                IsFolder(type) ? 0 : type,
                Name(type),
                IsFolder(name) ? 0 : name,
                Name(name),
                language & 0xFFFF,
                content,
                (int)Math.Min(size, (uint)(span.Length - content))
            )
        );
    }

    private string? Name(uint id)
    {
        if (!IsFolder(id))
        {
            return null;
        }

        var at = (long)_start + (id & 0x7FFF_FFFF);
        return System.Text.Encoding.Unicode.GetString(_pe.Span.Part(at + 2, 2L * Math.Min(_pe.Span.U16(at), (ushort)256)));
    }

    private static bool IsFolder(uint value) => (value & 0x8000_0000) != 0;
}
