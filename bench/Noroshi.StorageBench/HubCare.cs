using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Sqlite;

namespace Noroshi.StorageBench;

/// <summary>Backup while mails come in, and restoring it: whole, without key, without register, over what was erased since.</summary>
internal static class HubCare
{
    private const int Before = 400;

    /// <summary>So many backups one after the other under load; the first is restored.</summary>
    public static async Task<(string Row, bool Good)> RunAsync(HubBuild build, int backups)
    {
        var givers = await HubGivers.PrepareAsync(build);
        var faults = new List<string>();
        var backup = Path.Combine(build.Places.Root, "backup-0");
        var seconds = new List<double>();
        HashSet<string> safe;
        Places other;
        string counts;
        string erased;
        int during;
        using (var hub = await HubProcess.StartAsync(build))
        {
            using var end = new CancellationTokenSource();
            var work = givers.WorkAsync(hub, end.Token);
            while (givers.Ledger.Count < Before && !hub.Process.HasExited)
            {
                await Task.Delay(5);
            }

            safe = [.. givers.Ledger.Acknowledged.Select(one => one.Mail.Token)];
            (counts, during) = ("", givers.Ledger.Count);
            for (var i = 0; i < backups; i++)
            {
                var watch = Stopwatch.StartNew();
                var folder = Path.Combine(build.Places.Root, "backup-" + i.ToString(CultureInfo.InvariantCulture));
                var made = await build.CallAsync("backup", folder, "--json");
                counts = i == 0 ? made : counts;
                seconds.Add(watch.Elapsed.TotalSeconds);
            }

            during = givers.Ledger.Count - during;

            // What another machine has that knows of the backup and of nothing that came later.
            other = Moved(build, "other");

            // Erased after the backup: by the provider himself, through the API.
            var mail = givers.Ledger.Acknowledged.First(one => one.Id.Length > 0 && safe.Contains(one.Mail.Token));
            erased = mail.Id;
            using var client = givers.Client(hub.Http, mail.Mail.Giver);
            using var withdrawn = await client.DeleteAsync("/api/v1/provisions/" + erased);
            if (!withdrawn.IsSuccessStatusCode)
            {
                faults.Add($"withdrawal: {(int)withdrawn.StatusCode}");
            }

            await end.CancelAsync();
            await work;
            await hub.EndAsync();
        }

        var empty = await RestoreAsync(build with { Places = other }, backup, safe, counts, faults);
        await WithoutKeyAsync(build, backup, faults);
        await ErasedAsync(build, backup, erased, faults);
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## Backup under load, restore

            {backups} x `noroshi backup F` while {HubGivers.ApiCallers} API callers and {HubGivers.SmtpCallers} SMTP clients hand in: {HubSoak.Times(
                seconds
            )}; {during} mails were acknowledged meanwhile, {safe.Count}
            before. Restored into an empty folder: {empty}. Without the master key, without the register of erasures: refused with words, nothing
            written. A provision withdrawn after the backup, then the older backup restored: its original cannot be read, fsck clean.
            Not as it should be: {faults.Count}.

            """
        );
        return (row, faults.Count == 0);
    }

    private static async Task<string> RestoreAsync(HubBuild other, string backup, HashSet<string> safe, string counts, List<string> faults)
    {
        var report = await other.CallAsync("restore", backup, "--json");
        var check = await other.CallAsync("fsck", "--json");
        var (made, restored) = (Counts(counts), Counts(report));
        foreach (var (name, count) in made)
        {
            // Restoring writes one record of its own.
            var expected = name == "journalRecords" ? count + 1 : count;
            if (!restored.TryGetValue(name, out var found) || found != expected)
            {
                faults.Add($"restored {name}: {found} instead of {expected}");
            }
        }

        if (!Clean(report) || !Clean(check))
        {
            faults.Add("fsck is not clean after the restore: " + check);
        }

        var missing = new HashSet<string>(safe, StringComparer.Ordinal);
        await using (var store = SqliteHubStore.Open(other.Places.HubOptions()))
        {
            long last = 0;
            while (await store.Steps.ReadKindAsync(IStepLog.ProvisionKind, last, 1_000) is { Count: > 0 } entries)
            {
                foreach (var provision in entries.Select(one => one.Provision).OfType<ProvisionId>())
                {
                    var found = await store.Intake.FindAsync(provision);
                    foreach (var evidence in (found?.Evidence ?? []).Where(one => !one.Erased))
                    {
                        missing.Remove(HubLedger.TokenOf(await store.Evidence.GetAsync(evidence.Id)) ?? "");
                    }
                }

                last = entries[^1].Position;
            }
        }

        if (missing.Count > 0)
        {
            faults.Add($"{missing.Count} mails acknowledged before the backup are not in it");
        }

        using (var hub = await HubProcess.StartAsync(other))
        {
            await hub.EndAsync();
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{restored["provisions"]} provisions, counts equal to the backup's, fsck clean, a hub starts on it"
        );
    }

    private static async Task WithoutKeyAsync(HubBuild build, string backup, List<string> faults)
    {
        var bare = build with { Places = new Places(Path.Combine(build.Places.Root, "bare")) };
        var (code, _, words) = await bare.RunAsync("restore", backup);
        await Console.Error.WriteLineAsync("without key: " + words.Trim());
        if (code != 1 || words.Contains("Unhandled", StringComparison.Ordinal) || Directory.Exists(bare.Places.Data))
        {
            faults.Add($"restore without the master key: {code}, {words}");
        }

        // A key that is not the one of the backup.
        var wrong = build with
        {
            Places = new Places(Path.Combine(build.Places.Root, "wrong")),
        };
        Directory.CreateDirectory(Path.Combine(wrong.Places.Root, "keys"));
        using (var hub = await HubProcess.StartAsync(wrong))
        {
            await hub.EndAsync();
        }

        Directory.Delete(wrong.Places.Data, recursive: true);
        (code, _, words) = await wrong.RunAsync("restore", backup);
        await Console.Error.WriteLineAsync("with another key: " + words.Trim());
        if (code != 1 || words.Contains("Unhandled", StringComparison.Ordinal) || Directory.Exists(wrong.Places.Data))
        {
            faults.Add($"restore with another master key: {code}, {words}");
        }

        var keyOnly = build with { Places = Moved(build, "key-only") };
        File.Delete(keyOnly.Places.Data + ".erasures");
        (code, _, words) = await keyOnly.RunAsync("restore", backup);
        await Console.Error.WriteLineAsync("without register: " + words.Trim());
        if (code != 1 || words.Contains("Unhandled", StringComparison.Ordinal) || Directory.Exists(keyOnly.Places.Data))
        {
            faults.Add($"restore without the register of erasures: {code}, {words}");
        }
    }

    private static async Task ErasedAsync(HubBuild build, string backup, string erased, List<string> faults)
    {
        // The same machine: the data folder is gone, key and register beside it are there.
        Directory.Delete(build.Places.Data, recursive: true);
        await build.CallAsync("restore", backup);
        if (!Clean(await build.CallAsync("fsck", "--json")))
        {
            faults.Add("fsck is not clean after restoring over an erasure");
        }

        await using var store = SqliteHubStore.Open(build.Places.HubOptions());
        var found = await store.Intake.FindAsync(new ProvisionId(Guid.Parse(erased)));
        if (found is not { Evidence: [var evidence] } || !evidence.Erased)
        {
            faults.Add("what was erased came back with the backup");
            return;
        }

        try
        {
            await store.Evidence.GetAsync(evidence.Id);
            faults.Add("an erased original can be read");
        }
        catch (EvidenceErasedException)
        {
            // As it should be.
        }
    }

    private static Places Moved(HubBuild build, string name)
    {
        var places = new Places(Path.Combine(build.Places.Root, name));
        Directory.CreateDirectory(Path.GetDirectoryName(places.Key) ?? places.Root);
        File.Copy(build.Places.Key, places.Key);
        File.Copy(build.Places.Data + ".erasures", places.Data + ".erasures");
        return places;
    }

    private static Dictionary<string, long> Counts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document
            .RootElement.GetProperty("counts")
            .EnumerateObject()
            .ToDictionary(one => one.Name, one => one.Value.GetInt64(), StringComparer.Ordinal);
    }

    private static bool Clean(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("clean").GetBoolean();
    }
}
