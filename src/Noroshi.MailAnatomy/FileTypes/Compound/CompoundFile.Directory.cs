using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <content>The directory: entries, and the tree that gives them their paths.</content>
internal ref partial struct CompoundFile
{
    private void ReadDirectory()
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x30..]);
        if (!InFile(start) || !LooksLikeRoot(Sector(start)))
        {
            Damaged = true;
            start = FindRoot() ?? start;
        }

        var raw = ReadRawEntries(Chain(start, (MaxEntries * EntrySize) >> sectorShift));
        if (raw.Count > 0)
        {
            rootStart = raw[0].Start;
            rootSize = raw[0].Size;
            RootClassId = raw[0].ClassId;
            RootModifiedAt = raw[0].ModifiedAt;
            Entries = Walk(raw);
        }
    }

    private static bool LooksLikeRoot(ReadOnlySpan<byte> sector) =>
        sector.Length >= EntrySize && sector[66] == 5 && sector[0] != 0 && sector[1] == 0;

    /// <summary>Looks for a directory whose place in the header was destroyed.</summary>
    private readonly uint? FindRoot()
    {
        var name = "R\0o\0o\0t\0 \0E\0n\0t\0r\0y\0"u8;
        for (var sector = 0u; sector < (uint)sectorCount; sector++)
        {
            var part = Sector(sector);
            if (part.StartsWith(name) && LooksLikeRoot(part))
            {
                return sector;
            }
        }

        return null;
    }

    private readonly record struct RawEntry(
        string Name,
        byte Kind,
        uint Left,
        uint Right,
        uint Child,
        uint Start,
        long Size,
        Guid ClassId,
        ulong CreatedAt,
        ulong ModifiedAt
    );

    private readonly List<RawEntry> ReadRawEntries(int[] chain)
    {
        var entries = new List<RawEntry>();
        foreach (var sector in chain)
        {
            var part = Sector((uint)sector);
            // A chain that wandered off into content is left where entries stop making sense.
            for (var at = 0; at + EntrySize <= part.Length; at += EntrySize)
            {
                var entry = part.Slice(at, EntrySize);
                if (entry[66] is not (0 or 1 or 2 or 5) || entries.Count >= MaxEntries)
                {
                    return entries;
                }

                entries.Add(ReadRawEntry(entry));
            }
        }

        return entries;
    }

    private readonly RawEntry ReadRawEntry(ReadOnlySpan<byte> entry)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
        length = Math.Clamp((length & ~1) - 2, 0, 62);
        var size = BinaryPrimitives.ReadInt64LittleEndian(entry[120..]);
        if (MajorVersion != 4)
        {
            // MS-CFB 2.6.1: the upper half may hold rubbish in version 3.
            size &= 0xFFFFFFFF;
        }

        return new RawEntry(
            Encoding.Unicode.GetString(entry[..length]),
            entry[66],
            BinaryPrimitives.ReadUInt32LittleEndian(entry[68..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[72..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[76..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]),
            Math.Max(0, size),
            new Guid(entry.Slice(80, 16)),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[100..]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[108..])
        );
    }

    /// <summary>Gives each entry its path; every entry is visited once, whatever the links say.</summary>
    private CompoundEntry[] Walk(List<RawEntry> raw)
    {
        var paths = new string?[raw.Count];
        var visited = new bool[raw.Count];
        visited[0] = true;
        var characters = 0;
        var pending = new Stack<(uint Index, string Prefix, int Depth)>();
        pending.Push((raw[0].Child, "", 0));
        while (pending.TryPop(out var step))
        {
            if (step.Index >= raw.Count)
            {
                Damaged |= step.Index <= MaxRegularSector;
                continue;
            }

            var index = (int)step.Index;
            if (visited[index] || raw[index].Kind is not (1 or 2))
            {
                Damaged = true;
                continue;
            }

            visited[index] = true;
            characters += step.Prefix.Length + raw[index].Name.Length;
            if (characters > MaxPathCharacters)
            {
                Damaged = true;
                break;
            }

            paths[index] = step.Prefix + raw[index].Name;
            pending.Push((raw[index].Left, step.Prefix, step.Depth));
            pending.Push((raw[index].Right, step.Prefix, step.Depth));
            if (raw[index].Kind == 1 && step.Depth < MaxDepth)
            {
                pending.Push((raw[index].Child, paths[index] + "/", step.Depth + 1));
            }
            else if (raw[index] is { Kind: 2, Child: not 0 and <= MaxRegularSector })
            {
                // A stream has no children ([MS-CFB] 2.6.1); 0 is what careless writers leave there.
                Damaged = true;
            }
        }

        var entries = new List<CompoundEntry>(raw.Count);
        for (var i = 1; i < raw.Count; i++)
        {
            if (raw[i].Kind is 1 or 2)
            {
                entries.Add(
                    new CompoundEntry(
                        paths[i] ?? raw[i].Name,
                        raw[i].Name,
                        raw[i].Kind == 2,
                        raw[i].Size,
                        raw[i].Start,
                        paths[i] is null,
                        raw[i].ClassId,
                        raw[i].CreatedAt,
                        raw[i].ModifiedAt
                    )
                );
            }
        }

        return [.. entries];
    }
}
