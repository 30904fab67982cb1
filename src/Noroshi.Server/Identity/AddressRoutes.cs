using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>
/// Mail addresses of users: somebody proposes his own, who manages the organisation's users confirms it or registers one himself. Until then
/// nothing is sent to it, so that nobody turns the hub's mail to an address that his organisation does not know.
/// </summary>
internal sealed class AddressRoutes(Users users, UserAddresses addresses, Scope scope)
{
    private const string Path = "/api/v1/users/{user}/address";

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Put("/api/v1/me/address", Policies.Self, ProposeAsync);
        routes.Delete("/api/v1/me/address", Policies.Self, WithdrawAsync);
        routes.Put(Path, Policies.ManageUsers, RegisterAsync);
        routes.Post(Path + "/confirmation", Policies.ManageUsers, ConfirmAsync);
        routes.Delete(Path, Policies.ManageUsers, RemoveAsync);
    }

    private async Task<IResult> ProposeAsync(AddressRequest request, HttpContext context)
    {
        var own = SessionRoutes.OfRequest(context, users);
        await addresses.ProposeAsync(own.Id, request.Address);
        return TypedResults.NoContent();
    }

    private async Task<IResult> WithdrawAsync(HttpContext context)
    {
        var own = SessionRoutes.OfRequest(context, users);
        await addresses.RemoveAsync(own.Id, own.Id);
        return TypedResults.NoContent();
    }

    private async Task<IResult> RegisterAsync(string user, AddressRequest request, HttpContext context, CancellationToken cancellation)
    {
        var found = await UserRoutes.ToChangeAsync(scope, (user, Verb.Change), context, cancellation);
        return Shown(await addresses.RegisterAsync(found.Id, request.Address, context.Actor().Id));
    }

    private async Task<IResult> ConfirmAsync(string user, AddressRequest request, HttpContext context, CancellationToken cancellation)
    {
        var found = await UserRoutes.ToChangeAsync(scope, (user, Verb.Change), context, cancellation);
        return Shown(await addresses.ConfirmAsync(found.Id, request.Address, context.Actor().Id));
    }

    private async Task<IResult> RemoveAsync(string user, HttpContext context, CancellationToken cancellation)
    {
        var found = await UserRoutes.ToChangeAsync(scope, (user, Verb.Change), context, cancellation);
        return Shown(await addresses.RemoveAsync(found.Id, context.Actor().Id));
    }

    private IResult Shown(User? user) =>
        user is null ? Problem.NotFound : TypedResults.Json(UserRoutes.View(user, addresses), IdentityApi.Default.UserView);
}
