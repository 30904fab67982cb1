namespace Noroshi.Server.Demo;

/// <summary>That this hub is a demo, and how far its world is. Exists in a demo only: <c>serve</c> has none.</summary>
internal sealed class DemoState(ScenarioClock clock)
{
    private volatile bool _complete;
    private int _takenIn;
    private int _shared;

    /// <summary>The business clock.</summary>
    public ScenarioClock Clock { get; } = clock;

    /// <summary>Whether the world is whole.</summary>
    public bool Complete
    {
        get => _complete;
        set => _complete = value;
    }

    /// <summary>Provisions of the story.</summary>
    public int Provisions { get; private set; }

    /// <summary>Shared items of the story.</summary>
    public int Shares { get; private set; }

    /// <summary>Provisions that were taken in and taken apart.</summary>
    public int ProvisionsDone => Volatile.Read(ref _takenIn);

    /// <summary>Items that were shared.</summary>
    public int SharesDone => Volatile.Read(ref _shared);

    /// <summary>The world is going to be built.</summary>
    public void Begins(int provisions, int shares) => (Provisions, Shares) = (provisions, shares);

    /// <summary>So many provisions are taken in and taken apart; while they still come in the number may fall back.</summary>
    public void TakenIn(int done) => Volatile.Write(ref _takenIn, done);

    /// <summary>So many items are shared.</summary>
    public void Shared(int done) => Volatile.Write(ref _shared, done);
}
