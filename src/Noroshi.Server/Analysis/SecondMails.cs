using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.Server.Analysis;

/// <summary>
/// Passwords travel in a second mail: remembers which mails wait for one and which mails give one, and brings together those of the same
/// correspondents within 72 hours.
/// </summary>
internal sealed class SecondMails
{
    /// <summary>How far apart the two mails may be.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(72);

    private readonly List<Waiting> _waiting = [];
    private readonly List<Giving> _giving = [];
    private bool _sorted;

    /// <summary>A mail with locked files.</summary>
    /// <param name="PieceFile">The piece to read again.</param>
    public sealed record Waiting(Input Input, string PieceFile, DateTimeOffset At, IReadOnlySet<string> People, int Number);

    private sealed record Giving(string Key, DateTimeOffset At, IReadOnlySet<string> People, IReadOnlyList<PasswordCandidate> Hints);

    /// <summary>Mails that wait.</summary>
    public IReadOnlyList<Waiting> Locked => _waiting;

    /// <summary>Notes what a mail waits for or gives.</summary>
    public void Note(MailEntry entry, Input input, string pieceFile)
    {
        if ((entry.Facts.SentAt ?? entry.ReceivedAt) is not { } at)
        {
            return;
        }

        var people = PeopleOf(entry.Facts);
        if (entry.Facts.Attachments.Any(IsLocked))
        {
            _waiting.Add(new Waiting(input, pieceFile, at, people, _waiting.Count));
        }

        if (entry.Facts.PasswordHints.Count > 0)
        {
            _giving.Add(new Giving(entry.Key, at, people, entry.Facts.PasswordHints));
            _sorted = false;
        }
    }

    /// <summary>Passwords from other mails for one that waits, the nearest mail first.</summary>
    public IReadOnlyList<PasswordCandidate> For(Waiting waiting)
    {
        Sort();
        var near = new List<Giving>();
        for (var i = FirstFrom(waiting.At - Window); i < _giving.Count && _giving[i].At <= waiting.At + Window; i++)
        {
            if (SecondMail.SameCorrespondents(waiting.People, _giving[i].People))
            {
                near.Add(_giving[i]);
            }
        }

        return
        [
            .. near.OrderBy(one => (one.At - waiting.At).Duration())
                .ThenBy(one => one.Key, StringComparer.Ordinal)
                .SelectMany(one => SecondMail.FromOther(one.Hints, one.Key))
                .DistinctBy(candidate => candidate.Value)
                .Take(64),
        ];
    }

    private void Sort()
    {
        if (!_sorted)
        {
            _giving.Sort((a, b) => a.At.CompareTo(b.At) is var byTime and not 0 ? byTime : string.CompareOrdinal(a.Key, b.Key));
            _sorted = true;
        }
    }

    private int FirstFrom(DateTimeOffset at)
    {
        var (low, high) = (0, _giving.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _giving[middle].At < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static bool IsLocked(FileFacts file) =>
        file.Type == FileType.EncryptedUnopened || file.Children.Any(IsLocked) || (file.Mail?.Attachments.Any(IsLocked) ?? false);

    private static HashSet<string> PeopleOf(MailFacts facts) =>
        facts
            .To.Concat(facts.Cc)
            .Append(facts.From)
            .OfType<MailAddress>()
            .Select(one => one.Address.ToLowerInvariant())
            .ToHashSet(StringComparer.Ordinal);
}
