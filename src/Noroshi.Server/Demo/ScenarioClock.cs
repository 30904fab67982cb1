namespace Noroshi.Server.Demo;

/// <summary>
/// The business clock of the demo: it stands at a moment of the story and runs on from there as the machine's does. It only goes forward, so
/// that what the hub wrote last is never in its future. Timers and the measuring of time are the machine's.
/// </summary>
internal sealed class ScenarioClock(DateTimeOffset begins) : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _apart = begins - System.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return (System.GetUtcNow() + _apart).ToUniversalTime();
        }
    }

    /// <summary>Goes on to a moment; one that is over already changes nothing.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        lock (_gate)
        {
            var apart = moment - System.GetUtcNow();
            _apart = apart > _apart ? apart : _apart;
        }
    }
}
