using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Pipeline;

/// <summary>A mail that waits for a password, or gives one.</summary>
/// <param name="Document">The mail.</param>
/// <param name="Provision">Its provision.</param>
/// <param name="Arrived">When the hub took it apart first.</param>
internal sealed record PasswordMail(MailDocument Document, ProvisionId Provision, DateTimeOffset Arrived)
{
    /// <summary>When it was sent.</summary>
    public DateTimeOffset? At { get; } = Document.Mail.Facts.SentAt ?? Document.Mail.ReceivedAt;

    /// <summary>Who wrote to whom.</summary>
    public SecondMails.Correspondents People { get; } = SecondMails.Correspondents.Of(Document.Mail.Facts);

    /// <summary>Key of the mail.</summary>
    public string Key => Document.Mail.Key;

    /// <summary>It has files that nobody could open.</summary>
    public bool IsLocked { get; } = Document.Mail.AllFiles().Any(file => file.Type == FileType.EncryptedUnopened);

    /// <summary>It says a password.</summary>
    public bool Gives => Document.Mail.Facts.PasswordHints.Count > 0;
}

/// <summary>
/// Brings mails that wait for a password together with those that give one, in whichever order they come: same organisation, same
/// correspondents, written within 72 hours of each other and handed in within 7 days. Derived from the log; older mails are forgotten.
/// </summary>
internal sealed class SecondMailIndex
{
    private const int MostCandidates = 64;
    private static readonly TimeSpan HandedInWithin = TimeSpan.FromDays(7);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Side> _sides = new(StringComparer.Ordinal);
    private readonly Queue<PasswordMail> _byArrival = new();
    private readonly HashSet<ProvisionId> _gone = [];
    private DateTimeOffset _newest = DateTimeOffset.MinValue;

    /// <summary>Mails of one organisation by the time they were written, in boxes as long as two mails may be apart.</summary>
    private sealed class Side
    {
        public Boxes Locked { get; } = new();

        public Boxes Giving { get; } = new();
    }

    private sealed class Boxes
    {
        private readonly Dictionary<long, Dictionary<string, PasswordMail>> _boxes = [];

        public void Put(PasswordMail mail)
        {
            if (!_boxes.TryGetValue(BoxOf(mail), out var box))
            {
                _boxes[BoxOf(mail)] = box = new Dictionary<string, PasswordMail>(StringComparer.Ordinal);
            }

            box[mail.Key] = mail;
        }

        public void Remove(PasswordMail mail)
        {
            if (_boxes.TryGetValue(BoxOf(mail), out var box) && box.Remove(mail.Key) && box.Count == 0)
            {
                _boxes.Remove(BoxOf(mail));
            }
        }

        public PasswordMail? Find(PasswordMail same) => _boxes.GetValueOrDefault(BoxOf(same))?.GetValueOrDefault(same.Key);

        public IEnumerable<PasswordMail> Near(PasswordMail mail)
        {
            for (var box = BoxOf(mail) - 1; box <= BoxOf(mail) + 1; box++)
            {
                foreach (var one in _boxes.GetValueOrDefault(box)?.Values ?? Enumerable.Empty<PasswordMail>())
                {
                    yield return one;
                }
            }
        }

        private static long BoxOf(PasswordMail mail) => (mail.At?.UtcTicks ?? 0) / SecondMail.Window.Ticks;
    }

    /// <summary>Takes a mail in, or what is newly known of it.</summary>
    /// <returns>The mails to try again now, each with its candidates, the nearest mail's first.</returns>
    public IReadOnlyList<(PasswordMail Mail, IReadOnlyList<PasswordCandidate> Candidates)> Note(PasswordMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        lock (_gate)
        {
            var side = SideOf(mail);
            side.Locked.Remove(mail);
            if (mail.At is null || !(mail.IsLocked || mail.Gives) || _gone.Contains(mail.Provision))
            {
                return [];
            }

            Forget(mail.Arrived);
            _byArrival.Enqueue(mail);
            if (mail.IsLocked)
            {
                side.Locked.Put(mail);
            }

            if (mail.Gives)
            {
                side.Giving.Put(mail);
            }

            var concerned = mail.Gives ? side.Locked.Near(mail).Where(one => one.Key == mail.Key || Fit(one, mail)) : [mail];
            return
            [
                .. concerned
                    .OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => (one, For(one, side)))
                    .Where(one => one.Item2.Count > 0),
            ];
        }
    }

    private static IReadOnlyList<PasswordCandidate> For(PasswordMail locked, Side side) =>
        [
            .. side
                .Giving.Near(locked)
                .Where(giving => giving.Key != locked.Key && Fit(locked, giving))
                .OrderBy(giving => (giving.At - locked.At)?.Duration())
                .ThenBy(giving => giving.Key, StringComparer.Ordinal)
                .SelectMany(giving => SecondMail.FromOther(giving.Document.Mail.Facts.PasswordHints, giving.Document.Mail.File))
                .DistinctBy(candidate => candidate.Value, StringComparer.Ordinal)
                .Take(MostCandidates),
        ];

    private static bool Fit(PasswordMail locked, PasswordMail giving) =>
        locked.At is { } a
        && giving.At is { } b
        && SecondMail.WithinWindow(a, b)
        && (locked.Arrived - giving.Arrived).Duration() <= HandedInWithin
        && locked.People.AreThoseOf(giving.People);

    /// <summary>Forgets the mails of erased provisions; one of them that is noted late is passed over.</summary>
    public void Forget(IReadOnlyCollection<ProvisionId> provisions)
    {
        var gone = provisions.ToHashSet();
        lock (_gate)
        {
            _gone.UnionWith(gone);
            foreach (var mail in _byArrival.Where(one => gone.Contains(one.Provision)))
            {
                var side = SideOf(mail);
                side.Locked.Remove(mail);
                side.Giving.Remove(mail);
            }

            var kept = _byArrival.Where(one => !gone.Contains(one.Provision)).ToList();
            _byArrival.Clear();
            kept.ForEach(_byArrival.Enqueue);
        }
    }

    private Side SideOf(PasswordMail mail)
    {
        var organization = mail.Document.Mail.Organization ?? "";
        if (!_sides.TryGetValue(organization, out var side))
        {
            _sides[organization] = side = new Side();
        }

        return side;
    }

    private void Forget(DateTimeOffset now)
    {
        _newest = now > _newest ? now : _newest;
        while (_byArrival.TryPeek(out var oldest) && _newest - oldest.Arrived > HandedInWithin)
        {
            _byArrival.Dequeue();
            var side = SideOf(oldest);
            foreach (var boxes in new[] { side.Giving, side.Locked }.Where(boxes => ReferenceEquals(boxes.Find(oldest), oldest)))
            {
                boxes.Remove(oldest);
            }
        }
    }
}
