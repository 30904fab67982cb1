using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations.Threading;

/// <summary>What threading asks of a mail.</summary>
internal sealed class ThreadedMail
{
    /// <summary>Characters compared per kind of text; a quote that is longer is known by its beginning.</summary>
    private const int LongestText = 4_000;

    private const int MostPeople = 20;
    private const int MostPartners = 5;
    private const int MostAttributions = 3;
    private const int LongestName = 100;
    private static readonly TimeSpan Believed = TimeSpan.FromDays(3);

    /// <summary>Reads a mail.</summary>
    public ThreadedMail(ProvidedMail mail)
    {
        Key = mail.Key;
        Facts = mail.Facts;
        At = Time(mail);
        Subject = CanonicalSubject.Of(mail.Facts.Subject);
        From = mail.Facts.Form?.PersonAddress is { Length: > 0 } person ? Folded(person) : Folded(mail.Facts.From?.Address ?? "");
        Direction = mail.Direction;
        AnswersTo =
        [
            .. (OfList ? [] : mail.Facts.ReplyTo.Take(MostPeople).Select(one => Folded(one.Address)))
                .Append(From)
                .Where(one => one.Length > 0),
        ];
        FromName = NameOf(mail.Facts.Form?.PersonName ?? mail.Facts.From?.Name ?? "");
        To = [.. mail.Facts.To.Concat(mail.Facts.Cc).Take(MostPeople).Select(one => Folded(one.Address)).Where(one => one.Length > 0)];
        Partners = [.. To.Order(StringComparer.Ordinal).Take(MostPartners)];
        Attributions =
        [
            .. mail
                .Facts.Body.Quotes.Where(quote => quote.Depth == 1 && (quote.FromAddress ?? quote.FromName ?? quote.SentAtText) is not null)
                .Take(MostAttributions),
        ];
        ReadBody(mail.Facts.Body);
        var text = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(AllOwn.AsSpan())).AsSpan(0, 12));
        Digest = string.Join('\n', From, Subject.Key, mail.Facts.SentAt?.ToUnixTimeSeconds(), text);
    }

    /// <summary>Key of the mail.</summary>
    public string Key { get; }

    /// <summary>The facts.</summary>
    public MailFacts Facts { get; }

    /// <summary>When it was written, as far as the receiver's clock lets us believe it.</summary>
    public DateTimeOffset? At { get; }

    /// <summary>Subject.</summary>
    public CanonicalSubject Subject { get; }

    /// <summary>Address of the writer, lower case; empty when unknown.</summary>
    public string From { get; }

    /// <summary>Name of the writer in words.</summary>
    public HashSet<string> FromName { get; }

    /// <summary>Addresses that an answer goes to: the writer's, and what he names for answers unless a list does.</summary>
    public HashSet<string> AnswersTo { get; }

    /// <summary>Direction; null when nothing is known of the organisation.</summary>
    public MailDirection? Direction { get; }

    /// <summary>Addresses it went to.</summary>
    public HashSet<string> To { get; }

    /// <summary>The first few of them: people who write to each other are looked for by pairs.</summary>
    public IReadOnlyList<string> Partners { get; }

    /// <summary>What the lines above its quotes say of the quoted mail.</summary>
    public IReadOnlyList<QuotedMail> Attributions { get; }

    /// <summary>All prints of what the writer wrote.</summary>
    public uint[] AllOwn { get; private set; } = [];

    /// <summary>Prints of what the writer wrote, as far as few others have them; so are the next two.</summary>
    public uint[] Own { get; private set; } = [];

    /// <summary>Prints of what is quoted once.</summary>
    public uint[] Quoted { get; private set; } = [];

    /// <summary>Prints of what is quoted twice.</summary>
    public uint[] Twice { get; private set; } = [];

    /// <summary>It came through a mailing list.</summary>
    public bool OfList => Facts.Automatic?.Kind == "list";

    /// <summary>Tells copies of one mail from all others: writer, subject, date and text.</summary>
    public string Digest { get; }

    /// <summary>Whom the first line greets, in words.</summary>
    public HashSet<string> Greeted { get; private set; } = [];

    private uint[] _allQuoted = [];
    private uint[] _allTwice = [];

    /// <summary>Leaves out the prints that many mails of a world hold: stock phrases, signatures, footers.</summary>
    public void KeepRare(PrintCounts counts, int most)
    {
        Own = counts.Rare(AllOwn, most);
        Quoted = counts.Rare(_allQuoted, most);
        Twice = counts.Rare(_allTwice, most);
    }

    /// <summary>Words of a person's name, without titles.</summary>
    public static HashSet<string> NameOf(string name)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words(name.Length <= LongestName ? name : name[..LongestName]))
        {
            var bare = word.TrimEnd('様', '殿', '氏');
            bare = bare.EndsWith("さん", StringComparison.Ordinal) ? bare[..^2] : bare;
            if (bare.Length > 0)
            {
                words.Add(bare);
            }
        }

        return words;
    }

    /// <summary>An address to compare: lower case, without blanks.</summary>
    public static string Folded(string address) => address.Trim().ToLowerInvariant();

    /// <summary>
    /// The clock of the first server on the way is better than the writer's. Both may be forged: the time of reception bounds them.
    /// </summary>
    private static DateTimeOffset? Time(ProvidedMail mail)
    {
        var (sent, received) = (mail.Facts.SentAt, mail.ReceivedAt);
        var hop = mail.Facts.Hops.Count > 0 ? mail.Facts.Hops[^1].At : null;
        var said = hop is { } first && sent is { } date && (first - date).Duration() > Believed ? sent : hop ?? sent;
        return said is { } at && received is { } came && (at - came).Duration() > Believed ? came : said ?? received;
    }

    private void ReadBody(BodyText body)
    {
        var lines = body.Text.Split('\n');
        var (own, quoted, twice) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        foreach (var block in body.Blocks)
        {
            var target = block switch
            {
                { Kind: BlockKind.New or BlockKind.Salutation or BlockKind.Signature } => own,
                { Kind: BlockKind.Quoted, QuoteDepth: 1 } => quoted,
                { Kind: BlockKind.Quoted, QuoteDepth: 2 } => twice,
                _ => null,
            };
            var (from, end) = (Math.Min(block.FirstLine, lines.Length), Math.Min(block.FirstLine + block.LineCount, lines.Length));
            var mark = block is { Kind: BlockKind.Quoted, QuoteDepth: 1 } ? OddQuoteMarks.In(lines.AsSpan(from..end)) : null;
            for (var i = from; i < end && target?.Length < LongestText; i++)
            {
                Append(mark is null || lines[i].StartsWith(mark, StringComparison.Ordinal) ? target : own, lines[i]);
            }

            if (block.Kind == BlockKind.Salutation && Greeted.Count == 0 && block.FirstLine < lines.Length)
            {
                Greeted = NameOf(lines[block.FirstLine]);
            }
        }

        AllOwn = Fingerprints.Of(own.ToString());
        _allQuoted = Fingerprints.Of(quoted.ToString());
        _allTwice = Fingerprints.Of(twice.ToString());
        (Own, Quoted, Twice) = (AllOwn, _allQuoted, _allTwice);
    }

    /// <summary>Only letters and figures: quote marks, rules and blanks change on the way.</summary>
    private static void Append(StringBuilder target, string line)
    {
        var cut = line.Length <= LongestText ? line : line[..LongestText];
        foreach (var character in Ascii.IsValid(cut) ? cut : PlainText.Of(cut))
        {
            if (char.IsLetterOrDigit(character))
            {
                target.Append(char.ToLowerInvariant(character));
            }
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var character in UnicodeForms.Nfkc(text))
        {
            if (char.IsLetterOrDigit(character) || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark)
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
