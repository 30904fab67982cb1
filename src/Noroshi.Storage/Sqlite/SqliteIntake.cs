using System.Buffers.Binary;
using System.Security.Cryptography;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;

namespace Noroshi.Storage.Sqlite;

/// <summary>The way in: files first, then one transaction.</summary>
internal sealed class SqliteIntake(Core core, SqliteEvidence evidence) : IIntakeStore
{
    /// <inheritdoc/>
    public async Task<Receipt> ReceiveAsync(IncomingProvision provision, CancellationToken cancellation = default)
    {
        Limits.Check(provision);
        var identity = Identity(provision);
        if (core.Read(db => Earlier(db, identity)) is { } repeated)
        {
            return repeated;
        }

        var id = new ProvisionId(Guid.NewGuid());
        var header = DocumentBox.Pack(provision.Header.Span);
        IReadOnlyList<PackedDocument> documents =
        [
            new(new NewDocument(id, IStepLog.ProvisionKind, provision.HeaderRetention, provision.Header), header, provision.Lane),
            .. provision.Documents.Select(one => new PackedDocument(
                one with
                {
                    Provision = id,
                },
                DocumentBox.Pack(one.Body.Span),
                provision.Lane
            )),
        ];
        var staged = await StageAsync(id, provision.Items, cancellation);
        Receipt receipt;
        try
        {
            receipt = await core.Write(
                db => Earlier(db, identity) ?? Insert(db, provision, new Prepared(id, identity, documents, staged)),
                cancellation,
                documents.Sum(one => one.Packed.Length) + (256 * staged.Count)
            );
        }
        catch (Exception error) when (error is not StorageFailedException)
        {
            evidence.Discard(staged);
            throw;
        }

        if (receipt.Repeated)
        {
            evidence.Discard(staged);
        }
        else
        {
            evidence.Settle(staged);
        }

        return receipt;
    }

    /// <inheritdoc/>
    public Task<StoredProvision?> FindAsync(ProvisionId id, CancellationToken cancellation = default) =>
        Task.FromResult(core.Read(db => Stored(db, "SELECT number, id, lane, received_at FROM provision WHERE id = $1", id.Value.Bytes())));

    /// <inheritdoc/>
    public Task<StoredProvision?> FindAsync(long number, CancellationToken cancellation = default) =>
        Task.FromResult(core.Read(db => Stored(db, "SELECT number, id, lane, received_at FROM provision WHERE number = $1", number)));

    /// <summary>The running number of a provision.</summary>
    /// <exception cref="KeyNotFoundException">No such provision.</exception>
    public static long NumberOf(Db db, ProvisionId id) =>
        db.First("SELECT number FROM provision WHERE id = $1", row => (long?)row.GetInt64(0), id.Value.Bytes())
        ?? throw new KeyNotFoundException($"There is no provision {id}.");

    private async Task<IReadOnlyList<StagedEvidence>> StageAsync(
        ProvisionId id,
        IReadOnlyList<IncomingItem> items,
        CancellationToken cancellation
    )
    {
        var staged = new List<StagedEvidence>(items.Count);
        try
        {
            for (var i = 0; i < items.Count; i++)
            {
                staged.Add(await evidence.StageAsync(id, i, items[i].Content, items[i].Retention, cancellation));
            }
        }
        catch
        {
            evidence.Discard(staged);
            throw;
        }

        return staged;
    }

    private Receipt Insert(Db db, IncomingProvision provision, Prepared prepared)
    {
        SqliteSteps.Demand(db, provision.Expected);
        var time = provision.ReceivedAt.ToUnixTimeMilliseconds();
        var number = db.Number(
            "INSERT INTO provision (id, identity, lane, received_at, items) VALUES ($1, $2, $3, $4, $5) RETURNING number",
            prepared.Id.Value.Bytes(),
            prepared.Identity,
            (int)provision.Lane,
            time,
            provision.Items.Count
        );
        for (var i = 0; i < prepared.Staged.Count; i++)
        {
            evidence.Insert(db, number, i, prepared.Staged[i]);
        }

        foreach (var document in prepared.Documents)
        {
            SqliteSteps.Append(db, core, number, document);
        }

        foreach (var record in provision.Journal)
        {
            SqliteJournal.Append(db, core.Now, record);
        }

        return new Receipt(prepared.Id, number, Repeated: false, DateTimeOffset.FromUnixTimeMilliseconds(time));
    }

    /// <summary>The header, which is the provision's first entry, and what comes with it.</summary>
    private static IReadOnlyList<PackedDocument> Documents(ProvisionId id, IncomingProvision provision) =>
        [
            .. provision
                .Documents.Select(one => one with { Provision = id })
                .Prepend(new NewDocument(id, IStepLog.ProvisionKind, provision.HeaderRetention, provision.Header))
                .Select(one => new PackedDocument(one, DocumentBox.Pack(one.Body.Span), provision.Lane)),
        ];

    private static Receipt? Earlier(Db db, byte[] identity) =>
        db.First(
            "SELECT id, number, received_at FROM provision WHERE identity = $1",
            row => new Receipt(new ProvisionId(row.Id(0)), row.GetInt64(1), Repeated: true, row.Time(2)),
            identity
        );

    private static StoredProvision? Stored(Db db, string sql, object key)
    {
        var found = db.First(
            sql,
            row => new StoredProvision(new ProvisionId(row.Id(1)), row.GetInt64(0), (Lane)row.GetInt32(2), row.Time(3), []),
            key
        );
        return found is null
            ? null
            : found with
            {
                Evidence = db.Query(
                    "SELECT id, size, retention, wrapped IS NULL FROM evidence WHERE provision = $1 ORDER BY position",
                    row => new EvidenceInfo(new EvidenceId(row.Id(0)), row.GetInt64(1), (RetentionClass)row.GetInt32(2), row.GetBoolean(3)),
                    found.Number
                ),
            };
    }

    /// <summary>Keyed hash of envelope and contents.</summary>
    private byte[] Identity(IncomingProvision provision)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, core.Secrets.Names);
        hash.AppendData("provision"u8);
        hash.AppendData(SHA256.HashData(provision.Envelope.Span));
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(count, provision.Items.Count);
        hash.AppendData(count);
        foreach (var item in provision.Items)
        {
            hash.AppendData(SHA256.HashData(item.Content.Span));
        }

        return hash.GetHashAndReset();
    }

    private sealed record Prepared(
        ProvisionId Id,
        byte[] Identity,
        IReadOnlyList<PackedDocument> Documents,
        IReadOnlyList<StagedEvidence> Staged
    );
}
