using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Noroshi.StorageBench;

/// <summary>A mail that is to be handed in, by which way and for whom. The same mail by another way is another provision.</summary>
/// <param name="Token">32 hexadecimal digits; the mail is made from them.</param>
/// <param name="Giver">Number of the organisation.</param>
/// <param name="BySmtp">Through SMTP, else through the API.</param>
internal sealed record Handed(string Token, int Giver, bool BySmtp);

/// <summary>What the givers were told: what is acknowledged, under which id, and what nobody answered.</summary>
internal sealed class HubLedger
{
    private const string Mark = "X-Token: ";
    private readonly ConcurrentDictionary<string, (Handed Mail, string Id)> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Handed>[] _unanswered = [new(), new()];
    private readonly ConcurrentQueue<Handed>[] _last = [new(), new()];
    private readonly ConcurrentBag<string> _contradictions = [];
    private readonly ConcurrentBag<string> _unexpected = [];
    private int _acknowledgements;
    private int _again;
    private int _bySmtp;
    private int _refused;

    /// <summary>Mails acknowledged, with the id that the API named.</summary>
    public IReadOnlyCollection<(Handed Mail, string Id)> Acknowledged => [.. _acknowledged.Values];

    public int Count => _acknowledged.Count;

    public int BySmtp => _bySmtp;

    /// <summary>Mails handed in once more although they were acknowledged, as by somebody who lost the answer.</summary>
    public int Again => _again;

    /// <summary>Acknowledgements in all, repetitions too.</summary>
    public int Acknowledgements => _acknowledgements;

    /// <summary>Clear refusals: no room, busy, store failed.</summary>
    public int Refused => _refused;

    /// <summary>The refusals' words and how often they came.</summary>
    public ConcurrentDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>The same mail under another id, or a repetition that was not recognised.</summary>
    public IReadOnlyCollection<string> Contradictions => _contradictions;

    /// <summary>Answers that no giver should ever see.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    public bool IsAcknowledged(string token) => _acknowledged.ContainsKey(token);

    /// <summary>The next mail: what got no answer first.</summary>
    public Handed Next(bool bySmtp, Func<Handed> fresh) => _unanswered[bySmtp ? 1 : 0].TryDequeue(out var again) ? again : fresh();

    /// <summary>The last acknowledged mails of the cycle before, once more.</summary>
    public void RepeatLast()
    {
        foreach (var way in new[] { 0, 1 })
        {
            while (_last[way].TryDequeue(out var mail))
            {
                Interlocked.Increment(ref _again);
                _unanswered[way].Enqueue(mail);
            }
        }
    }

    /// <summary>No answer, or a refusal: it comes again.</summary>
    public void Unanswered(Handed mail) => _unanswered[mail.BySmtp ? 1 : 0].Enqueue(mail);

    /// <summary>A refusal in so many words.</summary>
    public void Refuse(Handed mail, string words)
    {
        Refusals.AddOrUpdate(words, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _refused);
        Unanswered(mail);
    }

    /// <summary>An answer that should not be.</summary>
    public void Odd(Handed mail, string answer)
    {
        _unexpected.Add(answer);
        Unanswered(mail);
    }

    /// <summary>It is acknowledged; true when for the first time.</summary>
    public bool Acknowledge(Handed mail, string id, bool repeated)
    {
        Interlocked.Increment(ref _acknowledgements);
        var entry = (mail, id);
        if (!_acknowledged.TryAdd(mail.Token, entry))
        {
            if (_acknowledged[mail.Token].Id != id || (!mail.BySmtp && !repeated))
            {
                _contradictions.Add($"{mail.Token}: {_acknowledged[mail.Token].Id}, then {id}, repeated {repeated}");
            }

            return false;
        }

        if (mail.BySmtp)
        {
            Interlocked.Increment(ref _bySmtp);
        }

        var last = _last[mail.BySmtp ? 1 : 0];
        last.Enqueue(mail);
        while (last.Count > 5 && last.TryDequeue(out _)) { }
        return true;
    }

    /// <summary>It goes once more at once.</summary>
    public void CountAgain() => Interlocked.Increment(ref _again);

    /// <summary>The mail of a token: 0.5 to 3 KB, unlike any other.</summary>
    public static byte[] MailOf(Handed mail)
    {
        var (token, giver) = (mail.Token, mail.Giver);
        var random = new Random(int.Parse(token.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"From: {token[..8]} <{token[..10]}@s{token[10..14]}.example>\r\nTo: inquiry@soak{giver}.example\r\nSubject: {token[14..22]} 見積\r\nMessage-ID: <{token}@s{token[10..14]}.example>\r\n{Mark}{token}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        );
        var length = 500 + random.Next(2_500);
        while (text.Length < length)
        {
            text.Append(CultureInfo.InvariantCulture, $"製品 {random.Next():x8} {random.Next():x8} {random.Next():x8}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The token of a mail that one of us made; null for others.</summary>
    public static string? TokenOf(byte[] mail)
    {
        var text = Encoding.UTF8.GetString(mail);
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? null : text.Substring(at + Mark.Length, 32);
    }
}
