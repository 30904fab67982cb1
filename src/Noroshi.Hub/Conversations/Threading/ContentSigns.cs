using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Conversations.Threading;

/// <summary>What speaks for or against one mail answering another, each from about 0 to 1.</summary>
internal enum ContentSign
{
    /// <summary>Share of the quote that the earlier mail's writer wrote.</summary>
    QuotesOwn,

    /// <summary>More than four fifths of the quote is his.</summary>
    QuotesOnlyOwn,

    /// <summary>How many prints of it, logarithmically.</summary>
    QuotesMuch,

    /// <summary>Share of the quote that the earlier mail quotes as well: a sibling.</summary>
    QuotesSame,

    /// <summary>Share of the twice quoted that the earlier mail quotes.</summary>
    QuotesOn,

    /// <summary>Share of the twice quoted that its writer wrote: a grandparent.</summary>
    QuotesTwice,

    /// <summary>Share of the earlier mail that stands unmarked in the later one.</summary>
    Repeats,

    /// <summary>The attribution names its writer.</summary>
    Names,

    /// <summary>The attribution names somebody else.</summary>
    NamesOther,

    /// <summary>The attribution tells its time.</summary>
    Dates,

    /// <summary>The attribution tells another time.</summary>
    DatesOther,

    /// <summary>Same canonical subject, and the later one is marked as an answer.</summary>
    SameSubject,

    /// <summary>Same canonical subject, marked as an answer, and it quotes nothing.</summary>
    Bare,

    /// <summary>Hours between them, logarithmically, when it quotes nothing.</summary>
    BareGap,

    /// <summary>Same canonical subject, not marked.</summary>
    SameTitle,

    /// <summary>The earlier subject that a changed one names.</summary>
    WasSubject,

    /// <summary>It goes to the writer of the earlier mail.</summary>
    ToWriter,

    /// <summary>The earlier mail went to its writer.</summary>
    FromReceiver,

    /// <summary>Each wrote to the other, without a list between them.</summary>
    Partners,

    /// <summary>The same, and no mail of the subject lies between.</summary>
    PartnersNext,

    /// <summary>One writer wrote both.</summary>
    SameWriter,

    /// <summary>The first line greets the writer of the earlier mail.</summary>
    Greets,

    /// <summary>Hours between them, logarithmically.</summary>
    Gap,

    /// <summary>Mails of the subject between them, logarithmically.</summary>
    Between,

    /// <summary>The earlier one is the first of its subject.</summary>
    Opens,

    /// <summary>The earlier one is written after the later one by its date.</summary>
    Later,
}

/// <summary>What speaks for an answer whose question is not here.</summary>
internal enum AbsenceSign
{
    /// <summary>Always there.</summary>
    Always,

    /// <summary>The subject is not marked as an answer.</summary>
    NotMarked,

    /// <summary>It quotes something.</summary>
    Quotes,

    /// <summary>It quotes, and not even a third of the quote is in any candidate.</summary>
    QuoteUnknown,

    /// <summary>It has an attribution that no candidate fits.</summary>
    NameUnknown,
}

/// <summary>Measures the signs.</summary>
internal static class ContentSigns
{
    /// <summary>Number of signs between two mails.</summary>
    public static readonly int Count = Enum.GetValues<ContentSign>().Length;

    /// <summary>Number of signs of absence.</summary>
    public static readonly int AbsenceCount = Enum.GetValues<AbsenceSign>().Length;

    /// <summary>Fewer prints than this say little: the share is damped.</summary>
    private const double Damping = 1.5;

    private static readonly ContentSign[] Ties =
    [
        ContentSign.QuotesOwn,
        ContentSign.QuotesSame,
        ContentSign.QuotesOn,
        ContentSign.QuotesTwice,
        ContentSign.Repeats,
        ContentSign.Names,
        ContentSign.Dates,
        ContentSign.Greets,
    ];

    /// <summary>Measures the signs between a mail and an earlier one.</summary>
    public static double[] Between(ThreadedMail child, ThreadedMail parent, SubjectPlace place)
    {
        var signs = new double[Count];
        Quotes(signs, child, parent);
        Attribution(signs, child, parent);
        var same = child.Subject.Key.Length > 0 && child.Subject.Key == parent.Subject.Key;
        Set(signs, ContentSign.SameSubject, same && child.Subject.Answers);
        var bare = child.Quoted.Length == 0 && child.Attributions.Count == 0;
        Set(signs, ContentSign.Bare, same && child.Subject.Answers && bare);
        Set(signs, ContentSign.SameTitle, same && !child.Subject.Answers);
        Set(signs, ContentSign.WasSubject, child.Subject.Was is { } was && was == parent.Subject.Key);
        var sameWriter = child.From.Length > 0 && child.From == parent.From;
        Set(signs, ContentSign.ToWriter, !sameWriter && child.To.Overlaps(parent.AnswersTo));
        Set(signs, ContentSign.FromReceiver, !sameWriter && child.From.Length > 0 && parent.To.Contains(child.From));
        var partners = signs[(int)ContentSign.ToWriter] + signs[(int)ContentSign.FromReceiver] == 2 && !child.OfList && !parent.OfList;
        Set(signs, ContentSign.Partners, partners);
        Set(signs, ContentSign.PartnersNext, partners && same && place.Between == 0);
        Set(signs, ContentSign.SameWriter, sameWriter);
        Set(signs, ContentSign.Greets, !sameWriter && child.Greeted.Overlaps(parent.FromName));
        var hours = child.At is { } later && parent.At is { } earlier ? (later - earlier).TotalHours : 0;
        signs[(int)ContentSign.Gap] = Math.Log2(1 + Math.Max(0, hours)) / 10;
        signs[(int)ContentSign.BareGap] = bare ? signs[(int)ContentSign.Gap] : 0;
        signs[(int)ContentSign.Between] = same ? Math.Log2(1 + place.Between) / 5 : 0;
        Set(signs, ContentSign.Opens, same && place.Opens);
        Set(signs, ContentSign.Later, hours < 0);
        return signs;
    }

    /// <summary>
    /// Whether anything but subject and time ties two mails: strangers who write to one window under one subject have nothing to do with each
    /// other, while the members of a mailing list need not name each other.
    /// </summary>
    public static bool Tied(ThreadedMail child, ThreadedMail parent, double[] signs)
    {
        var (toWriter, fromReceiver) = (signs[(int)ContentSign.ToWriter] > 0, signs[(int)ContentSign.FromReceiver] > 0);
        // Everybody writes to the window, and it writes to everybody: what ties is the other side.
        var people = child.Direction switch
        {
            MailDirection.Inbound => fromReceiver,
            MailDirection.Outbound => toWriter,
            MailDirection.Internal or MailDirection.Provision or null => toWriter && fromReceiver,
        };
        return people
            || Array.Exists(Ties, sign => signs[(int)sign] > 0)
            || (signs[(int)ContentSign.SameWriter] > 0 && child.To.Overlaps(parent.To))
            || (child.OfList && parent.OfList);
    }

    /// <summary>Measures what speaks for a question that is not here.</summary>
    public static double[] Absence(ThreadedMail child, IReadOnlyList<double[]> candidates)
    {
        var signs = new double[AbsenceCount];
        var quotes = child.Quoted.Length > 0;
        signs[(int)AbsenceSign.Always] = 1;
        signs[(int)AbsenceSign.NotMarked] = child.Subject.Answers ? 0 : 1;
        signs[(int)AbsenceSign.Quotes] = quotes ? 1 : 0;
        signs[(int)AbsenceSign.QuoteUnknown] = quotes && !candidates.Any(one => one[(int)ContentSign.QuotesOwn] > 1.0 / 3) ? 1 : 0;
        signs[(int)AbsenceSign.NameUnknown] =
            child.Attributions.Any(one => one.FromAddress is not null || one.FromName is not null)
            && !candidates.Any(one => one[(int)ContentSign.Names] > 0)
                ? 1
                : 0;
        return signs;
    }

    private static void Set(double[] signs, ContentSign sign, bool holds) => signs[(int)sign] = holds ? 1 : 0;

    private static void Quotes(double[] signs, ThreadedMail child, ThreadedMail parent)
    {
        var common = Fingerprints.Common(child.Quoted, parent.Own);
        var share = Share(common, child.Quoted.Length);
        signs[(int)ContentSign.QuotesOwn] = share;
        Set(signs, ContentSign.QuotesOnlyOwn, common > 0.8 * child.Quoted.Length && common > 0);
        signs[(int)ContentSign.QuotesMuch] = Math.Min(1, Math.Log2(1 + common) / 8);
        signs[(int)ContentSign.QuotesSame] = Share(Fingerprints.Common(child.Quoted, parent.Quoted), child.Quoted.Length);
        signs[(int)ContentSign.QuotesOn] = Share(Fingerprints.Common(child.Twice, parent.Quoted), child.Twice.Length);
        signs[(int)ContentSign.QuotesTwice] = Share(Fingerprints.Common(child.Twice, parent.Own), child.Twice.Length);
        signs[(int)ContentSign.Repeats] = Share(Fingerprints.Common(child.Own, parent.Own), parent.Own.Length);
    }

    private static double Share(int common, int all) => common == 0 ? 0 : common / (all + Damping);

    private static void Attribution(double[] signs, ThreadedMail child, ThreadedMail parent)
    {
        var (names, namesOther, dates, datesOther) = (false, false, false, false);
        foreach (var one in child.Attributions)
        {
            if (Attributions.Names(one, parent) is { } named)
            {
                (names, namesOther) = (names || named, namesOther || !named);
            }

            if (Attributions.Dates(one, parent) is { } dated)
            {
                (dates, datesOther) = (dates || dated, datesOther || !dated);
            }
        }

        Set(signs, ContentSign.Names, names);
        Set(signs, ContentSign.NamesOther, namesOther && !names);
        Set(signs, ContentSign.Dates, dates);
        Set(signs, ContentSign.DatesOther, datesOther && !dates);
    }
}

/// <summary>Where an earlier mail stands among those of its subject.</summary>
/// <param name="Between">Mails of the subject between the two.</param>
/// <param name="Opens">It is the first.</param>
internal readonly record struct SubjectPlace(int Between, bool Opens);

/// <summary>Compares attribution lines with mails.</summary>
internal static class Attributions
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Widest = TimeSpan.FromHours(14);

    /// <summary>Whether an attribution names a mail's writer; null when it names nobody.</summary>
    public static bool? Names(QuotedMail quote, ThreadedMail mail)
    {
        if (quote.FromAddress is { } address && address.Contains('@', StringComparison.Ordinal) && mail.From.Length > 0)
        {
            if (ThreadedMail.Folded(address) == mail.From)
            {
                return true;
            }
        }

        if (quote.FromName is not { } name)
        {
            return quote.FromAddress is null ? null : false;
        }

        var words = ThreadedMail.NameOf(name);
        if (words.Count == 0 || mail.FromName.Count == 0)
        {
            return quote.FromAddress is null ? null : false;
        }

        var common = words.Count(mail.FromName.Contains);
        return common >= Math.Min(2, Math.Min(words.Count, mail.FromName.Count)) || string.Concat(words) == string.Concat(mail.FromName);
    }

    /// <summary>Whether an attribution tells a mail's time, in whatever zone; null when it tells none, or only a day.</summary>
    public static bool? Dates(QuotedMail quote, ThreadedMail mail)
    {
        if (quote.SentAt is not { } told || mail.Facts.SentAt is not { } at)
        {
            return null;
        }

        var apart = (told - at).Duration();
        if (told.TimeOfDay == TimeSpan.Zero)
        {
            return apart > TimeSpan.FromHours(38) ? false : null;
        }

        // Attributions seldom tell their zone: whole half hours within the zones of the world are the same time.
        var zones = TimeSpan.FromMinutes(Math.Round(apart.TotalMinutes / 30) * 30);
        return apart <= Widest + Rounding && (apart - zones).Duration() <= Rounding;
    }
}
