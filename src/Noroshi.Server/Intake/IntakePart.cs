using Noroshi.Server.Access;

namespace Noroshi.Server.Intake;

/// <summary>Puts the ways in through HTTP, and import into the hub.</summary>
internal static class IntakePart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services) { }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
