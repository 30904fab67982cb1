using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Misp;

/// <summary>What left the hub, for those who hand it on in a format.</summary>
internal interface IReleaseSource
{
    /// <summary>The hub as receivers know it.</summary>
    HubName Hub { get; }

    /// <summary>All releases in the order in which they left; it only grows. A list that does not change any more.</summary>
    IReadOnlyList<Release> All { get; }
}
