using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers.DiskImages;
using Noroshi.Makers.DiskImages;

namespace Noroshi.Fuzz.Targets;

/// <summary>
/// Images are mostly holes. What is changed is a list of the sectors that hold something (number and length of the bytes up to the last one
/// that is not zero, 16 bits each, little endian); the image is put together before it is read.
/// </summary>
internal abstract class DiskImageTarget : ContainerTarget
{
    private const int Sector = 2048;
    private const int MaxSectors = 1024;
    private readonly byte[] _image = new byte[MaxSectors * Sector];
    private int _used;

    protected override string HostileWord => "nothing";

    public override void Run(byte[] bytes)
    {
        Array.Clear(_image, 0, _used);
        _used = 0;
        var rest = bytes.AsSpan();
        while (rest.Length >= 4)
        {
            var at = BinaryPrimitives.ReadUInt16LittleEndian(rest) % MaxSectors * Sector;
            int stated = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            var length = Math.Min(Math.Min(stated, Sector), rest.Length - 4);
            rest.Slice(4, length).CopyTo(_image.AsSpan(at));
            _used = Math.Max(_used, at + Sector);
            rest = rest[(4 + length)..];
        }

        Run(new IsoFormat(), _image.AsMemory(0, _used));
    }

    protected static byte[] Sparse(byte[] image)
    {
        var list = new List<byte>();
        for (var at = 0; at < Math.Min(image.Length, MaxSectors * Sector); at += Sector)
        {
            var sector = image.AsSpan(at, Math.Min(Sector, image.Length - at)).TrimEnd((byte)0);
            if (sector.Length > 0)
            {
                list.AddRange([
                    .. BitConverter.GetBytes((ushort)(at / Sector)),
                    .. BitConverter.GetBytes((ushort)sector.Length),
                    .. sector,
                ]);
            }
        }

        return [.. list];
    }
}

internal sealed class IsoTarget : DiskImageTarget
{
    public override string Name => "iso";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "\x01CD001\x01"u8],
        [.. "\x02CD001\x01"u8],
        [.. "\xFFCD001\x01"u8],
        [.. "%/E"u8],
        [.. "NM"u8],
        [.. "CE"u8],
        [.. "SP\x07\x01"u8],
    ];

    protected override IEnumerable<byte[]> Honest() =>
        [Sparse(IsoMaker.Make("LABEL", joliet: true, Pairs)), Sparse(IsoMaker.Make("LABEL", joliet: false, Pairs))];
}

internal sealed class UdfTarget : DiskImageTarget
{
    public override string Name => "udf";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "*UDF Metadata Partition"u8],
        [.. "*UDF Virtual Partition"u8],
        [.. "*UDF Sparable Partition"u8],
        [.. "+NSR02"u8],
        [.. "+NSR03"u8],
        [5, 1],
        [10, 1],
    ];

    protected override IEnumerable<byte[]> Honest() =>
        Enum.GetValues<UdfAddressing>()
            .SelectMany(addressing =>
                (byte[][])
                    [
                        Sparse(UdfMaker.Make("LABEL", metadata: false, addressing, Pairs)),
                        Sparse(UdfMaker.Make("LABEL", metadata: true, addressing, Pairs)),
                    ]
            );
}
