using System.Buffers;
using System.Text.Json;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Fuzz.Targets;

/// <summary>What holds for every dissection: the hub can read what the worker sends, and the raw digest is that of the input.</summary>
internal sealed class FrameCheck
{
    /// <summary>Small enough that no change can make a try long.</summary>
    private static readonly DissectionRequest Request = new()
    {
        Name = "fuzz",
        MaxBytes = 4 << 20,
        MaxEntries = 300,
        MaxDepth = 5,
        PasswordBudgetMilliseconds = 20,
        Estate = new OwnEstate(["mx.power-a.example"], ["192.0.2.0/24"], ["power-a.example"]),
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(64 << 10);

    public void Dissect(byte[] bytes, InputKind kind, string name)
    {
        var frames = 0;
        Dissector.Dissect(
            bytes,
            Request with
            {
                Kind = kind,
                Name = name,
            },
            frame =>
            {
                frames++;
                Check(frame, bytes);
            }
        );
        Hold(frames > 0 || kind == InputKind.Auto, "no frame");
    }

    private void Check(AnatomyFrame frame, byte[] bytes)
    {
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { MaxDepth = JsonGuard.MaxDepth, SkipValidation = true }))
        {
            WireJson.Write(writer, frame);
        }

        if (_buffer.WrittenCount <= WireProtocol.MaxPayload)
        {
            Hold(WireJson.ReadFrame(_buffer.WrittenSpan) is not null, "the hub cannot read the frame");
        }

        if (frame.Member.Length == 0)
        {
            Hold((frame.Mail?.Sha256 ?? frame.File?.Sha256) == Hashes.Sha256Of(bytes), "another digest");
        }
    }

    private static void Hold(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
