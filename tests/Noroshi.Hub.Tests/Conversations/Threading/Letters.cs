using Noroshi.Hub.Conversations;
using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Tests.Conversations.Threading;

/// <summary>Mails for threading, made as facts.</summary>
internal static class Letters
{
    private static readonly DateTimeOffset Start = new(2013, 10, 17, 9, 0, 0, TimeSpan.FromHours(9));

    /// <summary>A mail without headers that name another.</summary>
    public static ProvidedMail Bare(string key, int minute, string from, string to, string subject, string text) =>
        new()
        {
            Key = key,
            File = key,
            Channel = "mail",
            Organization = "power-a",
            ReceivedAt = Start.AddMinutes(minute),
            TimeSource = "date",
            Facts = new MailFacts
            {
                Sha256 = key,
                Size = text.Length,
                SentAt = Start.AddMinutes(minute),
                From = Person(from),
                To = [Person(to)],
                Subject = subject,
                Body = BodyAnalyzer.Analyse(text, "plain", "utf-8"),
            },
        };

    /// <summary>A mail with identifiers; what it says is its key.</summary>
    public static ProvidedMail Named(
        string key,
        int minute,
        string subject,
        string? id = null,
        string? answers = null,
        params string[] references
    ) =>
        Bare(key, minute, $"{key}@a.example", "window@power-a.example", subject, $"text of {key}")
            .With(facts => facts with { MessageId = id ?? Id(key), InReplyTo = answers, References = references });

    /// <summary>The identifier of a mail's key.</summary>
    public static string Id(string key) => $"20131017.0902.{key}.4711@mail.a.example";

    /// <summary>The mail with other facts.</summary>
    public static ProvidedMail With(this ProvidedMail mail, Func<MailFacts, MailFacts> change) => mail with { Facts = change(mail.Facts) };

    /// <summary>The mail with a Thread-Index.</summary>
    public static ProvidedMail Indexed(this ProvidedMail mail, string raw) =>
        mail.With(facts => facts with { MessageId = null, ThreadIndex = new ThreadIndex(raw[..44], null, (raw.Length - 44) / 10, raw) });

    /// <summary>The threads as text: <c>a b&lt;a | c</c>.</summary>
    public static string Threaded(params IReadOnlyList<ProvidedMail> mails) => Shape(Threads.Of(mails));

    /// <summary>The same for threads.</summary>
    public static string Shape(IReadOnlyList<MailThread> threads) =>
        string.Join(
            " | ",
            threads.Select(thread =>
                string.Join(
                    ' ',
                    thread.Mails.Select(mail =>
                        thread.Parents.FirstOrDefault(link => link.Child == mail) is { } link ? $"{mail}<{link.Parent ?? "?"}" : mail
                    )
                )
            )
        );

    /// <summary>What is known of one mail's parent.</summary>
    public static ParentLink? Link(IReadOnlyList<ProvidedMail> mails, string child) =>
        Threads.Of(mails).SelectMany(thread => thread.Parents).FirstOrDefault(link => link.Child == child);

    private static MailAddress Person(string written)
    {
        var at = written.IndexOf('<', StringComparison.Ordinal);
        return at < 0 ? new MailAddress("", written) : new MailAddress(written[..at].Trim(), written[(at + 1)..^1]);
    }
}
