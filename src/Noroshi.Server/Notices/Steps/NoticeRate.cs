using System.Collections.Concurrent;

namespace Noroshi.Server.Notices.Steps;

/// <summary>
/// Counts the automatic mails to each recipient within the hour before, so that two machines that answer each other come to an end. Counted
/// by each recipient alone: what others do changes nothing for him.
/// </summary>
internal sealed class NoticeRate(NoticeOptions options)
{
    private static readonly TimeSpan Span = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _sent = new(StringComparer.Ordinal);

    /// <summary>Counts one more; false when it is one too many.</summary>
    public bool Allows(NoticeRecipient to, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(to);
        var times = _sent.GetOrAdd($"{to.Kind}:{to.Name}", _ => new Queue<DateTimeOffset>());
        lock (times)
        {
            while (times.TryPeek(out var first) && at - first >= Span)
            {
                times.Dequeue();
            }

            if (times.Count >= options.MostPerHour)
            {
                return false;
            }

            times.Enqueue(at);
            return true;
        }
    }
}
