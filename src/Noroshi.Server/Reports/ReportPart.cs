using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Noroshi.Server.Reports;

/// <summary>Puts the reports into the hub.</summary>
internal static class ReportPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(new ReportOptions());
        services.AddSingleton<PublicationBook>();
        services.AddSingleton<ReportHub>();
        services.AddSingleton<ReportMaterials>();
        services.AddSingleton<Hosting.ControlFigures>();
    }

    /// <summary>Routes.</summary>
    public static void Map(Access.Routes routes) => _ = routes;
}
