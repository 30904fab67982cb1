using System.Buffers.Binary;
using System.IO.Compression;
using Noroshi.MailAnatomy.Findings;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Deflate64;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.PPMd;
using SharpCompress.Compressors.Xz;
using SingleZip = SharpCompress.Archives.Zip.ZipArchive;
using ZstdStream = SharpCompress.Compressors.ZStandard.DecompressionStream;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>The content of ZIP entries: decrypted here, decoded by the method's decoder, checked at the end.</summary>
internal static class ZipContent
{
    /// <summary>Memory a decoder may ask for.</summary>
    private const long MaxMemory = 64L << 20;

    /// <summary>The bytes of an entry as stored, decrypted when needed.</summary>
    /// <param name="Data">Compressed bytes.</param>
    /// <param name="WrongAtEnd">What is wrong with the authentication code; null when nothing.</param>
    internal sealed record Plain(ReadOnlyMemory<byte> Data, string? WrongAtEnd);

    /// <summary>Says at the end of the content what was wrong with its authentication code.</summary>
    private sealed class CodeCheck(string? wrong) : ContentCheck
    {
        public override string? Wrong(uint crc32) => wrong;
    }

    /// <summary>The opener of an entry; null when it cannot be read, and the finding that says why is added.</summary>
    public static Func<Stream>? Opener(ReadOnlyMemory<byte> archive, ZipRecord record, string? password, List<Finding> findings)
    {
        if (record.IsDirectory)
        {
            return null;
        }

        if (record.DataOffset < 0 || record.Packed is not { } packed || record.DataOffset > archive.Length)
        {
            if (!findings.Exists(finding => finding.Code == FindingCodes.Container.VolumeMissing.Code))
            {
                findings.Add(FindingCodes.Container.Damaged.At($"no local header at {record.LocalOffset}"));
            }

            return null;
        }

        var available = archive.Length - record.DataOffset;
        if (packed > available)
        {
            findings.Add(FindingCodes.Container.Truncated.At($"{packed} bytes stated, {available} left"));
        }

        var data = archive.Slice((int)record.DataOffset, (int)Math.Min(packed, available));
        if (Refusal(record, data.Span) is { } refusal)
        {
            findings.Add(refusal);
            return null;
        }

        if (!record.Encrypted)
        {
            return () => Open(record, new Plain(data, null));
        }

        if (password is null)
        {
            findings.Add(FindingCodes.Container.PasswordNeeded.At(record.Encryption ?? ""));
            return null;
        }

        // Deriving is paid once here; the decrypted bytes are made when the entry is read.
        foreach (var reading in ZipPasswords.Readings(password))
        {
            if (Fits(record, data.Span, reading))
            {
                return () => Open(record, Decrypt(record, data, reading));
            }
        }

        findings.Add(FindingCodes.Container.PasswordWrong.At(record.Encryption ?? ""));
        return null;
    }

    /// <summary>Whether the check bytes in front of the data fit: one byte for the old cipher, two for AES.</summary>
    public static bool Fits(ZipRecord record, ReadOnlySpan<byte> data, ReadOnlySpan<byte> password)
    {
        if (record.Aes is { } aes)
        {
            return ZipAesKeys.Derive(data, aes.KeyBits, password) is not null;
        }

        if (data.Length < ZipCrypto.HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[ZipCrypto.HeaderLength];
        new ZipCrypto(password).Decrypt(data[..ZipCrypto.HeaderLength], header);

        // The check byte is the high byte of the CRC, or of the DOS time when the CRC came after the data.
        var byTime = (byte)((record.DosTime >> 8) & 0xFF);
        var byCrc = (byte)(record.Crc >> 24);
        return record.Descriptor ? header[11] == byTime || header[11] == byCrc : header[11] == byCrc;
    }

    /// <summary>Decrypts the data of an entry with a password that fits.</summary>
    public static Plain Decrypt(ZipRecord record, ReadOnlyMemory<byte> data, ReadOnlySpan<byte> password)
    {
        if (record.Aes is { } aes)
        {
            if (ZipAesKeys.Derive(data.Span, aes.KeyBits, password) is not { } keys)
            {
                throw new InvalidDataException("The password check fails.");
            }

            var start = ZipAesKeys.HeaderLength(aes.KeyBits);
            var cipherText = data.Span[start..^ZipAesKeys.CodeLength];
            var authentic = keys.Authentic(cipherText, data.Span[^ZipAesKeys.CodeLength..]);
            return new Plain(keys.Decrypt(cipherText), authentic ? null : "Wrong authentication code.");
        }

        var plain = new byte[data.Length];
        new ZipCrypto(password).Decrypt(data.Span, plain);
        return new Plain(plain.AsMemory(Math.Min(plain.Length, ZipCrypto.HeaderLength)), null);
    }

    /// <summary>Opens the decrypted bytes of an entry.</summary>
    public static Stream Open(ZipRecord record, Plain plain)
    {
        // AE-2 stores no checksum: its authentication code is the check.
        var crc = record.Aes is { Version: 2 } || (record.Crc == 0 && record.Size is null) ? (uint?)null : record.Crc;
        var endless = record.Method is 1 or 2 or 3 or 4 or 5 or 6 or 14 or 98;
        return new VerifiedStream(
            () => Decoder(record, plain.Data),
            new Expected(record.Size, crc),
            endless,
            new CodeCheck(plain.WrongAtEnd)
        );
    }

    private static Finding? Refusal(ZipRecord record, ReadOnlySpan<byte> data)
    {
        if (record.StrongEncryption)
        {
            return FindingCodes.Container.Unsupported.At("PKWARE strong encryption");
        }

        if (record.Method is not (>= 0 and <= 6 or 8 or 9 or 12 or 14 or 93 or 95 or 98))
        {
            return FindingCodes.Container.Unsupported.At(ZipWords.Method(record.Method));
        }

        if (record.Encrypted)
        {
            return null;
        }

        return Memory(record, data) > MaxMemory ? FindingCodes.Container.Memory.At(ZipWords.Method(record.Method)) : null;
    }

    /// <summary>Bytes the decoder of the plain data would allocate.</summary>
    private static long Memory(ZipRecord record, ReadOnlySpan<byte> data) =>
        record.Method switch
        {
            14 when data.Length >= 9 => Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data[5..]), record.Size ?? long.MaxValue),
            98 when data.Length >= 2 => (((BinaryPrimitives.ReadUInt16LittleEndian(data) >> 4) & 0xFF) + 1L) << 20,
            _ => 0,
        };

    private static Stream Decoder(ZipRecord record, ReadOnlyMemory<byte> data)
    {
        if (record.Encrypted && Memory(record, data.Span) > MaxMemory)
        {
            throw new InvalidDataException("The decoder would need too much memory.");
        }

        var input = new ReadOnlyMemoryStream(data);
        return record.Method switch
        {
            0 => input,
            8 => new DeflateStream(input, CompressionMode.Decompress),
            9 => new Deflate64Stream(input, SharpCompress.Compressors.CompressionMode.Decompress),
            12 => BZip2Stream.Create(input, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: false),
            14 => Lzma(record, data),
            93 => new ZstdStream(input),
            95 => new XZStream(input),
            98 => Ppmd(data),
            _ => Legacy(record, data),
        };
    }

    private static LzmaStream Lzma(ZipRecord record, ReadOnlyMemory<byte> data)
    {
        var span = data.Span;
        if (span.Length < 9 || BinaryPrimitives.ReadUInt16LittleEndian(span[2..]) != 5)
        {
            throw new InvalidDataException("The LZMA header is cut.");
        }

        var properties = span.Slice(4, 5).ToArray();
        ClampDictionary(properties, record.Size ?? MaxMemory);
        var known = (record.Flags & 2) == 0 && record.Size is not null;
        return LzmaStream.Create(properties, new ReadOnlyMemoryStream(data[9..]), data.Length - 9, known ? record.Size ?? -1 : -1);
    }

    /// <summary>A dictionary larger than the content is never looked at, so it need not be allocated.</summary>
    public static void ClampDictionary(Span<byte> properties, long size)
    {
        var dictionary = BinaryPrimitives.ReadUInt32LittleEndian(properties[1..]);
        var clamped = (uint)Math.Min(dictionary, Math.Clamp(size, 1 << 16, MaxMemory));
        BinaryPrimitives.WriteUInt32LittleEndian(properties[1..], clamped);
    }

    private static PpmdStream Ppmd(ReadOnlyMemory<byte> data)
    {
        if (data.Length < 2)
        {
            throw new InvalidDataException("The PPMd header is cut.");
        }

        return PpmdStream.Create(new PpmdProperties(data.Span[..2]), new ReadOnlyMemoryStream(data[2..]), compress: false);
    }

    /// <summary>Shrink, reduce and implode: their decoders are reached only through an archive, so one of a single entry is made.</summary>
    private static Stream Legacy(ZipRecord record, ReadOnlyMemory<byte> data)
    {
        if (record.Size is not { } size || size > MaxMemory || size / 1_024 > data.Length + 1L)
        {
            throw new InvalidDataException("The size is missing or absurd.");
        }

        var single = new byte[30 + 1 + data.Length + 46 + 1 + 22];
        var central = 31 + data.Length;
        WriteCommon(single, 0, 0x04034B50, 4, record, data.Length);
        single[30] = (byte)'x';
        data.Span.CopyTo(single.AsSpan(31));
        WriteCommon(single, central, 0x02014B50, 6, record, data.Length);
        single[central + 46] = (byte)'x';
        var end = single.AsSpan(central + 47);
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], 47);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)central);
        var archive = SingleZip.OpenArchive(new ReadOnlyMemoryStream(single));
        return archive.Entries.First().OpenEntryStream();
    }

    private static void WriteCommon(Span<byte> target, int at, uint signature, int common, ZipRecord record, int packed)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target[at..], signature);
        var fields = target[(at + common)..];
        BinaryPrimitives.WriteUInt16LittleEndian(fields, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], (ushort)(record.Flags & 6));
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], (ushort)record.Method);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], record.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], (uint)packed);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], (uint)(record.Size ?? 0));
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], 1);
    }
}
