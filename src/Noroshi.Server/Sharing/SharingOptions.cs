using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Sharing;

/// <summary>How long providers have, in working hours with Japanese holidays.</summary>
internal sealed record SharingOptions
{
    [OptionDoc(
        "個別承認の回答期限(業務時間、時間単位)。過ぎると期限超過となり、共有されない。",
        "Working hours within which a provider answers a question for approval; after that it has expired and nothing of it is shared.",
        From = 1,
        To = 400
    )]
    public int ApprovalHours { get; init; } = 17;

    [OptionDoc(
        "包括承認(technical)の異議申立て期間(業務時間、時間単位)。",
        "Working hours in which a provider that signed a standing approval (technical) may object.",
        From = 1,
        To = 400
    )]
    public int ObjectionHours { get; init; } = 8;

    [OptionDoc(
        "緊急共有(urgent)の異議申立て期間(業務時間、時間単位)。",
        "Working hours in which a provider that signed urgent shares may object.",
        From = 1,
        To = 40
    )]
    public int UrgentHours { get; init; } = 2;

    [OptionDoc("業務時間の始まり(0時からの時間)。", "Hour at which the working day begins.", From = 0, To = 12)]
    public int DayOpens { get; init; } = 9;

    [OptionDoc("業務時間の終わり(0時からの時間)。", "Hour at which the working day ends.", From = 13, To = 23)]
    public int DayCloses { get; init; } = 18;

    /// <summary>The working day.</summary>
    public WorkingHours WorkingDay() => new(new TimeOnly(DayOpens, 0), new TimeOnly(DayCloses, 0));

    /// <summary>Working time for a question of that mode.</summary>
    public TimeSpan For(ApprovalMode mode) =>
        TimeSpan.FromHours(
            mode switch
            {
                ApprovalMode.PerCase or ApprovalMode.AtIntake => ApprovalHours,
                ApprovalMode.Standing => ObjectionHours,
                ApprovalMode.Urgent => UrgentHours,
            }
        );
}
