using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.Cab;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.Makers;
using Noroshi.Makers.Cab;
using Noroshi.Makers.Lzh;

namespace Noroshi.Fuzz.Targets;

internal sealed class LzhTarget() : ContainerTarget(new LzhFormat(), new LzhSelfExtractor())
{
    public override string Name => "lzh";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[] { "-lh0-", "-lh1-", "-lh2-", "-lh3-", "-lh4-", "-lh5-", "-lh6-", "-lh7-", "-lhd-", "-lhx-", "-lzs-", "-lz4-", "-lz5-" }
            .Concat(["-pm0-", "-pm2-"])
            .Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    protected override IEnumerable<byte[]> Honest()
    {
        for (var level = 0; level < 4; level++)
        {
            foreach (var method in new[] { "-lh0-", "-lh5-", "-lh1-", "-lzs-", "-lz5-", "-lhd-" })
            {
                yield return LzhMaker.Make([
                    .. Files.Select(file => new LzhMember(file.Name, file.Content) { Level = level, Method = method }),
                ]);
            }
        }
    }
}

internal sealed class ZipTarget() : ContainerTarget(new ZipFormat(), new ZipBehindPrefixFormat())
{
    public override string Name => "zip";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "PK\x01\x02"u8],
        [.. "PK\x03\x04"u8],
        [.. "PK\x05\x06"u8],
        [.. "PK\x06\x06"u8],
        [.. "PK\x06\x07"u8],
        [.. "PK\x07\x08"u8],
        [1, 0x99, 7, 0],
        [0x75, 0x70],
    ];

    protected override IEnumerable<byte[]> Honest()
    {
        foreach (var kind in new[] { ZipLock.None, ZipLock.ZipCrypto, ZipLock.Aes256 })
        {
            foreach (var deflate in new[] { true, false })
            {
                yield return ZipMaker.Zip(
                    Files,
                    new()
                    {
                        Lock = kind,
                        Password = kind == ZipLock.None ? "" : "infected",
                        Deflate = deflate,
                    }
                );
            }
        }

        yield return ZipMaker.Zip(Files, new() { Names = ZipNames.Cp932, Comment = "comment" });
        yield return ZipMaker.Zip(Files, new() { Names = ZipNames.EucJp });
        yield return ZipMaker.Zip(Files, new() { Names = ZipNames.Utf8Bare });
        yield return [.. new byte[100], .. ZipMaker.Zip(Files)];
    }
}

internal sealed class RarTarget() : ContainerTarget(new RarFormat(), new RarSelfExtractingFormat())
{
    public override string Name => "rar";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "Rar!\x1A\x07\0"u8],
        [.. "Rar!\x1A\x07\x01\0"u8],
    ];

    protected override IEnumerable<byte[]> Honest() =>
        [
            RarMaker.Rar4(Files),
            RarMaker.Rar4(Files, "infected"),
            RarMaker.Rar4(Files, "infected", encryptHeaders: true),
            RarMaker.Rar5(Files, comment: "comment"),
            RarMaker.Rar5(Files, "infected"),
            RarMaker.Rar5(Files, "infected", encryptHeaders: true),
        ];
}

internal sealed class SevenZipTarget() : ContainerTarget(new SevenZipFormat())
{
    public override string Name => "7z";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [1, 4, 6],
        [0x17, 6],
        [0x24, 6, 0xF1, 7, 1],
        [0x23, 3, 1, 1],
        [0x21, 0x21],
        [7, 0x0B, 1, 0],
        [5, 1, 0x11],
        [0xFF],
        [0x80, 0x80],
    ];

    protected override IEnumerable<byte[]> Honest() =>
        [
            SevenZipMaker.SevenZip(Files),
            SevenZipMaker.SevenZip(Files, "infected"),
            SevenZipMaker.SevenZip(Files, "infected", encryptHeader: true),
        ];

    /// <summary>Checksums of the two headers are made right, or no change would ever get behind them.</summary>
    public override void Run(byte[] bytes)
    {
        base.Run(bytes);
        if (bytes.Length < 32)
        {
            return;
        }

        var mended = bytes.AsSpan().ToArray();
        var at = BitConverter.ToUInt64(mended, 12);
        var size = BitConverter.ToUInt64(mended, 20);
        var rest = (ulong)(mended.Length - 32);
        if (at > rest || size > rest - at)
        {
            at = Math.Min(at, rest);
            size = rest - at;
            BitConverter.TryWriteBytes(mended.AsSpan(12), at);
            BitConverter.TryWriteBytes(mended.AsSpan(20), size);
        }

        BitConverter.TryWriteBytes(mended.AsSpan(28), Checksums.Crc32(mended.AsSpan(32 + (int)at, (int)size)));
        BitConverter.TryWriteBytes(mended.AsSpan(8), Checksums.Crc32(mended.AsSpan(12, 20)));
        base.Run(mended);
    }
}

internal sealed class CabTarget() : ContainerTarget(new CabFormat())
{
    public override string Name => "cab";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "MSCF"u8],
        [.. "CK"u8],
        [0xFD, 0xFF],
        [0xFE, 0xFF],
        [0xFF, 0xFF],
    ];

    protected override IEnumerable<byte[]> Honest() =>
        new[] { CabMethod.Stored, CabMethod.MsZip, CabMethod.ClaimsLzx }.Select(method => CabMaker.Make(method, Pairs));
}

internal sealed class TarTarget() : ContainerTarget(new TarFormat())
{
    public override string Name => "tar";

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "ustar\x00"u8],
        [.. "ustar  \0"u8],
        [.. "././@LongLink"u8],
        [.. "path="u8],
        [.. "size="u8],
        [.. "GNU.sparse."u8],
    ];

    protected override IEnumerable<byte[]> Honest()
    {
        using var archive = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(archive, System.Formats.Tar.TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var file in Files)
            {
                writer.WriteEntry(
                    new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, file.Name)
                    {
                        DataStream = new MemoryStream(file.Content),
                    }
                );
            }
        }

        yield return archive.ToArray();
    }
}

internal sealed class SingleStreamTarget()
    : ContainerTarget(new GzipFormat(), new Bzip2Format(), new XzFormat(), new ZstandardFormat(), new LzipFormat(), new CompressFormat())
{
    public override string Name => "single-stream";

    protected override string HostileWord => "gz";

    protected override IEnumerable<byte[]> Honest()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Files[1].Content);
        }

        return [packed.ToArray(), [0x1F, 0x9D, 0x90, .. Files[1].Content], [.. "BZh9"u8, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0]];
    }
}
