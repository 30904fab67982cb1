using Noroshi.Server.Access;

namespace Noroshi.Server.Taxii;

/// <summary>Puts TAXII 2.1 into the hub.</summary>
internal static class TaxiiPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
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
