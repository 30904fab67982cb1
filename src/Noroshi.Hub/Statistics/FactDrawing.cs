using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Statistics;

/// <summary>What is known around provisions and mails when facts are drawn.</summary>
public sealed record FactSurroundings
{
    /// <summary>The community.</summary>
    public required Members Members { get; init; }

    /// <summary>Verdict that an analyst gave to a mail; null when none did.</summary>
    public required Func<string, Verdict?> Given { get; init; }

    /// <summary>Verdict that rules propose for a mail; null when they say nothing.</summary>
    public required Func<string, Verdict?> Proposed { get; init; }

    /// <summary>Part of a mail in an exchange.</summary>
    public required Func<string, MessageRole?> Role { get; init; }

    /// <summary>What the register knows of a destination.</summary>
    public required Func<string, Destination?> Destination { get; init; }

    /// <summary>Country of an address at that time, ISO 3166-1 alpha-2; null when nobody knows.</summary>
    public Func<string, DateTimeOffset, string?> Country { get; init; } = (_, _) => null;

    /// <summary>Whether a provision was answered.</summary>
    public Func<string, bool> Answered { get; init; } = _ => false;
}

/// <summary>
/// Draws facts of provisions and their mails, and settles which of equal ones count. The order in which things are given does not matter: time and
/// then id decide which was first.
/// </summary>
public sealed class FactDrawing
{
    private const int LongestWay = 100;

    private readonly FactSurroundings _around;
    private readonly HashSet<(string Member, string Bytes)> _seen = [];
    private readonly HashSet<(string Head, ulong Unique)> _unique = [];
    private readonly Membership _membership;
    private readonly Dictionary<string, Organization> _organizations;

    private FactDrawing(FactSurroundings around)
    {
        _around = around;
        _membership = new Membership(around.Members);
        _organizations = around.Members.Organizations.ToDictionary(one => one.Id, StringComparer.Ordinal);
    }

    /// <summary>The facts, provision by provision in the order of their reception.</summary>
    /// <param name="provisions">Provisions.</param>
    /// <param name="mails">Their mails; those of unknown provisions are passed over.</param>
    /// <param name="around">What is known around them.</param>
    public static IReadOnlyList<Fact> Draw(IEnumerable<GivenProvision> provisions, IEnumerable<GivenMail> mails, FactSurroundings around)
    {
        ArgumentNullException.ThrowIfNull(around);
        var drawing = new FactDrawing(around);
        var byProvision = mails.ToLookup(one => one.Provision, StringComparer.Ordinal);
        var all = provisions.OrderBy(one => one.ReceivedAt).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        var heads = HeadsOf(all);
        var facts = new List<Fact>();
        foreach (var one in all)
        {
            var own = byProvision[one.Id].OrderBy(mail => mail.Key, StringComparer.Ordinal).ToList();
            var (provision, again) = drawing.Provision(one, own);
            facts.Add(provision);
            facts.AddRange(drawing.Mails(provision, own, (heads[one.Id], again)));
        }

        return facts;
    }

    /// <summary>Whose statistics an intake counts in.</summary>
    public static IntakeOrigin OriginOf(string? intake) =>
        intake switch
        {
            "desk" => IntakeOrigin.Desk,
            "hub" => IntakeOrigin.Hub,
            _ => IntakeOrigin.Member,
        };

    /// <summary>What each provision adds to in the end, by id; itself when it stands for itself.</summary>
    private static Dictionary<string, string> HeadsOf(List<GivenProvision> all)
    {
        var above = all.ToDictionary(one => one.Id, one => one.AddsTo, StringComparer.Ordinal);
        var heads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            // Records that lead in a circle end after as many steps as anybody takes.
            var head = one.Id;
            for (var step = 0; step < LongestWay && above.GetValueOrDefault(head) is { } next && above.ContainsKey(next); step++)
            {
                head = next;
            }

            heads.Add(one.Id, head);
        }

        return heads;
    }

    /// <summary>The provision, and which of its mails the same member gave before.</summary>
    private (ProvisionFact Fact, IReadOnlySet<string> Again) Provision(GivenProvision one, List<GivenMail> own)
    {
        var intake = OriginOf(one.Intake);
        var member = one.Organization is { } organization ? _membership.CountsAs(organization) : null;
        var again = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mail in own.Where(mail => member is not null && !_seen.Add((member, mail.Bytes))))
        {
            again.Add(mail.Key);
        }

        var fact = new ProvisionFact(one.Id, one.ReceivedAt, GroupOf(one.Organization))
        {
            Intake = intake,
            Member = member,
            Answered = _around.Answered(one.Id),
        };
        return (intake == IntakeOrigin.Member ? fact with { Not = NotOf(one, own.Count > 0 && again.Count == own.Count) } : fact, again);
    }

    private NotProvided? NotOf(GivenProvision one, bool repeats) =>
        one.Intake is null ? NotProvided.Erased
        : one.Waits ? NotProvided.Waiting
        : !_membership.IsMember(one.Organization ?? "", DateOnly.FromDateTime(one.ReceivedAt.InJapan().DateTime)) ? NotProvided.NotMember
        : one.AddsTo is not null ? NotProvided.Addition
        : repeats ? NotProvided.Repeat
        : null;

    private IEnumerable<MailFact> Mails(ProvisionFact provision, List<GivenMail> own, (string Head, IReadOnlySet<string> Again) known)
    {
        if (provision.Not is NotProvided.Waiting or NotProvided.NotMember)
        {
            yield break;
        }

        // Of equal ones the targeted one counts: an analyst judges one of them.
        var judged = own.Where(mail => mail.FromOutside)
            .Select(mail => (Mail: mail, Verdict: VerdictOf(mail)))
            .OrderBy(one => one.Verdict.Verdict != Verdict.Targeted);
        foreach (var (mail, (verdict, basis)) in judged)
        {
            yield return new MailFact(mail.Key, provision.At, provision.Group)
            {
                Provision = provision.Id,
                Intake = provision.Intake,
                Unique = mail.Unique,
                Again = known.Again.Contains(mail.Key),
                // An addition often is the same mail with all its headers.
                Double = !_unique.Add((known.Head, mail.Unique)),
                Verdict = verdict,
                Basis = basis,
                Kind = MailCounting.KindOf(mail.Payload is not null, mail.Link, _around.Role(mail.Key)),
                Payload = mail.Payload,
                Container = mail.Payload is null ? null : mail.Container,
                Locked = mail.Locked,
                Sender = mail.Sender,
                Origin = mail.OriginIp is { } ip ? MailCounting.CountryCode(_around.Country(ip, provision.At)) : null,
                Samples = mail.Samples,
                Destinations = DestinationsOf(mail),
            };
        }
    }

    private (Verdict Verdict, VerdictBasis Basis) VerdictOf(GivenMail mail) =>
        _around.Given(mail.Key) is { } given ? (given, VerdictBasis.Given)
        : mail.Stated is { } stated and not Verdict.Unknown ? (stated, VerdictBasis.Stated)
        : (_around.Proposed(mail.Key) ?? Verdict.Unknown, VerdictBasis.Proposed);

    private IReadOnlyList<DestinationFact> DestinationsOf(GivenMail mail) =>
        mail.Destinations.Count == 0 ? [] : MailCounting.DestinationsOf(mail.Destinations, _around.Destination);

    private string? GroupOf(string? organization) =>
        organization is not null && _organizations.TryGetValue(organization, out var found) ? found.Group : null;
}
