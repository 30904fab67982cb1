using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Noroshi.Worker;

/// <summary>
/// Attempts to get out of the jail, each by the bare system call and with arguments that do no harm where nothing stops them. A probe is
/// blocked when the kernel refuses for want of permission; any other answer means that the call was let through.
/// </summary>
internal static unsafe class EscapeProbes
{
    private const int Eperm = 1;
    private const int Eacces = 13;
    private const int Enosys = 38;
    private const int OWronly = 1;
    private const int ORdwr = 2;
    private const int OCreat = 0x40;
    private const int OPath = 0x200000;
    private const int ODirectory = 0x10000;

    private static int _parent;
    private static byte* _workerFile;

    /// <summary>Looks up what can no longer be asked in the jail.</summary>
    public static void Prepare()
    {
        _parent = (int)Native.Syscall(110); // getppid
        _workerFile = Text(System.IO.Path.Combine(AppContext.BaseDirectory, "noroshi-worker.dll"));
    }

    /// <summary>Runs every probe and reports a line for each: name, <c>blocked</c> or <c>open</c>, result, errno.</summary>
    public static void Run(Func<ReadOnlySpan<byte>, bool> send)
    {
        if (!SeccompFilter.IsSupported)
        {
            return;
        }

        foreach (var (name, attempt) in All())
        {
            var result = attempt();
            var errno = result < 0 ? Marshal.GetLastPInvokeError() : 0;
            var blocked = result < 0 && errno is Eperm or Eacces || (name == "clone3" && errno == Enosys);
            var line = string.Create(CultureInfo.InvariantCulture, $"{name} {(blocked ? "blocked" : "open")} {result} {errno}\n");
            send(Encoding.ASCII.GetBytes(line));
        }
    }

    private static IEnumerable<(string Name, Func<nint> Attempt)> All() =>
        [.. Files(), .. Changes(), .. Network(), .. Processes(), .. Privileges(), .. Kernel()];

    private static IEnumerable<(string Name, Func<nint> Attempt)> Files() =>
        [
            ("read-file", () => OpenAt("/etc/passwd", 0)),
            ("read-file-open", () => Native.Syscall(SystemCalls.Open, (nint)Text("/etc/passwd"), 0)),
            ("read-file-openat2", () => OpenAt2("/etc/passwd")),
            ("read-file-path-only", () => OpenAt("/etc/passwd", OPath)),
            ("read-file-by-handle", () => Native.Syscall(SystemCalls.OpenByHandleAt, Native.AtFdcwd, 0, 0)),
            ("read-hub-environment", () => OpenAt($"/proc/{_parent}/environ", 0)),
            ("read-hub-memory", () => OpenAt($"/proc/{_parent}/mem", 0)),
            ("read-own-environment", () => OpenAt("/proc/self/environ", 0)),
            ("read-own-memory", () => OpenAt("/proc/self/mem", ORdwr)),
            ("reopen-descriptor", () => OpenAt("/proc/self/fd/0", ORdwr)),
            ("reopen-program", () => OpenAt("/proc/self/exe", OWronly)),
            ("list-root", () => OpenAt("/", ODirectory)),
            ("list-tmp", () => OpenAt("/tmp", ODirectory)),
            ("list-dot", () => OpenAt(".", ODirectory)),
            ("list-dotdot", () => OpenAt("../../../../../..", ODirectory)),
            ("list-entries", () => Native.Syscall(SystemCalls.GetDents64, 0, 0, 0)),
            ("device-terminal", () => OpenAt("/dev/tty", ORdwr)),
            ("device-zero", () => OpenAt("/dev/zero", 0)),
            ("stray-descriptors", StrayDescriptor),
        ];

    private static IEnumerable<(string Name, Func<nint> Attempt)> Changes() =>
        [
            ("write-file", () => OpenAt("/etc/passwd", OWronly)),
            ("write-own-program", () => Native.Syscall(SystemCalls.OpenAt, Native.AtFdcwd, (nint)_workerFile, OWronly)),
            ("create-in-tmp", () => OpenAt("/tmp/noroshi-escape", OWronly | OCreat)),
            ("create-in-shm", () => OpenAt("/dev/shm/noroshi-escape", OWronly | OCreat)),
            ("unlink", () => Native.Syscall(SystemCalls.Unlink, (nint)Text("/tmp/noroshi-escape"))),
            ("truncate", () => Native.Syscall(SystemCalls.Truncate, (nint)Text("/tmp/noroshi-escape"), 0)),
            ("rename", () => Native.Syscall(SystemCalls.Rename, (nint)Text("/tmp/noroshi-a"), (nint)Text("/tmp/noroshi-b"))),
            ("mkdir", () => Native.Syscall(SystemCalls.Mkdir, (nint)Text("/"), 448)),
            ("link", () => Native.Syscall(SystemCalls.Link, (nint)Text("/tmp/noroshi-a"), (nint)Text("/tmp/noroshi-b"))),
            ("symlink", () => Native.Syscall(SystemCalls.Symlink, (nint)Text("/etc/passwd"), (nint)Text("/"))),
            ("chmod", () => Native.Syscall(SystemCalls.Chmod, (nint)Text("/tmp/noroshi-a"), 511)),
            ("chown", () => Native.Syscall(SystemCalls.Chown, (nint)Text("/tmp/noroshi-a"), 0, 0)),
            ("mknod", () => Native.Syscall(SystemCalls.Mknod, (nint)Text("/"), 4480, 0)),
        ];

    private static IEnumerable<(string Name, Func<nint> Attempt)> Network() =>
        [
            ("socket-tcp", () => Native.Syscall(SystemCalls.Socket, 2, 1)),
            ("socket-udp", () => Native.Syscall(SystemCalls.Socket, 2, 2)),
            ("socket-tcp6", () => Native.Syscall(SystemCalls.Socket, 10, 1)),
            ("socket-unix", () => Native.Syscall(SystemCalls.Socket, 1, 1)),
            ("socket-netlink", () => Native.Syscall(SystemCalls.Socket, 16, 3)),
            (
                "socket-pair",
                () =>
                {
                    long pair = 0;
                    return Native.Syscall(SystemCalls.SocketPair, 1, 1, 0, (nint)(&pair));
                }
            ),
            ("connect", () => Native.Syscall(SystemCalls.Connect, 0, 0, 0)),
            ("bind", () => Native.Syscall(SystemCalls.Bind, 0, 0, 0)),
        ];

    private static IEnumerable<(string Name, Func<nint> Attempt)> Processes() =>
        [
            ("fork", () => Forked(SystemCalls.Fork, 0)),
            ("clone", () => Forked(SystemCalls.Clone, 17)),
            ("clone-namespace", () => Forked(SystemCalls.Clone, 17 | 0x10000000)),
            ("clone3", () => Native.Syscall(SystemCalls.Clone3, 0, 0)),
            ("exec", () => Native.Syscall(SystemCalls.Execve, (nint)Text("/noroshi-escape"), 0, 0)),
            ("exec-at", () => Native.Syscall(SystemCalls.ExecveAt, Native.AtFdcwd, (nint)Text("/noroshi-escape"), 0, 0, 0)),
            ("memfd-create", () => Native.Syscall(SystemCalls.MemfdCreate, (nint)Text("x"), 0)),
            ("memfd-secret", () => Native.Syscall(SystemCalls.MemfdSecret, 0)),
            ("kill-hub", () => Native.Syscall(SystemCalls.Kill, _parent, 0)),
            ("kill-all", () => Native.Syscall(SystemCalls.Kill, int.MaxValue - 1, 0)),
            ("kill-hub-thread", () => Native.Syscall(SystemCalls.TgKill, _parent, _parent, 0)),
            ("pidfd-open-hub", () => Native.Syscall(SystemCalls.PidfdOpen, _parent, 0)),
            ("pidfd-signal", () => Native.Syscall(SystemCalls.PidfdSendSignal, 0, 0, 0, 0)),
            ("pidfd-getfd", () => Native.Syscall(SystemCalls.PidfdGetfd, 0, 0, 0)),
            ("ptrace", () => Native.Syscall(SystemCalls.Ptrace, 1, 0, 0, 0)),
            ("read-hub-by-vm", () => Native.Syscall(SystemCalls.ProcessVmReadv, _parent, 0, 0, 0, 0)),
            ("write-hub-by-vm", () => Native.Syscall(SystemCalls.ProcessVmWritev, _parent, 0, 0, 0, 0)),
            (
                "limits-of-hub",
                () =>
                {
                    Native.Rlimit old;
                    return Native.Syscall(SystemCalls.Prlimit64, _parent, 7, 0, (nint)(&old));
                }
            ),
        ];

    private static IEnumerable<(string Name, Func<nint> Attempt)> Privileges() =>
        [
            ("set-uid", () => Native.Syscall(SystemCalls.SetUid, 0)),
            ("set-sid", () => Native.Syscall(SystemCalls.SetSid)),
            ("chroot", () => Native.Syscall(SystemCalls.Chroot, (nint)Text("/noroshi-escape"))),
            ("pivot-root", () => Native.Syscall(SystemCalls.PivotRoot, 0, 0)),
            ("mount", () => Native.Syscall(SystemCalls.Mount, 0, (nint)Text("/noroshi-escape"), 0, 0, 0)),
            ("unshare", () => Native.Syscall(SystemCalls.Unshare, 0)),
            ("set-ns", () => Native.Syscall(SystemCalls.SetNs, -1, 0)),
            ("personality", () => Native.Syscall(SystemCalls.Personality, -1)),
            ("prctl-dumpable", () => Native.Syscall(SystemCalls.Prctl, Native.PrSetDumpable, 1, 0, 0, 0)),
            ("prctl-new-privileges", () => Native.Syscall(SystemCalls.Prctl, Native.PrSetNoNewPrivs, 0, 0, 0, 0)),
            ("prctl-death-signal", () => Native.Syscall(SystemCalls.Prctl, Native.PrSetPdeathsig, 0, 0, 0, 0)),
            (
                "limits-raise",
                () =>
                {
                    Native.Rlimit more = new() { Soft = 8, Hard = 8 };
                    return Native.Syscall(SystemCalls.SetRlimit, 4, (nint)(&more));
                }
            ),
            ("seccomp-again", () => Native.Syscall(SystemCalls.Seccomp, 1, 0, 0)),
        ];

    private static IEnumerable<(string Name, Func<nint> Attempt)> Kernel() =>
        [
            ("io-uring", () => Native.Syscall(SystemCalls.IoUringSetup, 0, 0)),
            ("bpf", () => Native.Syscall(SystemCalls.Bpf, 9999, 0, 0)),
            ("perf-event", () => Native.Syscall(SystemCalls.PerfEventOpen, 0, 0, -1, -1, 0)),
            ("key-ctl", () => Native.Syscall(SystemCalls.KeyCtl, 9999, 0, 0)),
            ("add-key", () => Native.Syscall(SystemCalls.AddKey, 0, 0, 0, 0, 0)),
            ("userfaultfd", () => Native.Syscall(SystemCalls.Userfaultfd, -1)),
            ("inotify", () => Native.Syscall(SystemCalls.InotifyInit)),
            ("fanotify", () => Native.Syscall(SystemCalls.FanotifyInit, -1, 0)),
            ("init-module", () => Native.Syscall(SystemCalls.InitModule, 0, 0, 0)),
            ("reboot", () => Native.Syscall(SystemCalls.Reboot, 0, 0, 0, 0)),
            ("name-to-handle", () => Native.Syscall(SystemCalls.NameToHandleAt, Native.AtFdcwd, (nint)Text("/etc/passwd"), 0, 0, 0)),
        ];

    private static nint OpenAt(string path, int flags) => Native.Syscall(SystemCalls.OpenAt, Native.AtFdcwd, (nint)Text(path), flags, 384);

    private static nint OpenAt2(string path)
    {
        var how = stackalloc long[3];
        return Native.Syscall(SystemCalls.OpenAt2, Native.AtFdcwd, (nint)Text(path), (nint)how, 24);
    }

    private static nint Forked(int number, nint flags)
    {
        var child = Native.Syscall(number, flags, 0, 0, 0, 0);
        if (child == 0)
        {
            Native.Exit(0);
        }

        return child;
    }

    /// <summary>Looks for inherited descriptors that lead out: files, folders and sockets behind 0, 1 and 2. None is "not permitted".</summary>
    private static nint StrayDescriptor()
    {
        var stat = stackalloc byte[256];
        for (var fd = 3; fd < 64; fd++)
        {
            // fstat; the mode stands at byte 24 (struct stat, x86-64).
            if (Native.Syscall(5, fd, (nint)stat) == 0 && ((*(uint*)(stat + 24) & 0xF000) is 0x4000 or 0x6000 or 0xC000))
            {
                return fd;
            }
        }

        Marshal.SetLastPInvokeError(Eperm);
        return -1;
    }

    /// <summary>C text that lives until the process ends, which is soon.</summary>
    private static byte* Text(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);
}
