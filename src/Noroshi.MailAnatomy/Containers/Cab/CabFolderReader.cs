using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.Containers.Cab;

/// <summary>A folder of a cabinet: the blocks in which its files are packed as one run of bytes.</summary>
/// <param name="Start">Where its first block stands.</param>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Compression">0 stored, 1 MSZIP, 2 Quantum, 3 LZX in the low four bits.</param>
internal sealed record CabFolder(uint Start, int Blocks, int Compression)
{
    public const int Stored = 0;
    public const int MsZip = 1;

    public int Method => Compression & 15;

    public string MethodName =>
        Method switch
        {
            Stored => "stored",
            MsZip => "MSZIP",
            2 => $"Quantum:{(Compression >> 8) & 31}",
            3 => $"LZX:{(Compression >> 8) & 31}",
            _ => $"{Compression:x4}",
        };
}

/// <summary>Reads one folder forward, block by block; holds one block in memory.</summary>
/// <param name="cabinet">The whole cabinet.</param>
/// <param name="folder">The folder.</param>
/// <param name="reserve">Reserved bytes in each block's header.</param>
internal sealed class CabFolderReader(ReadOnlyMemory<byte> cabinet, CabFolder folder, int reserve)
{
    private const int BlockHeader = 8;

    private readonly CabInflate? _inflate = folder.Method == CabFolder.MsZip ? new CabInflate() : null;
    private long _next = folder.Start;
    private int _blocksLeft = folder.Blocks;
    private ReadOnlyMemory<byte> _block;

    /// <summary>The folder that is read.</summary>
    public CabFolder Folder => folder;

    /// <summary>Bytes of the folder read or skipped so far.</summary>
    public long Position { get; private set; }

    /// <summary>Reads on; 0 at the end of the folder.</summary>
    /// <exception cref="InvalidDataException">A block is damaged.</exception>
    public int Read(Span<byte> buffer)
    {
        while (_block.IsEmpty)
        {
            if (_blocksLeft == 0)
            {
                return 0;
            }

            _blocksLeft--;
            _block = NextBlock();
        }

        var count = Math.Min(buffer.Length, _block.Length);
        _block.Span[..count].CopyTo(buffer);
        _block = _block[count..];
        Position += count;
        return count;
    }

    private ReadOnlyMemory<byte> NextBlock()
    {
        if (_next + BlockHeader + reserve > cabinet.Length)
        {
            throw new InvalidDataException("A block of the cabinet is missing.");
        }

        var header = cabinet.Span.Slice((int)_next, BlockHeader + reserve);
        var sum = BinaryPrimitives.ReadUInt32LittleEndian(header);
        int packed = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        var at = _next + BlockHeader + reserve;
        if (at + packed > cabinet.Length)
        {
            throw new InvalidDataException("A block of the cabinet is cut off.");
        }

        var data = cabinet.Slice((int)at, packed);
        _next = at + packed;
        if (sum != 0 && Checksum(header[4..], Checksum(data.Span, 0)) != sum)
        {
            throw new InvalidDataException("The checksum of a block of the cabinet does not match.");
        }

        var content = data;
        if (_inflate is not null)
        {
            if (!data.Span.StartsWith("CK"u8))
            {
                throw new InvalidDataException("An MSZIP block has no mark.");
            }

            content = _inflate.Inflate(data[2..]);
        }

        if (content.Length != size)
        {
            throw new InvalidDataException($"A block of the cabinet gives {content.Length} bytes instead of {size}.");
        }

        return content;
    }

    /// <summary>The checksum of MS-CAB 3.1: little-endian words joined by exclusive or, the last up to three bytes the other way round.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes, uint seed)
    {
        while (bytes.Length >= 4)
        {
            seed ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            bytes = bytes[4..];
        }

        uint rest = 0;
        foreach (var value in bytes)
        {
            rest = (rest << 8) | value;
        }

        return seed ^ rest;
    }
}
