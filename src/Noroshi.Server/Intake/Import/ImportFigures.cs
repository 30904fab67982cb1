using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Intake.Import;

/// <summary>How long an import took from its start, and the processor time that it used.</summary>
/// <param name="TakenIn">Until everything was durable and had its receipt.</param>
/// <param name="TakenApart">Until everything was taken apart, too.</param>
/// <param name="Linked">Until the situation showed all of it.</param>
/// <param name="CpuTakenApart">Processor time of the hub, its start included, until everything was taken apart.</param>
/// <param name="Cpu">Processor time of the hub in all.</param>
/// <param name="WorkersCpu">Processor time of the workers, their starts included.</param>
internal sealed record ImportFigures(
    TimeSpan TakenIn,
    TimeSpan TakenApart,
    TimeSpan Linked,
    TimeSpan CpuTakenApart,
    TimeSpan Cpu,
    TimeSpan WorkersCpu
);

/// <summary>Takes the times of an import.</summary>
internal sealed class ImportClock(TimeProvider time)
{
    private readonly long _begin = time.GetTimestamp();
    private TimeSpan _takenIn;
    private TimeSpan _takenApart;
    private TimeSpan _linked;
    private TimeSpan _cpuTakenApart;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begin);

    /// <summary>Everything has its receipt.</summary>
    public void TakenIn() => _takenIn = Elapsed;

    /// <summary>Everything is taken apart.</summary>
    public void TakenApart() => (_takenApart, _cpuTakenApart) = (Elapsed, Environment.CpuUsage.TotalTime);

    /// <summary>The situation shows everything.</summary>
    public void Linked() => _linked = Elapsed;

    /// <summary>The figures; to be asked when the workers have ended.</summary>
    public ImportFigures Figures() =>
        new(_takenIn, _takenApart, _linked, _cpuTakenApart, Environment.CpuUsage.TotalTime, EndedWorkers.ProcessorTime());
}
