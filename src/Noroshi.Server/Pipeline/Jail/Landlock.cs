using System.Runtime.InteropServices;
using System.Text;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>
/// What a worker may reach of the file system (Landlock, kernel 5.13 and later): its runtime, its own folder and the libraries, to read;
/// its program and the loader, to run; nothing to write. No TCP from ABI 4 on, no foreign abstract sockets and signals from ABI 6 on.
/// </summary>
internal static unsafe class Landlock
{
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int OPathCloexec = 0x200000 | Native.OCloexec;

    private const ulong Execute = 1 << 0;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadDir = 1 << 3;

    /// <summary>ABI of the kernel; 0 when it has no Landlock or it is switched off.</summary>
    public static int Abi()
    {
        const int versionFlag = 1;
        return (int)Math.Max(0, Native.Syscall(CreateRuleset, 0, 0, versionFlag, 0, 0, 0));
    }

    /// <summary>Makes a set of rules.</summary>
    /// <param name="abi">ABI of the kernel.</param>
    /// <param name="command">Whose files.</param>
    /// <param name="starting">
    /// With what only the start of a runtime reads: the C library looks for the stack in /proc/self/maps, and no rule can name a process
    /// that does not exist yet. The worker drops this at once by a second set without it. Memory and environment of foreign processes
    /// stay closed all the time, because Landlock refuses them as tracing.
    /// </param>
    /// <returns>Its descriptor; -1 when the kernel refuses.</returns>
    public static int Create(int abi, WorkerCommand command, bool starting)
    {
        if (abi < 1)
        {
            return -1;
        }

        var attributes = new RulesetAttributes
        {
            Files = abi switch
            {
                1 => (1UL << 13) - 1,
                2 => (1UL << 14) - 1,
                3 or 4 => (1UL << 15) - 1,
                _ => (1UL << 16) - 1,
            },
            Network = abi >= 4 ? 3UL : 0,
            Scopes = abi >= 6 ? 3UL : 0,
        };
        nint size = abi switch
        {
            >= 6 => 24,
            >= 4 => 16,
            _ => 8,
        };
        var set = (int)Native.Syscall(CreateRuleset, (nint)(&attributes), size, 0, 0, 0, 0);
        if (set < 0)
        {
            return -1;
        }

        foreach (var folder in command.ReadableFolders)
        {
            Allow(set, folder, ReadFile | ReadDir);
        }

        if (starting)
        {
            Allow(set, "/proc", ReadFile);
            Allow(set, "/sys/devices/system/cpu", ReadFile | ReadDir);
        }

        foreach (var file in command.ReadableFiles)
        {
            Allow(set, file, ReadFile);
        }

        foreach (var program in command.Programs)
        {
            Allow(set, program, ReadFile | Execute);
        }

        return set;
    }

    /// <summary>What does not exist here needs no rule; a rule that fails leaves the path closed.</summary>
    private static void Allow(int set, string path, ulong rights)
    {
        int target;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            target = Native.Open(name, OPathCloexec, 0);
        }

        if (target < 0)
        {
            return;
        }

        var rule = new PathRule { Rights = rights, Target = target };
        const int pathBeneath = 1;
        _ = Native.Syscall(AddRule, set, pathBeneath, (nint)(&rule), 0, 0, 0);
        _ = Native.Close(target);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RulesetAttributes
    {
        public ulong Files;
        public ulong Network;
        public ulong Scopes;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct PathRule
    {
        public ulong Rights;
        public int Target;
    }
}
