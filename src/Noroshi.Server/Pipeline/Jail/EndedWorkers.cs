namespace Noroshi.Server.Pipeline.Jail;

/// <summary>What the workers that have ended used.</summary>
internal static unsafe class EndedWorkers
{
    private const int Children = -1;

    /// <summary>Their processor time together; zero when the system does not say.</summary>
    public static TimeSpan ProcessorTime()
    {
        Native.Rusage usage;
        return Native.GetRusage(Children, &usage) == 0
            ? TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
                + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds)
            : TimeSpan.Zero;
    }
}
