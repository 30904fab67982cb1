using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>Why the hub ended a worker.</summary>
internal enum KillReason
{
    None,
    Deadline,
    Memory,
    Cancelled,
}

/// <summary>One worker: its process, its pipes and what the watchdog needs to know.</summary>
internal sealed unsafe class WorkerProcess : IDisposable
{
    /// <summary>
    /// The worker's whole environment. Variables of the hub do not reach it: DOTNET_SYSTEM_GLOBALIZATION_INVARIANT would switch NFKC off.
    /// </summary>
    private static readonly string[] Environment =
    [
        "DOTNET_GCHeapHardLimit=10000000",
        "DOTNET_gcServer=0",
        "DOTNET_gcConcurrent=0",
        "DOTNET_EnableWriteXorExecute=0",
        "DOTNET_EnableDiagnostics=0",
        "DOTNET_TieredPGO=0",
        "DOTNET_TC_BackgroundWorkerTimeoutMs=7fffffff",
        "LANG=C.UTF-8",
    ];

    private readonly Lock _gate = new();
    private readonly int _pid;
    private readonly FileStream _requests;
    private readonly FileStream _answers;
    private long _deadline = long.MaxValue;
    private bool _reaped;

    private WorkerProcess(int pid, FileStream requests, FileStream answers)
    {
        _pid = pid;
        _requests = requests;
        _answers = answers;
    }

    /// <summary>Process id; valid until <see cref="End"/>.</summary>
    public int Pid => _pid;

    /// <summary>What the worker said of its jail.</summary>
    public WorkerHello? Hello { get; private set; }

    /// <summary>Requests sent.</summary>
    public int Requests { get; private set; }

    /// <summary>A fresh one shall take its place.</summary>
    public bool Tainted { get; set; }

    /// <summary>Why it was killed.</summary>
    public KillReason Killed { get; private set; }

    /// <summary>Starts a worker; its hello has still to be read.</summary>
    public static WorkerProcess Start(Spawner spawner, WorkerCommand command, params ReadOnlySpan<string> more)
    {
        var (childInput, requests) = Spawner.MakePipe();
        var (answers, childOutput) = Spawner.MakePipe();
        var nowhere = -1;
        try
        {
            // Fewer switches between the processes when a mail fits a pipe; the kernel may say no.
            _ = Native.Fcntl(requests, Native.FSetPipeSize, 1 << 20);
            _ = Native.Fcntl(answers, Native.FSetPipeSize, 1 << 20);
            fixed (byte* name = "/dev/null\0"u8)
            {
                const int writeOnly = 1;
                nowhere = Native.Open(name, writeOnly | Native.OCloexec, 0);
            }

            var pid = spawner.Start(
                [command.Program, .. command.Arguments, .. more],
                Environment,
                childInput,
                childOutput,
                nowhere >= 0 ? nowhere : childOutput
            );
            return new WorkerProcess(pid, Open(requests, FileAccess.Write, 0), Open(answers, FileAccess.Read, 64 << 10));
        }
        catch
        {
            _ = Native.Close(requests);
            _ = Native.Close(answers);
            throw;
        }
        finally
        {
            _ = Native.Close(childInput);
            _ = Native.Close(childOutput);
            _ = Native.Close(nowhere);
        }
    }

    /// <summary>Reads the first frame.</summary>
    /// <returns>False when there is none of this protocol.</returns>
    public bool ReadHello()
    {
        Hello = ReadFrame() is { Kind: FrameKind.Hello } frame ? WireJson.ReadHello(frame.Payload) : null;
        return Hello is { Protocol: WorkerHello.CurrentProtocol };
    }

    /// <summary>Sends a request.</summary>
    /// <exception cref="IOException">The worker is gone.</exception>
    public void Send(ReadOnlySpan<byte> header, ReadOnlySpan<byte> raw)
    {
        Requests++;
        var prefix = new byte[WireProtocol.RequestPrefix + header.Length];
        WireProtocol.WriteRequestPrefix(prefix, header.Length, raw.Length);
        header.CopyTo(prefix.AsSpan(WireProtocol.RequestPrefix));
        _requests.Write(prefix);
        _requests.Write(raw);
    }

    /// <summary>Reads a frame; null at the end of the pipe. A frame that breaks the protocol has kind 0.</summary>
    public RawFrame? ReadFrame()
    {
        Span<byte> prefix = stackalloc byte[WireProtocol.FramePrefix];
        try
        {
            if (_answers.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
            {
                return null;
            }

            if (!WireProtocol.TryReadFramePrefix(prefix, out var kind, out var length))
            {
                return new RawFrame(default, [], length > WireProtocol.MaxPayload);
            }

            var payload = length == 0 ? [] : new byte[length];
            _answers.ReadExactly(payload);
            return new RawFrame(kind, payload, TooLarge: false);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Everything up to the end of the pipe, at most 1 MiB: the report of the probes.</summary>
    public byte[] ReadRest()
    {
        using var rest = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while (rest.Length < (1 << 20) && (count = _answers.Read(buffer)) > 0)
        {
            rest.Write(buffer, 0, count);
        }

        return rest.ToArray();
    }

    /// <summary>Sets the time at which the watchdog kills, as <see cref="Watchdog.Now"/> counts.</summary>
    public void SetDeadline(long at) => Volatile.Write(ref _deadline, at);

    /// <summary>Gives the worker that much more processor time, counted from now; the kernel ends it after.</summary>
    public void AllowProcessorTime(TimeSpan time)
    {
        // CPU clock of another process: clock_getcpuclockid(3).
        Native.Timespec used;
        if (Native.ClockGetTime((~_pid << 3) | 2, &used) == 0)
        {
            var limit = new Native.Rlimit { Soft = (ulong)(used.Seconds + 2 + (long)time.TotalSeconds), Hard = ulong.MaxValue };
            _ = Native.Prlimit(_pid, Native.RlimitCpu, &limit, null);
        }
    }

    /// <summary>Kills when the deadline is over or the memory too much.</summary>
    public void Check(long now, long residentBytes)
    {
        if (now > Volatile.Read(ref _deadline))
        {
            Kill(KillReason.Deadline);
        }
        else if (ResidentBytes() > residentBytes)
        {
            Kill(KillReason.Memory);
        }
    }

    /// <summary>Ends the whole process at once.</summary>
    public void Kill(KillReason reason)
    {
        lock (_gate)
        {
            // Until it is reaped the number belongs to this worker, dead or alive.
            if (!_reaped)
            {
                Killed = Killed == KillReason.None ? reason : Killed;
                KillGroup();
            }
        }
    }

    /// <summary>Ends the worker if it still lives and says how it ended.</summary>
    public string End()
    {
        Volatile.Write(ref _deadline, long.MaxValue);
        lock (_gate)
        {
            if (_reaped)
            {
                return "ended";
            }

            // One that closed its pipe is about to exit: its own status tells more than our signal.
            var status = 0;
            var got = 0;
            for (var i = 0; i < 50 && Killed == KillReason.None && (got = Native.WaitPid(_pid, &status, 1)) == 0; i++)
            {
                Thread.Sleep(1);
            }

            if (got == 0)
            {
                KillGroup();
                while ((got = Native.WaitPid(_pid, &status, 0)) < 0 && Marshal.GetLastPInvokeError() == 4) { }
            }

            _reaped = true;
            return got != _pid ? "unknown"
                : (status & 0x7f) != 0 ? $"signal {status & 0x7f}"
                : $"exit code {(status >> 8) & 0xff}";
        }
    }

    public void Dispose()
    {
        Kill(KillReason.Cancelled);
        _ = End();
        _requests.Dispose();
        _answers.Dispose();
    }

    /// <summary>A worker leads a group of its own; a jailed one cannot have children, one without a filter could.</summary>
    private void KillGroup()
    {
        _ = Native.Kill(-_pid, Native.SigKill);
        _ = Native.Kill(_pid, Native.SigKill);
    }

    private static FileStream Open(int descriptor, FileAccess access, int buffer) =>
        new(new SafeFileHandle(descriptor, ownsHandle: true), access, buffer, isAsync: false);

    private long ResidentBytes()
    {
        try
        {
            Span<byte> text = stackalloc byte[128];
            using var file = File.OpenHandle($"/proc/{_pid}/statm");
            text = text[..RandomAccess.Read(file, text, 0)];
            var size = text.IndexOf((byte)' ');
            return size >= 0 && System.Buffers.Text.Utf8Parser.TryParse(text[(size + 1)..], out long pages, out _)
                ? pages * System.Environment.SystemPageSize
                : 0;
        }
        catch (IOException)
        {
            return 0;
        }
        catch (UnauthorizedAccessException)
        {
            return 0;
        }
    }
}

/// <summary>A frame as it came.</summary>
/// <param name="Kind">0 when prefix breaks the protocol.</param>
/// <param name="Payload">Bytes.</param>
/// <param name="TooLarge">It was its length that broke the protocol.</param>
internal sealed record RawFrame(FrameKind Kind, byte[] Payload, bool TooLarge);
