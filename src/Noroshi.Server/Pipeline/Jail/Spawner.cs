using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>
/// Starts workers from one thread that has restricted itself. Landlock and no_new_privs belong to a thread and go to its children, so a
/// worker is born with both on all its threads and pays no second start.
/// <para>
/// The thread must never run anything else: a thread that the runtime made from it (pool, timer, tiered compiler) would be jailed too and
/// fail to load an assembly one day. Therefore it runs a single method, compiled once, that talks over pipes and unmanaged memory only.
/// </para>
/// </summary>
internal sealed unsafe class Spawner : IDisposable
{
    private const int RestrictSelf = 446;
    private const int PrSetNoNewPrivs = 38;

    private readonly Lock _gate = new();
    private readonly int _commands;
    private readonly int _answers;
    private readonly int _innerRules;
    private bool _closed;

    /// <summary>Starts the thread and restricts it.</summary>
    public Spawner(WorkerCommand command)
    {
        KeepInheritedDescriptors();
        var (threadReads, commands) = MakePipe();
        var (answers, threadWrites) = MakePipe();
        _commands = commands;
        _answers = answers;
        var thread = new Thread(() => Loop(threadReads, threadWrites), 256 << 10) { IsBackground = true, Name = "noroshi-spawner" };
        thread.Start();

        // The first round loads and links all that the loop calls, while files can still be opened.
        Order order = default;
        byte nothing = 0;
        byte* none = null;
        order.Path = &nothing;
        order.Arguments = &none;
        order.Environment = &none;
        order.Kind = OrderKind.Spawn;
        Send(&order);

        LandlockAbi = Landlock.Abi();
        var rules = Landlock.Create(LandlockAbi, command, starting: true);
        _innerRules = Landlock.Create(LandlockAbi, command, starting: false);
        order.Kind = OrderKind.Restrict;
        order.Rules = rules;
        Send(&order);
        NoNewPrivileges = order.NoNewPrivileges == 0;
        LandlockHolds = rules >= 0 && order.Landlock == 0;
        if (rules >= 0)
        {
            _ = Native.Close(rules);
        }
    }

    /// <summary>ABI of Landlock in this kernel, 0 for none.</summary>
    public int LandlockAbi { get; }

    /// <summary>Workers are born restricted.</summary>
    public bool LandlockHolds { get; }

    /// <summary>The kernel accepted no_new_privs.</summary>
    public bool NoNewPrivileges { get; }

    /// <summary>Starts a program with these descriptors as its standard streams; all others close by themselves.</summary>
    /// <returns>The process id.</returns>
    /// <exception cref="IOException">The kernel refused.</exception>
    public int Start(IReadOnlyList<string> arguments, IReadOnlyList<string> environment, int input, int output, int error)
    {
        var block = NativeMemory.AllocZeroed(4096);
        var actions = block;
        var attributes = (byte*)block + 1024;
        var signals = (byte*)block + 2048;
        byte** argumentList = null;
        byte** environmentList = null;
        try
        {
            argumentList = MakeList(arguments);
            environmentList = MakeList(environment);
            _ = Native.FileActionsInit(actions);
            _ = Native.FileActionsAddDup2(actions, input, 0);
            _ = Native.FileActionsAddDup2(actions, output, 1);
            _ = Native.FileActionsAddDup2(actions, error, 2);
            if (_innerRules >= 0)
            {
                _ = Native.FileActionsAddDup2(actions, _innerRules, WireProtocol.RulesDescriptor);
            }

            _ = Native.AttributesInit(attributes);

            // An own process group keeps Ctrl-C at the hub; signal mask empty, SIGPIPE (13) back to its default.
            const short setGroup = 0x02,
                setSignalDefault = 0x04,
                setSignalMask = 0x08;
            _ = Native.AttributesSetSigMask(attributes, signals);
            *(ulong*)(signals + 256) = 1UL << 12;
            _ = Native.AttributesSetSigDefault(attributes, signals + 256);
            _ = Native.AttributesSetFlags(attributes, setGroup | setSignalDefault | setSignalMask);
            Order order = default;
            order.Kind = OrderKind.Spawn;
            order.Path = argumentList[0];
            order.Arguments = argumentList;
            order.Environment = environmentList;
            order.Actions = actions;
            order.Attributes = attributes;
            Send(&order);
            return order.Result == 0 ? order.Pid : throw new IOException($"The worker could not be started (errno {order.Result}).");
        }
        finally
        {
            _ = Native.FileActionsDestroy(actions);
            _ = Native.AttributesDestroy(attributes);
            FreeList(argumentList);
            FreeList(environmentList);
            NativeMemory.Free(block);
        }
    }

    /// <summary>Ends the thread; workers that still live die with it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _ = Native.Close(_commands);
                _ = Native.Close(_answers);
                _ = Native.Close(_innerRules);
            }
        }
    }

    /// <summary>
    /// What this process opens closes by itself in children; what it was born with (a lock or a log of the shell that started it) does not,
    /// and no jail takes an open descriptor away.
    /// </summary>
    private static void KeepInheritedDescriptors()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (
                int.TryParse(Path.GetFileName(entry.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > 2
            )
            {
                _ = Native.Fcntl(number, Native.FSetFd, Native.FdCloexec);
            }
        }
    }

    /// <summary>A pipe whose ends no child inherits.</summary>
    public static (int Read, int Write) MakePipe()
    {
        var pair = stackalloc int[2];
        return Native.Pipe2(pair, Native.OCloexec) == 0
            ? (pair[0], pair[1])
            : throw new IOException($"No pipe (errno {Marshal.GetLastPInvokeError()}).");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop(int commands, int answers)
    {
        Order* order;
        while (true)
        {
            var count = Native.Read(commands, &order, (nuint)sizeof(nint));
            if (count == 0)
            {
                break;
            }

            if (count != sizeof(nint))
            {
                continue;
            }

            if (order->Kind == OrderKind.Spawn)
            {
                int pid;
                order->Result = Native.PosixSpawn(
                    &pid,
                    order->Path,
                    order->Actions,
                    order->Attributes,
                    order->Arguments,
                    order->Environment
                );
                order->Pid = pid;
            }
            else
            {
                order->NoNewPrivileges = Native.Prctl(PrSetNoNewPrivs, 1, 0, 0, 0);
                order->Landlock = (int)Native.Syscall(RestrictSelf, order->Rules, 0, 0, 0, 0, 0);
            }

            _ = Native.Write(answers, &order, (nuint)sizeof(nint));
        }

        _ = Native.Close(commands);
        _ = Native.Close(answers);
    }

    private void Send(Order* order)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            nint done;
            nint count;
            if (Native.Write(_commands, &order, (nuint)sizeof(nint)) != sizeof(nint))
            {
                throw new IOException("The starter of workers is gone.");
            }

            do
            {
                count = Native.Read(_answers, &done, (nuint)sizeof(nint));
            } while (count < 0);
            if (count != sizeof(nint) || done != (nint)order)
            {
                throw new IOException("The starter of workers is gone.");
            }
        }
    }

    private static byte** MakeList(IReadOnlyList<string> texts)
    {
        var list = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return list;
    }

    private static void FreeList(byte** list)
    {
        for (var item = list; item is not null && *item is not null; item++)
        {
            Marshal.FreeCoTaskMem((nint)(*item));
        }

        NativeMemory.Free(list);
    }

    private enum OrderKind
    {
        Spawn,
        Restrict,
    }

    private struct Order
    {
        public OrderKind Kind;
        public int Result;
        public int Pid;
        public int Rules;
        public int NoNewPrivileges;
        public int Landlock;
        public byte* Path;
        public byte** Arguments;
        public byte** Environment;
        public void* Actions;
        public void* Attributes;
    }
}
