using System.Globalization;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>The situation of mails that are all at hand: what a <see cref="SituationKeeper"/> says that is given them at once.</summary>
public static class Situations
{
    /// <summary>The situation of a set of mails.</summary>
    /// <param name="mails">Mails with their features.</param>
    /// <param name="members">The community as far as known.</param>
    /// <param name="stated">Manifest lines without a file: what was told by telephone.</param>
    public static Situation Of(IReadOnlyList<KnownMail> mails, Members members, IReadOnlyList<ManifestLine> stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        var keeper = new SituationKeeper(members);
        keeper.Add(
            new SituationBatch
            {
                Mails = mails,
                Stated = stated
                    .Select((line, i) => (Key: i.ToString("D9", CultureInfo.InvariantCulture), line))
                    .ToDictionary(one => one.Key, one => one.line, StringComparer.Ordinal),
            }
        );
        return keeper.Current;
    }
}

/// <summary>
/// The moment as of which warnings hold: the newest reception, since the rules know no clock. A Date header is the sender's word and does
/// not count. What one organisation says of the time must not silence the warnings of another: of the others' newest mails the second
/// newest counts, so that one wrong clock moves nobody's.
/// </summary>
internal sealed class AsOf
{
    private readonly Dictionary<string, DateTimeOffset> _newest;
    private readonly DateTimeOffset? _secondNewest;

    /// <summary>Looks the mails over.</summary>
    public AsOf(IEnumerable<KnownMail> mails)
        : this(mails.Select(one => (one.Mail.Organization, NewestIn([one])))) { }

    /// <summary>Takes the newest reception of each organisation.</summary>
    public AsOf(IEnumerable<(string? Organization, DateTimeOffset? Newest)> receptions)
    {
        _newest = receptions
            .Where(one => one.Newest is not null)
            .GroupBy(one => one.Organization ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(one => one.Newest ?? default), StringComparer.Ordinal);
        _secondNewest = _newest.Count < 2 ? null : _newest.Values.OrderDescending().ElementAt(1);
    }

    /// <summary>The newest reception among mails; null when nobody's clock tells.</summary>
    public static DateTimeOffset? NewestIn(IEnumerable<KnownMail> mails) =>
        mails.Where(one => one.Mail is { TimeSource: "received" or "manifest", ReceivedAt: not null }).Max(one => one.Mail.ReceivedAt);

    /// <summary>The moment for an organisation; null when nobody's time is known.</summary>
    public DateTimeOffset? For(string? organization) =>
        !_newest.TryGetValue(organization ?? "", out var own) ? _secondNewest
        : _secondNewest > own ? _secondNewest
        : own;
}
