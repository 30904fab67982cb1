using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Conversations;

/// <summary>One spell of a persona's attention to an organisation: its threads without a month's pause between them.</summary>
/// <param name="Persona">Persona.</param>
/// <param name="Mails">Keys, by time, then key.</param>
/// <param name="Outsiders">The outsiders as the mails name them.</param>
/// <param name="Probable">Why threads that no header joins stand together.</param>
internal sealed record Spell(string Persona, IReadOnlyList<string> Mails, IReadOnlyList<Outsider> Outsiders, IReadOnlyList<string> Probable)
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(30);

    /// <summary>Joins the threads of each persona that follow each other within 30 days.</summary>
    public static IReadOnlyList<Spell> Of(
        IReadOnlyList<CastThread> threads,
        IReadOnlyDictionary<string, ProvidedMail> mails,
        PersonaBook book
    )
    {
        var reasons = book.Reasons();
        var spells = new List<Spell>();
        foreach (var persona in threads.GroupBy(thread => thread.Persona, StringComparer.Ordinal))
        {
            var running = new List<CastThread>();
            var end = DateTimeOffset.MinValue;
            foreach (
                var thread in persona.OrderBy(one => Copies.TimeOf(mails[one.Mails[0]])).ThenBy(one => one.Mails[0], StringComparer.Ordinal)
            )
            {
                var start = Copies.TimeOf(mails[thread.Mails[0]]);
                if (running.Count > 0 && start < DateTimeOffset.MaxValue && start - end > Pause)
                {
                    spells.Add(Join(running, mails, reasons));
                    running = [];
                }

                running.Add(thread);
                foreach (var at in thread.Mails.Select(key => Copies.TimeOf(mails[key])).Where(at => at < DateTimeOffset.MaxValue))
                {
                    end = at > end ? at : end;
                }
            }

            spells.Add(Join(running, mails, reasons));
        }

        return spells;
    }

    private static Spell Join(List<CastThread> threads, IReadOnlyDictionary<string, ProvidedMail> mails, ILookup<string, string> reasons)
    {
        var outsiders = threads.SelectMany(thread => thread.Outsiders).Distinct().ToList();
        var addresses = outsiders.Select(one => one.Address).Distinct(StringComparer.Ordinal).Count();
        var probable = new List<string>();
        if (addresses > 1)
        {
            probable.AddRange(reasons[threads[0].Persona]);
        }

        if (threads.Count > 1 && probable.Count == 0)
        {
            probable.Add($"same-address: {threads[0].Persona}");
        }

        var keys = threads
            .SelectMany(thread => thread.Mails)
            .OrderBy(key => Copies.TimeOf(mails[key]))
            .ThenBy(key => key, StringComparer.Ordinal);
        return new Spell(threads[0].Persona, [.. keys], outsiders, probable);
    }
}
