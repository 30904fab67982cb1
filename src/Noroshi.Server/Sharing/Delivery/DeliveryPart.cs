using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Misp;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>Puts files, notices and webhooks of what was shared into the hub.</summary>
internal static class DeliveryPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(new DeliveryOptions());
        services.TryAddSingleton(new OutgoingIds());
        HubHost.AddRegister(services, "share-address", ShareJson.Default.ShareAddress);
        services.AddSingleton(provider => new ShareReceivers(
            provider.GetRequiredService<Community>(),
            provider.GetRequiredService<ReleaseShelf>(),
            provider.GetRequiredService<Register<ShareAddress>>(),
            provider.GetRequiredService<DeliveryOptions>(),
            provider.GetRequiredService<SecurityClock>()
        )
        {
            Ids = provider.GetRequiredService<OutgoingIds>(),
        });
        services.AddSingleton<ShareQueue>();
        services.AddSingleton<ShareMailStep>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookStep>();
        services.AddHostedService<DeliveryWork>();
        services.AddSingleton<ShareAddressRoutes>();
        services.AddSingleton<WebhookRoutes>();
        services.AddSingleton<ShareFileRoutes>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ShareJson.Default));
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.Services.GetRequiredService<ShareAddressRoutes>().Map(routes);
        routes.Services.GetRequiredService<WebhookRoutes>().Map(routes);
        routes.Services.GetRequiredService<ShareFileRoutes>().Map(routes);
    }
}
