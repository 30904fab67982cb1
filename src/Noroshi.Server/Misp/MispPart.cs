using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Misp;

/// <summary>Puts what MISP reads into the hub.</summary>
internal static class MispPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<IReleaseSource>(provider =>
        {
            var hub = provider.GetRequiredService<Community>().Current.Hub;
            return new ReleasesInMemory(new HubName(Guid.Empty, hub?.NameJa ?? "Noroshi", hub?.NameEn ?? "Noroshi"));
        });
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
