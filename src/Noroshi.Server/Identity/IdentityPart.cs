using Noroshi.Server.Access;

namespace Noroshi.Server.Identity;

/// <summary>Puts users, roles, keys, sessions, the community and who may see what into the hub.</summary>
internal static class IdentityPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services) { }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
