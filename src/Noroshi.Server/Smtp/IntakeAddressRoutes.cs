using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp;

/// <summary>An intake address and its id, for the scope layer.</summary>
internal sealed record OwnedAddress(string Id, IntakeAddress Address);

/// <summary>A new address.</summary>
/// <param name="Window">Contact window whose provisions come by it; null: the organisation's as a whole.</param>
/// <param name="Senders">Addresses or domains that may use it besides the organisation's own.</param>
internal sealed record NewAddressRequest(string? Window = null, IReadOnlyList<string>? Senders = null);

/// <summary>An address just made: the only time that the whole of it is shown.</summary>
internal sealed record NewAddressAnswer(string Id, string Address);

/// <summary>What a list shows of an address: nothing that could be written to.</summary>
internal sealed record AddressView(
    string Id,
    string? Window,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt,
    IReadOnlyList<string> Senders
);

/// <summary>Intake addresses of an organisation: made, listed and revoked by its administrator or the hub's.</summary>
internal sealed class IntakeAddressRoutes(IntakeAddresses addresses, Scope scope)
{
    private const string Path = "/api/v1/organizations/{organization}/intake-addresses";
    private const int MostSenders = 100;
    private const int MostAddresses = 1_000;

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get(Path, Policies.ManageAddresses, ListAsync);
        routes.Post(Path, Policies.ManageAddresses, AddAsync);
        routes.Delete(Path + "/{address}", Policies.ManageAddresses, RevokeAsync);
    }

    private async Task<IResult> ListAsync(string organization, HttpContext context, CancellationToken cancellation)
    {
        await scope.LoadAsync<Hub.Intake.Organization>(context.Actor(), Verb.Read, organization, cancellation);
        var all = addresses.Of(organization).Select(one => new OwnedAddress(one.Id, one.Value));
        IReadOnlyList<AddressView> visible =
        [
            .. (await scope.VisibleAsync(context.Actor(), Verb.Read, all)).Select(one => new AddressView(
                one.Id,
                one.Address.Window,
                one.Address.CreatedAt,
                one.Address.RevokedAt,
                one.Address.Senders
            )),
        ];
        return TypedResults.Json(visible, IntakeAddressApi.Default.IReadOnlyListAddressView);
    }

    private async Task<IResult> AddAsync(
        string organization,
        NewAddressRequest request,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var actor = context.Actor();
        var found = await scope.LoadAsync<Hub.Intake.Organization>(actor, Verb.Read, organization, cancellation);
        scope.DemandCreate<OwnedAddress>(actor, new Owner(organization, request.Window));
        if (request.Window is { } window && !found.Windows.Any(one => string.Equals(one.Id, window, StringComparison.Ordinal)))
        {
            return Problem.Invalid("window: その組織にそのIDの窓口はありません", "window: the organisation has none of that id");
        }

        if (request.Senders is { Count: > MostSenders } || request.Senders?.Any(one => one.Length is 0 or > 254) == true)
        {
            return Problem.Invalid(
                $"senders: {MostSenders}件まで、1件は1文字から254文字までです",
                $"senders: at most {MostSenders}, each of 1 to 254 characters"
            );
        }

        if (addresses.Of(organization).Count(one => one.Value.RevokedAt is null) >= MostAddresses)
        {
            return Problem.Invalid(
                $"1つの組織で有効にできるアドレスは{MostAddresses}件までです。使っていないものを無効にしてください",
                $"an organisation has at most {MostAddresses} valid addresses; revoke those that nobody uses"
            );
        }

        var issued = await addresses.IssueAsync(actor, organization, request.Window, user: null, request.Senders);
        return TypedResults.Json(
            new NewAddressAnswer(issued.Id, issued.Address),
            IntakeAddressApi.Default.NewAddressAnswer,
            statusCode: 201
        );
    }

    private async Task<IResult> RevokeAsync(string organization, string address, HttpContext context, CancellationToken cancellation)
    {
        var found = await scope.LoadAsync<OwnedAddress>(context.Actor(), Verb.Remove, address, cancellation);
        if (!string.Equals(found.Address.Organization, organization, StringComparison.Ordinal))
        {
            throw new ProblemException(Problem.NotFound);
        }

        await addresses.RevokeAsync(context.Actor(), address);
        return TypedResults.NoContent();
    }
}

/// <summary>JSON of these routes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    MaxDepth = 8
)]
[JsonSerializable(typeof(NewAddressRequest))]
[JsonSerializable(typeof(NewAddressAnswer))]
[JsonSerializable(typeof(IReadOnlyList<AddressView>))]
internal sealed partial class IntakeAddressApi : JsonSerializerContext;
