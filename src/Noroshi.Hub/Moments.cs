namespace Noroshi.Hub;

/// <summary>
/// Arithmetic on times that mails and manifests state: a Date of the year 9999 or 1 is anybody's to write, so nothing may overflow. What
/// would leave the calendar stays at its edge.
/// </summary>
internal static class Moments
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>The time later by a span, or earlier by a negative one.</summary>
    public static DateTimeOffset Plus(this DateTimeOffset at, TimeSpan span) =>
        span > DateTimeOffset.MaxValue - at ? DateTimeOffset.MaxValue
        : span < DateTimeOffset.MinValue - at ? DateTimeOffset.MinValue
        : Fits(at.Ticks, span) ? at + span
        : at.ToUniversalTime() + span;

    /// <summary>The same moment in Japan's time; in UTC where Japan's calendar does not reach.</summary>
    public static DateTimeOffset InJapan(this DateTimeOffset at) => Fits(at.UtcTicks, Japan) ? at.ToOffset(Japan) : at.ToUniversalTime();

    private static bool Fits(long ticks, TimeSpan span) =>
        ticks + span.Ticks >= DateTimeOffset.MinValue.Ticks && ticks + span.Ticks <= DateTimeOffset.MaxValue.Ticks;
}
