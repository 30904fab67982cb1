using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Statistics;

/// <summary>Works the situation of a folder out that no hub serves: reads, and writes nothing.</summary>
internal static class SituationAtRest
{
    private const int ReadAtOnce = 4_096;

    private static readonly string[] Kinds = [DocumentKinds.Mail, DocumentKinds.Stated, DocumentKinds.Release, DocumentKinds.Withdrawal];

    /// <summary>Reads everything and makes the situation the current one.</summary>
    public static async Task LoadAsync(HubSituation situation, IHubStore store, CancellationToken cancellation)
    {
        situation.Begin(await SituationMemories.LoadAsync(store.Steps, cancellation));
        var last = await store.Steps.WaitAsync(-1, cancellation);
        foreach (var kind in Kinds)
        {
            var position = 0L;
            IReadOnlyList<LogEntry> entries;
            do
            {
                entries = await store.Steps.ReadKindAsync(kind, position, ReadAtOnce, cancellation);
                foreach (var entry in entries)
                {
                    situation.Apply(entry);
                    position = entry.Position;
                }
            } while (entries.Count > 0);
        }

        situation.Publish(situation.Work(last, atRest: false));
    }
}
