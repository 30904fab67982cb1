using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Smtp.Reception;

/// <summary>An address just issued.</summary>
/// <param name="Id">Its id, for lists and for revoking it.</param>
/// <param name="Address">The whole address. Nothing in the hub can show it again.</param>
internal sealed record IssuedAddress(string Id, string Address);

/// <summary>
/// Issues, revokes and finds intake addresses. The local part is 26 characters of base32: 130 random bits, in letters and digits that
/// survive every mail program and a telephone.
/// </summary>
internal sealed class IntakeAddresses(
    Register<IntakeAddress> register,
    HubRecords records,
    IHubStore store,
    SmtpOptions options,
    TimeProvider time
) : IDisposable
{
    /// <summary>Kind of the register.</summary>
    public const string Kind = "intake-address";

    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 26;
    private const string KeyArea = "smtp";
    private const string KeyName = "intake-address";

    /// <summary>Room for every local part and every domain: the same number of bytes is hashed and compared whatever was asked for.</summary>
    private const int Field = 1_024;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[] _key = [];

    /// <summary>Domain of the addresses.</summary>
    public string Domain => options.IntakeDomain;

    /// <summary>Reads the key of the hashes; makes it at the first start. Before anything else.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await ReadKeyAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadKeyAsync(CancellationToken cancellation)
    {
        if (_key.Length > 0)
        {
            return;
        }

        if (await store.Keys.FindAsync(KeyArea, KeyName, cancellation) is { } key)
        {
            _key = key;
            return;
        }

        var made = RandomNumberGenerator.GetBytes(32);
        await store.Keys.PutAsync(KeyArea, KeyName, made, cancellation);
        _key = made;
    }

    /// <summary>Issues an address.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="organization">Whose provisions come by it.</param>
    /// <param name="window">Contact window.</param>
    /// <param name="user">User.</param>
    /// <param name="senders">Addresses or domains that may use it besides the organisation's own.</param>
    public async Task<IssuedAddress> IssueAsync(
        Actor by,
        string organization,
        string? window,
        string? user,
        IReadOnlyList<string>? senders = null
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentException.ThrowIfNullOrEmpty(organization);
        await OpenAsync(CancellationToken.None);
        var local = RandomNumberGenerator.GetString(Letters, Length);
        var id = IdOf(local);
        var address = new IntakeAddress
        {
            Organization = organization,
            Window = window,
            User = user,
            CreatedAt = time.GetUtcNow(),
            Senders = senders ?? [],
        };
        await records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.AddressCreated, id, organization)],
            register.Put(id, address, RetentionClass.PersonalData)
        );
        return new IssuedAddress(id, $"{local}@{options.IntakeDomain}");
    }

    /// <summary>Makes an address invalid from now on; false when there is none of that id or it is revoked already.</summary>
    public async Task<bool> RevokeAsync(Actor by, string id)
    {
        ArgumentNullException.ThrowIfNull(by);
        var done = false;
        await records.ChangeAsync(() =>
        {
            if (register.Find(id) is not { Value: { RevokedAt: null } address })
            {
                return ([], []);
            }

            done = true;
            return (
                [register.Put(id, address with { RevokedAt = time.GetUtcNow() }, RetentionClass.PersonalData)],
                [new JournalRecord(by.Id, JournalActions.AddressRevoked, id, address.Organization)]
            );
        });
        return done;
    }

    /// <summary>Addresses of an organisation, those revoked included.</summary>
    public IReadOnlyList<Registered<IntakeAddress>> Of(string organization) =>
        [.. register.All.Where(one => string.Equals(one.Value.Organization, organization, StringComparison.Ordinal))];

    /// <summary>The address of an id; null when there is none.</summary>
    public IntakeAddress? Find(string id) => register.Find(id)?.Value;

    /// <summary>
    /// Finds the valid address of a recipient. What does not exist, was revoked or is of another domain takes the same steps: one hash over a
    /// field of fixed length, one look into a table by that hash, one comparison of the whole domain field.
    /// </summary>
    public (string Id, IntakeAddress Address)? Resolve(string local, string domain)
    {
        var id = IdOf(local);
        var found = register.Find(id)?.Value;
        var here = SameDomain(domain);
        var valid = here & (found is not null) & (found?.RevokedAt is null);
        return valid && found is not null ? (id, found) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private string IdOf(string local)
    {
        Span<byte> field = stackalloc byte[Field];
        Fill(field, local);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, field, hash);
        return Convert.ToHexStringLower(hash);
    }

    private bool SameDomain(string domain)
    {
        Span<byte> asked = stackalloc byte[Field];
        Span<byte> own = stackalloc byte[Field];
        Fill(asked, domain);
        Fill(own, options.IntakeDomain);
        return CryptographicOperations.FixedTimeEquals(asked, own);
    }

    /// <summary>Lower-case ASCII, the rest zero; the length stands at the end so that nothing that was cut equals something short.</summary>
    private static void Fill(Span<byte> field, string text)
    {
        field.Clear();
        Encoding.UTF8.TryGetBytes(text, field[..^4], out var written);
        for (var i = 0; i < written; i++)
        {
            field[i] |= (byte)(field[i] is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0);
        }

        BitConverter.TryWriteBytes(field[^4..], text.Length);
    }
}
