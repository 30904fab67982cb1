using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Exchange.Stix;
using Noroshi.Server.Access;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>Puts STIX and TAXII 2.1 into the hub. Tests bring a source and a sink of their own.</summary>
internal static class TaxiiPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SharedReleases>();
        services.TryAddSingleton<IReleaseSource>(provider => provider.GetRequiredService<SharedReleases>());
        services.TryAddSingleton<ISightingSink>(provider => provider.GetRequiredService<SharedReleases>());
        services.AddSingleton(new ArtefactFormat("stix", StixObject.MediaType, "stix.json", (release, hub) => StixBundle.Of(release, hub)));
        services.AddSingleton<TaxiiBooks>();
        services.AddSingleton<TaxiiReaders>();
        services.AddSingleton<TaxiiPages>();
        services.AddSingleton<TaxiiStatuses>();
        services.AddSingleton<TaxiiAnswers>();
        services.AddSingleton<TaxiiInboxWork>();
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) => TaxiiRoutes.Map(routes);
}
