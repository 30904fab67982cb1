using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Portal.Cases;

/// <summary>The views of the situation as it stands, prepared once for each situation.</summary>
internal sealed class FindingsOfNow(HubSituation situation) : IForgets
{
    private static readonly FindingPlaces Places = new(Place.Conversation, Place.Campaign);
    private readonly Lock _gate = new();
    private Situation? _of;
    private FindingFragments? _made;

    /// <summary>The views.</summary>
    public FindingFragments Now
    {
        get
        {
            var current = situation.Current;
            lock (_gate)
            {
                if (_made is null || !ReferenceEquals(_of, current))
                {
                    (_of, _made) = (current, new FindingFragments(current, Places));
                }

                return _made;
            }
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        lock (_gate)
        {
            (_of, _made) = (null, null);
        }

        return Task.CompletedTask;
    }
}
