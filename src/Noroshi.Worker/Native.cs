using System.Runtime.InteropServices;

namespace Noroshi.Worker;

/// <summary>The C library, as far as the jail needs it. <c>syscall</c> reaches what has no wrapper there.</summary>
internal static unsafe partial class Native
{
    public const int PrSetPdeathsig = 1;
    public const int PrSetDumpable = 4;
    public const int PrSetNoNewPrivs = 38;
    public const int PrGetNoNewPrivs = 39;
    public const int AtFdcwd = -100;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Syscall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetRlimit(int resource, Rlimit* limit);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "getpid")]
    public static partial int GetPid();

    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int status);

    public static nint Syscall(int number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0) =>
        Syscall((nint)number, a, b, c, d, e, 0);

    [StructLayout(LayoutKind.Sequential)]
    public struct Rlimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
