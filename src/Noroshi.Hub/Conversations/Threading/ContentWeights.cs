namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights learned on the tuned half of the public mails (<c>./noroshi evaluate threading-weights</c> prints this table anew).</summary>
internal static class ContentWeights
{
    /// <summary>The weights in use.</summary>
    public static ContentModel Current { get; } =
        new(
            [6, 1, 2, -1, 2, -1, 1, 2.5, -3, 4, -4, 4, 0, 3, 1, 0.5, -1, 1, -2, -1.5, 0, -2],
            [4, 3, 0, 1.5, 1],
            [6, 1, 2, 5, 3, 4, 1, 1, -1, 2, 0, 5, 0, 4, 0.5, 0.5, 0, 0.5, -4, 0, 0, 0],
            -3
        );
}
