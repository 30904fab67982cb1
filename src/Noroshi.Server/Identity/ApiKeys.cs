using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>The API keys. Kept as a hash under a secret of the store: who reads the documents alone cannot even try keys.</summary>
internal sealed class ApiKeys(HubRecords records, Register<ApiKey> register, IHubStore store, SecurityClock clock) : IDisposable
{
    private const string Area = "api-keys";
    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[]? _secret;
    private Hashes? _index;

    /// <summary>All keys that are not revoked, by id.</summary>
    public IEnumerable<ApiKey> All => register.All.Select(one => one.Value).Where(one => one.RevokedAt is null);

    /// <summary>The valid key that was sent; null when there is none.</summary>
    public async Task<ApiKey?> FindAsync(string sent)
    {
        ArgumentNullException.ThrowIfNull(sent);
        if (sent.Length != 40)
        {
            return null;
        }

        // What is looked up is a hash that nobody outside can steer: the time it takes says nothing about keys.
        var hash = await HashAsync(sent);
        if (
            !Index().TryGetValue(hash, out var id)
            || register.Find(id)?.Value is not { RevokedAt: null } key
            || !Secrets.Same(key.Hash, hash)
            || key.ExpiresAt <= clock.Now
        )
        {
            return null;
        }

        await NoteUseAsync(key);
        return key;
    }

    /// <summary>Makes a key. The text is given once and kept nowhere.</summary>
    public async Task<(ApiKey Key, string Text)> AddAsync(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var text = Secrets.NewKey();
        var made = key with { Hash = await HashAsync(text) };
        await records.ChangeAsync(
            [
                new JournalRecord(
                    made.CreatedBy,
                    JournalActions.KeyCreated,
                    made.Id,
                    $"{made.Organization ?? "hub"} {string.Join(',', made.Scopes)}"
                ),
            ],
            register.Put(made.Id, made, 0L)
        );
        return (made, text);
    }

    /// <summary>Revokes a key; at once.</summary>
    public Task RevokeAsync(string id, string by) =>
        records.ChangeAsync(() =>
            register.Find(id)?.Value is { RevokedAt: null } key
                ? ([register.Put(id, key with { RevokedAt = clock.Now })], [new JournalRecord(by, JournalActions.KeyRevoked, id)])
                : ([], [])
        );

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Once a day: a version for each request would be a log of its own.</summary>
    private async Task NoteUseAsync(ApiKey key)
    {
        var now = clock.Now;
        if (key.LastUsedAt is { } last && now - last < TimeSpan.FromDays(1))
        {
            return;
        }

        await records.ChangeAsync(() =>
            register.Find(key.Id)?.Value is { RevokedAt: null } found
                ? ([register.Put(found.Id, found with { LastUsedAt = now })], [])
                : ([], [])
        );
    }

    private Dictionary<string, string> Index()
    {
        var all = register.All;
        var index = _index;
        if (index is null || !ReferenceEquals(index.Of, all))
        {
            index = new Hashes(all, all.ToDictionary(one => one.Value.Hash, one => one.Id, StringComparer.Ordinal));
            _index = index;
        }

        return index.ToId;
    }

    private async Task<string> HashAsync(string text)
    {
        var secret = _secret ?? await SecretAsync();
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
    }

    private async Task<byte[]> SecretAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_secret is null && await store.Keys.FindAsync(Area, "hash") is { } found)
            {
                _secret = found;
            }

            if (_secret is null)
            {
                var made = RandomNumberGenerator.GetBytes(32);
                await store.Keys.PutAsync(Area, "hash", made);
                _secret = made;
            }

            return _secret;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ids by hash, as of one state of the register.</summary>
    private sealed record Hashes(IReadOnlyList<Registered<ApiKey>> Of, Dictionary<string, string> ToId);
}
