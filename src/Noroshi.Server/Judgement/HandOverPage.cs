using System.Text.Json;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>What the next shift has to know of a day (引継ぎ).</summary>
internal sealed class HandOverPage(
    Register<CaseFile> cases,
    Register<Inquiry> inquiries,
    Register<ContactNote> contacts,
    Register<GivenVerdict> verdicts,
    TimeProvider time
)
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    /// <summary>The page of a day, JST; today without one.</summary>
    public HandOver Of(DateOnly? asked)
    {
        var day = asked ?? DayOf(time.GetUtcNow());
        return new HandOver(
            day,
            [
                .. cases
                    .All.Where(one => one.Value.State is CaseState.Open or CaseState.Held || DayOf(one.At) == day)
                    .OrderByDescending(one => one.At)
                    .Select(one => new CaseView(one.Id, one.Version, one.At, one.Value)),
            ],
            [
                .. inquiries
                    .All.Where(one => one.Value.Open.Count > 0)
                    .OrderBy(one => one.Value.Deadline)
                    .Select(one => new InquiryView(one.Id, one.Version, one.Value)),
            ],
            [.. contacts.All.Where(one => DayOf(one.Value.At) == day).OrderBy(one => one.Value.At).Select(one => one.Value)],
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
