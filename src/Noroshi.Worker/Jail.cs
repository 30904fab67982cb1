using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Worker;

/// <summary>
/// Closes the jail around this process. Landlock is there from birth (the hub restricts the thread that starts workers); here follow
/// resource limits, the system call filter and the proofs by trying.
/// </summary>
internal static unsafe class Jail
{
    private const ulong Mib = 1 << 20;
    private const int RlimitFsize = 1;
    private const int RlimitData = 2;
    private const int RlimitCore = 4;
    private const int RlimitNofile = 7;
    private const int RlimitAs = 9;
    private const int RlimitMsgqueue = 12;

    private static int _restricted;

    private static bool IsAot => !RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>Dies with the hub: asked for before anything else.</summary>
    public static void DieWithTheHub() => _ = Native.Prctl(Native.PrSetPdeathsig, 9, 0, 0, 0);

    /// <summary>
    /// Puts the inner Landlock rules on the threads there are, before any other is made: this one, and the one that runs finalizers.
    /// What they start inherits them.
    /// </summary>
    public static void PutOnInnerRules()
    {
        Restrict();
        MakeGarbage();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = Native.Close(WireProtocol.RulesDescriptor);
    }

    /// <summary>Closes the jail for good and says what of it holds.</summary>
    public static WorkerHello Close()
    {
        var missing = new List<string>();
        _ = Native.Prctl(Native.PrSetNoNewPrivs, 1, 0, 0, 0);
        var noNewPrivileges = Native.Prctl(Native.PrGetNoNewPrivs, 0, 0, 0, 0) == 1;
        if (!noNewPrivileges)
        {
            missing.Add("no_new_privs: not accepted by the kernel");
        }

        // Landlock is looked for before the filter closes, because afterwards either of them would explain a refusal.
        var landlock = !CanOpen("/", directory: true) && !CanOpen("/proc/self/maps", directory: false) && _restricted >= 2;
        if (!landlock)
        {
            missing.Add("landlock: files outside the worker's own can be opened");
        }

        // The filter refuses to resolve paths, so nothing can be loaded after it: a rare kind of mail must not be the first to need a library.
        LoadEverything();

        var limits = SetLimits(missing);
        _ = Native.Prctl(Native.PrSetDumpable, 0, 0, 0, 0);
        var why = SeccompFilter.Install(openForReading: landlock);
        if (why is not null)
        {
            missing.Add(why);
        }

        return new WorkerHello
        {
            Protocol = WorkerHello.CurrentProtocol,
            Build = Build(),
            Landlock = landlock,
            Seccomp = why is null,
            Limits = limits,
            NoNewPrivileges = noNewPrivileges,
            FileProbeBlocked = !CanOpen("/etc/passwd", directory: false),
            SocketProbeBlocked = !CanMakeSocket(),
            Missing = missing,
        };
    }

    /// <summary>The project writes it into the runtime's settings when it publishes precompiled code.</summary>
    private static string Build() => IsAot ? "aot" : AppContext.GetData("Noroshi.Worker.Build") as string ?? "jit";

    private static void Restrict()
    {
        const int restrictSelf = 446;
        if (Native.Syscall(restrictSelf, WireProtocol.RulesDescriptor, 0) == 0)
        {
            Interlocked.Increment(ref _restricted);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeGarbage() => _ = new RestrictsItsFinalizer();

    [SuppressMessage("Design", "MA0055", Justification = "Running on the thread of the finalizers is its purpose.")]
    private sealed class RestrictsItsFinalizer
    {
        ~RestrictsItsFinalizer() => Restrict();
    }

    private static bool SetLimits(List<string> missing)
    {
        // A JIT runtime reserves far more address space than it uses, so there the writable part is limited instead.
        var all = IsAot ? Limit(RlimitAs, 1024 * Mib, "address space", missing) : Limit(RlimitData, 1024 * Mib, "data", missing);
        all &= Limit(RlimitFsize, 0, "file size", missing);
        all &= Limit(RlimitCore, 0, "core", missing);
        all &= Limit(RlimitMsgqueue, 0, "message queues", missing);
        // A managed runtime keeps two descriptors for each assembly that it loaded; refusing one would change what a mail looks like.
        all &= Limit(RlimitNofile, IsAot ? 32u : 256u, "open files", missing);
        return all;
    }

    private static bool Limit(int resource, ulong value, string name, List<string> missing)
    {
        var limit = new Native.Rlimit { Soft = value, Hard = value };
        if (Native.SetRlimit(resource, &limit) == 0)
        {
            return true;
        }

        missing.Add($"rlimit {name}: errno {Marshal.GetLastPInvokeError()}");
        return false;
    }

    private static bool CanOpen(string path, bool directory)
    {
        var bytes = Encoding.UTF8.GetBytes(path + "\0");
        fixed (byte* name = bytes)
        {
            var fd = Native.Syscall(OpenAtNumber, Native.AtFdcwd, (nint)name, directory ? DirectoryFlag : 0);
            if (fd >= 0)
            {
                _ = Native.Close((int)fd);
            }

            return fd >= 0;
        }
    }

    private static bool CanMakeSocket()
    {
        var number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? SystemCalls.Socket : 198;
        var fd = Native.Syscall(number, 2, 1);
        if (fd >= 0)
        {
            _ = Native.Close((int)fd);
        }

        return fd >= 0;
    }

    private static int OpenAtNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? SystemCalls.OpenAt : 56;

    private static int DirectoryFlag => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0x10000 : 0x4000;

    /// <summary>
    /// Without Landlock the filter forbids opening any file, so every assembly that a mail may need is loaded before.
    /// </summary>
    private static void LoadEverything()
    {
        if (IsAot)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Assembly>([typeof(Dissector).Assembly, typeof(Jail).Assembly]);
        while (open.TryPop(out var assembly))
        {
            foreach (var name in ReferencesOf(assembly))
            {
                if (seen.Add(name.FullName))
                {
                    try
                    {
                        open.Push(Assembly.Load(name));
                    }
                    catch (IOException)
                    {
                        // A reference of another platform; nothing here uses it.
                    }
                }
            }
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Never reached under Native AOT.")]
    private static AssemblyName[] ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies();
}
