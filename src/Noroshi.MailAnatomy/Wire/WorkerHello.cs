namespace Noroshi.MailAnatomy.Wire;

/// <summary>What a worker says of its jail before its first request, each line found out by trying.</summary>
public sealed record WorkerHello
{
    /// <summary>Version of the protocol; hub and worker come from one build and must agree.</summary>
    public required int Protocol { get; init; }

    /// <summary><c>jit</c>, <c>r2r</c> or <c>aot</c>.</summary>
    public required string Build { get; init; }

    /// <summary>A folder outside the allowed ones could not be opened before the system call filter was there: Landlock holds.</summary>
    public required bool Landlock { get; init; }

    /// <summary>The system call filter is on for all threads.</summary>
    public required bool Seccomp { get; init; }

    /// <summary>All resource limits were accepted.</summary>
    public required bool Limits { get; init; }

    /// <summary>The kernel says no_new_privs for this process.</summary>
    public required bool NoNewPrivileges { get; init; }

    /// <summary>With the jail closed: a foreign file could not be opened.</summary>
    public required bool FileProbeBlocked { get; init; }

    /// <summary>With the jail closed: a socket could not be made.</summary>
    public required bool SocketProbeBlocked { get; init; }

    /// <summary>Why something is missing, in English, for the administrator.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The protocol of this build.</summary>
    public const int CurrentProtocol = 1;
}

/// <summary>A fault of the worker itself.</summary>
/// <param name="Kind"><c>too-large</c>, <c>bad-request</c>, <c>out-of-memory</c> or <c>exception</c>.</param>
/// <param name="Detail">Type of the exception or member path; never text of the mail.</param>
public sealed record WorkerFault(string Kind, string Detail);
