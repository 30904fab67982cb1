using System.Collections.Concurrent;
using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Notices;

namespace Noroshi.Server.Identity;

/// <summary>
/// Registered mail addresses of users. An account names its address by the id of a sealed secret only: the log, which is never rewritten, holds
/// none, and when an account loses its address or is removed the secret is removed with it.
/// </summary>
internal sealed class UserAddresses(IHubStore store, Users users) : IDisposable
{
    /// <summary>Area of the key store.</summary>
    public const string Area = "user-address";

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Reads what is registered; once, when the accounts are there.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        foreach (var (name, text) in await store.Keys.ListAsync(Area, cancellation))
        {
            _texts[name] = Encoding.UTF8.GetString(text);
        }

        await SweepAsync(cancellation);
    }

    /// <summary>The confirmed address of somebody who may sign in; null when there is none. Mail of the hub goes to this one only.</summary>
    public string? Of(string user) =>
        users.Find(user) is { State: UserState.Active or UserState.Invited, Address: { } address } ? Text(address) : null;

    /// <summary>The text of an address; null for none.</summary>
    public string? Text(RegisteredAddress? address) => address is null ? null : _texts.GetValueOrDefault(address.Secret);

    /// <summary>
    /// Ids of those who may be written to because of a role: of an organisation, or of the hub. Who stands for one window only is not asked for
    /// the whole organisation.
    /// </summary>
    public IReadOnlyList<string> Holding(string? organization, params IReadOnlyList<Role> roles) =>
        [
            .. users
                .All.Where(one =>
                    string.Equals(one.Organization, organization, StringComparison.Ordinal)
                    && one.Window is null
                    && one.Roles.Any(roles.Contains)
                    && Of(one.Id) is not null
                )
                .Select(one => one.Id)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>How many users an organisation has.</summary>
    public int CountOf(string organization) =>
        users.All.Count(one => string.Equals(one.Organization, organization, StringComparison.Ordinal));

    /// <summary>Registers an address that somebody who manages users vouches for; null when there is no such account.</summary>
    /// <exception cref="ProblemException">It is no mail address.</exception>
    public Task<User?> RegisterAsync(string user, string address, string by) =>
        WriteAsync(user, address, by, (now, given) => now with { Address = given, ProposedAddress = null }, "address registered");

    /// <summary>Takes down the address that somebody wants; it is used when it is confirmed.</summary>
    /// <exception cref="ProblemException">It is no mail address.</exception>
    public Task<User?> ProposeAsync(string user, string address) =>
        WriteAsync(user, address, user, (now, given) => now with { ProposedAddress = given }, "address proposed");

    /// <summary>Confirms the proposed address, which has to be the one that was looked at.</summary>
    /// <exception cref="ProblemException">Another one, or none, is proposed.</exception>
    public async Task<User?> ConfirmAsync(string user, string seen, string by)
    {
        var changed = await users.ChangeAsync(
            user,
            now =>
                now.ProposedAddress is { } proposed && string.Equals(Text(proposed), seen, StringComparison.Ordinal)
                    ? now with
                    {
                        Address = proposed with { By = by },
                        ProposedAddress = null,
                    }
                    : throw new ProblemException(
                        Problem.Conflict("address: 確認待ちのアドレスと違います", "address: not the one that waits to be confirmed")
                    ),
            new JournalRecord(by, JournalActions.UserChanged, user, "address confirmed")
        );
        await SweepAsync(CancellationToken.None);
        return changed;
    }

    /// <summary>Takes the address away, and one that is proposed.</summary>
    public async Task<User?> RemoveAsync(string user, string by)
    {
        var changed = await users.ChangeAsync(
            user,
            now => now.Address is null && now.ProposedAddress is null ? now : now with { Address = null, ProposedAddress = null },
            new JournalRecord(by, JournalActions.UserChanged, user, "address removed")
        );
        await SweepAsync(CancellationToken.None);
        return changed;
    }

    /// <summary>Removes every address that no account names any more: of those who were removed, and what a crash left.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var named = users
                .All.SelectMany(one => new[] { one.Address?.Secret, one.ProposedAddress?.Secret })
                .OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
            foreach (var name in _texts.Keys.Where(name => !named.Contains(name)).ToList())
            {
                await store.Keys.RemoveAsync(Area, name, cancellation);
                _texts.TryRemove(name, out _);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>The secret first, then the account that names it: what a crash leaves between the two is swept at the next start.</summary>
    private async Task<User?> WriteAsync(string user, string address, string by, Func<User, RegisteredAddress, User> change, string journal)
    {
        if (!MailText.IsAddress(address))
        {
            throw ProblemException.Invalid("address: メールアドレスの形ではありません", "address: not of the form of a mail address");
        }

        User? changed;
        await _turn.WaitAsync();
        try
        {
            if (users.Find(user) is null)
            {
                return null;
            }

            var secret = Secrets.NewId();
            _texts[secret] = address;
            await store.Keys.PutAsync(Area, secret, Encoding.UTF8.GetBytes(address));
            changed = await users.ChangeAsync(
                user,
                now => change(now, new RegisteredAddress(secret, by)),
                new JournalRecord(by, JournalActions.UserChanged, user, journal)
            );
        }
        finally
        {
            _turn.Release();
        }

        await SweepAsync(CancellationToken.None);
        return changed;
    }
}
