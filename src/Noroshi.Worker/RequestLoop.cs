using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Worker;

/// <summary>Answers requests one after the other until the hub closes the pipe.</summary>
internal sealed class RequestLoop(FrameWriter output)
{
    /// <summary>Bytes above which the heap is tidied after the answer, so that a reused worker stays small.</summary>
    private const int LargeInput = 16 << 20;

    public void Run()
    {
        Span<byte> prefix = stackalloc byte[WireProtocol.RequestPrefix];
        while (RawPipe.TryReadExactly(prefix))
        {
            if (!WireProtocol.TryReadRequestPrefix(prefix, out var headerLength, out var rawLength) || !Answer(headerLength, rawLength))
            {
                return;
            }
        }
    }

    /// <summary>False when the worker cannot go on.</summary>
    private bool Answer(int headerLength, int rawLength)
    {
        try
        {
            var header = new byte[headerLength];
            var raw = new byte[rawLength];
            if (!RawPipe.TryReadExactly(header) || !RawPipe.TryReadExactly(raw))
            {
                return false;
            }

            if (WireJson.ReadRequest(header) is not { } request)
            {
                Fault("bad-request", "");
                return false;
            }

            Dissector.Dissect(raw, request, Emit);
            output.Write(FrameKind.End, []);
        }
        catch (OutOfMemoryException)
        {
            Fault("out-of-memory", "");
            return false;
        }
        catch (Exception e)
        {
            // The library promises not to throw; when it does, the hub learns the type only: messages may quote the mail.
            Fault("exception", e.GetType().FullName ?? "");
            return false;
        }

        if (rawLength > LargeInput)
        {
            GC.Collect();
        }

        return true;
    }

    private void Emit(AnatomyFrame frame)
    {
        if (!output.Write(frame))
        {
            // Not an exception: the library may catch everything at its own borders.
            Fault("too-large", "");
            Native.Exit(0);
        }
    }

    private void Fault(string kind, string detail) => output.Write(FrameKind.Error, WireJson.Write(new WorkerFault(kind, detail)));
}
