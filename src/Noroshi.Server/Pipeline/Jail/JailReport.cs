using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>How well the workers are jailed.</summary>
internal enum JailGrade
{
    /// <summary>Landlock, system call filter, resource limits and no_new_privs.</summary>
    A,

    /// <summary>One of Landlock and the filter is missing, or a limit.</summary>
    B,

    /// <summary>Neither Landlock nor the filter: an ordinary process with limits.</summary>
    C,
}

/// <summary>What the health page and <c>doctor</c> say of the jail; found out by trying, never assumed.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Build">Build of the worker: <c>jit</c>, <c>r2r</c>, <c>aot</c>.</param>
/// <param name="LandlockAbi">ABI of Landlock in the kernel, 0 for none.</param>
/// <param name="Mechanisms">What holds.</param>
/// <param name="Missing">Why it is not more, in English; empty at grade A.</param>
internal sealed record JailReport(
    JailGrade Grade,
    string Build,
    int LandlockAbi,
    IReadOnlyList<string> Mechanisms,
    IReadOnlyList<string> Missing
)
{
    /// <summary>Puts together what the spawner did and what the worker found.</summary>
    public static JailReport From(int landlockAbi, bool landlockHolds, WorkerHello hello)
    {
        var landlock = landlockHolds && hello.Landlock && hello.FileProbeBlocked;
        var seccomp = hello.Seccomp && hello.SocketProbeBlocked;
        List<string> missing = [.. hello.Missing];
        if (landlockAbi == 0)
        {
            missing.Add("landlock: the kernel has none (5.13 or later with lsm=landlock is needed)");
        }
        else if (!landlock)
        {
            missing.Add("landlock: the kernel refused the rules");
        }

        if (hello.Seccomp && !hello.SocketProbeBlocked)
        {
            missing.Add("seccomp: a socket could be made in spite of the filter");
        }

        List<string> mechanisms = [];
        Say(landlock, $"landlock (ABI {landlockAbi})");
        Say(seccomp, "seccomp");
        Say(hello.Limits, "rlimits");
        Say(hello.NoNewPrivileges, "no_new_privs");
        var grade = (landlock, seccomp) switch
        {
            (true, true) => hello is { Limits: true, NoNewPrivileges: true } ? JailGrade.A : JailGrade.B,
            (false, false) => JailGrade.C,
            _ => JailGrade.B,
        };
        return new JailReport(grade, hello.Build, landlockAbi, mechanisms, missing);

        void Say(bool holds, string name)
        {
            if (holds)
            {
                mechanisms.Add(name);
            }
        }
    }
}

/// <summary>Workers cannot be had at all, or not as strict as asked for.</summary>
internal sealed class JailException : Exception
{
    public JailException() { }

    public JailException(string message)
        : base(message) { }

    public JailException(string message, Exception inner)
        : base(message, inner) { }
}
