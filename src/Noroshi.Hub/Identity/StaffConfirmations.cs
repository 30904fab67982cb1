using System.Text.Json.Serialization;

namespace Noroshi.Hub.Identity;

/// <summary>How a yearly confirmation ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConfirmationState>))]
public enum ConfirmationState
{
    /// <summary>Asked, no answer.</summary>
    [JsonStringEnumMemberName("asked")]
    Asked,

    /// <summary>The staff is as registered, or was put right.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,
}

/// <summary>The yearly question to an organisation whether windows and staff are still as registered (担当者確認).</summary>
public sealed record StaffConfirmation
{
    /// <summary>Organisation and fiscal year: <c>power-a.2014</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Organisation.</summary>
    public required string Organization { get; init; }

    /// <summary>Fiscal year.</summary>
    public required int FiscalYear { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it was asked again last.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>How often it was asked again.</summary>
    public int Reminders { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Id of who answered.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>State.</summary>
    public ConfirmationState State { get; init; }
}

/// <summary>When whom is asked. Staff changes in April, so the question goes out when the fiscal year has begun and the new people are there.</summary>
public static class StaffConfirmations
{
    /// <summary>Japan knows no summer time.</summary>
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>First asked on this day of April.</summary>
    public const int DayOfApril = 10;

    /// <summary>Between two reminders.</summary>
    public static TimeSpan BetweenReminders { get; } = TimeSpan.FromDays(14);

    /// <summary>Most reminders; then a person of the hub has to call.</summary>
    public const int MostReminders = 3;

    /// <summary>The fiscal year of a moment.</summary>
    public static int FiscalYear(DateTimeOffset now)
    {
        var local = now.ToOffset(Japan);
        return local.Month >= 4 ? local.Year : local.Year - 1;
    }

    /// <summary>The record as it has to be written now; null when nothing is due.</summary>
    /// <param name="organization">Organisation, a member today.</param>
    /// <param name="joined">When it joined; null when it was always there. Who joined in this fiscal year has just told us.</param>
    /// <param name="found">The record of this fiscal year; null when it was not asked yet.</param>
    /// <param name="now">Now.</param>
    public static StaffConfirmation? Due(string organization, DateOnly? joined, StaffConfirmation? found, DateTimeOffset now)
    {
        var year = FiscalYear(now);
        if (found is null)
        {
            var local = DateOnly.FromDateTime(now.ToOffset(Japan).DateTime);
            return local >= new DateOnly(year, 4, DayOfApril) && !(joined >= new DateOnly(year, 4, 1))
                ? new StaffConfirmation
                {
                    Id = IdOf(organization, year),
                    Organization = organization,
                    FiscalYear = year,
                    AskedAt = now,
                }
                : null;
        }

        return
            found.State == ConfirmationState.Asked
            && found.Reminders < MostReminders
            && now - (found.RemindedAt ?? found.AskedAt) >= BetweenReminders
            ? found with
            {
                RemindedAt = now,
                Reminders = found.Reminders + 1,
            }
            : null;
    }

    /// <summary>Id of a year's record.</summary>
    public static string IdOf(string organization, int year) => $"{organization}.{year}";
}
