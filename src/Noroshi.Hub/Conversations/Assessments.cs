using System.Globalization;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Conversations;

/// <summary>Minutes from a genuine reply to the outsider's next mail.</summary>
/// <param name="Reply">Place of the reply.</param>
/// <param name="Next">Place of the next mail.</param>
/// <param name="Minutes">Between them.</param>
internal sealed record Latency(int Reply, int Next, double Minutes)
{
    /// <summary>Latencies of an exchange; never from a time known to the hour, never from an automatic mail.</summary>
    public static IReadOnlyList<Latency> In(IReadOnlyList<ExchangeEntry> entries)
    {
        var found = new List<Latency>();
        var reply = -1;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Role == MessageRole.Reply)
            {
                reply = i;
            }
            else if (entries[i].FromOutsider && reply >= 0)
            {
                if (
                    entries[i].Precision == TimePrecision.Minute
                    && entries[reply].Precision == TimePrecision.Minute
                    && entries[i].At - entries[reply].At is { Ticks: >= 0 } apart
                )
                {
                    found.Add(new Latency(reply, i, apart.TotalMinutes));
                }

                reply = -1;
            }
        }

        return found;
    }
}

/// <summary>Judges an exchange. The limits are those of the design; <c>./noroshi evaluate</c> counts what they cost in false alarms.</summary>
internal static class Assessments
{
    private const double Quick = 15;
    private const double Prompt = 60;
    private const double SameDay = 24 * 60;

    /// <summary>Assessment and reasons.</summary>
    /// <param name="entries">Messages with roles, in order.</param>
    /// <param name="label">Label of a message by its place.</param>
    public static (Assessment Assessment, bool AttackFirst, IReadOnlyList<ConversationEvidence> Evidence) Of(
        IReadOnlyList<ExchangeEntry> entries,
        Func<int, string> label
    )
    {
        var evidence = new List<ConversationEvidence>();
        var firstAttack = First(entries, MessageRole.Attack);
        var firstReply = First(entries, MessageRole.Reply);
        var led = firstReply >= 0 && Last(entries, MessageRole.Attack) > firstReply;
        var attackFirst =
            firstAttack >= 0
            && (firstReply < 0 || firstAttack < firstReply)
            && !RecognisedBefore(entries, firstAttack)
            && entries.Skip(firstAttack + 1).Any(entry => entry.Role is MessageRole.Reply or MessageRole.Reconnaissance);
        if (led)
        {
            evidence.Add(new ConversationEvidence("sequence", $"{label(firstReply)} -> {label(NextAttack(entries, firstReply))}", 4));
        }

        var prompt = AddLatencies(evidence, entries, label);
        var adaptations = Adaptation.In(entries);
        foreach (var adaptation in adaptations.Where(one => entries[one.After].Role == MessageRole.Attack))
        {
            var opens = adaptation is { Program: { } program, OpensAfter: { } after }
                ? $"; {program}: {Word(adaptation.OpensBefore)} -> {Word(after)}"
                : "";
            evidence.Add(
                new ConversationEvidence(
                    "adaptation",
                    $"{label(adaptation.Before)} {adaptation.From} -> {label(adaptation.After)} {adaptation.To}{opens}",
                    4
                )
            );
        }

        AddQuestions(evidence, entries, label);
        AddLocked(evidence, entries, label);
        AddDeclared(evidence, entries, label);
        evidence.AddRange(TopicFit.In(entries, label));
        var adapted = evidence.Exists(one => one.Code == "adaptation");
        var assessment =
            firstAttack < 0
                ? (evidence.Exists(one => one.Code is "environment-question" or "program-declared") ? Assessment.Low : Assessment.None)
            : led && (prompt || adapted) ? Assessment.High
            : led || (attackFirst && firstReply >= 0 && Count(entries, MessageRole.Attack) > 1) ? Assessment.Medium
            : RecognisedBefore(entries, firstAttack) ? Assessment.Medium
            : Assessment.Low;
        return (assessment, attackFirst, evidence);
    }

    private static bool AddLatencies(List<ConversationEvidence> evidence, IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        var prompt = false;
        foreach (var latency in Latency.In(entries))
        {
            var toAttack = entries[latency.Next].Role == MessageRole.Attack;
            if (entries[latency.Next].Role is not (MessageRole.Attack or MessageRole.Reconnaissance) || latency.Minutes > SameDay)
            {
                continue;
            }

            var bits =
                latency.Minutes <= Quick ? 4
                : latency.Minutes <= Prompt ? 3
                : 1;
            prompt |= toAttack && latency.Minutes <= Prompt;
            evidence.Add(
                new ConversationEvidence(
                    latency.Minutes <= Quick ? "latency.quick"
                        : latency.Minutes <= Prompt ? "latency.prompt"
                        : "latency.same-day",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{label(latency.Reply)} -> {label(latency.Next)}: {latency.Minutes:F0} min{SourceOf(entries[latency.Reply], entries[latency.Next])}"
                    ),
                    toAttack ? bits : bits - 1
                )
            );
        }

        return prompt;
    }

    /// <summary>A latency says where its times come from, unless both mails are at hand.</summary>
    private static string SourceOf(ExchangeEntry reply, ExchangeEntry next) =>
        reply.Source == MessageSource.Stated || next.Source == MessageSource.Stated ? " (stated)"
        : reply.Source == MessageSource.Quote || next.Source == MessageSource.Quote ? " (quote)"
        : "";

    /// <summary>Locked and unopened is shown (未確認(暗号化)) and weighs nothing.</summary>
    private static void AddLocked(List<ConversationEvidence> evidence, IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (
                entries[i] is { FromOutsider: true, Role: not MessageRole.Attack }
                && entries[i].Files.Any(file => file.Type == FileType.EncryptedUnopened)
                && entries[i].Attached.FirstOrDefault(IsLocked) is { } locked
            )
            {
                evidence.Add(new ConversationEvidence("encrypted-unopened", $"{label(i)} {locked.DisplayedName}", 0));
            }
        }
    }

    private static bool IsLocked(FileFacts file) =>
        file.Type == FileType.EncryptedUnopened || file.Children.Any(child => child.Type == FileType.EncryptedUnopened);

    /// <summary>A program that is sent openly is no attack by itself, and still something to look at before it is run.</summary>
    private static void AddDeclared(List<ConversationEvidence> evidence, IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (
                entries[i] is { FromOutsider: true, Role: not MessageRole.Attack }
                && entries[i]
                    .Payload.FirstOrDefault(one =>
                        one.Code is "payload.program-declared" or "payload.macro-declared" or "payload.reported-mail"
                    )
                    is { } declared
            )
            {
                evidence.Add(new ConversationEvidence("program-declared", $"{label(i)} {declared.Detail}", 1));
            }
        }
    }

    private static void AddQuestions(List<ConversationEvidence> evidence, IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (
                entries[i].FromOutsider
                && entries[i].Intents.FirstOrDefault(found => found.Intent is Intent.WhichUnarchiver or Intent.Environment) is { } question
            )
            {
                evidence.Add(new ConversationEvidence("environment-question", $"{label(i)}「{question.Span}」", 4));
            }

            if (entries[i].IsReply && entries[i].Has(Intent.CannotOpen))
            {
                evidence.Add(new ConversationEvidence("cannot-open", label(i), 1));
            }
        }

        var outsider = entries.Where(entry => entry is { FromOutsider: true, Mail: not null }).ToList();
        var free = outsider.Count(entry => entry.Mail?.Facts.Indicators.SenderService is MailAnatomy.Indicators.MailServiceClass.Webmail);
        if (outsider.Count > 0 && free == outsider.Count)
        {
            evidence.Add(new ConversationEvidence("free-mail", string.Create(CultureInfo.InvariantCulture, $"{free}/{outsider.Count}"), 1));
        }
    }

    /// <summary>Whether the outsider wrote without harm before the attack.</summary>
    private static bool RecognisedBefore(IReadOnlyList<ExchangeEntry> entries, int attack) =>
        entries.Take(attack).Any(entry => entry.Role == MessageRole.Reconnaissance);

    private static int First(IReadOnlyList<ExchangeEntry> entries, MessageRole role)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Role == role)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Last(IReadOnlyList<ExchangeEntry> entries, MessageRole role)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i].Role == role)
            {
                return i;
            }
        }

        return -1;
    }

    private static int NextAttack(IReadOnlyList<ExchangeEntry> entries, int after)
    {
        for (var i = after + 1; i < entries.Count; i++)
        {
            if (entries[i].Role == MessageRole.Attack)
            {
                return i;
            }
        }

        return after;
    }

    private static int Count(IReadOnlyList<ExchangeEntry> entries, MessageRole role) => entries.Count(entry => entry.Role == role);

    private static string Word(bool? opens) =>
        opens switch
        {
            true => "opens",
            false => "does not open",
            null => "unknown",
        };
}
