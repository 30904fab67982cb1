using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>Where the bytes of a stream lie in the file, for whoever writes other bytes of the same length over them.</summary>
internal ref partial struct CompoundFile
{
    /// <summary>Offsets and lengths in the file, in the order of the stream; as many bytes as <see cref="Read"/> gives.</summary>
    /// <param name="entry">A stream of this file.</param>
    /// <param name="maxBytes">At most so many bytes.</param>
    public List<(int At, int Length)> Pieces(CompoundEntry entry, int maxBytes)
    {
        var pieces = new List<(int At, int Length)>();
        var wanted = (int)Math.Min(Math.Min(entry.Size, maxBytes), bytes.Length);
        if (!entry.IsStream || wanted <= 0)
        {
            return pieces;
        }

        if (entry.Size < miniCutoff)
        {
            AddMiniPieces(entry.Start, wanted, pieces);
            return pieces;
        }

        foreach (var sector in Chain(entry.Start, SectorsFor(wanted)))
        {
            var from = (int)(((long)sector + 1) << sectorShift);
            var length = Math.Min(Math.Min(1 << sectorShift, bytes.Length - from), wanted);
            pieces.Add((from, length));
            wanted -= length;
        }

        return pieces;
    }

    /// <summary>Whether a byte of the file belongs to a stream that the tree reaches.</summary>
    /// <param name="offset">Offset in the file.</param>
    public bool InStream(int offset)
    {
        // Streams may claim each other's sectors: following them all must not cost more than a few times the file.
        var left = 4L * bytes.Length;
        foreach (var entry in Entries)
        {
            if (!entry.IsStream || entry.Orphan)
            {
                continue;
            }

            foreach (var (at, length) in Pieces(entry, int.MaxValue))
            {
                if (offset >= at && offset < at + length)
                {
                    return true;
                }

                left -= length;
            }

            if (left < 0)
            {
                return false;
            }
        }

        return false;
    }

    private void AddMiniPieces(uint start, int wanted, List<(int At, int Length)> pieces)
    {
        miniStream ??= Chain(rootStart, SectorsFor(Math.Min(rootSize, bytes.Length)));
        miniFat ??= Chain(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x3C..]),
            (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x40..]), int.MaxValue)
        );
        var perSector = 1 << (sectorShift - miniShift);
        var miniCount = (long)miniStream.Length * perSector;
        var sector = start;
        for (var steps = 0L; wanted > 0 && sector < miniCount && steps < miniCount; steps++)
        {
            var holder = miniStream[(int)(sector / (uint)perSector)];
            var within = (int)(sector % (uint)perSector) << miniShift;
            var from = (int)(((long)holder + 1) << sectorShift) + within;
            var length = Math.Min(Math.Min(1 << miniShift, bytes.Length - from), wanted);
            if (length <= 0)
            {
                break;
            }

            pieces.Add((from, length));
            wanted -= length;
            var next = NextMini(sector);
            if (next == EndOfChain)
            {
                break;
            }

            sector = next >= miniCount ? sector + 1 : next;
        }
    }
}
