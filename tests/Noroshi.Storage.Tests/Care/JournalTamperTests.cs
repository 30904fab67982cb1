using Noroshi.Hub.Journal;
using Noroshi.Storage.Sqlite;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Care;

public sealed class JournalTamperTests : IDisposable
{
    private const int Records = 40;
    private const int Tamperings = 1_000;
    private readonly Folders _folders = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Each_of_a_thousand_changes_to_the_rows_is_found()
    {
        await using var store = _folders.Open();
        var held = await FillAsync(store);
        var key = store.Journal.PublicKey;
        var random = new Random(9162);
        using var db = new Db(Path.Combine(_folders.Data, "noroshi.db"), writable: true);
        SqliteJournal.Verify(db, key, [held], Cancel).Problems.ShouldBeEmpty();
        var changed = 0;
        for (var i = 0; i < Tamperings; i++)
        {
            db.Run("BEGIN");
            var what = Tamper(db, random);
            SqliteJournal.Verify(db, key, [held], Cancel).Problems.ShouldNotBeEmpty(what);
            db.Run("ROLLBACK");
            changed++;
        }

        changed.ShouldBe(Tamperings);
    }

    [Fact]
    public async Task Whoever_writes_the_whole_tree_anew_cannot_sign_it()
    {
        await using var store = _folders.Open();
        await FillAsync(store);
        var key = store.Journal.PublicKey;
        using var db = new Db(Path.Combine(_folders.Data, "noroshi.db"), writable: true);
        db.Run("BEGIN");
        var entries = await store.Journal.ReadAsync(new JournalFilter(), Cancel);
        db.Run("DELETE FROM journal");
        db.Run("DELETE FROM journal_node");
        db.Run("DELETE FROM checkpoint");
        foreach (var entry in entries.Where(entry => entry.Index != 7))
        {
            SqliteJournal.Append(db, entry.At.ToUnixTimeMilliseconds(), entry.Record);
        }

        using var own = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var size = SqliteJournal.Size(db);
        var root = MerkleTree.Root(
            size,
            (level, index) =>
                db.First("SELECT hash FROM journal_node WHERE level = $1 AND idx = $2", row => row.Blob(0), level, index) ?? []
        );
        var forged = Checkpoint.Sign(own, SqliteJournal.Origin(store.Core.Secrets.StoreId), size, root, DateTimeOffset.UnixEpoch);
        db.Run("INSERT INTO checkpoint (size, head, note) VALUES ($1, 1, $2)", size, forged.ToText());
        SqliteJournal.Verify(db, key, [], Cancel).Problems.ShouldHaveSingleItem().ShouldContain("not signed");
        db.Run("ROLLBACK");
    }

    [Theory]
    [InlineData("INSERT INTO journal SELECT idx + 1, at, actor, action, subject, detail FROM journal ORDER BY idx DESC LIMIT 1")]
    [InlineData("DELETE FROM journal WHERE idx = (SELECT max(idx) FROM journal)")]
    [InlineData("DELETE FROM checkpoint WHERE head = 1")]
    [InlineData("UPDATE checkpoint SET note = replace(note, 'time ', 'time 1') WHERE head = 1")]
    [InlineData("DELETE FROM journal_node WHERE level = 3")]
    public async Task A_start_signs_nothing_over_what_was_changed_while_the_hub_was_down(string change)
    {
        await using (var store = _folders.Open())
        {
            await FillAsync(store);
        }

        using (var db = new Db(Path.Combine(_folders.Data, "noroshi.db"), writable: true))
        {
            db.Run(change).ShouldBeGreaterThan(0);
        }

        Should.Throw<Hub.Storage.DataFolderException>(() => _folders.Open()).Message.ShouldContain("journal");
        await using var anyway = SqliteHubStore.Open(_folders.Options() with { AcceptJournalMismatch = true });
        (await anyway.Journal.VerifyAsync([], Cancel)).Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_tail_removed_with_its_checkpoint_is_found_by_a_checkpoint_held_elsewhere()
    {
        await using var store = _folders.Open();
        await FillAsync(store);
        var earlier = await store.Journal.CheckpointAsync(Cancel);
        await store.Journal.AppendAsync(new JournalRecord("analyst", "identity.read", "p"), Cancel);
        var held = await store.Journal.CheckpointAsync(Cancel);
        using var db = new Db(Path.Combine(_folders.Data, "noroshi.db"), writable: true);
        db.Run("BEGIN");
        db.Run("DELETE FROM journal WHERE idx >= $1", earlier.Size);
        for (var level = 0; level < 20; level++)
        {
            db.Run("DELETE FROM journal_node WHERE level = $1 AND idx >= $2", level, earlier.Size >> level);
        }

        db.Run("DELETE FROM checkpoint WHERE head = 1");
        db.Run("INSERT INTO checkpoint (size, head, note) VALUES ($1, 1, $2)", earlier.Size, earlier.ToText());
        SqliteJournal.Verify(db, store.Journal.PublicKey, [], Cancel).Problems.ShouldBeEmpty();
        SqliteJournal.Verify(db, store.Journal.PublicKey, [held], Cancel).Problems.ShouldNotBeEmpty();
        db.Run("ROLLBACK");
    }

    private static async Task<Checkpoint> FillAsync(SqliteHubStore store)
    {
        for (var i = 0; i < Records; i++)
        {
            await store.Journal.AppendAsync(new JournalRecord($"analyst-{i % 3}", "identity.read", $"p-{i}", "第一"), Cancel);
        }

        return await store.Journal.CheckpointAsync(Cancel);
    }

    private static string Tamper(Db db, Random random)
    {
        var size = SqliteJournal.Size(db);
        var (one, other) = (random.NextInt64(size), random.NextInt64(size));
        var column = new[] { "actor", "action", "subject", "detail" }[random.Next(4)];
        var (what, sql) = random.Next(9) switch
        {
            0 => ("a text longer", $"UPDATE journal SET {column} = {column} || 'x' WHERE idx = {one}"),
            1 => ("a text emptied", $"UPDATE journal SET {column} = '' WHERE idx = {one} AND {column} <> ''"),
            2 => ("a time", $"UPDATE journal SET at = at + {1 + random.Next(1000)} WHERE idx = {one}"),
            3 => ("a row removed", $"DELETE FROM journal WHERE idx = {one}"),
            4 => ("a row added", $"INSERT INTO journal SELECT {size}, at, actor, action, subject, detail FROM journal WHERE idx = {one}"),
            5 => ("a node", $"UPDATE journal_node SET hash = randomblob(32) WHERE level = 0 AND idx = {one}"),
            6 => ("a node removed", $"DELETE FROM journal_node WHERE level = {random.Next(3)} AND idx = {one >> 3}"),
            7 => ("text moved between columns", $"UPDATE journal SET actor = actor || action, action = '' WHERE idx = {one}"),
            _ => ("two rows swapped", ""),
        };
        if (sql.Length == 0)
        {
            other = other == one ? (one + 1) % size : other;
            db.Run("UPDATE journal SET idx = -1 WHERE idx = $1", one);
            db.Run("UPDATE journal SET idx = $1 WHERE idx = $2", one, other);
            db.Run("UPDATE journal SET idx = $1 WHERE idx = -1", other);
        }
        else if (db.Run(sql) == 0)
        {
            // Nothing there to change (an empty text): take the row away instead.
            db.Run("DELETE FROM journal WHERE idx = $1", one);
        }

        return $"{what}: {sql} {one} {other}";
    }
}
