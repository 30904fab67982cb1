using System.Security.Cryptography;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Sqlite;

namespace Noroshi.Storage.Index;

/// <summary>
/// The feature index in a file of its own, <c>index.db</c>: derived from the documents of the log, and rebuilt from them whenever it is
/// missing, damaged or of another form. Values lie in it as keyed 64-bit hashes, features as sealed documents; nothing of a mail can be read
/// from it without the key. What was added is visible at once and kept by <see cref="Commit"/>. One thread at a time.
/// </summary>
public sealed class SqliteFeatureIndex : IFeatureIndex, IDisposable
{
    /// <summary>Bytes of the key.</summary>
    public const int KeySize = 32;

    private const string Form = "1";
    private const int MostCached = 20_000;
    private const int MostRemembered = 100;
    private readonly Db _db;
    private readonly ValueCipher _cipher;
    private readonly AesGcm _documents;
    private readonly MailPlace _places;
    private readonly Stack<int> _free = [];
    private readonly Dictionary<int, MailFeatures> _cache = [];
    private int _next;
    private bool _removed;
    private (ulong Feature, int Most, List<int> Numbers) _asked = (0, 0, []);

    private SqliteFeatureIndex(Db db, byte[] key)
    {
        _db = db;
        _cipher = new ValueCipher(Derived(key, "noroshi index values"u8, ValueCipher.KeySize));
        _documents = new AesGcm(Derived(key, "noroshi index documents"u8, KeySize), 16);
        _places = new MailPlace(_cipher.Hide);
    }

    /// <inheritdoc/>
    public int Count => _next - _free.Count;

    /// <inheritdoc/>
    public int UniqueMails => (int)_db.Number("SELECT count(DISTINCT place >> 24) FROM mail");

    /// <summary>The order in which mails stand for popular values: an index in memory that is to give the same has to take it.</summary>
    public MailPlace Places => _places;

    /// <summary>Bytes of the file.</summary>
    public long Bytes => _db.Number("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");

    /// <summary>Bytes of the sealed documents in it.</summary>
    public long DocumentBytes => _db.Number("SELECT sum(length(document)) FROM mail");

    /// <summary>
    /// Opens the index of a data folder. One that is of another form, or was made with another key, is thrown away: then <see cref="Count"/>
    /// is 0 and the mails have to be added again.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="key">Key of the index, <see cref="KeySize"/> bytes.</param>
    public static SqliteFeatureIndex Open(string folder, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var path = Path.Combine(folder, "index.db");
        var check = Convert.ToHexStringLower(HMACSHA256.HashData(key, "noroshi index"u8).AsSpan(0, 8));
        var db = OpenFile(path);
        if (MadeBy(db) is { } made && made != $"{Form} {check}")
        {
            db.Dispose();
            Delete(path);
            db = OpenFile(path);
        }

        db.Run("CREATE TABLE IF NOT EXISTS meta (made TEXT NOT NULL) STRICT");
        db.Run("CREATE TABLE IF NOT EXISTS mail (number INTEGER PRIMARY KEY, place INTEGER NOT NULL, document BLOB NOT NULL) STRICT");
        db.Run(
            "CREATE TABLE IF NOT EXISTS posting (value INTEGER NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (value, place, number)) STRICT, WITHOUT ROWID"
        );
        if (MadeBy(db) is null)
        {
            db.Run("INSERT INTO meta (made) VALUES ($1)", $"{Form} {check}");
        }

        var index = new SqliteFeatureIndex(db, key);
        index.Number();
        db.Run("BEGIN");
        return index;
    }

    /// <inheritdoc/>
    public int Add(MailFeatures mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return Add([mail])[0];
    }

    /// <summary>Adds mails: the rows go in sorted, so that a page of the index is written once.</summary>
    /// <returns>Their numbers.</returns>
    public IReadOnlyList<int> Add(IReadOnlyList<MailFeatures> mails)
    {
        ArgumentNullException.ThrowIfNull(mails);
        _asked = (0, 0, []);
        var numbers = new List<int>(mails.Count);
        var rows = new List<(long Value, long Place, int Number)>(mails.Count * 60);
        foreach (var mail in mails)
        {
            var number = _free.TryPop(out var free) ? free : _next++;
            var place = (long)_places.Of(mail);
            numbers.Add(number);
            _db.Run(
                "INSERT INTO mail (number, place, document) VALUES ($1, $2, $3)",
                number,
                place,
                FeatureDocument.Seal(mail, number, _documents)
            );
            foreach (var value in Hidden(mail))
            {
                rows.Add(((long)value, place, number));
            }
        }

        rows.Sort();
        foreach (var (value, place, number) in rows)
        {
            _db.Run("INSERT INTO posting (value, place, number) VALUES ($1, $2, $3)", value, place, number);
        }

        return numbers;
    }

    /// <inheritdoc/>
    public void Remove(int number)
    {
        _asked = (0, 0, []);
        var mail = Mail(number);
        var place = (long)_places.Of(mail);
        foreach (var value in Hidden(mail))
        {
            _db.Run("DELETE FROM posting WHERE value = $1 AND place = $2 AND number = $3", (long)value, place, number);
        }

        _db.Run("DELETE FROM mail WHERE number = $1", number);
        _cache.Remove(number);
        _free.Push(number);
        _removed = true;
    }

    /// <summary>Keeps what was added and removed. What was removed is overwritten.</summary>
    public void Commit()
    {
        _db.Run("COMMIT");
        if (_removed)
        {
            _db.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            _removed = false;
        }

        _db.Run("BEGIN");
    }

    /// <inheritdoc/>
    public MailFeatures Mail(int number)
    {
        if (_cache.TryGetValue(number, out var known))
        {
            return known;
        }

        var box =
            _db.First("SELECT document FROM mail WHERE number = $1", row => row.GetFieldValue<byte[]>(0), number)
            ?? throw new ArgumentOutOfRangeException(nameof(number), number, "no mail has this number");
        if (_cache.Count >= MostCached)
        {
            _cache.Clear();
        }

        return _cache[number] = FeatureDocument.Open(box, number, _documents);
    }

    /// <inheritdoc/>
    public int Frequency(ulong feature) =>
        (int)_db.Number("SELECT count(DISTINCT place >> 24) FROM posting WHERE value = $1", (long)_cipher.Hide(feature));

    /// <inheritdoc/>
    public int Mails(ulong feature, int most = int.MaxValue) =>
        most <= MostRemembered
            ? First(feature, most).Count
            : (int)_db.Number("SELECT count(*) FROM posting WHERE value = $1", (long)_cipher.Hide(feature));

    /// <inheritdoc/>
    public IReadOnlyList<int> Postings(ulong feature, int most) =>
        most < 1 ? []
        : _asked.Feature == feature && _asked.Numbers.Count < _asked.Most && most >= _asked.Numbers.Count ? _asked.Numbers
        : First(feature, most);

    /// <summary>Whoever asks how many mails have a value asks next which: the answer is read once.</summary>
    private List<int> First(ulong feature, int most)
    {
        var numbers = _db.Query(
            "SELECT number FROM posting WHERE value = $1 LIMIT $2",
            row => row.GetInt32(0),
            (long)_cipher.Hide(feature),
            most
        );
        _asked = (feature, most, numbers);
        return numbers;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Representatives(ulong feature)
    {
        // Places lie in the order of signed numbers: the upper half of the unsigned ones comes first.
        var value = (long)_cipher.Hide(feature);
        var found = new List<int>(CandidateSearch.Representatives);
        NextPlaces(value, 0, long.MaxValue, found);
        NextPlaces(value, long.MinValue, -1, found);
        found.Sort();
        return found;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<ulong, int>> Repeated()
    {
        var rows = _db.Stream(
            "SELECT value, count(DISTINCT place >> 24) FROM posting GROUP BY value HAVING count(*) > 1",
            row => (Value: (ulong)row.GetInt64(0), Count: row.GetInt32(1))
        );
        var one = new ulong[1];
        foreach (var (value, count) in rows)
        {
            if (count > 1)
            {
                one[0] = value;
                _cipher.Show(one);
                yield return new(one[0], count);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _db.Run("COMMIT");
        _db.Dispose();
        _cipher.Dispose();
        _documents.Dispose();
    }

    private static Db OpenFile(string path)
    {
        var db = new Db(path, writable: true);
        db.Text("PRAGMA journal_mode = WAL");
        // Never wrong after a power cut, at most a little behind: what is missing is added again from the log.
        db.Run("PRAGMA synchronous = NORMAL");
        db.Run("PRAGMA wal_autocheckpoint = 4000");
        db.Run("PRAGMA cache_size = -131072");
        return db;
    }

    private static string? MadeBy(Db db) =>
        db.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") == 0 ? null : db.Text("SELECT made FROM meta");

    private static void Delete(string path)
    {
        foreach (var end in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + end);
        }
    }

    private static byte[] Derived(byte[] key, ReadOnlySpan<byte> purpose, int size)
    {
        var derived = new byte[size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, [], purpose);
        return derived;
    }

    /// <summary>Numbers that are taken, and those between them that are not.</summary>
    private void Number()
    {
        foreach (var number in _db.Stream("SELECT number FROM mail ORDER BY number", row => row.GetInt32(0)))
        {
            while (_next < number)
            {
                _free.Push(_next++);
            }

            _next++;
        }
    }

    private ulong[] Hidden(MailFeatures mail)
    {
        ulong[] values = [.. mail.Features.Select(feature => feature.Id).Concat(mail.Sketch).Distinct()];
        _cipher.Hide(values);
        return values;
    }

    /// <summary>One of each unique mail, by jumping from one to the next.</summary>
    private void NextPlaces(long value, long from, long to, List<int> found)
    {
        while (
            found.Count < CandidateSearch.Representatives
            && from <= to
            && _db.Query(
                "SELECT place, number FROM posting WHERE value = $1 AND place BETWEEN $2 AND $3 ORDER BY place LIMIT 1",
                row => (Place: row.GetInt64(0), Number: row.GetInt32(1)),
                value,
                from,
                to
            )
                is [var next]
        )
        {
            found.Add(next.Number);
            var behind = (long)MailPlace.Behind((ulong)next.Place);
            if (behind <= next.Place)
            {
                return;
            }

            from = behind;
        }
    }
}
