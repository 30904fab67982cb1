using Noroshi.Server.Access;

namespace Noroshi.Server.Smtp;

/// <summary>Puts the way in by mail into the hub.</summary>
internal static class SmtpPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services) { }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
