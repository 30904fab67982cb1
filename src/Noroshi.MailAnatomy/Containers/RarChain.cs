using System.Buffers.Binary;
using SharpCompress.Readers;
using SharpCompress.Readers.Rar;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// Packed RAR files that share a dictionary: one alone, or the run of a solid archive. The library that unpacks them never sees the
/// attacker's headers: it is given an archive with headers made here around the decrypted data.
/// </summary>
internal sealed class RarChain(ReadOnlyMemory<byte> archive, RarKeys? keys) : IDisposable
{
    /// <summary>Largest dictionary that is allocated.</summary>
    public const long MaxDictionary = 128L << 20;

    /// <summary>Bytes that are unpacked at most only to reach a later file of the run.</summary>
    private const long MaxSkipped = 512L << 20;

    private readonly List<RarFile> _files = [];
    private List<int> _starts = [];
    private ReadOnlyMemoryStream? _feed;
    private IReader? _reader;
    private int _next;
    private int? _rar5Dictionary;

    /// <summary>Whether the file can be the next of this run.</summary>
    public bool Takes(RarFile file) => _files.Count == 0 || (file.Solid && file.Rar5 == _files[0].Rar5);

    /// <summary>Adds a file.</summary>
    /// <returns>Its place in the run.</returns>
    public int Add(RarFile file)
    {
        _files.Add(file);
        return _files.Count - 1;
    }

    /// <summary>Bytes of dictionary the run needs.</summary>
    public long Dictionary => _files[0].Rar5 ? (128L << 10) << Rar5Dictionary() : 4L << 20;

    /// <summary>Opens the unpacked content of the file at a place; files before it are unpacked and dropped.</summary>
    public Stream Open(int place)
    {
        if (_reader is null || place < _next || _feed is null)
        {
            Start();
        }

        if (_reader is not { } reader || _feed is not { } feed)
        {
            throw new InvalidDataException("The archive cannot be opened.");
        }

        long skipped = 0;
        while (true)
        {
            // The unpacker may stop before or behind the end of the packed data; the place of the next header is known here.
            feed.Position = _starts[_next];
            if (!reader.MoveToNextEntry())
            {
                throw new InvalidDataException("The file is not reached.");
            }

            var stream = reader.OpenEntryStream();
            if (_next++ == place)
            {
                return new BorrowedStream(stream);
            }

            skipped += Skip(stream, _files[_next - 1].Size ?? MaxSkipped);
            if (skipped > MaxSkipped)
            {
                throw new InvalidDataException("Too much would be unpacked on the way to this file.");
            }
        }
    }

    /// <summary>Lets the made archive go; the reader is only forgotten, because disposing it would read on.</summary>
    public void Dispose()
    {
        _reader = null;
        _feed?.Dispose();
    }

    private static long Skip(Stream stream, long size)
    {
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (total < size)
        {
            var count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, size - total));
            if (count == 0)
            {
                break;
            }

            total += count;
            if (total > MaxSkipped)
            {
                break;
            }
        }

        return total;
    }

    private void Start()
    {
        using var made = new MemoryStream();
        _starts = [];
        if (_files[0].Rar5)
        {
            Make5(made);
        }
        else
        {
            Make4(made);
        }

        _feed = new ReadOnlyMemoryStream(made.ToArray());
        _reader = RarReader.OpenReader(_feed, new ReaderOptions { LeaveStreamOpen = true });
        _next = 0;

        // The first step reads the main header too, so it begins at the start.
        _starts[0] = 0;
    }

    private void Make4(MemoryStream made)
    {
        made.Write("Rar!\x1A\x07\0"u8);
        Span<byte> main = stackalloc byte[13];
        main.Clear();
        main[2] = 0x73;
        main[3] = (byte)(_files.Count > 1 ? 8 : 0);
        main[5] = 13;
        Seal4(main);
        made.Write(main);
        Span<byte> head = stackalloc byte[33];
        foreach (var file in _files)
        {
            var data = Data(file);
            head.Clear();
            head[2] = 0x74;
            var flags = 0x8000 | (file.Dictionary << 5) | (_starts.Count > 0 ? 0x10 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)flags);
            head[5] = 33;
            BinaryPrimitives.WriteUInt32LittleEndian(head[7..], (uint)data.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head[11..], (uint)Math.Min(file.Size ?? uint.MaxValue, uint.MaxValue));
            head[15] = 2;
            BinaryPrimitives.WriteUInt32LittleEndian(head[16..], file.Crc ?? 0);
            BinaryPrimitives.WriteUInt32LittleEndian(head[20..], 0x00210000);
            head[24] = (byte)file.Version;
            head[25] = (byte)(0x30 + file.Method);
            head[26] = 1;
            head[28] = 0x20;
            head[32] = (byte)'x';
            Seal4(head);
            _starts.Add((int)made.Length);
            made.Write(head);
            made.Write(data.Span);
        }
    }

    private static void Seal4(Span<byte> header) => BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)ArchiveCrc32.Of(header[2..]));

    private void Make5(MemoryStream made)
    {
        made.Write("Rar!\x1A\x07\x01\0"u8);
        Seal5(made, [1, 0, (byte)(_files.Count > 1 ? 4 : 0)]);
        var dictionary = (ulong)Rar5Dictionary();
        Span<byte> crc = stackalloc byte[4];
        foreach (var file in _files)
        {
            var data = Data(file);
            var head = new List<byte> { 2, 2 };
            Vint(head, (ulong)data.Length);
            Vint(head, file.Size is null ? 12u : 4u);
            Vint(head, (ulong)(file.Size ?? 0));
            head.Add(0x20);
            BinaryPrimitives.WriteUInt32LittleEndian(crc, file.Crc ?? 0);
            head.AddRange(crc);
            Vint(head, (_starts.Count > 0 ? 0x40u : 0) | ((ulong)file.Method << 7) | (dictionary << 10));
            head.AddRange([0, 1, (byte)'x']);
            _starts.Add((int)made.Length);
            Seal5(made, [.. head]);
            made.Write(data.Span);
        }
    }

    private static void Seal5(MemoryStream made, ReadOnlySpan<byte> header)
    {
        // All headers made here are shorter than 128 bytes, so their size is one byte.
        Span<byte> sealedHeader = stackalloc byte[128];
        sealedHeader[4] = (byte)header.Length;
        header.CopyTo(sealedHeader[5..]);
        BinaryPrimitives.WriteUInt32LittleEndian(sealedHeader, ArchiveCrc32.Of(sealedHeader[4..(5 + header.Length)]));
        made.Write(sealedHeader[..(5 + header.Length)]);
    }

    private static void Vint(List<byte> target, ulong value)
    {
        while (value > 0x7F)
        {
            target.Add((byte)(value | 0x80));
            value >>= 7;
        }

        target.Add((byte)value);
    }

    /// <summary>The stated dictionary, or a smaller one when all content fits into it; computed once, when the run is complete.</summary>
    private int Rar5Dictionary() => _rar5Dictionary ??= ComputeRar5Dictionary();

    private int ComputeRar5Dictionary()
    {
        var stated = _files.Max(file => file.Dictionary);
        long total = 0;
        foreach (var file in _files)
        {
            total = file.Size is { } size && size < MaxDictionary * 2 ? total + size : long.MaxValue / 2;
        }

        var enough = 1;
        while (enough < stated && (128L << 10) << enough < total)
        {
            enough++;
        }

        return Math.Min(stated, enough);
    }

    private ReadOnlyMemory<byte> Data(RarFile file) => RarContent.Plain(archive, file, keys);
}
