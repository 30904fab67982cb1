using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Statistics;

/// <summary>What people write down and figures rest on.</summary>
internal sealed record StatisticsRegisters(
    Register<GivenVerdict> Verdicts,
    Register<Destination> Destinations,
    Register<CaseFile> Cases,
    Register<Approval> Approvals,
    Register<ReleaseFile> Releases
)
{
    /// <summary>Lists that are other objects as soon as something changes.</summary>
    public (object, object, object, object, object) State => (Verdicts.All, Destinations.All, Cases.All, Approvals.All, Releases.All);
}

/// <summary>Keeps facts and roll-up up to what the hub holds. Drawn anew when something changed that they rest on; sums change by what differs.</summary>
internal sealed class StatisticsDesk(
    FactReader reader,
    StatisticsRegisters registers,
    Community community,
    HubSituation situation,
    HubOptions options
) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly FactBook _book = new();
    private readonly VerdictRules _rules = new(options.Rules.ToRules());
    private (long, long, object?, object?) _drawn;

    /// <summary>Looks at facts and sums as of now; nobody changes them meanwhile.</summary>
    public async Task<T> AskAsync<T>(Func<FactBook, Membership, T> question, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await reader.CatchUpAsync(cancellation);
            var current = situation.Current;
            var state = (reader.Version, community.Version, (object?)current, (object?)registers.State);
            if (!state.Equals(_drawn))
            {
                _book.Put(Draw(current));
                _drawn = state;
            }

            return question(_book, new Membership(community.Current));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private List<Fact> Draw(Situation current)
    {
        var roles = current
            .Places()
            .DistinctBy(one => one.Mail, StringComparer.Ordinal)
            .ToDictionary(one => one.Mail, one => one.Role, StringComparer.Ordinal);
        // Most mails were judged or stated: what rules propose is worked out when somebody asks for it.
        var proposed = new Lazy<IReadOnlyDictionary<string, VerdictProposal>>(() =>
            IntakeList.Proposals(current, current.KnownMails(), key => registers.Verdicts.Find(key)?.Value, _rules)
        );
        var facts = FactDrawing
            .Draw(
                reader.Provisions,
                reader.Mails,
                new FactSurroundings
                {
                    Members = community.Current,
                    Given = key => registers.Verdicts.Find(key)?.Value.Verdict,
                    Proposed = key => proposed.Value.GetValueOrDefault(key)?.Verdict,
                    Role = key => roles.TryGetValue(key, out var role) ? role : null,
                    Destination = host => registers.Destinations.Find(host)?.Value,
                    Answered = reader.Answers.ContainsKey,
                }
            )
            .ToList();
        facts.AddRange(Shares());
        facts.AddRange(Clocks());
        facts.AddRange(Cases(current, facts));
        return facts;
    }

    private IEnumerable<CaseFact> Cases(Situation current, List<Fact> facts) =>
        CaseDrawing.Draw(
            current,
            facts.OfType<MailFact>().ToDictionary(one => one.Id, StringComparer.Ordinal),
            registers
                .Cases.All.Where(one => one.Value.State == CaseState.Excluded)
                .SelectMany(one => one.Value.Conversations)
                .ToHashSet(StringComparer.Ordinal)
        );

    private IEnumerable<ShareFact> Shares()
    {
        var members = community.Current;
        foreach (var release in registers.Releases.All.Select(one => one.Value.Release).Where(one => one.Item.Version == 1))
        {
            yield return new ShareFact(release.Item.Id.ToString("N"), release.At, null)
            {
                OfHub = release.Item.Origin == ItemOrigin.Hub,
                To =
                    release.Item.Audience.Reach >= AudienceReach.AllGroups
                        ? [.. members.Groups.Select(one => one.Id).Order(StringComparer.Ordinal)]
                        : release.Item.Audience.Groups,
            };
        }
    }

    private IEnumerable<ClockFact> Clocks()
    {
        foreach (var (id, times) in reader.Answers.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (Clock(ClockKind.ProvisionalAnswer, id, times.Automatic) is { } provisional)
            {
                yield return provisional;
            }

            if (Clock(ClockKind.AnalystAnswer, id, times.Analyst) is { } confirmed)
            {
                yield return confirmed;
            }
        }

        var first = registers
            .Releases.All.SelectMany(one => one.Value.Provisions.Select(id => (Id: id, one.Value.Release.At)))
            .GroupBy(one => one.Id, one => one.At, StringComparer.Ordinal);
        foreach (var shared in first.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (Clock(ClockKind.Shared, shared.Key, shared.Min()) is { } clock)
            {
                yield return clock;
            }
        }

        foreach (var (id, approval, _, _) in registers.Approvals.All)
        {
            if (approval is { State: ApprovalState.Approved, AskedAt: { } asked, DecidedAt: { } decided } && decided >= asked)
            {
                yield return new ClockFact($"approval/{id}", asked, null)
                {
                    Clock = ClockKind.Approval,
                    Seconds = Seconds(decided - asked),
                };
            }
        }
    }

    private ClockFact? Clock(ClockKind kind, string provision, DateTimeOffset? end) =>
        end is { } at && reader.Provision(provision) is { TakenInLater: false } given && at >= given.ReceivedAt
            ? new ClockFact($"{kind}/{provision}", given.ReceivedAt, null) { Clock = kind, Seconds = Seconds(at - given.ReceivedAt) }
            : null;

    private static long Seconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerSecond;
}
