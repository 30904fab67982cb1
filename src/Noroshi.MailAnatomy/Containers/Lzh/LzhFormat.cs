using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>LZH archives of LHarc, LHA, UNLHA32, LArc and their kin, from their first byte.</summary>
public sealed class LzhFormat : IContainerFormat
{
    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => LzhHeaderReader.LooksLikeHeader(bytes);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) => LzhArchive.Open(bytes, 0);

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;
}

/// <summary>LZH archives behind a program that unpacks them.</summary>
public sealed class LzhSelfExtractor : IContainerFormat
{
    private const int ProgramReach = 256 << 10;
    private const int OtherReach = 64 << 10;
    private const int MaxTries = 200;

    private static readonly byte[][] Families =
    [
        [.. "-lh"u8],
        [.. "-lz"u8],
        [.. "-pm"u8],
    ];

    /// <inheritdoc/>
    public int Priority => 950;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => FindStart(bytes) > 0;

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) => LzhArchive.Open(bytes, Math.Max(0, FindStart(bytes.Span)));

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    // The programs hold the method names as text, so only a header whose checksum holds counts.
    private static int FindStart(ReadOnlySpan<byte> bytes)
    {
        if (!IsProgram(bytes))
        {
            return -1;
        }

        var reach = Math.Min(bytes.Length, bytes.StartsWith("MZ"u8) ? ProgramReach : OtherReach);
        var found = -1;
        foreach (var family in Families)
        {
            var start = FindStart(bytes, family, found < 0 ? reach : Math.Min(reach, found + family.Length));
            found = start >= 0 && (found < 0 || start < found) ? start : found;
        }

        return found;
    }

    // Programs of MS-DOS and Windows, .com files (a jump), Amiga, Atari, Human68k, and a Z80's jump. A document that holds an archive
    // begins otherwise and is no self-extractor.
    private static bool IsProgram(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("MZ"u8)
        || bytes.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x03, 0xF3])
        || bytes.StartsWith((ReadOnlySpan<byte>)[0x60, 0x1A])
        || bytes.StartsWith("HU\0"u8)
        || (!bytes.IsEmpty && bytes[0] is 0xEB or 0xE9 or 0x18);

    private static int FindStart(ReadOnlySpan<byte> bytes, byte[] family, int reach)
    {
        var at = 2;
        var tries = 0;
        while (at < reach && tries < MaxTries)
        {
            var hit = bytes[at..reach].IndexOf(family);
            if (hit < 0)
            {
                return -1;
            }

            var start = at + hit - 2;
            if (start > 0 && LzhHeaderReader.LooksLikeHeader(bytes[start..]))
            {
                if (HoldsAt(bytes[start..]))
                {
                    return start;
                }

                tries++;
            }

            at += hit + family.Length;
        }

        return -1;
    }

    private static bool HoldsAt(ReadOnlySpan<byte> bytes)
    {
        // A header is at most 64 KiB apart from level 3; a copy of that much, once per plausible place, is cheap.
        var header = LzhHeaderReader.Read(bytes[..Math.Min(bytes.Length, 64 << 10)].ToArray(), 0);
        return header is { ChecksumOk: true, ExtensionsBroken: false } && header.PackedSize <= bytes.Length - header.DataStart;
    }
}

/// <summary>The entries of an LZH archive.</summary>
internal static class LzhArchive
{
    private const int MaxJunk = 64 << 10;
    private const int MaxBroken = 1_000;

    /// <summary>Opens an archive that starts at <paramref name="start"/>.</summary>
    public static OpenedContainer Open(ReadOnlyMemory<byte> bytes, int start)
    {
        var first = LzhHeaderReader.Read(bytes, start);
        return LazyContainer.Create(
            new ContainerInfo
            {
                Format = "lzh",
                FormatVersion = first is null ? null : $"level {first.Level}",
                HostOs = first is null ? null : HostName(first.HostOs),
            },
            FindingCodes.Lzh.HeaderBroken,
            findings => Entries(bytes, start, findings)
        );
    }

    /// <summary>The system that a letter stands for; null when none is stated.</summary>
    internal static string? HostName(char letter) =>
        letter switch
        {
            '\0' => null,
            'M' => "MS-DOS",
            'U' => "Unix",
            '2' => "OS/2",
            '9' => "OS-9",
            'K' => "OS-9/68k",
            '3' => "OS/386",
            'H' => "Human68k",
            'C' => "CP/M",
            'F' => "FLEX",
            'm' => "Mac OS",
            'R' => "Runser",
            'T' => "TownsOS",
            'X' => "XOSK",
            'w' => "Windows 95",
            'W' => "Windows NT",
            'A' => "Amiga",
            'a' => "Atari",
            'J' => "Java",
            ' ' => "LHARK",
            _ => $"0x{(int)letter:x2}",
        };

    private static IEnumerable<ContainerEntry> Entries(ReadOnlyMemory<byte> bytes, int start, List<Finding> findings)
    {
        if (start > 0)
        {
            findings.Add(FindingCodes.Lzh.SelfExtractor.At($"the archive starts at byte {start}"));
        }

        long at = start;
        var broken = 0;
        while (at < bytes.Length)
        {
            if (bytes.Span[(int)at] == 0)
            {
                // A zero ends the archive, except as the low byte of a level 2 header, which no packer writes.
                yield break;
            }

            var header = LzhHeaderReader.Read(bytes, at);
            if (header is null)
            {
                var next = FindNext(bytes.Span, (int)at);
                findings.AddBounded(
                    FindingCodes.Lzh.HeaderBroken.At(
                        next < 0
                            ? $"no header can be read at byte {at}"
                            : $"no header can be read at byte {at}; the next one is at byte {next}"
                    )
                );
                if (next < 0 || ++broken > MaxBroken)
                {
                    yield break;
                }

                at = next;
                continue;
            }

            yield return ToEntry(bytes, header, at);

            // The data starts behind at least 21 bytes of header, so that this always moves on.
            at = header.DataStart + Math.Min(header.PackedSize, bytes.Length);
        }

        findings.Add(FindingCodes.Lzh.NoEnd.At($"the archive of {bytes.Length - start} bytes has no end mark"));
    }

    private static int FindNext(ReadOnlySpan<byte> bytes, int from)
    {
        var end = Math.Min(bytes.Length, from + MaxJunk);
        for (var at = from + 1; at < end; at++)
        {
            var hit = bytes[at..end].IndexOf((byte)'-');
            if (hit < 0)
            {
                return -1;
            }

            at += hit;
            if (at - 2 > from && LzhHeaderReader.LooksLikeHeader(bytes[(at - 2)..]))
            {
                return at - 2;
            }
        }

        return -1;
    }

    private static ContainerEntry ToEntry(ReadOnlyMemory<byte> bytes, LzhHeader header, long at)
    {
        var findings = new List<Finding>();
        var path = LzhPath.Of(header);
        var name = path.Text;
        string? target = null;
        var directory = header.Method == "-lhd-" || (header is { HostOs: 'A', Method: "-lh0-", Size: 0 } && header.Name.IsEmpty);
        if (directory && name.IndexOf('|', StringComparison.Ordinal) is var bar and > 0)
        {
            (name, target, directory) = (name[..bar], name[(bar + 1)..], false);
        }

        NoteHeader(header, path, at, findings);
        return new ContainerEntry
        {
            Name = name,
            NameCharset = path.Charset,
            Size = header.Size,
            PackedSize = header.PackedSize,
            ModifiedAt = header.ModifiedAt,
            IsDirectory = directory,
            LinkTarget = target,
            Method = header.Method,
            HostOs = HostName(header.HostOs),
            Comment = LzhPath.Comment(header),
            Open = directory || target is not null ? null : Content(bytes, header, findings),
            Findings = findings,
        };
    }

    private static void NoteHeader(LzhHeader header, EntryName path, long at, List<Finding> findings)
    {
        EntryNames.Inspect(path.Text, findings);
        if (header.ChecksumOk == false)
        {
            findings.Add(FindingCodes.Lzh.HeaderChecksum.At($"header at byte {at}"));
        }

        if (header.ExtensionsBroken)
        {
            findings.Add(FindingCodes.Lzh.HeaderBroken.At($"extended headers of the header at byte {at}"));
        }

        if (path.Lossy)
        {
            findings.Add(FindingCodes.Lzh.NameUndecodable.At($"header at byte {at}"));
        }

        if (header.IsLhark)
        {
            findings.Add(FindingCodes.Lzh.Lhark.At($"header at byte {at}"));
        }
    }

    private static Func<Stream>? Content(ReadOnlyMemory<byte> bytes, LzhHeader header, List<Finding> findings)
    {
        var method = header.IsLhark ? LzhDecoder.Lhark : header.Method;
        if (!LzhDecoder.Knows(method))
        {
            findings.Add(FindingCodes.Lzh.MethodUnknown.At(header.Method));
            return null;
        }

        var start = (int)Math.Min(header.DataStart, bytes.Length);
        var available = bytes.Length - start;
        if (header.PackedSize > available)
        {
            findings.Add(FindingCodes.Lzh.Truncated.At($"{available} of {header.PackedSize} packed bytes are there"));
        }

        var packed = bytes.Slice(start, (int)Math.Min(header.PackedSize, available));
        return () =>
            new VerifiedStream(
                () => LzhDecoder.Decode(method, packed, header.Size),
                new Expected(header.Size, header.DataCrc, Checksum.Crc16),
                stopAtSize: false
            );
    }
}
