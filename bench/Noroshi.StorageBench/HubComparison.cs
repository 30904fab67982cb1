using System.Globalization;
using System.Security.Cryptography;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;

namespace Noroshi.StorageBench;

/// <summary>What came of everything that was handed in.</summary>
internal sealed record HubResult
{
    public required int Acknowledged { get; init; }
    public required int Stored { get; init; }

    /// <summary>Stored, but nobody was told: the answer was cut off.</summary>
    public required int Unanswered { get; init; }
    public required int Lost { get; init; }
    public required int Doubled { get; init; }
    public required int Stuck { get; init; }
    public required IReadOnlyList<string> Problems { get; init; }

    public bool Good => Lost + Doubled + Stuck + Problems.Count == 0;
}

/// <summary>Compares the store of a hub that has ended with what the givers were told.</summary>
internal static class HubComparison
{
    private const string MailKind = "mail";
    private const string AnatomyKind = "anatomy";
    private const string OutgoingKind = "outgoing";
    private const int MostTold = 20;

    /// <summary>All steps of the hub that end; sending waits for a mail server that there is none of here.</summary>
    private static readonly Step[] Steps =
    [
        new("dissect", IStepLog.ProvisionKind),
        new("acknowledge", IStepLog.ProvisionKind),
        new("answer-late", IStepLog.ProvisionKind),
        new("second-mail", MailKind),
        new("situate", MailKind),
        new("answer", MailKind),
    ];

    /// <summary>What is ahead of the steps.</summary>
    public static async Task<long> AheadAsync(IHubStore store)
    {
        long ahead = 0;
        foreach (var step in Steps)
        {
            foreach (var lane in new[] { Lane.Live, Lane.Bulk })
            {
                var progress = await store.Steps.ProgressAsync(step, lane);
                ahead += progress.Remaining + progress.Waiting;
            }
        }

        return ahead;
    }

    /// <summary>Compares; the hub does not run.</summary>
    public static async Task<HubResult> RunAsync(Places places, HubLedger ledger)
    {
        await using var store = SqliteHubStore.Open(places.HubOptions());
        var problems = new List<string>();
        var handed = ledger.Acknowledged.ToDictionary(one => one.Mail.Token, StringComparer.Ordinal);
        var stored = await StoredAsync(store, handed, problems);

        var lost = handed.Values.Count(one =>
            !stored.TryGetValue(one.Mail.Token, out var ids) || (one.Id.Length > 0 && !ids.Any(id => Guid.Parse(one.Id) == id.Value))
        );
        var doubled = stored.Count(one => one.Value.Count > 1) + ledger.Contradictions.Count;
        var stuck = await AheadAsync(store);
        foreach (var step in Steps)
        {
            foreach (var lane in new[] { Lane.Live, Lane.Bulk })
            {
                var given = await store.Steps.QuarantineAsync(step, lane, MostTold);
                stuck += given.Count;
                problems.AddRange(given.Select(one => $"{step.Name} gave up {one.Position}: {one.Reason}"));
            }
        }

        foreach (var provision in stored.Values.SelectMany(one => one))
        {
            stuck += await IsWholeAsync(store, provision, problems) ? 0 : 1;
        }

        var report = await StoreCheck.RunAsync(store, new FsckOptions { Sweep = true });
        problems.AddRange(report.Problems.Select(one => $"{one.Code}: {one.Detail}"));
        problems.AddRange(ledger.Unexpected.Distinct(StringComparer.Ordinal).Take(MostTold));
        problems.AddRange(ledger.Contradictions.Take(MostTold));
        foreach (var problem in problems.Take(MostTold))
        {
            await Console.Error.WriteLineAsync(problem);
        }

        return new HubResult
        {
            Acknowledged = handed.Count,
            Stored = stored.Values.Sum(one => one.Count),
            Unanswered = stored.Keys.Count(token => !handed.ContainsKey(token)),
            Lost = lost,
            Doubled = doubled,
            Stuck = (int)stuck,
            Problems = problems,
        };
    }

    /// <summary>Whether every provision of a data folder is whole and no step has anything ahead: for a folder whose run is over.</summary>
    public static async Task<int> CheckAsync(Places places)
    {
        await using var store = SqliteHubStore.Open(places.HubOptions());
        var problems = new List<string>();
        var stored = await StoredAsync(store, [], problems);
        var whole = 0;
        foreach (var provision in stored.Values.SelectMany(one => one))
        {
            whole += await IsWholeAsync(store, provision, problems) ? 1 : 0;
        }

        var ahead = await AheadAsync(store);
        var report = await StoreCheck.RunAsync(store, new FsckOptions());
        problems.AddRange(report.Problems.Select(one => $"{one.Code}: {one.Detail}"));
        var doubled = stored.Count(one => one.Value.Count > 1);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"mails {stored.Count}, provisions {stored.Values.Sum(one => one.Count)}, doubled {doubled}, whole {whole}, ahead of the steps {ahead}, problems {problems.Count}"
            )
        );
        problems.Take(MostTold).ToList().ForEach(Console.Error.WriteLine);
        return problems.Count + doubled + ahead == 0 ? 0 : 1;
    }

    /// <summary>Provisions by the token of their mail; a mail whose bytes are not what was handed in is under no token.</summary>
    private static async Task<Dictionary<string, List<ProvisionId>>> StoredAsync(
        SqliteHubStore store,
        Dictionary<string, (Handed Mail, string Id)> handed,
        List<string> problems
    )
    {
        var stored = new Dictionary<string, List<ProvisionId>>(StringComparer.Ordinal);
        long last = 0;
        while (await store.Steps.ReadKindAsync(IStepLog.ProvisionKind, last, 1_000) is { Count: > 0 } entries)
        {
            foreach (var provision in entries.Select(one => one.Provision).OfType<ProvisionId>())
            {
                var found = await store.Intake.FindAsync(provision);
                if (found is not { Evidence: [var only] })
                {
                    problems.Add(string.Create(CultureInfo.InvariantCulture, $"{provision} has {found?.Evidence.Count ?? 0} originals"));
                    continue;
                }

                var bytes = await store.Evidence.GetAsync(only.Id);
                var token = HubLedger.TokenOf(bytes) ?? "none";
                if (
                    handed.TryGetValue(token, out var one)
                    && !SHA256.HashData(bytes).AsSpan().SequenceEqual(SHA256.HashData(HubLedger.MailOf(one.Mail)))
                )
                {
                    problems.Add($"{provision}: other bytes than those of {token}");
                    token += " changed";
                }

                if (!stored.TryGetValue(token, out var list))
                {
                    stored[token] = list = [];
                }

                list.Add(provision);
            }

            last = entries[^1].Position;
        }

        return stored;
    }

    /// <summary>Taken apart exactly once, and told about at most once.</summary>
    private static async Task<bool> IsWholeAsync(SqliteHubStore store, ProvisionId provision, List<string> problems)
    {
        var documents = await store.Steps.OfProvisionAsync(provision);
        var (mails, anatomies) = (documents.Count(one => one.Kind == MailKind), documents.Count(one => one.Kind == AnatomyKind));
        var twice = documents
            .Where(one => one.Kind == OutgoingKind)
            .GroupBy(one => one.Subject, StringComparer.Ordinal)
            .Any(one => one.Count() > 1);
        if (mails == 1 && anatomies == 1 && !twice)
        {
            return true;
        }

        var kinds = string.Join(' ', documents.Select(one => one.Kind));
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{provision}: {mails} mails, {anatomies} anatomies, documents: {kinds}"));
        return false;
    }
}
