using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Evaluate.Alarms;

/// <summary>
/// Alarms on real exchanges of honest people: in every thread of the public ham whose headers name at least two people, whoever answers
/// first is taken for the window, and the others write to it from outside.
/// </summary>
internal sealed class HamAlarms : IEvaluation
{
    /// <summary>A mail of a thread with who wrote it.</summary>
    private sealed record Written(ProvidedMail Mail, string Writer);

    public string Word => "ham-alarms";

    public string Title => "Alarms on real ham threads";

    public void Run(string mails, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var threads = WithTwo(PublicMails.Of(mails, "easy-ham").Concat(PublicMails.Of(mails, "hard-ham"))).ToList();
        var read = threads.SelectMany(thread => Read(thread)).ToList();
        string Row(string name, Func<(Conversation Conversation, bool Live), bool> which) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {read.Count(which)} | {100.0 * read.Count(which) / Math.Max(1, read.Count):0.00} % |"
            );

        output.WriteLine(
            $"{threads.Count} threads of {threads.Sum(thread => thread.Count)} mails, read as {read.Count} exchanges of one outsider with the window"
        );
        output.WriteLine();
        output.WriteLine("| assessment | exchanges | share |");
        output.WriteLine("|---|---|---|");
        foreach (var level in new[] { Assessment.High, Assessment.Medium, Assessment.Low, Assessment.None })
        {
            output.WriteLine(Row(level.ToString(), one => one.Conversation.Assessment == level));
        }

        output.WriteLine(Row("live (environment)", one => one.Live));
        output.WriteLine();
        foreach (var (conversation, live) in read.Where(one => one.Live || one.Conversation.Assessment != Assessment.None))
        {
            var evidence = conversation.Evidence.Select(one => $"{one.Code} {one.Detail}").Take(3);
            output.WriteLine(
                $"- {conversation.Messages[0].Mail}: {conversation.Assessment}{(live ? ", live" : "")}: {string.Join("; ", evidence)}"
            );
        }
    }

    private static IEnumerable<(Conversation Conversation, bool Live)> Read(List<Written> thread)
    {
        var first = thread[0].Writer;
        var window = thread.First(one => one.Writer != first).Writer;
        return Exchanges
            .Of([.. thread.Select(one => Cast(one, window))], Members(window), [])
            .Select(draft =>
            {
                var entries = Roles.Assign(draft.Entries, false);
                var live = EnvironmentQuestion.Suspicious(entries) is not null && entries.All(entry => entry.Role != MessageRole.Attack);
                return (ConversationBuilder.Build(draft, Suspicion.None, 1), live);
            });
    }

    private static ProvidedMail Cast(Written one, string window) =>
        one.Mail with
        {
            Organization = "window",
            Window = "window",
            Direction = one.Writer == window ? MailDirection.Outbound : MailDirection.Inbound,
        };

    private static Members Members(string window) =>
        new()
        {
            Organizations = [new Organization { Id = "window", Domains = [window[(window.IndexOf('@', StringComparison.Ordinal) + 1)..]] }],
        };

    /// <summary>Threads by In-Reply-To and References alone, with at least two people, in order of time.</summary>
    private static IEnumerable<List<Written>> WithTwo(IEnumerable<ProvidedMail> mails)
    {
        var written = mails
            .Where(mail => mail.Facts is { MessageId: not null, From.Address.Length: > 0 })
            .DistinctBy(mail => mail.Facts.MessageId, StringComparer.Ordinal)
            .Select(mail => new Written(mail, mail.Facts.From?.Address.ToLowerInvariant() ?? ""))
            .ToList();
        var above = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var facts in written.Select(one => one.Mail.Facts))
        {
            if ((facts.InReplyTo ?? (facts.References.Count > 0 ? facts.References[^1] : null)) is { } parent && parent != facts.MessageId)
            {
                above[facts.MessageId ?? ""] = parent;
            }
        }

        return written
            .GroupBy(one => Root(one.Mail.Facts.MessageId ?? "", above), StringComparer.Ordinal)
            .Select(group =>
                group
                    .OrderBy(one => one.Mail.Facts.SentAt ?? one.Mail.ReceivedAt)
                    .ThenBy(one => one.Mail.Key, StringComparer.Ordinal)
                    .ToList()
            )
            .Where(thread => thread.Select(one => one.Writer).Distinct(StringComparer.Ordinal).Count() >= 2);
    }

    private static string Root(string id, Dictionary<string, string> above)
    {
        for (var step = 0; step < 1_000 && above.TryGetValue(id, out var parent); step++)
        {
            id = parent;
        }

        return id;
    }
}
