using System.Text;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers.Arj;

/// <summary>ARJ archives: methods 0 to 4, the old "garble" encryption, volumes noted.</summary>
public sealed class ArjFormat : IContainerFormat
{
    private const int NewestGarble = 1;
    private const int MaxHeaders = 100_000;

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => ArjHeader.LooksLikeHeader(bytes) && bytes[10] == ArjHeader.TypeMain;

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var main = ArjHeader.Read(bytes, 0);
        var encrypted = false;
        var volume = main is { } header && (header.Flags & ArjHeader.FlagVolume) != 0;
        foreach (var entry in Headers(bytes, main, []))
        {
            encrypted |= (entry.Flags & ArjHeader.FlagGarbled) != 0;
            volume |= (entry.Flags & (ArjHeader.FlagVolume | ArjHeader.FlagContinued)) != 0;
        }

        var info = new ContainerInfo
        {
            Format = "arj",
            FormatVersion = main?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            HostOs = main?.HostName,
            Encrypted = encrypted,
            Encryption = encrypted ? EncryptionName(main) : null,
            MultiVolume = volume,
            Comment =
                main is null || main.Comment.IsEmpty ? null : EntryNames.Decode(main.Comment.Span, fallback: EntryNames.Japanese).Text,
        };
        return LazyContainer.Create(info, FindingCodes.Arj.Broken, findings => Entries(bytes, main, password, findings));
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes)
    {
        var main = ArjHeader.Read(bytes, 0);
        if (main is null || main.EncryptionVersion > NewestGarble)
        {
            return null;
        }

        ArjHeader? smallest = null;
        foreach (var header in Headers(bytes, main, []))
        {
            if (
                (header.Flags & ArjHeader.FlagGarbled) != 0
                && header.Size > 0
                && Supported(header)
                && header.Size < (smallest?.Size ?? ArjProbe.LargestMember)
            )
            {
                smallest = header;
            }
        }

        return smallest is null ? null : new ArjProbe(smallest, Packed(bytes, smallest));
    }

    internal static Stream Unpack(ArjHeader header, ReadOnlyMemory<byte> packed, string? password)
    {
        if ((header.Flags & ArjHeader.FlagGarbled) != 0)
        {
            packed = Ungarble(packed.Span, header.GarbleModifier, password ?? "");
        }

        return new VerifiedStream(Decode, new Expected(header.Size, header.Crc), stopAtSize: false);

        Stream Decode() =>
            header.Method switch
            {
                0 => LzhDecoder.Decode("-lh0-", packed, header.Size),
                4 => new LzhWindowStream(new ArjFastTokens(packed), header.Size),
                _ => new LzhWindowStream(new LzhStaticTokens(packed, 15, 5), header.Size),
            };
    }

    private static bool Supported(ArjHeader header) => header.Method <= 4;

    private static string EncryptionName(ArjHeader? main) => main is { EncryptionVersion: > NewestGarble } ? "arj-gost" : "arj-garble";

    private static ReadOnlyMemory<byte> Packed(ReadOnlyMemory<byte> bytes, ArjHeader header)
    {
        var start = (int)Math.Min(header.DataStart, bytes.Length);
        return bytes.Slice(start, (int)Math.Min(header.PackedSize, bytes.Length - start));
    }

    private static byte[] Ungarble(ReadOnlySpan<byte> packed, byte modifier, string password)
    {
        var key = Encoding.UTF8.GetBytes(password);
        var plain = packed.ToArray();
        for (var i = 0; key.Length > 0 && i < plain.Length; i++)
        {
            plain[i] ^= (byte)(modifier + key[i % key.Length]);
        }

        return plain;
    }

    // Each header lies behind the one before, so that the walk ends.
    private static IEnumerable<ArjHeader> Headers(ReadOnlyMemory<byte> bytes, ArjHeader? main, List<Finding> findings)
    {
        if (main is null)
        {
            findings.Add(FindingCodes.Arj.Broken.At("the main header cannot be read"));
            yield break;
        }

        var at = main.DataStart;
        for (var count = 0; at < bytes.Length && !ArjHeader.IsEnd(bytes.Span[(int)at..]); count++)
        {
            if (count == MaxHeaders)
            {
                findings.Add(FindingCodes.Limits.Entries.At($"more than {MaxHeaders} entries"));
                yield break;
            }

            var header = ArjHeader.Read(bytes, at);
            if (header is null)
            {
                findings.Add(FindingCodes.Arj.Broken.At($"no header can be read at byte {at}"));
                yield break;
            }

            yield return header;
            at = header.DataStart + header.PackedSize;
        }

        if (at >= bytes.Length)
        {
            findings.Add(FindingCodes.Arj.Truncated.At($"{bytes.Length} bytes are there, more than {at} are needed"));
        }
    }

    private static IEnumerable<ContainerEntry> Entries(
        ReadOnlyMemory<byte> bytes,
        ArjHeader? main,
        string? password,
        List<Finding> findings
    )
    {
        foreach (var header in Headers(bytes, main, findings))
        {
            var notes = new List<Finding>();
            var name = EntryNames.Decode(header.Name.Span, unix: header.HostOs == 2, fallback: EntryNames.Japanese);
            var encrypted = (header.Flags & ArjHeader.FlagGarbled) != 0;
            var directory = header.Type == ArjHeader.TypeDirectory;
            if (!header.CrcOk)
            {
                notes.Add(FindingCodes.Arj.HeaderCrc.At(name.Text));
            }

            yield return new ContainerEntry
            {
                Name = EntryNames.Separate(name.Text),
                NameCharset = name.Charset,
                Size = header.Size,
                PackedSize = header.PackedSize,
                ModifiedAt = header.ModifiedAt,
                IsDirectory = directory,
                Encrypted = encrypted,
                Encryption = encrypted ? EncryptionName(main) : null,
                Method = header.Method.ToString(System.Globalization.CultureInfo.InvariantCulture),
                HostOs = header.HostName,
                Comment = header.Comment.IsEmpty ? null : EntryNames.Decode(header.Comment.Span, fallback: EntryNames.Japanese).Text,
                Open = directory ? null : Content(bytes, main, header, password, notes),
                Findings = notes,
            };
        }
    }

    private static Func<Stream>? Content(
        ReadOnlyMemory<byte> bytes,
        ArjHeader? main,
        ArjHeader header,
        string? password,
        List<Finding> notes
    )
    {
        var encrypted = (header.Flags & ArjHeader.FlagGarbled) != 0;
        if (!Supported(header))
        {
            notes.Add(FindingCodes.Arj.MethodUnsupported.At($"method {header.Method}"));
            return null;
        }

        if (encrypted && main is { EncryptionVersion: > NewestGarble })
        {
            notes.Add(FindingCodes.Arj.EncryptionUnsupported.At($"encryption version {main.EncryptionVersion}"));
            return null;
        }

        if (encrypted && string.IsNullOrEmpty(password))
        {
            return null;
        }

        if ((header.Flags & (ArjHeader.FlagVolume | ArjHeader.FlagContinued)) != 0)
        {
            notes.Add(
                FindingCodes.Arj.Volume.At(
                    (header.Flags & ArjHeader.FlagVolume) != 0 ? "goes on in the next volume" : "began in the volume before"
                )
            );
        }

        var packed = Packed(bytes, header);
        if (packed.Length < header.PackedSize)
        {
            notes.Add(FindingCodes.Arj.Truncated.At($"{packed.Length} of {header.PackedSize} packed bytes are there"));
        }

        return () => Unpack(header, packed, password);
    }
}

/// <summary>Method 4 ("fastest") of ARJ: no Huffman codes, lengths and distances in a unary-prefixed form.</summary>
internal sealed class ArjFastTokens(ReadOnlyMemory<byte> packed) : LzhTokens(packed)
{
    public override int Window => 1 << 15;

    public override int Next(long produced, out int value)
    {
        var length = Prefixed(0, 7);
        if (length == 0)
        {
            value = Bits.Read(8);
            return 0;
        }

        value = Prefixed(9, 13) + 1;
        return length + 2;
    }

    // Each leading 1 widens the number by a bit and puts it behind all narrower ones.
    private int Prefixed(int width, int widest)
    {
        var behind = 0;
        for (; width < widest && Bits.Read(1) == 1; width++)
        {
            behind += 1 << width;
        }

        return behind + Bits.Read(width);
    }
}

/// <summary>Tries passwords on the smallest locked member: its CRC-32 is the check.</summary>
internal sealed class ArjProbe(ArjHeader header, ReadOnlyMemory<byte> packed) : IPasswordProbe
{
    /// <summary>Members from this size on are not tried.</summary>
    public const uint LargestMember = 1 << 20;

    private const double MillisecondsPerKiB = 0.02;

    public double CostMilliseconds { get; } = MillisecondsPerKiB * (1 + (header.Size / 1024.0));

    public bool Conclusive => true;

    public bool Check(string password)
    {
        if (password.Length == 0)
        {
            return false;
        }

        try
        {
            using var content = ArjFormat.Unpack(header, packed, password);
            Span<byte> buffer = stackalloc byte[4096];
            while (content.Read(buffer) > 0)
            {
                // Only the checksum at the end matters.
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
