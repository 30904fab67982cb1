using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Access;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>What the page needs besides the registers.</summary>
internal sealed record HandOverTools(Scope Scope, TimeProvider Time);

/// <summary>What the next shift has to know of a day (引継ぎ).</summary>
internal sealed class HandOverPage(
    CaseBook cases,
    Register<Inquiry> inquiries,
    Register<ContactNote> contacts,
    Register<GivenVerdict> verdicts,
    HandOverTools tools
)
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    /// <summary>The page of a day, JST; today without one.</summary>
    public async Task<HandOver> OfAsync(Actor actor, DateOnly? asked)
    {
        var day = asked ?? DayOf(tools.Time.GetUtcNow());
        var seen = new SeenProviders();
        var open = await tools.Scope.VisibleAsync(
            actor,
            Verb.Read,
            cases.All.Where(one => one.Value.State is CaseState.Open or CaseState.Held || DayOf(one.At) == day),
            seen
        );
        var waiting = await tools.Scope.VisibleAsync(actor, Verb.Read, inquiries.All.Where(one => one.Value.Open.Count > 0), seen);
        var told = await tools.Scope.VisibleAsync(actor, Verb.Read, contacts.All.Where(one => DayOf(one.Value.At) == day), seen);
        await tools.Scope.NoteAsync(actor, "hand-over", seen);
        return new HandOver(
            day,
            [.. open.OrderByDescending(one => one.At).Select(cases.View)],
            [.. waiting.OrderBy(one => one.Value.Deadline).Select(one => new InquiryView(one.Id, one.Version, one.Value))],
            [.. told.OrderBy(one => one.Value.At).Select(one => one.Value)],
            verdicts
                .All.Where(one => DayOf(one.At) == day)
                .GroupBy(one => one.Value.Verdict)
                .ToDictionary(group => NameOf(group.Key), group => group.Count(), StringComparer.Ordinal)
        );
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Jst).DateTime);

    private static string NameOf(Verdict verdict) =>
        JsonSerializer.SerializeToElement(verdict, JudgementJson.Default.Verdict).GetString() ?? verdict.ToString();
}
