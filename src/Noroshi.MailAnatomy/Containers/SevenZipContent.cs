using System.Buffers.Binary;
using Noroshi.MailAnatomy.Findings;
using SharpCompress.Archives.SevenZip;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// The content of one 7z folder. The library that decodes it never sees the attacker's header: it is given an archive of this one folder
/// with the encryption already taken off and the dictionary no larger than the content.
/// </summary>
internal sealed class SevenZipContent(ReadOnlyMemory<byte> archive, SevenZipFolder folder, SevenZipKeys? keys) : IDisposable
{
    /// <summary>Memory a decoder may ask for.</summary>
    private const long MaxMemory = 128L << 20;

    /// <summary>Bytes that are decoded at most only to reach a later file.</summary>
    private const long MaxSkipped = 512L << 20;

    private BorrowedStream? _stream;

    /// <summary>Why the folder cannot be read; null when it can.</summary>
    public Finding? Refusal()
    {
        foreach (var coder in folder.Coders)
        {
            if (coder.Id == SevenZipCoder.Aes)
            {
                if (SevenZipKeys.ReadLock(coder.Properties) is not { } by)
                {
                    return FindingCodes.Container.Damaged.At("encryption properties");
                }

                if (!SevenZipKeys.Affordable(by))
                {
                    return FindingCodes.Container.KeyCost.At($"2^{by.Power} rounds");
                }
            }
            else if (!Known(coder.Id))
            {
                return FindingCodes.Container.Unsupported.At(coder.Name);
            }
        }

        if (folder.Encrypted && keys is null)
        {
            return FindingCodes.Container.PasswordNeeded.At("aes-256");
        }

        if (Memory() > MaxMemory)
        {
            return FindingCodes.Container.Memory.At($"{Memory() >> 20} MiB");
        }

        return folder.Streams.Exists(stream =>
            stream.Offset < 0 || stream.Offset > archive.Length || stream.Length > archive.Length - stream.Offset
        )
            ? FindingCodes.Container.Truncated.At("packed data")
            : null;
    }

    /// <summary>Opens the result of the folder at an offset; what lies before it is decoded and dropped.</summary>
    public Stream Open(long offset)
    {
        if (_stream is null || _stream.Count > offset)
        {
            _stream = new BorrowedStream(Decode());
        }

        if (offset - _stream.Count > MaxSkipped)
        {
            throw new InvalidDataException("Too much would be unpacked on the way to this file.");
        }

        var buffer = new byte[(int)Math.Min(64 * 1024, Math.Max(1, offset - _stream.Count))];
        while (_stream.Count < offset)
        {
            if (_stream.Read(buffer, 0, (int)Math.Min(buffer.Length, offset - _stream.Count)) == 0)
            {
                throw new InvalidDataException("The folder ends too early.");
            }
        }

        return _stream;
    }

    /// <summary>Forgets the decoder.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>The whole result, checked; null when it fails or is longer than the limit.</summary>
    public byte[]? ReadAll(int limit) =>
        folder.Size > limit
            ? null
            : Streams.ReadAll(() => new VerifiedStream(Decode, new Expected(folder.Size, folder.Crc), stopAtSize: true), limit);

    private static bool Known(ulong id) =>
        id
            is 0
                or 3
                or 0xA
                or 0xB
                or SevenZipCoder.Lzma
                or SevenZipCoder.Lzma2
                or SevenZipCoder.Ppmd
                or 0x03030103
                or 0x0303011B
                or 0x03030205
                or 0x03030401
                or 0x03030501
                or 0x03030701
                or 0x03030805
                or 0x040108
                or 0x040202
                or 0x04F71101;

    private long Memory()
    {
        long total = 0;
        for (var i = 0; i < folder.Coders.Count; i++)
        {
            var coder = folder.Coders[i];
            total += coder.Id switch
            {
                SevenZipCoder.Lzma when coder.Properties.Length >= 5 => Math.Min(
                    BinaryPrimitives.ReadUInt32LittleEndian(coder.Properties.AsSpan(1)),
                    folder.Sizes[i]
                ),
                SevenZipCoder.Lzma2 when coder.Properties.Length >= 1 => Math.Min(Lzma2Dictionary(coder.Properties[0]), folder.Sizes[i]),
                SevenZipCoder.Ppmd when coder.Properties.Length >= 5 => BinaryPrimitives.ReadUInt32LittleEndian(coder.Properties.AsSpan(1)),
                _ => 0,
            };
        }

        return total;
    }

    private static long Lzma2Dictionary(int property) =>
        property >= 40 ? uint.MaxValue : (2L | (uint)(property & 1)) << ((property / 2) + 11);

    private Stream Decode()
    {
        var single = Isolate();
        var opened = SevenZipArchive.OpenArchive(new ReadOnlyMemoryStream(single));
        return opened.Entries.First().OpenEntryStream();
    }

    /// <summary>A 7z archive of this folder alone: decrypted packed streams, then a header with one file of the whole result.</summary>
    private byte[] Isolate()
    {
        var coders = folder.Coders.ToList();
        var binds = folder.Binds.ToList();
        var packed = folder.Packed.ToList();
        var sizes = folder.Sizes.ToList();
        var data = folder.Streams.ConvertAll(stream => archive.Slice((int)stream.Offset, (int)stream.Length));
        for (var index = coders.Count - 1; index >= 0; index--)
        {
            if (coders[index].Id == SevenZipCoder.Aes)
            {
                TakeOffLock(index, coders, binds, packed, sizes, data);
            }
        }

        using var body = new MemoryStream();
        body.Write(new byte[32]);
        foreach (var stream in data)
        {
            body.Write(stream.Span);
        }

        var headerAt = body.Length;
        WriteHeader(body, coders, binds, packed, sizes, data);
        var made = body.ToArray();
        var header = made.AsSpan((int)headerAt);
        byte[] signature = [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4];
        signature.CopyTo(made, 0);
        BinaryPrimitives.WriteInt64LittleEndian(made.AsSpan(12), headerAt - 32);
        BinaryPrimitives.WriteInt64LittleEndian(made.AsSpan(20), header.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(28), ArchiveCrc32.Of(header));
        BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(8), ArchiveCrc32.Of(made.AsSpan(12, 20)));
        return made;
    }

    /// <summary>Decrypts the packed stream behind an AES coder and removes the coder, or makes it a copy when it stands alone.</summary>
    private void TakeOffLock(
        int index,
        List<SevenZipCoder> coders,
        List<(int In, int Out)> binds,
        List<int> packed,
        List<long> sizes,
        List<ReadOnlyMemory<byte>> data
    )
    {
        var input = coders.Take(index).Sum(coder => coder.Inputs);
        var place = packed.IndexOf(input);
        if (place < 0 || keys is null || SevenZipKeys.ReadLock(coders[index].Properties) is not { } by)
        {
            throw new InvalidDataException("The encryption stands in an unknown place.");
        }

        var plain = keys.Derive(by).Decrypt(data[place].Span);
        data[place] = plain.AsMemory(0, (int)Math.Min(plain.Length, sizes[index]));
        var bind = binds.FindIndex(pair => pair.Out == index);
        if (bind < 0)
        {
            coders[index] = new SevenZipCoder(0, 1, 1, []);
            return;
        }

        packed[place] = binds[bind].In;
        binds.RemoveAt(bind);
        coders.RemoveAt(index);
        sizes.RemoveAt(index);
        for (var i = 0; i < packed.Count; i++)
        {
            packed[i] -= packed[i] > input ? 1 : 0;
        }

        for (var i = 0; i < binds.Count; i++)
        {
            var (inStream, outStream) = binds[i];
            binds[i] = (inStream > input ? inStream - 1 : inStream, outStream > index ? outStream - 1 : outStream);
        }
    }

    private static void WriteHeader(
        MemoryStream target,
        List<SevenZipCoder> coders,
        List<(int In, int Out)> binds,
        List<int> packed,
        List<long> sizes,
        List<ReadOnlyMemory<byte>> data
    )
    {
        target.Write([1, 4, 6, 0]);
        Number(target, data.Count);
        target.WriteByte(9);
        foreach (var stream in data)
        {
            Number(target, stream.Length);
        }

        target.Write([0, 7, 11, 1, 0]);
        Number(target, coders.Count);
        for (var i = 0; i < coders.Count; i++)
        {
            WriteCoder(target, coders[i], sizes[i]);
        }

        foreach (var (inStream, outStream) in binds)
        {
            Number(target, inStream);
            Number(target, outStream);
        }

        if (packed.Count > 1)
        {
            foreach (var stream in packed)
            {
                Number(target, stream);
            }
        }

        target.WriteByte(12);
        foreach (var size in sizes)
        {
            Number(target, size);
        }

        // End of folders, parts as the folders are, end of streams; one file named x.
        target.Write([0, 8, 0, 0, 5, 1, 17, 5, 0, (byte)'x', 0, 0, 0, 0, 0]);
    }

    private static void WriteCoder(MemoryStream target, SevenZipCoder coder, long size)
    {
        var properties = Clamp(coder, size);
        Span<byte> id = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(id, coder.Id);
        var first = id.IndexOfAnyExcept((byte)0);
        var used = first < 0 ? id[7..] : id[first..];
        target.WriteByte((byte)(used.Length | (coder.Inputs != 1 ? 0x10 : 0) | (properties.Length > 0 ? 0x20 : 0)));
        target.Write(used);
        if (coder.Inputs != 1)
        {
            Number(target, coder.Inputs);
            Number(target, 1);
        }

        if (properties.Length > 0)
        {
            Number(target, properties.Length);
            target.Write(properties);
        }
    }

    private static byte[] Clamp(SevenZipCoder coder, long size)
    {
        var properties = (byte[])coder.Properties.Clone();
        if (coder.Id == SevenZipCoder.Lzma && properties.Length >= 5)
        {
            var dictionary = BinaryPrimitives.ReadUInt32LittleEndian(properties.AsSpan(1));
            BinaryPrimitives.WriteUInt32LittleEndian(
                properties.AsSpan(1),
                (uint)Math.Min(dictionary, Math.Clamp(size, 1 << 16, MaxMemory))
            );
        }
        else if (coder.Id == SevenZipCoder.Lzma2 && properties.Length >= 1)
        {
            while (properties[0] > 8 && Lzma2Dictionary(properties[0] - 1) >= size)
            {
                properties[0]--;
            }
        }

        return properties;
    }

    private static void Number(MemoryStream target, long value)
    {
        // The longest form is always legal: a byte of ones, then eight bytes.
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 0xFF;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], value);
        target.Write(bytes);
    }
}
