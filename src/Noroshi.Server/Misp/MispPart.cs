using Noroshi.Server.Access;

namespace Noroshi.Server.Misp;

/// <summary>Puts what MISP reads into the hub.</summary>
internal static class MispPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ReleaseShelf>();
        services.AddSingleton<MispFeedRoutes>();
        services.AddSingleton<MispServerRoutes>();
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.Services.GetRequiredService<MispFeedRoutes>().Map(routes);
        routes.Services.GetRequiredService<MispServerRoutes>().Map(routes);
    }
}
