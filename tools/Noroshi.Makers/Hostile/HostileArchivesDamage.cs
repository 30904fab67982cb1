using Noroshi.Makers.Cab;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.Lzh;

namespace Noroshi.Makers.Hostile;

/// <summary>Good archives, cut at every border and with random bytes changed.</summary>
public static partial class HostileArchives
{
    private const int MutantsPerFormat = 30;

    /// <summary>A sound archive of each format, small.</summary>
    private static readonly IReadOnlyList<(string Format, Lazy<byte[]> Bytes, int[] Borders)> Sound =
    [
        (
            "zip",
            new(() =>
                RawZip.Make(new RawZipEntry("one.txt"u8.ToArray(), Text()).Deflated(), new RawZipEntry("two.txt"u8.ToArray(), Content))
            ),
            [3, 4, 29, 30, 37, 60, -1, -21, -22, -23, -46, -100]
        ),
        (
            "rar4",
            new(() => RawRar.Make4(0, RawRar.File4("one.txt"u8.ToArray(), Text()), RawRar.File4("two.txt"u8.ToArray(), Content))),
            [6, 7, 8, 19, 20, 27, 52, 59, 60, -1, -7, -8]
        ),
        (
            "rar5",
            new(() => RawRar.Make5(0, RawRar.File5("one.txt"u8.ToArray(), Text()), RawRar.File5("two.txt"u8.ToArray(), Content))),
            [7, 8, 9, 12, 13, 16, 20, 40, -1, -8]
        ),
        (
            "7z",
            new(() =>
                RawSevenZip.One(
                    "one.txt",
                    new ZeroLzma().Chunk(5_000, true),
                    [1, 0x23, 3, 1, 1, 5, 0x5D, 0, 0, 0x10, 0],
                    5_000,
                    HostileArchivesBytes.Crc32(new byte[5_000])
                )
            ),
            [5, 6, 8, 31, 32, 33, -1, -40, -80]
        ),
        (
            "lzh",
            new(() =>
                LzhMaker.Make([
                    .. Enumerable
                        .Range(0, 4)
                        .Select(level => new LzhMember($"folder/{level}.txt", Text())
                        {
                            Level = level,
                            Method = level == 3 ? "-lh0-" : "-lh5-",
                        }),
                ])
            ),
            [1, 2, 7, 20, 21, 22, 30, 40, 60, -1, -2, -300]
        ),
        (
            "tar",
            new(() =>
                RawTar.Make(
                    RawTar.Pax(("path", "one.txt"), ("mtime", "1375665630.5")),
                    RawTar.Entry("one.txt"u8.ToArray(), Text()),
                    RawTar.Entry("two.txt"u8.ToArray(), Content)
                )
            ),
            [100, 511, 512, 513, 1_024, 1_536, 2_000, -1, -512, -1_024]
        ),
        ("gz", new(() => HostileArchivesBytes.Gzip(Text())), [2, 3, 9, 10, 11, 40, -1, -4, -8]),
        ("bz2", new(() => HostileArchivesZeros.Bzip2(1)), [3, 4, 10, 14, 17, 18, 24, 30, -1, -4, -10]),
        ("xz", new(() => HostileArchivesZeros.Xz(100_000)), [5, 6, 12, 13, 24, 25, 40, -1, -2, -12, -20]),
        (
            "cab",
            new(() => CabMaker.Make(CabMethod.MsZip, ("one.txt", Text()), ("two.txt", Content))),
            [3, 4, 35, 36, 43, 44, 60, 70, 80, 84, -1]
        ),
        (
            "iso",
            new(() => IsoMaker.Make("SOUND", joliet: true, ("folder/one.txt", Text()), ("two.txt", Content))),
            [16 * 2_048, (16 * 2_048) + 156, 17 * 2_048, 18 * 2_048, 19 * 2_048, 20 * 2_048, 22 * 2_048, 23 * 2_048, -1, -2_048]
        ),
    ];

    private static byte[] Text() =>
        [
            .. Enumerable
                .Range(0, 120)
                .SelectMany(i => System.Text.Encoding.ASCII.GetBytes($"line {i * 7919 % 1000} of a file that packs well\r\n")),
        ];

    private static IEnumerable<HostileInput> Cuts()
    {
        foreach (var (format, bytes, borders) in Sound)
        {
            foreach (var border in borders)
            {
                yield return new(
                    "archive/cut",
                    border < 0 ? $"{format}-{-border}-from-end" : $"{format}-at-{border}",
                    () =>
                    {
                        var whole = bytes.Value;
                        return whole[..Math.Clamp(border < 0 ? whole.Length + border : border, 0, whole.Length)];
                    }
                );
            }
        }
    }

    private static IEnumerable<HostileInput> Mutants()
    {
        foreach (var (format, bytes, _) in Sound)
        {
            for (var i = 0; i < MutantsPerFormat; i++)
            {
                var seed = i;
                yield return new($"archive/mutant-{format}", $"{i:d2}", () => Mutate(bytes.Value, seed));
            }
        }
    }

    /// <summary>Changes, doubles, removes or fills stretches, mostly in headers, which stand near either end.</summary>
    private static byte[] Mutate(byte[] sound, int seed)
    {
        var random = new Random(7_919 + seed);
        var bytes = sound.ToList();
        for (var round = random.Next(1, 6); round > 0; round--)
        {
            var reach = random.Next(3) == 0 ? bytes.Count : Math.Min(bytes.Count, 128);
            var at = random.Next(reach);
            at = random.Next(4) == 0 ? bytes.Count - 1 - at : at;
            var length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(length, bytes.Count - 1));
                    break;
                default:
                    var fill = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    for (var i = at; i < at + length; i++)
                    {
                        bytes[i] = fill;
                    }

                    break;
            }
        }

        return [.. bytes];
    }
}
