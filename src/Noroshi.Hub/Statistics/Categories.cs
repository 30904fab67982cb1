using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Statistics;

/// <summary>What a fact counts as. Sums and drill-down both ask here: what a figure counts is what it leads to.</summary>
public static class Categories
{
    /// <summary>Where a value is not known.</summary>
    public const string UnknownValue = "unknown";

    /// <summary>Where something comes from no industry group.</summary>
    public const string NoGroup = "none";

    /// <summary>Between the category of a population and the reason for which something is not in it.</summary>
    public const char Except = '!';

    /// <summary>The categories that a fact adds one to. Ids of figures; behind <see cref="Except"/> why it is not in a population.</summary>
    public static IEnumerable<string> Of(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact switch
        {
            ProvisionFact provision => OfProvision(provision),
            MailFact mail => OfMail(mail),
            ShareFact share => OfShare(share),
            CaseFact one => OfCase(one),
            ClockFact => [],
            _ => throw new ArgumentException(fact.GetType().Name, nameof(fact)),
        };
    }

    /// <summary>What a fact shows that is counted once however often it is shown: a kind and a key.</summary>
    public static IEnumerable<Distinct> DistinctOf(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        switch (fact)
        {
            case ProvisionFact { Intake: IntakeOrigin.Member, Not: null, Member: { } member }:
                yield return new Distinct(DistinctKind.Provider, member, fact.Group ?? NoGroup);
                break;
            case MailFact mail when InPopulation(mail):
                yield return new Distinct(DistinctKind.UniqueMail, mail.Unique.ToString("x16", CultureInfo.InvariantCulture));
                foreach (var sample in mail.Samples.Distinct(StringComparer.Ordinal))
                {
                    yield return new Distinct(DistinctKind.Sample, sample);
                }

                foreach (var one in mail.Destinations)
                {
                    yield return new Distinct(
                        DistinctKind.Destination,
                        one.Host,
                        $"{one.Country ?? UnknownValue}{(one.Hijacked ? "+" : "")}"
                    );
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The judged targeted mails (件): a member's, unique within their provision, of provisions that count.</summary>
    public static bool InPopulation(MailFact mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail is { Verdict: Verdict.Targeted, Intake: IntakeOrigin.Member, Double: false, Again: false };
    }

    /// <summary>A name as ids write it.</summary>
    internal static string Id<T>(T value)
        where T : struct, Enum => Names<T>.All[value];

    private static IEnumerable<string> OfProvision(ProvisionFact fact)
    {
        yield return fact switch
        {
            { Intake: IntakeOrigin.Desk } => "provided!desk",
            { Intake: IntakeOrigin.Hub } => "provided!hub",
            { Not: { } reason } => $"provided!{Id(reason)}",
            _ => "provided",
        };
        if (fact is { Intake: IntakeOrigin.Member, Not: null, Answered: true })
        {
            yield return "answered";
        }
    }

    private static IEnumerable<string> OfMail(MailFact mail)
    {
        if (mail.Intake == IntakeOrigin.Member)
        {
            yield return "mails";
            yield return $"mails.{Id(mail.Verdict)}";
        }

        if (mail.Verdict != Verdict.Targeted)
        {
            yield break;
        }

        if (!InPopulation(mail))
        {
            yield return mail switch
            {
                { Intake: IntakeOrigin.Desk } => "judgedTargeted!desk",
                { Intake: IntakeOrigin.Hub } => "judgedTargeted!hub",
                { Again: true } => "judgedTargeted!repeat",
                _ => "judgedTargeted!sameInProvision",
            };
            yield break;
        }

        yield return "judgedTargeted";
        if (mail.Basis == VerdictBasis.Proposed)
        {
            yield return "judgedTargeted.proposed";
        }

        yield return $"mailKind.{Id(mail.Kind)}";
        yield return mail.Origin is { } country ? $"senderRegion.{country}" : $"senderRegion.{UnknownValue}";
        yield return mail.Sender == SenderClass.Unknown ? "freeMail!senderUnknown" : $"sender.{Id(mail.Sender)}";
        if (mail.Payload is { } payload)
        {
            yield return $"attachmentType.{Id(payload)}";
            yield return $"container.{mail.Container ?? "none"}";
        }
        else
        {
            yield return "attachmentType!noAttachment";
        }

        foreach (var rule in WhatIfRules.All.Where(rule => rule.Stops(mail)))
        {
            yield return $"avoidable.{rule.Code}";
        }
    }

    private static IEnumerable<string> OfShare(ShareFact share)
    {
        yield return "shared";
        if (share.OfHub)
        {
            yield return "sharedHubOriginated";
        }

        foreach (var group in share.To)
        {
            yield return $"sharedTo.{group}";
        }
    }

    private static IEnumerable<string> OfCase(CaseFact one)
    {
        if (one.Excluded)
        {
            yield return "conversationalCases!analyst";
            yield break;
        }

        yield return "conversationalCases";
        yield return $"conversationalCases.{Id(one.Stage)}";
        yield return $"conversationalCases.{Id(one.Intake)}";
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> All = Enum.GetValues<T>()
            .Distinct()
            .ToDictionary(one => one, one => char.ToLowerInvariant(one.ToString()[0]) + one.ToString()[1..]);
    }
}

/// <summary>What is counted once in a period however often it is shown.</summary>
public enum DistinctKind
{
    /// <summary>Corporate group that provided.</summary>
    Provider,

    /// <summary>Mail with the same text, sender and attachments.</summary>
    UniqueMail,

    /// <summary>Malicious file.</summary>
    Sample,

    /// <summary>Malicious destination.</summary>
    Destination,
}

/// <summary>Something that is counted once.</summary>
/// <param name="Kind">What.</param>
/// <param name="Key">Which.</param>
/// <param name="As">As what it was observed; empty when there is nothing to observe.</param>
public readonly record struct Distinct(DistinctKind Kind, string Key, string As = "");
