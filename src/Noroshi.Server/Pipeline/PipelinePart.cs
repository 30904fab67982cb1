using Noroshi.Server.Access;

namespace Noroshi.Server.Pipeline;

/// <summary>Puts the steps that work through the log into the hub.</summary>
internal static class PipelinePart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services) { }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
