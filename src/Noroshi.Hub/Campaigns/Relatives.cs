namespace Noroshi.Hub.Campaigns;

/// <summary>Answers "who else": the mails that have much in common with one, with the reasons.</summary>
/// <param name="index">Where values are looked up.</param>
/// <param name="scorer">Weighs pairs under a stored epoch.</param>
public sealed class Relatives(IFeatureIndex index, LinkScorer scorer)
{
    private readonly CandidateSearch _candidates = new(index, _ => true);

    /// <summary>Links of a mail of the index that are worth a look, the heaviest first.</summary>
    /// <param name="number">Number of the mail.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Link> Of(int number, int most)
    {
        var mail = index.Mail(number);
        return
        [
            .. _candidates
                .For(number)
                .Select(index.Mail)
                .Select(other => (Other: other, Weight: scorer.Weigh(mail, other)))
                .Where(one => one.Weight.Level >= LinkLevel.Suggestion)
                .OrderByDescending(one => one.Weight.Tenths)
                .ThenBy(one => one.Other.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(one => scorer.Score(mail, one.Other)),
        ];
    }
}
