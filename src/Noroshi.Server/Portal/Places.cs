using Noroshi.Hub;
using Noroshi.Server.Access;

namespace Noroshi.Server.Portal;

/// <summary>A screen in the top bar.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Policy">Who may open it: nobody is shown a way that is closed to him.</param>
internal sealed record Place(string Path, Words Name, RoutePolicy Policy)
{
    /// <summary>Every screen, in the order of the bar.</summary>
    public static IReadOnlyList<Place> All { get; } =
    [
        new("/own", FrameWords.Own, Policies.ReadProvisions),
        new("/triage", FrameWords.Triage, Policies.ReadHub),
        new("/cases", FrameWords.Cases, Policies.ReadHub),
        new("/campaigns", FrameWords.Campaigns, Policies.ReadHub),
        new("/items", FrameWords.Items, Policies.ReadItems),
        new("/statistics", FrameWords.Statistics, Policies.ReadStatistics),
    ];

    /// <summary>Address of a mail.</summary>
    public static string Mail(string key) => "/mails/" + Uri.EscapeDataString(key);

    /// <summary>Address of an exchange.</summary>
    public static string Conversation(string id) => "/conversations/" + Uri.EscapeDataString(id);

    /// <summary>Address of a campaign.</summary>
    public static string Campaign(string id) => "/campaigns/" + Uri.EscapeDataString(id);

    /// <summary>Address of a shared item.</summary>
    public static string Item(Guid id) => $"/items/{id:N}";
}
