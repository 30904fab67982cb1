namespace Noroshi.Server.Access;

/// <summary>
/// Where routes are made. There is no way to make one without a policy: the framework's own <c>MapGet</c> and its like are banned at compile
/// time, and the ones here demand a policy.
/// </summary>
/// <param name="inner">The framework's builder.</param>
internal sealed class Routes(IEndpointRouteBuilder inner)
{
    /// <summary>The application's services.</summary>
    public IServiceProvider Services => inner.ServiceProvider;

    /// <summary>A route that reads.</summary>
    public RouteHandlerBuilder Get(string pattern, RoutePolicy policy, Delegate handler) => Map("GET", pattern, policy, handler);

    /// <summary>A route that makes something.</summary>
    public RouteHandlerBuilder Post(string pattern, RoutePolicy policy, Delegate handler) => Map("POST", pattern, policy, handler);

    /// <summary>A route that writes something whole.</summary>
    public RouteHandlerBuilder Put(string pattern, RoutePolicy policy, Delegate handler) => Map("PUT", pattern, policy, handler);

    /// <summary>A route that removes.</summary>
    public RouteHandlerBuilder Delete(string pattern, RoutePolicy policy, Delegate handler) => Map("DELETE", pattern, policy, handler);

    /// <summary>Routes that a library makes (description of the API).</summary>
    public void Library(RoutePolicy policy, Func<IEndpointRouteBuilder, IEndpointConventionBuilder> make)
    {
        ArgumentNullException.ThrowIfNull(policy);
        make(inner).WithMetadata(policy);
    }

    private RouteHandlerBuilder Map(string method, string pattern, RoutePolicy policy, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return inner.MapMethods(pattern, [method], handler).WithMetadata(policy);
    }
}
