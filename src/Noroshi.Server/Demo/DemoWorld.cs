using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake.Import;

namespace Noroshi.Server.Demo;

/// <summary>
/// Builds the world of a story in a running hub: intake, analysis, approvals, shares, figures made final and the report about them, chapter by chapter, each through the
/// part of the hub that does it for everybody.
/// </summary>
internal sealed class DemoWorld(ImportRun intake, DemoShares shares, DemoReports reports, DemoState state)
{
    /// <summary>Builds it.</summary>
    /// <exception cref="DemoFailedException">The hub could not take something in that the story holds.</exception>
    public async Task BuildAsync(DemoStory story, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(story);
        var plan = ImportScan.ByLines(story.Manifest, story.Mails);
        Demand(plan.Problems.Count == 0, "the manifest");
        var dated = plan.Provisions.Where(one => one.First.ProvidedAt is not null).ToList();
        var undated = plan.Provisions.Where(one => one.First.ProvidedAt is null).ToList();
        var chapters = DemoCalendar.Chapters(dated, story.Shares);
        state.Begins(plan.Provisions.Count, story.Shares.Count);
        var before = 0;
        foreach (var chapter in chapters)
        {
            // A hub is given its mails one by one as they come; here those of a chapter are handed over together at its beginning, each with the
            // time at which it was given. The clock then goes through the chapter with the people.
            state.Clock.MoveTo(chapter.Begins);
            await TakeAsync(chapter.Provisions, cancellation);
            await shares.PlayAsync(chapter.Shares, Taken(dated), done => state.Shared(before + done), cancellation);
            before += chapter.Shares.Count;
            if (chapter.Closes is { } year)
            {
                state.Clock.MoveTo(chapter.ClosesAt);
                await reports.CloseAsync(year, cancellation);
            }
        }

        state.Clock.MoveTo(DemoCalendar.DayBefore);
        await TakeAsync(undated, cancellation);
        await reports.AskToTellAsync(cancellation);
        state.Clock.MoveTo(DemoCalendar.Today);
    }

    private async Task TakeAsync(IReadOnlyList<ImportProvision> provisions, CancellationToken cancellation)
    {
        var before = intake.Counts.Provisions;
        intake.Begin();
        await intake.TakeAsync(new ImportPlan(provisions, []), Progress, cancellation);
        var givenUp = await intake.FinishAsync(Progress, cancellation);
        state.TakenIn(intake.Counts.Provisions);
        Demand(givenUp == 0 && intake.Problems.Count == 0 && intake.Counts.Provisions - before == provisions.Count, "the mails");

        void Progress(ImportProgress at) => state.TakenIn(at.Provisions - Math.Max(0, (int)at.Remaining));
    }

    /// <summary>Provisions by their number in the story.</summary>
    private Dictionary<string, (ProvisionId Id, DateTimeOffset At)> Taken(IEnumerable<ImportProvision> provisions) =>
        provisions
            .Where(one => one.First.Provision is not null && intake.Taken.ContainsKey(one.Attempt))
            .ToDictionary(
                one => one.First.Provision ?? "",
                one => (intake.Taken[one.Attempt], DemoCalendar.At(one)),
                StringComparer.Ordinal
            );

    private static void Demand(bool fine, string what)
    {
        if (!fine)
        {
            throw new DemoFailedException(what);
        }
    }
}

/// <summary>The hub could not take in what the story holds: the program or the machine is at fault.</summary>
internal sealed class DemoFailedException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public DemoFailedException() { }

    /// <summary>Creates the exception.</summary>
    public DemoFailedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public DemoFailedException(string message, Exception cause)
        : base(message, cause) { }
}
