using Microsoft.AspNetCore.Identity;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;

namespace Noroshi.Server.Identity;

/// <summary>
/// The accounts as the framework's passkey handling asks for them. Accounts are records that are never changed in place, so that the journal
/// record belongs to each version; what would change one in place is refused: that goes through <see cref="Users"/>.
/// </summary>
internal sealed class AccountStore(Users users) : IUserPasskeyStore<User>
{
    /// <inheritdoc/>
    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(users.Find(userId));

    /// <inheritdoc/>
    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(users.ByName(normalizedUserName));

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.UserName);

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        users.ChangeAsync(
            user.Id,
            now =>
                now with
                {
                    Passkeys = [.. now.Passkeys.Where(one => one.Id != IdOf(passkey.CredentialId)), Of(passkey)],
                    SecurityStamp = now.Passkeys.Any(one => one.Id == IdOf(passkey.CredentialId)) ? now.SecurityStamp : Secrets.NewId(),
                },
            new JournalRecord(user.Id, JournalActions.FactorChanged, user.Id, "passkey")
        );

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys.Select(Info)]);

    /// <inheritdoc/>
    public Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = IdOf(credentialId);
        return Task.FromResult(users.All.FirstOrDefault(user => user.Passkeys.Any(one => one.Id == id)));
    }

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = IdOf(credentialId);
        return Task.FromResult(user.Passkeys.Where(one => one.Id == id).Select(Info).FirstOrDefault());
    }

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        users.ChangeAsync(
            user.Id,
            now => now with { Passkeys = [.. now.Passkeys.Where(one => one.Id != IdOf(credentialId))], SecurityStamp = Secrets.NewId() },
            new JournalRecord(user.Id, JournalActions.FactorChanged, user.Id, "passkey removed")
        );

    /// <inheritdoc/>
    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw InPlace();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => throw InPlace();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw InPlace();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw InPlace();

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw InPlace();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing.
    }

    /// <summary>Base64url of a credential's id.</summary>
    public static string IdOf(byte[] credential) => System.Buffers.Text.Base64Url.EncodeToString(credential);

    private static NotSupportedException InPlace() => new("accounts are changed through Users, with a journal record");

    private static Passkey Of(UserPasskeyInfo info) =>
        new()
        {
            Id = IdOf(info.CredentialId),
            PublicKey = info.PublicKey,
            Name = info.Name,
            CreatedAt = info.CreatedAt,
            SignCount = info.SignCount,
            Transports = info.Transports ?? [],
            UserVerified = info.IsUserVerified,
            BackupEligible = info.IsBackupEligible,
            BackedUp = info.IsBackedUp,
            Attestation = info.AttestationObject,
            ClientData = info.ClientDataJson,
        };

    private static UserPasskeyInfo Info(Passkey passkey) =>
        new(
            System.Buffers.Text.Base64Url.DecodeFromChars(passkey.Id),
            passkey.PublicKey,
            passkey.CreatedAt,
            passkey.SignCount,
            [.. passkey.Transports],
            passkey.UserVerified,
            passkey.BackupEligible,
            passkey.BackedUp,
            passkey.Attestation,
            passkey.ClientData
        )
        {
            Name = passkey.Name,
        };
}
