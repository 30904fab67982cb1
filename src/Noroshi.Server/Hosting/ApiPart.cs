using Noroshi.Server.Access;

namespace Noroshi.Server.Hosting;

/// <summary>Puts health, metrics, description of the API into the hub.</summary>
internal static class ApiPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Exposition>();
        services.AddHostedService<ControlSocket>();
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
