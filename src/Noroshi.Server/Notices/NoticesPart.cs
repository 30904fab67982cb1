using Noroshi.Server.Access;

namespace Noroshi.Server.Notices;

/// <summary>Puts acknowledgements, answers and outgoing mail into the hub.</summary>
internal static class NoticesPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services) { }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
