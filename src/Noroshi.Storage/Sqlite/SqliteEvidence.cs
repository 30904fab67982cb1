using System.Buffers.Binary;
using System.Security.Cryptography;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;

namespace Noroshi.Storage.Sqlite;

/// <summary>A sealed file that is durable and waits for its row.</summary>
internal sealed record StagedEvidence(
    EvidenceId Id,
    byte[] Name,
    byte[] Key,
    string Path,
    long Size,
    long Stored,
    RetentionClass Retention
);

/// <summary>Evidence: sealed files, their keys in the database.</summary>
internal sealed class SqliteEvidence(Core core) : IEvidenceStore
{
    /// <summary>Place of what is added later: not by position, so that the same bytes are the same object.</summary>
    private const int Added = -1;

    /// <inheritdoc/>
    public async Task<EvidenceId> PutAsync(
        ProvisionId provision,
        ReadOnlyMemory<byte> content,
        RetentionClass retention,
        CancellationToken cancellation = default
    )
    {
        Limits.Size(content, nameof(content));
        var number = core.Read(db => SqliteIntake.NumberOf(db, provision));
        if (core.Read(db => Existing(db, Name(provision, Added, content.Span))) is { } there)
        {
            return there;
        }

        var staged = await StageAsync(provision, Added, content, retention, cancellation);
        EvidenceId kept;
        try
        {
            kept = await core.Write(
                db =>
                {
                    if (Existing(db, staged.Name) is { } earlier)
                    {
                        return earlier;
                    }

                    var position = (int)db.Number("SELECT coalesce(max(position) + 1, 0) FROM evidence WHERE provision = $1", number);
                    Insert(db, number, position, staged);
                    return staged.Id;
                },
                cancellation
            );
        }
        catch (Exception error) when (error is not StorageFailedException)
        {
            Discard([staged]);
            throw;
        }

        if (kept == staged.Id)
        {
            Settle([staged]);
        }
        else
        {
            Discard([staged]);
        }

        return kept;
    }

    /// <inheritdoc/>
    public async Task<byte[]> GetAsync(EvidenceId id, CancellationToken cancellation = default)
    {
        var (path, key) = core.Read(db => Find(db, id));
        byte[] box;
        try
        {
            box = await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Says "erased" when that happened between the two.
            core.Read(db => Find(db, id));
            throw new EvidenceDamagedException($"Object {id}: its file is missing.", error);
        }
        catch (IOException error)
        {
            throw new EvidenceDamagedException($"Object {id}: its file cannot be read: {error.Message}", error);
        }

        return SealedObject.Open(box, id.Value, key);
    }

    /// <summary>Seals bytes and makes the file durable. Nothing refers to it yet; without a row it is as if it had never been.</summary>
    public async Task<StagedEvidence> StageAsync(
        ProvisionId provision,
        int place,
        ReadOnlyMemory<byte> content,
        RetentionClass retention,
        CancellationToken cancellation
    )
    {
        core.Health.Check();
        var id = new EvidenceId(Guid.NewGuid());
        var name = Name(provision, place, content.Span);
        var key = RandomNumberGenerator.GetBytes(SealedObject.KeySize);
        var box = SealedObject.Seal(content.Span, id.Value, key);
        var path = core.Files.PathOf(name, id);
        core.Files.InFlight[path] = true;
        try
        {
            await WriteAsync(path, id, box, cancellation);
        }
        catch (Exception error) when (error is not StorageFailedException)
        {
            core.Files.InFlight.TryRemove(path, out _);
            throw;
        }

        return new StagedEvidence(id, name, key, path, content.Length, box.Length, retention);
    }

    private Task WriteAsync(string path, EvidenceId id, byte[] box, CancellationToken cancellation) =>
        core.Threads.RunAsync(() => core.Health.Guard(() => core.Files.Write(path, id, box)), cancellation);

    public void Insert(Db db, long provision, int position, StagedEvidence staged)
    {
        var id = staged.Id.Value.Bytes();
        db.Run(
            "INSERT INTO evidence (id, provision, position, retention, size, stored, name, master, wrapped) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id,
            provision,
            position,
            (int)staged.Retention,
            staged.Size,
            staged.Stored,
            staged.Name,
            core.Keys.Active.Id,
            core.Keys.Active.Seal(staged.Key, SqliteKeys.EvidencePurpose(id))
        );
    }

    /// <summary>Removes files whose rows were not written.</summary>
    public void Discard(IEnumerable<StagedEvidence> staged)
    {
        foreach (var one in staged)
        {
            EvidenceFiles.Remove(one.Path);
            core.Files.InFlight.TryRemove(one.Path, out _);
        }
    }

    /// <summary>The rows are written.</summary>
    public void Settle(IEnumerable<StagedEvidence> staged)
    {
        foreach (var one in staged)
        {
            core.Files.InFlight.TryRemove(one.Path, out _);
        }
    }

    /// <summary>Keyed hash of owner, place and content.</summary>
    private byte[] Name(ProvisionId provision, int place, ReadOnlySpan<byte> content)
    {
        Span<byte> input = stackalloc byte[8 + 16 + 4 + SHA256.HashSizeInBytes];
        "evidence"u8.CopyTo(input);
        provision.Value.TryWriteBytes(input[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[24..], place);
        SHA256.HashData(content, input[28..]);
        return HMACSHA256.HashData(core.Secrets.Names, input);
    }

    private static EvidenceId? Existing(Db db, byte[] name) =>
        db.First("SELECT id FROM evidence WHERE name = $1", row => (EvidenceId?)new EvidenceId(row.Id(0)), name);

    private (string Path, byte[] Key) Find(Db db, EvidenceId id)
    {
        var bytes = id.Value.Bytes();
        var row = db.First(
            "SELECT name, master, wrapped FROM evidence WHERE id = $1",
            row => row.IsDBNull(0) ? (null, null, null) : (Name: row.Blob(0), Master: row.Blob(1), Wrapped: (byte[]?)row.Blob(2)),
            bytes
        );
        if (row.Wrapped is not null && row.Name is not null && row.Master is not null)
        {
            return (core.Files.PathOf(row.Name, id), core.Keys.Find(row.Master).Open(row.Wrapped, SqliteKeys.EvidencePurpose(bytes)));
        }

        if (db.Number("SELECT count(*) FROM evidence WHERE id = $1", bytes) == 0)
        {
            throw new KeyNotFoundException($"There is no evidence {id}.");
        }

        throw new EvidenceErasedException($"Evidence {id} was erased.");
    }
}
