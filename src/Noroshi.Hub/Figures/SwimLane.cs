namespace Noroshi.Hub.Figures;

/// <summary>What a mark stands for; each has a shape, a colour and a letter.</summary>
public enum MarkKind
{
    /// <summary>Circle.</summary>
    Reconnaissance,

    /// <summary>Square.</summary>
    Reply,

    /// <summary>Triangle.</summary>
    Attack,

    /// <summary>Diamond.</summary>
    Other,
}

/// <summary>How a message is known.</summary>
public enum MarkManner
{
    /// <summary>The mail itself.</summary>
    Seen,

    /// <summary>From a quote: broken outline.</summary>
    Quoted,

    /// <summary>By somebody's word: dotted ring.</summary>
    Stated,
}

/// <summary>One line of messages.</summary>
/// <param name="Title">Name.</param>
/// <param name="Subtitle">Second name.</param>
public sealed record Lane(string Title, string Subtitle);

/// <summary>One message.</summary>
public sealed record LaneMark
{
    /// <summary>Place of its lane.</summary>
    public required int Lane { get; init; }

    /// <summary>Marks of one thread are joined by links; a lane may hold several.</summary>
    public required string Thread { get; init; }

    /// <summary>Kind.</summary>
    public required MarkKind Kind { get; init; }

    /// <summary>Letter in the mark.</summary>
    public required string Letter { get; init; }

    /// <summary>How it is known.</summary>
    public MarkManner Manner { get; init; }

    /// <summary>Drawn small: a machine wrote it.</summary>
    public bool Small { get; init; }

    /// <summary>When, in the offset in which it is to be read; null when unknown.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The time as written under the mark.</summary>
    public string Time { get; init; } = "";

    /// <summary>A second line under the mark.</summary>
    public string Note { get; init; } = "";

    /// <summary>What stands on the link from the message before.</summary>
    public string Gap { get; init; } = "";

    /// <summary>The link is drawn thick: an answer within the hour.</summary>
    public bool Prompt { get; init; }

    /// <summary>What it is, in words.</summary>
    public string Hint { get; init; } = "";
}

/// <summary>A frame around marks that belong together.</summary>
/// <param name="Marks">Places among the marks.</param>
/// <param name="Caption">What stands under it.</param>
public sealed record LaneFrame(IReadOnlyList<int> Marks, string Caption);

/// <summary>Words of the axis.</summary>
/// <param name="Day">A day, and the day named before it.</param>
/// <param name="Span">A stretch of time that is left out.</param>
public sealed record AxisWords(Func<DateTimeOffset, DateTimeOffset?, string> Day, Func<TimeSpan, string> Span);

/// <summary>Messages over time, one lane a window, with an elastic axis: long silences are hatched breaks.</summary>
/// <param name="Lanes">Lanes, from above.</param>
/// <param name="Marks">Messages; of one thread in their order.</param>
/// <param name="Frames">Frames.</param>
/// <param name="Words">Words of the axis.</param>
public sealed record SwimLane(IReadOnlyList<Lane> Lanes, IReadOnlyList<LaneMark> Marks, IReadOnlyList<LaneFrame> Frames, AxisWords Words)
{
    /// <summary>Longer silences are left out.</summary>
    public static readonly TimeSpan LongestDrawn = TimeSpan.FromHours(4);

    /// <summary>More marks are not drawn.</summary>
    public const int MostMarks = 120;

    /// <summary>The figure.</summary>
    public Figure Draw(FigureText about) => new SwimLaneDrawing(this, SwimLaneLayout.Of(this)).Draw(about);
}
