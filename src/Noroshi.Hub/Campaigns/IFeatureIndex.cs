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
    /// <param name="feature">Id of the value.</param>
    /// <param name="most">Counting may stop here: whether a value is popular is asked often, how popular never.</param>
    int Mails(ulong feature, int most = int.MaxValue);

    /// <summary>Values that two unique mails or more have, with their number; what an epoch freezes.</summary>
    IEnumerable<KeyValuePair<ulong, int>> Repeated();

    /// <summary>Numbers of mails that have the value, in no order.</summary>
    /// <param name="feature">Id of the value.</param>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<int> Postings(ulong feature, int most);

    /// <summary>
    /// At most <see cref="CandidateSearch.Representatives"/> mails that stand for all that have the value: those that come first by
    /// <see cref="MailPlace"/>, one of each unique mail, so that the choice does not depend on the order in which mails came.
    /// </summary>
    IReadOnlyList<int> Representatives(ulong feature);
}

/// <summary>
/// The order in which mails stand for a popular value. By the unique id, then the key; or, where the order lies on a disk, by keyed hashes of
/// both, of which nothing can be guessed and which nobody can choose.
/// </summary>
/// <param name="keyed">A keyed permutation of 64 bits; null for the plain order.</param>
public sealed class MailPlace(Func<ulong, ulong>? keyed = null)
{
    private const int NameBits = 24;

    /// <summary>By unique id and key.</summary>
    public static MailPlace Plain { get; } = new();

    /// <summary>Place by keyed hashes: mails of one unique id have the upper forty bits in common.</summary>
    public ulong Of(MailFeatures mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (keyed is null)
        {
            return mail.UniqueId;
        }

        var name = new Feature(EvidenceFamily.Prior, "mail", mail.Key).Id;
        return (keyed(mail.UniqueId) & ~((1UL << NameBits) - 1)) | (keyed(name) >> (64 - NameBits));
    }

    /// <summary>Whether two places are those of one unique mail.</summary>
    public bool AreTwins(ulong one, ulong other) => keyed is null ? one == other : one >> NameBits == other >> NameBits;

    /// <summary>The first place behind those of the same unique mail; 0 behind the last.</summary>
    public static ulong Behind(ulong place) => ((place >> NameBits) + 1) << NameBits;
}
