using Noroshi.Server.Access;

namespace Noroshi.Server.Intake;

/// <summary>Puts the ways in through HTTP, and import into the hub.</summary>
internal static class IntakePart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<KeyedMarks>();
        services.AddSingleton<OwnRepetitions>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<Quotas>();
        services.AddSingleton<ProvisionIndex>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<ProvisionViews>();
        services.AddSingleton<SealedCursor>();
        services.AddSingleton<Withdrawals>();
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) => ProvisionRoutes.Map(routes);
}
