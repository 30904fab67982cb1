using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.Wire;

/// <summary>What a frame from the worker holds.</summary>
public enum FrameKind : byte
{
    /// <summary>First frame of a worker: <see cref="WorkerHello"/>.</summary>
    Hello = 1,

    /// <summary>An <see cref="AnatomyFrame"/>.</summary>
    Facts = 2,

    /// <summary>The request is done; no payload.</summary>
    End = 3,

    /// <summary>The request ended with a fault of the worker itself: <see cref="WorkerFault"/>. The worker exits.</summary>
    Error = 4,
}

/// <summary>
/// The protocol between hub and worker over two pipes. All numbers are little-endian.
/// Request: <c>u32</c> length of the header, <c>i64</c> length of the raw bytes, header (JSON of <see cref="DissectionRequest"/>), raw bytes.
/// Answer: frames of <c>u32</c> payload length, <c>u8</c> kind, payload (JSON).
/// </summary>
public static class WireProtocol
{
    /// <summary>Descriptor on which a worker is born with the Landlock rules that it puts on itself first of all.</summary>
    public const int RulesDescriptor = 3;

    /// <summary>Bytes before a request's header.</summary>
    public const int RequestPrefix = 12;

    /// <summary>Bytes before a frame's payload.</summary>
    public const int FramePrefix = 5;

    /// <summary>Largest payload of a frame: 16 MiB.</summary>
    public const int MaxPayload = 16 << 20;

    /// <summary>Largest header of a request: 16 MiB (candidates are bounded far below).</summary>
    public const int MaxRequestHeader = 16 << 20;

    /// <summary>Largest input: what one managed array holds, less some room.</summary>
    public const int MaxRaw = int.MaxValue - (1 << 20);

    /// <summary>Writes the prefix of a request.</summary>
    public static void WriteRequestPrefix(Span<byte> prefix, int headerLength, long rawLength)
    {
        BinaryPrimitives.WriteInt32LittleEndian(prefix, headerLength);
        BinaryPrimitives.WriteInt64LittleEndian(prefix[4..], rawLength);
    }

    /// <summary>Reads the prefix of a request; false when a length is out of bounds.</summary>
    public static bool TryReadRequestPrefix(ReadOnlySpan<byte> prefix, out int headerLength, out int rawLength)
    {
        headerLength = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        var raw = BinaryPrimitives.ReadInt64LittleEndian(prefix[4..]);
        rawLength = raw is >= 0 and <= MaxRaw ? (int)raw : -1;
        return headerLength is >= 0 and <= MaxRequestHeader && rawLength >= 0;
    }

    /// <summary>Writes the prefix of a frame.</summary>
    public static void WriteFramePrefix(Span<byte> prefix, FrameKind kind, int payloadLength)
    {
        BinaryPrimitives.WriteInt32LittleEndian(prefix, payloadLength);
        prefix[4] = (byte)kind;
    }

    /// <summary>Reads the prefix of a frame; false when kind or length is out of bounds.</summary>
    public static bool TryReadFramePrefix(ReadOnlySpan<byte> prefix, out FrameKind kind, out int payloadLength)
    {
        payloadLength = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        kind = (FrameKind)prefix[4];
        return payloadLength is >= 0 and <= MaxPayload && kind is >= FrameKind.Hello and <= FrameKind.Error;
    }
}
