namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Where the campaigns look values up. Two implementations: in memory for <c>analyze</c> and tests, and the store's. Mails are known by a
/// number that the index gives: from 0, without gaps but for those of mails that were removed, which are given again.
/// </summary>
public interface IFeatureIndex
{
    /// <summary>Mails.</summary>
    int Count { get; }

    /// <summary>Unique mails: near-identical ones count once.</summary>
    int UniqueMails { get; }

    /// <summary>Adds a mail.</summary>
    /// <returns>Its number.</returns>
    int Add(MailFeatures mail);

    /// <summary>Takes a mail out: everything is as if it had never come, but that its number may be given again.</summary>
    void Remove(int number);

    /// <summary>The mail of a number that <see cref="Add"/> gave.</summary>
    MailFeatures Mail(int number);

    /// <summary>Unique mails that have the value; 0 when none has.</summary>
    int Frequency(ulong feature);

    /// <summary>Mails that have the value.</summary>
    int Mails(ulong feature);

    /// <summary>Values that two unique mails or more have, with their number; what an epoch freezes.</summary>
    IEnumerable<KeyValuePair<ulong, int>> Repeated();

    /// <summary>Numbers of mails that have the value, in no order.</summary>
    /// <param name="feature">Id of the value.</param>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<int> Postings(ulong feature, int most);

    /// <summary>
    /// At most <see cref="CandidateSearch.Representatives"/> mails that stand for all that have the value: those with the smallest unique
    /// ids, so that the choice does not depend on the order in which mails came.
    /// </summary>
    IReadOnlyList<int> Representatives(ulong feature);
}
