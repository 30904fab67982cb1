using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Statistics;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Statistics;

/// <summary>When a provision was answered first.</summary>
internal sealed record AnswerTimes(DateTimeOffset? Automatic, DateTimeOffset? Analyst);

/// <summary>
/// What the log holds of provisions and mails, as far as figures ask for it; caught up before each question. Holds ids, hashes and codes. Not for
/// several threads at once.
/// </summary>
internal sealed class FactReader(IHubStore store) : IForgets, IDisposable
{
    private const int ReadAtOnce = 1_000;

    /// <summary>A header that was written later than this after the reception came by an import.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    private static readonly string[] Kinds =
    [
        DocumentKinds.Provision,
        DocumentKinds.Release,
        DocumentKinds.Mail,
        AnswerRecords.Kind,
        DocumentKinds.Withdrawal,
    ];

    private readonly Dictionary<string, long> _read = Kinds.ToDictionary(kind => kind, _ => 0L, StringComparer.Ordinal);
    private readonly Dictionary<string, GivenProvision> _provisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GivenMail> _mails = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AnswerTimes> _answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _released = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Grows when something came or went.</summary>
    public long Version { get; private set; }

    /// <summary>Provisions.</summary>
    public IEnumerable<GivenProvision> Provisions =>
        _provisions.Values.Select(one => one with { Waits = one.Waits && !_released.Contains(one.Id) });

    /// <summary>Mails.</summary>
    public IReadOnlyCollection<GivenMail> Mails => _mails.Values;

    /// <summary>A provision; null when there is none.</summary>
    public GivenProvision? Provision(string id) => _provisions.GetValueOrDefault(id);

    /// <summary>First answers by provision.</summary>
    public IReadOnlyDictionary<string, AnswerTimes> Answers => _answers;

    /// <summary>Reads what has come since.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var kind in Kinds)
            {
                IReadOnlyList<LogEntry> entries;
                do
                {
                    entries = await store.Steps.ReadKindAsync(kind, _read[kind], ReadAtOnce, cancellation);
                    foreach (var entry in entries)
                    {
                        await ApplyAsync(entry, cancellation);
                        _read[kind] = entry.Position;
                        Version++;
                    }
                } while (entries.Count > 0);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var id in erased.Provisions.Select(one => one.ToString()).Where(_provisions.ContainsKey))
            {
                await ForgetAsync(id, cancellation);
            }

            Version++;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task ApplyAsync(LogEntry entry, CancellationToken cancellation)
    {
        switch (entry.Kind)
        {
            case DocumentKinds.Provision when entry.Provision is { } id:
                await ApplyProvisionAsync(id, entry, cancellation);
                break;
            case DocumentKinds.Release:
                _released.Add(entry.Subject);
                break;
            case DocumentKinds.Mail when entry.Provision is { } id && MailDocument.Read(entry) is { } document:
                _mails[entry.Subject] = GivenMail.Of(document.Mail, document.Features, id.ToString());
                break;
            case DocumentKinds.Mail:
                _mails.Remove(entry.Subject);
                break;
            case AnswerRecords.Kind when entry.Body is { IsEmpty: false } body:
                ApplyAnswer(entry.Subject, Answer.FromJson(body.Span));
                break;
            case DocumentKinds.Withdrawal:
                await ForgetAsync(entry.Subject, cancellation);
                break;
            default:
                break;
        }
    }

    private async Task ApplyProvisionAsync(ProvisionId id, LogEntry entry, CancellationToken cancellation)
    {
        var key = id.ToString();
        if (entry.Body is { IsEmpty: false } body)
        {
            var header = ProvisionHeader.FromJson(body.Span);
            _provisions[key] = new GivenProvision(key, header.ReceivedAt, header.Intake, header.Organization)
            {
                AddsTo = header.AddsTo,
                Waits = header.Quarantine is not null,
                TakenInLater = entry.WrittenAt - header.ReceivedAt > Late,
            };
        }
        else if (await store.Intake.FindAsync(id, cancellation) is { } stored)
        {
            _provisions[key] = await WithoutHeaderAsync(key, stored.ReceivedAt, cancellation);
        }
    }

    private void ApplyAnswer(string provision, Answer answer)
    {
        var known = _answers.GetValueOrDefault(provision) ?? new AnswerTimes(null, null);
        _answers[provision] =
            answer.Basis == AnswerBasis.Analyst
                ? known with
                {
                    Analyst = known.Analyst ?? answer.At,
                }
                : known with
                {
                    Automatic = known.Automatic ?? answer.At,
                };
    }

    /// <summary>What named people is gone. That it was provided, and by whom when he withdrew it himself, stays (rule 19).</summary>
    private async Task ForgetAsync(string id, CancellationToken cancellation)
    {
        foreach (var mail in _mails.Values.Where(mail => mail.Provision == id).Select(mail => mail.Key).ToList())
        {
            _mails.Remove(mail);
        }

        if (_provisions.TryGetValue(id, out var old))
        {
            _provisions[id] = await WithoutHeaderAsync(id, old.ReceivedAt, cancellation) with
            {
                AddsTo = old.AddsTo,
                Waits = old.Waits,
                TakenInLater = old.TakenInLater,
            };
        }
    }

    private async Task<GivenProvision> WithoutHeaderAsync(string id, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var withdrawn = await store.Steps.LatestAsync(DocumentKinds.Withdrawal, id, cancellation);
        var told = withdrawn?.Body is { IsEmpty: false } text
            ? JsonSerializer.Deserialize(text.Span, IntakeViewJson.Default.WithdrawalDocument)
            : null;
        return new GivenProvision(id, receivedAt, told?.Organization is null ? null : "member", told?.Organization);
    }
}
