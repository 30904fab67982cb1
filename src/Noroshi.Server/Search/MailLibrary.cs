using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Search;

/// <summary>Opens mails for the search: the newest document of a mail, with what is known around it now.</summary>
internal sealed class MailLibrary(IHubStore store, Community community, Register<GivenVerdict> verdicts, CaseBook cases)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<Registered<CaseFile>>? _casesOfMap;
    private Dictionary<string, List<(string Id, string Title)>> _casesByMail = new(StringComparer.Ordinal);

    /// <summary>The mail of a key; null when it is erased, gone, or was never there.</summary>
    public async Task<FoundMail?> OpenAsync(string key, ProvisionCache provisions, CancellationToken cancellation) =>
        await store.Steps.LatestAsync(DocumentKinds.Anatomy, key, cancellation) is { } entry
            ? await OpenAsync(entry, provisions, cancellation)
            : null;

    /// <summary>The mail of an entry.</summary>
    public async Task<FoundMail?> OpenAsync(LogEntry entry, ProvisionCache provisions, CancellationToken cancellation)
    {
        if (
            entry is not { Body: { IsEmpty: false } body, Provision: { } id }
            || await provisions.FindAsync(id, cancellation) is not { } given
        )
        {
            return null;
        }

        return FoundMail.Of(
            body,
            new MailSurroundings
            {
                Key = entry.Subject,
                Provision = id.ToString(),
                Number = ReceiptCode.Of(given.Stored.Id),
                ProvidedAt = given.Stored.ReceivedAt,
                Header = given.Header,
                Organization = community.Find(given.Header?.Organization),
                Verdict = verdicts.Find(entry.Subject)?.Value.Verdict,
                Cases = CasesOf(entry.Subject),
            }
        );
    }

    /// <summary>A cache of provisions for one piece of work.</summary>
    public ProvisionCache Provisions() => new(store);

    private IReadOnlyList<(string Id, string Title)> CasesOf(string key)
    {
        var all = cases.All;
        lock (_gate)
        {
            // The list is the same object until a case changes.
            if (!ReferenceEquals(all, _casesOfMap))
            {
                _casesOfMap = all;
                _casesByMail = new(StringComparer.Ordinal);
                foreach (var one in all)
                {
                    foreach (var mail in one.Value.Mails)
                    {
                        if (!_casesByMail.TryGetValue(mail, out var list))
                        {
                            _casesByMail.Add(mail, list = []);
                        }

                        list.Add((one.Id, one.Value.Title));
                    }
                }
            }

            // Titles are looked up each time: they may have ended meanwhile.
            return _casesByMail.TryGetValue(key, out var found) ? [.. found.Select(one => (one.Id, cases.TextOf(one.Title) ?? ""))] : [];
        }
    }
}

/// <summary>Provisions read once for several mails.</summary>
internal sealed class ProvisionCache(IHubStore store)
{
    private readonly Dictionary<ProvisionId, (StoredProvision, ProvisionHeader?)?> _known = [];

    /// <summary>A provision with its header, which is null when it was erased; null when there is none, or it was withdrawn.</summary>
    public async Task<(StoredProvision Stored, ProvisionHeader? Header)?> FindAsync(ProvisionId id, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(id, out var found))
        {
            found =
                await store.Intake.FindAsync(id, cancellation) is { } stored
                && await store.Steps.LatestAsync(DocumentKinds.Withdrawal, id.ToString(), cancellation) is null
                    ? (stored, await HeaderAsync(id, cancellation))
                    : null;
            _known.Add(id, found);
        }

        return found;
    }

    private async Task<ProvisionHeader?> HeaderAsync(ProvisionId id, CancellationToken cancellation)
    {
        var entries = await store.Steps.OfProvisionAsync(id, DocumentKinds.Provision, cancellation);
        if (entries is not [{ Body: { IsEmpty: false } body }, ..])
        {
            return null;
        }

        try
        {
            return ProvisionHeader.FromJson(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
