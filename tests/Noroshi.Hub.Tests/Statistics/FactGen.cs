using CsCheck;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Tests.Statistics;

/// <summary>Random facts over two and a half years, few of everything so that equal ones meet.</summary>
internal static class FactGen
{
    private static readonly DateTimeOffset Start = new(2012, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));

    private static readonly Gen<(string Id, DateTimeOffset At, string? Group)> Head = Gen.Select(
        Gen.Int[0, 60].Select(number => $"id-{number}"),
        Gen.Int[-40 * 24, 900 * 24].Select(hours => Start.AddHours(hours)),
        OneOf("power", "gas", "oil", null)
    );

    private static readonly Gen<IntakeOrigin> Intake = Gen.Frequency(
        (6, Gen.Const(IntakeOrigin.Member)),
        (1, Gen.Const(IntakeOrigin.Desk)),
        (1, Gen.Const(IntakeOrigin.Hub))
    );

    private static readonly Gen<Fact> Provision = Gen.Select(
            Head,
            Intake,
            Gen.Frequency((4, Gen.Const((NotProvided?)null)), (1, Gen.Enum<NotProvided>().Select(one => (NotProvided?)one))),
            Gen.Int[0, 7],
            Gen.Bool
        )
        .Select(
            (head, intake, not, member, answered) =>
                (Fact)
                    new ProvisionFact(head.Id, head.At, head.Group)
                    {
                        Intake = intake,
                        Not = not,
                        Member = $"m{member}",
                        Answered = answered,
                    }
        );

    private static readonly Gen<DestinationFact> Destination = Gen.Select(Gen.Int[0, 9], OneOf("JP", "US", "TW", null), Gen.Bool)
        .Select((host, country, hijacked) => new DestinationFact($"h{host}.example", country, Hijacked: hijacked));

    private static readonly Gen<Fact> Mail = Gen.Select(
            Head,
            Intake,
            Gen.Select(Gen.ULong[0, 12], Gen.Bool, Gen.Int[0, 9], Gen.Enum<Verdict>(), Gen.Enum<VerdictBasis>()),
            Gen.Select(Gen.Enum<MailKind>(), Gen.Enum<PayloadType>(), Gen.Enum<SenderClass>(), OneOf("JP", "TW", null), Gen.Int[0, 9]),
            Destination.List[0, 3]
        )
        .Select(
            (head, intake, state, means, destinations) =>
                (Fact)
                    new MailFact(head.Id, head.At, head.Group)
                    {
                        Provision = $"p-{head.Id}",
                        Intake = intake,
                        Unique = state.Item1,
                        Double = state is { Item2: true, Item3: < 2 },
                        Again = state.Item3 == 2,
                        Verdict = state.Item3 < 6 ? Verdict.Targeted : state.Item4,
                        Basis = state.Item5,
                        Kind = means.Item1,
                        Payload = means.Item5 < 7 ? means.Item2 : null,
                        Container = means.Item5 < 4 ? "zip" : null,
                        Locked = means.Item5 < 2,
                        Sender = means.Item3,
                        Origin = means.Item4,
                        Samples = [$"s{means.Item5}"],
                        Destinations = destinations,
                    }
        );

    private static readonly Gen<Fact> Share = Gen.Select(Head, Gen.Bool, OneOf("power", "gas").Select(one => one ?? "").List[0, 2])
        .Select(
            (head, hub, to) => (Fact)new ShareFact(head.Id, head.At, null) { OfHub = hub, To = [.. to.Distinct(StringComparer.Ordinal)] }
        );

    private static readonly Gen<Fact> Case = Gen.Select(Head, Intake, Gen.Enum<ConversationStage>(), Gen.Bool)
        .Select(
            (head, intake, stage, excluded) =>
                (Fact)
                    new CaseFact(head.Id, head.At, head.Group)
                    {
                        Intake = intake,
                        Stage = stage,
                        Excluded = excluded,
                    }
        );

    private static readonly Gen<Fact> Clock = Gen.Select(Head, Gen.Enum<ClockKind>(), Gen.Long[0, 5_000])
        .Select((head, clock, seconds) => (Fact)new ClockFact(head.Id, head.At, head.Group) { Clock = clock, Seconds = seconds });

    /// <summary>Any fact.</summary>
    public static Gen<Fact> Any { get; } = Gen.Frequency((4, Provision), (6, Mail), (2, Share), (1, Case), (2, Clock));

    private static Gen<string?> OneOf(params IReadOnlyList<string?> values) => Gen.Int[0, values.Count - 1].Select(at => values[at]);
}
