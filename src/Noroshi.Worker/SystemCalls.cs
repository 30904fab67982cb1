namespace Noroshi.Worker;

/// <summary>Numbers of system calls, Linux x86-64 (arch/x86/entry/syscalls/syscall_64.tbl; those from 424 on are the same everywhere).</summary>
internal static class SystemCalls
{
    public const int Open = 2;
    public const int Socket = 41;
    public const int Connect = 42;
    public const int Bind = 49;
    public const int SocketPair = 53;
    public const int Clone = 56;
    public const int Fork = 57;
    public const int Vfork = 58;
    public const int Execve = 59;
    public const int Kill = 62;
    public const int Fcntl = 72;
    public const int Truncate = 76;
    public const int Rename = 82;
    public const int Mkdir = 83;
    public const int Link = 86;
    public const int Unlink = 87;
    public const int Symlink = 88;
    public const int Chmod = 90;
    public const int Chown = 92;
    public const int Ptrace = 101;
    public const int SetUid = 105;
    public const int SetSid = 112;
    public const int Mknod = 133;
    public const int Personality = 135;
    public const int PivotRoot = 155;
    public const int Prctl = 157;
    public const int SetRlimit = 160;
    public const int Chroot = 161;
    public const int Mount = 165;
    public const int Reboot = 169;
    public const int InitModule = 175;
    public const int TgKill = 234;
    public const int AddKey = 248;
    public const int KeyCtl = 250;
    public const int InotifyInit = 253;
    public const int OpenAt = 257;
    public const int NewFstatAt = 262;
    public const int Unshare = 272;
    public const int PerfEventOpen = 298;
    public const int FanotifyInit = 300;
    public const int Prlimit64 = 302;
    public const int NameToHandleAt = 303;
    public const int OpenByHandleAt = 304;
    public const int SetNs = 308;
    public const int ProcessVmReadv = 310;
    public const int ProcessVmWritev = 311;
    public const int Seccomp = 317;
    public const int MemfdCreate = 319;
    public const int Bpf = 321;
    public const int ExecveAt = 322;
    public const int Userfaultfd = 323;
    public const int PidfdSendSignal = 424;
    public const int IoUringSetup = 425;
    public const int PidfdOpen = 434;
    public const int Clone3 = 435;
    public const int OpenAt2 = 437;
    public const int PidfdGetfd = 438;
    public const int MemfdSecret = 447;
    public const int GetDents64 = 217;

    /// <summary>Allowed whatever the arguments are. None takes a path, makes a descriptor or names another process.</summary>
    public static ReadOnlySpan<int> Allowed =>
        [
            202, // futex
            0, // read
            1, // write
            228, // clock_gettime
            28, // madvise
            9, // mmap
            10, // mprotect
            11, // munmap
            25, // mremap
            12, // brk
            3, // close
            5, // fstat
            7, // poll
            8, // lseek
            13, // rt_sigaction
            14, // rt_sigprocmask
            15, // rt_sigreturn
            17, // pread64
            19, // readv
            20, // writev
            24, // sched_yield
            26, // msync
            27, // mincore
            35, // nanosleep
            39, // getpid
            60, // exit
            63, // uname
            96, // gettimeofday
            98, // getrusage
            99, // sysinfo
            102, // getuid
            104, // getgid
            107, // geteuid
            108, // getegid
            127, // rt_sigpending
            128, // rt_sigtimedwait
            131, // sigaltstack
            143, // sched_getparam
            145, // sched_getscheduler
            186, // gettid
            204, // sched_getaffinity
            218, // set_tid_address
            219, // restart_syscall
            229, // clock_getres
            230, // clock_nanosleep
            231, // exit_group
            271, // ppoll
            273, // set_robust_list
            309, // getcpu
            318, // getrandom
            324, // membarrier
            334, // rseq
        ];
}
