using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Worker;

/// <summary>Puts frames together in one buffer that is used again, and hands them on whole.</summary>
/// <param name="send">Takes prefix and payload; false when nobody listens any more.</param>
internal sealed class FrameWriter(Func<ReadOnlySpan<byte>, bool> send) : IDisposable
{
    /// <summary>A buffer that grew past this for one frame is given back.</summary>
    private const int KeptCapacity = 1 << 20;

    private ArrayBufferWriter<byte> _buffer = new(64 << 10);
    private readonly Utf8JsonWriter _json = new(
        Stream.Null,
        new JsonWriterOptions
        {
            MaxDepth = JsonGuard.MaxDepth,
            SkipValidation = true,
            // Nothing but the hub's strict reader sees it; the default would make six bytes of each Japanese character.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>Sends facts.</summary>
    /// <returns>False when they are larger than a frame may be; then nothing was sent.</returns>
    public bool Write(AnatomyFrame frame)
    {
        _buffer.ResetWrittenCount();
        _buffer.GetSpan(WireProtocol.FramePrefix);
        _buffer.Advance(WireProtocol.FramePrefix);
        _json.Reset(_buffer);
        WireJson.Write(_json, frame);
        _json.Flush();
        var length = _buffer.WrittenCount - WireProtocol.FramePrefix;
        var fits = length <= WireProtocol.MaxPayload;
        if (fits)
        {
            SendWritten(FrameKind.Facts, length);
        }

        if (_buffer.Capacity > KeptCapacity)
        {
            _buffer = new ArrayBufferWriter<byte>(64 << 10);
        }

        return fits;
    }

    /// <summary>Sends a frame of another kind.</summary>
    public void Write(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        _buffer.ResetWrittenCount();
        _buffer.GetSpan(WireProtocol.FramePrefix);
        _buffer.Advance(WireProtocol.FramePrefix);
        _buffer.Write(payload);
        SendWritten(kind, payload.Length);
    }

    public void Dispose() => _json.Dispose();

    private void SendWritten(FrameKind kind, int length)
    {
        // The prefix is known only now; the buffer hands its bytes out for reading, so it is written through a copy of the memory.
        var written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory).Span;
        WireProtocol.WriteFramePrefix(written, kind, length);
        if (!send(written))
        {
            Native.Exit(0);
        }
    }
}
