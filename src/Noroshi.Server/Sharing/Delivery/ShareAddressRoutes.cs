using Noroshi.Exchange.Notices;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Notices;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>The addresses of an organisation to which notices of shares go, with their keys.</summary>
internal sealed class ShareAddressRoutes(Register<ShareAddress> addresses, HubRecords records, Scope scope, TimeProvider time)
{
    private const string Path = "/api/v1/organizations/{organization}/share-addresses";
    private const int Most = 20;

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get(Path, Policies.ManageAddresses, ListAsync);
        routes.Post(Path, Policies.ManageAddresses, AddAsync);
        routes.Delete(Path + "/{address}", Policies.ManageAddresses, RemoveAsync);
    }

    private async Task<IResult> ListAsync(string organization, HttpContext context, CancellationToken cancellation)
    {
        var found = await scope.LoadAsync<Organization>(context.Actor(), Verb.Change, organization, cancellation);
        return TypedResults.Json([.. Of(found.Id).Select(View)], ShareJson.Default.IReadOnlyListShareAddressView);
    }

    private async Task<IResult> AddAsync(
        string organization,
        ShareAddressRequest request,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await scope.LoadAsync<Organization>(context.Actor(), Verb.Change, organization, cancellation);
        Check(request);
        var made = new ShareAddress
        {
            Id = Secrets.NewId(),
            Organization = found.Id,
            Address = request.Address,
            Key = request.Key,
        };
        await records.ChangeAsync(() =>
        {
            ProblemException.ThrowIf(
                Of(found.Id).Count() >= Most,
                $"通知先は{Most}件までです。使わないものを削除してください。",
                $"There are {Most} addresses at the most. Remove one that is not used."
            );
            return (
                [addresses.Put(made.Id, made, seen: 0)],
                [new JournalRecord(context.Actor().Id, JournalActions.AddressCreated, found.Id, $"share {made.Id}")]
            );
        });
        return TypedResults.Json([View(made)], ShareJson.Default.IReadOnlyListShareAddressView, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> RemoveAsync(string organization, string address, HttpContext context, CancellationToken cancellation)
    {
        var found = await scope.LoadAsync<Organization>(context.Actor(), Verb.Change, organization, cancellation);
        if (addresses.Find(address)?.Value is not { } one || !string.Equals(one.Organization, found.Id, StringComparison.Ordinal))
        {
            return Problem.NotFound;
        }

        await records.ChangeAsync(
            [new JournalRecord(context.Actor().Id, JournalActions.AddressRevoked, found.Id, $"share {one.Id}")],
            addresses.Remove(one.Id)
        );
        return TypedResults.NoContent();
    }

    private IEnumerable<ShareAddress> Of(string organization) =>
        addresses.All.Select(one => one.Value).Where(one => string.Equals(one.Organization, organization, StringComparison.Ordinal));

    private ShareAddressView View(ShareAddress one) =>
        new(one.Id, one.Address, one.Key is null ? "none" : KeyWords.Of(NoticeKey.Read(one.Key, one.Address, time.GetUtcNow()).Problem));

    private void Check(ShareAddressRequest request)
    {
        ProblemException.ThrowIf(
            !MailText.IsAddress(request.Address),
            "address: メールアドレスの形ではありません。",
            "address: not a mail address."
        );
        var problem = request.Key is null ? KeyProblem.None : NoticeKey.Read(request.Key, request.Address, time.GetUtcNow()).Problem;
        var (ja, en) = problem switch
        {
            KeyProblem.None or KeyProblem.NotYetValid => ("", ""),
            KeyProblem.Unreadable => (
                "PEM形式の証明書でもOpenPGPの公開鍵(ASCII形式)でもありません。",
                "neither a PEM certificate nor an ASCII-armoured OpenPGP key."
            ),
            KeyProblem.Expired => ("有効期限が切れています。", "it has expired."),
            KeyProblem.Revoked => ("失効しています。", "it was revoked."),
            KeyProblem.NotForEncryption => ("暗号化用ではありません。", "it is not made for encryption."),
            KeyProblem.TooWeak => ("RSA鍵は2048ビット以上が必要です。", "an RSA key needs 2,048 bits."),
            KeyProblem.Private => (
                "秘密鍵が含まれています。この鍵は使うのをやめ、公開鍵だけを登録してください。",
                "it holds a private key. Stop using that key, and register the public one only."
            ),
            KeyProblem.OtherAddress => ("別のメールアドレスのものです。", "it belongs to another mail address."),
        };
        ProblemException.ThrowIf(ja.Length > 0, $"key: {ja}", $"key: {en}");
    }
}
