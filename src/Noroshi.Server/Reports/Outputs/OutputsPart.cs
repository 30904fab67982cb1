using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>Puts what is made of reports into the hub: formats, what was published, the public site.</summary>
internal static class OutputsPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        HubHost.AddRegister(services, Publication.Kind, PublicationJson.Default.Publication);
        services.TryAddSingleton(provider => new Chromium(ChromiumProgram.Find(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Publications>();
        services.AddSingleton<PublicPages>();
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.Services.GetRequiredService<PublicPages>().Map(routes);
    }
}
