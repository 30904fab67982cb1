using Noroshi.Hub.Storage;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// How long what is kept as which class stays, in days; null: nobody has decided, and it stays. There is no default term: an import of past years
/// would end the moment it came. Days count from the reception at the hub. Figures that were frozen rest on results that hold nobody's name and survive.
/// </summary>
/// <param name="OriginalDays">Mails and files as they came.</param>
/// <param name="PersonalDataDays">What was taken from them and names people or organisations.</param>
/// <param name="SampleDays">Malicious files.</param>
/// <param name="ResultDays">Results.</param>
public sealed record RetentionTerms(int? OriginalDays = null, int? PersonalDataDays = null, int? SampleDays = null, int? ResultDays = null)
{
    /// <summary>What is wrong with the terms; null when they hold together.</summary>
    public string? Problem() =>
        OriginalDays < 1 || PersonalDataDays < 1 || SampleDays < 1 || ResultDays < 1 ? "a term is at least one day"
        : ResultDays is { } results && (PersonalDataDays is not { } people || results < people)
            ? "results rest on personal data and cannot end before them"
        : null;

    /// <summary>Classes with the moment before which what was received has had its term.</summary>
    public IReadOnlyList<(RetentionClass Retention, DateTimeOffset Before)> Due(DateTimeOffset now)
    {
        var due = new List<(RetentionClass, DateTimeOffset)>();
        foreach (
            var (retention, days) in new[]
            {
                (RetentionClass.Original, OriginalDays),
                (RetentionClass.PersonalData, PersonalDataDays),
                (RetentionClass.Sample, SampleDays),
                (RetentionClass.Result, ResultDays),
            }
        )
        {
            if (days is { } term)
            {
                due.Add((retention, now.AddDays(-term)));
            }
        }

        return due;
    }
}
