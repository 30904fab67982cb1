using Noroshi.Server.Access;

namespace Noroshi.Server.Judgement;

/// <summary>Puts verdicts, cases, requests, the help desk into the hub.</summary>
internal static class JudgementPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services) { }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) { }
}
