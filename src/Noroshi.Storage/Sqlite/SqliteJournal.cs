using System.Security.Cryptography;
using Noroshi.Hub.Journal;

namespace Noroshi.Storage.Sqlite;

/// <summary>The journal in SQLite: rows, the complete subtrees over them, and the newest signed checkpoint, renewed in every transaction that appends.</summary>
internal sealed class SqliteJournal(Core core) : IJournal
{
    private const string Columns = "idx, at, actor, action, subject, detail";
    private const int MostProblems = 100;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicKey { get; } = core.Secrets.Journal.ExportSubjectPublicKeyInfo();

    /// <inheritdoc/>
    public Task<long> AppendAsync(JournalRecord record, CancellationToken cancellation = default)
    {
        Limits.Record(record);
        return core.Write(db => Append(db, core.Now, record), cancellation);
    }

    /// <inheritdoc/>
    public Task<Checkpoint> CheckpointAsync(CancellationToken cancellation = default) =>
        Task.FromResult(core.Read(Head) ?? throw new InvalidOperationException("Every store has a checkpoint from its first start."));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> ReadAsync(JournalFilter filter, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Task.FromResult<IReadOnlyList<JournalEntry>>(
            core.Read(db =>
                db.Query(
                    $"SELECT {Columns} FROM journal WHERE idx > $1 AND ($2 IS NULL OR actor = $2) AND ($3 IS NULL OR subject = $3"
                        + " OR (action = 'identity.read' AND instr(' ' || detail || ' ', ' ' || $3 || ' ') > 0))"
                        + " AND ($4 IS NULL OR action = $4)"
                        + " AND ($6 IS NULL OR actor = $6 OR detail = $6 OR substr(detail, 1, length($6) + 1) = $6 || ' ')"
                        + " ORDER BY idx LIMIT $5",
                    Entry,
                    filter.After,
                    filter.Actor,
                    filter.Subject,
                    filter.Action,
                    filter.Most,
                    filter.Person
                )
            )
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> InclusionProofAsync(long index, long size, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<byte[]>>(
            core.Read(db =>
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size(db));
                return MerkleTree.InclusionProof(index, size, Nodes(db));
            })
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> ConsistencyProofAsync(long first, long second, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<byte[]>>(
            core.Read(db =>
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(second, Size(db));
                return MerkleTree.ConsistencyProof(first, second, Nodes(db));
            })
        );

    /// <inheritdoc/>
    public Task<JournalVerification> VerifyAsync(IReadOnlyList<Checkpoint> held, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        return Task.Run(() => core.Read(db => Verify(db, PublicKey, held, cancellation)), cancellation);
    }

    /// <summary>Appends within the caller's transaction.</summary>
    public static long Append(Db db, long now, JournalRecord record)
    {
        var index = Size(db);
        var entry = new JournalEntry(index, DateTimeOffset.FromUnixTimeMilliseconds(now), record);
        db.Run(
            $"INSERT INTO journal ({Columns}) VALUES ($1, $2, $3, $4, $5, $6)",
            index,
            now,
            record.Actor,
            record.Action,
            record.Subject,
            record.Detail
        );
        var hash = MerkleTree.Leaf(entry.LeafBytes());
        var (level, number) = (0, index);
        Insert(db, level, number, hash);
        while ((number & 1) == 1)
        {
            hash = MerkleTree.Node(Node(db, level, number - 1), hash);
            (level, number) = (level + 1, number >> 1);
            Insert(db, level, number, hash);
        }

        return index;
    }

    /// <summary>Signs the tree as it stands in this transaction when it grew since the last checkpoint.</summary>
    public static void SignHead(Db db, StoreSecrets secrets, DateTimeOffset now) =>
        SignHead(db, secrets.Journal, Origin(secrets.StoreId), now);

    /// <summary>The same, for a store that is being made.</summary>
    public static void SignHead(Db db, ECDsa key, string origin, DateTimeOffset now)
    {
        var size = Size(db);
        if (db.First("SELECT size FROM checkpoint WHERE head = 1", row => (long?)row.GetInt64(0)) == size)
        {
            return;
        }

        var head = Checkpoint.Sign(key, origin, size, MerkleTree.Root(size, Nodes(db)), now);
        db.Run("DELETE FROM checkpoint WHERE head = 1");
        db.Run("INSERT INTO checkpoint (size, head, note) VALUES ($1, 1, $2)", size, head.ToText());
    }

    /// <summary>
    /// Whether the newest checkpoint is signed and says what the tree says. Each transaction that appends signs, so anything else was done by
    /// somebody without the key, and must not be signed over.
    /// </summary>
    public static bool IsAsSigned(Db db, StoreSecrets secrets)
    {
        var size = Size(db);
        if (Head(db) is not { } head || head.Size != size || head.Origin != Origin(secrets.StoreId))
        {
            return false;
        }

        try
        {
            return head.IsSignedBy(secrets.Journal.ExportSubjectPublicKeyInfo())
                && head.RootHash == Convert.ToBase64String(MerkleTree.Root(size, Nodes(db)));
        }
        catch (Hub.Storage.StorageFailedException)
        {
            // A node that the root needs is missing.
            return false;
        }
    }

    /// <summary>Keeps the head as a checkpoint of this start.</summary>
    public static void KeepHead(Db db) =>
        db.Run("INSERT OR IGNORE INTO checkpoint (size, head, note) SELECT size, 0, note FROM checkpoint WHERE head = 1");

    public static string Origin(string storeId) => "noroshi/" + storeId;

    public static long Size(Db db) => db.Number("SELECT idx + 1 FROM journal ORDER BY idx DESC LIMIT 1");

    public static Checkpoint? Head(Db db) =>
        db.Text("SELECT note FROM checkpoint WHERE head = 1") is { } text && Checkpoint.TryParse(text, out var head) ? head : null;

    /// <summary>Computes everything from the rows; see the port.</summary>
    public static JournalVerification Verify(
        Db db,
        ReadOnlyMemory<byte> publicKey,
        IReadOnlyList<Checkpoint> held,
        CancellationToken cancellation = default
    )
    {
        var problems = new List<string>();
        var stored = StoredCheckpoints(db, problems);
        foreach (var checkpoint in stored.Concat(held).Where(one => !one.IsSignedBy(publicKey.Span)).Take(MostProblems))
        {
            problems.Add($"the checkpoint of size {checkpoint.Size} is not signed by the journal's key");
        }

        var wanted = stored.Concat(held).OrderBy(one => one.Size).ToList();
        var tree = new GrowingTree();
        var next = 0;
        CompareAt(0);
        foreach (var entry in db.Stream($"SELECT {Columns} FROM journal ORDER BY idx", Entry))
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Index != tree.Size)
            {
                problems.Add($"record {tree.Size} is missing");
                break;
            }

            foreach (var (level, number, hash) in tree.Append(MerkleTree.Leaf(entry.LeafBytes())))
            {
                if (!NodeOrNull(db, level, number).AsSpan().SequenceEqual(hash) && problems.Count < MostProblems)
                {
                    problems.Add($"record {entry.Index} or the tree over it was changed (node {level}/{number})");
                }
            }

            CompareAt(tree.Size);
        }

        if (next < wanted.Count)
        {
            problems.Add($"a checkpoint of size {wanted[^1].Size} was signed, but only {tree.Size} records are there in order");
        }

        CheckEnd(db, tree, stored, problems);
        return new JournalVerification(tree.Size, wanted.Count, problems);

        void CompareAt(long size)
        {
            for (; next < wanted.Count && wanted[next].Size == size; next++)
            {
                if (wanted[next].RootHash != Convert.ToBase64String(tree.Root()) && problems.Count < MostProblems)
                {
                    problems.Add($"the first {size} records are not those that were signed");
                }
            }
        }
    }

    /// <summary>What must hold behind the last record.</summary>
    private static void CheckEnd(Db db, GrowingTree tree, List<Checkpoint> stored, List<string> problems)
    {
        if (!stored.Exists(one => one.Size == tree.Size))
        {
            problems.Add($"no signed checkpoint covers all {tree.Size} records");
        }

        var nodes = db.Number("SELECT count(*) FROM journal_node");
        if (nodes != tree.Nodes)
        {
            problems.Add($"the tree has {nodes} nodes, not {tree.Nodes}");
        }
    }

    private static List<Checkpoint> StoredCheckpoints(Db db, List<string> problems)
    {
        var stored = new List<Checkpoint>();
        foreach (var (size, text) in db.Query("SELECT size, note FROM checkpoint", row => (row.GetInt64(0), row.GetString(1))))
        {
            if (Checkpoint.TryParse(text, out var checkpoint) && checkpoint.Size == size)
            {
                stored.Add(checkpoint);
            }
            else
            {
                problems.Add($"the checkpoint of size {size} is not of the form");
            }
        }

        return stored;
    }

    private static JournalEntry Entry(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        new(row.GetInt64(0), row.Time(1), new JournalRecord(row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)));

    private static Func<int, long, byte[]> Nodes(Db db) => (level, number) => Node(db, level, number);

    private static byte[] Node(Db db, int level, long number) =>
        NodeOrNull(db, level, number)
        ?? throw new Hub.Storage.StorageFailedException($"The journal's tree has lost node {level}/{number}; run fsck.");

    private static byte[]? NodeOrNull(Db db, int level, long number) =>
        db.First("SELECT hash FROM journal_node WHERE level = $1 AND idx = $2", row => row.Blob(0), level, number);

    private static void Insert(Db db, int level, long number, byte[] hash) =>
        db.Run("INSERT INTO journal_node (level, idx, hash) VALUES ($1, $2, $3)", level, number, hash);

    /// <summary>The right edge of a tree, in memory: what is needed to go on and to say the root.</summary>
    private sealed class GrowingTree
    {
        private readonly List<(int Level, byte[] Hash)> _edge = [];

        public long Size { get; private set; }

        public long Nodes { get; private set; }

        public List<(int Level, long Number, byte[] Hash)> Append(byte[] leaf)
        {
            var made = new List<(int, long, byte[])> { (0, Size, leaf) };
            var (level, hash) = (0, leaf);
            while (_edge.Count > 0 && _edge[^1].Level == level)
            {
                hash = MerkleTree.Node(_edge[^1].Hash, hash);
                _edge.RemoveAt(_edge.Count - 1);
                level++;
                made.Add((level, Size >> level, hash));
            }

            _edge.Add((level, hash));
            Size++;
            Nodes += made.Count;
            return made;
        }

        public byte[] Root()
        {
            if (_edge.Count == 0)
            {
                return MerkleTree.Root(0, (_, _) => []);
            }

            var hash = _edge[^1].Hash;
            for (var i = _edge.Count - 2; i >= 0; i--)
            {
                hash = MerkleTree.Node(_edge[i].Hash, hash);
            }

            return hash;
        }
    }
}
