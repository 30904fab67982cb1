using Noroshi.Server.Access;

namespace Noroshi.Server.Search;

/// <summary>Puts retro-search into the hub.</summary>
internal static class SearchPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services) { }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
