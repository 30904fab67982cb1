using System.Collections.Frozen;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.Server.Analysis;

/// <summary>
/// Passwords travel in a second mail: remembers which mails wait for one and which mails give one, and brings together those of the same
/// correspondents within 72 hours. What one organisation received never opens, or shows up in, the mail of another.
/// </summary>
internal sealed class SecondMails
{
    private const int MostCandidates = 64;

    private readonly List<Waiting> _waiting = [];
    private readonly List<Giving> _giving = [];
    private bool _sorted;

    /// <summary>A mail with locked files.</summary>
    /// <param name="Piece">The piece to read again.</param>
    /// <param name="At">When it was sent.</param>
    /// <param name="People">Who wrote to whom.</param>
    /// <param name="Entry">What is known of the entry.</param>
    public sealed record Waiting(PieceRef Piece, DateTimeOffset At, Correspondents People, WaitingEntry Entry);

    /// <summary>Where a piece is read.</summary>
    public sealed record PieceRef(Input Input, string File);

    /// <summary>Who wrote to whom.</summary>
    public sealed record Correspondents(string Sender, IReadOnlySet<string> Recipients)
    {
        /// <summary>The people of a mail.</summary>
        public static Correspondents Of(MailFacts facts) =>
            new(
                facts.From?.Address ?? facts.Sender?.Address ?? "",
                facts.To.Concat(facts.Cc).Select(one => one.Address.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal)
            );

        /// <summary>Whether one of two mails may bring the password of the other.</summary>
        public bool AreThoseOf(Correspondents other) =>
            SecondMail.SameCorrespondents(Sender, Recipients, other.Sender, other.Recipients, IsAnybodys);

        /// <summary>Whether anybody gets an address at a domain, so that sharing it says nothing.</summary>
        private static bool IsAnybodys(string domain) => FreeMail.Classify(domain) != MailServiceClass.None;
    }

    /// <summary>An entry that may be replaced.</summary>
    /// <param name="Key">Its key.</param>
    /// <param name="File">Its file.</param>
    /// <param name="Twin">Entries of the same file before it in its piece.</param>
    /// <param name="Carrier">Key of its carrier.</param>
    /// <param name="Reported">Keys of what it carries.</param>
    /// <param name="Codes">Codes of its findings.</param>
    /// <param name="Opened">Number of its files that a password opened.</param>
    public sealed record WaitingEntry(
        string Key,
        string File,
        int Twin,
        string? Carrier,
        IReadOnlyDictionary<int, string> Reported,
        IReadOnlyList<string> Codes,
        int Opened
    );

    private sealed record Giving(
        string Key,
        string? Organization,
        DateTimeOffset At,
        Correspondents People,
        IReadOnlyList<PasswordCandidate> Hints
    );

    /// <summary>Mails that wait.</summary>
    public IReadOnlyList<Waiting> Locked => _waiting;

    /// <summary>Notes what a mail waits for or gives.</summary>
    public void Note(ProvidedMail entry, int twin, PieceRef piece)
    {
        if ((entry.Facts.SentAt ?? entry.ReceivedAt) is not { } at)
        {
            return;
        }

        var people = Correspondents.Of(entry.Facts);
        if (entry.AllFiles().Any(file => file.Type == FileType.EncryptedUnopened))
        {
            var codes = EntryFindings.Of(entry).Select(finding => finding.Code).ToList();
            _waiting.Add(
                new Waiting(
                    piece,
                    at,
                    people,
                    new WaitingEntry(entry.Key, entry.File, twin, entry.Carrier, entry.Reported, codes, Opened(entry))
                )
            );
        }

        if (entry.Facts.PasswordHints.Count > 0)
        {
            _giving.Add(new Giving(entry.Key, entry.Organization, at, people, entry.Facts.PasswordHints));
            _sorted = false;
        }
    }

    /// <summary>Passwords from other mails for one that waits, the nearest mail first.</summary>
    public IReadOnlyList<PasswordCandidate> For(Waiting waiting)
    {
        Sort();
        var near = new List<Giving>();
        for (var i = FirstNear(waiting.At); i < _giving.Count && SecondMail.WithinWindow(_giving[i].At, waiting.At); i++)
        {
            var giving = _giving[i];
            if (
                giving.Key != waiting.Entry.Key
                && string.Equals(giving.Organization, waiting.Piece.Input.Provenance.Organization, StringComparison.Ordinal)
                && waiting.People.AreThoseOf(giving.People)
            )
            {
                near.Add(giving);
            }
        }

        return
        [
            .. near.OrderBy(one => (one.At - waiting.At).Duration())
                .ThenBy(one => one.Key, StringComparer.Ordinal)
                .SelectMany(one => SecondMail.FromOther(one.Hints, one.Key))
                .DistinctBy(candidate => candidate.Value, StringComparer.Ordinal)
                .Take(MostCandidates),
        ];
    }

    /// <summary>Number of files of a mail that a password opened.</summary>
    public static int Opened(ProvidedMail entry) => entry.AllFiles().Count(file => file.Password is not null);

    private void Sort()
    {
        if (!_sorted)
        {
            _giving.Sort((a, b) => a.At.CompareTo(b.At) is var byTime and not 0 ? byTime : string.CompareOrdinal(a.Key, b.Key));
            _sorted = true;
        }
    }

    /// <summary>The first that is not earlier by more than the window; by difference, since a Date may stand at the edge of the calendar.</summary>
    private int FirstNear(DateTimeOffset at)
    {
        var (low, high) = (0, _giving.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = at - _giving[middle].At > SecondMail.Window ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>All findings of an entry: its own, its files', and those of mails in it that have no entry of their own.</summary>
internal static class EntryFindings
{
    public static IEnumerable<MailAnatomy.Findings.Finding> Of(ProvidedMail entry) =>
        entry.Findings.Concat(entry.Facts.Attachments.SelectMany((file, i) => entry.Reported.ContainsKey(i) ? file.Findings : Of(file)));

    /// <summary>All findings of a file and of what is in it.</summary>
    public static IEnumerable<MailAnatomy.Findings.Finding> Of(FileFacts file) =>
        file
            .Findings.Concat(file.Children.SelectMany(Of))
            .Concat(file.Mail is { } mail ? mail.Findings.Concat(mail.Attachments.SelectMany(Of)) : []);
}
