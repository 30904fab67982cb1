using Noroshi.Hub.Judgement;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>The intake list (受付一覧) of the situation as it stands, made once for each situation.</summary>
internal sealed class IntakeListPage(HubSituation situation, VerdictWork verdicts, HubOptions options) : IForgets
{
    private const int PageSize = 100;
    private readonly Lock _gate = new();
    private readonly VerdictRules _rules = new(options.Rules.ToRules());
    private Made _made = Made.Nothing;

    /// <summary>A page behind a cursor.</summary>
    /// <param name="chip">Only rows with this chip.</param>
    /// <param name="undecided">Only rows that nobody has decided.</param>
    /// <param name="cursor">Group of the last row that was seen.</param>
    public Page<IntakeRow> Of(Chip? chip, bool undecided, string? cursor)
    {
        var all = Rows();
        var seen = string.IsNullOrEmpty(cursor)
            ? -1
            : all.TakeWhile(row => !string.Equals(row.Group, cursor, StringComparison.Ordinal)).Count();
        if (seen == all.Count)
        {
            throw ProblemException.Invalid(
                "cursor: 一覧が変わったため、続きを示せません。先頭から読み直してください",
                "cursor: the list has changed, so that what follows is not known; read it from its beginning"
            );
        }

        // Filters come after the place: a row that was decided meanwhile is still the one behind which the page begins.
        var rows = all.Skip(seen + 1)
            .Where(row => (chip is not { } one || row.Chips.Contains(one)) && (!undecided || row.Verdict is null))
            .Take(PageSize + 1)
            .ToList();
        return new Page<IntakeRow>([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Group : null);
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        // The groups of near-identical mails are made of the situation's mails: nothing of them outlives the list. Nobody waits here for a list
        // that is being made.
        Interlocked.Exchange(ref _made, Made.Nothing);
        return Task.CompletedTask;
    }

    private IReadOnlyList<IntakeRow> Rows()
    {
        var current = situation.Current;
        var given = verdicts.State;
        lock (_gate)
        {
            var made = Volatile.Read(ref _made);
            if (!ReferenceEquals(made.Of, current) || !made.Verdicts.Equals(given))
            {
                made = new Made(current, given, IntakeList.Of(current, current.KnownMails(), verdicts.Find, _rules));
                Volatile.Write(ref _made, made);
            }

            return made.Rows;
        }
    }

    private sealed record Made(Situation? Of, (object?, object?) Verdicts, IReadOnlyList<IntakeRow> Rows)
    {
        public static Made Nothing { get; } = new(null, default, []);
    }
}
