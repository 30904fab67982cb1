using System.Runtime.InteropServices;

namespace Noroshi.Worker;

/// <summary>
/// The system call filter (seccomp, classic BPF). What a running .NET process needs for memory, threads and time is allowed; everything
/// else answers EPERM, so that a library that only asks lives on. Filters hold for good and for all threads.
/// </summary>
internal static unsafe class SeccompFilter
{
    private const uint Allow = 0x7fff0000;
    private const uint Errno = 0x00050000;
    private const uint KillProcess = 0x80000000;
    private const uint Eperm = 1;
    private const uint Enosys = 38;
    private const uint AuditArchX64 = 0xC000003E;

    private const ushort LoadWord = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpAtLeast = 0x35;
    private const ushort And = 0x54;
    private const ushort Return = 0x06;

    private const uint OffsetNumber = 0;
    private const uint OffsetArch = 4;

    /// <summary>Every flag of open(2) that writes, makes or only names: O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_PATH, O_TMPFILE.</summary>
    private const uint OpenFlagsDenied = 0x1 | 0x2 | 0x40 | 0x200 | 0x400 | 0x200000 | 0x400000;

    private const uint CloneThread = 0x00010000;

    /// <summary>CLONE_NEW* in the flags of clone(2).</summary>
    private const uint CloneNamespaces =
        0x00000080 | 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

    /// <summary>Whether there is a table for this processor.</summary>
    public static bool IsSupported => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Installs the filter on all threads.</summary>
    /// <param name="openForReading">Allow opening files for reading: only where Landlock says which.</param>
    /// <returns>Null when it is on, else why not.</returns>
    public static string? Install(bool openForReading)
    {
        if (!IsSupported)
        {
            return $"seccomp: no table of system calls for {RuntimeInformation.ProcessArchitecture}";
        }

        var program = Build(openForReading, (uint)Native.GetPid());
        fixed (Instruction* start = program)
        {
            var header = new Program { Length = (ushort)program.Length, Start = start };
            const int setModeFilter = 1;
            const int flagTsync = 1;
            var result = Native.Syscall(SystemCalls.Seccomp, setModeFilter, flagTsync, (nint)(&header));
            return result == 0 ? null : $"seccomp: result {result}, errno {Marshal.GetLastPInvokeError()}";
        }
    }

    private static Instruction[] Build(bool openForReading, uint pid)
    {
        var code = new List<Instruction>
        {
            new(LoadWord, 0, 0, OffsetArch),
            new(JumpEqual, 1, 0, AuditArchX64),
            new(Return, 0, 0, KillProcess),
            new(LoadWord, 0, 0, OffsetNumber),
            // The x32 table reaches the same calls by other numbers.
            new(JumpAtLeast, 0, 1, 0x40000000),
            new(Return, 0, 0, Errno | Eperm),
        };

        foreach (var number in SystemCalls.Allowed)
        {
            code.Add(new Instruction(JumpEqual, 0, 1, (uint)number));
            code.Add(new Instruction(Return, 0, 0, Allow));
        }

        if (openForReading)
        {
            When(code, SystemCalls.OpenAt, [Argument(2), new(And, 0, 0, OpenFlagsDenied), .. AllowIf(0)]);
        }

        When(code, SystemCalls.Clone, [Argument(0), new(And, 0, 0, CloneThread | CloneNamespaces), .. AllowIf(CloneThread)]);

        // glibc falls back to clone, whose flags a filter can read; clone3 has them behind a pointer.
        When(code, SystemCalls.Clone3, [new(Return, 0, 0, Errno | Enosys)]);
        When(code, SystemCalls.TgKill, [Argument(0), .. AllowIf(pid)]);

        // PR_SET_NAME, PR_GET_NAME, PR_SET_VMA (names of threads and of memory).
        When(code, SystemCalls.Prctl, [Argument(0), .. AllowIf(15, 16, 0x53564d41)]);

        // F_GETFD, F_SETFD, F_GETFL.
        When(code, SystemCalls.Fcntl, [Argument(1), .. AllowIf(1, 2, 3)]);

        // fstat is newfstatat with AT_EMPTY_PATH in newer C libraries.
        When(code, SystemCalls.NewFstatAt, [Argument(3), new(And, 0, 0, 0x1000), .. AllowIf(0x1000)]);

        // Reading an own limit (glibc, for the stack of a thread), never setting one.
        When(
            code,
            SystemCalls.Prlimit64,
            [Argument(0), DenyUnless(0), Deny(), Argument(2), DenyUnless(0), Deny(), ArgumentHigh(2), .. AllowIf(0)]
        );

        code.Add(Deny());
        return [.. code];
    }

    private static void When(List<Instruction> code, int number, Instruction[] block)
    {
        code.Add(new Instruction(JumpEqual, 0, (byte)block.Length, (uint)number));
        code.AddRange(block);
    }

    private static Instruction Argument(int index) => new(LoadWord, 0, 0, (uint)(16 + (8 * index)));

    private static Instruction ArgumentHigh(int index) => new(LoadWord, 0, 0, (uint)(20 + (8 * index)));

    /// <summary>Steps over the next instruction when the value fits.</summary>
    private static Instruction DenyUnless(uint value) => new(JumpEqual, 1, 0, value);

    private static Instruction Deny() => new(Return, 0, 0, Errno | Eperm);

    private static IEnumerable<Instruction> AllowIf(params uint[] values)
    {
        foreach (var value in values)
        {
            yield return new Instruction(JumpEqual, 0, 1, value);
            yield return new Instruction(Return, 0, 0, Allow);
        }

        yield return Deny();
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Value);

    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* Start;
    }
}
